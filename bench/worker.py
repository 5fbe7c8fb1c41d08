"""One job of the benchmark in a process of its own: ``python -m bench.worker``.

The job is one JSON object on standard input: ``do`` (build or ask), ``engine``, ``posts`` (a
file of JSON Lines), ``folder`` (of the index); to ask, also ``warm_up`` and ``asked`` (queries)
and ``counts`` (whether tags and categories are counted). What comes out is one JSON object too.
``node/worker.mjs`` does the same for engines in JavaScript.
"""

import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path
from time import process_time
from typing import Any

from bench.engines import engine
from bench.queries import Asked


def main() -> None:
    """Do the job."""
    job = json.load(sys.stdin)
    done = {"build": _build, "ask": _ask}[job["do"]](job)
    print(json.dumps(done))


def _build(job: dict[str, Any]) -> dict[str, float]:
    """CPU seconds that building an index takes, once the posts are in memory."""
    built = engine(job["engine"])
    prepared = built.prepare(Path(job["posts"]))
    started = process_time()
    built.build(prepared, Path(job["folder"]))
    return {"cpu_s": process_time() - started}


def _ask(job: dict[str, Any]) -> dict[str, Any]:
    """CPU microseconds of each query, each asked once, and what was answered."""
    opened = engine(job["engine"])
    opened.open(Path(job["folder"]))
    counts = bool(job["counts"])
    for values in job["warm_up"]:
        opened.ask(_asked(values), counts=counts)
    if job["warm_up"]:
        # What starting up has left behind is not charged to whichever query is asked then.
        gc.collect()
    cpu_us: list[float] = []
    # As text, so that the answers of earlier queries are no work for the garbage collector.
    answers: list[str] = []
    for asked in map(_asked, job["asked"]):
        started = process_time()
        given = opened.ask(asked, counts=counts)
        cpu_us.append((process_time() - started) * 1e6)
        answers.append(json.dumps(asdict(opened.read(given))))
    return {"cpu_us": cpu_us, "answers": [json.loads(answer) for answer in answers]}


def _asked(values: dict[str, Any]) -> Asked:
    return Asked(**{**values, "words": tuple(values["words"])})


if __name__ == "__main__":
    main()
