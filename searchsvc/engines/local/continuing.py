"""Continuing: which titles, tags and categories go on from what was typed.

Titles and values of facets are *texts* whose words can be looked up; the rule
(``docs/ranking.md``, "Suggestions") is the same for both.
"""

from bisect import bisect_left
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.overlay import CATEGORY, TAG
from searchsvc.engines.local.segment import Segment
from searchsvc.engines.local.snapshot import Snapshot, View
from searchsvc.ranking import FIELDS
from searchsvc.suggestions import Typed, TypedWord
from searchsvc.text.analysis import Analyzer

Mask = NDArray[np.bool_]
Numbers = NDArray[np.intp]
_TITLE_BIT = 1
# Behind all words that begin alike: no word holds this code point.
_LAST = "\U0010ffff"


class Texts(Protocol):
    """Numbered texts."""

    def having(self, word: str, *, unfinished: bool) -> Mask:
        """For each text whether it has the word, or one that begins so."""

    def standing(self, chosen: Numbers, place: int, word: str, *, unfinished: bool) -> Mask:
        """For each of the chosen texts whether the word, or one that begins so, has this place."""


def going_on(texts: Texts, typed: Typed) -> tuple[Numbers, Mask]:
    """The texts that go on from what was typed, in rising order; and which begin with it.

    Args:
        typed: at least one word.
    """
    *finished, last = typed.words
    masks = [_with(texts, word, unfinished=False) for word in finished]
    masks.append(_with(texts, last, unfinished=typed.unfinished))
    chosen = np.flatnonzero(np.logical_and.reduce(masks))
    return chosen, _beginning(texts, chosen, typed)


def _with(texts: Texts, word: TypedWord, *, unfinished: bool) -> Mask:
    found = [texts.having(whole, unfinished=unfinished) for whole in word.wholes]
    if word.parts:
        *first, last = word.parts
        parts = [texts.having(part, unfinished=False) for part in first]
        found.append(np.logical_and.reduce([*parts, texts.having(last, unfinished=unfinished)]))
    mask: Mask = np.logical_or.reduce(found)
    return mask


def _beginning(texts: Texts, chosen: Numbers, typed: Typed) -> Mask:
    begins = np.ones(len(chosen), np.bool_)
    last = len(typed.row) - 1
    for place, part in enumerate(typed.row):
        unfinished = typed.unfinished and place == last
        begins[begins] = texts.standing(chosen[begins], place, part, unfinished=unfinished)
    return begins


class Titles:
    """The titles of a view's documents."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._snapshot = view.snapshot

    def having(self, word: str, *, unfinished: bool) -> Mask:
        """For each document whether its title has the word, or one that begins so."""
        found = self._view.beginning(word) if unfinished else self._view.word(word)
        mask = np.zeros(self._snapshot.size, np.bool_)
        if found:
            mask[found.docs[(found.fields & _TITLE_BIT).astype(np.bool_)]] = True
        return mask

    def standing(self, chosen: Numbers, place: int, word: str, *, unfinished: bool) -> Mask:
        """For each chosen document, in rising order, whether its title has the word there."""
        bounds = np.searchsorted(chosen, [*self._snapshot.bases, self._snapshot.size])
        pieces = [
            _standing(segment, chosen[a:b] - base, place, _words(segment, word, unfinished))
            for segment, base, (a, b) in zip(
                self._snapshot.segments, self._snapshot.bases, pairwise(bounds), strict=True
            )
        ]
        return np.concatenate(pieces)


def _words(segment: Segment, word: str, unfinished: bool) -> tuple[int, int]:
    """The range of a segment's words that are the word, or begin so."""
    if unfinished:
        return segment.words.beginning(word)
    number = segment.words.find(word)
    return number, number + (number >= 0)


def _standing(segment: Segment, docs: Numbers, place: int, words: tuple[int, int]) -> Mask:
    columns = segment.columns
    places, token_word = columns["token_place"], columns["token_word"]
    slots = docs * len(FIELDS)
    # Each place has a token at least, so the one at this place is not before it.
    at = columns["field_tokens_at"][slots] + place
    ends = columns["field_tokens_at"][slots + 1]
    found = np.zeros(len(docs), np.bool_)
    left = np.flatnonzero(at < ends)
    while len(left):
        standing = places[at[left]]
        word = token_word[at[left]]
        found[left] |= (standing == place) & (words[0] <= word) & (word < words[1])
        at[left] += 1
        left = left[(standing <= place) & (at[left] < ends[left])]
    return found


class Values:
    """The tags and categories of a snapshot, by their codes.

    Their words are gathered when suggestions are first asked for: some microseconds
    for each value.
    """

    def __init__(self, snapshot: Snapshot, analyzer: Analyzer) -> None:
        codes = range(snapshot.codes_of[CATEGORY][0], snapshot.codes_of[TAG][1])
        rows = sorted(
            (token.word, code, token.place)
            for code in codes
            for token in analyzer.tokens(snapshot.values[code])
        )
        self._size = len(snapshot.values)
        self._words = [word for word, _, _ in rows]
        self._codes = np.array([code for _, code, _ in rows], np.intp)
        self._places = np.array([place for _, _, place in rows], np.intp)

    def having(self, word: str, *, unfinished: bool) -> Mask:
        """For each code whether its value has the word, or one that begins so."""
        return self._mask(self._codes[self._rows(word, unfinished)])

    def standing(self, chosen: Numbers, place: int, word: str, *, unfinished: bool) -> Mask:
        """For each chosen code whether its value has the word there."""
        rows = self._rows(word, unfinished)
        return self._mask(self._codes[rows][self._places[rows] == place])[chosen]

    def _rows(self, word: str, unfinished: bool) -> slice:
        end = word + _LAST if unfinished else word + "\0"
        return slice(bisect_left(self._words, word), bisect_left(self._words, end))

    def _mask(self, codes: Numbers) -> Mask:
        mask = np.zeros(self._size, np.bool_)
        mask[codes] = True
        return mask
