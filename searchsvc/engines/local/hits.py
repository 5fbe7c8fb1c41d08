"""Hits: what is shown of a found document, with the matched stretches marked."""

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.overlay import CATEGORY
from searchsvc.engines.local.segment import Segment
from searchsvc.engines.local.snapshot import Snapshot
from searchsvc.results import Hit
from searchsvc.text.snippets import EXCERPT_CHARS, Snippet, snippet_of
from searchsvc.units import Unit

_TITLE, _EXCERPT = 0, 2  # numbers of the fields


class Marker:
    """Knows which words of each segment are marked for a query."""

    def __init__(self, units: Iterable[Unit], stems: Iterable[str]) -> None:
        self._beginnings = [unit.beginning for unit in units if unit.beginning]
        self._stems = list(stems)
        self._by_segment: dict[int, NDArray[np.bool_]] = {}

    def snippet(self, segment: Segment, document: int, field: int, text: str) -> Snippet:
        """The text of a field with the words of the query marked."""
        first, words = segment.field_tokens(document, field)
        marked = self._marked_words(segment)[words].nonzero()[0]
        spans = segment.spans(marked + first) if len(marked) else ()
        return snippet_of(text, spans, limit=EXCERPT_CHARS if field == _EXCERPT else len(text))

    def _marked_words(self, segment: Segment) -> NDArray[np.bool_]:
        """For each word of a segment whether it is marked."""
        known = self._by_segment.get(id(segment))
        if known is None:
            known = self._by_segment[id(segment)] = np.zeros(len(segment.words.keys), np.bool_)
            for stem in self._stems:
                known[segment.words_of_stem(stem)] = True
            for beginning in self._beginnings:
                known[slice(*segment.words.beginning(beginning))] = True
        return known


def hit(
    snapshot: Snapshot, document: int, *, score: float, missing: tuple[str, ...], marker: Marker
) -> Hit:
    """What is shown of one document."""
    segment, number = snapshot.locate(document)
    id_, url, title, excerpt = (segment.texts[number * 4 + n] for n in range(4))
    categories, tags = _labels(snapshot, document)
    day = int(segment.columns["days"][number])
    return Hit(
        id=id_,
        url=url,
        title=title,
        excerpt=excerpt,
        categories=categories,
        tags=tags,
        date=date.fromordinal(day) if day else None,
        score=score,
        missing=missing,
        title_snippet=marker.snippet(segment, number, _TITLE, title),
        excerpt_snippet=marker.snippet(segment, number, _EXCERPT, excerpt),
    )


def _labels(snapshot: Snapshot, document: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Categories and tags in the order of the post, in the commonest spelling of the blog."""
    codes = [c for c in snapshot.matrix[document, 1:].tolist() if c]
    if len(snapshot.overflow_docs):
        codes += snapshot.overflow_codes[snapshot.overflow_docs == document].tolist()
    last_category = snapshot.codes_of[CATEGORY][1]
    labels = [(snapshot.values[c], c < last_category) for c in codes]
    return (
        tuple(label for label, is_category in labels if is_category),
        tuple(label for label, is_category in labels if not is_category),
    )
