"""How much CPU an answer takes, beside other engines in the same run. ``make bench``.

All get the same posts and queries and do the same work (``engines/__init__.py``), in
turn, each in a process of its own with one thread on one core; each query is asked once in
a process. CPU time is steadier than the clock on a busy machine, and ratios hold on others too.
Totals and counts of all engines are compared: when they differ, the figures mean nothing.
"""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench import plot, tables
from bench.engines import NAMES
from bench.measuring import Measured, measure
from bench.running import RESULTS, sizes

# What the project promises of its speed: docs/architecture.md.
PROMISED_SPEEDUP = 20
PROMISED_AT = 10_000


def main() -> int:
    """Run the benchmark; 1 when engines answer differently, or a promise is not kept."""
    arguments = _arguments()
    measured = [
        measure(
            posts,
            arguments.engines,
            rounds=arguments.rounds,
            rebuild=arguments.rebuild,
            tell=lambda line: print(line, file=sys.stderr, flush=True),
        )
        for posts in arguments.posts
    ]
    print("\n".join([_told(measured), "", *tables.speed_tables(measured)]))
    results = {"run": _told(measured), "measured": [asdict(of_size) for of_size in measured]}
    arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    (RESULTS / "speed.svg").write_text(plot.svg(measured), encoding="utf-8")
    return _judge(measured)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=sizes, default="1000,10000,100000", metavar="N,N")
    parser.add_argument("--engines", type=_names, default=NAMES, help=", ".join(NAMES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rebuild", action="store_true", help="build all indexes anew")
    parser.add_argument("--json", type=Path, default=RESULTS / "speed.json", metavar="FILE")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    by_lower = {name.lower(): name for name in NAMES}
    return [by_lower[name.lower()] for name in text.split(",")]


def _told(measured: list[Measured]) -> str:
    """When, on what and of what."""
    cores = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    versions = ", ".join(f"{name} {version}" for name, version in measured[0].versions.items())
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    return f"{today}; a machine with {cores}; Python {platform.python_version()}; {versions}"


def _judge(measured: list[Measured]) -> int:
    """Say what is wrong, on standard output; 1 when something is."""
    failed = False
    for of_size in measured:
        for difference in of_size.differences:
            failed = True
            print(f"\nDifferent answers at {of_size.posts:,} posts: {difference}")
        speedup = tables.speedup(of_size)
        if of_size.posts == PROMISED_AT and speedup:
            print(f"\n{speedup:.0f} times as quick as plain Whoosh (promised: {PROMISED_SPEEDUP})")
            failed |= speedup < PROMISED_SPEEDUP
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
