"""Suggesting: what goes on from what a reader has typed so far, best first."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from time import perf_counter

import numpy as np

from searchsvc.engines.local.continuing import Mask, Numbers, Titles, Values, going_on
from searchsvc.engines.local.overlay import CATEGORY, TAG
from searchsvc.engines.local.snapshot import Snapshot, View
from searchsvc.results import Suggestion, SuggestionKind, Suggestions
from searchsvc.suggestions import (
    MAX_CATEGORIES,
    MAX_TAGS,
    MAX_TITLES_READ,
    SuggestQuery,
    Typed,
    typed,
)
from searchsvc.text.analysis import Analyzer
from searchsvc.text.folding import fold
from searchsvc.text.snippets import Snippet, snippet_of

# Each suggestion with whether it begins with what was typed.
Ranked = list[tuple[bool, Suggestion]]


def suggest(
    query: SuggestQuery, snapshot: Snapshot, analyzer: Analyzer, values: Values
) -> Suggestions:
    """Answer a request from one snapshot, whose tags and categories are the values."""
    started = perf_counter()
    view = snapshot.view(query.at or datetime.now(UTC))
    asked = typed(query.text)
    suggestions = _Suggesting(view, analyzer, asked, query.limit).all(values) if asked.words else ()
    return Suggestions(
        query=query,
        suggestions=suggestions,
        index=view.info,
        took_ms=(perf_counter() - started) * 1000,
    )


class _Suggesting:
    """One request, asked of one view."""

    def __init__(self, view: View, analyzer: Analyzer, asked: Typed, limit: int) -> None:
        self._view = view
        self._snapshot = view.snapshot
        self._analyzer = analyzer
        self._typed = asked
        self._limit = limit
        self._whole_words, self._beginnings = _to_mark(asked)

    def all(self, values: Values) -> tuple[Suggestion, ...]:
        """Tags and categories before titles, but first all that begin with what was typed."""
        titles = self._titles()
        labels = self._labels(values)
        labels = labels[: max(self._limit // 2, self._limit - len(titles))]
        ranked = [*labels, *titles[: self._limit - len(labels)]]
        ranked.sort(key=lambda one: not one[0])
        return tuple(suggestion for _, suggestion in ranked)

    def _titles(self) -> Ranked:
        """The best titles, each once however many posts have it."""
        docs, begins = going_on(Titles(self._view), self._typed)
        chosen: dict[str, int] = {}
        for n in self._best(docs, begins):
            segment, number = self._snapshot.locate(int(docs[n]))
            chosen.setdefault(fold(segment.texts[number * 4 + 2]), n)
            if len(chosen) == self._limit:
                break
        return [(bool(begins[n]), self._title(int(docs[n]))) for n in chosen.values()]

    def _best(self, docs: Numbers, begins: Mask) -> list[int]:
        """Where among the documents the best ones are, best first."""
        length = self._snapshot.title_lengths[docs].astype(np.int64)
        keys = ~begins << 62 | length << 32 | self._snapshot.rank[docs]
        few = np.arange(len(keys))
        if len(keys) > MAX_TITLES_READ:
            few = np.argpartition(keys, MAX_TITLES_READ)[:MAX_TITLES_READ]
        best: list[int] = few[np.argsort(keys[few])].tolist()
        return best

    def _title(self, document: int) -> Suggestion:
        segment, number = self._snapshot.locate(document)
        id_, url, title = (segment.texts[number * 4 + n] for n in range(3))
        return Suggestion("title", title, self._marked(title), id=id_, url=url)

    def _labels(self, values: Values) -> Ranked:
        """The best tags and categories; of two with one name that with more posts."""
        codes, begins = going_on(values, self._typed)
        found = [
            *self._of_kind("category", MAX_CATEGORIES, codes, begins),
            *self._of_kind("tag", MAX_TAGS, codes, begins),
        ]
        found.sort(key=lambda one: -(one[1].count or 0))
        by_name: dict[str, tuple[bool, Suggestion]] = {}
        for begins_so, label in found:
            by_name.setdefault(fold(label.text), (begins_so, label))
        return sorted(
            by_name.values(), key=lambda one: (not one[0], -(one[1].count or 0), one[1].text)
        )

    def _of_kind(
        self, kind: SuggestionKind, most: int, codes: Numbers, begins: Mask
    ) -> Iterator[tuple[bool, Suggestion]]:
        first, last = self._snapshot.codes_of[CATEGORY if kind == "category" else TAG]
        counts = self._view.counts[codes]
        own = np.flatnonzero((codes >= first) & (codes < last) & (counts > 0))
        # Codes go by name, and the sort keeps the order of equals.
        for n in own[np.lexsort((-counts[own], ~begins[own]))][:most].tolist():
            text = self._snapshot.values[int(codes[n])]
            label = Suggestion(kind, text, self._marked(text), count=int(counts[n]))
            yield bool(begins[n]), label

    def _marked(self, text: str) -> Snippet:
        spans = [
            (token.start, token.end)
            for token in self._analyzer.tokens(text)
            if token.word in self._whole_words or token.word.startswith(self._beginnings)
        ]
        return snippet_of(text, spans, limit=len(text))


def _to_mark(asked: Typed) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words that are marked, and beginnings of words that are."""
    *finished, last = asked.words
    words = [word for typed_word in finished for word in (*typed_word.parts, *typed_word.wholes)]
    ends: Sequence[str] = (*last.parts[-1:], *last.wholes)
    words += last.parts[:-1]
    return (frozenset(words), tuple(ends)) if asked.unfinished else (frozenset([*words, *ends]), ())
