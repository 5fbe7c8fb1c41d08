"""Filters: what tags, categories, dates, phrases, exclusions and visibility leave of all documents.

Each is a mask of its own, as the counts of a facet leave out its own filter.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local import facets
from searchsvc.engines.local.matching import Matcher
from searchsvc.engines.local.nearness import Docs, contained
from searchsvc.engines.local.snapshot import Snapshot
from searchsvc.queries import FacetName, Query
from searchsvc.units import Plan

Mask = NDArray[np.bool_]
# For each facet the values chosen, each with its code.
Codes = Mapping[FacetName, dict[str, int]]


def codes(query: Query, snapshot: Snapshot) -> Codes:
    """The codes of what a query filters by."""
    return {
        "tag": facets.codes(snapshot, "tag", query.tags),
        "category": facets.codes(snapshot, "category", query.categories),
        "year": facets.codes(snapshot, "year", [str(year) for year in query.years]),
    }


def with_phrases(plan: Plan, matcher: Matcher, check_time: Callable[[], None]) -> Docs | None:
    """The documents that have all phrases; None when there are none."""
    docs: Docs | None = None
    for phrase in plan.phrases:
        check_time()
        having = matcher.with_sequence(phrase)
        docs = having if docs is None else docs[contained(docs, having)]
    return docs


def masks(
    query: Query,
    plan: Plan,
    matcher: Matcher,
    chosen: Codes,
    *,
    having_phrases: Docs | None,
    check_time: Callable[[], None],
) -> dict[str, Mask]:
    """A mask for each filter that there is, by its name.

    Args:
        having_phrases: the documents with all phrases; None when others are no candidates anyway.
    """
    snapshot = matcher.view.snapshot
    masks = dict(_of_values(query, snapshot, chosen))
    if matcher.view.visible is not None:
        masks["visible"] = matcher.view.visible
    if query.after or query.before:
        masks["dates"] = _between_dates(query, snapshot)
    if having_phrases is not None:
        masks["phrases"] = _mask(snapshot, [having_phrases])
    if plan.excluded or plan.excluded_words:
        masks["excluded"] = ~_mask(snapshot, _excluded(plan, matcher, check_time))
    return masks


def all_of(masks: Iterable[Mask]) -> Mask | None:
    """Where all masks hold; None when there is none."""
    given = list(masks)
    if not given:
        return None
    return given[0] if len(given) == 1 else np.logical_and.reduce(given)


def _of_values(query: Query, snapshot: Snapshot, chosen: Codes) -> Iterator[tuple[str, Mask]]:
    if chosen["tag"]:
        with_tags = facets.with_any if query.tag_mode == "any" else facets.with_every
        yield "tag", with_tags(snapshot, chosen["tag"].values())
    for name in ("category", "year"):
        if chosen[name]:
            yield name, facets.with_any(snapshot, chosen[name].values())


def _excluded(plan: Plan, matcher: Matcher, check_time: Callable[[], None]) -> Iterator[Docs]:
    yield from map(matcher.with_word, plan.excluded_words)
    for sequence in plan.excluded:
        check_time()
        yield matcher.with_sequence(sequence)


def _mask(snapshot: Snapshot, chosen: Iterable[Docs]) -> Mask:
    mask = np.zeros(snapshot.size, np.bool_)
    for docs in chosen:
        mask[docs] = True
    return mask


def _between_dates(query: Query, snapshot: Snapshot) -> Mask:
    days = snapshot.days
    mask: Mask = days > 0
    if query.after:
        mask = mask & (days >= query.after.toordinal())
    if query.before:
        mask = mask & (days < query.before.toordinal())
    return mask
