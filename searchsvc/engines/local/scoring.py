"""Scoring: the candidates of a query, and what the formula of ``docs/ranking.md`` gives them."""

from collections.abc import Callable, Sequence
from functools import cache, partial

import numpy as np

from searchsvc.engines.local.candidates import Candidates, saturated
from searchsvc.engines.local.choosing import at_least_one, every_one
from searchsvc.engines.local.few import FewScores
from searchsvc.engines.local.matching import Matcher
from searchsvc.engines.local.nearness import Docs, contained, nearness
from searchsvc.engines.local.segment import Postings
from searchsvc.explanation import literal_reason, near_reason, unit_reason
from searchsvc.ranking import (
    CORRECTED_WEIGHT,
    FUNCTION_WORD_WEIGHT,
    LITERAL_WEIGHT,
    MAX_NEAR_POSTS,
    MIN_NEAR_PREFIX,
    idf,
)
from searchsvc.resolving import Resolved
from searchsvc.units import Unit

# Of so few candidates each is scored by itself.
FEW_DOCS = 16


def score(
    asked: Resolved,
    matcher: Matcher,
    *,
    every: bool,
    within: Docs | None,
    pinned: Docs,
    is_function_word: Callable[[str], bool],
    check_time: Callable[[], None],
    explained: bool,
) -> Candidates:
    """Score all candidates; raise some of them and ``settle`` their order next.

    Args:
        every: candidates are the documents that have all units, else those with at
            least one.
        within: and only some of these, in rising order; None for no such bound.
        pinned: documents that are candidates in any case.
        explained: keep what ``reasons`` needs.
    """
    view = matcher.view
    postings = [matcher.unit(unit) for unit in asked.units]
    factors = _factors(asked.units, is_function_word)
    few = -1 if explained or len(pinned) else FEW_DOCS
    docs = _documents(postings, view.snapshot.size, every=every, within=within, few=few)
    telling_bits, literal_bits = _bits(asked.units, factors)
    if len(docs) <= few:
        candidates = _of_a_few(docs, asked, matcher, factors, postings, every=every)
        candidates.telling_bits, candidates.literal_bits = telling_bits, literal_bits
        return candidates
    if len(pinned):
        docs = np.union1d(docs, pinned)
    is_bound = every or within is not None
    scratch = None if is_bound or len(postings) == 1 else view.snapshot.scratch()
    candidates = Candidates(docs, pinned=pinned, scratch=scratch, explained=explained)
    candidates.telling_bits, candidates.literal_bits = telling_bits, literal_bits
    for unit, factor, found in zip(asked.units, factors, postings, strict=True):
        check_time()
        _add_unit(candidates, matcher, unit, found, factor)
    near = [pair for pair in asked.neighbours if _may_be_near(asked.units, postings, pair)]
    if near:
        _add_nearness(candidates, matcher, asked.units, near, check_time)
    candidates.add_titles(view.snapshot.title_weight)
    return candidates


def _documents(
    postings: Sequence[Postings], size: int, *, every: bool, within: Docs | None, few: int
) -> Docs:
    """The documents that the words find; when no more than ``few``, others may be among them."""
    if within is not None and len(within) <= few:
        return within
    if not postings:
        return np.empty(0, np.intp)
    docs = every_one(postings, few=few) if every else at_least_one(postings, size)
    return docs if within is None else within[contained(within, docs)]


def _of_a_few(
    docs: Docs,
    asked: Resolved,
    matcher: Matcher,
    factors: Sequence[float],
    postings: Sequence[Postings],
    *,
    every: bool,
) -> Candidates:
    """Those of a few documents that are candidates, each scored by itself."""
    scores = FewScores(docs, matcher)
    for unit, factor, found in zip(asked.units, factors, postings, strict=True):
        scores.add_unit(unit, found, factor)
    scores.keep(every=every)
    for pair in asked.neighbours:
        if _may_be_near(asked.units, postings, pair):
            scores.add_nearness(asked.units, pair)
    scores.add_titles()
    return scores.candidates()


def _add_unit(
    candidates: Candidates, matcher: Matcher, unit: Unit, found: Postings, factor: float
) -> None:
    posts = matcher.view.posts
    weight = factor * idf(posts, found.count)
    scores = candidates.add_unit(found, weight, partial(unit_reason, unit))
    literal = matcher.literal(unit, found)
    if literal is None:
        return
    reason = literal_reason(unit)
    if literal is found:
        candidates.add_again(LITERAL_WEIGHT * scores, reason)
    else:
        weight = factor * idf(posts, literal.count)
        candidates.add(literal.docs, LITERAL_WEIGHT * (weight * saturated(literal.z)), reason)


def _add_nearness(
    candidates: Candidates,
    matcher: Matcher,
    units: Sequence[Unit],
    pairs: Sequence[tuple[int, int]],
    check_time: Callable[[], None],
) -> None:
    """Add what it is worth that units typed side by side stand near each other."""
    visible, gains = matcher.view.visible, matcher.view.snapshot.field_gains
    # A unit between two others is asked for twice.
    standing = cache(lambda number: matcher.places(units[number]))
    for first, second in pairs:
        check_time()
        docs, worth = nearness(standing(first), standing(second), gains=gains)
        if visible is not None:
            seen = visible[docs]
            docs, worth = docs[seen], worth[seen]
        if len(docs):
            weight = (candidates.weights[first] + candidates.weights[second]) / 2
            candidates.add(docs, weight * worth, near_reason(units[first], units[second]))


def _may_be_near(
    units: Sequence[Unit], postings: Sequence[Postings], pair: tuple[int, int]
) -> bool:
    if any(0 < len(units[number].beginning) < MIN_NEAR_PREFIX for number in pair):
        return False
    return min(postings[number].count for number in pair) <= MAX_NEAR_POSTS


def _bits(units: Sequence[Unit], factors: Sequence[float]) -> tuple[int, int]:
    """A bit for each unit, function words aside; and those of them that were typed so.

    The second are none where no unit was corrected.
    """
    telling = literal = 0
    for number, (unit, factor) in enumerate(zip(units, factors, strict=True)):
        if factor != FUNCTION_WORD_WEIGHT:
            telling |= 1 << number
            literal |= 0 if unit.guesses else 1 << number
    return telling, literal if any(unit.guesses for unit in units) else 0


def _factors(units: Sequence[Unit], is_function_word: Callable[[str], bool]) -> list[float]:
    if len(units) == 1:
        return [CORRECTED_WEIGHT if units[0].guesses else 1.0]
    functional = [is_function_word(unit.literal) and not unit.beginning for unit in units]
    usual = [CORRECTED_WEIGHT if unit.guesses else 1.0 for unit in units]
    if all(functional):
        return usual
    return [FUNCTION_WORD_WEIGHT if f else u for f, u in zip(functional, usual, strict=True)]
