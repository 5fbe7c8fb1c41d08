"""What is searched in place of a word that no post has, on every engine."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import EngineMaker, a_document, fill, found, ids, marked

from searchsvc import parse_query
from searchsvc.corrections import MAX_CORRECTED
from searchsvc.documents import Upsert
from searchsvc.engines.protocol import Engine

POSTS = [
    a_document("kubernetes", "Kubernetes at home", "How a cluster of three machines came to be."),
    a_document("concurrency", "Concurrency in Go", "Channels and goroutines."),
    a_document("bread", "Bread", "Rye and wheat."),
    a_document("sourcing", "Event sourcing", "State as a series of events."),
    a_document("backend", "A backend in a day", "Flask on the server."),
]


def corrected(engine: Engine, text: str, **parameters: bool) -> str | None:
    """What is searched instead of a text."""
    return engine.search(parse_query(text, **parameters)).corrected


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("kuberentes", "kubernetes", "kubernetes"),
        ("kubernetse", "kubernetes", "kubernetes"),
        ("cubernetes", "kubernetes", "kubernetes"),
        ("kubbernetess", "kubernetes", "kubernetes"),
        ("concurency", "concurrency", "concurrency"),
        ("conkurency", "concurrency", "concurrency"),
        ("braed", "bread", "bread"),
        ("eventsourcing", "event sourcing", "sourcing"),
        ("back end", "backend", "backend"),
        ("Go Concurency!", "Go concurrency!", "concurrency"),
    ],
)
def test_a_misspelt_word_finds_what_was_meant(
    engine: Engine, typed: str, meant: str, first: str
) -> None:
    fill(engine, *POSTS)

    page = engine.search(parse_query(typed))

    assert page.corrected == meant
    assert ids(page)[0] == first
    assert page.ignored == ()
    assert page.hits[0].missing == ()


def test_a_short_word_two_edits_away_has_to_be_in_many_posts(engine: Engine) -> None:
    engine.apply(Upsert(a_document(f"post-{n}", f"Design {n}")) for n in range(12))
    fill(engine, *POSTS)

    assert corrected(engine, "dsgin") == "design"
    assert corrected(engine, "barde") is None


def test_hidden_posts_do_not_make_a_word_frequent(engine: Engine) -> None:
    gone = datetime(2025, 1, 1, tzinfo=UTC)
    hidden = (a_document(f"post-{n}", "Design", visible_until=gone) for n in range(12))
    fill(engine, *POSTS, a_document("design", "Design"), *hidden)

    assert corrected(engine, "dsgin") is None


@pytest.mark.parametrize("typed", ["braxxd", "brx", "2024", "c#", "kxbxrxetes", "zymurgy"])
def test_what_is_too_far_from_any_word_is_left_out_and_told(engine: Engine, typed: str) -> None:
    fill(engine, *POSTS, a_document("year", "2025"))

    page = engine.search(parse_query(typed))

    assert (page.corrected, page.total) == (None, 0)
    assert page.ignored == (typed,)


def test_a_word_that_some_post_has_is_never_corrected(engine: Engine) -> None:
    fill(engine, *POSTS, a_document("rare", "A braed pattern"))

    assert corrected(engine, "braed") is None
    assert found(engine, "braed") == ["rare"]


def test_a_word_that_only_hidden_posts_have_is_corrected_and_never_told(
    make_engine: EngineMaker,
) -> None:
    engine = make_engine()
    later = datetime.now(UTC) + timedelta(days=1)
    fill(engine, a_document("seen", "Brood"), a_document("hidden", "Bread", visible_from=later))

    assert corrected(engine, "breod") == "brood"
    assert found(engine, "breod") == ["seen"]


def test_words_are_searched_exactly_as_typed_when_that_is_asked_for(engine: Engine) -> None:
    fill(engine, *POSTS)

    page = engine.search(parse_query("braed go", exact=True))

    assert page.corrected is None
    assert page.ignored == ("braed",)
    assert ids(page) == ["concurrency"]


def test_all_words_may_be_corrected_ones(engine: Engine) -> None:
    fill(engine, *POSTS)

    assert found(engine, "goroutins chanels", match="all") == ["concurrency"]


def test_several_guesses_are_tried_and_the_likeliest_comes_first(engine: Engine) -> None:
    fill(
        engine,
        *(a_document(f"loaf-{n}", "Notes", "A brown bread.") for n in range(9)),
        a_document("tread", "Notes", "A worn tread."),
    )

    page = engine.search(parse_query("vread"))

    assert page.corrected == "bread"
    assert set(ids(page)) == {*(f"loaf-{n}" for n in range(9)), "tread"}
    assert ids(page)[-1] == "tread"


def test_a_literal_match_stands_above_a_corrected_one(engine: Engine) -> None:
    fill(
        engine,
        a_document("corrected", "Oven", "All on ovens.", tags="oven", date="2025-02-02"),
        a_document("literal", "Notes", "On the loaf, and so many other things besides."),
        a_document("function", "Notes", "On the whole.", date="2025-02-02"),
    )

    page = engine.search(parse_query("the loaf ovne", match="any"))

    assert page.corrected == "the loaf oven"
    assert ids(page) == ["literal", "corrected", "function"]


def test_two_words_that_are_joined_keep_the_one_that_posts_have(engine: Engine) -> None:
    fill(engine, a_document("joined", "Javascript tips"), a_document("known", "Java beans"))

    page = engine.search(parse_query("java script", match="any"))

    assert page.corrected == "javascript"
    assert set(ids(page)) == {"joined", "known"}


def test_only_some_words_of_a_query_are_corrected(engine: Engine) -> None:
    words = ["alphabet", "bakeries", "concerts", "dolphins", "elephant", "fountain", "gardener"]
    fill(engine, a_document("all", " ".join(words)))
    typed = [f"{word[:-2]}x{word[-1]}" for word in words]

    page = engine.search(parse_query(" ".join(typed)))

    assert page.ignored == tuple(typed[MAX_CORRECTED:])
    assert page.corrected == " ".join([*words[:MAX_CORRECTED], *typed[MAX_CORRECTED:]])


def test_corrected_words_are_marked(engine: Engine) -> None:
    fill(engine, *POSTS)

    (hit,) = engine.search(parse_query("goroutins")).hits

    assert marked(hit.excerpt_snippet) == "Channels and [goroutines]."


def test_the_beginning_of_a_word_is_not_corrected(engine: Engine) -> None:
    fill(engine, *POSTS, a_document("conch", "A conch"))

    assert corrected(engine, "concu") is None
    assert found(engine, "concu") == ["concurrency"]
