"""Nothing that is typed, and nothing that a post holds, upsets an engine."""

import pytest
from builders import EngineMaker, a_document, fill, ids
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from searchsvc import parse_query
from searchsvc.documents import Document
from searchsvc.engines.protocol import Engine

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
BITS = st.lists(st.sampled_from([*'"-:+*./#\0\ud800\u202e ', "rye", "c#", "tag:", "パ", "🍞"]))
TYPED = ANY_TEXT | BITS.map("".join)
FREAKS = [
    "a" * 10_000,
    "rye " * 10_000,
    '"a ' * 500,
    '"' * 500 + "rye" + '"' * 500,
    "-a " * 300,
    '-"a b" ' * 150,
    " ".join(f"tag:t{n}" for n in range(200)),
    "r" + "\u0301" * 5_000,
    "パ" * 1_000,
]


def test_any_text_is_answered(make_engine: EngineMaker) -> None:
    engine = make_engine()
    fill(engine, a_document("a", "Rye bread in C#", "🍞 パン屋", tags="rye c#", date="2025-01-01"))

    @hypothesis_settings(max_examples=200)
    @given(TYPED, st.booleans(), st.sampled_from(["auto", "all", "any"]))
    def answered(text: str, prefix: bool, match: str) -> None:
        page = engine.search(parse_query(text, prefix=prefix, match=match))

        assert page.total in (0, 1)
        assert len(page.hits) == page.total

    answered()


@pytest.mark.parametrize("text", FREAKS, ids=lambda text: ascii(text[:12]))
def test_freaks_are_answered(engine: Engine, text: str) -> None:
    fill(engine, a_document("a", "Rye bread"), a_document("b", "A loaf"))

    assert engine.search(parse_query(text, prefix=True)).total <= 2


def test_any_text_may_be_that_of_a_post(make_engine: EngineMaker) -> None:
    engine = make_engine(index_body=True)

    @hypothesis_settings(max_examples=30)
    @given(st.lists(st.builds(Document, *[TYPED] * 5, tags=st.tuples(TYPED, TYPED))))
    def comes_back(posts: list[Document]) -> None:
        engine.replace_all(posts)
        whole = {post.id: post for post in posts}

        page = engine.search(parse_query(per_page=100))
        assert sorted(ids(page)) == sorted(whole)
        assert all(engine.get(id) == post for id, post in whole.items())
        assert engine.fingerprints() == {id: post.fingerprint for id, post in whole.items()}

    comes_back()


@pytest.mark.parametrize(
    "title", ["", "?!", "\0", "a" * 100_000, "rye " * 20_000, "\u202erye", "<b>rye", "-rye"]
)
def test_a_strange_title_keeps_no_other_post_from_being_found(engine: Engine, title: str) -> None:
    fill(engine, a_document("strange", title), a_document("plain", "A loaf"))

    assert ids(engine.search(parse_query("loaf"))) == ["plain"]
    assert engine.search(parse_query()).total == 2
