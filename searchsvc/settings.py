"""Settings: everything an owner can set, each with its name, type, default and help.

Read once, at an edge, by ``loading.load_settings``; below the edges only the frozen
``Settings`` is passed on.
"""

import hashlib
import json
import os
import re
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from searchsvc.text.analysis import chunks
from searchsvc.text.stemming import language_named, languages
from searchsvc.text.synonyms import synonym_pairs

# Of the site generators in ``posts/generators/``, and `auto` to look which it is.
Generator = Literal[
    "auto",
    "jekyll",
    "mkdocs",
    "docusaurus",
    "astro",
    "plain",
]
# Changing one of these changes what the words of the index are.
REBUILDING = ("language", "index_body")


def _paths(value: object) -> object:
    """Let ``SEARCHSVC_CONTENT=a:b`` and ``content = "a"`` stand for lists."""
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


def _lines(value: object) -> object:
    """Let lines, or texts between semicolons, stand for a list."""
    if not isinstance(value, str):
        return value
    return [line.strip() for line in re.split(r"[\n;]", value) if line.strip()]


def _json(value: object) -> object:
    """Let JSON stand for a table, as in a variable."""
    if not isinstance(value, str) or not value.strip():
        return value or {}
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise ValueError('Write it as JSON, such as {"hiring": ["/jobs/"]}') from error


def _words(value: object) -> object:
    """Let texts that are separated by spaces or commas stand for a list."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


Paths = Annotated[tuple[Path, ...], BeforeValidator(_paths)]
Strings = Annotated[tuple[str, ...], BeforeValidator(_words)]
Lines = Annotated[tuple[str, ...], BeforeValidator(_lines)]
Table = Annotated[dict[str, tuple[str, ...]], BeforeValidator(_json)]


class Settings(BaseModel):
    """All settings, checked and frozen. ``docs/settings.md`` is made from this class."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # What is read
    content: Annotated[
        Paths, Field(description="Folders or JSON Lines files that hold the posts.")
    ] = ()
    generator: Annotated[
        Generator,
        Field(description="Whose rules the posts follow; `auto` looks at the site's files."),
    ] = "auto"
    site_url: Annotated[
        str,
        Field(
            description="The blog's address, such as `https://example.com/blog`, put before "
            "each post's path. Empty: the site's own configuration, else paths alone."
        ),
    ] = ""
    url_template: Annotated[
        str,
        Field(
            description="Where plain posts live, such as `/{year}/{month}/{slug}/`. "
            "Fields: `path`, `folder`, `slug`, `year`, `month`, `day`. "
            "Empty: the path without its suffix."
        ),
    ] = ""
    timezone: Annotated[
        str,
        Field(
            description="The blog's time zone, such as `Europe/Paris`. "
            "Empty: the site's own configuration, else UTC."
        ),
    ] = ""
    # What is indexed
    index_dir: Annotated[Path, Field(description="The folder of the index.")] = Path("index")
    index_body: Annotated[
        bool, Field(description="Search the posts' bodies too, with a low weight.")
    ] = False
    language: Annotated[
        str,
        Field(
            description="The language whose word endings are ignored (`running` finds `run`), "
            "such as `english` or `de`; `none` for words as they are."
        ),
    ] = "english"
    # What is answered
    per_page: Annotated[int, Field(ge=1, le=100, description="Hits on one page.")] = 10
    enough_hits: Annotated[
        int,
        Field(
            ge=1,
            le=1000,
            description="With `match=auto`, this many of the best posts are found "
            "even when they hold less than half of what was asked.",
        ),
    ] = 10
    synonyms: Annotated[
        Lines,
        Field(
            description="Words that mean the same, such as `k8s, kubernetes`; one way only: "
            "`js => javascript`. In a variable they stand between semicolons."
        ),
    ] = ()
    pinned: Annotated[
        Table,
        Field(
            description="Posts, by id, address or path, that stand first for a query: "
            '`{ "hiring" = ["/jobs/"] }`. In a variable as JSON.'
        ),
    ] = {}
    recency_days: Annotated[
        float,
        Field(
            ge=0,
            le=100_000,
            description="Newer posts get up to a quarter more of their score; after so many days "
            "half of that is left. 0: age only breaks ties.",
        ),
    ] = 0
    answer_timeout_s: Annotated[
        float, Field(gt=0, le=60, description="Longest time for one answer, seconds.")
    ] = 2.0
    # The service
    host: Annotated[str, Field(description="The address to listen at.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="The port to listen at.")] = 8000
    workers: Annotated[int, Field(ge=1, le=64, description="Processes that answer.")] = 1
    threads: Annotated[int, Field(ge=1, le=64, description="Threads in each process.")] = 2
    cors_origins: Annotated[
        Strings,
        Field(description="Origins whose pages may read answers; `*` for any."),
    ] = ("*",)
    site_name: Annotated[str, Field(description="The name on the search page.")] = "Search"

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if not (known := language_named(value)):
            raise ValueError(f"No such language. There are: {', '.join(languages())}")
        return known

    @field_validator("synonyms")
    @classmethod
    def _pairs_of_synonyms(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for entry in value:
            try:
                list(synonym_pairs(entry))
            except ValueError as error:
                raise ValueError(f"{entry!r} is no synonym. {error}") from error
        return value

    @field_validator("pinned")
    @classmethod
    def _queries_with_words(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for query, posts in value.items():
            if not any(chunks(query)) or not posts:
                raise ValueError(
                    f"{query!r} needs a query with words and at least one post. "
                    'Write it like { "hiring" = ["/jobs/"] }'
                )
        return value

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        if value:
            check_timezone(value)
        return value

    @field_validator("cors_origins")
    @classmethod
    def _plain_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if origin != "*" and not re.fullmatch(r"https?://[^\s/*?\\]+", origin):
                raise ValueError(
                    f"{origin} is no origin. Write it like https://blog.example.com, or * for any"
                )
        return value

    @field_validator("site_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"(https?://\S+|/\S*)", value):
            raise ValueError("Write it like https://example.com/blog, or /blog for a path alone")
        return value

    @field_validator("url_template")
    @classmethod
    def _usable_template(cls, value: str) -> str:
        fields = ("path", "folder", "slug", "year", "month", "day")
        # Only bare fields: `{slug:>99999999}` would make addresses of any length.
        for _, name, spec, conversion in Formatter().parse(value):
            if name is not None and (name not in fields or spec or conversion):
                raise ValueError(f"{name!r} cannot be filled in. Fields: {', '.join(fields)}")
        return value

    @field_validator("index_dir", mode="before")
    @classmethod
    def _named_folder(cls, value: object) -> object:
        if not str(value).strip():
            raise ValueError("Name a folder, such as index")
        return Path(value).expanduser() if isinstance(value, str) else value

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that change when the index must be rebuilt for these settings."""
        chosen = repr([(name, getattr(self, name)) for name in REBUILDING])
        return hashlib.blake2b(chosen.encode(), digest_size=8).hexdigest()


def check_timezone(name: str) -> ZoneInfo:
    """Raise ``ValueError`` with a remedy when no such time zone is known."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("No such time zone. Write it like Europe/Paris, or UTC") from error
