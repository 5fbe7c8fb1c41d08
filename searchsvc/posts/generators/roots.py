"""The root of a site, found from a folder inside it."""

from collections.abc import Callable
from pathlib import Path


def root_above(folder: Path, is_root: Callable[[Path], bool]) -> Path | None:
    """A folder, or the nearest one above it, that is the root of a site; None without one.

    It is looked for along the path as written first, so that messages name files as the user
    knows them, then along the real one.
    """
    for above in (folder, *folder.parents, *folder.resolve().parents):
        if is_root(above):
            return above
    return None


def below_root(root: Path, folder: Path) -> str:
    """The path of a folder below a root, with ``/``; empty for the root itself."""
    if folder != root and root not in folder.parents:
        root, folder = root.resolve(), folder.resolve()
    path = folder.relative_to(root).as_posix()
    return "" if path == "." else path
