"""Snippet: text with the matched stretches marked, kept apart until the last moment.

Marks are offsets in code points. They never leave Python: JavaScript counts
otherwise, so the outside gets escaped HTML or pieces.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

# A longer excerpt is cut around its marks.
EXCERPT_CHARS = 300


class Mark(NamedTuple):
    """A matched stretch: ``start`` inclusive, ``end`` exclusive, in code points."""

    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of a snippet that is either marked as a whole or not at all."""

    text: str
    mark: bool


class Snippet(NamedTuple):
    """A text and its marks, in order, not overlapping, each within the text."""

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
        return "".join(
            f"<mark>{escape(text)}</mark>" if mark else escape(text) for text, mark in self.pieces()
        )


def snippet_of(text: str, spans: Iterable[tuple[int, int]], *, limit: int) -> Snippet:
    """Mark the spans in a text; a text over ``limit`` characters is cut to its best window.

    The window is the one with the most marks, the earliest among equals. Cuts
    fall between words and show an ellipsis.

    Args:
        spans: matched stretches in code points; any order, may overlap or touch.
    """
    marks = _merged(spans)
    if len(text) <= limit:
        return Snippet(text, marks)
    start, end = _window(text, marks, limit)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    inside = tuple(Mark(a + shift, b + shift) for a, b in marks if a >= start and b <= end)
    return Snippet(f"{head}{text[start:end]}{tail}", inside)


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[Mark, ...]:
    merged: list[Mark] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1].end:
            merged[-1] = Mark(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Mark(start, end))
    return tuple(merged)


def _window(text: str, marks: tuple[Mark, ...], limit: int) -> tuple[int, int]:
    room = limit - 2  # for the two ellipses
    best = 0
    if marks and marks[-1].end > room:
        # A window may as well begin a little before a mark, for context.
        starts = [0, *(max(0, mark.start - room // 4) for mark in marks)]
        best = max(starts, key=lambda s: (_inside(marks, s, s + room), -s))
    start = _word_start(text, min(best, len(text) - room))
    return start, _word_end(text, start, min(len(text), start + room))


def _inside(marks: tuple[Mark, ...], start: int, end: int) -> int:
    return sum(1 for mark in marks if mark.start >= start and mark.end <= end)


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
