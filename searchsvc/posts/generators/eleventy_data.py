"""Eleventy's data cascade: what the data files beside and above a post say of it.

After ``TemplateData.js`` of Eleventy 3: ``posts/posts.json``, ``posts/posts.11tydata.js``,
``posts/rye.json`` … Nearer files win; lists are put together. JavaScript is searched for literals.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from searchsvc.posts.generators.eleventy_config import EleventyConfig
from searchsvc.posts.generators.siteconfig import read_config
from searchsvc.posts.jsliterals import Code, Script, without_code
from searchsvc.posts.plainyaml import Value

Data = Mapping[str, Value]
# Those that win come last.
_JAVASCRIPT = (".mjs", ".cjs", ".js")
# Where sites keep their own address, by custom.
_ADDRESS_FILES = ("site", "metadata", "meta")
_PLACEHOLDERS = re.compile(r"https?://(?:www\.)?example\.(?:com|org)/?", re.IGNORECASE)


class Cascade:
    """The data files of a site; each is read once.

    Attributes:
        of_all: what is said and computed for all files.
        address: of the site, where it is kept by custom; "" when it is not.
    """

    def __init__(self, root: Path, config: EleventyConfig) -> None:
        self._root = root
        self._config = config
        self._folders: dict[str, Data] = {}
        self._names: dict[str, frozenset[str]] = {}
        self.of_all = self._of_all()
        self.address = self._address()

    def of_folder(self, folder: str) -> Data:
        """What the data files of a folder, and of those above it, say.

        Args:
            folder: within the input folder; below the root, with ``/``.

        Raises:
            ContentError: a data file cannot be read.
        """
        if folder not in self._folders:
            above = folder.rpartition("/")[0]
            is_input = folder == self._config.input
            start = {} if is_input or not folder else self.of_folder(above)
            name = self._config.data_name or folder.rpartition("/")[2]
            self._folders[folder] = merged(start, *self._read(folder, name)) if folder else start
        return self._folders[folder]

    def of_file(self, folder: str, name: str) -> Data:
        """What the data files of a post itself say; its name without suffix."""
        return merged({}, *self._read(folder, name))

    def _of_all(self) -> Data:
        computed = merged({}, *self._read(self._config.data, "eleventyComputed", is_global=True))
        return merged(self._config.data_of_all, {"eleventyComputed": computed})

    def _address(self) -> str:
        for name in _ADDRESS_FILES:
            for data in self._read(self._config.data, name, is_global=True):
                url = data.get("url")
                if isinstance(url, str) and url.startswith("http"):
                    return "" if _PLACEHOLDERS.fullmatch(url) else url.rstrip("/")
        return ""

    def _read(self, folder: str, name: str, *, is_global: bool = False) -> Iterator[Data]:
        there = self._names_in(folder)
        for suffix in ("",) if is_global else self._config.data_suffixes:
            for ending in (".json", *(_JAVASCRIPT if suffix or is_global else ())):
                if (file := f"{name}{suffix}{ending}") in there:
                    path = f"{folder}/{file}".lstrip("/")
                    parse = _exported if ending in _JAVASCRIPT else None
                    yield listed(read_config(self._root, [path], parse=parse).values)

    def _names_in(self, folder: str) -> frozenset[str]:
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(self._root / folder))  # noqa: PTH208
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]


def _exported(source: str) -> Value | None:
    value = Script(source).exported()
    return value if isinstance(value, dict) else {}


def listed(data: Data) -> Data:
    """The same with tags as a list, as Eleventy takes them before putting data together."""
    tags = data.get("tags")
    if not isinstance(tags, str) or isinstance(tags, Code):
        return data
    return {**data, "tags": [tag.strip() for tag in tags.split(",") if tag.strip()]}


def merged(*datas: Data) -> dict[str, Value]:
    """Data put together: tables key by key, lists one after the other, else the later one."""
    result: dict[str, Value] = {}
    for data in datas:
        for key, value in data.items():
            before = result.get(key)
            if isinstance(before, dict) and isinstance(value, dict):
                result[key] = merged(before, value)
            elif isinstance(before, list) and isinstance(value, list):
                result[key] = before + value
            else:
                result[key] = value
    return result


def resolved(data: Data) -> dict[str, Value]:
    """Without code but for the permalink, and with what is plainly computed in its place."""
    plain = {key: kept for key, value in data.items() if (kept := without_code(value)) is not None}
    computed = plain.pop("eleventyComputed", {})
    if isinstance(computed, dict):
        plain |= {key: text for key, text in computed.items() if "{" not in str(text)}
    for source in (data, data.get("eleventyComputed")):
        if isinstance(source, dict) and "permalink" in source:
            plain["permalink"] = source["permalink"]
    return plain
