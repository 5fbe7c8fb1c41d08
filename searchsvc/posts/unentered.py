"""Unentered: folders with Markdown that a site does not look into, for who finds no posts."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from searchsvc.posts.generators.postfile import MARKDOWN, suffix_of
from searchsvc.posts.surroundings import NOT_THE_OWNERS

# Where these do not tell, more would not either; and a home folder may have a million.
_MAX_FOLDERS = 2_000
_MAX_NAMED = 3


def where_posts_may_lie(root: Path, below: str, enters: Callable[[str], bool]) -> str:
    """Words that name folders to try; "" when there are none.

    Args:
        below: the folder below the root that has been looked into.
        enters: whether a folder is looked into; asked with its path below the root.
    """
    found: list[Path] = []
    for at, names, _ in _walk(root / below):
        left = [name for name in names if not enters((at / name).relative_to(root).as_posix())]
        names[:] = [name for name in names if name not in left]
        found += [at / name for name in left if _holds_markdown(at / name)]
        if len(found) >= _MAX_NAMED:
            break
    places = ", or in ".join(f"{path}, {_reason(path)}" for path in found[:_MAX_NAMED])
    return f"Posts may lie in {places}: name it. " if places else ""


def _reason(path: Path) -> str:
    sign = path.name[0]
    return f"whose name begins with {sign}" if sign in "_." else "which is not looked into"


def _holds_markdown(folder: Path) -> bool:
    return any(suffix_of(name) in MARKDOWN for _, _, files in _walk(folder) for name in files)


def _walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    for number, (at, names, files) in enumerate(os.walk(folder)):
        if number >= _MAX_FOLDERS:
            return
        names[:] = sorted(set(names) - NOT_THE_OWNERS)
        yield Path(at), names, files
