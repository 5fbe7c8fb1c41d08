"""Lists: sorted keys with the postings of each, as the columns of a segment."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.columns import Array, offsets, string_columns
from searchsvc.ranking import FIELDS

_WIDTH = len(FIELDS)


def list_columns(
    name: str, keys: Sequence[str], token_key: Array, slots: Array, *, gains: Array
) -> dict[str, Array]:
    """Sorted keys and their postings: documents, z and fields, by key and document."""
    slot_count = max(1, gains.size)
    by_slot, times = np.unique(token_key.astype(np.int64) * slot_count + slots, return_counts=True)
    slot = by_slot % slot_count
    z_of_slot = times * gains.ravel()[slot]
    posting = by_slot // slot_count * (slot_count // _WIDTH) + slot // _WIDTH
    firsts = np.flatnonzero(np.diff(posting, prepend=-1))
    key, document = np.divmod(posting[firsts], slot_count // _WIDTH)
    return {
        **string_columns(name, keys),
        f"{name}_slots": _hash_slots(keys),
        f"{name}_posts_at": offsets(np.bincount(key, minlength=len(keys))),
        f"{name}_docs": document.astype(np.int32),
        f"{name}_z": np.add.reduceat(z_of_slot, firsts).astype(np.float32),
        f"{name}_fields": np.bitwise_or.reduceat((1 << (slot % _WIDTH)).astype(np.uint8), firsts),
    }


def _hash_slots(keys: Sequence[str]) -> NDArray[np.int32]:
    """An open-addressing table from crc32 to index: -1 is free, the next slot is tried next."""
    size = 1 << max(1, len(keys) * 2 - 1).bit_length()
    slots = [-1] * size
    for number, key in enumerate(keys):
        slot = zlib.crc32(key.encode("utf-8", "surrogatepass")) & (size - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        slots[slot] = number
    return np.array(slots, np.int32)
