"""Settings: everything an owner can set, each with its name, type, default and help.

Read once, at an edge, by ``load_settings``: first ``searchsvc.toml``, then
``SEARCHSVC_…`` variables, then options of the command line, each over the one
before. Below the edges only the frozen ``Settings`` is passed on.
"""

import hashlib
import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from searchsvc.errors import SettingsError
from searchsvc.text.stemming import is_language, languages

CONFIG_FILE = "searchsvc.toml"
PREFIX = "SEARCHSVC_"
# Changing one of these changes what the words of the index are.
REBUILDING = ("language", "index_body")


def _paths(value: object) -> object:
    """Let ``SEARCHSVC_CONTENT=a:b`` and ``content = "a"`` stand for lists."""
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


def _words(value: object) -> object:
    """Let texts that are separated by spaces or commas stand for a list."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


Paths = Annotated[tuple[Path, ...], BeforeValidator(_paths)]
Strings = Annotated[tuple[str, ...], BeforeValidator(_words)]


class Settings(BaseModel):
    """All settings, checked and frozen. ``docs/settings.md`` is made from this class."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # What is read
    content: Annotated[
        Paths, Field(description="Folders or JSON Lines files that hold the posts.")
    ] = ()
    generator: Annotated[
        Literal["auto", "jekyll", "plain"],
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
        if not is_language(value.lower()):
            raise ValueError(f"No such language. There are: {', '.join(languages())}")
        return value.lower()

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


def load_settings(
    config: Path | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    options: Mapping[str, object] | None = None,
) -> Settings:
    """Read settings from the file, the environment and the options, in this order.

    Args:
        config: the file; None for ``SEARCHSVC_CONFIG``, else ``searchsvc.toml``
            in the working folder if it is there.
        options: values from the command line; a None means "not given".

    Raises:
        SettingsError: a file that cannot be read, an unknown name, a wrong value.
            The message has the place, the name, the value and what is allowed.
    """
    named = config or (
        Path(environment["SEARCHSVC_CONFIG"]) if environment.get("SEARCHSVC_CONFIG") else None
    )
    path = named or Path(CONFIG_FILE)
    layers = [
        (str(path), _from_file(path, must_exist=named is not None)),
        ("environment", _from_environment(environment)),
        ("options", {k: v for k, v in (options or {}).items() if v is not None}),
    ]
    return _merge(layers)


def _merge(layers: list[tuple[str, dict[str, Any]]]) -> Settings:
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for place, values in layers:
        for name, value in values.items():
            _check_name(place, name)
            merged[name], origin[name] = value, place
    try:
        return Settings(**merged)
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(e, origin) for e in error.errors())) from error


def _from_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        if must_exist:
            raise SettingsError(
                f"{path}: there is no such file. All settings: docs/settings.md"
            ) from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error})") from error
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: is not TOML: {error}") from error
    return {name: _beside(path, name, value) for name, value in values.items()}


def _beside(path: Path, name: str, value: Any) -> Any:
    """Paths in the file are meant from the file's own folder."""
    if name == "index_dir" and isinstance(value, str):
        return path.parent / value
    if name == "content":
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(v, str) for v in values):
            return [path.parent / v for v in values]
    return value


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    return {
        key.removeprefix(PREFIX).lower(): value
        for key, value in environment.items()
        if key.startswith(PREFIX)
        and key not in ("SEARCHSVC_CONFIG", "SEARCHSVC_DEBUG")
        and not key.startswith("SEARCHSVC_TEST_")
    }


def _check_name(place: str, name: str) -> None:
    if name not in Settings.model_fields:
        near = get_close_matches(name, Settings.model_fields, n=1)
        guess = f" Did you mean {_as_written(place, near[0])!r}?" if near else ""
        shown = _as_written(place, name)
        raise SettingsError(f"{place}: no setting {shown!r}.{guess} All settings: docs/settings.md")


def _as_written(place: str, name: str) -> str:
    return PREFIX + name.upper() if place == "environment" else name


# Where pydantic would speak of Python's types to somebody who writes TOML.
_REASONS = {
    "tuple_type": "Write a text, or a list of texts",
    "path_type": "Write a path, between quotes",
    "int_parsing": "Write a whole number",
    "int_from_float": "Write a whole number",
    "float_parsing": "Write a number",
    "greater_than_equal": "It is out of range",
    "less_than_equal": "It is out of range",
    "greater_than": "It is out of range",
    "bool_parsing": "Write true or false",
    "string_type": "Write a text, between quotes",
}


def _explain(error: Any, origin: Mapping[str, str]) -> str:
    name = str(error["loc"][0]) if error["loc"] else "settings"
    reason = _REASONS.get(error["type"]) or error["msg"].removeprefix("Value error, ")
    place = origin.get(name, "settings")
    shown = _as_written(place, name)
    return f"{place}: {shown} is {error['input']!r}. {reason}{_range(name)}"


def _range(name: str) -> str:
    """The least and greatest value of a setting, if it has them."""
    schema = Settings.model_json_schema()["properties"].get(name, {})
    low, high = schema.get("minimum", schema.get("exclusiveMinimum")), schema.get("maximum")
    return f", {low} to {high}" if high is not None else ""
