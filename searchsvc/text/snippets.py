"""Snippet: text with the matched stretches marked, kept apart until the last moment.

Marks are offsets in code points. They never leave Python: JavaScript counts
otherwise, so the outside gets escaped HTML or pieces.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import NamedTuple

# A longer excerpt is cut around its marks.
EXCERPT_CHARS = 300


class Mark(NamedTuple):
    """A matched stretch: ``start`` inclusive, ``end`` exclusive, in code points."""

    start: int
    end: int


# Making a named tuple by its own name costs twice as much as this.
_mark = partial(tuple.__new__, Mark)


class Piece(NamedTuple):
    """A stretch of a snippet that is either marked as a whole or not at all."""

    text: str
    mark: bool


@dataclass(slots=True)
class Snippet:
    """A text and its marks, in order, not overlapping, each within the text. Not to be changed."""

    text: str
    marks: tuple[Mark, ...] = ()

    def pieces(self) -> Iterator[Piece]:
        """The text in order, cut where marks begin and end; no empty pieces."""
        at = 0
        for start, end in self.marks:
            if at < start:
                yield Piece(self.text[at:start], False)
            yield Piece(self.text[start:end], True)
            at = end
        if at < len(self.text):
            yield Piece(self.text[at:], False)

    def to_html(self) -> str:
        """The text escaped for HTML, with ``<mark>`` around the matched stretches."""
        text, html, at = self.text, "", 0
        # Most texts have nothing to escape, which is seen faster than nothing is replaced.
        if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
            pieces = ((escape(text), mark) for text, mark in self.pieces())
            return "".join(f"<mark>{text}</mark>" if mark else text for text, mark in pieces)
        for start, end in self.marks:
            html += f"{text[at:start]}<mark>{text[start:end]}</mark>"
            at = end
        return html + text[at:]


def snippet_of(text: str, spans: Collection[tuple[int, int]], limit: int) -> Snippet:
    """Mark the spans in a text; a text over ``limit`` characters is cut to its best window.

    The window is the one with the most marks, the earliest among equals. Cuts
    fall between words and show an ellipsis.

    Args:
        spans: matched stretches in code points; any order, may overlap or touch.
    """
    if not spans and len(text) <= limit:
        return Snippet(text)
    marks = _merged(spans)
    if len(text) <= limit:
        return Snippet(text, marks)
    start, end = _window(text, marks, limit)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    inside = tuple(Mark(a + shift, b + shift) for a, b in marks if a >= start and b <= end)
    return Snippet(f"{head}{text[start:end]}{tail}", inside)


def _merged(spans: Collection[tuple[int, int]]) -> tuple[Mark, ...]:
    if len(spans) == 1:
        return (_mark(*spans),)
    merged: list[Mark] = []
    stop = -1
    for start, end in sorted(spans):
        if start > stop:
            merged.append(_mark((start, end)))
            stop = end
        elif end > stop:
            merged[-1] = _mark((merged[-1].start, end))
            stop = end
    return tuple(merged)


def _window(text: str, marks: tuple[Mark, ...], limit: int) -> tuple[int, int]:
    room = limit - 2  # for the two ellipses
    best = 0
    if marks and marks[-1].end > room:
        # A window may as well begin a little before a mark, for context.
        starts = [0, *(max(0, mark.start - room // 4) for mark in marks)]
        first, last = [mark.start for mark in marks], [mark.end for mark in marks]
        # Marks are in order, so those inside are found without looking at each.
        best = max(starts, key=lambda s: (_inside(first, last, s, s + room), -s))
    start = _word_start(text, min(best, len(text) - room))
    return start, _word_end(text, start, min(len(text), start + room))


def _inside(first: list[int], last: list[int], start: int, end: int) -> int:
    """How many marks lie inside, by where each begins and ends, in order."""
    return max(0, bisect_right(last, end) - bisect_left(first, start))


def _word_start(text: str, at: int) -> int:
    """The next beginning of a word, unless it is far."""
    if at <= 0:
        return 0
    space = text.find(" ", at - 1, at + 40)
    return space + 1 if space >= 0 else at


def _word_end(text: str, start: int, at: int) -> int:
    if at >= len(text):
        return at
    space = text.rfind(" ", start + 1, at + 1)
    return space if space > start + (at - start) // 2 else at
