"""The root of a site, found from a folder inside it."""

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import decode_leniently
from searchsvc.posts.files import beginning_of

# The configurations of all generators: what lies below one of them is its own.
CONFIGS = (
    *("_config.yml", "_config.yaml", "_config.toml", "_config.json"),
    *("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"),
    *("config.toml", "config.yaml", "config.yml", "config.json", "zola.toml"),
    *(".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"),
    *("mkdocs.yml", "mkdocs.yaml", "pelicanconf.py", "publishconf.py"),
    *(f"docusaurus.config.{end}" for end in ("ts", "mts", "cts", "js", "mjs", "cjs")),
    *(f"astro.config.{end}" for end in ("ts", "mts", "cts", "js", "mjs", "cjs")),
)
_LOOKED_AT = 200_000


def root_above(
    folder: Path,
    is_root: Callable[[Path], bool],
    homes: Callable[[Path], Iterable[str]],
) -> Path | None:
    """The root of the site that a folder is, or that it is a part of; None without one.

    The search goes upwards and ends at the first root, and at the configuration of another
    generator.

    Args:
        homes: the folders of a site that hold posts, below its root; asked for a folder below a
            root, which must lie in one of them or hold one.

    Raises:
        ContentError: the configuration of the site cannot be used.
    """
    for above in upwards(folder):
        if is_root(above):
            inner = below_root(above, folder)
            is_part = not inner or any(overlap(inner, home) for home in homes(above))
            return above if is_part else None
        if has_any(above, CONFIGS):
            return None
    return None


def is_marked(folder: Path) -> bool:
    """Whether a folder looks like the root of a site, without a look into what is below it."""
    return has_any(folder, CONFIGS) or (folder / "_posts").is_dir()


def upwards(folder: Path) -> Iterator[Path]:
    """A folder and those that it lies in: along the path as written, then along the real one.

    So messages name files as the user knows them.
    """
    at = folder
    yield at
    # What stands before ``..`` in a path does not lie above it.
    while at.name not in ("", ".."):
        at = at.parent
        yield at
    real = folder.resolve()
    yield from (real, *real.parents)


def has_any(folder: Path, names: Iterable[str]) -> bool:
    """Whether one of some files lies in a folder; not in one that may not be looked into."""
    return any(os.path.isfile(folder / name) for name in names)  # noqa: PTH113 (that would raise)


def is_within(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; "" is the folder of all."""
    return not folder or f"{path}/".startswith(f"{folder}/")


def below_root(root: Path, folder: Path) -> str:
    """The path of a folder below a root, with ``/``; empty for the root itself, and above it."""
    if folder != root and root not in folder.parents:
        root, folder = root.resolve(), folder.resolve()
    if root.is_relative_to(folder):
        return ""
    return folder.relative_to(root).as_posix()


def overlap(one: str, other: str) -> bool:
    """Whether one of two folders lies in the other, or they are the same."""
    return is_within(one, other) or is_within(other, one)


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
