"""Phrases, exclusions and fields in what is typed, on every engine."""

import pytest
from builders import EngineMaker, a_document, fill, found

from searchsvc import parse_query
from searchsvc.engines.protocol import Engine


def test_a_phrase_finds_its_words_one_after_the_other(engine: Engine) -> None:
    fill(
        engine,
        a_document("row", "Good rye bread today"),
        a_document("turned", "Bread rye"),
        a_document("apart", "Rye and bread"),
    )

    assert found(engine, '"rye bread"') == ["row"]


def test_a_phrase_is_literal_but_for_case_and_accents(engine: Engine) -> None:
    fill(
        engine,
        a_document("same", "Rye Bread"),
        a_document("accents", "rýe bréad"),
        a_document("other-form", "Rye breads"),
    )

    assert set(found(engine, '"RYE bread"')) == {"same", "accents"}


@pytest.mark.parametrize("match", ["auto", "any", "all"])
def test_a_phrase_holds_in_every_mode(engine: Engine, match: str) -> None:
    fill(engine, a_document("row", "Rye bread in an oven"), a_document("apart", "Bread, rye, oven"))

    assert found(engine, 'oven "rye bread"', match=match) == ["row"]


def test_a_phrase_counts_the_small_words_too(engine: Engine) -> None:
    fill(engine, a_document("hamlet", "To be or not to be"), a_document("b", "To be not or be"))

    assert found(engine, '"to be or not to be"') == ["hamlet"]


def test_a_phrase_does_not_reach_from_one_field_to_the_next(engine: Engine) -> None:
    fill(
        engine,
        a_document("title-excerpt", "My rye", excerpt="Bread and salt."),
        a_document("title-tag", "My rye", tags="bread"),
        a_document("two-tags", tags="rye bread"),
        a_document("category-tag", category="rye", tags="bread"),
        a_document("one-tag", tags="rye bread,"),
        a_document("excerpt", excerpt="My rye bread."),
    )

    assert set(found(engine, '"rye bread"')) == {"one-tag", "excerpt"}


def test_a_phrase_is_found_in_bodies_only_where_they_are_searched(
    make_engine: EngineMaker,
) -> None:
    without, within = make_engine(), make_engine(index_body=True)
    for engine in (without, within):
        fill(engine, a_document("a", "Rye bread"), a_document("b", "Loaf", body="Of rye bread."))

    assert found(without, '"rye bread"') == ["a"]
    assert found(within, '"rye bread"') == ["a", "b"]


def test_a_phrase_of_parts_finds_a_name(engine: Engine) -> None:
    fill(
        engine,
        a_document("name", "Servers on Node.js"),
        a_document("parts", "A node, js inside"),
        a_document("apart", "js before the node"),
    )

    assert set(found(engine, '"node js"')) == {"name", "parts"}


def test_a_phrase_that_is_a_name_finds_it_as_written_and_joined(engine: Engine) -> None:
    fill(
        engine,
        a_document("name", "Servers on Node.js"),
        a_document("joined", "Servers on NodeJS"),
        a_document("apart", "js before the node"),
    )

    assert set(found(engine, '"node.js"')) == {"name", "joined"}


def test_a_phrase_of_one_word_is_that_word_literally(engine: Engine) -> None:
    fill(engine, a_document("one", "Bread"), a_document("many", "Breads"))

    assert found(engine, '"bread"') == ["one"]


def test_every_phrase_must_occur(engine: Engine) -> None:
    fill(engine, a_document("both", "Rye bread in a hot oven"), a_document("one", "Rye bread"))

    assert found(engine, '"rye bread" "hot oven"') == ["both"]


def test_a_phrase_with_an_unknown_word_leaves_nothing(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye bread"))

    page = engine.search(parse_query('bread "rye zymurgy"'))

    assert page.total == 0
    assert page.ignored == ("zymurgy",)


@pytest.mark.parametrize("text", ['"rye bread', 'rye" bread', '"', 'rye bread"'])
def test_an_open_quote_is_ignored(engine: Engine, text: str) -> None:
    fill(engine, a_document("a", "Bread of rye"), a_document("b", "Rye bread"))

    assert set(found(engine, text)) == {"a", "b"}


def test_quotes_of_any_shape_make_a_phrase(engine: Engine) -> None:
    fill(engine, a_document("a", "Bread of rye"), a_document("b", "Rye bread"))

    for text in ("“rye bread”", "„rye bread“", "«rye bread»"):
        assert found(engine, text) == ["b"]


def test_an_excluded_word_must_not_occur_in_any_form(engine: Engine) -> None:
    fill(
        engine,
        a_document("rye", "Rye"),
        a_document("bread", "Rye", excerpt="Bread."),
        a_document("breads", "Rye", tags="breads"),
    )

    assert found(engine, "rye -bread") == ["rye"]
    assert found(engine, "rye -BREADS") == ["rye"]


def test_an_excluded_phrase_must_not_occur_literally(engine: Engine) -> None:
    fill(
        engine,
        a_document("row", "Rye bread"),
        a_document("apart", "Bread of rye"),
        a_document("other-form", "Rye breads"),
    )

    assert set(found(engine, 'rye -"rye bread"')) == {"apart", "other-form"}


def test_an_excluded_name_goes_and_its_parts_stay(engine: Engine) -> None:
    fill(
        engine,
        a_document("name", "Servers on Node.js"),
        a_document("part", "Servers on a node"),
        a_document("sharp", "Servers in C#"),
        a_document("plain", "Servers in C"),
    )

    assert set(found(engine, "servers -node.js")) == {"part", "sharp", "plain"}
    assert set(found(engine, "servers -c#")) == {"name", "part", "plain"}


def test_exclusions_alone_find_all_that_they_leave(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye"), a_document("b", "Bread"), a_document("c", "Oven"))

    assert found(engine, "-bread -zymurgy") == ["a", "c"]


@pytest.mark.parametrize("text", ["rye - bread", "rye-bread", "rye --bread"])
def test_a_minus_excludes_only_right_before_a_letter_or_a_quote(engine: Engine, text: str) -> None:
    fill(engine, a_document("a", "Rye bread"), a_document("b", "Oven"))

    assert found(engine, text) == ["a"]


def test_a_minus_before_a_number_is_no_exclusion(engine: Engine) -> None:
    fill(engine, a_document("a", "Winter at -5 degrees"), a_document("b", "Summer"))

    assert found(engine, "-5") == ["a"]


def test_a_tag_can_be_typed(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Rye", tags="Open Source,"),
        a_document("b", "Rye", tags="open"),
        a_document("c", "Bread", tags="open source,"),
    )

    assert found(engine, 'rye tag:"open source"') == ["a"]
    assert found(engine, "TAG:open") == ["b"]


def test_a_category_can_be_typed(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye", category="Baking"), a_document("b", "Rye"))

    assert found(engine, "rye category:baking") == ["a"]


def test_typed_tags_join_those_given_as_parameters(engine: Engine) -> None:
    fill(engine, a_document("a", tags="rye bread"), a_document("b", tags="rye"))

    assert found(engine, "tag:rye", tags=["bread"]) == ["a"]
    assert found(engine, "tag:rye", tags=["bread"], tag_mode="any") == ["a", "b"]


def test_anything_else_with_a_colon_is_words(engine: Engine) -> None:
    fill(engine, a_document("a", "Title of rye"), a_document("b", "Bread"))

    assert found(engine, "title:rye", match="all") == ["a"]
