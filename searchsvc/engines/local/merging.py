"""Merging: which segments of the live generation stay, and which are written anew.

How segments are kept few and runs quick: what is new goes into one new segment,
together with all segments that are small, or small beside what is merged already.
So a blog of up to some 2,000 short posts has one segment always; a large one has a
large segment, a smaller one of what changed since, and at times one between.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.columns import write_columns
from searchsvc.engines.local.disk import link_or_copy
from searchsvc.engines.local.inverting import field_lengths, invert, steady_averages
from searchsvc.engines.local.opening import Live
from searchsvc.engines.local.segment import Segment
from searchsvc.engines.local.tokens import TokenTable, keep, merge
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


def segments(
    folder: Path,
    touched: frozenset[str],
    new: TokenTable,
    live: Live | None,
    analyzer: Analyzer,
    rule: MergeRule,
) -> tuple[list[Part], tuple[float, ...]]:
    """The segments of a new generation, and the average lengths that they count on.

    Args:
        folder: of the new generation, where their files are put.
        touched: ids of documents whose versions in ``live`` are gone.
        new: the documents that come.
    """
    old = [] if live is None else _old_parts(live, touched)
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
    checksum = write_columns(path, invert(merged, averages, analyzer))
    gone = np.zeros(len(merged), np.bool_)
    return [*kept, Part(path, None, gone, checksum, is_written=True)], averages


def _old_parts(live: Live, touched: frozenset[str]) -> list[Part]:
    """The live segments, with what is gone from them and what goes now."""
    parts = []
    names, snapshot = live.manifest["segments"], live.snapshot
    for name, segment, base in zip(names, snapshot.segments, snapshot.bases, strict=True):
        gone = snapshot.deleted[base : base + len(segment)].copy()
        gone[segment.numbers_of(touched)] = True
        meant = live.manifest["checksums"][name]
        parts.append(Part(live.folder / name, segment, gone, meant))
    return parts
