"""A few candidates are scored one by one, and all of an explained answer along arrays."""

from random import Random
from typing import Any

import pytest
from generated import SYNONYMS, blogs, larger_blog, queries
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tiny_segments import local_engine

from searchsvc import parse_query
from searchsvc.documents import Document
from searchsvc.engines.protocol import Engine
from searchsvc.queries import Query

EVERY_WAY: list[dict[str, Any]] = [
    {"index_body": True},
    {"language": "none"},
    {"synonyms": SYNONYMS, "recency_days": 30},
]


def scored(engine: Engine, query: Query) -> list[tuple[str, float, tuple[str, ...]]]:
    """Id, score and missing words of each hit, in order."""
    return [(hit.id, hit.score, hit.missing) for hit in engine.search(query).hits]


@pytest.mark.parametrize("values", EVERY_WAY, ids=str)
def test_an_explained_answer_has_the_same_scores_to_the_last_digit(values: dict[str, Any]) -> None:
    @hypothesis_settings(max_examples=40)
    @given(blogs(), st.lists(queries(), min_size=1, max_size=10))
    def same(blog: list[Document], asked: list[Query]) -> None:
        local.replace_all(blog)

        for query in asked:
            plain, explained = query._replace(explain=False), query._replace(explain=True)
            assert scored(local, plain) == scored(local, explained), query

    with local_engine(**values) as local:
        same()


def test_few_of_many_posts_are_scored_as_all_of_an_explained_answer() -> None:
    posts = larger_blog(300)
    chosen = Random(2)

    with local_engine() as local:
        local.replace_all(posts)
        for _ in range(60):
            row = chosen.choice(posts).excerpt.split()
            start = chosen.randrange(len(row))
            words = " ".join(row[start : start + 3])
            for text, match in (
                (f'"{words}"', "auto"),
                (f'{words} "{row[0]}"', "any"),
                (words, "all"),
            ):
                query = parse_query(text, match=match, per_page=100)
                assert scored(local, query) == scored(local, query._replace(explain=True)), text
