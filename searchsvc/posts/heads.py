"""Heads: the beginning of a text in Markdown, rendered as it would be with all that follows.

Most excerpts are the first paragraph, and most of the time of reading would be spent on the
rest. Markdown is read line by line, so what stands before a line that begins a block of its own
never depends on what comes after it, but for one thing: links and footnotes whose definitions
stand later. Those are taken along when it is certain which they are. Wherever something is not
certain, there is no head, and the whole is rendered.
"""

import re
from collections.abc import Iterator

from searchsvc.posts.rendering import html_of_markdown

# A first paragraph of the usual length, and a picture, a heading and a note before it.
_HEAD_CHARS = 1_000
# A shorter text is quicker rendered as a whole.
_LEAST_CHARS = 2 * _HEAD_CHARS
# Where a head may end: a letter after a blank line closes lists and quotes, as their items,
# continued, would begin otherwise.
_BOUNDARY = re.compile(r"\n\n(?=[^\W\d_])")
_SENTINEL = "thisiswheretheheadends"
_PROOF = f"<p>{_SENTINEL}</p>"

# A destination and perhaps a title, as most are written; or a footnote of one line.
_LINK = re.compile(r"\[[^\[\]\\^][^\[\]\\]*\]:[ \t]*[^\s<()][^\s()]*(?:[ \t]+\"[^\"\\]*\")?[ \t]*")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\\\s]+\]:.*")
# HTML or a fence of which it is not plain to see where it ends, or in what it lies.
_UNCLEAR = re.compile(r"\n(?: {0,3}<| {1,3}(?:```|~~~))")
_FENCE = re.compile(r"\n(?P<ticks>```+|~~~+)(?P<info>[^\n]*)")


def html_of_head(markdown: str) -> str:
    """How the HTML of a text begins; empty when that is not certain without all of it."""
    if len(markdown) < _LEAST_CHARS:
        return ""
    boundary = _BOUNDARY.search(markdown, _HEAD_CHARS)
    if boundary is None:
        return ""
    head = markdown[: boundary.start()]
    links = _definitions(markdown[boundary.end() :]) if "[" in head else ""
    if links is None or _SENTINEL in head:
        return ""
    html = html_of_markdown(f"{head}\n\n{_SENTINEL}\n\n{links}")
    # Within code or HTML that is still open, the sentinel is no paragraph.
    before, proof, _ = html.partition(_PROOF)
    return before if proof else ""


def _definitions(text: str) -> str | None:
    """The definitions of links and footnotes in a text; None if it is not certain which."""
    at = text.find("]:")
    if at < 0:
        return ""
    if _UNCLEAR.search(text):
        return None
    code = list(_fenced(text))
    found: list[str] = []
    end = 0
    while at >= 0:
        start, before = text.rfind("\n", 0, at) + 1, end
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        line = text[start:end]
        follows_link = start == before + 1 and bool(found) and found[-1][1] != "^"
        begins_block = follows_link or _is_after_blank_line(text, start)
        is_plain = _LINK.fullmatch(line) or _FOOTNOTE.fullmatch(line)
        # What it is otherwise may be a definition of another form, or none.
        if not (is_plain and begins_block) or any(a <= start < b for a, b in code):
            return None
        found.append(line)
        at = text.find("]:", end)
    return "\n\n".join(found)


def _is_after_blank_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip(" \t\n")


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Where code stands between fences that begin their lines."""
    opening: re.Match[str] | None = None
    for found in _FENCE.finditer(text):
        if opening is None:
            # Three backticks may also be code within a line.
            opening = None if found["ticks"][0] == "`" and "`" in found["info"] else found
        elif found["ticks"].startswith(opening["ticks"]) and not found["info"].strip(" \t"):
            yield opening.start(), found.end()
            opening = None
    if opening:
        yield opening.start(), len(text)
