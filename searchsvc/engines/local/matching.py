"""Matching: which documents have a unit, a phrase, a tag; asked for one query.

What a query has looked up once is kept until it is answered.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.columns import rising
from searchsvc.engines.local.segment import Postings, Segment
from searchsvc.engines.local.snapshot import View, concatenated
from searchsvc.text.analysis import Analyzer
from searchsvc.units import Sequence, Unit

Docs = NDArray[np.intp]
# Whole numbers, 32 bits where one segment is all there is.
Places = NDArray[np.signedinteger[Any]]
_NO_DOCS: Docs = np.empty(0, np.intp)


class Matcher:
    """The words of a view, looked up for one query. A ``Lexicon``."""

    def __init__(self, view: View, analyzer: Analyzer) -> None:
        self.view = view
        self._stem = analyzer.stem
        self._stems: dict[str, Postings | None] = {}
        self._beginnings: dict[str, Postings | None] = {}

    def has_stem(self, stem: str) -> bool:
        """Whether some visible document has a word with this stem."""
        return self._of_stem(stem) is not None

    def has_beginning(self, beginning: str) -> bool:
        """Whether some visible document has a word that begins so."""
        return self._of_beginning(beginning) is not None

    def unit(self, unit: Unit) -> Postings:
        """The documents that have a known unit, each once, in rising order."""
        stems = self._stems_of(unit)
        if not unit.beginning:
            found = [p for stem in stems if (p := self._of_stem(stem))]
        else:
            # Words with the stem that begin otherwise: `run` for the beginning `runn`.
            others = {w for stem in stems for w in self._words(stem, but=unit.beginning)}
            looked_up = [self._of_beginning(unit.beginning), *map(self.view.word, sorted(others))]
            found = [p for p in looked_up if p]
        return found[0] if len(found) == 1 and not unit.beginning else _summed(found)

    def word(self, word: str) -> Postings | None:
        """The documents that have this very word."""
        return self.view.word(word)

    def places(self, unit: Unit) -> Places:
        """Where a unit stands, visible or not, in rising order."""
        stems = self._stems_of(unit)
        pieces = []
        for segment, base in self._segments():
            words = {n for stem in stems for n in segment.words_of_stem(stem)}
            ranges = [(n, n + 1) for n in words]
            if unit.beginning:
                ranges.append(segment.words.beginning(unit.beginning))
            pieces += [segment.places(a, b) + base for a, b in ranges]
        if len(pieces) == 1 and not unit.beginning:
            return pieces[0]
        return rising(np.concatenate(pieces))

    def with_sequence(self, sequence: Sequence) -> Docs:
        """The visible documents where the words stand in a row, or that have one of the wholes."""
        alone = sequence.words if len(sequence.words) == 1 else ()
        wholes = [p.docs for p in map(self.view.word, (*alone, *sequence.wholes)) if p]
        rows = [self._in_a_row(sequence.words)] if len(sequence.words) > 1 else []
        return rising(np.concatenate([*wholes, *rows])) if wholes or rows else _NO_DOCS

    def with_stem(self, stem: str) -> Docs:
        """The visible documents that have a word with this stem."""
        postings = self._of_stem(stem)
        return postings.docs if postings else _NO_DOCS

    def documents_at(self, places: Places) -> tuple[NDArray[np.intp], Docs]:
        """For each place its field, counted over all documents, and its document."""
        field = np.searchsorted(self.view.snapshot.field_places, places, "right") - 1
        return field, field >> 2

    def _in_a_row(self, words: tuple[str, ...]) -> Docs:
        standing = [self._word_places(word) for word in words]
        rarest = min(range(len(words)), key=lambda n: len(standing[n]))
        first = standing[rarest] - rarest
        for offset, places in enumerate(standing):
            first = first[_contained(first + offset, places)]
        docs = rising(self.documents_at(first)[1])
        visible = self.view.visible
        return docs if visible is None else docs[visible[docs]]

    def _word_places(self, word: str) -> Places:
        pieces = [
            segment.places(number, number + 1) + base
            for segment, base in self._segments()
            if (number := segment.words.find(word)) >= 0
        ]
        if not pieces:
            return np.empty(0, np.int64)
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _segments(self) -> Iterable[tuple[Segment, int]]:
        snapshot = self.view.snapshot
        return zip(snapshot.segments, snapshot.place_bases, strict=True)

    def _stems_of(self, unit: Unit) -> list[str]:
        return list(dict.fromkeys(self._stem(form) for form in unit.forms))

    def _words(self, stem: str, *, but: str) -> Iterable[str]:
        for segment, _ in self._segments():
            for number in segment.words_of_stem(stem):
                word = segment.words.keys[number]
                if not word.startswith(but):
                    yield word

    def _of_stem(self, stem: str) -> Postings | None:
        if stem not in self._stems:
            self._stems[stem] = self.view.stem(stem)
        return self._stems[stem]

    def _of_beginning(self, beginning: str) -> Postings | None:
        if beginning not in self._beginnings:
            self._beginnings[beginning] = self.view.beginning(beginning)
        return self._beginnings[beginning]


def _summed(found: list[Postings]) -> Postings:
    """Each document once, with the sum of its z and all its fields."""
    joined = found[0] if len(found) == 1 else concatenated(found)
    order = np.argsort(joined.docs, kind="stable")
    docs = joined.docs[order]
    firsts = np.flatnonzero(np.diff(docs, prepend=-1))
    return Postings(
        docs[firsts],
        np.add.reduceat(joined.z[order], firsts),
        np.bitwise_or.reduceat(joined.fields[order], firsts),
    )


def _contained(values: Places, among: Places) -> NDArray[np.bool_]:
    """For each value whether it is among the sorted others."""
    if not len(among):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(among, values), len(among) - 1)
    contained: NDArray[np.bool_] = among[at] == values
    return contained
