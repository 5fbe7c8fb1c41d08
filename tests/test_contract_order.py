"""The order of an answer, and its pages, on every engine."""

import pytest
from builders import EngineMaker, a_document, fill, found, ids

from searchsvc import parse_query
from searchsvc.engines.protocol import Engine


def test_titles_with_all_the_words_stand_first_whatever_the_score(engine: Engine) -> None:
    fill(
        engine,
        a_document("titled", "Of bread in the old days, and what else was made of rye"),
        a_document("telling", "Rye", "Rye bread, rye bread.", tags="rye bread", category="Bread"),
        a_document("other", "Oven"),
    )

    page = engine.search(parse_query("rye bread"))

    assert ids(page) == ["titled", "telling"]
    assert page.hits[0].score < page.hits[1].score


def test_function_words_do_not_decide_which_titles_stand_first(engine: Engine) -> None:
    fill(
        engine,
        a_document("in", "Of bread and cheese in the cities of the north and the south"),
        a_document("made-of-it", "Bread"),
        a_document("other", "Oven"),
    )

    page = engine.search(parse_query("bread in", explain=True))

    assert ids(page) == ["made-of-it", "in"]
    assert [hit.stands_first for hit in page.hits] == ["the title has all the words"] * 2


def test_function_words_alone_decide_like_other_words(engine: Engine) -> None:
    fill(
        engine,
        a_document("all", "Of bread in the old days, and what else was made of rye"),
        a_document("some", "The", "The the the."),
    )

    assert found(engine, "of the") == ["all", "some"]


def test_then_the_score_decides(engine: Engine) -> None:
    fill(
        engine,
        a_document("once", "Oven", "Rye and salt and water and flour."),
        a_document("often", "Oven", "Rye and rye and rye and rye."),
        a_document("tagged", "Oven", "Salt and water and flour.", tags="rye"),
    )

    page = engine.search(parse_query("rye"))

    assert ids(page) == ["often", "tagged", "once"]
    assert [hit.score for hit in page.hits] == sorted((h.score for h in page.hits), reverse=True)


def test_rarer_words_count_more(engine: Engine) -> None:
    fill(
        engine,
        a_document("common", "Bread"),
        a_document("rare", "Rye"),
        *(a_document(f"more-{n}", "Bread") for n in range(3)),
    )

    assert found(engine, "bread rye")[0] == "rare"


def test_a_word_of_a_body_counts_less_where_bodies_are_long(make_engine: EngineMaker) -> None:
    engine = make_engine(index_body=True)
    fill(
        engine,
        a_document("a-body", "Oven", "Salt and more water.", body="Rye and more flour."),
        a_document("b-excerpt", "Oven", "Rye and more flour.", body="Salt and more water."),
    )

    assert found(engine, "rye") == ["a-body", "b-excerpt"]  # alike: by id

    fill(engine, *(a_document(f"long-{n}", body="Salt, water. " * 1_000) for n in range(9)))

    assert found(engine, "rye") == ["b-excerpt", "a-body"]


def test_words_near_each_other_count_extra(engine: Engine) -> None:
    fill(
        engine,
        a_document("a-far", "Loaf", "Rye, with salt and oil and nuts and milk and honey: bread."),
        a_document("b-near", "Loaf", "With salt and oil and nuts: rye and bread, milk and honey."),
        a_document("c-next", "Loaf", "With salt and oil and nuts: and rye bread, milk and honey."),
        a_document("other", "Oven"),
    )

    assert found(engine, "rye bread") == ["c-next", "b-near", "a-far"]


def test_words_of_two_tags_are_not_near_each_other(engine: Engine) -> None:
    fill(
        engine,
        a_document("a-two", "Loaf", tags="dark rye, bread day"),
        a_document("b-one", "Loaf", tags="rye bread, dark day"),
        a_document("other", "Oven"),
    )

    assert found(engine, "rye bread") == ["b-one", "a-two"]


def test_a_title_made_of_the_words_counts_extra(engine: Engine) -> None:
    fill(
        engine,
        a_document("a-longer", "Rye bread and what to do with it in winter"),
        a_document("b-whole", "Rye bread"),
        a_document("other", "Oven"),
    )

    assert found(engine, "rye bread") == ["b-whole", "a-longer"]


def test_a_word_as_it_was_typed_stands_above_its_other_forms(engine: Engine) -> None:
    fill(engine, a_document("a", "Baked"), a_document("b", "Baking"), a_document("c", "Oven"))

    assert found(engine, "baking") == ["b", "a"]
    assert found(engine, "baked") == ["a", "b"]


def test_equal_scores_go_newest_first_and_then_by_id(engine: Engine) -> None:
    fill(
        engine,
        a_document("undated", "Rye"),
        a_document("c", "Rye", date="2025-01-02"),
        a_document("b", "Rye", date="2025-01-02"),
        a_document("newest", "Rye", date="2025-01-03"),
        a_document("also-undated", "Rye"),
    )

    assert found(engine, "rye") == ["newest", "b", "c", "also-undated", "undated"]


DATED = [
    a_document("old", "Rye rye", date="2023-12-31"),
    a_document("undated-b", "Rye"),
    a_document("new-b", "Rye", date="2025-01-01"),
    a_document("new-a", "Rye rye", date="2025-01-01"),
    a_document("undated-a", "Rye"),
    a_document("middle", "Oven", "Rye.", date="2024-06-01"),
]
NEWEST = ["new-a", "new-b", "middle", "old", "undated-a", "undated-b"]
OLDEST = ["old", "middle", "new-a", "new-b", "undated-a", "undated-b"]


@pytest.mark.parametrize("text", ["", "rye", "rye -zymurgy"])
def test_newest_goes_by_date_with_undated_posts_last(engine: Engine, text: str) -> None:
    fill(engine, *DATED)

    assert found(engine, text, sort="newest") == NEWEST


@pytest.mark.parametrize("text", ["", "rye"])
def test_oldest_goes_by_date_with_undated_posts_last_too(engine: Engine, text: str) -> None:
    fill(engine, *DATED)

    assert found(engine, text, sort="oldest") == OLDEST


def test_nothing_asked_is_answered_newest_first(engine: Engine) -> None:
    fill(engine, *DATED)

    assert found(engine) == NEWEST
    assert found(engine, "tag:rye", tags=["rye"]) == []
    assert found(engine, after="2024-01-01") == ["new-a", "new-b", "middle"]


def test_sorting_by_date_finds_the_same_posts(make_engine: EngineMaker) -> None:
    engine = make_engine(enough_hits=1)
    fill(
        engine,
        a_document("both", "Rye bread", date="2023-01-01"),
        a_document("rye", "Rye", date="2024-01-01"),
        a_document("bread-1", "Bread", date="2025-01-01"),
        a_document("bread-2", "Bread", date="2025-01-01"),
    )

    assert found(engine, "rye bread", sort="relevance") == ["both", "rye"]
    assert found(engine, "rye bread", sort="newest") == ["rye", "both"]


def test_pages_follow_each_other(engine: Engine) -> None:
    fill(engine, *(a_document(f"loaf-{n:02}", "Loaf") for n in range(25)))

    pages = [engine.search(parse_query("loaf", page=n)) for n in (1, 2, 3)]

    assert [len(page.hits) for page in pages] == [10, 10, 5]
    assert [id for page in pages for id in ids(page)] == [f"loaf-{n:02}" for n in range(25)]
    assert {(page.total, page.pages) for page in pages} == {(25, 3)}


def test_a_page_past_the_last_is_empty_and_still_tells_the_total(engine: Engine) -> None:
    fill(engine, *(a_document(f"loaf-{n}", "Loaf", tags="bread") for n in range(3)))

    page = engine.search(parse_query("loaf", page=500, per_page=20))

    assert page.hits == ()
    assert page.total == 3
    assert page.facets["tag"][0].count == 3


def test_a_page_may_hold_one_hit_or_a_hundred(engine: Engine) -> None:
    fill(engine, *(a_document(f"loaf-{n:03}", "Loaf") for n in range(120)))

    assert ids(engine.search(parse_query("loaf", per_page=1, page=3))) == ["loaf-002"]
    assert len(engine.search(parse_query("loaf", per_page=100)).hits) == 100


def test_a_hit_shows_the_post_as_it_was_put_in(engine: Engine) -> None:
    fill(
        engine,
        a_document(
            "posts/rye.md",
            "Rye & <bread>",
            "One\nlöaf 🍞.",
            url="/posts/rye.md/",
            tags="b a",
            categories=("Baking", "Tools"),
            date="2025-02-03",
        ),
    )

    (hit,) = engine.search(parse_query("")).hits

    assert (hit.id, hit.url) == ("posts/rye.md", "/posts/rye.md/")
    assert (hit.title, hit.excerpt) == ("Rye & <bread>", "One\nlöaf 🍞.")
    assert (hit.tags, hit.categories) == (("b", "a"), ("Baking", "Tools"))
    assert str(hit.date) == "2025-02-03"
    assert hit.score == 0
    assert hit.missing == ()
