"""Zola's sections: what the ``_index.md`` of a folder says of the pages in it."""

from collections.abc import Mapping
from pathlib import Path

from searchsvc.posts.files import read_file
from searchsvc.posts.frontmatter import as_flag, read_front_matter
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable


class Sections:
    """The sections of a site; each is read once, when a page of it is asked about."""

    def __init__(self, root: Path, languages: frozenset[str]) -> None:
        self._root = root
        self._names = {"": "_index.md", **{code: f"_index.{code}.md" for code in languages}}
        self._read: dict[str, Mapping[str, Value]] = {}

    def is_draft(self, folder: str) -> bool:
        """Whether a folder, or one above it, is a draft in any language: all in it is left out."""
        parts = folder.split("/")
        above = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        return any(
            self._flag(f"{one}/{name}", "draft") is True
            for one in above
            for name in self._names.values()
        )

    def is_searched(self, folder: str, lang: str) -> bool:
        """Whether the pages that lie in a folder may be found by a search."""
        name = self._names.get(lang, self._names[""])
        return self._flag(f"{folder}/{name}", "in_search_index") is not False

    def _flag(self, path: str, key: str) -> bool | None:
        if path not in self._read:
            self._read[path] = self._metadata(path)
        value = self._read[path].get(key)
        return as_flag(value) if isinstance(value, str) else None

    def _metadata(self, path: str) -> Mapping[str, Value]:
        """The front matter of a section; empty when there is none, or none that can be read."""
        try:
            content = read_file(self._root, path)
            return read_front_matter(content).metadata if content is not None else {}
        except Unusable:
            return {}
