"""Answers of the engine in memory: what is found, in which order, counted and shown."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from time import perf_counter

from memory_words import TITLE, Blog, Read, Scorer, Visible, has_row, has_word, values

from searchsvc import explanation
from searchsvc.documents import Document, path_of
from searchsvc.errors import AnswerTimeout
from searchsvc.explanation import Reason, recency_reason
from searchsvc.queries import FacetName, Query
from searchsvc.ranking import ENOUGH_WEIGHT, RECENCY_WEIGHT, TITLE_BEGINS_WEIGHT
from searchsvc.resolving import resolve
from searchsvc.results import FacetValue, Hit, IndexInfo, ResultPage
from searchsvc.rules import Rules
from searchsvc.text.folding import fold
from searchsvc.text.snippets import EXCERPT_CHARS, Snippet, snippet_of
from searchsvc.units import plan

VALUES_SHOWN = 20


def answer(
    query: Query, blog: Blog, rules: Rules, *, info: Callable[[int], IndexInfo]
) -> ResultPage:
    """Answer a query. ``info`` tells of the index, given how many posts are visible."""
    page = _Answer(query, blog, rules).page(info)
    if page.took_ms > rules.timeout_s * 1000:
        raise AnswerTimeout("The answer took too long")
    return page


class _Answer:
    """One query, asked of one blog at one instant."""

    def __init__(self, query: Query, blog: Blog, rules: Rules) -> None:
        self.started = perf_counter()
        query = self.query = rules.asked(query)
        self.blog = blog
        self.rules = rules
        self.at = query.at or datetime.now(UTC)
        self.visible = Visible(blog, self.at)
        self.plan = plan(query) if query.exact else rules.synonyms.added_to(plan(query))
        self.asked = resolve(self.plan, self.visible)
        self.pinned = self._pinned()
        self.scorer = Scorer(self.asked, self.visible)
        self.reasons = {p.document.id: tuple(self._reasons(p)) for p in self.visible.posts}
        self.scores = {id: sum(r.score for r in why) for id, why in self.reasons.items()}
        self.has = {p.document.id: self.scorer.has(p) for p in self.visible.posts}

    def page(self, info: Callable[[int], IndexInfo]) -> ResultPage:
        found = self._found()
        first = (self.query.page - 1) * self.query.per_page
        shown = self._in_order(found)[first : first + self.query.per_page]
        return ResultPage(
            query=self.query,
            corrected=self.asked.corrected,
            ignored=self.asked.ignored,
            total=len(found),
            hits=tuple(self._hit(post) for post in shown),
            facets={name: self._facet(name, found) for name in self.query.facets},
            index=info(len(self.visible.posts)),
            took_ms=(perf_counter() - self.started) * 1000,
        )

    # What is found

    def _found(self, *, but: str = "") -> list[Read]:
        """The posts found, as if the filter named by ``but`` were not there."""
        possible = [
            post
            for post in self.visible.posts
            if self._holds(post) and self._passes(post.document, but=but)
        ]
        pinned = [post for post in possible if post in self.pinned]
        if self.plan.typed and not self.asked.units:
            return pinned  # nothing that was typed is known
        if self.query.match == "all" and self.asked.ignored:
            return pinned
        if not self.asked.units:
            return possible
        having = [p for p in possible if any(self.has[p.document.id]) or p in pinned]
        matching = self._matching(having)
        return [post for post in having if post in matching or post in pinned]

    def _matching(self, possible: list[Read]) -> list[Read]:
        """Those of the posts with at least one unit that the rule of ``match`` finds."""
        if self.query.match == "any":
            return possible
        if self.query.match == "all":
            return [post for post in possible if all(self.has[post.document.id])]
        best = sorted(possible, key=self._by_relevance)[: self.rules.enough_hits]
        return [post for post in possible if self._has_half(post) or post in best]

    def _has_half(self, post: Read) -> bool:
        weights = zip(self.scorer.weights, self.has[post.document.id], strict=True)
        own = sum(weight for weight, is_there in weights if is_there)
        # A billionth, as sums of the same weights in another order differ in the last digit.
        return own >= ENOUGH_WEIGHT * sum(self.scorer.weights) - 1e-9

    def _holds(self, post: Read) -> bool:
        """Whether phrases and exclusions hold."""
        return (
            all(has_row(post, row) for row in self.plan.phrases)
            and not any(has_row(post, row) for row in self.plan.excluded)
            and not any(has_word(post, w, self.blog.analyzer) for w in self.plan.excluded_words)
        )

    def _passes(self, document: Document, *, but: str) -> bool:
        """Whether the filters hold, leaving out the one named by ``but``."""
        query = self.query
        tags = [fold(tag) in _keys("tag", document) for tag in query.tags]
        categories = [fold(c) in _keys("category", document) for c in query.categories]
        years = [str(year) in _keys("year", document) for year in query.years]
        some_tags = all(tags) if query.tag_mode == "all" else any(tags)
        return (
            (but == "tag" or not tags or some_tags)
            and (but == "category" or not categories or any(categories))
            and (but == "year" or not years or any(years))
            and self._is_in_time(document)
        )

    def _is_in_time(self, document: Document) -> bool:
        after, before, day = self.query.after, self.query.before, document.date
        if after is None and before is None:
            return True
        if day is None:
            return False
        return (after is None or after <= day) and (before is None or day < before)

    # The order

    def _in_order(self, posts: Iterable[Read]) -> list[Read]:
        if self.query.sort == "relevance":
            return sorted(posts, key=self._by_relevance)
        return sorted(posts, key=lambda p: _by_date(p, oldest_first=self.query.sort == "oldest"))

    def _by_relevance(self, post: Read) -> tuple[object, ...]:
        pin = self.pinned.index(post) if post in self.pinned else len(self.pinned)
        whole_title = self.scorer.is_whole_title(post)
        score = self.scores[post.document.id]
        literal = self.scorer.is_literal(post)
        return (pin, not whole_title, not literal, -score, *_by_date(post, oldest_first=False))

    def _pinned(self) -> list[Read]:
        """The posts that the owner has pinned for the query, in the owner's order."""
        names = self.rules.pinned_for(self.plan)
        pinned = [
            post
            for name in names
            for post in sorted(self.visible.posts, key=lambda p: _by_date(p, oldest_first=False))
            if name in (post.document.id, post.document.url, path_of(post.document.url))
        ]
        return [post for n, post in enumerate(pinned) if post not in pinned[:n]]

    def _reasons(self, post: Read) -> Iterator[Reason]:
        """What the score of a post is made of."""
        score = 0.0
        for reason in self.scorer.reasons(post):
            score += reason.score
            yield reason
        title = " ".join(w.word for w in post.words if w.field == TITLE and w.is_part)
        if self.plan.beginning and title.startswith(self.plan.beginning) and score:
            yield Reason(explanation.TITLE_BEGINS, TITLE_BEGINS_WEIGHT * score)
            score += TITLE_BEGINS_WEIGHT * score
        if self.rules.recency_days and post.document.date and score:
            days = max(0, (self.at.astimezone(UTC).date() - post.document.date).days)
            if part := RECENCY_WEIGHT * 2 ** (-days / self.rules.recency_days) * score:
                yield Reason(recency_reason(days), part)

    # What is shown

    def _hit(self, post: Read) -> Hit:
        document = post.document
        has = zip(self.asked.units, self.has[document.id], strict=True)
        return Hit(
            id=document.id,
            url=document.url,
            title=document.title,
            excerpt=document.excerpt,
            categories=tuple(self.blog.spelling("category", c) for c in document.categories),
            tags=tuple(self.blog.spelling("tag", t) for t in document.tags),
            date=document.date,
            score=self.scores[document.id],
            missing=tuple(unit.text for unit, is_there in has if not is_there),
            reasons=self.reasons[document.id] if self._is_explained else (),
            stands_first=self._stands_first(post) if self._is_explained else "",
            title_snippet=self._snippet(document, document.title, limit=len(document.title)),
            excerpt_snippet=self._snippet(document, document.excerpt, limit=EXCERPT_CHARS),
        )

    def _stands_first(self, post: Read) -> str:
        if self.query.sort != "relevance":
            return ""
        if post in self.pinned:
            return explanation.PINNED
        return explanation.WHOLE_TITLE if self.scorer.is_whole_title(post) else ""

    @property
    def _is_explained(self) -> bool:
        return self.query.explain and bool(self.asked.units or (self.plan.typed and self.pinned))

    def _snippet(self, document: Document, text: str, *, limit: int) -> Snippet:
        analyzer = self.blog.analyzer
        stem = analyzer.stem_in(analyzer.language_of(document.lang))
        stems = {stem(word) for word in self._marked_words()}
        beginnings = tuple(unit.beginning for unit in self.asked.units if unit.beginning)
        spans = [
            (token.start, token.end)
            for token in analyzer.tokens(text)
            if stem(token.word) in stems or token.word.startswith(beginnings)
        ]
        return snippet_of(text, spans, limit=limit)

    def _marked_words(self) -> Iterator[str]:
        for unit in self.asked.units:
            yield from unit.forms
            yield from (word for row in unit.rows for word in row)
            yield from (word for guess in unit.guesses for word in guess.words)
        yield from (word for phrase in self.plan.phrases for word in phrase.words)

    # Facets

    def _facet(self, name: FacetName, found: list[Read]) -> tuple[FacetValue, ...]:
        keeps_own_filter = name == "tag" and self.query.tag_mode == "all"
        counted = found if keeps_own_filter else self._found(but=name)
        counts = Counter(key for post in counted for key in _keys(name, post.document))
        given: dict[str, str] = {}
        for value in self._selected(name):
            given.setdefault(fold(value), value)
        told = [
            FacetValue(self.blog.spelling(name, given.get(key, key)), counts[key], key in given)
            for key in {*counts, *given}
        ]
        told.sort(key=lambda v: (-v.count, v.value))
        first = [v for v in told if v.count][:VALUES_SHOWN]
        return tuple(v for v in told if v in first or v.selected)

    def _selected(self, name: FacetName) -> Iterator[str]:
        query = self.query
        chosen = {"tag": query.tags, "category": query.categories, "year": query.years}
        yield from map(str, chosen[name])


def _keys(name: FacetName, document: Document) -> set[str]:
    return {fold(value) for value in values(name, document)}


def _by_date(post: Read, *, oldest_first: bool) -> tuple[bool, int, str]:
    """Undated posts last, whichever way the dates go; then by id."""
    day = post.document.date
    number = day.toordinal() if day else 0
    return day is None, number if oldest_first else -number, post.document.id
