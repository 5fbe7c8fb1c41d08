"""Columns: named arrays in one file, read through ``mmap`` without being copied.

A file is a magic word, the length and checksum of a JSON header, the header, and
then the arrays, each beginning at a multiple of 64 bytes. The header says where
each one lies. Opening costs one ``mmap`` and one small JSON text, whatever the
size; pages are read when they are first touched and shared between processes.
"""

import json
import mmap
import zlib
from collections.abc import Iterable, Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchsvc.errors import IndexDamaged

Array = NDArray[Any]
Bytes = bytes | memoryview

# Raised whenever an array is added, dropped or changes its meaning.
FORMAT_VERSION = 6
_MAGIC = b"searchsvc columns\n"
_PREFIX_BYTES = len(_MAGIC) + 12
_ALIGNED = 64
_READ_BYTES = 1 << 20


def columns_bytes(arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> list[Bytes]:
    """The file's content, in pieces to be written one after the other. Arrays are not copied."""
    places, size = {}, 0
    for name, array in arrays.items():
        places[name] = [array.dtype.str, list(array.shape), size]
        size += _padded(array.nbytes)
    header = json.dumps({"meta": dict(meta), "arrays": places, "size": size}).encode()
    header += b" " * (-(_PREFIX_BYTES + len(header)) % _ALIGNED)
    prefix = _MAGIC + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(4, "little")
    pieces: list[Bytes] = [prefix, header]
    for array in arrays.values():
        in_row = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        pieces += [in_row.data, bytes(_padded(array.nbytes) - array.nbytes)]
    return pieces


def write_columns(path: Path, arrays: Mapping[str, Array]) -> str:
    """Write columns; returns the checksum of what was meant to be written."""
    pieces = columns_bytes(arrays, {"format": FORMAT_VERSION})
    with path.open("wb") as file:
        file.writelines(pieces)
    return checksum(pieces)


def checksum(pieces: Iterable[Bytes]) -> str:
    """A checksum of a file's content; for accidents, not against forgers.

    CRC-32 is several times as quick as a cryptographic digest, so that every run can
    afford to look at every byte.
    """
    crc = 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
    return f"{crc:08x}"


def file_checksum(path: Path) -> str:
    """The checksum of what lies on the disk."""
    buffer = bytearray(_READ_BYTES)
    view = memoryview(buffer)
    with path.open("rb", buffering=0) as file:
        return checksum(view[:size] for size in iter(lambda: file.readinto(buffer), 0))


class Columns:
    """The arrays of one file; read-only. Indexing gives an array by its name."""

    def __init__(self, buffer: "mmap.mmap | bytes", name: str) -> None:
        header, start = _header(buffer, name)
        self.meta: dict[str, Any] = header["meta"]
        if len(buffer) < start + header["size"]:
            raise IndexDamaged(f"{name} is shorter than its header says: it was cut off")
        self._arrays = {
            key: _array(buffer, dtype, shape, start + offset)
            for key, (dtype, shape, offset) in header["arrays"].items()
        }

    @classmethod
    def open(cls, path: Path) -> "Columns":
        """Open a file.

        Raises:
            IndexDamaged: it is no such file, or cut off.
            FileNotFoundError: it is gone, as when its generation was replaced.
        """
        with path.open("rb") as file:
            try:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:
                raise IndexDamaged(f"{path} is empty") from None
        return cls(mapped, str(path))

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]


def offsets(counts: Array) -> NDArray[np.int64]:
    """Where each group begins when groups of these sizes stand in a row, and the end."""
    at = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=at[1:])
    return at


def rising(numbers: Array) -> Array:
    """The distinct numbers in rising order, as they are when they are so already.

    ``np.unique`` looks numbers up in a hash table from numpy 2.3 on, which takes ten
    times as long as sorting them, and imports all of ``numpy.ma``.
    """
    if len(numbers) < 2 or (numbers[1:] > numbers[:-1]).all():
        return numbers
    ordered = np.sort(numbers)
    kept = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=kept[1:])
    return ordered[kept]


def string_columns(name: str, strings: Iterable[str]) -> dict[str, Array]:
    """Two columns for a list of strings: ``name`` has the bytes, ``name_at`` their beginnings."""
    encoded = [s.encode("utf-8", "surrogatepass") for s in strings]
    at = offsets(np.array([len(e) for e in encoded], np.int64))
    return {name: np.frombuffer(b"".join(encoded), np.uint8), f"{name}_at": at}


class Strings:
    """A list of strings in two columns; items are decoded when asked for."""

    __slots__ = ("_at", "_bytes")

    def __init__(self, columns: Columns, name: str) -> None:
        self._bytes = columns[name].data
        self._at = columns[f"{name}_at"].data

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> str:
        return str(self._bytes[self._at[number] : self._at[number + 1]], "utf-8", "surrogatepass")

    def raw(self, number: int) -> bytes:
        """The encoded form of one string; comparing these orders by code point."""
        return bytes(self._bytes[self._at[number] : self._at[number + 1]])

    def beginning(self, beginning: str) -> tuple[int, int]:
        """The range of sorted strings that begin so."""
        encoded = beginning.encode("utf-8", "surrogatepass")
        first = self.bisect(encoded)
        # 0xFF is in no UTF-8 text, so it stands behind all that begin alike.
        return first, self.bisect(encoded + b"\xff", first)

    def bisect(self, encoded: bytes, low: int = 0) -> int:
        """Where sorted strings stop being less than an encoded one, from ``low`` on."""
        high = len(self)
        strings, at = self._bytes, self._at
        while low < high:
            middle = (low + high) // 2
            if bytes(strings[at[middle] : at[middle + 1]]) < encoded:
                low = middle + 1
            else:
                high = middle
        return low

    def all(self, step: int = 1) -> list[str]:
        """Every string, or every so many-th, in order."""
        whole, at = bytes(self._bytes), np.asarray(self._at)
        bounds = zip(at[:-1:step].tolist(), at[1::step].tolist(), strict=True)
        if whole.isascii():
            # Places in the text are those in the bytes, and slicing is all there is to do.
            text = whole.decode("ascii")
            return [text[a:b] for a, b in bounds]
        return [whole[a:b].decode("utf-8", "surrogatepass") for a, b in bounds]


def _header(buffer: "mmap.mmap | bytes", name: str) -> tuple[dict[str, Any], int]:
    prefix = bytes(buffer[:_PREFIX_BYTES])
    if len(prefix) < _PREFIX_BYTES or not prefix.startswith(_MAGIC):
        raise IndexDamaged(f"{name} is not a file of columns")
    length = int.from_bytes(prefix[-12:-4], "little")
    text = bytes(buffer[_PREFIX_BYTES : _PREFIX_BYTES + length])
    if zlib.crc32(text) != int.from_bytes(prefix[-4:], "little"):
        raise IndexDamaged(f"{name} has a damaged header")
    return json.loads(text), _PREFIX_BYTES + length


def _array(buffer: "mmap.mmap | bytes", dtype: str, shape: list[int], offset: int) -> Array:
    count = prod(shape)
    if count == 0:
        return np.empty(shape, dtype)
    return np.frombuffer(buffer, dtype, count, offset).reshape(shape)


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
