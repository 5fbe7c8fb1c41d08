"""Verifying: is what lies on the disk what was written, and does it answer?"""

from collections.abc import Callable, Iterable

from searchsvc.engines.local.columns import file_checksum
from searchsvc.engines.local.generations import REBUILD
from searchsvc.engines.local.opening import Live
from searchsvc.errors import IndexDamaged


def verify(live: Live, written: Iterable[str], *, answers: Callable[[Live], None]) -> None:
    """Look at a generation as readers will, before it goes live.

    Args:
        written: columns to compare; others are links to files that this run has compared.
        answers: raises when it does not.

    Raises:
        IndexDamaged: what lies on the disk is not what was built.
    """
    manifest, snapshot = live.manifest, live.snapshot
    counts = {
        "the manifest": manifest["posts"],
        "Whoosh": manifest["stored"],
        "the columns": int((~snapshot.deleted).sum()),
    }
    if len(set(counts.values())) > 1:
        said = ", ".join(f"{name} has {count}" for name, count in counts.items())
        raise IndexDamaged(f"The new index does not agree with itself: {said}. {REBUILD}")
    check_files(live, written)
    answers(live)


def check_files(live: Live, names: Iterable[str] | None = None) -> None:
    """Compare columns on the disk, by default all, with what was written.

    Raises:
        IndexDamaged: they differ.
    """
    meant = live.manifest["checksums"]
    for name in meant if names is None else names:
        path = live.folder / name
        if not path.exists() or file_checksum(path) != meant[name]:
            raise IndexDamaged(f"{path} is not what was written. {REBUILD}")
