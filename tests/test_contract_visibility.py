"""Posts that are not there yet, or no longer, on every engine.

They are in no answer and no count at the moment of asking, without a reindex.
"""

from datetime import UTC, datetime, timedelta, timezone

from builders import EngineMaker, a_document, counts, fill, found, ids

from searchsvc import parse_query
from searchsvc.engines.protocol import Engine

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_a_post_can_be_found_from_the_very_instant_it_becomes_visible(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye", visible_from=NOON))

    assert found(engine, "rye", at=NOON - MOMENT) == []
    assert found(engine, "rye", at=NOON) == ["a"]


def test_a_post_can_be_found_until_just_before_it_expires(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye", visible_until=NOON))

    assert found(engine, "rye", at=NOON - MOMENT) == ["a"]
    assert found(engine, "rye", at=NOON) == []


def test_instants_are_compared_across_time_zones(engine: Engine) -> None:
    tokyo = timezone(timedelta(hours=9))
    fill(engine, a_document("a", "Rye", visible_from=datetime(2025, 6, 15, 21, tzinfo=tokyo)))

    assert found(engine, "rye", at=NOON - MOMENT) == []
    assert found(engine, "rye", at=NOON) == ["a"]
    assert found(engine, "rye", at=NOON.astimezone(tokyo)) == ["a"]


def test_asked_without_an_instant_it_is_now(engine: Engine) -> None:
    now = datetime.now(UTC)
    day = timedelta(days=1)
    fill(
        engine,
        a_document("past", "Rye", visible_from=now - day),
        a_document("future", "Rye", visible_from=now + day),
        a_document("expired", "Rye", visible_until=now - day),
        a_document("expiring", "Rye", visible_until=now + day),
    )

    assert found(engine, "rye") == ["expiring", "past"]
    assert found(engine) == ["expiring", "past"]


def test_each_query_is_answered_for_its_own_instant(engine: Engine) -> None:
    hour = timedelta(hours=1)
    fill(engine, *(a_document(f"{n}", "Rye", visible_from=NOON + n * hour) for n in range(4)))

    for n in (3, 0, 2, 1, 3):
        assert len(found(engine, "rye", at=NOON + n * hour)) == n + 1


def test_hidden_posts_are_in_no_total_and_no_count(engine: Engine) -> None:
    fill(
        engine,
        a_document("seen", "Rye", tags="bread", category="Baking", date="2024-01-01"),
        a_document(
            "hidden",
            "Rye",
            tags="bread secret",
            category="Secret",
            date="2026-01-01",
            visible_from=NOON + MOMENT,
        ),
    )

    page = engine.search(parse_query("rye", at=NOON))

    assert page.total == 1
    assert counts(page.facets["tag"]) == {"bread": 1}
    assert counts(page.facets["category"]) == {"Baking": 1}
    assert counts(page.facets["year"]) == {"2024": 1}


def test_hidden_posts_are_not_counted_when_a_facet_leaves_out_its_own_filter(
    engine: Engine,
) -> None:
    fill(
        engine,
        a_document("seen", "Rye", category="Baking"),
        a_document("hidden", "Rye", category="Secret", visible_from=NOON + MOMENT),
    )

    page = engine.search(parse_query("rye", categories=["baking"], at=NOON))

    assert counts(page.facets["category"]) == {"Baking": 1}


def test_the_index_tells_how_many_posts_are_visible(engine: Engine) -> None:
    fill(engine, a_document("seen"), a_document("hidden", visible_from=NOON))
    status = engine.status()

    assert engine.search(parse_query(at=NOON - MOMENT)).index.posts == 1
    assert engine.search(parse_query(at=NOON)).index.posts == 2
    assert status is not None
    assert status.posts == 2


def test_a_word_that_only_hidden_posts_have_is_ignored(engine: Engine) -> None:
    fill(
        engine,
        a_document("seen", "Rye"),
        a_document("hidden", "Rye secret", visible_until=NOON),
    )

    page = engine.search(parse_query("rye secret", at=NOON))

    assert ids(page) == ["seen"]
    assert page.ignored == ("secret",)
    assert page.hits[0].missing == ()
    assert engine.search(parse_query("rye secret", at=NOON - MOMENT)).ignored == ()


def test_a_beginning_that_only_hidden_posts_have_is_ignored(engine: Engine) -> None:
    fill(engine, a_document("seen", "Rye"), a_document("hidden", "Secret", visible_until=NOON))

    assert engine.search(parse_query("rye secr", at=NOON)).ignored == ("secr",)


def test_a_word_that_only_hidden_posts_have_may_be_the_beginning_of_another(
    engine: Engine,
) -> None:
    fill(engine, a_document("seen", "Breadth"), a_document("hidden", "Bread", visible_until=NOON))

    assert found(engine, "bread", at=NOON - MOMENT) == ["hidden"]
    assert found(engine, "bread", at=NOON) == ["seen"]


def test_phrases_and_exclusions_see_visible_posts_only(engine: Engine) -> None:
    fill(
        engine,
        a_document("seen", "Rye bread"),
        a_document("other", "Oven"),
        a_document("hidden", "Rye bread", visible_until=NOON),
    )

    assert found(engine, '"rye bread"', at=NOON) == ["seen"]
    assert found(engine, "-rye", at=NOON) == ["other"]


def test_hidden_posts_do_not_take_the_place_of_the_best(make_engine: EngineMaker) -> None:
    engine = make_engine(enough_hits=1)
    fill(
        engine,
        a_document("bread-1", "Bread"),
        a_document("bread-2", "Bread"),
        a_document("rye", "Oven", "With rye."),
        a_document("hidden", "Rye bread", visible_until=NOON),
    )

    assert found(engine, "rye bread", at=NOON) == ["bread-1", "rye"]


def test_an_answer_with_nothing_hidden_equals_one_where_hidden_posts_were_never_added(
    make_engine: EngineMaker,
) -> None:
    seen = [a_document("a", "Rye bread"), a_document("b", "Rye", "And bread."), a_document("c")]
    hidden = a_document("hidden", "Rye bread oven", tags="rye", visible_until=NOON)
    with_hidden, without = make_engine(), make_engine()
    fill(with_hidden, *seen, hidden)
    fill(without, *seen)

    assert found(with_hidden, "rye bread", at=NOON) == found(without, "rye bread", at=NOON)


def test_hidden_posts_can_be_got_by_their_id(engine: Engine) -> None:
    hidden = a_document("hidden", "Rye", visible_until=NOON)
    fill(engine, hidden)

    assert engine.get("hidden") == hidden
    assert "hidden" in engine.fingerprints()
