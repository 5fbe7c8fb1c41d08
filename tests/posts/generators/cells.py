"""Cells: which tests show what of which generator; docs/generators.md has the table.

A test of ``test_hugo*.py`` says with ``@shows("address", "slug")`` what it is about. A site in
``sites/`` shows more: what the generator itself has made of it.
"""

import ast
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).parent
SITES = HERE / "sites"
# What a generator decides for its posts.
FIELDS = (
    *("files", "title", "date", "time zone", "address", "categories", "tags", "excerpt"),
    *("hidden", "scheduled", "site-wide", "language"),
)
Test = TypeVar("Test", bound=Callable[..., Any])


def shows(*fields: str) -> Callable[[Test], Test]:
    """Say which fields a test is about."""
    assert set(fields) <= set(FIELDS), fields
    return lambda test: test


def counted(generator: str) -> Counter[str]:
    """How many tests show each field of a generator."""
    modules = HERE.glob(f"test_{generator}*.py")
    return Counter(field for module in modules for field in _shown(module))


def _shown(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "shows":
                    yield from (ast.literal_eval(field) for field in mark.args)


def compared(generator: str) -> set[str]:
    """The fields in which posts are compared with what the generator itself has published."""
    path = SITES / generator / "published.json"
    if not path.exists():
        return set()
    published = json.loads(path.read_text(encoding="utf-8"))
    keys = {key for post in published["posts"] for key in post}
    found = {"address" if key == "url" else key for key in keys & {"url", *FIELDS}}
    return {"files", *found, *(["hidden"] if published["absent"] else [])}


def table(generators: list[str]) -> Iterator[str]:
    """A row for each generator: for each field its tests, and ✓ where compared with real output."""
    yield f"| | {' | '.join(FIELDS)} |"
    yield f"|---|{'---|' * len(FIELDS)}"
    for generator in generators:
        tests, real = counted(generator), compared(generator)
        cells = [f"{tests[name]}{' ✓' if name in real else ''}" for name in FIELDS]
        yield f"| **{generator}** | {' | '.join(cells)} |"
