"""Nearness: where two units stand next to each other, or within a few places.

A place is a number that holds all there is to know: the field of the document in
its high bits, the place in that field in its low bits. So neighbouring words have
neighbouring numbers, and fields are far apart.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.tokens import PLACE_BITS
from searchsvc.ranking import FIELDS, NEAR_PLACES, NEAR_SATURATION, NEAR_WEIGHT, NEXT_FACTOR

Docs = NDArray[np.intp]
Places = NDArray[np.int64]
Numbers = NDArray[np.float64]
_FIELD_BITS = len(FIELDS).bit_length() - 1
DOCUMENT_BITS = PLACE_BITS + _FIELD_BITS
# Of so few places each is taken by itself: calls of numpy would take longer.
_FEW_PLACES = 32


def fields_of(places: Places) -> NDArray[np.int64]:
    """For each place its field, counted over all documents."""
    return places >> PLACE_BITS


def documents_of(places: Places) -> Docs:
    """For each place its document."""
    return places >> DOCUMENT_BITS


def contained(values: NDArray[Any], among: NDArray[Any]) -> NDArray[np.bool_]:
    """For each value whether it is among the sorted others."""
    if not len(among):
        return np.zeros(len(values), np.bool_)
    # What is above all others is compared with the last of them, which is less.
    found: NDArray[np.bool_] = among.take(among.searchsorted(values), mode="clip") == values
    return found


def nearness(first: Places, second: Places, *, gains: NDArray[np.float32]) -> tuple[Docs, Numbers]:
    """The documents where the first unit has the second near, and what that is worth.

    Args:
        first, second: where the units stand, in rising order.
        gains: what one occurrence in each field is worth.

    Returns:
        Documents in rising order, and a part of what the units weigh on the mean.
    """
    near, is_next = _near(first, second)
    if len(near) <= _FEW_PLACES:
        worths = worth_by_document(zip(near.tolist(), is_next.tolist(), strict=True), gains.data)
        return np.array(list(worths), np.intp), np.array(list(worths.values()))
    document = documents_of(near)
    gain = gains[fields_of(near)] * (1.0 + NEXT_FACTOR * is_next)
    firsts = starts(document)
    # As gains have 24 bits, their sums are exact in whatever order they are added.
    z = np.add.reduceat(gain, firsts)
    return document[firsts], NEAR_WEIGHT * (NEAR_SATURATION + 1) * z / (z + NEAR_SATURATION)


def worth_by_document(near: Iterable[tuple[int, bool]], gains: memoryview) -> dict[int, float]:
    """What ``nearness`` gives, to the last digit, in plain Python.

    Args:
        near: places of the first unit that have the second near, in rising order, and
            whether it follows at once.
    """
    sums: dict[int, float] = {}
    for place, is_next in near:
        document = place >> DOCUMENT_BITS
        gain = gains[place >> PLACE_BITS] * (1.0 + NEXT_FACTOR * is_next)
        sums[document] = sums.get(document, 0.0) + gain
    return {
        document: NEAR_WEIGHT * (NEAR_SATURATION + 1) * z / (z + NEAR_SATURATION)
        for document, z in sums.items()
    }


def _near(first: Places, second: Places) -> tuple[Places, NDArray[np.bool_]]:
    """Places of the first that have the second near, and whether it follows at once."""
    if len(first) > 8 * len(second):
        first = _around(first, second)
    # A word may be both units; at its own place it is not near itself.
    padded = np.concatenate((_FAR_BELOW, second, _FAR_ABOVE))
    at = second.searchsorted(first)
    before = first - padded[at]
    here = padded[at + 1] == first
    after = padded[at + 1 + here] - first
    near = (after <= NEAR_PLACES) | (before <= NEAR_PLACES)
    return first[near], after[near] == 1


_FAR_BELOW = np.array([-(1 << 40)], np.int64)
_FAR_ABOVE = np.array([1 << 62, 1 << 62], np.int64)


def _around(first: Places, second: Places) -> Places:
    """Only those places of a much longer list that the shorter one has near."""
    low = first.searchsorted(second - NEAR_PLACES)
    high = first.searchsorted(second + NEAR_PLACES, "right")
    # Stretches may overlap: each begins where the one before it ends.
    low[1:] = np.maximum(low[1:], high[:-1])
    counts = np.maximum(high - low, 0)
    ends = counts.cumsum()
    stretches = np.repeat(low - ends + counts, counts)
    near: Places = first[stretches + np.arange(len(stretches))]
    return near


def starts(document: Docs) -> NDArray[np.intp]:
    """Where in a rising list each document comes first."""
    is_first = np.empty(len(document), np.bool_)
    is_first[:1] = True
    np.not_equal(document[1:], document[:-1], out=is_first[1:])
    return is_first.nonzero()[0]
