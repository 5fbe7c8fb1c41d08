"""Front matter: the bytes of a file → metadata, body, and where each key stands.

The only user of python-frontmatter. Its handlers are ours: those it comes with
miss a byte-order mark, a closing ``...`` and TOML, cut JSON at its first brace
in column 0, and take the text between two rules for metadata.
"""

import json
import re
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from searchsvc.posts.encoding import decode, decode_leniently
from searchsvc.posts.plainyaml import Parsed, Value, parse_yaml
from searchsvc.posts.unusable import Unusable
from searchsvc.posts.values import MAX_CHARS, as_text, json_lines, parse_toml, toml_lines

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})
_WITHDRAWN = re.compile(
    r"""(?:^|[{,])[ \t]*["']?(?:draft["']?[ \t]*[:=][ \t]*["']?(?:true|yes|on)"""
    r"""|published["']?[ \t]*[:=][ \t]*["']?(?:false|no|off))\b""",
    re.IGNORECASE | re.MULTILINE,
)
LOOKS_LIKE_A_KEY = re.compile(r"\s*[\"']?[^\W\d][\w-]*[\"']?[ \t]*[:=](?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file, taken apart.

    Attributes:
        metadata: keys as written; values as text, lists and mappings of text. No nulls.
        body: what follows the front matter, with ``\\n`` at the ends of lines.
        lines: the line of each key in the file, counted from 1.
        quoted: the keys whose value was written in quotes.
        found: whether there was any front matter, be it empty.
    """

    metadata: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    quoted: frozenset[str] = frozenset()
    found: bool = False


def read_front_matter(content: bytes, formats: "Formats | None" = None) -> FrontMatter:
    """Take a file apart.

    Args:
        formats: those that its generator knows, in the order of trying; by default YAML,
            TOML and JSON.

    Raises:
        Unusable: the encoding is unknown, or what is clearly meant as front
            matter cannot be read. It tells the line and the remedy.
    """
    text = decode(content)
    handler = frontmatter.detect_format(text, formats or FORMATS)
    if not isinstance(handler, Format):
        return FrontMatter(body=text)
    part = handler.part(text)
    if part is None:
        return FrontMatter(body=text)
    if len(part.metadata) > MAX_CHARS:
        raise _too_long(part.line)
    parsed = _parsed(handler, part)
    if parsed is None:
        return FrontMatter(body=text)
    return FrontMatter(
        metadata=parsed.value if isinstance(parsed.value, dict) else {},
        body=part.body,
        lines={key: line + part.line for key, line in parsed.lines.items()},
        quoted=frozenset(parsed.quoted),
        found=True,
    )


def shows_withdrawal(content: bytes, formats: "Formats | None" = None) -> bool:
    """Whether front matter that cannot be read still says that nobody may see the post."""
    text = decode_leniently(content)
    handler = frontmatter.detect_format(text, formats or FORMATS)
    if not isinstance(handler, Format):
        return False
    try:
        part = handler.part(text)
    except Unusable:
        part = None
    # Where it ends is not known: the usual length of one.
    meant = part.metadata if part else "\n".join(text.split("\n", 101)[:100])
    return _WITHDRAWN.search(meant) is not None


def as_flag(value: str) -> bool | None:
    """Read a yes or no in all its spellings; None when it is neither."""
    word = value.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


@dataclass(frozen=True, slots=True)
class Part:
    """Front matter and what follows it; ``line`` lines stand before the metadata."""

    metadata: str
    body: str
    line: int


class Format(BaseHandler):
    """A format of front matter, in python-frontmatter's terms.

    ``FM_BOUNDARY`` finds the opening. ``part`` is ``split`` that can say "there
    is no front matter after all", ``parse`` is ``load`` that tells lines.
    """

    MAY_BE_TEXT = False

    @abstractmethod
    def part(self, text: str) -> Part | None:
        """The metadata and the body of a text that begins as this format does."""

    @abstractmethod
    def parse(self, metadata: str) -> Parsed:
        """Values and the lines they stand on."""

    def split(self, text: str) -> tuple[str, str]:
        part = self.part(text)
        if part is None:
            raise ValueError("no front matter")
        return part.metadata, part.body

    def load(self, fm: str) -> dict[str, Any]:
        value = self.parse(fm).value
        return value if isinstance(value, dict) else {}


class Fenced(Format):
    """Front matter between two lines, such as ``---`` and ``---``."""

    END: str

    def part(self, text: str) -> Part | None:
        opening = self.FM_BOUNDARY.match(text) if self.FM_BOUNDARY else None
        if opening is None:
            return None
        line = text.count("\n", 0, opening.end()) or 1
        closing = _closing(self.END, opening["fence"]).search(text, opening.end())
        if closing is not None:
            return Part(text[opening.end() : closing.start()], text[closing.end() + 1 :], line)
        if LOOKS_LIKE_A_KEY.match(text, opening.end()):
            fence = opening["fence"]
            raise Unusable(
                f"The front matter has no end. Write {fence} on a line of its own after it", line
            )
        return None


@lru_cache(maxsize=100)
def _closing(end: str, fence: str) -> re.Pattern[str]:
    return re.compile(end.replace("FENCE", re.escape(fence)), re.MULTILINE)


class Yaml(Fenced):
    FM_BOUNDARY = re.compile(r"\s*^(?P<fence>-{3,100})[ \t]*(?:\n|\Z)", re.MULTILINE)
    # Two rules with a paragraph between them look the same.
    MAY_BE_TEXT = True
    END = r"^(?:FENCE|\.\.\.)[ \t]*$"

    def parse(self, metadata: str) -> Parsed:
        return parse_yaml(metadata)


class Toml(Fenced):
    FM_BOUNDARY = re.compile(r"\s*^(?P<fence>\+{3,100})[ \t]*(?:\n|\Z)", re.MULTILINE)
    END = r"^FENCE[ \t]*$"

    def parse(self, metadata: str) -> Parsed:
        value = parse_toml(metadata)
        return Parsed(as_text(value), toml_lines(metadata, value), set(value))


class Json(Format):
    FM_BOUNDARY = re.compile(r"\s*^\{\s*(?:\"(?:[^\"\\\n]|\\.)*\"\s*:|\}\s*$)", re.MULTILINE)

    def part(self, text: str) -> Part | None:
        start = len(text) - len(text.lstrip())
        decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
        # Only the whole of it says where it ends.
        within = text[: start + MAX_CHARS]
        try:
            _, end = decoder.raw_decode(within, start)
        except json.JSONDecodeError as error:
            if len(within) < len(text) and _is_cut_off(error, len(within)):
                raise _too_long(1) from error
            message = f"This is not JSON: {error.msg}. Mend the braces, quotes and commas"
            raise Unusable(message, error.lineno) from error
        except RecursionError as error:
            raise Unusable("The front matter is nested too deeply", 1) from error
        return Part(text[start:end], text[end:].removeprefix("\n"), text.count("\n", 0, start))

    def parse(self, metadata: str) -> Parsed:
        value = json.loads(metadata, parse_float=str, parse_int=str, parse_constant=str)
        return Parsed(as_text(value), json_lines(metadata, value), set(value))


def _is_cut_off(error: json.JSONDecodeError, end: int) -> bool:
    # Of a text without an end, the beginning is told.
    return error.msg.startswith("Unterminated") or error.pos >= end - 10


def _too_long(line: int) -> Unusable:
    return Unusable(
        f"The front matter is longer than {MAX_CHARS // 1_000_000} million characters. "
        "Put what is text below it",
        line,
    )


Formats = tuple[Format, ...]
FORMATS: Formats = (Yaml(), Toml(), Json())


def _parsed(handler: Format, part: Part) -> Parsed | None:
    """Read the metadata; None when it is text that happens to stand between two rules."""
    has_key = any(LOOKS_LIKE_A_KEY.match(line) for line in part.metadata.split("\n"))
    try:
        parsed = handler.parse(part.metadata)
    except Unusable as error:
        if handler.MAY_BE_TEXT and not has_key:
            return None
        raise Unusable(str(error), (error.line or 1) + part.line) from error
    return parsed if has_key or parsed.value is None or not handler.MAY_BE_TEXT else None
