"""Hits: what is shown of a found document, with the matched stretches marked."""

from collections.abc import Iterable
from datetime import date

import numpy as np

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
        self._by_segment: dict[int, tuple[set[int], list[tuple[int, int]]]] = {}

    def snippet(self, segment: Segment, document: int, field: int, text: str) -> Snippet:
        """The text of a field with the words of the query marked."""
        columns = segment.columns
        slot = document * 4 + field
        first, last = columns["field_tokens_at"][slot : slot + 2].tolist()
        words, ranges = self._words(segment)
        marked = [
            n
            for n, word in enumerate(columns["token_word"][first:last].tolist(), first)
            if word in words or any(a <= word < b for a, b in ranges)
        ]
        starts = columns["token_start"][marked].tolist()
        lengths = columns["token_length"][marked].tolist()
        spans = [(start, start + n) for start, n in zip(starts, lengths, strict=True)]
        return snippet_of(text, spans, limit=EXCERPT_CHARS if field == _EXCERPT else len(text))

    def _words(self, segment: Segment) -> tuple[set[int], list[tuple[int, int]]]:
        known = self._by_segment.get(id(segment))
        if known is None:
            words = {n for stem in self._stems for n in segment.words_of_stem(stem)}
            ranges = [segment.words.beginning(b) for b in self._beginnings]
            known = self._by_segment[id(segment)] = words, ranges
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
    overflow = snapshot.overlay["overflow_docs"]
    if len(overflow):
        codes += snapshot.overlay["overflow_codes"][np.flatnonzero(overflow == document)].tolist()
    last_category = snapshot.codes_of[CATEGORY][1]
    labels = [(snapshot.values[c], c < last_category) for c in codes]
    return (
        tuple(label for label, is_category in labels if is_category),
        tuple(label for label, is_category in labels if not is_category),
    )
