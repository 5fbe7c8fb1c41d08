"""`python -m bench.quality`, which `make bench-quality` runs."""

import argparse
import json
import sys
from collections.abc import Sequence
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

from bench.quality import report
from bench.quality.cases import HALVES
from bench.quality.data import VARIABLE, Corpus, Data
from bench.quality.engines import KINDS, OURS, Engine, Kind
from bench.quality.measuring import SETS, Asked, Row, ask, asked_of, rows
from bench.quality.remembered import FOLDER, remembered
from bench.quality.variants import show_variants


def main() -> int:
    """Measure and print."""
    arguments = _arguments()
    data = Data(arguments.data)
    kinds = [KINDS[name] for name in _chosen(arguments.engines, tuple(KINDS))]
    sets = _chosen(arguments.sets, SETS)
    if arguments.variants:
        show_variants(data, kinds, sets)
        return 0
    measured: dict[str, dict[str, Sequence[Row]]] = {}
    for set_ in sets:
        asked = asked_of(data, set_, arguments.half)
        measured[set_] = {
            kind.name: rows(kind.name, set_, asked, _answers(kind, set_, asked, arguments))
            for kind in kinds
        }
        report.show(set_, arguments.half, measured[set_])
    report.show_ratios(measured)
    if arguments.json:
        lines = json.dumps(list(report.as_json(measured)), indent=1)
        arguments.json.write_text(lines + "\n", encoding="utf-8")
    return 0


def _answers(kind: Kind, set_: str, asked: Asked, arguments: argparse.Namespace) -> dict[str, Any]:
    def answer() -> dict[str, Any]:
        return ask(_opened(kind, asked.corpus), set_, asked)

    if kind is OURS:
        return answer()
    path = arguments.remember / f"{kind.name}-{set_}-{arguments.half}.json"
    return remembered(kind, path, asked, answer, fresh=arguments.fresh)


@cache
def _opened(kind: Kind, corpus: Corpus) -> Engine:
    return kind.open(corpus)


def _chosen(patterns: str, names: tuple[str, ...]) -> list[str]:
    """The names that fit any of the patterns, in their own order."""
    wanted = [pattern for pattern in patterns.split(",") if pattern]
    for pattern in wanted:
        if not any(fnmatch(name, pattern) for name in names):
            raise SystemExit(f"{pattern!r} is none of: {', '.join(names)}")
    return [name for name in names if any(fnmatch(name, pattern) for pattern in wanted)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality",
        description="How good the ranking is, beside other engines on the same posts.",
        epilog=f"engines: {', '.join(KINDS)}; sets: {', '.join(SETS)}. "
        "Patterns and lists stand for several: --sets 'typos-*,18f'",
    )
    parser.add_argument("--data", type=Path, help=f"the folder of the data (or {VARIABLE})")
    parser.add_argument("--engines", default="*", help="which engines (default: all)")
    parser.add_argument("--sets", default="*", help="which sets (default: all)")
    parser.add_argument(
        "--half",
        choices=HALVES,
        default="report",
        help="which half of the queries: `choose` to choose numbers by, `report` (default) to "
        "tell how good they are, or `all`",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--remember",
        type=Path,
        metavar="DIR",
        default=FOLDER,
        help="where the answers of the others are kept (default: bench/results/quality)",
    )
    parser.add_argument("--fresh", action="store_true", help="ask others again, not only ours")
    parser.add_argument(
        "--variants",
        action="store_true",
        help="try other boosts and ways to ask the others, on the half `choose`",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
