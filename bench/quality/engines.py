"""What is asked of an engine, and which are there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from bench.quality.data import Corpus

SHOWN = 10
# By task (``judged``, ``typos``, ``typing``) and name: options of ``open_engine``.
Variants = Mapping[str, Mapping[str, Mapping[str, Any]]]


class Answer(Protocol):
    """Ids, best first, at most ``SHOWN``."""

    def __call__(self, text: str) -> Sequence[str]: ...


class Engine(Protocol):
    """One engine with one corpus in it, asked by the best interface that its documentation shows.

    Attributes:
        search: a query that is typed to its end.
        mistyped: the same, when a word may be misspelt; None when nothing is made for it.
        typing: the last word may be unfinished; None when nothing is made for it.
        corrected: what it takes a query for, or None when it leaves it as it is; None
            when it does not correct, but looks for similar words, if anything.
    """

    search: Answer
    mistyped: Answer | None
    typing: Answer | None
    corrected: Callable[[str], str | None] | None


@dataclass(frozen=True)
class Kind:
    """An engine that can be measured.

    Attributes:
        home: the module that has its ``open_engine``, and ``VARIANTS`` if there is a choice.
        package: the distribution whose version tells whether old answers hold; "" for ours.
    """

    name: str
    home: str
    package: str

    def open(self, corpus: Corpus, **variant: Any) -> Engine:
        """Put a corpus into it."""
        engine: Engine = import_module(self.home).open_engine(corpus, **variant)
        return engine

    @property
    def variants(self) -> Variants:
        """Other ways to ask it; the best ones are the defaults of ``open``."""
        variants: Variants = getattr(import_module(self.home), "VARIANTS", {})
        return variants


OURS = Kind("searchsvc", "bench.quality.ours", "")
PEERS = (
    Kind("whoosh", "bench.quality.peers.whoosh", "whoosh-reloaded"),
    Kind("fts5", "bench.quality.peers.fts5", ""),
    Kind("tantivy", "bench.quality.peers.tantivy", "tantivy"),
    Kind("bm25s", "bench.quality.peers.bm25s", "bm25s"),
)
KINDS = {kind.name: kind for kind in (OURS, *PEERS)}
