"""How the values of settings may be written, and which of them can be used.

Each type is one that ``settings.py`` gives its fields: what a variable of the environment
holds is taken apart, and a value without meaning raises ``ValueError`` with the remedy.
"""

import json
import os
import re
from pathlib import Path
from string import Formatter
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator

from searchsvc.text.aliases import check_aliases
from searchsvc.text.analysis import chunks
from searchsvc.text.synonyms import synonym_pairs


def check_timezone(name: str) -> ZoneInfo:
    """Raise ``ValueError`` with a remedy when no such time zone is known."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("No such time zone. Write it like Europe/Paris, or UTC") from error


def _paths(value: object) -> object:
    """Let ``SEARCHSVC_CONTENT=a:b`` and ``content = "a"`` stand for lists."""
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


def _lines(value: object) -> object:
    """Let lines, or texts between semicolons, stand for a list."""
    if not isinstance(value, str):
        return value
    return [line.strip() for line in re.split(r"[\n;]", value) if line.strip()]


def from_json(example: str) -> BeforeValidator:
    """Let JSON stand for a table, or a list of tables, as in a variable."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            # An empty variable is as good as none: the example tells what it would hold.
            return json.loads(value if value.strip() else example[0] + example[-1])
        except (ValueError, RecursionError) as error:
            raise ValueError(f"Write it as JSON, such as {example}") from error

    return BeforeValidator(read)


def _words(value: object) -> object:
    """Let texts that are separated by spaces or commas stand for a list."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _pairs_of_synonyms(value: tuple[str, ...]) -> tuple[str, ...]:
    for entry in value:
        try:
            list(synonym_pairs(entry))
        except ValueError as error:
            raise ValueError(f"{entry!r} is no synonym. {error}") from error
    return value


def _queries_with_words(value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    for query, posts in value.items():
        if not any(chunks(query)) or not posts:
            raise ValueError(
                f"{query!r} needs a query with words and at least one post. "
                'Write it like { "hiring" = ["/jobs/"] }'
            )
    return value


def _alone(value: object) -> object:
    """Let one text stand for a list of it."""
    return [value] if isinstance(value, str) else value


def _clear_aliases(value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    check_aliases(value)
    return value


def _known_timezone(value: str) -> str:
    if value:
        check_timezone(value)
    return value


def _plain_origins(value: tuple[str, ...]) -> tuple[str, ...]:
    for origin in value:
        if origin != "*" and not re.fullmatch(r"https?://[^\s/*?\\]+", origin):
            raise ValueError(
                f"{origin} is no origin. Write it like https://blog.example.com, or * for any"
            )
    return value


def _web_address(value: str) -> str:
    if value and not re.fullmatch(r"(https?://\S+|/\S*)", value):
        raise ValueError("Write it like https://example.com/blog, or /blog for a path alone")
    return value


def _usable_template(value: str) -> str:
    fields = ("path", "folder", "slug", "year", "month", "day")
    # Only bare fields: `{slug:>99999999}` would make addresses of any length.
    for _, name, spec, conversion in Formatter().parse(value):
        if name is not None and (name not in fields or spec or conversion):
            raise ValueError(f"{name!r} cannot be filled in. Fields: {', '.join(fields)}")
    return value


def _language_code(value: str) -> str:
    code = re.split("[-_]", value.strip().lower())[0]
    if not re.fullmatch("[a-z]{2,3}", code):
        raise ValueError("Write it as an ISO 639 code, such as en")
    return code


def _source_name(value: str) -> str:
    if not re.fullmatch(r"[^\s:/]*", value):
        raise ValueError("Write it without spaces, colons and slashes")
    return value


Paths = Annotated[tuple[Path, ...], BeforeValidator(_paths)]
Origins = Annotated[tuple[str, ...], BeforeValidator(_words), AfterValidator(_plain_origins)]
Synonyms = Annotated[tuple[str, ...], BeforeValidator(_lines), AfterValidator(_pairs_of_synonyms)]
Pinned = Annotated[
    dict[str, tuple[str, ...]],
    from_json('{"hiring": ["/jobs/"]}'),
    AfterValidator(_queries_with_words),
]
TagAliases = Annotated[
    dict[str, Annotated[tuple[str, ...], BeforeValidator(_alone)]],
    from_json('{"Node.js": ["nodejs", "node-js"]}'),
    AfterValidator(_clear_aliases),
]
TimeZone = Annotated[str, AfterValidator(_known_timezone)]
SiteUrl = Annotated[str, AfterValidator(_web_address)]
UrlTemplate = Annotated[str, AfterValidator(_usable_template)]
LanguageCode = Annotated[str, AfterValidator(_language_code)]
SourceName = Annotated[str, AfterValidator(_source_name)]
