"""Which posts a query finds, on every engine: auto, all, any; missing and ignored words."""

import pytest
from builders import EngineMaker, a_document, fill, found, ids, missing

from searchsvc import parse_query
from searchsvc.engines.protocol import Engine
from searchsvc.errors import AnswerTimeout

# In these, `rye` is rarer than `bread`, and the more telling of the two.
BREADS = [
    a_document("both", "Rye bread"),
    a_document("rye", "Rye"),
    a_document("bread-1", "Bread"),
    a_document("bread-2", "Bread"),
    a_document("bread-3", "Bread"),
    a_document("neither", "Oven"),
]


def test_all_finds_posts_with_every_word(engine: Engine) -> None:
    fill(engine, *BREADS)

    assert found(engine, "bread rye", match="all") == ["both"]


def test_the_words_may_stand_in_different_fields(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye", excerpt="Flour.", tags="oven", category="Bread"))

    assert found(engine, "rye flour oven bread", match="all") == ["a"]


def test_any_finds_posts_with_at_least_one_word(engine: Engine) -> None:
    fill(engine, *BREADS)

    assert set(found(engine, "rye bread", match="any")) == {
        "both",
        "rye",
        "bread-1",
        "bread-2",
        "bread-3",
    }


def test_auto_finds_posts_with_half_of_what_the_words_weigh(make_engine: EngineMaker) -> None:
    engine = make_engine(enough_hits=1)
    fill(engine, *BREADS)

    assert found(engine, "rye bread") == ["both", "rye"]


def test_exactly_half_is_enough_and_a_little_less_is_not(make_engine: EngineMaker) -> None:
    others = [a_document(f"other-{n:02}", "Oven") for n in range(14)]
    rye = [a_document("both", "Rye bread"), a_document("rye-1", "Rye"), a_document("rye-2", "Rye")]
    bread = [a_document("bread-1", "Bread"), a_document("bread-2", "Bread")]
    as_rare, less_rare = make_engine(enough_hits=1), make_engine(enough_hits=1)
    fill(as_rare, *others, *rye, *bread)
    fill(less_rare, *others, *rye, *bread, a_document("bread-3", "Bread"))

    assert set(found(as_rare, "rye bread")) == {"both", "rye-1", "rye-2", "bread-1", "bread-2"}
    assert set(found(less_rare, "rye bread")) == {"both", "rye-1", "rye-2"}


def test_auto_finds_the_best_ten_whatever_they_lack(engine: Engine) -> None:
    fill(engine, a_document("both", "Rye bread"), a_document("rye", "Rye"))
    fill(engine, *(a_document(f"bread-{n:02}", "Bread") for n in range(15)))

    assert found(engine, "rye bread") == ["both", "rye", *(f"bread-{n:02}" for n in range(8))]


def test_how_many_are_enough_is_a_setting_and_not_the_size_of_a_page(
    make_engine: EngineMaker,
) -> None:
    engine = make_engine(enough_hits=3)
    fill(engine, *BREADS)

    page = engine.search(parse_query("rye bread", per_page=1))

    assert page.total == 3
    assert ids(page) == ["both"]


def test_the_best_are_chosen_among_those_that_filters_leave(make_engine: EngineMaker) -> None:
    engine = make_engine(enough_hits=1)
    fill(
        engine,
        a_document("both", "Rye bread"),
        a_document("rye", "Rye"),
        a_document("bread-1", "Bread", tags="home"),
        a_document("bread-2", "Bread", tags="home"),
    )

    assert found(engine, "rye bread", tags=["home"]) == ["bread-1"]
    assert found(engine, "rye bread -rye") == ["bread-1"]


def test_function_words_weigh_next_to_nothing_beside_others(make_engine: EngineMaker) -> None:
    engine = make_engine(enough_hits=1)
    fill(
        engine,
        a_document("the", "The oven"),
        a_document("rye-1", "Rye"),
        a_document("rye-2", "Rye"),
        a_document("rye-3", "Rye"),
    )

    assert found(engine, "the rye") == ["rye-1", "rye-2", "rye-3"]


def test_function_words_alone_are_words_like_others(engine: Engine) -> None:
    fill(
        engine,
        a_document("hamlet", "To be or not to be"),
        a_document("bread", "Bread", excerpt="Rye is not to be missed."),
        a_document("rye", "Rye"),
    )

    assert found(engine, "to be or not to be") == ["hamlet", "bread"]
    assert found(engine, "to be or not to be", match="all") == ["hamlet"]


def test_a_word_that_is_typed_twice_counts_once(engine: Engine) -> None:
    fill(engine, *BREADS)

    once = engine.search(parse_query("bread rye"))
    twice = engine.search(parse_query("bread rye Bread breads"))

    assert ids(once) == ids(twice)
    assert [hit.missing for hit in once.hits] == [hit.missing for hit in twice.hits]


def test_each_hit_tells_which_words_it_lacks(engine: Engine) -> None:
    fill(engine, *BREADS)

    assert missing(engine, "Rye bread oven") == {
        "both": ["oven"],
        "rye": ["bread", "oven"],
        "neither": ["Rye", "bread"],
        "bread-1": ["Rye", "oven"],
        "bread-2": ["Rye", "oven"],
        "bread-3": ["Rye", "oven"],
    }


def test_a_word_that_no_post_has_is_left_out_and_told(engine: Engine) -> None:
    fill(engine, *BREADS)

    page = engine.search(parse_query("zymurgy Rye xyzzy ovens"))

    assert set(ids(page)) == {"both", "rye", "neither"}
    assert page.ignored == ("zymurgy", "xyzzy")
    assert all("zymurgy" not in hit.missing for hit in page.hits)


def test_with_all_a_word_that_no_post_has_leaves_nothing(engine: Engine) -> None:
    fill(engine, *BREADS)

    page = engine.search(parse_query("rye zymurgy", match="all"))

    assert page.total == 0
    assert page.ignored == ("zymurgy",)
    assert page.facets["tag"] == ()


@pytest.mark.parametrize("match", ["auto", "any", "all"])
def test_nothing_is_found_when_no_word_is_known(engine: Engine, match: str) -> None:
    fill(engine, *BREADS)

    page = engine.search(parse_query("zymurgy xyzzy", match=match))

    assert page.total == 0
    assert page.hits == ()
    assert page.pages == 0
    assert page.ignored == ("zymurgy", "xyzzy")


@pytest.mark.parametrize("text", ["", "   ", "?!", '""', "- -- :"])
def test_a_query_without_words_finds_every_post(engine: Engine, text: str) -> None:
    fill(engine, *BREADS)

    page = engine.search(parse_query(text))

    assert page.total == len(BREADS)
    assert page.ignored == ()


def test_words_beyond_the_bound_are_told_as_ignored(engine: Engine) -> None:
    fill(engine, a_document("a", " ".join(f"word{n}x" for n in range(40))))

    page = engine.search(parse_query(" ".join(f"word{n}x" for n in range(40))))

    assert ids(page) == ["a"]
    assert page.ignored == tuple(f"word{n}x" for n in range(32, 40))


def test_what_was_asked_comes_back_with_the_answer(engine: Engine) -> None:
    fill(engine, *BREADS)
    query = parse_query("rye", match="any", page=2)

    page = engine.search(query)

    assert page.query == query
    assert page.corrected is None
    assert page.took_ms >= 0


def test_an_empty_blog_answers_with_nothing(engine: Engine) -> None:
    engine.replace_all([])

    page = engine.search(parse_query("rye", tags=["bread"]))

    assert (page.total, page.hits, page.ignored) == (0, (), ("rye",))
    assert [(v.value, v.count) for v in page.facets["tag"]] == [("bread", 0)]
    assert engine.search(parse_query()).total == 0


def test_an_answer_that_takes_longer_than_allowed_is_given_up(make_engine: EngineMaker) -> None:
    engine = make_engine(answer_timeout_s=1e-9)
    fill(engine, *BREADS)

    with pytest.raises(AnswerTimeout):
        engine.search(parse_query("rye bread"))
