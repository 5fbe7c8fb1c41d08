"""Few: the formula of ``docs/ranking.md`` for a handful of candidates, in plain Python.

``scoring`` runs along arrays, and a call of numpy takes about a microsecond however
short the array is. After a phrase, or for a rare word, most of an answer would be
such calls. Here numpy only looks the candidates up, in lists that may be long; the
rest is Python's own numbers. Both ways give the same, to the last digit.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np

from searchsvc.engines.local.candidates import Candidates
from searchsvc.engines.local.matching import Matcher
from searchsvc.engines.local.nearness import (
    DOCUMENT_BITS,
    Docs,
    Places,
    nearness,
    worth_by_document,
)
from searchsvc.engines.local.segment import Postings
from searchsvc.ranking import (
    LITERAL_WEIGHT,
    NEAR_PLACES,
    SATURATION,
    idf,
)
from searchsvc.units import Unit

# From more places on, numpy is quicker at telling which are near others.
_FEW_PLACES = 32
_NONE: Docs = np.empty(0, np.intp)


class FewScores:
    """What a few documents score.

    Attributes:
        docs: in rising order.
        scores: by the formula.
        having, titles: for each document a bit for each unit that it has, and has in its title.
        weights: what each unit weighs.
    """

    def __init__(self, docs: Docs, matcher: Matcher) -> None:
        self.docs = docs
        self.scores = [0.0] * len(docs)
        self.having = [0] * len(docs)
        self.titles = [0] * len(docs)
        self.weights: list[float] = []
        self._documents: list[int] = docs.tolist()
        self._matcher = matcher
        self._places: dict[int, list[int]] = {}

    def add_unit(self, unit: Unit, found: Postings, factor: float) -> None:
        """Add what each document gets for having a unit, and for having the very word."""
        posts = self._matcher.view.posts
        bit = 1 << len(self.weights)
        weight = factor * idf(posts, found.count)
        self.weights.append(weight)
        literal = self._matcher.literal(unit, found)
        fields = found.fields.data
        for n, at, share in self._shares(found):
            score = weight * share
            self.scores[n] += score
            if literal is found:
                self.scores[n] += LITERAL_WEIGHT * score
            self.having[n] |= bit
            if fields[at] & 1:
                self.titles[n] |= bit
        if literal is not None and literal is not found:
            weight = factor * idf(posts, literal.count)
            for n, _, share in self._shares(literal):
                self.scores[n] += LITERAL_WEIGHT * (weight * share)

    def keep(self, *, every: bool) -> None:
        """Keep only the documents that have every unit, or at least one."""
        all_units = (1 << len(self.weights)) - 1
        kept = [n for n, bits in enumerate(self.having) if (bits == all_units if every else bits)]
        if len(kept) < len(self.having):
            self.docs = self.docs[kept]
            self._documents = self.docs.tolist()
            self.scores = [self.scores[n] for n in kept]
            self.having = [self.having[n] for n in kept]
            self.titles = [self.titles[n] for n in kept]

    def add_nearness(self, units: Sequence[Unit], pair: tuple[int, int]) -> None:
        """Add what it is worth that two units stand near each other."""
        first, second = (self._places_of(units, number) for number in pair)
        weight = (self.weights[pair[0]] + self.weights[pair[1]]) / 2
        for document, worth in self._nearness(first, second):
            self.scores[bisect_left(self._documents, document)] += weight * worth

    def add_titles(self) -> None:
        """Add what titles made of the query's words are worth."""
        title_weight = self._matcher.view.snapshot.title_weight
        for n, bits in enumerate(self.titles):
            if bits:
                found = 0.0
                for number, weight in enumerate(self.weights):
                    found += weight * (bits >> number & 1)
                covered = found / float(title_weight[self._documents[n]])
                self.scores[n] += found * min(covered, 1.0)

    def candidates(self) -> Candidates:
        """The documents as candidates with these scores."""
        candidates = Candidates(self.docs, pinned=_NONE, scratch=None, explained=False)
        candidates.scores = np.array(self.scores)
        candidates.having = np.array(self.having, np.int64)
        candidates.titles = np.array(self.titles, np.int64)
        candidates.weights = self.weights
        return candidates

    def _shares(self, found: Postings) -> Iterator[tuple[int, int, float]]:
        """For each document that is found its number here and there, and z, saturated."""
        docs, z = found.narrow_docs.data, found.narrow_z.data
        # Looked for among narrow numbers, wide ones would have all of those made wide.
        asked = self.docs.astype(found.narrow_docs.dtype, copy=False)
        for n, at in enumerate(found.narrow_docs.searchsorted(asked).tolist()):
            if at < found.count and docs[at] == self._documents[n]:
                yield n, at, (SATURATION + 1) * z[at] / (z[at] + SATURATION)

    def _places_of(self, units: Sequence[Unit], number: int) -> list[int]:
        """Where a unit stands in these documents, in rising order."""
        if number not in self._places:
            lists = self._matcher.place_lists(units[number])
            places = [place for own in lists for place in self._here(own)]
            self._places[number] = places if len(lists) == 1 else sorted(set(places))
        return self._places[number]

    @cached_property
    def _bounds(self) -> Places:
        """The first place of each document that is kept, and the first one after it."""
        return np.array([n << DOCUMENT_BITS for d in self._documents for n in (d, d + 1)])

    def _here(self, places: Places) -> Iterator[int]:
        """Of places in rising order those in these documents."""
        at = iter(places.searchsorted(self._bounds).tolist())
        for first, last in zip(at, at, strict=True):
            if first < last:
                yield from places[first:last].tolist()

    def _nearness(self, first: list[int], second: list[int]) -> Iterable[tuple[int, float]]:
        """The documents where the first has the second near, and what that is worth."""
        gains = self._matcher.view.snapshot.field_gains
        if len(first) <= _FEW_PLACES:
            return worth_by_document(_near(first, second), gains.data).items()
        places = np.array(first, np.int64), np.array(second, np.int64)
        docs, worth = nearness(*places, gains=gains)
        return zip(docs.tolist(), worth.tolist(), strict=True)


def _near(first: list[int], second: list[int]) -> Iterator[tuple[int, bool]]:
    """Places of the first that have the second near, and whether it follows at once."""
    last = len(second)
    for place in first:
        at = bisect_left(second, place)
        is_near = at > 0 and place - second[at - 1] <= NEAR_PLACES
        # A word may be both units; at its own place it is not near itself.
        at += at < last and second[at] == place
        after = second[at] - place if at < last else NEAR_PLACES + 1
        if is_near or after <= NEAR_PLACES:
            yield place, after == 1
