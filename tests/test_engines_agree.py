"""On made-up blogs and queries the local engine answers as the plain loops in memory do.

And as an engine that was filled in one go, whatever way its posts came.
"""

from dataclasses import replace
from itertools import pairwise, product
from math import isclose
from typing import Any

import pytest
from builders import ids, marked
from generated import NOON, PINNED, SYNONYMS, blogs, larger_blog, queries, runs
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine
from tiny_segments import local_engine

from searchsvc import Settings, parse_query
from searchsvc.documents import Change, Delete, Document
from searchsvc.engines.protocol import Engine
from searchsvc.queries import Query
from searchsvc.results import Hit, ResultPage

# The local engine keeps z in 32 bits.
CLOSE = 1e-4
# Few posts are enough for the best two to matter.
EVERY_WAY: list[dict[str, Any]] = [
    {"enough_hits": 2},
    {"enough_hits": 10, "index_body": True},
    {"enough_hits": 1, "language": "none"},
    {"enough_hits": 2, "synonyms": SYNONYMS, "pinned": PINNED, "recency_days": 30},
    {"tag_aliases": {"bread": ("rye", "c#"), "bakery": ("open source",)}},
]
NARROWED: list[dict[str, Any]] = [
    {},
    {"tags": ["tag7"]},
    {"tags": ["tag7", "tag8"], "tag_mode": "any", "sort": "newest"},
    {"categories": ["category 3"], "years": [2021], "sort": "oldest"},
]
# These find most posts, so that their order and counts are compared in any case.
BROAD = [
    parse_query(per_page=100, at=NOON),
    parse_query("rye bread go the c", match="any", prefix=True, per_page=100, at=NOON),
    parse_query("bake go", match="any", sort="oldest", per_page=100, at=NOON),
]


def differences(query: Query, expected: ResultPage, answered: ResultPage) -> dict[str, Any]:
    """What two answers say differently: expected, then answered."""
    pairs = {
        "total": (expected.total, answered.total),
        "ignored": (expected.ignored, answered.ignored),
        "corrected": (expected.corrected, answered.corrected),
        "visible posts": (expected.index.posts, answered.index.posts),
        "found": (sorted(ids(expected)), sorted(ids(answered))),
        **{
            f"{name} facet": (list(expected.facets[name]), list(answered.facets[name]))
            for name in query.facets
        },
    }
    by_id = {hit.id: hit for hit in answered.hits}
    for hit in expected.hits:
        if hit.id in by_id:
            pairs[f"hit {hit.id}"] = (_shown(hit), _shown(by_id[hit.id]))
            if not isclose(hit.score, by_id[hit.id].score, rel_tol=CLOSE):
                pairs[f"score of {hit.id}"] = (hit.score, by_id[hit.id].score)
            if not _same_reasons(hit, by_id[hit.id]):
                pairs[f"reasons of {hit.id}"] = (hit.reasons, by_id[hit.id].reasons)
    different = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if not different and not _same_order(query, expected, answered):
        different["order"] = (ids(expected), ids(answered))
    return different


def _shown(hit: Hit) -> dict[str, Any]:
    return {
        "title": marked(hit.title_snippet),
        "excerpt": marked(hit.excerpt_snippet),
        "missing": hit.missing,
        "categories": hit.categories,
        "tags": hit.tags,
        "date": hit.date,
        "url": hit.url,
        "stands first": hit.stands_first,
    }


def _same_reasons(expected: Hit, answered: Hit) -> bool:
    """Whether both give the same reasons, which add up to the score if there are any."""
    told = zip(expected.reasons, answered.reasons, strict=False)
    adds_up = isclose(sum(r.score for r in answered.reasons), answered.score, rel_tol=1e-9)
    return (
        len(expected.reasons) == len(answered.reasons)
        and all(a.text == b.text and isclose(a.score, b.score, rel_tol=CLOSE) for a, b in told)
        and (adds_up or not answered.reasons)
    )


def _same_order(query: Query, expected: ResultPage, answered: ResultPage) -> bool:
    """Whether hits stand alike, but for those that relevance can hardly tell apart."""
    place = {hit.id: n for n, hit in enumerate(expected.hits)}
    score = {hit.id: hit.score for hit in expected.hits}
    return all(
        place[a] < place[b]
        or (query.sort == "relevance" and isclose(score[a], score[b], rel_tol=CLOSE))
        for a, b in pairwise(ids(answered))
    )


def hangs_by_a_hair(oracle: Engine, query: Query) -> bool:
    """Whether posts score so nearly alike that which of them are the best is left to chance."""
    everything = query._replace(
        match="any", tags=(), categories=(), years=(), after=None, before=None
    )
    scores = sorted(hit.score for hit in oracle.search(everything).hits)
    return any(isclose(a, b, rel_tol=CLOSE) for a, b in pairwise(scores))


@pytest.mark.parametrize("values", EVERY_WAY, ids=str)
def test_the_local_engine_answers_as_the_engine_in_memory_does(values: dict[str, Any]) -> None:
    oracle = MemoryEngine(Settings(answer_timeout_s=60, **values))

    @hypothesis_settings(max_examples=80)
    @given(blogs(), st.lists(queries(), min_size=1, max_size=10))
    def agree(blog: list[Document], asked: list[Query]) -> None:
        oracle.replace_all(blog)
        local.replace_all(blog)

        for query in asked:
            different = differences(query, oracle.search(query), local.search(query))
            if different.keys() & {"total", "order"} and hangs_by_a_hair(oracle, query):
                continue
            assert not different, f"{query}\nexpected, answered: {different}"

    with local_engine(**values) as local:
        agree()


def test_a_larger_blog_is_answered_alike() -> None:
    posts = larger_blog(300)
    oracle = MemoryEngine(Settings(answer_timeout_s=60))
    oracle.replace_all(posts)
    texts = ["", "rye", "ryes oats", "bakek saltm concn", '"rye oat"', "salt -bake", "conc", "o"]

    with local_engine() as local:
        local.replace_all(posts)

        for text, narrowed, per_page in product(texts, NARROWED, (1, 10, 100)):
            query = parse_query(text, prefix=True, per_page=per_page, **narrowed)
            different = differences(query, oracle.search(query), local.search(query))
            assert not different, f"{query}\nexpected, answered: {different}"


@hypothesis_settings(max_examples=60)
@given(runs(), st.lists(queries(), min_size=1, max_size=5))
def test_any_sequence_of_runs_answers_as_one_full_run_does(
    batches: list[list[Change]], asked: list[Query]
) -> None:
    left: dict[str, Document] = {}

    with local_engine() as grown, local_engine() as fresh:
        for batch in batches:
            grown.apply(batch)
            left = after(left, batch)
        fresh.replace_all(left.values())

        assert grown.fingerprints() == fresh.fingerprints()
        for query in (*BROAD, *asked):
            # Scores too, to the last digit.
            assert said(grown.search(query)) == said(fresh.search(query)), query


@hypothesis_settings(max_examples=30)
@given(blogs(), queries(), st.integers(1, 4))
def test_pages_one_after_the_other_are_the_whole_answer(
    blog: list[Document], query: Query, per_page: int
) -> None:
    with local_engine(enough_hits=2) as local:
        local.replace_all(blog)
        whole = local.search(query)

        pages = [
            local.search(query._replace(per_page=per_page, page=n + 1))
            for n in range(-(-whole.total // per_page) + 1)
        ]

    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert all(said(page)[1:] == said(whole)[1:] for page in pages)
    assert pages[-1].hits == ()


def after(documents: dict[str, Document], batch: list[Change]) -> dict[str, Document]:
    """What a batch of changes leaves."""
    left = dict(documents)
    for change in batch:
        if isinstance(change, Delete):
            left.pop(change.id, None)
        else:
            # The engine keeps no body that is not searched.
            left[change.document.id] = replace(change.document, body="")
    return left


def said(page: ResultPage) -> tuple[Any, ...]:
    """All that an answer says of the posts; hits first."""
    return page.hits, page.total, page.ignored, page.facets, page.index.posts
