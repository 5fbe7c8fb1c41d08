"""Workers: processes that read files side by side, for a run that has many to read.

A worker is given the paths of a few files at a time and gives back Readings; so neither files nor
posts gather anywhere. They come in the order of the files, and are the same as without workers.

On Linux workers are forked, which takes no time, if this program has no other threads: a fork
copies their locks as they are, held perhaps by nobody who could let go. Elsewhere new processes
are started, which import all anew. Workers end with the work, with an error and with Ctrl-C, and
by themselves when this process is killed: they may hold what it has locked, as forks do.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path

from searchsvc.posts.files import FoundFile
from searchsvc.posts.generators import site_in
from searchsvc.posts.post import Reading
from searchsvc.posts.reading import Reader
from searchsvc.settings import Settings

# Fewer are read sooner than workers are started.
MANY_FILES = 500
_FILES_AT_ONCE = 50
# Chunks on their way for each worker, so that none waits while others are taken.
_CHUNKS_AHEAD = 3

Chunk = list[Reading | None]


def usable_cores() -> int:
    """How many cores this process may use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_in_workers(
    reader: Reader, files: Sequence[FoundFile], folder: Path, settings: Settings, *, jobs: int
) -> Iterator[Reading | None]:
    """What each file holds, in order.

    When workers are killed, as by a system that is short of memory, this process reads on alone.

    Args:
        reader: of the site of that folder with those settings, from which another is made.
        jobs: how many workers.
    """
    done = 0
    try:
        for chunk in _chunks_of_workers(reader, files, folder, settings, jobs):
            yield from chunk
            done += len(chunk)
    except BrokenProcessPool:
        yield from map(reader.read, files[done:])


def _chunks_of_workers(
    reader: Reader, files: Sequence[FoundFile], folder: Path, settings: Settings, jobs: int
) -> Iterator[Chunk]:
    is_forked = sys.platform == "linux" and threading.active_count() == 1
    given = (reader, None, None, None) if is_forked else (None, folder, settings, reader.around)
    executor = ProcessPoolExecutor(
        jobs,
        multiprocessing.get_context("fork" if is_forked else "spawn"),
        initializer=_begin,
        initargs=given,
    )
    starts = iter(range(0, len(files), _FILES_AT_ONCE))
    ahead: deque[Future[Chunk]] = deque()
    try:
        while True:
            for start in islice(starts, jobs * _CHUNKS_AHEAD - len(ahead)):
                ahead.append(_submitted(executor, files[start : start + _FILES_AT_ONCE]))
            if not ahead:
                return
            yield ahead.popleft().result()
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _submitted(executor: ProcessPoolExecutor, files: Sequence[FoundFile]) -> Future[Chunk]:
    with warnings.catch_warnings():
        # Python counts the threads of numpy too, whose library is made for being forked.
        warnings.filterwarnings("ignore", message=".*fork", category=DeprecationWarning)
        return executor.submit(_read, files)


# What a worker reads with; there is one worker in a process.
_reader: Reader


def _begin(
    reader: Reader | None, folder: Path | None, settings: Settings | None, around: bytes | None
) -> None:
    """Begin a worker: with the reader that it was forked with, or with one of its own."""
    global _reader
    # Ctrl-C is for the process that the user has started, which then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # as in all of a run (``indexing``)
    if reader is None:
        assert folder is not None
        assert settings is not None
        reader = Reader(site_in(folder, settings), settings, around)
    _reader = reader


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _read(files: Sequence[FoundFile]) -> Chunk:
    return [_reader.read(file) for file in files]
