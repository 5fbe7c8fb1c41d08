"""Values of TOML and JSON as YAML's: text, lists and mappings of text.

Apart from ``frontmatter``, as sites have configurations in both. The only user of tomllib for
what bloggers write: that takes time that grows with the square of a dotted name's length, and
minutes for a file of such names.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from searchsvc.posts.encoding import clean
from searchsvc.posts.plainyaml import MAX_DEPTH, Value
from searchsvc.posts.unusable import Unusable

# Twenty times the text of a long post; more is a body that has got between the fences.
MAX_CHARS = 1_000_000
_DEEP_NAME = re.compile(
    r"(?:^|[{,\[])(?:[ \t]*(?:[\w-]{1,200}|\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')[ \t]*\.)"
    f"{{{MAX_DEPTH}}}",
    re.MULTILINE,
)
_TOO_DEEP = "The front matter is nested too deeply"


def parse_toml(text: str) -> Mapping[str, Any]:
    """The values of a TOML text, as tomllib has them; but fractions as they are written.

    Raises:
        Unusable: the text is not TOML, or is nested beyond reason.
    """
    if len(text) > MAX_CHARS:
        raise Unusable(f"It is longer than {MAX_CHARS // 1_000_000} million characters. Shorten it")
    if deep := _DEEP_NAME.search(text):
        raise Unusable(_TOO_DEEP, text.count("\n", 0, deep.start() + 1) + 1)
    try:
        return tomllib.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        what = str(error).split(" (at ")[0]
        message = f"This is not TOML: {what}. Put texts in quotes"
        raise Unusable(message, int(found[1]) if found else 1) from error


def as_text(value: object, depth: int = 0) -> Value | None:
    """TOML and JSON values as YAML's: text, lists and mappings, and no nulls."""
    if depth > MAX_DEPTH:
        raise Unusable(_TOO_DEEP, 1)
    if isinstance(value, dict):
        pairs = ((str(k), as_text(v, depth + 1)) for k, v in value.items())
        return {k: v for k, v in pairs if v is not None}
    if isinstance(value, list):
        return [v for v in (as_text(item, depth + 1) for item in value) if v is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return None if value is None else clean(_written(value))


def _written(value: object) -> str:
    try:
        return str(value)
    except ValueError as error:
        # Python writes no number of more than some thousand figures; TOML's 0xfff… may be one.
        raise Unusable("A number is too long. Put it in quotes", 1) from error


def toml_lines(text: str, keys: Mapping[str, object]) -> dict[str, int]:
    """The line of each outermost key, from 1, as far as it can be told."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("["):
            break
        key = line.partition("=")[0].strip().strip("\"'")
        if key in keys:
            found.setdefault(key, number)
    return found


def json_lines(text: str, keys: Mapping[str, object]) -> dict[str, int]:
    """The line of each outermost key, from 1; keys come in the order of the text."""
    lines, at, line = {}, 0, 1
    for key in keys:
        # One pass over the text: a key that is written with escapes gets the line before.
        found = text.find(json.dumps(key, ensure_ascii=False), at) if at >= 0 else -1
        if found >= 0:
            line += text.count("\n", at, found)
        at = found
        lines[key] = line
    return lines
