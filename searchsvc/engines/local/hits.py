"""Hits: what is shown of a found document, with the matched stretches marked.

This is done for each hit of each answer, and is too little at a time for numpy
to pay: hence plain Python with few calls, and arguments by position.
"""

import sys
from collections.abc import Iterable, Sequence
from datetime import date

from searchsvc.engines.local.segment import Segment
from searchsvc.engines.local.snapshot import Snapshot
from searchsvc.explanation import Reason
from searchsvc.results import Hit
from searchsvc.text.analysis import Analyzer
from searchsvc.text.snippets import EXCERPT_CHARS, Snippet, snippet_of
from searchsvc.text.stemming import languages
from searchsvc.units import Unit

_LANGUAGES = languages()
_NUMBER_BYTES = 4
# Up to so many words are all looked for in each document; of more, those that it has.
_FEW_WORDS = 6
# Ranges of up to so many words are taken apart, which pays from about ten hits on.
_SMALL_RANGE = 256
Span = tuple[int, int]


class Showing:
    """Shows documents of a snapshot as hits of one query."""

    def __init__(
        self, snapshot: Snapshot, units: Iterable[Unit], words: Sequence[str], analyzer: Analyzer
    ) -> None:
        self._snapshot = snapshot
        self._beginnings = [unit.beginning for unit in units if unit.beginning]
        self._words = words
        self._analyzer = analyzer
        self._marked: dict[tuple[Segment, int], _MarkedWords] = {}

    def hit(
        self,
        document: int,
        score: float,
        missing: tuple[str, ...],
        reasons: tuple[Reason, ...],
        stands_first: str,
    ) -> Hit:
        """What is shown of one document."""
        segment, number = self._snapshot.locate(document)
        id_, url, title, excerpt = segment.shown(number)
        categories, tags = self._snapshot.labels(document)
        day = segment.days[number]
        in_title, in_excerpt = self._spans(segment, number)
        return Hit(
            id_,
            url,
            title,
            excerpt,
            categories,
            tags,
            date.fromordinal(day) if day else None,
            score,
            missing,
            snippet_of(title, in_title, len(title)) if in_title else Snippet(title),
            snippet_of(excerpt, in_excerpt, EXCERPT_CHARS),
            reasons,
            stands_first,
        )

    def _spans(self, segment: Segment, number: int) -> tuple[list[Span], list[Span]]:
        """The stretches of title and excerpt that are marked, in code points."""
        if not self._words and not self._beginnings:
            return [], []
        title, tags, excerpt, body = segment.field_tokens(number)
        words = segment.token_words[title:body]
        lang = segment.langs[number]
        marked = self._marked.get((segment, lang)) or self._marked_words(segment, lang)
        # As bytes they are searched several times faster than as a list of numbers.
        numbers = words.tobytes()
        starts, lengths = segment.token_start, segment.token_length
        in_title: list[Span] = []
        in_excerpt: list[Span] = []
        for pattern in marked.few or marked.patterns(words):
            at = numbers.find(pattern)
            while at >= 0:
                # Elsewhere it is the end of one number and the beginning of the next.
                if at % _NUMBER_BYTES == 0:
                    token = title + at // _NUMBER_BYTES
                    start = starts[token]
                    if token < tags:
                        in_title.append((start, start + lengths[token]))
                    elif token >= excerpt:
                        in_excerpt.append((start, start + lengths[token]))
                at = numbers.find(pattern, at + 1)
        return in_title, in_excerpt

    def _marked_words(self, segment: Segment, lang: int) -> "_MarkedWords":
        stem = self._analyzer.stem_in(_LANGUAGES[lang])
        words = {n for word in self._words for n in segment.words_of_stem(stem(word))}
        ranges = [segment.words.beginning(start) for start in self._beginnings]
        marked = self._marked[segment, lang] = _MarkedWords(words, ranges)
        return marked


class _MarkedWords:
    """The numbers of the words of a segment that are marked in documents of one language.

    Args:
        words: single ones.
        ranges: more of them; the first, and the one after the last, of each range.

    Attributes:
        few: all of them as ``patterns``; empty when they are many.
    """

    def __init__(self, words: set[int], ranges: Iterable[tuple[int, int]]) -> None:
        self._ranges: list[tuple[int, int]] = []
        for first, last in ranges:
            if last - first <= _SMALL_RANGE:
                words.update(range(first, last))
            else:
                self._ranges.append((first, last))
        self._words = words
        is_few = len(words) <= _FEW_WORDS and not self._ranges
        self.few = [_pattern(word) for word in words] if is_few else []

    def patterns(self, words: memoryview) -> list[bytes]:
        """The marked words that are among these, each as the bytes of its number."""
        numbers = words.tolist()
        marked = self._words.intersection(numbers)
        for first, last in self._ranges:
            marked.update([number for number in numbers if first <= number < last])
        return [_pattern(number) for number in marked]


def _pattern(word: int) -> bytes:
    return word.to_bytes(_NUMBER_BYTES, sys.byteorder)
