"""searchsvc as the benchmark asks it; and ``evaluate_all``, for choosing the numbers of ranking."""

import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from bench.quality import cases
from bench.quality.data import Corpus, Data
from bench.quality.engines import SHOWN
from searchsvc import Settings, ranking
from searchsvc import open_engine as open_searchsvc
from searchsvc.figures import Figures
from searchsvc.queries import parse_query
from searchsvc.results import ResultPage

# Numbers that are built into indexes: another value needs another index.
BUILT_IN = ("WEIGHTS", "LENGTH_PARTS", "FULL_WEIGHT_BODY")
TUNED_ON = ("18f", "go-blog", "18f+body", "go-blog+body", "scifact", "scifact+body")


class Ours:
    """An index of a corpus in a folder of its own, which is gone with it."""

    def __init__(self, corpus: Corpus) -> None:
        folder = tempfile.mkdtemp(prefix="searchsvc-quality-")
        weakref.finalize(self, shutil.rmtree, folder)
        self._engine = open_searchsvc(
            Settings(
                index_dir=Path(folder),
                index_body=corpus.has_bodies,
                answer_timeout_s=60,
            )
        )
        self._engine.replace_all(corpus.documents)

    def search(self, text: str) -> Sequence[str]:
        """What the search page shows."""
        return _ids(self._page(text))

    mistyped = search

    def typing(self, text: str) -> Sequence[str]:
        """What a search box shows while a word is being typed."""
        return _ids(self._page(text, prefix=True))

    def corrected(self, text: str) -> str | None:
        """What the page says that it has looked for instead."""
        return self._page(text).corrected

    def _page(self, text: str, *, prefix: bool = False) -> ResultPage:
        return self._engine.search(parse_query(text, prefix=prefix, per_page=SHOWN, facets=()))


def open_engine(corpus: Corpus) -> Ours:
    """Index a corpus."""
    return Ours(corpus)


def evaluate_all(
    constants: Mapping[str, Any] | None = None,
    *,
    data: Data | None = None,
    corpora: Sequence[str] = TUNED_ON,
    half: str = "choose",
) -> dict[str, Figures]:
    """Figures of the judged queries, with other numbers of ranking.

    Quick to call again: texts are read and analysed once, and indexes are built anew only
    for numbers that are ``BUILT_IN``.

    Args:
        constants: values by their names in ``searchsvc.ranking``, such as
            ``{"NEAR_WEIGHT": 0.2}``; they hold for this call only. (``NEAR_PLACES`` may
            only be made smaller: the gaps between fields are analysed once.)
        half: of the cases; numbers are chosen by ``choose`` and told by ``report``.

    Returns:
        Figures by corpus, and by ``corpus/kind`` where queries are of several kinds.
    """
    with _constants(constants or {}):
        built_in = tuple(repr(getattr(ranking, name, None)) for name in BUILT_IN)
        figures: dict[str, Figures] = {}
        for name in corpora:
            asked, engine = _asked(data, name, half), _opened(data, name, built_in)
            outcomes = [(c.kind, Figures.of(engine.search(c.text), c.grades)) for c in asked]
            figures[name] = Figures.mean_of(f for _, f in outcomes)
            for kind in sorted({kind for kind, _ in outcomes if kind}):
                figures[f"{name}/{kind}"] = Figures.mean_of(f for k, f in outcomes if k == kind)
        return figures


@cache
def _data(data: Data | None) -> Data:
    return data or Data()


@cache
def _asked(data: Data | None, name: str, half: str) -> list[cases.Case]:
    return cases.in_half(cases.judged(_data(data), _data(data).corpus(name)), half)


@cache
def _opened(data: Data | None, name: str, _built_in: tuple[str, ...]) -> Ours:
    return Ours(_data(data).corpus(name))


@contextmanager
def _constants(values: Mapping[str, Any]) -> Iterator[None]:
    """Let numbers of ranking have other values, in each module that has taken them over."""
    for name in values:
        if not hasattr(ranking, name):
            raise ValueError(f"searchsvc.ranking has no number {name!r}")
    homes = [module for name, module in sys.modules.items() if name.startswith("searchsvc.")]
    replaced = [(m, n, getattr(m, n)) for m in homes for n in values if hasattr(m, n)]
    try:
        for module, name, _ in replaced:
            setattr(module, name, values[name])
        yield
    finally:
        for module, name, value in replaced:
            setattr(module, name, value)


def _ids(page: ResultPage) -> list[str]:
    return [hit.id for hit in page.hits]
