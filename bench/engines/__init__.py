"""The engines that are measured, each in a module of its own. They do the same work:

ten hits with their titles and excerpts marked, the exact total, the twenty commonest
tags and all categories of what was found, with counts. Nothing is stemmed; the words
of a post are those of its title, its excerpt, its tags and its category, and weigh
3, 1, 3 and 3. Counts of categories leave out a filter by category, as the service
promises, so that readers see the alternatives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from bench.queries import Asked

# Each engine's module; those that run in Node have none and are in ``bench/node``.
MODULES = {
    "searchsvc": "bench.engines.searchsvc_engine",
    "tantivy": "bench.engines.tantivy_engine",
    "FTS5": "bench.engines.fts5_engine",
    "Whoosh": "bench.engines.whoosh_engine",
}
IN_NODE = ("MiniSearch",)
NAMES = ("searchsvc", "tantivy", "FTS5", "MiniSearch", "Whoosh")
TAGS_SHOWN = 20
PER_PAGE = 10


@dataclass(frozen=True)
class Answer:
    """What an engine has answered, in a form that can be compared and written.

    Attributes:
        total: posts found.
        shown: hits on the page.
        marked: how many of these have a marked word.
        tags: the twenty commonest with their counts; None when they were not asked for.
        categories: all with their counts; or None.
    """

    total: int
    shown: int
    marked: int
    tags: Mapping[str, int] | None
    categories: Mapping[str, int] | None


class BenchEngine(Protocol):
    """One engine under test. What ``build`` and ``ask`` take is measured, the rest is not.

    Attributes:
        lacks: kinds of queries it has nothing for.
        sources: files and folders of this project that its index depends on.
    """

    lacks: Sequence[str]
    sources: Sequence[Path]

    def version(self) -> str:
        """What is measured, such as ``1.2``."""

    def prepare(self, posts: Path) -> Any:
        """The posts of a file in the form that the engine takes them."""

    def build(self, prepared: Any, folder: Path) -> None:
        """Index the posts into a folder that is there and empty."""

    def open(self, folder: Path) -> None:
        """Open what was built. All that can be done before the first query is done."""

    def ask(self, asked: Asked, *, counts: bool) -> Any:
        """Answer a query, in the form that the engine gives; without counts if so asked."""

    def read(self, given: Any) -> Answer:
        """What ``ask`` has given, to be compared."""


def engine(name: str) -> BenchEngine:
    """An engine of Python by its name.

    Raises:
        ImportError: it is not installed.
    """
    made: BenchEngine = import_module(MODULES[name]).engine()
    return made
