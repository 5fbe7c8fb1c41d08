"""Git: which files are still as they were at a revision, without reading them.

Git looks at times and sizes, and has the digest of each file's bytes. Origins of posts are
made of the same digest (``blob_id``), so whether the index has a post of just these bytes is
known from git alone. Whatever revision is named, nothing is taken as unchanged that the index
does not have so; an ill chosen one only means that more is read.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha1
from pathlib import Path

# Some hundred times what it takes for 10,000 files.
_TIMEOUT_S = 60.0
# Attributes of files that git keeps in another form than they lie there.
_CONVERTING = ("filter", "working-tree-encoding")
_PLAINLY = ("--relative", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules")
_UNSET = b"unspecified"
_ORDINARY = (b"100644 blob", b"100755 blob")


class Since:
    """A revision, and what came of asking for it.

    Attributes:
        revision: as the user named it.
        remarks: why git could not be asked, each with the place; everything is read then.
        unread: how many files have not been read in the last run.
    """

    def __init__(self, revision: str) -> None:
        self.revision = revision
        self.remarks: list[str] = []
        self.unread = 0

    def blobs(self, root: Path) -> Mapping[str, bytes]:
        """The ids of the bytes of those files that have not changed, by paths below a folder."""
        try:
            return _unchanged(root, self.revision)
        except _Unanswered as error:
            self.cannot_ask(root, str(error))
            return {}

    def cannot_ask(self, place: Path, reason: str) -> None:
        """Note that everything is read of this content."""
        self.remarks.append(f"{place}: {reason}. --since has no effect here; all of it is read")


class _Unanswered(Exception):
    """Git cannot tell; the text says why."""


def blob_id(content: bytes) -> bytes:
    """What git calls these bytes, 20 bytes long. It tells files apart, and keeps no secret."""
    head = f"blob {len(content)}\0".encode()
    return sha1(head + content, usedforsecurity=False).digest()


def _unchanged(root: Path, revision: str) -> dict[str, bytes]:
    commit = _commit(root, revision)
    differ = {*_git(root, "diff", "--name-only", "-z", *_PLAINLY, commit, "--").split(b"\0")}
    # Those of which git was told to believe that they do not change have another letter.
    listed = _git(root, "ls-files", "-v", "-z").split(b"\0")
    watched = {line[2:] for line in listed if line.startswith(b"H ")}
    same = watched - differ
    blobs = {path: blob for path, blob in _tree(root, commit) if path in same}
    converted = _converted(root, blobs)
    return {os.fsdecode(path): blob for path, blob in blobs.items() if path not in converted}


def _converted(root: Path, paths: Iterable[bytes]) -> set[bytes]:
    """Those of some files that git keeps in another form: their bytes are not those of the id."""
    asked = b"".join(path + b"\0" for path in paths)
    said = _git(root, "check-attr", "-z", "--stdin", *_CONVERTING, given=asked).split(b"\0")
    return {path for path, value in zip(said[::3], said[2::3], strict=False) if value != _UNSET}


def _commit(root: Path, revision: str) -> str:
    # Asked first, as without a repository no revision is known.
    _git(root, "rev-parse", "--show-prefix")
    # What begins with a dash would be an option, and is never a name.
    if not revision or revision.startswith("-") or "\0" in revision:
        raise _Unanswered(f"{revision!r} is no revision of git")
    try:
        return _git(root, "rev-parse", "--verify", f"{revision}^{{commit}}").decode().strip()
    except _Unanswered:
        raise _Unanswered(
            f"there is no revision {revision!r} in its repository. "
            "In a shallow clone, fetch it: git fetch --unshallow"
        ) from None


def _tree(root: Path, commit: str) -> Iterator[tuple[bytes, bytes]]:
    """Path and id of every ordinary file at a commit, below the folder."""
    for entry in _git(root, "ls-tree", "-r", "-z", commit).split(b"\0"):
        head, _, path = entry.partition(b"\t")
        if head.startswith(_ORDINARY):
            yield path, bytes.fromhex(head.split(b" ")[2].decode())


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git answers. Nothing of the repository is written, such as its notes of times."""
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=_TIMEOUT_S, check=True
        )
    except FileNotFoundError:
        raise _Unanswered("there is no program git. Install it") from None
    except subprocess.TimeoutExpired:
        raise _Unanswered(f"git has not answered for {_TIMEOUT_S:.0f} seconds") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise _Unanswered(said[0] if said else f"git ended with {error.returncode}") from None
    except OSError as error:
        raise _Unanswered(f"git cannot be run ({error.strerror})") from None
    return done.stdout
