"""Scoring: the candidates of a query, what they weigh and their scores.

The formula is told in ``docs/ranking.md``. Candidates are the visible documents
that have at least one unit; all arrays run along them.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.matching import Docs, Matcher, Places
from searchsvc.engines.local.segment import Postings
from searchsvc.ranking import (
    FUNCTION_WORD_WEIGHT,
    LITERAL_WEIGHT,
    MIN_NEAR_PREFIX,
    NEAR_PLACES,
    NEAR_WEIGHT,
    NEXT_WEIGHT,
    idf,
)
from searchsvc.units import Resolved, Unit

Numbers = NDArray[np.float64]
# Above any score: what having all units in the title adds to the key of the order.
_TITLE_FIRST = 1e6


class Candidates:
    """Documents with at least one unit.

    Attributes:
        docs: in rising order.
        postings: for each unit the documents that have it.
        whole: what all units weigh together.
        weights: what the units of each document weigh together.
        scores: by the formula.
        keys: what the order by relevance goes by: the higher, the further up.
    """

    def __init__(self, postings: Sequence[Postings], size: int) -> None:
        self.postings = postings
        self.docs, self._index = _union(postings, size)
        self.whole = 0.0
        self.weights: Numbers = np.zeros(len(self.docs))
        self.scores: Numbers = np.zeros(len(self.docs))
        self.keys = self.scores
        self.units = np.zeros(len(self.docs), np.int16)
        self._in_title = np.zeros(len(self.docs), np.int16)
        self._title_weights: Numbers = np.zeros(len(self.docs))

    def add_unit(self, found: Postings, weight: float) -> None:
        """Count a unit for the documents that have it."""
        at = self._index(found.docs)
        self.whole += weight
        self.units[at] += 1
        self.weights[at] += weight
        self.scores[at] += weight * _saturated(found.z)
        in_title = (found.fields & 1).astype(np.bool_)
        titles = at[in_title] if isinstance(at, np.ndarray) else in_title
        self._in_title[titles] += 1
        self._title_weights[titles] += weight

    def add_scores(self, docs: Docs, scores: Numbers) -> None:
        """Add to the scores of some of the documents."""
        self.scores[self._index(docs)] += scores

    def finish(self, title_weight: NDArray[np.float32]) -> None:
        """Add what a title made of the query's words is worth, and settle the order."""
        titled = np.flatnonzero(self._title_weights)
        found = self._title_weights[titled]
        whole = np.maximum(title_weight[self.docs[titled]].astype(np.float64), 1e-9)
        self.scores[titled] += found * np.minimum(1.0, found / whole)
        every = self._in_title == len(self.postings)
        self.keys = self.scores + _TITLE_FIRST * every


def score(
    asked: Resolved,
    matcher: Matcher,
    *,
    is_function_word: Callable[[str], bool],
    check_time: Callable[[], None],
) -> Candidates:
    """Score all candidates for at least one unit."""
    postings = [matcher.unit(unit) for unit in asked.units]
    posts = matcher.view.posts
    candidates = Candidates(postings, matcher.view.snapshot.size)
    factors = _factors(asked.units, is_function_word)
    for unit, factor, found in zip(asked.units, factors, postings, strict=True):
        check_time()
        candidates.add_unit(found, factor * idf(posts, len(found.docs)))
        if literal := matcher.word(unit.forms[0]):
            weight = LITERAL_WEIGHT * factor * idf(posts, len(literal.docs))
            candidates.add_scores(literal.docs, weight * _saturated(literal.z))
    for first, second in asked.neighbours:
        check_time()
        _add_nearness(candidates, matcher, (asked.units[first], asked.units[second]))
    candidates.finish(matcher.view.snapshot.title_weight)
    return candidates


def _factors(units: Sequence[Unit], is_function_word: Callable[[str], bool]) -> list[float]:
    functional = [is_function_word(unit.forms[0]) and not unit.beginning for unit in units]
    if all(functional):
        return [1.0] * len(units)
    return [FUNCTION_WORD_WEIGHT if f else 1.0 for f in functional]


def _saturated(z: Numbers) -> Numbers:
    return 2.6 * z / (z + 1.6)


def _union(
    postings: Sequence[Postings], size: int
) -> tuple[Docs, Callable[[Docs], NDArray[np.intp] | slice]]:
    """All documents of some postings, and where given ones are among them."""
    if len(postings) == 1:
        docs = postings[0].docs
        return docs, lambda some: slice(None) if some is docs else np.searchsorted(docs, some)
    seen = np.zeros(size, np.bool_)
    for found in postings:
        seen[found.docs] = True
    docs = np.flatnonzero(seen)
    index = np.empty(size, np.intp)
    index[docs] = np.arange(len(docs))
    return docs, lambda some: index[some]


def _add_nearness(candidates: Candidates, matcher: Matcher, pair: tuple[Unit, Unit]) -> None:
    """Add what it is worth that two units typed side by side stand near each other."""
    if any(0 < len(unit.beginning) < MIN_NEAR_PREFIX for unit in pair):
        return
    first, second = (matcher.places(unit) for unit in pair)
    near, is_next = _near(first, second)
    field, document = matcher.documents_at(near)
    visible = matcher.view.visible
    if visible is not None:
        kept = visible[document]
        is_next, field, document = is_next[kept], field[kept], document[kept]
    if not len(document):
        return
    gains = matcher.view.snapshot.field_gains[field].astype(np.float64)
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    z_near = np.add.reduceat(gains, starts)
    z_next = np.add.reduceat(gains * is_next, starts)
    worth = NEXT_WEIGHT * _steep(z_next) + NEAR_WEIGHT * _steep(z_near)
    candidates.add_scores(document[starts], idf(matcher.view.posts, len(starts)) * worth)


def _near(first: Places, second: Places) -> tuple[Places, NDArray[np.bool_]]:
    """Places of the first that have the second near, and whether it follows at once."""
    first = _around(first, second)
    low = np.searchsorted(second, first - NEAR_PLACES, "left")
    high = np.searchsorted(second, first + NEAR_PLACES, "right")
    at = np.searchsorted(second, first, "left")
    padded = np.append(second, -1)
    here = padded[at] == first
    follows = padded[at + here] == first + 1
    near = high - low - here > 0
    return first[near], follows[near]


def _around(first: Places, second: Places) -> Places:
    """Only those places of a much longer list that the shorter one has near."""
    if len(first) < 8 * len(second):
        return first
    low = np.searchsorted(first, second - NEAR_PLACES, "left")
    high = np.searchsorted(first, second + NEAR_PLACES, "right")
    chosen = np.zeros(len(first) + 1, np.int32)
    np.add.at(chosen, low, 1)
    np.add.at(chosen, high, -1)
    return first[np.cumsum(chosen[:-1]) > 0]


def _steep(z: Numbers) -> Numbers:
    return 4 * z / (z + 3)
