"""Files: which ones lie below a folder, and their bytes, whatever else lies there.

A folder of posts may hold links that lead elsewhere, pipes on which reading
would wait for ever, and files that vanish meanwhile. None of them may stop a
run, none may take it outside the folder.
"""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.unusable import Unusable

# A hundred times the length of a long post.
MAX_FILE_BYTES = 10_000_000


@dataclass(frozen=True, slots=True, order=True)
class FoundFile:
    """A file or a link below a folder.

    Attributes:
        path: below the folder, with ``/``.
        is_folder: it is a link to a folder, which is not entered.
    """

    path: str
    is_folder: bool = False


def find_files(
    root: Path,
    *,
    enters: Callable[[str], bool],
    wanted: Callable[[str], bool],
    loses: Callable[[str, bool], bool],
    below: str = "",
) -> list[FoundFile]:
    """The wanted files, by path.

    Folders that are links are not entered: one might lead in circles.

    Args:
        enters: whether to look into a folder.
        wanted: whether a file counts.
        loses: whether posts may be lost by not entering a folder that is a link;
            asked with its path and whether it leads outside. Then it is among the found.
        below: a folder below the root to begin in.

    Raises:
        ContentError: a folder cannot be read. To go on would lose its posts.
    """
    found: list[FoundFile] = []
    for folder, names, files in os.walk(root / below, onerror=_unreadable):
        prefix = _below(root, folder)
        entered = [name for name in sorted(names) if enters(prefix + name)]
        # Path.is_symlink raises for a path that is too long for the system; walking on tells it.
        names[:] = [name for name in entered if not os.path.islink(f"{folder}/{name}")]  # noqa: PTH114
        found.extend(FoundFile(prefix + name) for name in files if wanted(prefix + name))
        for name in set(entered) - set(names):
            if loses(prefix + name, not _is_inside(Path(folder, name), root)):
                found.append(FoundFile(prefix + name, is_folder=True))
    return sorted(found)


def read_file(root: Path, path: str) -> bytes | None:
    """The bytes of a file below the root; None when it has vanished.

    Raises:
        Unusable: it is no ordinary file, leads outside, is too big, or cannot be read.
    """
    full = root / path
    try:
        # The system follows forty links; to resolve a circle of a thousand takes Python seconds.
        full.stat()
        if not _is_inside(full, root):
            raise Unusable(f"This is a link that leads out of {root}. Put the file in its place")
        return _bytes_of(full)
    except FileNotFoundError:
        if full.is_symlink():
            raise Unusable("This is a link to a file that is not there. Remove it") from None
        return None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unusable(f"It cannot be read ({reason}). Mend that, or remove it") from error


def beginning_of(path: Path, limit: int) -> bytes:
    """The first bytes of a file, ``limit`` at most; none when it is no ordinary file.

    Raises:
        OSError: it cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        return b""
    # Not blocking, should it have become a pipe: that would wait for somebody to write into it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor, not a path)
        return file.read(limit)


def whole_of(path: Path, limit: int, *, remedy: str) -> bytes:
    """All bytes of a file without which nothing can be read.

    Args:
        remedy: what to do about one that is longer than ``limit`` bytes.

    Raises:
        ContentError: it cannot be read, or is too long.
    """
    try:
        content = beginning_of(path, limit + 1)
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror})") from error
    if len(content) > limit:
        raise ContentError(f"{path}: longer than {limit // 1_000_000} MB. {remedy}")
    return content


def _bytes_of(path: Path) -> bytes:
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Unusable("This is no ordinary file. Remove it")
    # Not even the beginning is read of what is known to be too long: there may be thousands.
    too_long = about.st_size > MAX_FILE_BYTES
    content = b"" if too_long else beginning_of(path, MAX_FILE_BYTES + 1)
    if too_long or len(content) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1_000_000
        raise Unusable(f"It is longer than {limit} MB, too long for a post. Split it")
    return content


def _is_inside(path: Path, folder: Path) -> bool:
    # Most files are no links, and resolving takes longer than reading.
    return not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())


def _below(root: Path, folder: str) -> str:
    relative = os.path.relpath(folder, root)
    return "" if relative == "." else relative.replace(os.sep, "/") + "/"


def _unreadable(error: OSError) -> Iterator[None]:
    if isinstance(error, FileNotFoundError):
        return iter(())
    raise ContentError(
        f"{error.filename}: the folder cannot be read ({error.strerror}). "
        "Nothing was changed, so that its posts stay findable"
    ) from error
