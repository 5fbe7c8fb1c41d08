"""Related posts of the engine in memory: ``docs/ranking.md``, "Related posts", by plain loops."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter

from memory_words import Blog, Read, Visible, is_unit, values

from searchsvc.errors import PostUnknown
from searchsvc.queries import FacetName
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
from searchsvc.results import Hit, IndexInfo, RelatedPost, RelatedPosts
from searchsvc.text.folding import fold
from searchsvc.text.snippets import EXCERPT_CHARS, snippet_of
from searchsvc.units import Unit


def related(query: RelatedQuery, blog: Blog, *, info: Callable[[int], IndexInfo]) -> RelatedPosts:
    """Answer a request. ``info`` tells of the index, given how many posts are visible."""
    started = perf_counter()
    visible = Visible(blog, query.at or datetime.now(UTC))
    asked = [post for post in visible.posts if post.document.id == query.id]
    if not asked:
        raise PostUnknown(query.id)
    return RelatedPosts(
        query=query,
        posts=tuple(_Relating(asked[0], visible).best(query.limit)),
        index=info(len(visible.posts)),
        took_ms=(perf_counter() - started) * 1000,
    )


class _Relating:
    """One post, and what others share with it."""

    def __init__(self, asked: Read, visible: Visible) -> None:
        self._asked = asked
        self._visible = visible
        self._blog = visible.blog
        self._categories = self._labels("category", asked)
        self._tags = self._labels("tag", asked)
        self._terms = self._best_terms()

    def best(self, wanted: int) -> list[RelatedPost]:
        scores = {post.document.id: self._score(post) for post in self._visible.posts}
        enough = ENOUGH_ALIKE * scores[self._asked.document.id]
        found = [
            post
            for post in self._visible.posts
            if post is not self._asked and 0 < scores[post.document.id] >= enough
        ]

        def order(post: Read) -> tuple[object, ...]:
            day = post.document.date
            newest_first = -day.toordinal() if day else 0
            return -scores[post.document.id], newest_first, post.document.id

        return [self._told(p, scores[p.document.id]) for p in sorted(found, key=order)[:wanted]]

    def _score(self, post: Read) -> float:
        score = 0.0
        for name, labels in (("category", self._categories), ("tag", self._tags)):
            for label in labels:
                if label in self._labels(name, post):
                    score += LABEL_WEIGHT * self._label_idf(name, label)
        return score + sum(weight * self._saturated(unit, post) for unit, weight in self._terms)

    def _labels(self, name: FacetName, post: Read) -> list[str]:
        return [self._blog.spelling(name, value) for value in values(name, post.document)]

    def _label_idf(self, name: FacetName, label: str) -> float:
        having = [
            post
            for post in self._visible.posts
            if fold(label) in map(fold, values(name, post.document))
        ]
        return idf(len(self._visible.posts), len(having))

    def _best_terms(self) -> list[tuple[Unit, float]]:
        document = self._asked.document
        texts = (document.title, *self._categories, *self._tags, document.excerpt)
        terms = []
        for unit in candidates(texts, self._blog.analyzer):
            having = sum(
                any(map(is_unit(unit, self._visible), post.words)) for post in self._visible.posts
            )
            own = self._saturated(unit, self._asked)
            if own and is_telling(having, len(self._visible.posts)):
                terms.append((unit, own * idf(len(self._visible.posts), having)))
        terms.sort(key=lambda term: -term[1])
        return terms[:MAX_TERMS]

    def _saturated(self, unit: Unit, post: Read) -> float:
        z = self._blog.z(post, post.having(is_unit(unit, self._visible)))
        return 2.6 * z / (z + 1.6)

    def _told(self, post: Read, score: float) -> RelatedPost:
        categories = [c for c in self._categories if c in self._labels("category", post)]
        tags = [tag for tag in self._tags if tag in self._labels("tag", post)]
        return RelatedPost(
            hit=self._hit(post, score),
            categories=tuple(categories),
            tags=tuple(tags),
            words=self._words(post, told=[*categories, *tags]),
        )

    def _words(self, post: Read, *, told: list[str]) -> tuple[str, ...]:
        analyzer = self._blog.analyzer
        known = {analyzer.stem(token.word) for text in told for token in analyzer.tokens(text)}
        shared = [
            (weight * worth, as_told(unit))
            for unit, weight in self._terms
            if (worth := self._saturated(unit, post)) and analyzer.stem(unit.forms[0]) not in known
        ]
        shared.sort(key=lambda word: -word[0])
        return tuple(text for _, text in shared[:MAX_SHARED_WORDS])

    def _hit(self, post: Read, score: float) -> Hit:
        document = post.document
        return Hit(
            id=document.id,
            url=document.url,
            title=document.title,
            excerpt=document.excerpt,
            categories=tuple(self._labels("category", post)),
            tags=tuple(self._labels("tag", post)),
            date=document.date,
            score=score,
            missing=(),
            title_snippet=snippet_of(document.title, (), limit=len(document.title)),
            excerpt_snippet=snippet_of(document.excerpt, (), limit=EXCERPT_CHARS),
        )
