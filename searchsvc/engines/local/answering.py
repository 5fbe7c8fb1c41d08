"""Answering: a query and a snapshot give a page.

The steps in order: put the query into units, score the candidates, decide which
are found, count facets, order, and show one page.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local import facets, filters
from searchsvc.engines.local.candidates import Candidates
from searchsvc.engines.local.choosing import ALL, At, largest, picked
from searchsvc.engines.local.filters import Mask
from searchsvc.engines.local.hits import Showing
from searchsvc.engines.local.matching import Matcher
from searchsvc.engines.local.nearness import Docs
from searchsvc.engines.local.scoring import score
from searchsvc.engines.local.snapshot import Snapshot
from searchsvc.errors import AnswerTimeout
from searchsvc.explanation import Reason
from searchsvc.queries import FacetName, Query
from searchsvc.ranking import ENOUGH_WEIGHT
from searchsvc.resolving import Resolved, resolve
from searchsvc.results import FacetValue, Hit, ResultPage
from searchsvc.rules import Rules
from searchsvc.text.analysis import Analyzer
from searchsvc.units import Plan, plan

# Later than any date.
_NO_DAY = 4_000_000


def answer(query: Query, snapshot: Snapshot, analyzer: Analyzer, rules: Rules) -> ResultPage:
    """Answer a query from one snapshot.

    Raises:
        AnswerTimeout: it takes longer than the rules allow.
    """
    return _Answer(query, snapshot, analyzer, rules).page()


class _Answer:
    """The state of one answer while it is made."""

    def __init__(self, query: Query, snapshot: Snapshot, analyzer: Analyzer, rules: Rules) -> None:
        self.started = perf_counter()
        self.deadline = self.started + rules.timeout_s
        # What comes back, tells the tags that were meant.
        query = self.query = rules.asked(query)
        self.snapshot = snapshot
        self.analyzer = analyzer
        self.rules = rules
        self.at = query.at or datetime.now(UTC)
        self.view = snapshot.view(self.at)
        self.matcher = Matcher(self.view, analyzer)
        self.plan: Plan = plan(query)
        if not query.exact:
            self.plan = rules.synonyms.added_to(self.plan)
        self.resolved: Resolved = resolve(self.plan, self.matcher)
        self.pinned = self._pinned()
        self.codes = filters.codes(query, snapshot)
        self.with_phrases = filters.with_phrases(self.plan, self.matcher, self.check_time)
        self.candidates = self._candidates()
        # Other candidates than pinned ones have all phrases.
        are_bound = self.candidates is not None and not len(self.pinned)
        self.masks = filters.masks(
            query,
            self.plan,
            self.matcher,
            self.codes,
            having_phrases=None if are_bound else self.with_phrases,
            check_time=self.check_time,
        )

    def page(self) -> ResultPage:
        found, candidate = self._found(self.masks.values())
        chosen = self._page_of(found, candidate)
        hits = self._hits(found[chosen], None if candidate is None else picked(candidate, chosen))
        counted = self._facets(found)
        return ResultPage(
            query=self.query,
            corrected=self.resolved.corrected,
            ignored=self.resolved.ignored,
            total=len(found),
            hits=hits,
            facets=counted,
            index=self.view.info,
            took_ms=(perf_counter() - self.started) * 1000,
        )

    def check_time(self) -> None:
        if perf_counter() > self.deadline:
            raise AnswerTimeout(
                "The answer took too long and was given up. Ask for fewer words, or raise "
                "the setting answer_timeout_s"
            )

    def _candidates(self) -> Candidates | None:
        """Scored documents; None when there are no words that are known, and no pinned posts."""
        if not self.resolved.units and not (self.plan.typed and len(self.pinned)):
            return None
        candidates = score(
            self.resolved,
            self.matcher,
            every=self.query.match == "all",
            within=self.with_phrases,
            pinned=self.pinned,
            is_function_word=self.analyzer.is_function_word,
            check_time=self.check_time,
            explained=self.query.explain,
        )
        if beginning := self.plan.beginning:
            candidates.raise_titled(self.view.titled(beginning))
        if half_life := self.rules.recency_days:
            days = self.snapshot.days[candidates.docs].astype(np.int64)
            today = self.at.astimezone(UTC).toordinal()
            ages = np.where(days > 0, np.maximum(today - days, 0), -1)
            candidates.raise_recent(ages, half_life)
        candidates.settle()
        return candidates

    def _pinned(self) -> Docs:
        """The visible documents that are pinned for the query, in the owner's order."""
        docs = self.snapshot.documents_named(self.rules.pinned_for(self.plan))
        return docs if self.view.visible is None else docs[self.view.visible[docs]]

    def _found(self, masks: Iterable[Mask]) -> tuple[Docs, At | None]:
        """The found documents and, when they were scored, where they are among the candidates."""
        allowed = filters.all_of(masks)
        if self._finds_nothing():
            return np.empty(0, np.intp), None
        if self.candidates is None:
            every = np.arange(self.snapshot.size) if allowed is None else np.flatnonzero(allowed)
            return every, None
        docs = self.candidates.docs
        possible = ALL if allowed is None else allowed[docs].nonzero()[0]
        chosen = self._matching(self.candidates, possible)
        return docs[chosen], chosen

    def _finds_nothing(self) -> bool:
        if len(self.pinned):
            return False
        asked_all = self.query.match == "all" and bool(self.resolved.ignored)
        return asked_all or bool(self.plan.typed and not self.resolved.units)

    def _matching(self, candidates: Candidates, possible: At) -> At:
        """Those of the possible candidates that the rule of ``match`` finds, or that are pinned."""
        if self.query.match == "all":
            # All other candidates have all units.
            return candidates.pinned_among(possible) if self.resolved.ignored else possible
        if self.query.match == "any" or len(self.resolved.units) == 1:
            return possible
        enough: Mask = candidates.have_part(ENOUGH_WEIGHT)[possible]
        if enough.all():
            return possible
        enough[self._best(possible, self.rules.enough_hits)] = True
        return picked(possible, enough.nonzero()[0])

    def _best(self, possible: At, wanted: int) -> NDArray[np.intp]:
        """Where among the possible candidates the best by relevance are, in order."""
        assert self.candidates is not None
        keys = self.candidates.keys[possible]
        few = largest(keys, wanted)
        if self.snapshot.is_in_order:
            return few[(-keys[few]).argsort(kind="stable")[:wanted]]
        ranks = self.snapshot.rank[self.candidates.docs[picked(possible, few)]]
        return few[np.lexsort((ranks, -keys[few]))[:wanted]]

    def _page_of(self, found: Docs, candidate: At | None) -> NDArray[np.intp]:
        """Where among the found documents those of the page are, in order."""
        query = self.query
        first, last = (query.page - 1) * query.per_page, query.page * query.per_page
        if query.sort == "relevance" and candidate is not None:
            return self._best(candidate, last)[first:]
        keys = -self.snapshot.rank[found]
        if query.sort == "oldest":
            days = self.snapshot.days[found].astype(np.int64)
            # Of one day the earlier in the order of ties, and those without a date last.
            keys = keys - np.where(days > 0, days, _NO_DAY) * self.snapshot.size
        few = largest(keys, last)
        chosen: NDArray[np.intp] = few[(-keys[few]).argsort()[first:last]]
        return chosen

    def _hits(self, docs: Docs, candidate: NDArray[np.intp] | None) -> tuple[Hit, ...]:
        scores = np.zeros(len(docs))
        if candidate is not None and self.candidates is not None:
            scores = self.candidates.scores[candidate]
        missing = self._missing(docs, candidate)
        explained = self._explained(candidate, len(docs))
        showing = Showing(self.snapshot, self.resolved.units, self._marked_words(), self.analyzer)
        return tuple(
            [
                showing.hit(document, score, lacks, reasons, first)
                for document, score, lacks, (reasons, first) in zip(
                    docs.tolist(), scores.tolist(), missing, explained, strict=True
                )
            ]
        )

    def _marked_words(self) -> list[str]:
        units = self.resolved.units
        words = [form for unit in units for form in unit.forms]
        for unit in units:
            for row in (*unit.rows, *(guess.words for guess in unit.guesses)):
                words += row
        for phrase in self.plan.phrases:
            words += phrase.words
        return list(dict.fromkeys(words))

    def _explained(
        self, candidate: NDArray[np.intp] | None, count: int
    ) -> list[tuple[tuple[Reason, ...], str]]:
        """For each hit what its score is made of, and why it stands first if it does."""
        if not self.query.explain or candidate is None or self.candidates is None:
            return [((), "")] * count
        candidates = self.candidates
        first = [""] * count
        if self.query.sort == "relevance":
            first = [candidates.stands_first(n) for n in candidate.tolist()]
        return [
            (candidates.reasons(n), why) for n, why in zip(candidate.tolist(), first, strict=True)
        ]

    def _missing(self, docs: Docs, candidate: NDArray[np.intp] | None) -> list[tuple[str, ...]]:
        """For each document the units it lacks, as typed."""
        units, candidates = self.resolved.units, self.candidates
        is_one = len(units) == 1 and not len(self.pinned)
        if candidates is None or candidate is None or is_one:
            return [()] * len(docs)
        every = (1 << len(units)) - 1
        return [
            ()
            if bits == every
            else tuple(unit.text for n, unit in enumerate(units) if not bits >> n & 1)
            for bits in candidates.having[candidate].tolist()
        ]

    def _facets(self, found: Docs) -> dict[FacetName, tuple[FacetValue, ...]]:
        counts = facets.count(self.view, found) if self.query.facets else None
        answer: dict[FacetName, tuple[FacetValue, ...]] = {}
        for name in dict.fromkeys(self.query.facets):
            self.check_time()
            own = counts if not self._leaves_out_own(name) else self._count_without(name)
            assert own is not None
            answer[name] = facets.facet(self.snapshot, name, own, self.codes[name])
        return answer

    def _leaves_out_own(self, name: FacetName) -> bool:
        return name in self.masks and not (name == "tag" and self.query.tag_mode == "all")

    def _count_without(self, name: FacetName) -> facets.Counts:
        others, _ = self._found(mask for key, mask in self.masks.items() if key != name)
        return facets.count(self.view, others)
