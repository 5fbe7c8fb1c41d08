"""Candidates: the documents that a query may find, and what each has scored so far.

All arrays run along the candidates. Which units a document has is put into bits, so
that what they weigh together is one look into a table. Most queries are one word, and
none of its candidates lacks it: bits are only made where somebody asks for them.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchsvc import explanation
from searchsvc.engines.local.choosing import ALL, At
from searchsvc.engines.local.nearness import Docs, Numbers, contained
from searchsvc.engines.local.segment import Postings
from searchsvc.explanation import Reason, recency_reason
from searchsvc.ranking import RECENCY_WEIGHT, SATURATION, TITLE_BEGINS_WEIGHT

Bits = NDArray[np.int64]
# Above any score: what having a word as it was typed adds to the key of the order when
# others were corrected, and what having all units in the title does.
_LITERAL_FIRST = 1e5
_TITLE_FIRST = 1e6
_PINNED_FIRST = 1e9
# A table of sums has 2 to the power of so many entries; beyond, sums are made one by one.
_TABLED_UNITS = 6


class _Entry(NamedTuple):
    """What was added to the scores of some candidates, and why."""

    reason: Callable[[int], str]
    at: At
    scores: Numbers


class Candidates:
    """Documents that a query may find.

    Attributes:
        docs: in rising order.
        scores: by the formula.
        keys: what the order by relevance goes by: the higher, the further up.
        weights: what each unit weighs.
        telling_bits: a bit for each unit, function words aside if there are others.
        literal_bits: of these, those of units that were typed so, where others were
            corrected; 0 where none was.
        pinned: where among the candidates the pinned ones are, in the owner's order.
    """

    def __init__(self, docs: Docs, *, pinned: Docs, scratch: Docs | None, explained: bool) -> None:
        """Begin with no scores.

        Args:
            pinned: some of the documents.
            scratch: a number for each document of the snapshot, to write into;
                None when there may be postings of documents that are no candidates.
        """
        self.docs = docs
        self.scores: Numbers = np.zeros(len(docs))
        self.keys = self.scores
        self.weights: list[float] = []
        self.telling_bits = 0
        self.literal_bits = 0
        self.pinned = docs.searchsorted(pinned) if len(pinned) else pinned
        self._index = scratch
        # For each unit where the candidates are that have it, and that have it in the title.
        self._with: list[At] = []
        self._titled: list[NDArray[np.intp]] = []
        if scratch is not None:
            scratch[docs] = np.arange(len(docs))
        self._ledger: list[_Entry] | None = [] if explained else None

    @cached_property
    def having(self) -> Bits:
        """For each document a bit for each unit that it has."""
        return self._bits(self._with)

    @cached_property
    def titles(self) -> Bits:
        """For each document a bit for each unit that it has in its title."""
        return self._bits(self._titled)

    def align(self, docs: Docs) -> tuple[At, At]:
        """Where given documents are among the candidates, and which of the given they are."""
        if docs is self.docs:
            return ALL, ALL
        if self._index is not None:
            return self._index[docs], ALL
        if len(docs) < len(self.docs):
            of = contained(docs, self.docs).nonzero()[0]
            return self.docs.searchsorted(docs[of]), of
        at = contained(self.docs, docs).nonzero()[0]
        return at, docs.searchsorted(self.docs[at])

    def add_unit(self, found: Postings, weight: float, reason: Callable[[int], str]) -> Numbers:
        """Count a unit for the documents that have it; returns what each of them gets."""
        at, of = self.align(found.docs)
        self.weights.append(weight)
        scores = weight * saturated(found.z[of])
        fields = found.fields[of]
        titled = (fields & 1).view(np.bool_).nonzero()[0]
        self._with.append(at)
        self._titled.append(titled if isinstance(at, slice) else at[titled])
        self._add(at, scores, lambda n: reason(int(fields[n])))
        return scores

    def add(self, docs: Docs, scores: Numbers, reason: str) -> None:
        """Add to the scores of those of some documents that are candidates."""
        at, of = self.align(docs)
        self._add(at, scores[of], lambda _: reason)

    def add_again(self, scores: Numbers, reason: str) -> None:
        """Add to the scores of the documents of the last unit, for another reason."""
        self._add(self._with[-1], scores, lambda _: reason)

    def add_titles(self, title_weight: NDArray[np.float32]) -> None:
        """Add what a title made of the query's words is worth."""
        found: Numbers | np.float64
        if len(self._titled) == 1:
            titled, found = self._titled[0], np.float64(self.weights[0])
        else:
            titled = self.titles.nonzero()[0]
            found = self._weight_of(self.titles[titled])
        scores = found * np.minimum(found / title_weight[self.docs[titled]], 1.0)
        self._add(titled, scores, lambda _: explanation.TITLE_COVERED)

    def raise_titled(self, docs: Docs) -> None:
        """Raise the scores of those of the documents whose title begins with what is typed."""
        docs = docs[contained(docs, self.docs)]
        if not len(docs):
            return
        at = self.docs.searchsorted(docs)
        self._add(at, TITLE_BEGINS_WEIGHT * self.scores[at], lambda _: explanation.TITLE_BEGINS)

    def raise_recent(self, ages: NDArray[np.int64], half_life_days: float) -> None:
        """Raise the scores of recent documents.

        Args:
            ages: in days, along the candidates; below 0 for those without a date.
        """
        dated = (ages >= 0).nonzero()[0]
        parts = RECENCY_WEIGHT * np.exp2(-ages[dated] / half_life_days)
        self._add(dated, parts * self.scores[dated], lambda n: recency_reason(int(ages[dated[n]])))

    def settle(self) -> None:
        """Settle the order: pinned ones first, then titles with all the words, then by score.

        Where words were corrected, those with a word as it was typed come before those without.
        """
        self.keys = self.scores.copy()
        if self.weights:
            is_one = len(self._titled) == 1
            whole = self._titled[0] if is_one else self._are_whole_titles(self.titles)
            self.keys[whole] += _TITLE_FIRST
        if self.literal_bits:
            self.keys += _LITERAL_FIRST * ((self.having & self.literal_bits) != 0)
        if len(self.pinned):
            self.keys[self.pinned] = _PINNED_FIRST - np.arange(len(self.pinned))

    def pinned_among(self, candidates: At) -> NDArray[np.intp]:
        """Those of some candidates, in rising order, that are pinned."""
        pinned = np.sort(self.pinned)
        return pinned if isinstance(candidates, slice) else pinned[contained(pinned, candidates)]

    def have_part(self, part: float) -> NDArray[np.bool_]:
        """For each candidate whether its units weigh at least such a part of all."""
        # Sums of the same weights in another order may differ in the last digit.
        return self._weight_of(self.having) >= part * sum(self.weights) - 1e-9

    def stands_first(self, candidate: int) -> str:
        """Why a candidate stands above others with higher scores, or ""."""
        if candidate in self.pinned:
            return explanation.PINNED
        is_whole = self._are_whole_titles(self.titles[candidate : candidate + 1])[0]
        return explanation.WHOLE_TITLE if is_whole else ""

    def reasons(self, candidate: int) -> tuple[Reason, ...]:
        """What the score of a candidate is made of."""
        return tuple(_reasons(self._ledger or (), candidate))

    def _bits(self, of_units: Sequence[At]) -> Bits:
        """For each document a bit for each unit, given where the documents are that get it."""
        bits = np.zeros(len(self.docs), np.int64)
        for number, at in enumerate(of_units):
            bits[at] |= 1 << number
        return bits

    def _are_whole_titles(self, titles: Bits) -> NDArray[np.bool_]:
        """For each title by its bits whether it has all the words that tell something."""
        # No unit at all is no reason to stand first.
        whole: NDArray[np.bool_] = titles & self.telling_bits == (self.telling_bits or -1)
        return whole

    def _weight_of(self, bits: Bits) -> Numbers:
        """What the units that some bits stand for weigh together."""
        if len(self.weights) > _TABLED_UNITS:
            total: Numbers = np.zeros(len(bits))
            for n, weight in enumerate(self.weights):
                total += weight * (bits >> n & 1)
            return total
        table = [0.0]
        for weight in self.weights:
            table += [other + weight for other in table]
        return np.array(table)[bits]

    def _add(self, at: At, scores: Numbers, reason: Callable[[int], str]) -> None:
        self.scores[at] += scores
        if self._ledger is not None:
            self._ledger.append(_Entry(reason, at, scores))


def saturated(z: Numbers) -> Numbers:
    """How much of a unit's weight a post gets."""
    return (SATURATION + 1) * z / (z + SATURATION)


def _reasons(ledger: Sequence[_Entry], candidate: int) -> Iterator[Reason]:
    for entry in ledger:
        at = candidate
        if not isinstance(entry.at, slice):
            at = int(entry.at.searchsorted(candidate))
            if at == len(entry.at) or entry.at[at] != candidate:
                continue
        if score := float(entry.scores[at]):
            yield Reason(entry.reason(at), score)
