"""Watching: tells when files have changed, a burst of changes as one.

An editor writes a file in several steps, a checkout writes hundreds: what has changed is told
when it has been quiet for a moment; and when it is never quiet, after some seconds all the same.
Folders are watched by the system, single files, which may lie in a huge folder, by looking at them.
"""

import stat
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from threading import Event

from watchfiles import watch

from searchsvc.errors import ContentError

# A change is told after one to two of these.
_TICK_MS = 200
# A burst is told after so many at the latest: five seconds.
_MAX_TICKS = 25


def bursts(
    watched: Iterable[Path], *, concerns: Callable[[Path], bool], stop: Event
) -> Iterator[frozenset[Path]]:
    """What has changed, burst by burst; first an empty one, as soon as nothing is missed any more.

    It ends after a burst in which a folder itself came, went or was replaced: watch anew then.

    Args:
        watched: folders, with all that is and will be below them, and files. What is not there
            is waited for.
        concerns: whether a path below a folder counts; it is told as it lies, without links.
        stop: ends it soon after it is set.

    Raises:
        ContentError: there are more folders than the system watches for one user.
    """
    paths = tuple(watched)
    folders = {path.resolve(): _stamp(path) for path in paths if path.is_dir()}
    ticks = _ticks(paths, frozenset(folders), concerns, stop)
    begun = list(islice(ticks, 1))
    yield frozenset()
    for burst in gathered(chain(begun, ticks)):
        yield burst
        now = {path.resolve(): _stamp(path) for path in paths if path.is_dir()}
        if now != folders or not burst.isdisjoint(folders):
            return


def gathered(
    ticks: Iterable[Iterable[Path]], *, max_ticks: int = _MAX_TICKS
) -> Iterator[frozenset[Path]]:
    """Put together what has changed, until a tick brings nothing, or so many have brought some."""
    pending: set[Path] = set()
    waited = 0
    for tick in ticks:
        changed = set(tick)
        pending |= changed
        waited = waited + 1 if pending else 0
        if pending and (not changed or waited >= max_ticks):
            yield frozenset(pending)
            pending, waited = set(), 0


def _ticks(
    paths: Iterable[Path],
    folders: frozenset[Path],
    concerns: Callable[[Path], bool],
    stop: Event,
) -> Iterator[set[Path]]:
    """What has changed since a moment ago, again and again; mostly nothing."""
    stamps = {path: _stamp(path) for path in paths}
    try:
        for changes in watch(
            *folders,
            watch_filter=None,  # one that leaves nothing leaves out the tick
            debounce=_TICK_MS,
            rust_timeout=_TICK_MS,
            yield_on_timeout=True,
            stop_event=stop,
            ignore_permission_denied=True,
        ):
            below = {Path(name) for _, name in changes}
            now = {path: _stamp(path) for path in stamps}
            replaced = {path for path, stamp in now.items() if stamp != stamps[path]}
            stamps = now
            yield {path for path in below if path in folders or concerns(path)} | replaced
    except OSError as error:
        raise ContentError(
            f"{', '.join(map(str, folders))}: cannot be watched ({error}). If it has more folders "
            "than the system watches, raise that number (on Linux: sysctl "
            "fs.inotify.max_user_watches), or set WATCHFILES_FORCE_POLLING=1"
        ) from error


def _stamp(path: Path) -> tuple[int, ...]:
    """Another one when a file was written or a folder replaced; empty when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return ()
    itself = (found.st_dev, found.st_ino)
    if stat.S_ISDIR(found.st_mode):
        return itself
    return (*itself, found.st_mtime_ns, found.st_size)
