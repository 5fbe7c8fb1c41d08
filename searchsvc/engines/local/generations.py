"""Generations: how a new index takes the place of the old one, all at once.

    index/
      current                    which generation is live, and which came before
      origins                    what its posts were made of (``origins``)
      lock, lock-holder.json     who is writing
      generations/3/             complete and never changed again
      generations/4.building/    not there yet, or left by a run that was killed
      generations/1.leaving/     being removed

A generation is built beside the live one, verified, flushed to the disk, and
then published by renaming one small file over ``current``. At any instant, after
any crash, either the old or the new generation is complete and serving. The live
one and the one before it are kept.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from searchsvc.engines.local.disk import explained, flush, flush_tree
from searchsvc.errors import IndexDamaged, RollbackImpossible

# The named steps of a publication, in order. Tests kill the process at each.
STEPS = ("begun", "stored", "inverted", "verified", "flushed", "named", "published", "cleaned")
# What a generation consists of, besides its segments.
STORE, OVERLAY, MANIFEST = "whoosh", "overlay.col", "manifest.json"
_IN_MANIFEST = (
    *("generation", "build_id", "built_at", "posts", "stored", "settings"),
    *("settings_fingerprint", "versions", "averages", "segments", "checksums"),
)
REBUILD = "Rebuild the index: searchsvc reindex --full"
_BUILDING, _LEAVING = ".building", ".leaving"


@dataclass(frozen=True, slots=True)
class Current:
    """What the file ``current`` says. ``previous`` is 0 when no other generation is kept."""

    live: int
    previous: int


class Generations:
    """The generations below one folder.

    Args:
        on_step: told the name of each step once it is done.
    """

    def __init__(self, root: Path, on_step: Callable[[str], None]) -> None:
        self.root = root
        self._on_step = on_step
        self._folder = root / "generations"
        self._current = root / "current"

    def current(self) -> Current | None:
        """The live generation and the one before; None when nothing was published yet."""
        try:
            said = json.loads(self._current.read_bytes())
            return Current(int(said["live"]), int(said["previous"]))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise IndexDamaged(f"{self._current} cannot be understood. {REBUILD}") from error

    def stamp(self) -> tuple[int, int] | None:
        """What changes whenever another generation goes live; None when none is."""
        try:
            status = self._current.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return status.st_mtime_ns, status.st_ino

    def complete(self) -> list[Path]:
        """The folders of complete generations, those most likely to be of use first."""
        said = self._current_if_sound()
        first = [said.live, said.previous] if said else []
        others = sorted((int(n) for n in self._entries() if n.isdecimal()), reverse=True)
        folders = [self.folder(number) for number in dict.fromkeys([*first, *others])]
        return [folder for folder in folders if folder.is_dir()]

    def folder(self, number: int) -> Path:
        """Where a generation lies."""
        return self._folder / str(number)

    def publish(self, build: Callable[[Path, int], None]) -> int:
        """Build a generation and make it the live one.

        Args:
            build: fills a folder that is there and empty, given the new number.

        Returns:
            The number, higher than any used before.

        Raises:
            IndexUnwritable: what was live before is live still.
        """
        with explained(self.root):
            number = max(self._numbers(), default=0) + 1
            # What killed runs have left goes first: a run that is killed again and again must
            # not fill the disk.
            self._remove(entry for entry in self._entries() if not entry.isdecimal())
            building = self._folder / f"{number}{_BUILDING}"
            building.mkdir(parents=True)
            self.step("begun")
            try:
                build(building, number)
                flush_tree(building)
                self.step("flushed")
                building.rename(self.folder(number))
                flush(self._folder)
                self.step("named")
            except BaseException:
                shutil.rmtree(building, ignore_errors=True)
                raise
            live = self._current_if_sound()
            self._switch(Current(number, live.live if live else 0))
            self.step("published")
            self.clean()
            self.step("cleaned")
        return number

    def rollback(self, check: Callable[[Path], None]) -> int:
        """Make the other kept generation the live one, and the live one the other.

        Args:
            check: raises ``IndexDamaged`` for a folder that cannot be read; what was
                live before is live still then.
        """
        said = self.current()
        if said is None or not said.previous or not self.folder(said.previous).is_dir():
            raise RollbackImpossible(
                f"{self.root} keeps no other generation to go back to. It keeps one from the "
                "second reindex on"
            )
        check(self.folder(said.previous))
        with explained(self.root):
            self._switch(Current(said.previous, said.live))
        return said.previous

    def clean(self) -> None:
        """Remove what no run needs any more: older generations, and what killed runs left.

        Readers that have such files open keep them until they let go.
        """
        said = self.current()
        kept = {str(said.live), str(said.previous)} if said else set()
        self._remove(entry for entry in self._entries() if entry not in kept)

    def _remove(self, entries: Iterable[str]) -> None:
        for entry in entries:
            # Gone at once for readers, who may just be opening it, and then file by file.
            leaving = self._folder / f"{entry.removesuffix(_LEAVING)}{_LEAVING}"
            with suppress(OSError):
                (self._folder / entry).rename(leaving)
                shutil.rmtree(leaving)

    def step(self, name: str) -> None:
        """Say that a step is done."""
        self._on_step(name)

    def _switch(self, to: Current) -> None:
        beside = self.root / "current.new"
        with beside.open("w") as file:
            json.dump({"live": to.live, "previous": to.previous}, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._current)
        flush(self.root)

    def _entries(self) -> list[str]:
        try:
            names = [path.name for path in self._folder.iterdir()]
        except FileNotFoundError:
            return []
        return [name for name in names if name.split(".")[0].isdecimal()]

    def _numbers(self) -> Iterator[int]:
        said = self._current_if_sound()
        yield from (said.live, said.previous) if said else ()
        yield from (int(name.split(".")[0]) for name in self._entries())

    def _current_if_sound(self) -> Current | None:
        try:
            return self.current()
        except IndexDamaged:
            return None


def prepare(root: Path) -> None:
    """Make the folder of an index, with a README for whoever finds it, and a .gitignore."""
    with explained(root):
        if not root.is_dir():
            root.mkdir(parents=True, exist_ok=True)
            flush(root.parent)
        for name, packaged in (("README.md", "index-readme.md"), (".gitignore", "index-gitignore")):
            if not (root / name).exists():
                text = files(__package__).joinpath(packaged).read_text(encoding="utf-8")
                (root / name).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a generation says of itself."""
    try:
        said: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except (ValueError, RecursionError):
        said = {}
    if not isinstance(said, dict) or not said.keys() >= set(_IN_MANIFEST):
        raise IndexDamaged(f"{folder / MANIFEST} is damaged. {REBUILD}")
    return said
