"""Posts in other languages than the blog's, on every engine."""

from dataclasses import replace

import pytest
from builders import EngineMaker, a_document, fill, found, marked

from searchsvc import parse_query
from searchsvc.documents import Delete
from searchsvc.text.stemming import languages


def test_each_post_has_the_stems_of_its_own_language(make_engine: EngineMaker) -> None:
    engine = make_engine(language="en")
    fill(
        engine,
        replace(a_document("german", "Die Häuser am Hafen"), lang="de"),
        a_document("english", "Houses at the harbour"),
    )

    assert found(engine, "haus") == ["german"]
    assert found(engine, "house") == ["english"]


def test_the_stem_of_another_language_finds_nothing(make_engine: EngineMaker) -> None:
    engine = make_engine(language="en")
    # By English rules, "baking" and "bake" have one stem; by German ones they have not.
    fill(engine, replace(a_document("german", "Bake"), lang="de"), a_document("english", "Bakes"))

    assert found(engine, "baking") == ["english"]
    assert found(engine, "bake") == ["german", "english"]


def test_words_are_marked_by_the_language_of_their_post(make_engine: EngineMaker) -> None:
    engine = make_engine(language="en")
    fill(engine, replace(a_document("german", "Häuser und house"), lang="de"))

    (hit,) = engine.search(parse_query("haus")).hits

    assert marked(hit.title_snippet) == "[Häuser] und house"


def test_phrases_nearness_and_exclusions_hold_across_languages(make_engine: EngineMaker) -> None:
    engine = make_engine(language="en")
    fill(
        engine,
        replace(a_document("german", "Alte Häuser"), lang="de"),
        a_document("english", "Alte houses"),
    )

    assert found(engine, '"alte hauser"') == ["german"]
    assert found(engine, "alte -haus") == ["english"]
    assert found(engine, "alte haus") == ["german", "english"]


def test_an_unknown_language_is_taken_for_the_blogs_own(make_engine: EngineMaker) -> None:
    engine = make_engine(language="en")
    fill(engine, replace(a_document("klingon", "Baking"), lang="tlh"))

    assert found(engine, "bakes") == ["klingon"]


def test_a_blog_without_stemming_has_none_in_any_language(make_engine: EngineMaker) -> None:
    engine = make_engine(language="none")
    fill(engine, replace(a_document("english", "Bake"), lang="en"))

    assert found(engine, "bakes", exact=True) == []
    assert found(engine, "bake", exact=True) == ["english"]


def test_a_language_that_no_post_is_in_any_more_leaves_no_trace(make_engine: EngineMaker) -> None:
    engine = make_engine(language="en")
    english = a_document("english", "Baking")
    fill(engine, replace(a_document("german", "Backen"), lang="de"), english)

    engine.apply([Delete("german")])

    fresh = make_engine(language="en")
    fill(fresh, english)
    assert engine.search(parse_query("bakes")).hits == fresh.search(parse_query("bakes")).hits


@pytest.mark.parametrize("language", languages())
def test_a_word_finds_itself_in_every_language(make_engine: EngineMaker, language: str) -> None:
    engine = make_engine(language=language)
    words = "häuser running книги βιβλία كتب किताब libros"
    fill(engine, a_document("post", words))

    assert all(found(engine, word) == ["post"] for word in words.split())
