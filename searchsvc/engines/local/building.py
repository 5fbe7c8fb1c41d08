"""Building: the files of a new generation, from the live one and what changes.

How segments are kept few and quick: new documents, and all documents of segments
that are small or have lost many, go into one new segment. Only a large segment
that has lost few stays as it is. So a blog of up to some 20,000 short posts has
one segment always, and a query costs after a thousand runs what it costs at first.
"""

import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import numpy as np
from numpy.typing import NDArray

from searchsvc import __version__
from searchsvc.documents import Document
from searchsvc.engines.local import store
from searchsvc.engines.local.analysing import Analysed, analyse
from searchsvc.engines.local.columns import FORMAT_VERSION, Array, checksum, columns_bytes
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
    """Which segments are written anew when a generation is built.

    Attributes:
        small_tokens: a segment with fewer is: that takes a fraction of a second.
        lost_part: a segment that has lost a greater part of its documents is.
        max_segments: when there would be more, all are.
    """

    small_tokens: int = 1_000_000
    lost_part: float = 0.2
    max_segments: int = 4


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
) -> None:
    """Fill the folder of a new generation.

    Args:
        live: what the edits are made to; None to begin with nothing.
    """
    analyzer = analyzer_for(settings.language)
    new = analyse(edits.upserts.values(), analyzer)
    stored = _fill_store(folder / STORE, edits, new, live, analyzer)
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
        "settings": {name: getattr(settings, name) for name in REBUILDING},
        "settings_fingerprint": settings.fingerprint,
        "versions": _versions(),
        "averages": averages,
        "segments": [s.name for s in segments],
        "checksums": checksums,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    on_step("inverted")


def _versions() -> dict[str, str]:
    """What builds an index."""
    return {
        "searchsvc": __version__,
        "python": platform.python_version(),
        "whoosh": store.whoosh_version(),
        **VERSIONS,
    }


def _fill_store(
    folder: Path, edits: Edits, new: Analysed, live: Live | None, analyzer: Analyzer
) -> int:
    """Write Whoosh's part; files of the live one that stay are links. Returns its count."""
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
) -> tuple[list["_Part"], tuple[float, ...]]:
    """The segments of the new generation, and the average lengths that they count on."""
    old = [] if live is None else _old_parts(live, edits.touched)
    lengths = [old_part.lengths() for old_part in old]
    averages = steady_averages([field_lengths(new), *lengths])
    kept = [part for part in old if part.stays(rule)]
    if len(kept) >= rule.max_segments or (live and tuple(live.manifest["averages"]) != averages):
        kept = []
    merged = merge([new, *(part.table() for part in old if part not in kept)])
    for part in kept:
        link_or_copy(part.path, folder / part.name)
    if kept and not len(merged):
        return kept, averages
    path = folder / f"segment-{token_hex(8)}.col"
    checksum = _write(path, invert(merged, averages, analyzer.stem))
    return [*kept, _Part(path, None, np.zeros(len(merged), np.bool_), checksum)], averages


@dataclass(frozen=True, eq=False)
class _Part:
    """A segment of a generation, with the documents of it that are gone."""

    path: Path
    segment: Segment | None
    gone: NDArray[np.bool_]
    checksum: str

    @property
    def name(self) -> str:
        return self.path.name

    def opened(self) -> Segment:
        return self.segment or Segment.open(self.path)

    def stays(self, rule: MergeRule) -> bool:
        tokens = len(self.opened().columns["token_word"])
        return tokens >= rule.small_tokens and float(self.gone.mean()) <= rule.lost_part

    def lengths(self) -> NDArray[np.int64]:
        left: NDArray[np.int64] = self.opened().columns["field_lengths"][~self.gone]
        return left.astype(np.int64)

    def table(self) -> TokenTable:
        return keep(self.opened().table(), ~self.gone)


def _old_parts(live: Live, touched: frozenset[str]) -> list[_Part]:
    """The live segments, with what is gone from them and what goes now."""
    parts = []
    names, snapshot = live.manifest["segments"], live.snapshot
    for name, segment, base in zip(names, snapshot.segments, snapshot.bases, strict=True):
        gone = snapshot.deleted[base : base + len(segment)].copy()
        for number, (id_, _) in enumerate(segment.stored()):
            if id_ in touched:
                gone[number] = True
        meant = live.manifest["checksums"][name]
        parts.append(_Part(live.folder / name, segment, gone, meant))
    return parts


def verify(live: Live, *, answers: Callable[[Live], None]) -> None:
    """Look at a generation as readers will, before it goes live.

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
    check_files(live)
    answers(live)


def check_files(live: Live) -> None:
    """Compare the columns on the disk with what was written.

    Raises:
        IndexDamaged: they differ.
    """
    for name, meant in live.manifest["checksums"].items():
        path = live.folder / name
        if not path.exists() or checksum([path.read_bytes()]) != meant:
            raise IndexDamaged(f"{path} is not what was written. {REBUILD}")


def _write(path: Path, arrays: Mapping[str, Array]) -> str:
    """Write columns; returns the checksum of what was meant to be written."""
    pieces = columns_bytes(arrays, {"format": FORMAT_VERSION})
    with path.open("wb") as file:
        file.writelines(pieces)
    return checksum(pieces)
