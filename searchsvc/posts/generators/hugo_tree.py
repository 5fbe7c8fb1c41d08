"""The tree of a Hugo site's content: which files are pages, where they stand, and its sections.

A folder with an ``index.md`` is a leaf bundle: one page, and all else in it belongs to that page.
One with an ``_index.md`` is a section. Source: Hugo's documentation (Page bundles, Sections,
Translation by filename) and Hugo 0.168.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from searchsvc.posts.generators.hugo_config import HugoConfig, Language, Mount, is_below
from searchsvc.posts.generators.hugo_names import small
from searchsvc.posts.generators.postfile import HTML, suffix_of

# What Hugo takes for content by its suffix; all but the first are read as Markdown or HTML.
CONTENT = frozenset(
    {".md", ".markdown", ".mdown", ".ad", ".adoc", ".asciidoc", ".org", ".rst", ".pdc", ".pandoc"}
    | HTML
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands in the tree.

    Attributes:
        language: of the page.
        folder: that it stands in, as written and without the folder of content; "" for the top.
        name: of the file without language and suffix, or of the folder of its bundle.
        path: as Hugo calls the page: ``/posts/my-page``.
    """

    language: Language
    folder: str
    name: str
    path: str

    @property
    def section(self) -> str:
        """The name of the first folder; "" for a page at the top."""
        return page_path(self.folder)[1:].partition("/")[0]


class Tree:
    """The pages and sections of a site, as the names of its files show them."""

    def __init__(self, root: Path, config: HugoConfig, ignored: Sequence[re.Pattern[str]]) -> None:
        self._root = root
        self._config = config
        self._ignored = ignored
        self._names = {*config.languages, *config.disabled}
        self._is_bundle = cache(self._has_index)

    def enters(self, folder: str) -> bool:
        """Whether pages may lie in a folder, or below it."""
        mounts = self._config.mounts
        if any(mount.folder == folder or is_below(mount.folder, folder) for mount in mounts):
            return True
        return bool(self._config.mount_of(folder)) and _is_open(posixpath.basename(folder))

    def is_page(self, path: str) -> bool:
        """Whether a file is a page of its own."""
        mount = self._config.mount_of(path)
        if mount is None or not self._is_content(path):
            return False
        stem, language = self._parts(path)
        if (language or mount.language) not in self._config.languages or stem == "_index":
            return False
        folder = posixpath.dirname(path)
        if stem == "index":
            # At the top it is the site's home.
            return folder != mount.folder and not self._in_bundle(posixpath.dirname(folder), mount)
        return not self._in_bundle(folder, mount)

    def place_of(self, path: str) -> Place:
        """Where a page stands, by the path of its file below the site's root."""
        mount = self._config.mount_of(path)
        assert mount is not None, "is_page lets no other file pass"
        stem, tag = self._parts(path)
        folder, name = posixpath.split(_inner(path, mount))
        if stem == "index":
            folder, name = posixpath.split(folder)
        else:
            name = name[: len(stem)]
        language = self._config.languages[tag or mount.language]
        return Place(language, folder, name, page_path(f"{folder}/{name}"))

    def branch_files(self, folder: str, language: str) -> Iterator[str]:
        """The ``_index.md`` of a folder of the tree in a language: paths below the root."""
        for mount in self._config.mounts:
            inner = _below(folder, mount.target)
            if inner is None:
                continue
            real = posixpath.join(mount.folder, inner).rstrip("/")
            for path in (posixpath.join(real, name) for name in _listed(self._root / real)):
                stem, tag = self._parts(path)
                if stem == "_index" and (tag or mount.language) == language:
                    yield from [path] if self._is_content(path) else []

    def _is_content(self, path: str) -> bool:
        """Whether Hugo reads a file; it follows no links."""
        if suffix_of(path) not in CONTENT or not _is_open(posixpath.basename(path)):
            return False
        if any(pattern.search("/" + path) for pattern in self._ignored):
            return False
        return not (self._root / path).is_symlink()

    def _parts(self, path: str) -> tuple[str, str | None]:
        """The name of a file without suffix, and its language: ``rye.fr.md`` is (rye, fr)."""
        name = posixpath.basename(path)
        stem = name[: len(name) - len(suffix_of(path))]
        before, _, tag = stem.rpartition(".")
        has_tag = bool(before) and tag.lower() in self._names
        stem, language = (before, tag.lower()) if has_tag else (stem, None)
        return stem.lower() if stem.lower() in ("index", "_index") else stem, language

    def _in_bundle(self, folder: str, mount: Mount) -> bool:
        """Whether a folder, or one above it, is a leaf bundle."""
        while not self._is_bundle(folder):
            if folder == mount.folder:
                return False
            folder = posixpath.dirname(folder)
        return True

    def _has_index(self, folder: str) -> bool:
        names = _listed(self._root / folder)
        paths = [posixpath.join(folder, name) for name in names]
        return any(self._parts(path)[0] == "index" and self._is_content(path) for path in paths)


def page_path(path: str) -> str:
    """A path in the tree as Hugo calls it: ``/posts/my-page`` for ``Posts/My Page``."""
    return "/" + small(path.strip("/").replace(" ", "-"))


def _inner(path: str, mount: Mount) -> str:
    """A path below the root as one in the tree."""
    inner = path[len(mount.folder) + 1 :] if mount.folder else path
    return posixpath.join(mount.target, inner)


def _below(folder: str, target: str) -> str | None:
    if folder == target:
        return ""
    if not is_below(folder, target):
        return None
    return folder[len(target) + 1 :] if target else folder


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _is_open(name: str) -> bool:
    return not name.startswith((".", "#")) and not name.endswith("~")
