"""Hits: what is shown of a found document, with the matched stretches marked."""

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.overlay import CATEGORY
from searchsvc.engines.local.segment import Segment
from searchsvc.engines.local.snapshot import Snapshot
from searchsvc.explanation import Reason
from searchsvc.results import Hit
from searchsvc.text.analysis import Analyzer
from searchsvc.text.snippets import EXCERPT_CHARS, Snippet, snippet_of
from searchsvc.text.stemming import languages
from searchsvc.units import Unit

_TITLE, _EXCERPT = 0, 2  # numbers of the fields


class Marker:
    """Knows which words of each segment are marked for a query, in each language."""

    def __init__(self, units: Iterable[Unit], words: Iterable[str], analyzer: Analyzer) -> None:
        self._beginnings = [unit.beginning for unit in units if unit.beginning]
        self._words = list(words)
        self._analyzer = analyzer
        self._by_segment: dict[tuple[int, int], NDArray[np.bool_]] = {}

    def snippet(self, segment: Segment, document: int, field: int, text: str) -> Snippet:
        """The text of a field with the words of the query marked."""
        first, words = segment.field_tokens(document, field)
        marked = self._marked_words(segment, segment.langs[document])[words].nonzero()[0]
        spans = segment.spans(marked + first) if len(marked) else ()
        return snippet_of(text, spans, limit=EXCERPT_CHARS if field == _EXCERPT else len(text))

    def _marked_words(self, segment: Segment, lang: int) -> NDArray[np.bool_]:
        """For each word of a segment whether it is marked in documents of a language."""
        known = self._by_segment.get((id(segment), lang))
        if known is None:
            known = np.zeros(len(segment.words.keys), np.bool_)
            self._by_segment[id(segment), lang] = known
            stem = self._analyzer.stem_in(languages()[lang])
            for word in self._words:
                known[segment.words_of_stem(stem(word))] = True
            for beginning in self._beginnings:
                known[slice(*segment.words.beginning(beginning))] = True
        return known


def hit(
    snapshot: Snapshot,
    document: int,
    *,
    score: float,
    missing: tuple[str, ...],
    reasons: tuple[Reason, ...],
    stands_first: str,
    marker: Marker,
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
        reasons=reasons,
        stands_first=stands_first,
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
