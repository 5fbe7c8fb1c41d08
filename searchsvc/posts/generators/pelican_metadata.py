"""What a Pelican site says of a file before the file itself does: defaults, its path, its name."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from searchsvc.posts.generators.pelican_config import PelicanConfig
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.plainyaml import Value

Given: TypeAlias = Mapping[str, Told[Value]]


def metadata_of(path: str, config: PelicanConfig) -> Given:
    """What holds for a file, by its path below the content; what comes later counts."""
    found: dict[str, Told[Value]] = {
        key: Told(value, f"{config.name}: {_name_of_default(key)}")
        for key, value in config.defaults.items()
    }
    if config.default_date not in ("", "fs"):
        found["date"] = Told(config.default_date, f"{config.name}: DEFAULT_DATE")
    for prefix, values in config.by_path.items():
        if path == prefix or path.startswith(prefix.rstrip("/") + "/"):
            rule = f"{config.name}: EXTRA_PATH_METADATA"
            found |= {key: Told(value, rule) for key, value in values.items()}
    # The first of these that says something of a key counts.
    for key, told in reversed(list(_in_path(path, config))):
        found[key] = told
    return found


def _name_of_default(key: str) -> str:
    return "DEFAULT_CATEGORY" if key == "category" else "DEFAULT_METADATA"


def _in_path(path: str, config: PelicanConfig) -> Iterator[tuple[str, Told[Value]]]:
    folder, _, name = path.rpartition("/")
    base = name.rpartition(".")[0]
    yield from _groups(config.name_pattern, base, "name of the file")
    yield from _groups(config.path_pattern, path, "path of the file")
    if config.folder_is_category and folder:
        yield "category", Told(folder.rpartition("/")[2], "folder of the file")


def _groups(
    pattern: re.Pattern[str] | None, text: str, rule: str
) -> Iterator[tuple[str, Told[Value]]]:
    found = pattern.match(text) if pattern else None
    for key, value in found.groupdict().items() if found else ():
        if value:
            yield key.lower(), Told(value, rule)
