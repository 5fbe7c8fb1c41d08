"""Which files are posts of a Jekyll site, and where the site begins.

After ``entry_filter.rb``, ``reader.rb`` and ``post_reader.rb`` of Jekyll 4: ``exclude`` holds
patterns or beginnings of paths, ``include`` brings back what they or a sign in the name leave
out, and within ``_posts`` a folder with a sign is left out only when it lies at the top.
"""

import os
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from searchsvc.posts.generators.jekyll_config import CONFIG_NAMES, JekyllConfig
from searchsvc.posts.generators.postfile import HTML, MARKDOWN, suffix_of
from searchsvc.posts.generators.roots import has_any, upwards

DATED_NAME = re.compile(r"(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>[^/]*)\.[^./]+")
# Formats that a plugin turns into HTML: read as Markdown, which is near enough for words.
OTHER_SUFFIXES = frozenset({".textile", ".adoc", ".asciidoc", ".rst", ".org", ".rmd", ".txt"})
_KNOWN_SUFFIXES = MARKDOWN | HTML | OTHER_SUFFIXES
_OURS = frozenset({"_posts", "_drafts"})
_SIGNS = ("_", ".", "#", "~")
# What Jekyll itself excludes, wherever the site's own list begins.
_EXCLUDED = (
    *(".sass-cache", ".jekyll-cache", "gemfiles", "node_modules"),
    *("vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"),
)


def enters(config: JekyllConfig, folder: str) -> bool:
    """Whether Jekyll would look into a folder below the root of the site."""
    if (config.source + "/").startswith(folder + "/"):
        return True
    path = config.from_source(folder)
    if path is None or path == config.destination:
        return False
    parents, name = path.split("/")[:-1], path.rpartition("/")[2]
    if is_inside(parents):
        at_top = parents[-1] in _OURS
        return not name.startswith(_SIGNS if at_top else ".")
    return name in _OURS or (name != "node_modules" and _passes(config, path, name))


def is_post(config: JekyllConfig, path: str) -> bool:
    """Whether a file below the root of the site is a post or a draft."""
    inner = config.from_source(path)
    if inner is None or not inner.startswith(config.collections_dir):
        return False
    folders, name = inner.split("/")[:-1], inner.rpartition("/")[2]
    if suffix_of(name) not in _KNOWN_SUFFIXES or not _passes(config, inner, name):
        return False
    return "_drafts" in folders or ("_posts" in folders and bool(DATED_NAME.fullmatch(name)))


def is_inside(folders: Iterable[str]) -> bool:
    """Whether what lies in these folders lies in a ``_posts`` or ``_drafts``."""
    return not _OURS.isdisjoint(folders)


def _passes(config: JekyllConfig, path: str, name: str) -> bool:
    """Whether nothing keeps a file or folder out; a path below the source."""
    if _names(config.include, path) or _names(config.include, name):
        return True
    return not name.startswith(_SIGNS) and not _names((*config.exclude, *_EXCLUDED), path)


def _names(patterns: Iterable[str], path: str) -> bool:
    """Whether one of the patterns covers a path: as a pattern, or as its beginning."""
    for pattern in patterns:
        if path.startswith(pattern) or path + "/" == pattern or fnmatchcase(path, pattern):
            return True
    return False


def root_of(folder: Path) -> Path | None:
    """The root of the Jekyll site that a folder is, or lies in; None without any ``_posts``.

    It is the nearest folder with a configuration, from there upwards; without one, the
    folder that holds ``_posts``.
    """
    home = _home_of(folder)
    if home is None:
        return None
    return next((above for above in upwards(home) if has_any(above, CONFIG_NAMES)), home)


def _home_of(folder: Path) -> Path | None:
    """A folder in which Jekyll would find posts: this one, or the one above its ``_posts``."""
    for above in upwards(folder):
        if above.name == "_posts":
            return above.parent
    return folder if _holds_posts(folder) else None


def _holds_posts(folder: Path) -> bool:
    return any("_posts" in names for names in _walked(folder))


def _walked(folder: Path) -> Iterator[list[str]]:
    """The names of the folders in each folder that Jekyll would look into."""
    for _, names, _ in os.walk(folder):
        yield names
        names[:] = [name for name in names if not name.startswith(_SIGNS)]
        names[:] = [name for name in names if name not in ("vendor", "node_modules")]
