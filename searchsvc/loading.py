"""Loading: the settings of an owner, from a file, variables and options.

First ``searchsvc.toml``, then ``SEARCHSVC_…`` variables, then options of the command
line, each over the one before.
"""

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from searchsvc.errors import SettingsError
from searchsvc.settings import Settings, SourceSettings

CONFIG_FILE = "searchsvc.toml"
PREFIX = "SEARCHSVC_"


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
    path, is_named = settings_path(config, environment=environment)
    layers = [
        (str(path), _from_file(path, must_exist=is_named)),
        ("environment", _from_environment(environment)),
        ("options", {k: v for k, v in (options or {}).items() if v is not None}),
    ]
    return _merge(layers)


def settings_path(
    config: Path | None, *, environment: Mapping[str, str] = os.environ
) -> tuple[Path, bool]:
    """The settings file that counts, and whether somebody named it; else it may be missing."""
    named = config or environment.get("SEARCHSVC_CONFIG")
    return Path(named or CONFIG_FILE), bool(named)


def _merge(layers: list[tuple[str, dict[str, Any]]]) -> Settings:
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for place, values in layers:
        if "content" in values and place != layers[0][0]:
            # Who names a content in a shell means that one alone.
            merged.pop("sources", None)
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
    if name == "sources" and isinstance(value, list):
        return [_source_beside(path, source) for source in value]
    return value


def _source_beside(path: Path, source: Any) -> Any:
    if isinstance(source, dict) and isinstance(source.get("content"), str):
        return {**source, "content": path.parent / source["content"]}
    return source


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
    "dict_type": "Write a table, such as {example}",
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
_TABLES = {"pinned": '{ "hiring" = ["/jobs/"] }', "tag_aliases": '{ "Node.js" = ["nodejs"] }'}
_AS_SOURCE = 'Write each as a table of its own: [[sources]], and below it content = "…"'


def _explain(error: Any, origin: Mapping[str, str]) -> str:
    name = str(error["loc"][0]) if error["loc"] else "settings"
    reason = _REASONS.get(error["type"]) or error["msg"].removeprefix("Value error, ")
    reason = reason.format(example=_TABLES.get(name)) if error["type"] == "dict_type" else reason
    place = origin.get(name, "settings")
    if name == "sources" and (error["type"] != "value_error" or len(error["loc"]) > 2):
        return _explain_source(error, place, reason)
    shown = _as_written(place, name)
    return f"{place}: {shown} is {error['input']!r}. {reason}{_range(name)}"


def _explain_source(error: Any, place: str, reason: str) -> str:
    """What is wrong with one of the sources, counted from 1, or with all of them."""
    if len(error["loc"]) < 3:
        return f"{place}: sources is {error['input']!r}. {_AS_SOURCE}"
    which, name = error["loc"][1] + 1, str(error["loc"][2])
    where = f"{place}: source {which}"
    if error["type"] == "missing":
        return f"{where}: content is missing. Name the folder or the file that holds its posts"
    if error["type"] == "extra_forbidden":
        return f"{where}: no setting {name!r}.{_guess(name)} All settings: docs/settings.md"
    return f"{where}: {name} is {_as_text(error['input'])!r}. {reason}"


def _guess(name: str) -> str:
    near = get_close_matches(name, SourceSettings.model_fields, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _range(name: str) -> str:
    """The least and greatest value of a setting, if it has them."""
    schema = Settings.model_json_schema()["properties"].get(name, {})
    low, high = schema.get("minimum", schema.get("exclusiveMinimum")), schema.get("maximum")
    return f", {low} to {high}" if high is not None else ""
