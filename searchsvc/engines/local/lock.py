"""WriteLock: one run at a time changes an index.

The lock is freed by the operating system when its holder ends, however it ends.
Who holds it is written beside it, for those who wait.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from searchsvc.engines.local.disk import explained
from searchsvc.engines.local.generations import prepare
from searchsvc.errors import IndexLocked


class WriteLock:
    """The right to change the index below a folder. May be taken again by who holds it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._holder = root / "lock-holder.json"
        self._threads = threading.RLock()
        self._file = FileLock(root / "lock", thread_local=False)

    @contextmanager
    def held(self, wait_s: float = 0.0) -> Iterator[bool]:
        """Hold the lock. Gives whether it was free before, and not held by the caller already.

        Raises:
            IndexLocked: another run still holds it after ``wait_s`` seconds.
            IndexUnwritable: the folder cannot be made or written.
        """
        if not self._threads.acquire(timeout=max(0.0, wait_s)):
            raise self._locked()
        try:
            first = not self._file.is_locked
            if first:
                prepare(self._root)
            with explained(self._root):
                self._acquire(wait_s)
            try:
                if first:
                    self._tell()
                yield first
            finally:
                self._file.release()
        finally:
            self._threads.release()

    def _acquire(self, wait_s: float) -> None:
        try:
            self._file.acquire(timeout=wait_s, poll_interval=0.05)
        except Timeout:
            raise self._locked() from None

    def _tell(self) -> None:
        said = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        with suppress(OSError):  # who cannot tell may write all the same
            self._holder.write_text(json.dumps(said), encoding="utf-8")

    def _locked(self) -> IndexLocked:
        try:
            said = json.loads(self._holder.read_bytes())
            pid, since = int(said["pid"]), str(said["since"])
        except (OSError, ValueError, KeyError, TypeError):
            pid, since = None, None
        holder = f"process {pid}, since {since}" if pid else "another process"
        return IndexLocked(
            f"{self._root} is being written by {holder}. Try again later, or let --wait be longer",
            pid=pid,
            since=since,
        )
