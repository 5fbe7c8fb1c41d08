"""The root of a site, found from a folder inside it."""

import posixpath
from collections.abc import Callable
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import decode_leniently
from searchsvc.posts.files import beginning_of

# The configurations of other generators: what lies below one of them is theirs.
_CONFIGS = (
    *("_config.yml", "_config.yaml", "_config.toml", "_config.json"),
    *("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "zola.toml"),
    *(".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"),
    *("mkdocs.yml", "mkdocs.yaml", "pelicanconf.py"),
    *("docusaurus.config.js", "docusaurus.config.ts", "astro.config.mjs", "astro.config.ts"),
)
_LOOKED_AT = 200_000


def root_above(folder: Path, is_root: Callable[[Path], bool]) -> Path | None:
    """A folder, or the nearest one above it, that is the root of a site; None without one.

    The search ends at the configuration of another generator. It goes along the path as written
    first, so that messages name files as the user knows them, then along the real one.
    """
    for above in (folder, *folder.parents, *folder.resolve().parents):
        if is_root(above):
            return above
        if _has_config(above):
            return None
    return None


def is_marked(folder: Path) -> bool:
    """Whether a folder looks like the root of a site, without a look into what is below it."""
    return _has_config(folder) or (folder / "_posts").is_dir()


def _has_config(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _CONFIGS)


def below_root(root: Path, folder: Path) -> str:
    """The path of a folder below a root, with ``/``; empty for the root itself."""
    if folder != root and root not in folder.parents:
        root, folder = root.resolve(), folder.resolve()
    path = folder.relative_to(root).as_posix()
    return "" if path == "." else path


def folder_named(text: str, place: str, name: str) -> str:
    """A folder that a configuration names, as a path below the root; empty for the root.

    Raises:
        ContentError: it lies outside.
    """
    path = posixpath.normpath(text.replace("\\", "/").strip() or ".")
    if path.startswith(("..", "/")):
        raise ContentError(
            f"{place}: {name} is {text!r}, outside of the site. Name that folder as content"
        )
    return "" if path == "." else path


def head_of(path: Path) -> str:
    """The beginning of a file, to see what it is about; empty when it is not there."""
    try:
        return decode_leniently(beginning_of(path, _LOOKED_AT))
    except OSError:
        return ""
