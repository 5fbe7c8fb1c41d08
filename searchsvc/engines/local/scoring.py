"""Scoring: the candidates of a query, what they weigh and their scores.

The formula is told in ``docs/ranking.md``. Candidates are the visible documents
that have at least one unit, and those that are pinned; all arrays run along them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchsvc import explanation
from searchsvc.engines.local.matching import Docs, Matcher, Places, contained
from searchsvc.engines.local.segment import Postings
from searchsvc.explanation import (
    Reason,
    literal_reason,
    near_reason,
    recency_reason,
    unit_reason,
)
from searchsvc.ranking import (
    CORRECTED_WEIGHT,
    FUNCTION_WORD_WEIGHT,
    LITERAL_WEIGHT,
    MIN_NEAR_PREFIX,
    NEAR_PLACES,
    NEAR_WEIGHT,
    NEXT_WEIGHT,
    RECENCY_WEIGHT,
    TITLE_BEGINS_WEIGHT,
    idf,
)
from searchsvc.resolving import Resolved
from searchsvc.units import Unit

Numbers = NDArray[np.float64]
# Above any score: what having all units in the title adds to the key of the order.
_TITLE_FIRST = 1e6
_PINNED_FIRST = 1e9


class _Entry(NamedTuple):
    """What was added to the scores of some candidates, and why."""

    reason: Callable[[int], str]
    at: "NDArray[np.intp] | slice"
    scores: Numbers


class Candidates:
    """Documents with at least one unit, or pinned.

    Attributes:
        docs: in rising order.
        postings: for each unit the documents that have it.
        whole: what all units weigh together.
        weights: what the units of each document weigh together.
        scores: by the formula.
        keys: what the order by relevance goes by: the higher, the further up.
        pinned: where among the candidates the pinned ones are, in the owner's order.
    """

    def __init__(
        self, postings: Sequence[Postings], size: int, *, pinned: Docs, explained: bool
    ) -> None:
        self.postings = postings
        self.docs, self._index = _union([*(p.docs for p in postings), pinned], size)
        self.pinned = np.atleast_1d(self._where(pinned))
        self.whole = 0.0
        self.weights: Numbers = np.zeros(len(self.docs))
        self.scores: Numbers = np.zeros(len(self.docs))
        self.keys = self.scores
        self.units = np.zeros(len(self.docs), np.int16)
        self._in_title = np.zeros(len(self.docs), np.int16)
        self._title_weights: Numbers = np.zeros(len(self.docs))
        self._ledger: list[_Entry] | None = [] if explained else None

    def add_unit(self, unit: Unit, found: Postings, weight: float) -> None:
        """Count a unit for the documents that have it."""
        at = self._index(found.docs)
        self.whole += weight
        self.units[at] += 1
        self.weights[at] += weight
        self._add(at, weight * _saturated(found.z), lambda n: unit_reason(unit, found.fields[n]))
        in_title = (found.fields & 1).astype(np.bool_)
        titles = at[in_title] if isinstance(at, np.ndarray) else in_title
        self._in_title[titles] += 1
        self._title_weights[titles] += weight

    def add_scores(self, docs: Docs, scores: Numbers, reason: str) -> None:
        """Add to the scores of some of the documents."""
        self._add(self._index(docs), scores, lambda _: reason)

    def add_titles(self, title_weight: NDArray[np.float32]) -> None:
        """Add what a title made of the query's words is worth."""
        titled = np.flatnonzero(self._title_weights)
        found = self._title_weights[titled]
        whole = np.maximum(title_weight[self.docs[titled]].astype(np.float64), 1e-9)
        scores = found * np.minimum(1.0, found / whole)
        self._add(titled, scores, lambda _: explanation.TITLE_COVERED)

    def raise_titled(self, docs: Docs) -> None:
        """Raise the scores of those of the documents whose title begins with what is typed."""
        at = self._where(docs[contained(docs, self.docs)])
        self._add(at, TITLE_BEGINS_WEIGHT * self.scores[at], lambda _: explanation.TITLE_BEGINS)

    def raise_recent(self, ages: NDArray[np.int64], half_life_days: float) -> None:
        """Raise the scores of recent documents.

        Args:
            ages: in days, along the candidates; below 0 for those without a date.
        """
        dated = np.flatnonzero(ages >= 0)
        parts = RECENCY_WEIGHT * np.exp2(-ages[dated] / half_life_days)
        self._add(dated, parts * self.scores[dated], lambda n: recency_reason(int(ages[dated[n]])))

    def settle(self) -> None:
        """Settle the order: pinned ones first, then titles with all the words, then by score."""
        if self.postings:
            every = self._in_title == len(self.postings)
            self.keys = self.scores + _TITLE_FIRST * every
        self.keys[self.pinned] = _PINNED_FIRST - np.arange(len(self.pinned))

    def stands_first(self, candidate: int) -> str:
        """Why a candidate stands above others with higher scores, or ""."""
        if candidate in self.pinned:
            return explanation.PINNED
        in_title = self.postings and self._in_title[candidate] == len(self.postings)
        return explanation.WHOLE_TITLE if in_title else ""

    def reasons(self, candidate: int) -> tuple[Reason, ...]:
        """What the score of a candidate is made of."""
        return tuple(_reasons(self._ledger or (), candidate))

    def _where(self, docs: Docs) -> NDArray[np.intp]:
        return np.searchsorted(self.docs, docs)

    def _add(
        self, at: "NDArray[np.intp] | slice", scores: Numbers, reason: Callable[[int], str]
    ) -> None:
        self.scores[at] += scores
        if self._ledger is not None:
            self._ledger.append(_Entry(reason, at, scores))


def score(
    asked: Resolved,
    matcher: Matcher,
    *,
    pinned: Docs,
    is_function_word: Callable[[str], bool],
    check_time: Callable[[], None],
    explained: bool,
) -> Candidates:
    """Score all candidates for at least one unit; raise and ``settle`` them next.

    Args:
        pinned: documents that are candidates in any case.
        explained: keep what ``reasons`` needs.
    """
    postings = [matcher.unit(unit) for unit in asked.units]
    posts = matcher.view.posts
    size = matcher.view.snapshot.size
    candidates = Candidates(postings, size, pinned=pinned, explained=explained)
    factors = _factors(asked.units, is_function_word)
    for unit, factor, found in zip(asked.units, factors, postings, strict=True):
        check_time()
        candidates.add_unit(unit, found, factor * idf(posts, len(found.docs)))
        if literal := matcher.word(unit.literal):
            weight = LITERAL_WEIGHT * factor * idf(posts, len(literal.docs))
            scores = weight * _saturated(literal.z)
            candidates.add_scores(literal.docs, scores, literal_reason(unit))
    for first, second in asked.neighbours:
        check_time()
        _add_nearness(candidates, matcher, (asked.units[first], asked.units[second]))
    candidates.add_titles(matcher.view.snapshot.title_weight)
    return candidates


def _reasons(ledger: Sequence[_Entry], candidate: int) -> Iterator[Reason]:
    for entry in ledger:
        at = candidate
        if not isinstance(entry.at, slice):
            at = int(np.searchsorted(entry.at, candidate))
            if at == len(entry.at) or entry.at[at] != candidate:
                continue
        if score := float(entry.scores[at]):
            yield Reason(entry.reason(at), score)


def _factors(units: Sequence[Unit], is_function_word: Callable[[str], bool]) -> list[float]:
    functional = [is_function_word(unit.literal) and not unit.beginning for unit in units]
    usual = [CORRECTED_WEIGHT if unit.guesses else 1.0 for unit in units]
    if all(functional):
        return usual
    return [FUNCTION_WORD_WEIGHT if f else u for f, u in zip(functional, usual, strict=True)]


def _saturated(z: Numbers) -> Numbers:
    return 2.6 * z / (z + 1.6)


def _union(
    parts: Sequence[Docs], size: int
) -> tuple[Docs, Callable[[Docs], NDArray[np.intp] | slice]]:
    """All documents of some lists, and where given ones are among them."""
    filled = [part for part in parts if len(part)]
    if len(filled) == 1:
        docs = filled[0]
        return docs, lambda some: slice(None) if some is docs else np.searchsorted(docs, some)
    seen = np.zeros(size, np.bool_)
    for part in filled:
        seen[part] = True
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
    scores = idf(matcher.view.posts, len(starts)) * worth
    candidates.add_scores(document[starts], scores, near_reason(*pair))


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
