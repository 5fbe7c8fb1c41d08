"""The formats of front matter: YAML, TOML and JSON, each with its beginning and its end.

Other fences, which only one generator knows, are in ``fences.py``.
"""

import json
import re
from abc import abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from frontmatter.default_handlers import BaseHandler

from searchsvc.posts.plainyaml import Parsed, parse_yaml
from searchsvc.posts.unusable import Unusable
from searchsvc.posts.values import MAX_CHARS, as_text, json_lines, parse_toml, toml_lines

LOOKS_LIKE_A_KEY = re.compile(r"\s*[\"']?[^\W\d][\w-]*[\"']?[ \t]*[:=](?:\s|$)")


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
                raise too_long(1) from error
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


def too_long(line: int) -> Unusable:
    """What is wrong with front matter of more than ``MAX_CHARS``."""
    return Unusable(
        f"The front matter is longer than {MAX_CHARS // 1_000_000} million characters. "
        "Put what is text below it",
        line,
    )


Formats = tuple[Format, ...]
FORMATS: Formats = (Yaml(), Toml(), Json())
