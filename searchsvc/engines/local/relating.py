"""Relating: posts like a given one, by its telling words, its tags and its categories."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.candidates import saturated
from searchsvc.engines.local.hits import Showing
from searchsvc.engines.local.matching import Matcher
from searchsvc.engines.local.nearness import Docs
from searchsvc.engines.local.overlay import CATEGORY, TAG, value_key
from searchsvc.engines.local.snapshot import Snapshot, View
from searchsvc.errors import PostUnknown
from searchsvc.ranking import idf
from searchsvc.relations import (
    ENOUGH_ALIKE,
    LABEL_WEIGHT,
    MAX_SHARED_WORDS,
    MAX_TERMS,
    RelatedQuery,
    as_told,
    candidates,
    is_telling,
)
from searchsvc.results import Hit, RelatedPost, RelatedPosts
from searchsvc.text.analysis import Analyzer
from searchsvc.units import Unit


class _Shared(NamedTuple):
    """Something the asked post has, and what it is worth to each document that has it."""

    docs: Docs
    worth: NDArray[np.float64]

    def worth_to(self, document: int) -> float:
        at = int(self.docs.searchsorted(document))
        is_there = at < len(self.docs) and self.docs[at] == document
        return float(self.worth[at]) if is_there else 0.0


class _Term(NamedTuple):
    unit: Unit
    weight: float
    shared: _Shared


def related(query: RelatedQuery, snapshot: Snapshot, analyzer: Analyzer) -> RelatedPosts:
    """Answer a request from one snapshot.

    Raises:
        PostUnknown: there is no such post, or it is not visible at the moment of asking.
    """
    started = perf_counter()
    view = snapshot.view(query.at or datetime.now(UTC))
    document = snapshot.number_of(query.id)
    if document is None or not (view.visible is None or view.visible[document]):
        raise PostUnknown(query.id)
    return RelatedPosts(
        query=query,
        posts=tuple(_Relating(view, document, analyzer).best(query.limit)),
        index=view.info,
        took_ms=(perf_counter() - started) * 1000,
    )


class _Relating:
    """One post of a view, and what others can share with it."""

    def __init__(self, view: View, document: int, analyzer: Analyzer) -> None:
        self._view = view
        self._snapshot = view.snapshot
        self._document = document
        self._analyzer = analyzer
        self._matcher = Matcher(view, analyzer)
        # Nothing is marked.
        self._showing = Showing(self._snapshot, (), (), analyzer)
        self._asked = self._hit(document, 0.0)
        self._categories = {c: self._label(CATEGORY, c) for c in self._asked.categories}
        self._tags = {tag: self._label(TAG, tag) for tag in self._asked.tags}
        self._terms = self._best_terms()

    def best(self, wanted: int) -> Iterator[RelatedPost]:
        """The documents that are alike enough, most alike first."""
        scores = self._scores()
        enough = ENOUGH_ALIKE * scores[self._document]
        scores[self._document] = 0
        docs = np.flatnonzero((scores > 0) & (scores >= enough))
        if len(docs) > wanted:
            least = np.partition(scores[docs], -wanted)[-wanted]
            docs = docs[scores[docs] >= least]
        order = np.lexsort((self._snapshot.rank[docs], -scores[docs]))[:wanted]
        for document in docs[order].tolist():
            yield self._post(document, float(scores[document]))

    def _scores(self) -> NDArray[np.float64]:
        scores = np.zeros(self._snapshot.size)
        terms = (term.shared for term in self._terms)
        for shared in (*self._categories.values(), *self._tags.values(), *terms):
            scores[shared.docs] += shared.worth
        return scores

    def _label(self, kind: str, value: str) -> _Shared:
        code = self._snapshot.value_code(value_key(kind, value))
        docs = self._snapshot.value_docs(code).astype(np.intp)
        if self._view.visible is not None:
            docs = docs[self._view.visible[docs]]
        worth = LABEL_WEIGHT * idf(self._view.posts, len(docs))
        return _Shared(docs, np.full(len(docs), worth))

    def _best_terms(self) -> list[_Term]:
        asked = self._asked
        texts = (asked.title, *asked.categories, *asked.tags, asked.excerpt)
        found = [t for unit in candidates(texts, self._analyzer) if (t := self._term(unit))]
        found.sort(key=lambda term: -term.weight)
        return found[:MAX_TERMS]

    def _term(self, unit: Unit) -> _Term | None:
        """What the unit is worth; None when it relates no posts."""
        if not any(map(self._matcher.has_form, unit.forms)):
            return None  # a tag's commonest spelling may be cut into other words than its own
        found = self._matcher.unit(unit)
        if not is_telling(len(found.docs), self._view.posts):
            return None
        alike = _Shared(found.docs, saturated(found.z))
        weight = alike.worth_to(self._document) * idf(self._view.posts, len(found.docs))
        return _Term(unit, weight, _Shared(found.docs, weight * alike.worth)) if weight else None

    def _post(self, document: int, score: float) -> RelatedPost:
        categories = tuple(c for c, has in self._categories.items() if has.worth_to(document))
        tags = tuple(tag for tag, has in self._tags.items() if has.worth_to(document))
        return RelatedPost(
            hit=self._hit(document, score),
            categories=categories,
            tags=tags,
            words=self._words(document, told=(*categories, *tags)),
        )

    def _words(self, document: int, told: Iterable[str]) -> tuple[str, ...]:
        """The shared words that are worth most, but those that labels tell already."""
        stem = self._analyzer.stem
        known = {stem(token.word) for label in told for token in self._analyzer.tokens(label)}
        shared = [
            (worth, as_told(term.unit))
            for term in self._terms
            if stem(term.unit.forms[0]) not in known and (worth := term.shared.worth_to(document))
        ]
        shared.sort(key=lambda one: -one[0])
        return tuple(text for _, text in shared[:MAX_SHARED_WORDS])

    def _hit(self, document: int, score: float) -> Hit:
        return self._showing.hit(document, score, (), (), "")
