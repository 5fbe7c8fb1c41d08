"""Pelican's files taken apart: headers before Markdown, fields before reStructuredText, HTML.

After ``readers.py`` of Pelican 4, the extension ``meta`` of Python-Markdown, and docutils:
``Key: value`` up to the first empty line, with or without ``---`` around; ``:key: value``
below the title; ``<meta name="key" content="value">`` and ``<title>``.
"""

import re
from collections.abc import Sequence
from html import unescape

from searchsvc.posts.encoding import decode, decode_leniently
from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.plainyaml import MAX_VALUES, Value
from searchsvc.posts.rst import markdown_of_rst
from searchsvc.posts.unusable import Unusable

_HEADER = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_MORE = re.compile(r"(?: {4}|\t)\s*(?P<value>.*)")
_OPENING = re.compile(r"---(?:\s.*)?")
_CLOSING = re.compile(r"(?:---|\.\.\.)(?:\s.*)?")
_FIELD = re.compile(r":(?P<key>[^:\s][^:]*):(?:\s+(?P<value>.*)|\s*)")
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1*\s*")
_WITHDRAWN = re.compile(
    r"""^[ ]{0,3}:?status:\s*["']?(?:draft|hidden|skip)\b"""
    r"""|<meta\s+name=["']?status["']?\s+content=["']?(?:draft|hidden|skip)\b""",
    re.IGNORECASE | re.MULTILINE,
)
# Of these, Pelican takes the first of several lines.
_FIRST = frozenset("tags date modified status category author save_as url authors slug".split())
_ATTRIBUTES = r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
_HEAD = re.compile(r"<head\b[^<>]*+>(?P<head>.*?)(?:</head\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]*+>(?P<body>.*?)(?:</body\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*+>(?P<title>.*?)</title\s*>", re.DOTALL | re.IGNORECASE)
_META = re.compile(rf"<meta\b(?P<attributes>{_ATTRIBUTES})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def markdown_with_headers(content: bytes) -> FrontMatter:
    """A Markdown file. Keys become small letters; a value may go on in lines that are indented."""
    lines = decode(content).split("\n")
    at = 1 if _OPENING.fullmatch(lines[0]) else 0
    headers = _Headers()
    while at < len(lines):
        line = lines[at]
        if not line.strip() or _CLOSING.fullmatch(line):
            at += 1
            break
        if found := _HEADER.fullmatch(line):
            headers.begin(found["key"], found["value"], at + 1)
        elif (more := _MORE.fullmatch(line)) and headers:
            headers.go_on(more["value"])
        else:
            break
        at += 1
    return headers.before("\n".join(lines[at:]))


def ends_early(content: bytes) -> bool:
    """Whether a file begins with ``---`` and what follows is more than Pelican's plain headers."""
    lines = decode(content).split("\n")
    if not _OPENING.fullmatch(lines[0]):
        return False
    for line in lines[1:]:
        if _CLOSING.fullmatch(line):
            return False
        if not (_HEADER.fullmatch(line) or _MORE.fullmatch(line)):
            return True
    return False


def rst_with_fields(content: bytes) -> FrontMatter:
    """A reStructuredText file, its body as Markdown. The title is that of the document."""
    lines = decode(content).split("\n")
    headers = _Headers()
    title, at = _title_of_rst(lines)
    if title:
        headers.begin("title", title, at - 1)
    at = _next_text(lines, at)
    while at < len(lines) and (found := _FIELD.fullmatch(lines[at])):
        first = at
        at += 1
        while at < len(lines) and lines[at].startswith((" ", "\t")):
            at += 1
        value = " ".join((found["value"] or "", *lines[first + 1 : at]))
        headers.begin(found["key"], " ".join(value.split()), first + 1)
    return headers.before(markdown_of_rst("\n".join(lines[at:])))


def html_with_meta(content: bytes) -> FrontMatter:
    """An HTML file: what its head says, and its body."""
    text = decode(content)
    head, body = _HEAD.search(text), _BODY.search(text)
    headers = _Headers()
    if head and (title := _TITLE.search(head["head"])):
        headers.begin("title", title["title"], text.count("\n", 0, head.start("head")) + 1)
    for meta in _META.finditer(head["head"]) if head else ():
        found = _ATTRIBUTE.findall(meta["attributes"])
        values = {name.lower(): unescape(a or b or c) for name, a, b, c in found}
        if name := values.get("name", "").lower():
            line = text.count("\n", 0, meta.start()) + 1
            content_of = values.get("content") or values.get("contents") or ""
            headers.begin("tags" if name == "keywords" else name, content_of, line)
    return headers.before(body["body"] if body else "")


def shows_status(content: bytes) -> bool:
    """Whether a file that cannot be taken apart still has a status under which nobody sees it."""
    return _WITHDRAWN.search(decode_leniently(content)[:10_000]) is not None


class _Headers:
    """Keys with their lines, as they are found."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}
        self._lines: dict[str, int] = {}
        self._last = ""
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._values)

    def begin(self, key: str, value: str, line: int) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            raise Unusable(f"The header holds more than {MAX_VALUES} values. Shorten it", line)
        self._last = key.lower().strip()
        self._values.setdefault(self._last, []).append(value.strip())
        self._lines.setdefault(self._last, line)

    def go_on(self, value: str) -> None:
        self._values[self._last].append(value.strip())

    def before(self, body: str) -> FrontMatter:
        """All of them before a body. A key without a value says nothing."""
        values: dict[str, Value] = {
            key: text for key, found in self._values.items() if (text := _as_one(key, found))
        }
        return FrontMatter(values, body, self._lines, found=bool(self._values))


def _as_one(key: str, values: Sequence[str]) -> str:
    return values[0] if key in _FIRST else "\n".join(values).strip()


def _title_of_rst(lines: Sequence[str]) -> tuple[str, int]:
    """The title of a document and the number of the line after it; no title: "" and where to go on.

    It is underlined, and may have a line above it too.
    """
    at = _next_text(lines, 0)
    above = at < len(lines) and len(lines[at].strip()) > 1 and bool(_RULE.fullmatch(lines[at]))
    first = at + 1 if above else at
    if first + 1 < len(lines) and lines[first].strip() and _RULE.fullmatch(lines[first + 1]):
        return lines[first].strip(), first + 2
    return "", at


def _next_text(lines: Sequence[str], at: int) -> int:
    """The first line from here on that is neither empty nor a comment."""
    while at < len(lines):
        if lines[at].strip() and not lines[at].startswith(".."):
            return at
        is_comment = lines[at].startswith("..")
        at += 1
        while is_comment and at < len(lines) and lines[at].startswith((" ", "\t")):
            at += 1
    return at
