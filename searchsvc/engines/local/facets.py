"""Facets: how many of the found documents have each value; and filters by value."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.nearness import Docs
from searchsvc.engines.local.overlay import value_key
from searchsvc.engines.local.snapshot import Snapshot
from searchsvc.queries import FacetName
from searchsvc.results import FacetValue

VALUES_SHOWN = 20
Counts = NDArray[np.intp]


def codes(snapshot: Snapshot, kind: FacetName, values: Sequence[str]) -> dict[str, int]:
    """The code of each value, -1 for one that no document has; values alike in writing are one."""
    if not values:
        return {}
    by_key = {value_key(kind, value): value for value in reversed(values)}
    return {value: snapshot.value_code(key) for key, value in reversed(by_key.items())}


def with_any(snapshot: Snapshot, chosen: Iterable[int]) -> NDArray[np.bool_]:
    """The documents that have at least one of the values."""
    mask = np.zeros(snapshot.size, np.bool_)
    for code in chosen:
        if code >= 0:
            mask[snapshot.value_docs(code)] = True
    return mask


def with_every(snapshot: Snapshot, chosen: Iterable[int]) -> NDArray[np.bool_]:
    """The documents that have all of the values."""
    mask = np.ones(snapshot.size, np.bool_)
    for code in chosen:
        mask &= with_any(snapshot, [code])
    return mask


def count(snapshot: Snapshot, found: Docs) -> Counts:
    """For each code how many of the found documents have it."""
    size = len(snapshot.values)
    counts = np.bincount(snapshot.matrix[found].ravel(), minlength=size)
    if len(snapshot.overflow_docs):
        chosen = np.isin(snapshot.overflow_docs, found)
        counts += np.bincount(snapshot.overflow_codes[chosen], minlength=size)
    return counts


def facet(
    snapshot: Snapshot, kind: FacetName, counts: Counts, selected: dict[str, int]
) -> tuple[FacetValue, ...]:
    """The values of one facet, by count, then by name; selected ones are always there.

    Args:
        counts: of all codes.
        selected: chosen values and their codes.
    """
    first, last = snapshot.codes_of[kind]
    own = counts[first:last]
    # Codes go by name, so equal counts stay in the order of names.
    shown = [n for n in _largest(own) if own[n] > 0]
    chosen = {code - first for code in selected.values() if code >= 0}
    more = sorted(chosen - set(shown))
    values = [
        FacetValue(snapshot.values[first + n], int(own[n]), n in chosen) for n in (*shown, *more)
    ]
    unknown = [FacetValue(value, 0, True) for value, code in selected.items() if code < 0]
    if more or unknown:
        values = sorted([*values, *unknown], key=lambda v: (-v.count, v.value))
    return tuple(values)


def _largest(own: Counts) -> Sequence[int]:
    if len(own) > 8 * VALUES_SHOWN:
        least = np.partition(own, len(own) - VALUES_SHOWN)[len(own) - VALUES_SHOWN]
        few = np.flatnonzero(own >= max(1, least))
    else:
        few = np.arange(len(own))
    order: list[int] = few[np.argsort(-own[few], kind="stable")][:VALUES_SHOWN].tolist()
    return order
