"""Front matter: the bytes of a file → metadata, body, and where each key stands.

The only user of python-frontmatter. Its handlers are ours: those it comes with
miss a byte-order mark, a closing ``...`` and TOML, cut JSON at its first brace
in column 0, and take the text between two rules for metadata.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import frontmatter

from searchsvc.posts.encoding import decode, decode_leniently
from searchsvc.posts.formats import (
    FORMATS,
    LOOKS_LIKE_A_KEY,
    Format,
    Formats,
    Part,
    too_long,
)
from searchsvc.posts.plainyaml import Parsed, Value
from searchsvc.posts.unusable import Unusable
from searchsvc.posts.values import MAX_CHARS

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})
_WITHDRAWN = re.compile(
    r"""(?:^|[{,])[ \t]*["']?(?:draft["']?[ \t]*[:=][ \t]*["']?(?:true|yes|on)"""
    r"""|published["']?[ \t]*[:=][ \t]*["']?(?:false|no|off))\b""",
    re.IGNORECASE | re.MULTILINE,
)


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


def read_front_matter(content: bytes, formats: Formats | None = None) -> FrontMatter:
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
        raise too_long(part.line)
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


def shows_withdrawal(content: bytes, formats: Formats | None = None) -> bool:
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
