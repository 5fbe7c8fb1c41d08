"""Reader: the live generation, followed from one to the next while others publish."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from searchsvc.engines.local.generations import REBUILD, Generations
from searchsvc.engines.local.opening import Live, open_live
from searchsvc.engines.protocol import EngineStatus
from searchsvc.errors import IndexDamaged, IndexProblem, IndexUnreadable

_log = logging.getLogger(__name__)
# How often, at most, a reader looks whether another generation is live.
LOOK_EVERY_S = 0.25


class Reader:
    """Keeps the live generation open. Safe to share between threads."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._opening = threading.Lock()
        self._live: Live | None = None
        self._stamp: tuple[int, int] | None = None
        # The stamp of a generation that could not be opened while an older one was open.
        self._given_up: tuple[int, int] | None = None
        self._looked_at = float("-inf")

    def recent(self) -> Live | None:
        """What was live at the last look, at most 250 ms ago; None when there is nothing yet.

        While one thread opens a new generation, others go on with the old one; and
        so do all when the new one cannot be opened.

        Raises:
            IndexProblem: there is an index, it cannot be read, and no older one is open.
        """
        recent = time.monotonic() - self._looked_at < LOOK_EVERY_S
        if self._live is not None and recent:
            return self._live
        if not self._opening.acquire(blocking=self._live is None):
            return self._live
        try:
            if self._live is None or self._generations.stamp() != self._given_up:
                self._look()
        except IndexProblem as problem:
            if self._live is None:
                raise
            self._given_up = self._generations.stamp()
            _log.error("%s. The index that is open is read on", problem)
        finally:
            self._opening.release()
        return self._live

    def now(self) -> Live | None:
        """What is live at this moment; None when there is nothing yet.

        Raises:
            IndexProblem: there is an index, and it cannot be read.
        """
        with self._opening:
            self._look()
            return self._live

    def let_go(self) -> None:
        """Forget what is open."""
        self._live = self._stamp = None

    def _look(self) -> None:
        with readable(self._generations.root):
            self._looked_at = time.monotonic()
            stamp = self._generations.stamp()
            if stamp == self._stamp and self._live is not None:
                return
            self._live, self._stamp = self._open(), stamp

    def _open(self) -> Live | None:
        """Open what is live. While it is being opened, others may publish and remove it."""
        while (said := self._generations.current()) is not None:
            try:
                return open_live(self._generations.folder(said.live))
            except (FileNotFoundError, IndexDamaged) as error:
                if said != self._generations.current():
                    continue  # it was replaced, and removed, in between
                if isinstance(error, IndexDamaged):
                    raise
                raise IndexDamaged(
                    f"The generation that is live in {self._generations.root} is not there. "
                    f"{REBUILD}"
                ) from error
        return None


def damaged_status(generations: Generations, damage: str) -> EngineStatus:
    """What can be said of an index that cannot be opened."""
    folders = generations.complete()
    number = int(folders[0].name) if folders else 0
    return EngineStatus(
        generation=number,
        build_id="",
        posts=0,
        built_at=datetime.fromtimestamp(generations.root.stat().st_mtime, UTC),
        settings="",
        versions={},
        size_bytes=size_of(generations.root),
        kept=(),
        stale=damage,
    )


def size_of(folder: Path) -> int:
    """What the files below a folder take, bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def readable(root: Path) -> Iterator[None]:
    """Turn errors of the file system into ours, with the remedy."""
    try:
        yield
    except OSError as error:
        raise IndexUnreadable(
            f"{error.filename or root} cannot be read ({error.strerror}). Give this user the right "
            "to read the folder of the index and all that is in it"
        ) from error
