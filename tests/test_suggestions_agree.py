"""On made-up blogs the local engine suggests and relates as the plain loops in memory do.

And as an engine that was filled in one go, whatever way its posts came.
"""

from dataclasses import replace
from itertools import pairwise
from math import isclose
from typing import Any

import pytest
from generated import (
    CATEGORIES,
    IDS,
    INSTANTS,
    NOON,
    ROWS,
    TAGS,
    WORDS,
    asked,
    blogs,
    larger_blog,
    runs,
)
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine
from tiny_segments import local_engine

from searchsvc import Settings, related_query, suggest_query
from searchsvc.documents import Change, Document
from searchsvc.engines.protocol import Engine
from searchsvc.errors import PostUnknown
from searchsvc.relations import RelatedQuery
from searchsvc.results import RelatedPost, RelatedPosts
from searchsvc.suggestions import SuggestQuery

# The local engine keeps z in 32 bits.
CLOSE = 1e-4
EVERY_WAY: list[dict[str, Any]] = [{}, {"index_body": True}, {"language": "none"}]


@st.composite
def typings(draw: st.DrawFn) -> SuggestQuery:
    """What stands in a search box at some moment of typing."""
    few_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)
    whole = st.one_of(few_words, st.sampled_from([*ROWS, *TAGS, *CATEGORIES]), asked())
    text = draw(whole)
    cut = draw(st.integers(0, len(text)))
    return suggest_query(
        text[:cut] or text + draw(st.sampled_from(["", " "])),
        limit=draw(st.sampled_from([1, 3, 8, 20])),
        at=draw(st.sampled_from(INSTANTS)),
    )


def relations() -> st.SearchStrategy[RelatedQuery]:
    """A question for the posts that are like one."""
    return st.builds(
        related_query,
        st.sampled_from(IDS),
        limit=st.sampled_from([1, 5, 20]),
        at=st.sampled_from(INSTANTS),
    )


def related(engine: Engine, query: RelatedQuery) -> RelatedPosts | None:
    """The related posts; None when the post is unknown."""
    try:
        return engine.related(query)
    except PostUnknown:
        return None


def said(post: RelatedPost) -> tuple[Any, ...]:
    """What is told of a related post, but for its score and the order of words."""
    return replace(post.hit, score=0.0), post.categories, post.tags, sorted(post.words)


def hangs_by_a_hair(oracle: Engine, query: RelatedQuery) -> bool:
    """Whether posts are so nearly equally alike that their order is left to chance."""
    scores = [p.hit.score for p in oracle.related(replace(query, limit=20)).posts]
    return any(isclose(a, b, rel_tol=CLOSE) for a, b in pairwise(scores))


@pytest.mark.parametrize("values", EVERY_WAY, ids=str)
def test_the_local_engine_suggests_and_relates_as_the_engine_in_memory_does(
    values: dict[str, Any],
) -> None:
    oracle = MemoryEngine(Settings(**values))

    @hypothesis_settings(max_examples=50)
    @given(
        blogs(),
        st.lists(typings(), min_size=1, max_size=10),
        st.lists(relations(), min_size=1, max_size=5),
    )
    def agree(blog: list[Document], typed: list[SuggestQuery], asked: list[RelatedQuery]) -> None:
        oracle.replace_all(blog)
        local.replace_all(blog)

        for query in typed:
            assert local.suggest(query).suggestions == oracle.suggest(query).suggestions, query
        for one in asked:
            assert_alike(oracle, local, one)

    with local_engine(**values) as local:
        agree()


def assert_alike(oracle: Engine, local: Engine, query: RelatedQuery) -> None:
    """Both engines give the same posts in the same order, as far as 32 bits can tell."""
    expected, answered = related(oracle, query), related(local, query)
    if expected is None or answered is None:
        assert expected == answered
        return
    assert answered.index.posts == expected.index.posts
    if hangs_by_a_hair(oracle, query):
        return
    assert list(map(said, answered.posts)) == list(map(said, expected.posts)), query
    for ours, theirs in zip(answered.posts, expected.posts, strict=True):
        assert isclose(ours.hit.score, theirs.hit.score, rel_tol=CLOSE)


def test_a_larger_blog_is_suggested_from_and_related_alike() -> None:
    posts = larger_blog(200)
    oracle = MemoryEngine(Settings())
    oracle.replace_all(posts)

    with local_engine() as local:
        local.replace_all(posts)

        for text in ("r", "rye", "oat s", "ta", "tag1", "category 1", "bake salt", "conc"):
            query = suggest_query(text, limit=20)
            assert local.suggest(query).suggestions == oracle.suggest(query).suggestions, text
        for post in posts[:20]:
            assert_alike(oracle, local, related_query(post.id))


@hypothesis_settings(max_examples=30)
@given(
    runs(),
    st.lists(typings(), min_size=1, max_size=3),
    st.lists(relations(), min_size=1, max_size=3),
)
def test_any_sequence_of_runs_suggests_and_relates_as_one_full_run_does(
    batches: list[list[Change]], typed: list[SuggestQuery], alike: list[RelatedQuery]
) -> None:
    with local_engine() as grown, local_engine() as fresh:
        for batch in batches:
            grown.apply(batch)
        left = [document for id in grown.fingerprints() if (document := grown.get(id))]
        fresh.replace_all(left)

        for query in (suggest_query("b", limit=20, at=NOON), *typed):
            assert grown.suggest(query).suggestions == fresh.suggest(query).suggestions
        for asked_for in alike:
            # Scores too, to the last digit.
            ours, theirs = related(grown, asked_for), related(fresh, asked_for)
            assert (ours and ours.posts) == (theirs and theirs.posts)
