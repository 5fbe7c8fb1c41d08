"""reStructuredText as Markdown: near enough for the words that a reader sees.

Titles, code, emphasis, links, roles and notes are understood; pictures, comments, targets and
other directives without words for readers go. docutils would know all of it; it is a large
thing for the few blogs that are written so, and slow.
"""

import re
from collections.abc import Iterator

from searchsvc.posts.markup import MAX_MARKUP_CHARS

_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_DIRECTIVE = re.compile(r"(?P<indent>\s*)\.\. (?:\|[^|]+\| )?(?P<name>[\w:-]+)::\s*(?P<rest>.*)")
_NOTE = re.compile(r"(?P<indent>\s*)\.\. \[[^\]]+\]\s+(?P<rest>.*)")
_COMMENT = re.compile(r"(?P<indent>\s*)\.\.(?:\s.*)?")
_OPTION = re.compile(r"\s+:[\w-]+:(?:\s.*)?")
_CODE = frozenset({"code", "code-block", "sourcecode", "highlight", "parsed-literal", "math"})
# Their content is shown, with the words after the colons before it.
_SHOWN = frozenset(
    "note warning tip hint important caution danger attention error admonition topic sidebar"
    " epigraph pull-quote highlights compound container rubric centered figure table list-table"
    " csv-table seealso versionadded versionchanged deprecated".split()
)
_WORDLESS = frozenset({"figure", "container"})
_MAX_LINE = 2_000
_CODE_SPAN = re.compile(r"``(.+?)``")
_INLINE = (
    (re.compile(r":[\w:+.-]+:`(?P<text>[^`<]*?)\s*(?:<[^`>]*>)?`"), r"\g<text>"),
    (re.compile(r"`(?P<text>[^`<]+?)\s*(?:<[^`>]*>)?`__?(?!\w)"), r"\g<text>"),
    (re.compile(r"\[(?:#\w*|\*|\d+)\]_"), ""),
    (re.compile(r"(?<!\w)\|(?P<text>[^|\s][^|\n]*)\|_{0,2}"), r"\g<text>"),
    (re.compile(r"(?<=\w)__?(?=[\s.,;:!?)]|$)"), ""),
    (re.compile(r"(?:^|\s)::\s*$"), ""),
    (re.compile(r"::\s*$"), ":"),
)


def markdown_of_rst(text: str) -> str:
    """Turn reStructuredText into Markdown."""
    return "\n".join(_lines(text[:MAX_MARKUP_CHARS].expandtabs(8).split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if found := _DIRECTIVE.fullmatch(line):
            inner = _inner(lines, at + 1, len(found["indent"]))
            yield from _directive(found, inner)
            at += 1 + len(inner)
        elif note := _NOTE.fullmatch(line):
            yield _inline(note["rest"])
            at += 1
        elif comment := _COMMENT.fullmatch(line):
            at += 1 + len(_inner(lines, at + 1, len(comment["indent"])))
        elif line.strip() and at + 1 < len(lines) and _underlines(lines[at + 1], line):
            yield f"## {_inline(line.strip())}"
            at += 2
        elif line.rstrip().endswith("::"):
            yield _inline(line)
            inner = _inner(lines, at + 1, len(line) - len(line.lstrip()))
            yield from _code(inner)
            at += 1 + len(inner)
        else:
            # A rule, or the line above a title.
            yield "" if _RULE.fullmatch(line) else _inline(line)
            at += 1


def _underlines(rule: str, title: str) -> bool:
    return bool(_RULE.fullmatch(rule)) and not _RULE.fullmatch(title) and title[0] != " "


def _inner(lines: list[str], start: int, indent: int) -> list[str]:
    """The lines that belong to what stands at an indent: those further in, and empty ones."""
    end = start
    while end < len(lines):
        line = lines[end]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        end += 1
    return lines[start:end]


def _directive(found: re.Match[str], inner: list[str]) -> Iterator[str]:
    name = found["name"].lower()
    while inner and _OPTION.fullmatch(inner[0]):
        inner = inner[1:]
    yield ""
    if name in _CODE:
        yield from _code(inner)
    elif name in _SHOWN:
        if name not in _WORDLESS:
            yield _inline(found["rest"])
            yield ""
        yield from _lines([line.strip() for line in inner])
    yield ""


def _code(lines: list[str]) -> Iterator[str]:
    # Longer than any fence that the code itself may hold.
    yield from ("", "~~~~~~~~", *lines, "~~~~~~~~", "")


def _inline(line: str) -> str:
    # Longer ones are no prose, and some that are made up take quadratic time.
    if len(line) > _MAX_LINE or not any(sign in line for sign in "`|_:"):
        return line
    parts = _CODE_SPAN.split(line)
    return "".join(
        f"`{part}`" if number % 2 else _outside_code(part) for number, part in enumerate(parts)
    )


def _outside_code(text: str) -> str:
    for pattern, shown in _INLINE:
        text = pattern.sub(shown, text)
    return text
