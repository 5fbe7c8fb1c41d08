"""Disk: what we ask of the file system beyond reading and writing, and what it answers."""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searchsvc.errors import IndexUnwritable

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def explained(root: Path) -> Iterator[None]:
    """Turn errors of the file system into ours, with the remedy."""
    try:
        yield
    except OSError as error:
        if isinstance(error, NotADirectoryError | FileExistsError):
            raise IndexUnwritable(f"{root} is no folder. Choose another with --index") from error
        if error.errno in _FULL:
            raise IndexUnwritable(
                f"{root}: no room left on the disk ({error.strerror}). Nothing was changed; "
                "make room and run it again"
            ) from error
        raise IndexUnwritable(
            f"{root} cannot be written ({error.strerror or error}). Nothing was changed. "
            "Give this user the right to write there, or choose another folder with --index"
        ) from error


def link_or_copy(source: Path, target: Path) -> bool:
    """Give an immutable file a second name; copy it where the file system has no links.

    Returns:
        Whether both names now stand for one and the same file.
    """
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV):
            raise
        shutil.copyfile(source, target)
        return False
    return True


def flush_tree(folder: Path) -> None:
    """Have every file and folder below, and the folder itself, written to the disk.

    What also has a name in an older generation was written with that one.
    """
    for parent, _, names in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            if path.stat().st_nlink == 1:
                flush(path)
        flush(Path(parent))


def flush(path: Path) -> None:
    """Have a file or folder written to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        if hasattr(fcntl, "F_FULLFSYNC"):
            # On macOS `fsync` leaves it to the drive when to write.
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    finally:
        os.close(descriptor)
