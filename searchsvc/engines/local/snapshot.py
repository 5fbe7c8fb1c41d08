"""Snapshot: one generation, open for reading. Immutable, so threads share it freely.

The documents of all segments are numbered in a row. A *view* is a snapshot at an
instant: it leaves out what is deleted, not yet visible, or no longer so.
"""

import threading
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from searchsvc.documents import path_of
from searchsvc.engines.local.columns import Array, Columns, Strings
from searchsvc.engines.local.overlay import KINDS
from searchsvc.engines.local.segment import Postings, Segment
from searchsvc.engines.local.tokens import PLACE_BITS, microseconds
from searchsvc.ranking import FIELDS
from searchsvc.results import IndexInfo
from searchsvc.text.stemming import languages


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
        # Added to the places of each segment, so that they name documents of the snapshot.
        place_bases = [base * len(FIELDS) << PLACE_BITS for base in self.bases]
        self.placed_segments = tuple(zip(self.segments, place_bases, strict=True))
        self.deleted: NDArray[np.bool_] = overlay["deleted"]
        self.rank: NDArray[np.int32] = overlay["rank"]
        # Documents of one segment stand in the order of ties.
        self.is_in_order = len(segments) == 1
        self.title_weight: NDArray[np.float32] = overlay["title_weight"]
        self.matrix: NDArray[np.int32] = overlay["matrix"]
        self.languages = tuple(map(languages().__getitem__, overlay["languages"].tolist()))
        # Single rows are read faster from a memoryview than from an array.
        self._codes, self._width = self.matrix.ravel().data, self.matrix.shape[1]
        self._value_keys = Strings(overlay, "value_keys")
        self._value_codes = overlay["value_codes"].data
        self._value_docs_at = overlay["value_docs_at"].data
        kinds_at = overlay["kinds_at"].tolist()
        self.codes_of = {kind: (kinds_at[n], kinds_at[n + 1]) for n, kind in enumerate(KINDS)}
        self.overflow_docs = overlay["overflow_docs"]
        self.overflow_codes = overlay["overflow_codes"]
        # The instants at which some post appears or goes.
        self._changes = overlay["changes"].data
        self._views: dict[int, View] = {}
        self._own = threading.local()
        self._named: dict[tuple[str, ...], NDArray[np.intp]] = {}

    @cached_property
    def values(self) -> list[str]:
        """The values of all facets by their codes; decoded once, as each answer shows many."""
        return Strings(self.overlay, "values").all()

    @cached_property
    def falling_values(self) -> list[str]:
        """``values``, the last one first."""
        return self.values[::-1]

    @cached_property
    def falling_codes(self) -> NDArray[np.intp]:
        """For each code how many come after it."""
        return np.arange(len(self.values) - 1, -1, -1)

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """Each document's date as an ordinal, 0 for none."""
        return self._joined("days")

    @cached_property
    def langs(self) -> NDArray[np.uint8]:
        """Each document's language, as an index into ``languages()``."""
        return self._joined("langs")

    @cached_property
    def title_lengths(self) -> NDArray[np.int32]:
        """How many parts each title has."""
        return self._joined("field_lengths")[:, 0]

    @cached_property
    def field_gains(self) -> NDArray[np.float32]:
        """What one occurrence adds to z, for each field of each document in a row."""
        return self._joined("field_gains")

    def value_code(self, key: str) -> int:
        """The code of a facet's value by its key (``overlay.value_key``), or -1."""
        encoded = key.encode("utf-8", "surrogatepass")
        at = self._value_keys.bisect(encoded)
        found = at < len(self._value_keys) and self._value_keys.raw(at) == encoded
        return int(self._value_codes[at]) if found else -1

    def value_docs(self, code: int) -> Array:
        """The documents that have a facet's value."""
        return self.overlay["value_docs"][self._value_docs_at[code] : self._value_docs_at[code + 1]]

    def documents_named(self, names: tuple[str, ...]) -> NDArray[np.intp]:
        """The documents with these ids, addresses or paths, in this order; others are left out.

        Of several documents with one address, the newest comes first.
        """
        if names not in self._named:
            found: dict[str, list[int]] = {name: [] for name in names}
            for document in self.rank.argsort().tolist() if names else ():
                if not self.deleted[document]:
                    segment, number = self.locate(document)
                    id_, url = segment.texts[number * 4], segment.texts[number * 4 + 1]
                    for name in {id_, url, path_of(url)} & found.keys():
                        found[name].append(document)
            docs = dict.fromkeys(document for every in found.values() for document in every)
            self._named[names] = np.array(list(docs), np.intp)
        return self._named[names]

    def scratch(self) -> NDArray[np.intp]:
        """A number for each document, to be used by this thread until it asks again.

        What stands in it is left over. Memory for large snapshots would be asked of
        the system anew, page by page, for every query.
        """
        if not hasattr(self._own, "scratch"):
            self._own.scratch = np.zeros(self.size, np.intp)
        own: NDArray[np.intp] = self._own.scratch
        return own

    def labels(self, document: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """A document's categories and tags in its order, in the commonest spelling of the blog."""
        values, first_tag = self.values, self.codes_of["tag"][0]
        categories, tags = [], []
        _, *codes = self.codes(document)
        for code in codes:
            if code >= first_tag:
                tags.append(values[code])
            elif code:
                categories.append(values[code])
        return tuple(categories), tuple(tags)

    def codes(self, document: int) -> list[int]:
        """The codes of a document's year or 0, its categories and tags in its order; zeros."""
        width = self._width
        codes: list[int] = self._codes[document * width : (document + 1) * width].tolist()
        if codes[-1] and len(self.overflow_docs):
            first, last = np.searchsorted(self.overflow_docs, [document, document + 1])
            codes += self.overflow_codes[first:last].tolist()
        return codes

    def count_codes(self, documents: NDArray[np.intp]) -> NDArray[np.intp]:
        """For each code of a facet's value how many of some documents have it."""
        size = len(self.values)
        counts = np.bincount(self.matrix.take(documents, axis=0).ravel(), minlength=size)
        if len(self.overflow_docs):
            chosen = np.isin(self.overflow_docs, documents)
            counts += np.bincount(self.overflow_codes[chosen], minlength=size)
        return counts

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
        if len(self.bases) == 1:
            return self.segments[0], document
        number = bisect_right(self.bases, document) - 1
        return self.segments[number], document - self.bases[number]

    def view(self, at: datetime) -> "View":
        """What is visible at an instant."""
        period = bisect_right(self._changes, microseconds(at)) if len(self._changes) else 0
        view = self._views.get(period)
        if view is None:
            view = self._views[period] = View(self, self._visible(at))
        return view

    @cached_property
    def _windows(self) -> NDArray[np.int64]:
        return self._joined("visible")

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

    def _joined(self, name: str) -> Array:
        parts = [segment.columns[name] for segment in self.segments]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


class View:
    """A snapshot at an instant.

    Attributes:
        visible: for each document whether it counts; None when all do.
        posts: how many do.
        info: what an answer tells of it.
    """

    def __init__(self, snapshot: Snapshot, visible: NDArray[np.bool_] | None) -> None:
        self.snapshot = snapshot
        self.visible = visible
        self.posts = snapshot.size if visible is None else int(visible.sum())
        self.info = IndexInfo(snapshot.generation, snapshot.build_id, self.posts, snapshot.built_at)

    @cached_property
    def counts(self) -> NDArray[np.intp]:
        """For each code of a facet's value how many visible documents have it."""
        size = self.snapshot.size
        every = np.arange(size) if self.visible is None else np.flatnonzero(self.visible)
        return self.snapshot.count_codes(every)

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

    def titled(self, beginning: str) -> NDArray[np.intp]:
        """The visible documents whose title begins with these words, in rising order."""
        parts = [
            segment.titled(beginning).astype(np.intp) + base
            for segment, base in zip(self.snapshot.segments, self.snapshot.bases, strict=True)
        ]
        docs = np.sort(np.concatenate(parts))
        return docs if self.visible is None else docs[self.visible[docs]]

    def in_language(self, postings: Postings, language: str) -> Postings:
        """Only the documents in a language."""
        if len(self.snapshot.languages) == 1:
            return postings
        kept = self.snapshot.langs[postings.docs] == languages().index(language)
        return Postings(postings.docs[kept], postings.z[kept], postings.fields[kept])

    def _joined(self, found: list[Postings | None]) -> Postings | None:
        if len(found) == 1 and self.visible is None:
            return found[0]
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
    return Postings(
        np.concatenate([p.docs for p in postings]),
        np.concatenate([p.z for p in postings]),
        np.concatenate([p.fields for p in postings]),
    )
