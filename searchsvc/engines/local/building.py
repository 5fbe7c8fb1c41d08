"""Building: the files of a new generation, from the live one and what changes.

How segments are kept few and runs quick: what is new goes into one new segment,
together with all segments that are small, or small beside what is merged already.
So a blog of up to some 2,000 short posts has one segment always; a large one has a
large segment, a smaller one of what changed since, and at times one between.
"""

import json
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import numpy as np
from numpy.typing import NDArray

from searchsvc import __version__
from searchsvc.documents import Document
from searchsvc.engines.local.analysing import Analysed, analyse
from searchsvc.engines.local.columns import (
    FORMAT_VERSION,
    Array,
    checksum,
    columns_bytes,
    file_checksum,
)
from searchsvc.engines.local.generations import MANIFEST, OVERLAY, REBUILD, STORE, link_or_copy
from searchsvc.engines.local.inverting import field_lengths, invert, steady_averages
from searchsvc.engines.local.opening import VERSIONS, Live, analyzer_for
from searchsvc.engines.local.overlay import overlay_columns
from searchsvc.engines.local.segment import Segment
from searchsvc.engines.local.tokens import TokenTable, keep, merge
from searchsvc.errors import IndexDamaged
from searchsvc.settings import REBUILDING, Settings
from searchsvc.text.analysis import Analyzer


@dataclass(frozen=True, slots=True)
class MergeRule:
    """Which segments are written anew when a generation is built, besides what is new.

    Segments are looked at from the smallest to the largest. One that stays ends the
    search, so each token is written anew a few times while a blog grows, and not at
    every run. Scores do not depend on it: whatever the rule, answers are the same.

    Attributes:
        small_tokens: a segment with fewer is: that takes a tenth of a second.
        smaller_than: a segment with fewer than so many times the tokens that are
            written anew already is.
        lost_part: a segment that has lost a greater part of its documents is.
        max_segments: when there would be more, the smallest are.
    """

    small_tokens: int = 100_000
    smaller_than: float = 4.0
    lost_part: float = 0.2
    max_segments: int = 4

    def staying(self, old: Sequence["Part"], new_tokens: int) -> list["Part"]:
        """The segments that stay as they are."""
        worn = [part for part in old if part.lost > self.lost_part]
        written = new_tokens + sum(part.tokens for part in worn)
        by_size = sorted((part for part in old if part not in worn), key=lambda part: part.tokens)
        while by_size and (
            by_size[0].tokens < max(self.small_tokens, self.smaller_than * written)
            or len(by_size) >= self.max_segments
        ):
            written += by_size.pop(0).tokens
        return [part for part in old if part in by_size]


@dataclass(frozen=True)
class Edits:
    """Documents to put in, by id, and ids of documents to take out."""

    upserts: Mapping[str, Document]
    deletes: frozenset[str]

    @property
    def touched(self) -> frozenset[str]:
        """The ids whose older versions go."""
        return self.deletes | self.upserts.keys()


def build(
    folder: Path,
    number: int,
    *,
    edits: Edits,
    live: Live | None,
    settings: Settings,
    merge_rule: MergeRule,
    on_step: Callable[[str], None],
) -> list[str]:
    """Fill the folder of a new generation.

    Args:
        live: what the edits are made to; None to begin with nothing.

    Returns:
        The names of the columns that were written, and are not links to older ones.
    """
    analyzer = analyzer_for(settings.language)
    new = analyse(edits.upserts.values(), analyzer)
    stored, gone = _fill_store(folder / STORE, edits, new, live, analyzer)
    on_step("stored")
    segments, averages = _segments(folder, edits, new.table, live, analyzer, merge_rule)
    opened = [Segment.open(folder / s.name) for s in segments]
    overlay = overlay_columns(opened, [s.gone for s in segments])
    checksums = {s.name: s.checksum for s in segments}
    checksums[OVERLAY] = _write(folder / OVERLAY, overlay)
    manifest = {
        "generation": number,
        "build_id": token_hex(8),
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "posts": int((~overlay["deleted"]).sum()),
        "stored": stored,
        "stored_gone": gone,
        "settings": {name: getattr(settings, name) for name in REBUILDING},
        "settings_fingerprint": settings.fingerprint,
        "versions": _versions(),
        "averages": averages,
        "segments": [s.name for s in segments],
        "checksums": checksums,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    on_step("inverted")
    return [OVERLAY, *(s.name for s in segments if s.is_written)]


def _versions() -> dict[str, str]:
    """What builds an index."""
    from searchsvc.engines.local.store import whoosh_version  # as in ``_fill_store``

    return {
        "searchsvc": __version__,
        "python": platform.python_version(),
        "whoosh": whoosh_version(),
        **VERSIONS,
    }


def _fill_store(
    folder: Path, edits: Edits, new: Analysed, live: Live | None, analyzer: Analyzer
) -> tuple[int, int]:
    """Write Whoosh's part; files of the live one that stay are links. Returns its counts."""
    from searchsvc.engines.local import store  # Whoosh: who only answers does without it

    folder.mkdir()
    if live is None:
        return store.fill(folder, new, analyzer)
    for path in _files(live.folder / STORE):
        # Links of segment files only: with the lock file one inode would lock both generations.
        if path.suffix == ".seg":
            link_or_copy(path, folder / path.name)
        elif path.suffix == ".toc":
            (folder / path.name).write_bytes(path.read_bytes())
    return store.change(folder, new, analyzer, deletes=sorted(edits.touched))


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError as error:
        raise IndexDamaged(f"{folder} is gone. {REBUILD}") from error


def _segments(
    folder: Path,
    edits: Edits,
    new: TokenTable,
    live: Live | None,
    analyzer: Analyzer,
    rule: MergeRule,
) -> tuple[list["Part"], tuple[float, ...]]:
    """The segments of the new generation, and the average lengths that they count on."""
    old = [] if live is None else _old_parts(live, edits.touched)
    lengths = [old_part.lengths() for old_part in old]
    averages = steady_averages([field_lengths(new), *lengths])
    kept = rule.staying(old, len(new.token_word))
    if live and tuple(live.manifest["averages"]) != averages:
        kept = []
    merged = merge([new, *(part.table() for part in old if part not in kept)])
    kept = [part.moved(folder) for part in kept]
    if kept and not len(merged):
        return kept, averages
    path = folder / f"segment-{token_hex(8)}.col"
    checksum = _write(path, invert(merged, averages, analyzer))
    gone = np.zeros(len(merged), np.bool_)
    return [*kept, Part(path, None, gone, checksum, is_written=True)], averages


@dataclass(frozen=True, eq=False)
class Part:
    """A segment of a generation.

    Attributes:
        gone: for each of its documents whether it counts no more.
        checksum: of its file.
        is_written: whether this run has written the file, which is not just a link then.
    """

    path: Path
    segment: Segment | None
    gone: NDArray[np.bool_]
    checksum: str
    is_written: bool = False

    @property
    def name(self) -> str:
        return self.path.name

    def moved(self, folder: Path) -> "Part":
        """The same in the folder of a new generation."""
        linked = link_or_copy(self.path, folder / self.name)
        return replace(self, path=folder / self.name, is_written=not linked)

    def opened(self) -> Segment:
        return self.segment or Segment.open(self.path)

    @property
    def tokens(self) -> int:
        """How many it has, with those of documents that are gone."""
        return len(self.opened().columns["token_word"])

    @property
    def lost(self) -> float:
        """Which part of its documents is gone."""
        return float(self.gone.mean()) if len(self.gone) else 1.0

    def lengths(self) -> NDArray[np.int64]:
        left: NDArray[np.int64] = self.opened().columns["field_lengths"][~self.gone]
        return left.astype(np.int64)

    def table(self) -> TokenTable:
        return keep(self.opened().table(), ~self.gone)


def _old_parts(live: Live, touched: frozenset[str]) -> list[Part]:
    """The live segments, with what is gone from them and what goes now."""
    parts = []
    names, snapshot = live.manifest["segments"], live.snapshot
    for name, segment, base in zip(names, snapshot.segments, snapshot.bases, strict=True):
        gone = snapshot.deleted[base : base + len(segment)].copy()
        gone[[number for number, id_ in enumerate(segment.ids()) if id_ in touched]] = True
        meant = live.manifest["checksums"][name]
        parts.append(Part(live.folder / name, segment, gone, meant))
    return parts


def is_worn(live: Live) -> bool:
    """Whether Whoosh's files hold more documents that are gone than documents.

    Whoosh merges small segments by itself, and never looks at what a large one has
    lost. Building all anew costs little when it comes once in so many edits.
    """
    return int(live.manifest.get("stored_gone", 0)) > int(live.manifest["posts"])


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


def _write(path: Path, arrays: Mapping[str, Array]) -> str:
    """Write columns; returns the checksum of what was meant to be written."""
    pieces = columns_bytes(arrays, {"format": FORMAT_VERSION})
    with path.open("wb") as file:
        file.writelines(pieces)
    return checksum(pieces)
