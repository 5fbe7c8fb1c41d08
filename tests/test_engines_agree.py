"""On made-up blogs and queries the local engine answers as the plain loops in memory do.

And as an engine that was filled in one go, whatever way its posts came.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from builders import counts, ids, marked
from generated import blogs, documents, queries, runs
from hypothesis import event, given, note
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from searchsvc import Settings
from searchsvc.documents import Change, Delete, Document
from searchsvc.engines.local.building import MergeRule
from searchsvc.engines.local.engine import LocalEngine
from searchsvc.engines.protocol import Engine
from searchsvc.queries import Query
from searchsvc.results import Hit, ResultPage

# The local engine keeps z in 32 bits.
CLOSE = 1e-4
EXAMPLES = 2000
# So that a few posts make several segments.
TINY_SEGMENTS = MergeRule(small_tokens=10, lost_part=0.5, max_segments=3)


@contextmanager
def local_engine(**settings: Any) -> Iterator[LocalEngine]:
    """A local engine in a folder of its own, with tiny segments."""
    with tempfile.TemporaryDirectory() as folder:
        engine = LocalEngine(
            Settings(index_dir=Path(folder), **settings), merge_rule=TINY_SEGMENTS
        )
        yield engine
        engine.close()


def differences(query: Query, expected: ResultPage, answered: ResultPage) -> dict[str, Any]:
    """What two answers say differently: expected, then answered."""
    pairs = {
        "total": (expected.total, answered.total),
        "ignored": (expected.ignored, answered.ignored),
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
    }


def _same_order(query: Query, expected: ResultPage, answered: ResultPage) -> bool:
    """Whether hits stand alike, but for those that relevance can hardly tell apart."""
    place = {hit.id: n for n, hit in enumerate(expected.hits)}
    score = {hit.id: hit.score for hit in expected.hits}
    return all(
        place[a] < place[b]
        or (query.sort == "relevance" and isclose(score[a], score[b], rel_tol=CLOSE))
        for a, b in pairwise(ids(answered))
    )


def is_a_toss_up(oracle: MemoryEngine, query: Query, enough_hits: int) -> bool:
    """Whether which posts are the ten best hangs on less than engines can tell apart."""
    ...


EVERY_WAY: list[dict[str, Any]] = [
    {"enough_hits": 2},
    {"enough_hits": 10, "index_body": True},
    {"enough_hits": 1, "language": "none"},
]


@pytest.mark.parametrize("values", EVERY_WAY, ids=str)
def test_the_local_engine_answers_as_the_engine_in_memory_does(values: dict[str, Any]) -> None:
    with local_engine(**values) as local:
        oracle = MemoryEngine(Settings(**values))

        @hypothesis_settings(max_examples=EXAMPLES)
        @given(blogs(), st.lists(queries(), min_size=1, max_size=10))
        def agree(blog: list[Document], asked: list[Query]) -> None:
            oracle.replace_all(blog)
            local.replace_all(blog)

            for query in asked:
                different = differences(query, oracle.search(query), local.search(query))
                assert not different, f"{query}\nexpected, answered: {different}"

        agree()
