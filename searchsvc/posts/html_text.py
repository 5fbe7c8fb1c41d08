"""HTML → the text that a reader sees.

Expressions and not ``html.parser``: that one takes twice the time, and quadratic
time on broken HTML (Python 3.11: 26 s for 200 kB of ``<!--``). None of these
expressions goes back over what it has read.
"""

import re
from collections.abc import Iterator
from html import unescape

# Quoted values may hold ">". The quantifiers never give back: no slow failures.
# Most tags hold nothing but their name, so that is looked for first.
_REST = r"""(?:>|(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>)"""
_INLINE_NAMES = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|nobr|q|rb|rp|rt"
    "|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
# What is not closed goes on to the end, as in a browser.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<name>script|style|template)\b.*?(?:</(?P=name)\s*+>|\Z)"
    r"|<sup class=\"footnote-ref\">.{0,200}?</sup>"
    r"|<a\b[^<>]*?\bclass=\"footnote-backref\"[^<>]*+>.{0,200}?</a>"
    r"|<[!?][^<>]*+>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = re.compile(rf"</?(?:{_INLINE_NAMES})(?![\w:-]){_REST}", re.IGNORECASE)
_TAG = re.compile(rf"</?[a-z][\w:-]*+{_REST}", re.IGNORECASE)
_HEADING = re.compile(r"<h1(?![\w-])[^<>]*+>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p(?![\w-])[^<>]*+>|<section class=\"footnotes\"", re.IGNORECASE)
_NOT_PROSE = re.compile(r"<(?P<name>pre|h[1-6]|table)\b.*?(?:</(?P=name)>|\Z)", re.I | re.DOTALL)
# Paragraphs looked at in search of one with text.
_MAX_PARAGRAPHS = 100
# Where the first paragraph mostly ends; looking through a whole page takes longer.
_BEGINNING_CHARS = 4_000


def text_of_html(html: str) -> str:
    """The text of a piece of HTML: a line for each block, entities decoded."""
    if not html:
        return ""
    if "<" in html:
        html = _TAG.sub("\n", _INLINE.sub("", _UNSEEN.sub("", html)))
    text = unescape(html) if "&" in html else html
    lines = (_tidy(line) for line in text.split("\n") if line)
    return "\n".join(line for line in lines if line)


def _tidy(line: str) -> str:
    """A line that is not empty, with one space wherever there is white space."""
    # Looking is quicker than cutting: the only printable white space is the space itself.
    if line[0] != " " != line[-1] and "  " not in line and line.isprintable():
        return line
    return " ".join(line.split())


def heading_of_html(html: str) -> str:
    """The text of the first ``<h1>``; empty when there is none."""
    opening = _HEADING.search(html)
    if opening is None:
        return ""
    end = html.lower().find("</h1", opening.end())
    return " ".join(text_of_html(html[opening.end() : end]).split()) if end >= 0 else ""


def paragraph_of_html(html: str) -> str:
    """The text of the first paragraph that has some; without any, what is no heading or code."""
    text = closed_paragraph_of_html(html[:_BEGINNING_CHARS])
    text = text or _paragraph_with_text(html, must_close=False)
    if text:
        return text
    body = html.partition('<section class="footnotes"')[0]
    return " ".join(text_of_html(_NOT_PROSE.sub("\n", body)).split())


def closed_paragraph_of_html(html: str) -> str:
    """The same, if it has an end: then it is that of any longer HTML that begins with this one.

    Empty when there is none, or when what is yet to come may change it.
    """
    return _paragraph_with_text(html, must_close=True)


def _paragraph_with_text(html: str, *, must_close: bool) -> str:
    html = _UNSEEN.sub("", html)
    for start, end in _paragraphs(html):
        # What begins as a mark of a footnote may end, with all until there, in what is to come.
        if must_close and (end < 0 or "footnote-" in html[:end]):
            return ""
        inner = html[start : end if end >= 0 else len(html)]
        if text := " ".join(text_of_html(inner).split()):
            return text
    return ""


def _paragraphs(html: str) -> Iterator[tuple[int, int]]:
    """Where the first paragraphs begin and end; -1 for one that does not."""
    at = 0
    for _ in range(_MAX_PARAGRAPHS):
        opening = _PARAGRAPH.search(html, at)
        if opening is None or not opening[0].endswith(">"):
            return
        end = html.find("</p", opening.end())
        at = end if end >= 0 else len(html)
        yield opening.end(), end
