"""Facets: how many of the found documents have each value; and filters by value."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.nearness import Docs
from searchsvc.engines.local.overlay import value_key
from searchsvc.engines.local.snapshot import Snapshot, View
from searchsvc.queries import FacetName
from searchsvc.results import FacetValue

VALUES_SHOWN = 20
# By code: of so few documents only the codes that they have, of more those of all values.
_FEW = 8
Counts = NDArray[np.intp] | Counter[int]


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


def count(view: View, found: Docs) -> Counts:
    """For each code how many of the found documents have it; only visible ones are found."""
    if len(found) == view.posts:
        return view.counts
    snapshot = view.snapshot
    if len(found) > _FEW:
        return snapshot.count_codes(found)
    return Counter(chain.from_iterable(map(snapshot.codes, found.tolist())))


def facet(
    snapshot: Snapshot, kind: FacetName, counts: Counts, selected: dict[str, int]
) -> tuple[FacetValue, ...]:
    """The values of one facet, by count, then by name; selected ones are always there.

    Args:
        counts: of all codes.
        selected: chosen values and their codes.
    """
    names, size = snapshot.falling_values, len(snapshot.values)
    keys = _highest(snapshot, kind, counts)
    if not selected:
        return tuple([FacetValue(names[key % size], key // size, False) for key in keys])
    chosen = {int(counts[c]) * size + size - 1 - c for c in selected.values() if c >= 0}
    values = [FacetValue(names[key % size], key // size, key in chosen) for key in keys]
    more = chosen.difference(keys)
    values += [FacetValue(names[key % size], key // size, True) for key in more]
    values += [FacetValue(value, 0, True) for value, code in selected.items() if code < 0]
    if len(values) > len(keys):
        values.sort(key=lambda v: (-v.count, v.value))
    return tuple(values)


def _highest(snapshot: Snapshot, kind: FacetName, counts: Counts) -> list[int]:
    """The highest counts of a facet above 0, in falling order, each in one number with its code.

    That is ``count * size - 1 - code`` plus ``size``, the number of all codes. Such
    numbers are sorted as they are, several times faster than indexes. Codes go by
    name, so of equal counts the one with the first name comes first.
    """
    first, last = snapshot.codes_of[kind]
    size = len(snapshot.values)
    if isinstance(counts, Counter):
        few = [n * size + size - 1 - code for code, n in counts.items() if first <= code < last]
        return sorted(few, reverse=True)[:VALUES_SHOWN]
    keys = counts[first:last] * size
    keys += snapshot.falling_codes[first:last]
    if len(keys) > VALUES_SHOWN:
        keys.partition(len(keys) - VALUES_SHOWN)
        keys = keys[-VALUES_SHOWN:]
    keys.sort()
    return [key for key in keys[::-1].tolist() if key >= size]
