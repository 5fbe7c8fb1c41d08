"""What comes back: Hits, Facets and Snippets on a ResultPage; Suggestions; RelatedPosts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from searchsvc.explanation import Reason
from searchsvc.queries import FacetName, Query
from searchsvc.relations import RelatedQuery
from searchsvc.suggestions import SuggestQuery
from searchsvc.text.snippets import Snippet


# Many of these two are made for each answer, and frozen ones take three times as long to make.
@dataclass(slots=True)
class Hit:
    """One found post, as shown. Not to be changed.

    Attributes:
        tags, categories: in the commonest spelling of the blog.
        score: comparable within one answer only.
        missing: words of the query, as typed, that the post lacks.
        reasons: what the score is made of; empty unless asked for.
        stands_first: why it stands above hits with higher scores, or ""; only when asked for.
        title_snippet, excerpt_snippet: with the matched stretches marked.
    """

    id: str
    url: str
    title: str
    excerpt: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    date: date | None
    score: float
    missing: tuple[str, ...]
    title_snippet: Snippet
    excerpt_snippet: Snippet
    reasons: tuple[Reason, ...] = ()
    stands_first: str = ""


@dataclass(slots=True)
class FacetValue:
    """A value of a facet, and how many of the found posts have it. Not to be changed.

    ``value`` is in the commonest spelling of the blog; a selected value that no
    post has is as it was given, with count 0. Years are written as text.
    """

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """The generation an answer came from. ``posts`` counts those visible when asked."""

    generation: int
    build_id: str
    posts: int
    built_at: datetime


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of an answer.

    Attributes:
        query: what was asked.
        corrected: the text that was searched instead, or None.
        ignored: words, as typed, that no post has and nothing is near.
        total: how many posts were found, on all pages.
        facets: for each facet asked for, its values by count, then name.
        took_ms: time to answer, milliseconds.
    """

    query: Query
    corrected: str | None
    ignored: tuple[str, ...]
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[FacetName, tuple[FacetValue, ...]]
    index: IndexInfo
    took_ms: float

    @property
    def pages(self) -> int:
        """How many pages there are at this size; 0 when nothing was found."""
        return -(-self.total // self.query.per_page)


SuggestionKind = Literal["title", "tag", "category"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that goes on from what was typed.

    Attributes:
        text: the title; or the value to filter by, in the commonest spelling.
        snippet: the text with the matched words marked.
        id, url: of the post with this title; None for a tag or category.
        count: how many visible posts have the tag or category; None for a title.
    """

    kind: SuggestionKind
    text: str
    snippet: Snippet
    id: str | None = None
    url: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that is suggested, best first.

    Attributes:
        query: what was asked.
        took_ms: time to answer, milliseconds.
    """

    query: SuggestQuery
    suggestions: tuple[Suggestion, ...]
    index: IndexInfo
    took_ms: float


@dataclass(frozen=True, slots=True)
class RelatedPost:
    """A post like another, and what both share.

    Attributes:
        hit: nothing is marked in it, and nothing is missing.
        categories, tags: which it shares, in the order of the asked post.
        words: which it shares besides, as the asked post first writes them; most
            telling first.
    """

    hit: Hit
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelatedPosts:
    """Posts like the one asked for, most alike first.

    Attributes:
        query: what was asked.
        took_ms: time to answer, milliseconds.
    """

    query: RelatedQuery
    posts: tuple[RelatedPost, ...]
    index: IndexInfo
    took_ms: float
