"""What reading a blog of Markdown costs, and what must not be exceeded. ``make bench-reading``.

The blog is that of ``markdown_blog.py``. Each figure comes from a process of its own that may use
all cores, as ``searchsvc reindex`` does. Times are by the clock and of CPU, workers included:
on a machine that is busy with other things, only the latter tell something.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import markdown_blog
from bench.limit_table import Limit, table
from bench.running import RESULTS, ROOT

SIZE = 10_000


def limits() -> dict[str, Limit]:
    """All limits, nothing measured yet. Those of CPU are of two cores that do nothing else."""
    read, bodies = "YAML; the first paragraph is rendered", "YAML; all is rendered and made text"
    again = "imports; each file is read and its digest looked up"
    everything = [
        Limit("reading, ms of CPU for a post", read, {SIZE: 2_000 / 3_000}),
        Limit("the same, ms by the clock", read, {SIZE: 1_000 / 3_000}),
        Limit("with bodies, ms of CPU for a post", bodies, {SIZE: 2_000 / 2_000}),
        Limit("the same, ms by the clock", bodies, {SIZE: 1_000 / 2_000}),
        Limit("memory of this, the largest process, MB", "texts of all posts", {SIZE: 400}),
        Limit("reindex of all, s of CPU", "reading as above, and building", {}),
        Limit("the same, s by the clock", "the same, and the disk", {}),
        Limit("memory of this, the largest process, MB ", "posts, and the index", {SIZE: 400}),
        Limit("reindex, none edited, s of CPU", again, {SIZE: 1}),
        Limit("the same, s by the clock", again, {SIZE: 1}),
        Limit("reindex, one edited, s of CPU", f"{again}; publishing", {SIZE: 2}),
        Limit("the same, s by the clock", f"{again}; publishing", {SIZE: 2}),
    ]
    names = "read cpu,read,bodies cpu,bodies,bodies mb,all cpu,all,all mb,none cpu,none,one cpu,one"
    return dict(zip(names.split(","), everything, strict=True))


def measure(count: int, found: dict[str, Limit], *, jobs: int | None) -> None:
    """Measure every limit at one size."""
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        blog = Path(folder, "blog")
        markdown_blog.write(blog, count)
        values = dict(_measured(blog, Path(folder, "index"), count, jobs))
    for name, value in values.items():
        found[name].values[count] = value


def _measured(blog: Path, index: Path, count: int, jobs: int | None) -> Iterator[tuple[str, float]]:
    options = [] if jobs is None else [f"--jobs={jobs}"]
    for name, body in (("read", "no"), ("bodies", "yes")):
        used = _used(
            [sys.executable, "-m", "bench.reading", f"--read={blog}", f"--body={body}", *options]
        )
        yield f"{name} cpu", used["cpu_s"] * 1_000 / count
        yield name, used["wall_s"] * 1_000 / count
        if name == "bodies":
            yield "bodies mb", used["mb"]
    reindex = [
        sys.executable,
        "-m",
        "searchsvc",
        "reindex",
        str(blog),
        f"--index={index}",
        "--json",
    ]
    for name in ("all", "none", "one"):
        if name == "one":
            _edit(blog)
        used = _used([*reindex, *options])
        yield f"{name} cpu", used["cpu_s"]
        yield name, used["wall_s"]
        if name == "all":
            yield "all mb", used["mb"]


def _used(command: list[str]) -> dict[str, float]:
    """What a command and its children use: seconds, and the megabytes of the largest of them."""
    started = perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    wall_s = perf_counter() - started
    cpu_s = used.ru_utime + used.ru_stime
    return {"wall_s": wall_s, "cpu_s": cpu_s, "mb": used.ru_maxrss / unit}


def _edit(blog: Path) -> None:
    post = min((blog / "_posts").iterdir())
    text = post.read_text(encoding="utf-8")
    post.write_text(text.replace("title: ", "title: Edited ", 1), encoding="utf-8")


def read(blog: Path, *, body: bool, jobs: int | None) -> None:
    """Read a blog as a run does, and make nothing of it."""
    from searchsvc import Settings
    from searchsvc.comparing import read_all
    from searchsvc.posts.source import open_source
    from searchsvc.posts.workers import usable_cores

    settings = Settings(content=(blog,), index_body=body)
    source = open_source(settings, jobs=jobs or usable_cores())
    found = read_all(source, {}, with_body=body, on_read=lambda: None)
    assert len(found.documents) == len(source)


def main() -> int:
    """Measure and print; 1 when a limit is exceeded."""
    arguments = _arguments()
    if arguments.read:
        read(arguments.read, body=arguments.body == "yes", jobs=arguments.jobs)
        return 0
    RESULTS.mkdir(parents=True, exist_ok=True)
    found = limits()
    measure(arguments.posts, found, jobs=arguments.jobs)
    print("\n".join(table(list(found.values()), [arguments.posts])))
    results: dict[str, Any] = {
        "sizes": [arguments.posts],
        "limits": [asdict(limit) for limit in found.values()],
    }
    (RESULTS / "reading.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    exceeded = [name for name, limit in found.items() if limit.is_exceeded()]
    if exceeded:
        print(f"\nExceeded: {', '.join(exceeded)}")
    return int(bool(exceeded))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=SIZE, metavar="N")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes (default: the cores)")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--body", choices=("yes", "no"), default="no", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
