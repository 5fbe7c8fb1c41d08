"""One measurement of ``limits.py`` in a process of its own: ``python -m bench.limit_worker``.

What to do comes as JSON on standard input (``do`` and what it needs); what was measured
goes out as JSON.
"""

import json
import re
import resource
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

# What it takes to import is measured here, so nothing of ours is imported above.


def imported(_job: dict[str, Any]) -> dict[str, float]:
    """Milliseconds of CPU to import the package and the engine."""
    started = process_time()
    import searchsvc.engines.local.engine  # noqa: F401

    return {"ms": (process_time() - started) * 1000}


def opened(job: dict[str, Any]) -> dict[str, float]:
    """Milliseconds of CPU to open an index and ask for one post by its word, others open before."""
    from bench.engines.searchsvc_engine import settings
    from searchsvc import open_engine, parse_query

    query = parse_query(job["word"], facets=(), per_page=1)
    times = []
    for _ in range(21):
        started = process_time()
        open_engine(settings(Path(job["folder"]))).search(query)
        times.append((process_time() - started) * 1000)
    # The first one also imports.
    return {"ms": median(times[1:])}


def memory(job: dict[str, Any]) -> dict[str, float]:
    """Megabytes that a worker of the service holds when it has answered all queries."""
    from bench.engines.searchsvc_engine import settings
    from searchsvc.web.app import create_app

    client = create_app(settings(Path(job["folder"]))).test_client()
    for parameters in job["asked"]:
        assert client.get("/api/search", query_string=parameters).status_code == 200
    return {
        "private_dirty": _megabytes("/proc/self/smaps_rollup", "Private_Dirty"),
        "rss": _megabytes("/proc/self/smaps_rollup", "Rss"),
        "peak": _megabytes("/proc/self/status", "VmHWM"),
    }


def _megabytes(path: str, name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB", Path(path).read_text(encoding="ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


def reindexed(job: dict[str, Any]) -> dict[str, float]:
    """Seconds of a whole ``searchsvc reindex``, and of its part that applies and publishes."""
    from searchsvc import Settings, open_engine
    from searchsvc.indexing import reindex
    from searchsvc.posts.source import open_source

    chosen = Settings(
        content=(Path(job["content"]),), index_dir=Path(job["folder"]), language="none"
    )
    marks: list[tuple[float, float]] = []
    report = reindex(
        open_engine(chosen),
        open_source(chosen),
        with_body=False,
        on_index=lambda _posts: marks.append((perf_counter(), process_time())),
    )
    assert (len(report.changed) + len(report.added), report.rebuilt) == (job["edited"], "")
    used = resource.getrusage(resource.RUSAGE_SELF)
    wall_s, cpu_s = marks[0] if marks else (perf_counter(), process_time())
    return {
        "cpu_s": used.ru_utime + used.ru_stime,
        "applying_s": perf_counter() - wall_s,
        "applying_cpu_s": process_time() - cpu_s,
    }


def edited(job: dict[str, Any]) -> dict[str, float]:
    """Many runs with one edited post each; then, if wanted, a fresh index of the same posts."""
    from bench.engines.searchsvc_engine import documents, settings
    from searchsvc import open_engine
    from searchsvc.documents import Upsert

    posts = {document.id: document for document in documents(Path(job["posts"]))}
    engine = open_engine(settings(Path(job["folder"])))
    ids = sorted(posts)
    started = process_time()
    for number in range(job["runs"]):
        old = posts[ids[number * 7 % len(ids)]]
        # The same words in another order: the queries find as much as they did.
        backwards = " ".join(reversed(old.excerpt.split()))
        posts[old.id] = replace(old, excerpt=backwards)
        engine.apply([Upsert(posts[old.id])])
    run_s = (process_time() - started) / job["runs"]
    if "fresh" in job:
        open_engine(settings(Path(job["fresh"]))).replace_all(posts.values())
    return {"run_s": run_s}


def main() -> None:
    """Do what is asked for."""
    job = json.load(sys.stdin)
    doing = {f.__name__: f for f in (imported, opened, memory, reindexed, edited)}
    print(json.dumps(doing[job["do"]](job)))


if __name__ == "__main__":
    main()
