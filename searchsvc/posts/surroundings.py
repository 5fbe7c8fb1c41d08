"""Surroundings: what a site's posts depend on besides their own files.

Generators read configurations, data files, sections and routes, some of them only when a
post asks. Instead of following each, all files of such kinds are digested: one that
changes, comes or goes means that every post is made anew. That is seldom, and safe.
"""

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path, PurePath

from searchsvc.posts.files import beginning_of

_SUFFIXES = (
    *(".yml", ".yaml", ".toml", ".json", ".py", ".astro"),
    *(".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"),
)
_NAMES = (".gitignore", ".eleventyignore", ".env")
# The heads of Hugo's and Zola's sections, in any language.
_SECTION = "_index."
# What other programs have written, much of it, and none of it the owner's.
NOT_THE_OWNERS = frozenset(
    {"node_modules", ".git", ".venv", "venv", "__pycache__", ".cache", ".docusaurus", ".astro"}
)
# Where generators put what they build. Not MkDocs' `site`: for others it is the source.
_BUILT = frozenset({"_site", "public", "dist", "build", "output"})
# Beyond these, looking takes longer than making all posts anew.
_MAX_FILES = 5_000
_MAX_BYTES = 50_000_000


def surroundings(root: Path, *, without: Path) -> bytes | None:
    """A digest of a site's data files, their names and bytes; None when there are too many.

    Args:
        without: a folder that does not count: the index, which each run changes.
    """
    digest, files, size = blake2b(digest_size=16), 0, 0
    for path in _data_files(root, without.resolve()):
        try:
            content = beginning_of(path, _MAX_BYTES + 1 - size)
        except OSError:
            content = b""
        files, size = files + 1, size + len(content)
        if files > _MAX_FILES or size > _MAX_BYTES:
            return None
        digest.update(f"{os.fsencode(path)!r} {len(content)}\0".encode())
        digest.update(content)
    return digest.digest()


def _data_files(root: Path, without: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in NOT_THE_OWNERS)
        if without.name in names and Path(folder, without.name).resolve() == without:
            names.remove(without.name)
        if Path(folder) == root:
            names[:] = [name for name in names if name not in _BUILT]
        yield from (Path(folder, name) for name in sorted(files) if _is_data(name))


def _is_data(name: str) -> bool:
    return name.endswith(_SUFFIXES) or name in _NAMES or name.startswith(_SECTION)


def is_foreign(path: PurePath) -> bool:
    """Whether a path below a site's root is of other programs, and none of the owner's."""
    return not NOT_THE_OWNERS.isdisjoint(path.parts)


def is_surrounding(path: PurePath) -> bool:
    """Whether posts may depend on a file, by its path below a site's root.

    What a generator has built is none: it changes with every build, after its sources did.
    """
    is_built = len(path.parts) > 1 and path.parts[0] in _BUILT
    return _is_data(path.name) and not is_built and not is_foreign(path)
