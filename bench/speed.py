"""How fast an answer is, beside plain Whoosh in the same run. `make bench`.

Prints CPU time, which is steadier than the clock on a busy machine, and ratios,
which hold on other machines too. Both engines get the same posts, queries and
work: ten ranked hits with highlights, exact totals, counts of tags and categories.
"""

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.blog import Asked, posts, queries
from bench.plain_whoosh import PlainWhoosh
from searchsvc import Settings, open_engine, parse_query
from searchsvc.documents import Document, Upsert
from searchsvc.engines.protocol import Engine

# What the project promises: docs/architecture.md.
PROMISED_SPEEDUP = 20
PROMISED_BUILDING = 0.5
PROMISED_MEMORY_MB = 200


def main() -> int:
    """Run the benchmark; 1 when a promise is not kept."""
    arguments = _arguments()
    blog = list(posts(arguments.posts))
    asked = queries(blog, arguments.queries)
    with tempfile.TemporaryDirectory() as folder:
        index_dir = Path(folder, "index")
        engine = open_engine(Settings(index_dir=index_dir))
        ours_built = _cpu(lambda: engine.replace_all(blog))
        edited = Upsert(Document(id=blog[0].id, url="/edited/", title="An edited post"))
        edit = _cpu(lambda: engine.apply([edited]))
        ours = _measure(asked, _ask_ours(engine))
        (Path(folder) / "whoosh").mkdir()
        whoosh = PlainWhoosh(Path(folder) / "whoosh")
        whoosh_built = _cpu(lambda: whoosh.build(blog))
        theirs = _measure(asked, whoosh.search)
        memory_mb = _worker_memory_mb(index_dir, asked)
    _print_queries(ours, theirs)
    speedup = _median(theirs) / _median(ours)
    print(
        f"\n{len(blog):,} posts; building takes {ours_built:.2f} s of CPU,"
        f" plain Whoosh {whoosh_built:.2f} s ({ours_built / whoosh_built:.2f} of it,"
        f" promised: {PROMISED_BUILDING}); one edited post {edit:.2f} s"
    )
    print(
        f"a worker that has answered all queries holds {memory_mb:.0f} MB"
        f" (promised: under {PROMISED_MEMORY_MB})"
    )
    print(
        f"median faceted query with highlights: {_median(ours):.3f} ms of CPU,"
        f" plain Whoosh {_median(theirs):.1f} ms: {speedup:.0f} times as fast"
        f" (promised: {PROMISED_SPEEDUP})"
    )
    kept = (
        speedup >= PROMISED_SPEEDUP,
        memory_mb < PROMISED_MEMORY_MB,
        ours_built <= PROMISED_BUILDING * whoosh_built,
    )
    return 0 if all(kept) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=20, help="of each kind")
    return parser.parse_args()


def _ask_ours(engine: Engine) -> Callable[[Asked], int]:
    def ask(asked: Asked) -> int:
        query = parse_query(
            asked.text, tags=asked.tags, categories=asked.categories, facets=("category", "tag")
        )
        page = engine.search(query)
        for hit in page.hits:
            hit.title_snippet.to_html()
            hit.excerpt_snippet.to_html()
        return page.total

    return ask


def _measure(asked: list[Asked], ask: Callable[[Asked], int]) -> dict[str, list[float]]:
    """CPU milliseconds of each query, by kind; each is asked once, after a few to warm up."""
    for query in asked[:6]:
        ask(query)
    times: dict[str, list[float]] = defaultdict(list)
    for query in asked:
        times[query.kind].append(1000 * _cpu(lambda query=query: ask(query)))  # type: ignore[misc]
    return times


def _cpu(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started


def _median(times: dict[str, list[float]]) -> float:
    return statistics.median(t for kind in times.values() for t in kind)


def _print_queries(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> None:
    print(f"{'CPU per query, median, ms':28}{'searchsvc':>10}{'Whoosh':>10}{'ratio':>8}")
    for kind in ours:
        mine, other = statistics.median(ours[kind]), statistics.median(theirs[kind])
        print(f"{kind:28}{mine:10.3f}{other:10.1f}{other / mine:8.0f}")


def _worker_memory_mb(index_dir: Path, asked: list[Asked]) -> float:
    """The most memory that a process of its own needs to answer all queries."""
    texts = json.dumps([query.text for query in asked])
    command = [sys.executable, __file__, "--as-worker", str(index_dir)]
    done = subprocess.run(command, input=texts, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _as_worker(index_dir: str) -> None:
    from searchsvc.web.app import create_app

    client = create_app(Settings(index_dir=Path(index_dir))).test_client()
    for text in json.loads(sys.stdin.read()):
        client.get("/api/search", query_string={"q": text})
    print(_peak_memory_mb())


def _peak_memory_mb() -> float:
    """The most memory this process has held, pages that it shares with others included."""
    status = Path("/proc/self/status")
    if status.exists():
        # `getrusage` would also count what the process that started this one held.
        kilobytes = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        assert kilobytes is not None
        return int(kilobytes[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--as-worker"]:
        _as_worker(sys.argv[2])
    else:
        sys.exit(main())
