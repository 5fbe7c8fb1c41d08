"""Choosing: the largest of some keys, the documents that are in all lists or in any."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.nearness import Docs, contained
from searchsvc.engines.local.segment import Postings

# Places in an array: some of them, or all.
At = NDArray[np.intp] | slice
ALL = slice(None)
# Where so few are sorted whole, looking for the largest does not pay.
_FEW = 64
_BLOCK = 32


def picked(candidates: At, chosen: NDArray[np.intp]) -> NDArray[np.intp]:
    """Which candidates are chosen, given where they are among some of them."""
    return chosen if isinstance(candidates, slice) else candidates[chosen]


def largest(keys: NDArray[Any], wanted: int) -> NDArray[np.intp]:
    """Where, in rising order, some keys are among which are the ``wanted`` largest."""
    count = len(keys)
    if count <= max(_FEW, 2 * wanted):
        return np.arange(count)
    maxima = keys
    if count > 4 * wanted * _BLOCK:
        # So many blocks have a maximum not below the limit, and so have as many keys.
        blocks = count // _BLOCK
        maxima = keys[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    maxima = maxima.copy()
    maxima.partition(len(maxima) - wanted)
    limit = maxima[len(maxima) - wanted]
    large: NDArray[np.intp] = (keys >= limit).nonzero()[0]
    return large


def every_one(postings: Sequence[Postings], *, few: int) -> Docs:
    """The documents that are in all of some postings.

    Args:
        few: once no more than so many are left, others may be among them.
    """
    shortest = min(postings, key=lambda p: p.count)
    docs = shortest.docs
    for found in postings:
        if found is not shortest and len(docs) > few:
            docs = docs[contained(docs, found.docs)]
    return docs


def at_least_one(postings: Sequence[Postings], size: int) -> Docs:
    """The documents that are in some postings, in rising order.

    Args:
        size: of the snapshot.
    """
    if len(postings) == 1:
        return postings[0].docs
    seen = np.zeros(size, np.bool_)
    for found in postings:
        seen[found.docs] = True
    return seen.nonzero()[0]
