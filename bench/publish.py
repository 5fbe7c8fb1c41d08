"""Write what was last measured into the docs: ``make bench-docs``, after ``make bench``.

A part of ``docs/speed.md`` stands between ``<!-- measured: NAME -->`` and ``<!-- end of NAME -->``.
"""

import json
import re
import sys
from typing import Any

from bench import plot, tables
from bench.limit_table import Limit, table
from bench.measuring import Measured
from bench.running import RESULTS, ROOT

PAGE, PLOT = ROOT / "docs/speed.md", ROOT / "docs/speed.svg"
_PART = re.compile(
    r"(?P<start><!-- measured: (?P<name>\w+) -->\n).*?(?P<end><!-- end of (?P=name) -->)", re.DOTALL
)


def main() -> int:
    """Write the page and the plot; 1 when nothing has been measured yet."""
    try:
        speed, limits = (_read(name) for name in ("speed", "limits"))
    except FileNotFoundError as error:
        print(f"{error.filename} is not there. Measure first: make bench")
        return 1
    measured = [Measured(**values) for values in speed["measured"]]
    of_limits = [Limit.from_json(values) for values in limits["limits"]]
    parts = {
        "run": [speed["run"]],
        "speed": list(tables.speed_tables(measured)),
        "limits": list(table(of_limits, limits["sizes"])),
    }
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(written(page, parts), encoding="utf-8")
    PLOT.write_text(plot.svg(measured), encoding="utf-8")
    return 0


def written(page: str, parts: dict[str, list[str]]) -> str:
    """A page with its measured parts replaced, line by line."""

    def part(found: re.Match[str]) -> str:
        lines = "\n".join(parts[found["name"]]).strip()
        return f"{found['start']}\n{lines}\n\n{found['end']}"

    return _PART.sub(part, page)


def _read(name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return values


if __name__ == "__main__":
    sys.exit(main())
