"""What must not be exceeded, whatever other engines do. ``make bench-limits``.

Each figure comes from processes of its own with one thread on one core. Times are of
CPU, except where an owner waits for the disk too.
"""

import argparse
import json
import math
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench import running
from bench.engines import searchsvc_engine
from bench.limit_table import MANY_POSTS, PLAIN, RUNS_IF_MANY, Limit, limits, table
from bench.queries import KINDS, Asked
from bench.running import RESULTS, Blog, Built, Missing

US = "searchsvc"
# Where there is no /proc, memory is not measured.
HAS_PROC = Path("/proc/self/smaps_rollup").exists()
# Writing more posts as files would take longer than all the rest.
_MOST_FILES = 10_000
_FRESH_PROCESSES = 5


def measure(blog: Blog, found: dict[str, Limit], *, runs: int, rebuild: bool) -> None:
    """Measure every limit at one size."""
    built = running.build(US, blog, rebuild=rebuild)
    values = {
        "first": _first_asked_ms(built, blog),
        "open": _open_ms(built, blog),
        "import": statistics.median(_work("imported")["ms"] for _ in range(_FRESH_PROCESSES)),
        **_building(built, blog, rebuild=rebuild),
        **_one_edit(built, blog),
        **_no_edit(blog),
        **(_memory(built, blog) if HAS_PROC else {}),
        **_many_runs(built, blog, RUNS_IF_MANY if blog.count >= MANY_POSTS else runs),
    }
    for name, value in values.items():
        found[name].values[blog.count] = value


def _work(do: str, **needed: Any) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.limit_worker"]
    measured: dict[str, float] = json.loads(
        running.in_a_process(command, json.dumps({"do": do, **needed}))
    )
    return measured


def _first_asked_ms(built: Built, blog: Blog) -> float:
    """The 99th of a hundred, of all queries in several processes, without any warm-up."""
    rounds = [
        running.ask(built, blog, warm_up=(), asked=blog.measured) for _ in range(_FRESH_PROCESSES)
    ]
    times = sorted(us for one in rounds for us in one["cpu_us"])
    return times[math.ceil(0.99 * len(times)) - 1] / 1000


def _open_ms(built: Built, blog: Blog) -> float:
    (word,) = next(asked.words for asked in blog.measured if asked.kind == KINDS[0])
    return _work("opened", folder=str(built.folder), word=word)["ms"]


def _building(built: Built, blog: Blog, *, rebuild: bool) -> dict[str, float]:
    try:
        return {"build": built.cpu_s / running.build(PLAIN, blog, rebuild=rebuild).cpu_s}
    except Missing:
        return {}


def _one_edit(built: Built, blog: Blog) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        index, posts = Path(folder, "index"), Path(folder, "posts.jsonl")
        shutil.copytree(built.folder, index)
        shutil.copyfile(blog.posts, posts)
        # What a run notes of the posts for the next one is no part of the index that was copied.
        _work("reindexed", folder=str(index), content=str(posts), edited=0)
        posts.write_text("".join(_with_one_edited(blog.posts)), encoding="utf-8")
        started = time.perf_counter()
        measured = _work("reindexed", folder=str(index), content=str(posts), edited=1)
        wall_s = time.perf_counter() - started
    return {
        "reindex": measured["cpu_s"],
        "reindex wall": wall_s,
        "apply": measured["applying_cpu_s"],
        "apply wall": measured["applying_s"],
    }


def _no_edit(blog: Blog) -> dict[str, float]:
    """A run over a folder of Markdown in which nothing has changed since the run before."""
    if blog.count > _MOST_FILES:
        return {}
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        index, posts = Path(folder, "index"), Path(folder, "posts")
        _write_markdown(blog.posts, posts)
        runs = [
            _work("reindexed", folder=str(index), content=str(posts), edited=edited)
            for edited in (blog.count, 0)
        ]
    return {"unchanged": runs[-1]["cpu_s"]}


def _write_markdown(posts: Path, folder: Path) -> None:
    folder.mkdir()
    for number, line in enumerate(posts.read_text(encoding="utf-8").splitlines()):
        values = json.loads(line)
        # Values of JSON are values of YAML. A post is some twenty paragraphs long.
        front = [f"{name}: {json.dumps(values[name])}" for name in ("title", "tags", "categories")]
        body = "\n\n".join([values["excerpt"]] * 20)
        text = "\n".join(["---", *front, "---", body])
        (folder / f"post-{number}.md").write_text(text, encoding="utf-8")


def _with_one_edited(posts: Path) -> Iterator[str]:
    lines = posts.read_text(encoding="utf-8").splitlines(keepends=True)
    values = json.loads(lines[len(lines) // 2])
    edited = json.dumps({**values, "title": f"{values['title']} edited"})
    yield from (*lines[: len(lines) // 2], f"{edited}\n", *lines[len(lines) // 2 + 1 :])


def _memory(built: Built, blog: Blog) -> dict[str, float]:
    asked = [_parameters(query) for query in blog.measured]
    measured = _work("memory", folder=str(built.folder), asked=asked)
    return {
        "memory": measured["private_dirty"],
        "rss": measured["rss"],
        "peak": measured["peak"],
    }


def _parameters(asked: Asked) -> dict[str, str]:
    """A query as the service is asked it."""
    given = {"tag": asked.tag, "category": asked.category, "q": searchsvc_engine.typed(asked)}
    return {
        "match": asked.match,
        "prefix": str(int(asked.prefix)),
        "page": str(asked.page),
        **{name: value for name, value in given.items() if value},
    }


def _many_runs(built: Built, blog: Blog, runs: int) -> dict[str, float]:
    """What a query costs after many runs, in what it costs on an index built at once."""
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        index, fresh = Path(folder, "index"), Path(folder, "fresh")
        shutil.copytree(built.folder, index)
        job = {"folder": str(index), "posts": str(blog.posts), "runs": runs}
        if blog.count < MANY_POSTS:
            job["fresh"] = str(fresh)
        else:
            fresh = built.folder  # of so many posts the few that were edited do not matter
        run_s = _work("edited", **job)["run_s"]
        rounds = [
            [_times(replace(built, folder=place), blog) for place in (index, fresh)]
            for _ in range(_FRESH_PROCESSES)
        ]
    ratios = [
        statistics.median(old[kind] / new[kind] for old, new in rounds) for kind in rounds[0][0]
    ]
    return {"runs": statistics.geometric_mean(ratios), "run": run_s}


def _times(built: Built, blog: Blog) -> dict[str, float]:
    """The median of each kind's queries."""
    done = running.ask(built, blog, warm_up=blog.warm_up, asked=blog.measured)
    pairs = list(zip(blog.measured, done["cpu_us"], strict=True))
    return {k: statistics.median(us for asked, us in pairs if asked.kind == k) for k in KINDS}


def main() -> int:
    """Measure and print; 1 when a limit is exceeded."""
    arguments = _arguments()
    found = limits(arguments.runs)
    for size in arguments.posts:
        print(f"limits at {size:,} posts", file=sys.stderr, flush=True)
        measure(running.prepare(size), found, runs=arguments.runs, rebuild=arguments.rebuild)
    print("\n".join(table(list(found.values()), arguments.posts)))
    results = {"sizes": arguments.posts, "limits": [asdict(limit) for limit in found.values()]}
    arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    exceeded = [limit.name for limit in found.values() if limit.is_exceeded()]
    if exceeded:
        print(f"\nExceeded: {'; '.join(exceeded)}")
    return int(bool(exceeded))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=running.sizes, default="1000,10000,100000", metavar="N,N")
    parser.add_argument("--runs", type=int, default=100, help="with one edited post each")
    parser.add_argument("--rebuild", action="store_true", help="build all indexes anew")
    parser.add_argument("--json", type=Path, default=RESULTS / "limits.json", metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
