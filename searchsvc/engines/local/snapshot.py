"""Snapshot: one generation, open for reading. Immutable, so threads share it freely.

The documents of all segments are numbered in a row. A *view* is a snapshot at an
instant: it leaves out what is deleted, not yet visible, or no longer so.
"""

import zlib
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.columns import Array, Columns, Strings, offsets
from searchsvc.engines.local.overlay import KINDS
from searchsvc.engines.local.segment import Postings, Segment
from searchsvc.engines.local.tokens import ALWAYS, FOREVER, microseconds
from searchsvc.results import IndexInfo


class Snapshot:
    """The segments and the overlay of one generation."""

    def __init__(
        self,
        segments: Sequence[Segment],
        overlay: Columns,
        *,
        generation: int,
        build_id: str,
        built_at: datetime,
    ) -> None:
        self.segments = tuple(segments)
        self.overlay = overlay
        self.generation = generation
        self.build_id = build_id
        self.built_at = built_at
        sizes = [len(segment) for segment in segments]
        self.bases = [sum(sizes[:n]) for n in range(len(sizes))]
        self.size = sum(sizes)
        self.deleted: NDArray[np.bool_] = overlay["deleted"]
        self.rank: NDArray[np.int32] = overlay["rank"]
        self.title_weight: NDArray[np.float32] = overlay["title_weight"]
        self.matrix: NDArray[np.int32] = overlay["matrix"]
        self.values = Strings(overlay, "values")
        self._value_keys = Strings(overlay, "value_keys")
        self._value_codes = overlay["value_codes"].data
        self._value_docs_at = overlay["value_docs_at"].data
        kinds_at = overlay["kinds_at"].tolist()
        self.codes_of = {kind: (kinds_at[n], kinds_at[n + 1]) for n, kind in enumerate(KINDS)}
        self.overflow_docs = overlay["overflow_docs"]
        self.overflow_codes = overlay["overflow_codes"]
        self._views: dict[int, View] = {}

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """Each document's date as an ordinal, 0 for none."""
        return self._joined("days")

    @cached_property
    def title_lengths(self) -> NDArray[np.int32]:
        """How many parts each title has."""
        return self._joined("field_lengths")[:, 0]

    @cached_property
    def field_gains(self) -> NDArray[np.float32]:
        """What one occurrence adds to z, for each field of each document in a row."""
        return self._joined("field_gains")

    @cached_property
    def field_places(self) -> NDArray[np.int64]:
        """Where each field begins among the places of all segments."""
        parts = [
            s.columns["field_places"] + base
            for s, base in zip(self.segments, self.place_bases, strict=True)
        ]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    @cached_property
    def place_bases(self) -> list[int]:
        """What is added to the places of each segment, so that all differ."""
        bases = [0]
        for segment in self.segments:
            bases.append(bases[-1] + int(segment.columns["place_count"][0]))
        return bases[:-1]

    def value_code(self, key: str) -> int:
        """The code of a facet's value by its key (``overlay.value_key``), or -1."""
        encoded = key.encode("utf-8", "surrogatepass")
        at = self._value_keys.bisect(encoded)
        found = at < len(self._value_keys) and self._value_keys.raw(at) == encoded
        return int(self._value_codes[at]) if found else -1

    def value_docs(self, code: int) -> Array:
        """The documents that have a facet's value."""
        return self.overlay["value_docs"][self._value_docs_at[code] : self._value_docs_at[code + 1]]

    def number_of(self, id: str) -> int | None:
        """The number of the document with this id; None when there is none."""
        encoded = id.encode("utf-8", "surrogatepass")
        for document in np.flatnonzero(self._id_checksums == zlib.crc32(encoded)).tolist():
            segment, number = self.locate(document)
            if segment.texts.raw(number * 4) == encoded and not self.deleted[document]:
                return int(document)
        return None

    @cached_property
    def _id_checksums(self) -> NDArray[np.uint32]:
        # Half a microsecond for each document, once: a list of ids would take more memory.
        ids = (s.texts.raw(number * 4) for s in self.segments for number in range(len(s)))
        return np.fromiter(map(zlib.crc32, ids), np.uint32, self.size)

    def locate(self, document: int) -> tuple[Segment, int]:
        """The segment of a document, and its number there."""
        number = bisect_right(self.bases, document) - 1
        return self.segments[number], document - self.bases[number]

    def view(self, at: datetime) -> "View":
        """What is visible at an instant."""
        period = bisect_right(self._changes, microseconds(at))
        view = self._views.get(period)
        if view is None:
            view = self._views[period] = View(self, self._visible(at))
        return view

    @cached_property
    def _windows(self) -> NDArray[np.int64]:
        return self._joined("visible")

    @cached_property
    def _changes(self) -> list[int]:
        """The instants at which some post appears or goes, in order."""
        instants = np.unique(self._windows[~self.deleted])
        return [t for t in instants.tolist() if t not in (ALWAYS, FOREVER)]

    def _visible(self, at: datetime) -> NDArray[np.bool_] | None:
        instant = microseconds(at)
        windows = self._windows
        visible = (windows[:, 0] <= instant) & (instant < windows[:, 1]) & ~self.deleted
        return None if visible.all() else visible

    def fingerprints(self) -> dict[str, str]:
        """For each document that is not deleted, its id and fingerprint."""
        every = (pair for segment in self.segments for pair in segment.stored())
        gone = self.deleted.tolist()
        return {id_: mark for (id_, mark), is_gone in zip(every, gone, strict=True) if not is_gone}

    def info(self, posts: int) -> IndexInfo:
        """What an answer tells of this generation."""
        return IndexInfo(self.generation, self.build_id, posts, self.built_at)

    def _joined(self, name: str) -> Array:
        parts = [segment.columns[name] for segment in self.segments]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


class View:
    """A snapshot at an instant.

    Attributes:
        visible: for each document whether it counts; None when all do.
        posts: how many do.
    """

    def __init__(self, snapshot: Snapshot, visible: NDArray[np.bool_] | None) -> None:
        self.snapshot = snapshot
        self.visible = visible
        self.posts = snapshot.size if visible is None else int(visible.sum())

    @cached_property
    def value_counts(self) -> NDArray[np.int64]:
        """For each code of a facet's value how many visible documents have it."""
        at = self.snapshot.overlay["value_docs_at"]
        if self.visible is None:
            return np.diff(at)
        counted = offsets(self.visible[self.snapshot.overlay["value_docs"]])
        return np.diff(counted[at])

    def stem(self, stem: str) -> Postings | None:
        """The visible documents that have a word with this stem."""
        return self._joined([segment.stem_postings(stem) for segment in self.snapshot.segments])

    def word(self, word: str) -> Postings | None:
        """The visible documents that have this very word."""
        return self._joined([segment.word_postings(word) for segment in self.snapshot.segments])

    def beginning(self, beginning: str) -> Postings | None:
        """The visible documents that have a word that begins so; one may come several times."""
        found = [segment.beginning_postings(beginning) for segment in self.snapshot.segments]
        return self._joined(found)

    def _joined(self, found: list[Postings | None]) -> Postings | None:
        shifted = [
            Postings(p.docs + base, p.z, p.fields) if base else p
            for p, base in zip(found, self.snapshot.bases, strict=True)
            if p is not None
        ]
        if not shifted:
            return None
        postings = shifted[0] if len(shifted) == 1 else concatenated(shifted)
        if self.visible is None:
            return postings
        kept = self.visible[postings.docs]
        if not kept.any():
            return None
        return Postings(postings.docs[kept], postings.z[kept], postings.fields[kept])


def concatenated(postings: Sequence[Postings]) -> Postings:
    """Several postings one after the other."""
    docs, z, fields = zip(*postings, strict=True)
    return Postings(np.concatenate(docs), np.concatenate(z), np.concatenate(fields))
