"""What an owner may add to the order: pinned posts, recency; and what explains it."""

from datetime import UTC, datetime
from math import fsum, isclose

import pytest
from builders import EngineMaker, a_document, fill, found, ids

from searchsvc import parse_query
from searchsvc.engines.protocol import Engine
from searchsvc.results import Hit

K8S = a_document("k8s", "K8s at home")
TODAY = datetime(2025, 6, 15, 12, tzinfo=UTC)
BLOG = [
    a_document("bread", "Rye bread", "A loaf of rye.", date="2025-06-01", tags="rye"),
    a_document("news", "News", "Nothing on rye; bread, briefly.", date="2025-05-01", tags="news"),
    a_document(
        "jobs", "Work with us", "We hire bakers.", url="/jobs/", date="2020-01-01", tags="rye"
    ),
]


def test_a_pinned_post_stands_first_for_its_query(make_engine: EngineMaker) -> None:
    engine = make_engine(pinned={"Rye  bread": ("/jobs/", "news")})
    fill(engine, *BLOG)

    assert found(engine, "rye bread") == ["jobs", "news", "bread"]
    assert found(engine, "RYE Bread!") == ["jobs", "news", "bread"]
    assert found(engine, "bread") == ["bread", "news"]


def test_a_pinned_post_may_be_named_by_its_path(make_engine: EngineMaker) -> None:
    engine = make_engine(pinned={"bread": ("/jobs/",)})
    fill(
        engine,
        a_document("bread", "Bread"),
        a_document("jobs", "Jobs", url="https://b.example/jobs/"),
    )

    assert found(engine, "bread") == ["jobs", "bread"]


def test_pinned_posts_are_counted_and_filtered_like_others(make_engine: EngineMaker) -> None:
    engine = make_engine(pinned={"bread": ("jobs",)})
    fill(engine, *BLOG)

    page = engine.search(parse_query("bread"))

    assert page.total == 3
    assert page.hits[0].missing == ("bread",)
    assert found(engine, "bread", tags=["news"]) == ["news"]
    assert found(engine, "bread", sort="newest") == ["bread", "news", "jobs"]


def test_a_pinned_post_is_found_for_words_that_no_post_has(make_engine: EngineMaker) -> None:
    engine = make_engine(pinned={"zymurgy": ("jobs",)})
    fill(engine, *BLOG)

    for match in ("auto", "all", "any"):
        assert found(engine, "zymurgy", match=match) == ["jobs"]


def test_a_pinned_post_that_is_gone_or_hidden_is_left_out(make_engine: EngineMaker) -> None:
    engine = make_engine(pinned={"bread": ("gone", "hidden")})
    fill(
        engine, *BLOG, a_document("hidden", "Later", visible_from=datetime(2999, 1, 1, tzinfo=UTC))
    )

    assert found(engine, "bread") == ["bread", "news"]


def test_recent_posts_stand_above_old_ones_that_are_alike(make_engine: EngineMaker) -> None:
    old = a_document("old", "Notes", "Rye bread and some words.", date="2015-01-01")
    new = a_document("new", "Notes", "Rye bread and five more words.", date="2025-06-14")
    plain, recent = make_engine(), make_engine(recency_days=30)
    for engine in (plain, recent):
        fill(engine, old, new)

    assert found(plain, "rye", at=TODAY) == ["old", "new"]
    assert found(recent, "rye", at=TODAY) == ["new", "old"]


def test_recency_does_not_hide_an_exact_old_match(make_engine: EngineMaker) -> None:
    engine = make_engine(recency_days=30)
    fill(
        engine,
        a_document("exact", "Rye bread", date="2005-01-01"),
        *(a_document(f"new-{n}", "Today", "Some bread.", date="2025-06-14") for n in range(9)),
    )

    assert found(engine, "rye bread", at=TODAY)[0] == "exact"


@pytest.mark.parametrize("text", ["rye bread", "rye brea", "bred rye", "the rye", "loaf bread"])
def test_reasons_add_up_to_the_score(make_engine: EngineMaker, text: str) -> None:
    engine = make_engine(recency_days=30, synonyms=("loaf, rye",))
    fill(engine, *BLOG)

    hits = engine.search(parse_query(text, explain=True, prefix=True, at=TODAY)).hits

    assert hits
    assert all(hit.reasons for hit in hits)
    assert all(isclose(fsum(r.score for r in h.reasons), h.score, rel_tol=1e-9) for h in hits)


def test_reasons_are_in_words(engine: Engine) -> None:
    fill(engine, *BLOG[:2])

    first, second = engine.search(parse_query("rye braed", explain=True)).hits

    assert first.stands_first == "the title has all the words"
    assert said(first) == [
        "“rye” in the title and tags or address and excerpt",
        "“rye” as it is written",
        "“bread” for “braed” in the title",
        "“rye” near “bread” for “braed”",
        "the title is made of words of the query",
    ]
    assert second.stands_first == ""
    assert said(second)[0] == "“rye” in the excerpt"


def test_reasons_name_what_was_guessed_and_that_there_are_synonyms(
    make_engine: EngineMaker,
) -> None:
    engine = make_engine(synonyms=("k8s, kubernetes",))
    fill(engine, a_document("tread", "Tread"), a_document("bread", "Bread bread"), K8S)

    guessed = engine.search(parse_query("vread", explain=True)).hits
    (by_synonym,) = engine.search(parse_query("kubernetes", explain=True)).hits

    assert {said(hit)[0] for hit in guessed} == {"“bread” or “tread” for “vread” in the title"}
    assert said(by_synonym)[0] == "“kubernetes” or a synonym in the title"


def test_reasons_are_given_only_when_they_are_asked_for(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query("rye"))

    assert ids(page)
    assert all((hit.reasons, hit.stands_first) == ((), "") for hit in page.hits)


def test_a_pinned_post_says_so(make_engine: EngineMaker) -> None:
    engine = make_engine(pinned={"rye": ("news",)})
    fill(engine, *BLOG)

    assert engine.search(parse_query("rye", explain=True)).hits[0].stands_first == (
        "pinned by the owner for this query"
    )


def said(hit: Hit) -> list[str]:
    """The reasons of a hit, without their numbers."""
    return [reason.text for reason in hit.reasons]
