"""Which posts are like one, and what they share with it, on every engine."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import EngineMaker, a_document, fill
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_contract_any_text import FREAKS, TYPED

from searchsvc import related_query
from searchsvc.documents import Delete, Document
from searchsvc.engines.protocol import Engine
from searchsvc.errors import IndexMissing, PostUnknown, QueryError
from searchsvc.relations import MAX_UNITS_READ
from searchsvc.results import RelatedPost

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
# Others, which share nothing, so that a word of two posts is rare.
OTHERS = [a_document(f"other-{n}", f"ledg{n} entr{n}", f"sum{n} total{n}") for n in "abcdefgh"]


def related(
    engine: Engine, id: str, *, limit: int = 20, at: datetime | None = None
) -> list[RelatedPost]:
    """The posts like one, most alike first."""
    return list(engine.related(related_query(id, limit=limit, at=at)).posts)


def ids(posts: list[RelatedPost]) -> list[str]:
    """Their ids, in order."""
    return [post.hit.id for post in posts]


def test_posts_that_share_rare_words_are_related(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Rye sourdough"),
        a_document("b", "Feeding a sourdough"),
        a_document("c", "Wheat rolls"),
        *OTHERS,
    )

    assert ids(related(engine, "a")) == ["b"]


def test_words_are_shared_in_any_form(engine: Engine) -> None:
    fill(engine, a_document("a", "Baked potatoes"), a_document("b", "Baking"), *OTHERS)

    (post,) = related(engine, "a")

    assert (post.hit.id, post.words) == ("b", ("Baked",))


def test_posts_that_share_tags_or_categories_are_related(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Loaf", tags="Rye oat", category="Baking"),
        a_document("b", "Cake", tags="rye", categories=["baking", "Other"]),
        *OTHERS,
    )

    (post,) = related(engine, "a")

    assert (post.tags, post.categories, post.words) == (("Rye",), ("Baking",), ())


def test_more_and_rarer_things_in_common_stand_first(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Loaf", tags="rye bread oven"),
        a_document("one-rare", "Peel", tags="oven"),
        a_document("one-common", "Crumb", tags="bread"),
        a_document("one-common-too", "Crust", tags="bread"),
        a_document("two", "Starter", tags="bread rye"),
        *OTHERS,
    )

    assert ids(related(engine, "a")) == ["two", "one-rare", "one-common", "one-common-too"]


def test_equally_alike_posts_stand_newest_first_then_by_id(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Loaf", tags="rye"),
        a_document("d", "Peel", tags="rye"),
        a_document("b", "Peel", tags="rye", date="2024-01-01"),
        a_document("e", "Peel", tags="rye", date="2025-01-01"),
        a_document("c", "Peel", tags="rye"),
        *OTHERS,
    )

    assert ids(related(engine, "a")) == ["e", "b", "c", "d"]
    assert ids(related(engine, "a", limit=2)) == ["e", "b"]


def test_posts_that_share_nothing_are_not_given(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye sourdough"), *OTHERS)

    assert related(engine, "a") == []


def test_a_post_without_words_is_like_none(engine: Engine) -> None:
    fill(engine, a_document("a", "?!"), a_document("b", "?!"))

    assert related(engine, "a") == []


def test_function_words_and_numbers_relate_nothing(engine: Engine) -> None:
    fill(engine, a_document("a", "The 12 of us"), a_document("b", "The 12 of them"), *OTHERS)

    assert related(engine, "a") == []


def test_names_with_numbers_relate(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "What is in 3.11"),
        a_document("b", "Moving on to 3.11"),
        a_document("c", "Chapters 3 and 11"),
        *OTHERS,
    )

    (post,) = related(engine, "a")

    assert (post.hit.id, post.words) == ("b", ("3.11",))


def test_words_that_many_posts_have_relate_nothing(engine: Engine) -> None:
    fill(engine, *(a_document(f"{n:02}", f"Rye loaf{n}") for n in range(11)))

    assert related(engine, "00") == []

    engine.apply([Delete("10")])
    assert len(related(engine, "00")) == 9


def test_where_posts_are_many_so_may_be_those_that_have_a_word(engine: Engine) -> None:
    ryes = [a_document(f"{n:03}", f"Rye loaf{n}") for n in range(12)]
    fill(engine, *ryes, *(a_document(f"x{n}", f"Ledger{n}") for n in range(108)))

    assert len(related(engine, "000")) == 11

    engine.apply([Delete("x0")])
    assert related(engine, "000") == []


def test_sharing_little_of_what_a_post_is_about_is_not_enough(engine: Engine) -> None:
    about = "alder birch cedar dogwood elm fir gorse hazel ivy juniper larch maple".split()
    fill(
        engine,
        a_document("a", " ".join(about), "Takes time."),
        a_document("b", " ".join(about[:6])),
        a_document("c", " ".join(about[6:])),
        a_document("d", "Accounts", "Takes many words to tell."),
        *OTHERS,
    )

    assert ids(related(engine, "a")) == ["b", "c"]
    assert ids(related(engine, "d")) == ["a"]


def test_it_is_told_which_words_are_shared_most_telling_first(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Goroutines", "Channels carry GOROUTINES, select waits on channels."),
        a_document("b", "A goroutine", "Has a channel; select."),
        a_document("c", "Nothing", "Select one."),
        *OTHERS,
    )

    first, *_ = related(engine, "a")

    assert first.hit.id == "b"
    assert first.words == ("Goroutines", "Channels", "select")


def test_at_most_five_words_are_told(engine: Engine) -> None:
    text = "alder birch cedar dogwood elm fir"
    fill(engine, a_document("a", text), a_document("b", text), *OTHERS)

    (post,) = related(engine, "a")

    assert post.words == ("alder", "birch", "cedar", "dogwood", "elm")


def test_words_of_shared_tags_and_the_possessive_are_not_told(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "The baker's open oven", tags="open source, x"),
        a_document("b", "A baker and the open oven", tags="Open Source, y"),
        *OTHERS,
    )

    (post,) = related(engine, "a")

    assert post.tags == ("Open Source",)
    assert sorted(post.words) == ["baker", "oven"]


def test_a_name_is_told_as_a_whole(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Ovens in Node.js"),
        a_document("b", "NodeJS for millers"),
        a_document("c", "A node of wood"),
        *OTHERS,
    )

    (post,) = related(engine, "a")

    assert (post.hit.id, post.words) == ("b", ("Node.js",))


def test_hits_are_as_in_a_search_without_marks(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Rye"),
        a_document(
            "b", "Rye <bread>", "An excerpt.", url="/b/", tags="t", category="C", date="2025-01-31"
        ),
        *OTHERS,
    )

    hit = related(engine, "a")[0].hit

    assert (hit.title, hit.url, hit.excerpt) == ("Rye <bread>", "/b/", "An excerpt.")
    assert (hit.tags, hit.categories, str(hit.date)) == (("t",), ("C",), "2025-01-31")
    assert hit.missing == hit.title_snippet.marks == hit.excerpt_snippet.marks == ()
    assert hit.title_snippet.text == hit.title
    assert hit.score > 0


def test_bodies_that_are_searched_relate_too(make_engine: EngineMaker) -> None:
    posts = [a_document("a", "Sourdough"), a_document("b", "Loaf", body="My sourdough."), *OTHERS]
    with_bodies, without = make_engine(index_body=True), make_engine()
    fill(with_bodies, *posts)
    fill(without, *posts)

    assert ids(related(with_bodies, "a")) == ["b"]
    assert related(without, "a") == []


def test_only_the_twenty_five_most_telling_words_count(make_engine: EngineMaker) -> None:
    engine = make_engine(language="none")
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxy"]
    fill(
        engine,
        a_document("a", " ".join(words), "Late, and much more: " + "it is " * 30),
        a_document("b", " ".join([*words[:3], "late"])),
        a_document("c", " ".join(words[3:])),
        *OTHERS,
    )

    told = {post.hit.id: post.words for post in related(engine, "a")}

    assert told["b"] == ("worda", "wordb", "wordc")


def test_only_the_beginning_of_a_long_excerpt_is_compared(make_engine: EngineMaker) -> None:
    engine = make_engine(language="none")
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(MAX_UNITS_READ)]
    fill(
        engine,
        a_document("a", "Rye", " ".join([*words[1:], "beyond"])),
        a_document("b", "Beyond"),
        a_document("c", words[-1]),
        *OTHERS,
    )

    assert "b" not in ids(related(engine, "a"))
    assert ids(related(engine, "b")) == ["a"]


def test_only_posts_visible_at_the_moment_of_asking_are_related(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Rye", tags="t"),
        a_document("ended", "Rye", tags="t", visible_until=NOON),
        a_document("begun", "Rye", tags="t", visible_from=NOON),
        *OTHERS,
    )

    assert ids(related(engine, "a", at=NOON - HOUR)) == ["ended"]
    assert ids(related(engine, "a", at=NOON)) == ["begun"]


@pytest.mark.parametrize("id", ["nowhere", "A", "a ", "\ud800", "x" * 10_000])
def test_a_post_that_is_not_there_is_unknown(engine: Engine, id: str) -> None:
    fill(engine, a_document("a", "Rye"), a_document("b", "Rye"))

    with pytest.raises(PostUnknown, match="There is no post with the id"):
        related(engine, id)


def test_a_hidden_post_is_as_unknown_as_one_that_is_not_there(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye", visible_from=NOON), a_document("b", "Rye"))

    with pytest.raises(PostUnknown) as hidden:
        related(engine, "a", at=NOON - HOUR)

    assert str(hidden.value) == str(PostUnknown("a"))
    assert ids(related(engine, "a", at=NOON)) == ["b"]


def test_a_post_that_was_removed_is_unknown_and_related_to_none(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye"), a_document("b", "Rye"), a_document("c", "Rye"))
    engine.apply([Delete("a")])

    assert ids(related(engine, "b")) == ["c"]
    with pytest.raises(PostUnknown):
        related(engine, "a")


def test_an_id_may_be_a_path(engine: Engine) -> None:
    fill(engine, a_document("_posts/2025/Räye.md", "Rye"), a_document("b", "Rye"))

    assert ids(related(engine, "_posts/2025/Räye.md")) == ["b"]


def test_any_posts_may_be_compared(make_engine: EngineMaker) -> None:
    engine = make_engine(index_body=True)
    posts = st.builds(Document, TYPED.filter(bool), *[TYPED] * 4, tags=st.tuples(TYPED, TYPED))

    @hypothesis_settings(max_examples=30)
    @given(st.lists(posts, min_size=1, unique_by=lambda post: post.id))
    def answered(blog: list[Document]) -> None:
        engine.replace_all(blog)

        for post in blog:
            assert post.id not in ids(related(engine, post.id))

    answered()


@pytest.mark.parametrize("text", FREAKS, ids=lambda text: ascii(text[:12]))
def test_freaks_may_be_compared(engine: Engine, text: str) -> None:
    fill(engine, a_document("a", text, text), a_document("b", text), a_document("c", "Rye"))

    assert "a" not in ids(related(engine, "a"))


@pytest.mark.parametrize("limit", [0, -1, 21])
def test_a_limit_without_meaning_is_refused(limit: int) -> None:
    with pytest.raises(QueryError, match=r"limit is '-?[0-9]+'\. It can be 1 to 20"):
        related_query("a", limit=limit)


def test_an_id_is_needed() -> None:
    with pytest.raises(QueryError, match=r"id is ''\. Give the id of a post"):
        related_query("")


def test_the_answer_tells_what_was_asked_and_of_which_generation(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye"), a_document("b", visible_from=NOON))

    answer = engine.related(related_query("a", at=NOON - HOUR))

    assert answer.query.id == "a"
    assert (answer.index.generation, answer.index.posts) == (1, 1)
    assert answer.took_ms > 0


def test_before_anything_is_built_the_error_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(IndexMissing, match="searchsvc reindex"):
        engine.related(related_query("a"))
