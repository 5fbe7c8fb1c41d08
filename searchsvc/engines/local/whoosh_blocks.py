"""Blocks: a segment of Whoosh written from inverted arrays.

Whoosh's own writer makes one call for each posting, sorts all of them as Python
tuples and takes most of a build's time. What it writes is simple: for each term
blocks of up to 128 postings, and a table from term to blocks. So the blocks are
filled from the arrays here. The result is an ordinary segment, which Whoosh reads,
deletes from and merges as one of its own.

This rests on the file format and on private names of one release, which is pinned;
with any other, ``store`` takes the ordinary writer. Nothing else in here is clever:
the names and numbers are those of ``whoosh.codec.whoosh3``.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pickle import dumps
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import (
    STORED_COLUMN,
    WHOOSH3_HEADER_MAGIC,
    W3Codec,
    W3FieldWriter,
)
from whoosh.util.numeric import length_to_byte

from searchsvc.engines.local.columns import offsets
from searchsvc.engines.local.whoosh_postings import FieldPostings

RELEASE = "whoosh-reloaded 2.7.5"
_BLOCK = 128
# Packing a short block takes longer than writing it, and gains next to nothing.
_PACKED_FROM_BYTES = 300
_LEVEL = 3
# Plain byte strings; Whoosh's own protocol 2 writes each one as a call of a decoder.
_PICKLE = 3
# As W3TermInfo.to_bytes: inlined or not, weight, documents, shortest and longest field, greatest
# weight, first and last document, where the blocks begin and how many bytes they take.
_TERM = Struct("!BfIBBfIIqi")
_INT, _FIELD = Struct("!i"), Struct("!H")
Encode = Callable[[list[int]], bytes]


def counts(opened: Any) -> tuple[int, int]:
    """How many documents an index has, and how many with those that are deleted.

    Whoosh offers both only by a reader, which copies the postings of all segments.
    """
    segments = opened._segments()
    return sum(s.doc_count() for s in segments), sum(s.doc_count_all() for s in segments)


def write_segment(
    storage: Any,
    schema: Any,
    index_name: str,
    *,
    stored: Sequence[Mapping[str, Any]],
    postings: Iterable[tuple[str, FieldPostings]],
) -> Any:
    """Write the files of a new segment.

    Args:
        stored: what is kept of each document, the first one being number 0.
        postings: of each field that has any, by name, names rising.

    Returns:
        The segment, a ``W3Segment``. Until it is listed in the table of contents,
        nobody sees it.
    """
    codec = W3Codec(blocklimit=_BLOCK, compression=_LEVEL)
    segment = codec.new_segment(storage, index_name)
    segment.set_doc_count(len(stored))
    segment._fieldlengths = {}
    _write_stored(_column(storage, segment, "_stored"), stored)
    terms = W3FieldWriter(codec, storage, segment)
    for name, field in postings:
        shortened = np.zeros(len(stored), np.uint8)
        if field.lengths.any():
            segment._fieldlengths[name] = int(field.lengths.sum())
            shortened = _as_bytes(field.lengths)
            with _column(storage, segment, f"_{name}_len") as file:
                file.write(shortened.tobytes())
        terms.start_field(name, schema[name])
        _write_terms(terms, field, shortened)
        terms.finish_field()
    terms.close()
    segment.create_compound_file(storage)
    return segment


def _column(storage: Any, segment: Any, name: str) -> Any:
    return storage.create_file(W3Codec.column_filename(segment, name))


def _write_stored(file: Any, stored: Iterable[Mapping[str, Any]]) -> None:
    column = STORED_COLUMN.writer(file)
    count = 0
    for row in stored:
        column.add(count, row)
        count += 1
    column.finish(count)
    file.close()


def _as_bytes(lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Lengths as Whoosh keeps them: a byte each, long ones roughly."""
    distinct, where = np.unique(lengths, return_inverse=True)
    return np.array([length_to_byte(n) for n in distinct.tolist()], np.uint8)[where]


def _write_terms(writer: Any, field: FieldPostings, lengths: NDArray[np.uint8]) -> None:
    """Write the blocks of every term of a field, and where they are."""
    begin = field.postings_at[:-1]
    counts = np.diff(field.places_at)
    of_docs = lengths[field.docs]
    infos = zip(
        np.add.reduceat(counts, begin).tolist(),
        np.diff(field.postings_at).tolist(),
        np.minimum.reduceat(of_docs, begin).tolist(),
        np.maximum.reduceat(of_docs, begin).tolist(),
        np.maximum.reduceat(counts, begin).tolist(),
        field.docs[begin].tolist(),
        field.docs[field.postings_at[1:] - 1].tolist(),
        strict=True,
    )
    key = _FIELD.pack(writer._fieldid)
    offset = writer._postfile.tell()
    blocks = _blocks(field, counts, of_docs, _encoder(writer._format))
    for term, info, content in zip(field.terms, infos, blocks, strict=True):
        writer._postfile.write(content)
        value = _TERM.pack(0, *info, offset, len(content))
        writer._tindex.add(key + term.encode(), value)
        offset += len(content)


def _encoder(format_: Any) -> Encode | None:
    """How the places of a posting are written; None where they are not."""
    if format_.fixed_value_size() == 0:
        return None
    encode: Encode = format_.encode
    return encode


def _blocks(
    field: FieldPostings,
    counts: NDArray[np.int64],
    lengths: NDArray[np.uint8],
    encode: Encode | None,
) -> Iterator[bytes]:
    """The blocks of each term, one after the other, as they lie in the file."""
    first, end, is_last = _block_bounds(field.postings_at)
    gaps = np.diff(field.docs, prepend=0)
    gaps[first] = field.docs[first]
    values = _Values(field, encode)
    content = [WHOOSH3_HEADER_MAGIC]
    for a, b, last_doc, lightest, heaviest, shortest, longest, ends_term in zip(
        first.tolist(),
        end.tolist(),
        field.docs[end - 1].tolist(),
        np.minimum.reduceat(counts, first).tolist(),
        np.maximum.reduceat(counts, first).tolist(),
        np.minimum.reduceat(lengths, first).tolist(),
        np.maximum.reduceat(lengths, first).tolist(),
        is_last.tolist(),
        strict=True,
    ):
        weights: Any = None
        if heaviest > 1:
            alike = lightest == heaviest
            weights = float(heaviest) if alike else tuple(counts[a:b].astype(float).tolist())
        data = dumps((tuple(gaps[a:b].tolist()), weights, values.of(a, b, heaviest)), _PICKLE)
        packed = _LEVEL if len(data) >= _PACKED_FROM_BYTES else 0
        if packed:
            data = zlib.compress(data, packed)
        info = dumps((b - a, last_doc, float(heaviest), packed, shortest, longest), _PICKLE)
        size = len(info) + len(data)
        # The last block of a term has a negative size.
        content += (_INT.pack(-size if ends_term else size), info, data)
        if ends_term:
            yield b"".join(content)
            content = [WHOOSH3_HEADER_MAGIC]


class _Single(dict[int, bytes]):
    """What is written for a posting of one place. Few differ, so each is made once."""

    def __init__(self, encode: Encode) -> None:
        super().__init__()
        self._encode = encode

    def __missing__(self, place: int) -> bytes:
        value = self[place] = self._encode([place])
        return value


class _Values:
    """The places of postings as Whoosh writes them."""

    def __init__(self, field: FieldPostings, encode: Encode | None) -> None:
        self._field = field
        self._encode = encode
        self._single = _Single(encode).__getitem__ if encode else None

    def of(self, first: int, end: int, heaviest: int) -> tuple[bytes, ...] | None:
        """The values of some postings, of which none has more places than ``heaviest``."""
        if self._encode is None or self._single is None:
            return None
        at = self._field.places_at[first : end + 1].tolist()
        places = self._field.places[at[0] : at[-1]].tolist()
        if heaviest == 1:
            return tuple(map(self._single, places))
        groups = (places[a - at[0] : b - at[0]] for a, b in pairwise(at))
        return tuple(self._single(g[0]) if len(g) == 1 else self._encode(g) for g in groups)


def _block_bounds(
    postings_at: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Where each block begins and ends, and whether it is the last one of its term."""
    blocks = -(-np.diff(postings_at) // _BLOCK)
    before = offsets(blocks)
    within = np.arange(before[-1]) - np.repeat(before[:-1], blocks)
    first = np.repeat(postings_at[:-1], blocks) + _BLOCK * within
    is_last = np.zeros(len(first), np.bool_)
    is_last[before[1:] - 1] = True
    return first, np.append(first[1:], postings_at[-1]), is_last
