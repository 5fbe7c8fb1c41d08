"""Counts of categories, tags and years, on every engine."""

import pytest
from builders import a_document, counts, fill, selected

from searchsvc import parse_query
from searchsvc.engines.protocol import Engine

BLOG = [
    a_document("a", "Rye", tags="bread go", category="Baking", date="2025-01-01"),
    a_document("b", "Rye", tags="bread", category="Baking", date="2024-01-01"),
    a_document("c", "Rye", tags="go", category="Tools", date="2024-02-01"),
    a_document("d", "Oven", tags="go rust", category="Tools", date="2023-01-01"),
    a_document("e", "Oven"),
]


def test_counts_cover_all_matches_and_not_only_this_page(engine: Engine) -> None:
    fill(
        engine,
        *(a_document(f"loaf-{n}", "A loaf.", tags="bread" if n else "bread rye") for n in range(5)),
    )

    page = engine.search(parse_query("loaf", per_page=2))

    assert len(page.hits) == 2
    assert page.total == 5
    assert counts(page.facets["tag"]) == {"bread": 5, "rye": 1}


def test_counts_cover_what_is_found_and_nothing_else(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query("rye"))

    assert counts(page.facets["category"]) == {"Baking": 2, "Tools": 1}
    assert counts(page.facets["tag"]) == {"bread": 2, "go": 2}
    assert counts(page.facets["year"]) == {"2024": 2, "2025": 1}


def test_all_categories_of_a_post_count(engine: Engine) -> None:
    fill(engine, a_document("a", categories=("Baking", "Tools")), a_document("b", category="Tools"))

    page = engine.search(parse_query())

    assert counts(page.facets["category"]) == {"Tools": 2, "Baking": 1}


def test_category_counts_leave_out_their_own_filter(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query("rye", categories=["baking"]))

    assert page.total == 2
    assert counts(page.facets["category"]) == {"Baking": 2, "Tools": 1}
    assert selected(page.facets["category"]) == ["Baking"]
    assert counts(page.facets["tag"]) == {"bread": 2, "go": 1}
    assert counts(page.facets["year"]) == {"2024": 1, "2025": 1}


def test_year_counts_leave_out_their_own_filter(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query("rye", years=[2025]))

    assert page.total == 1
    assert counts(page.facets["year"]) == {"2024": 2, "2025": 1}
    assert selected(page.facets["year"]) == ["2025"]
    assert counts(page.facets["category"]) == {"Baking": 1}


def test_year_counts_do_not_leave_out_dates(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query(after="2024-02-01", years=[2025]))

    assert counts(page.facets["year"]) == {"2024": 1, "2025": 1}


def test_tag_counts_narrow_when_every_tag_is_asked_for(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query(tags=["go"]))

    assert counts(page.facets["tag"]) == {"go": 3, "bread": 1, "rust": 1}
    assert selected(page.facets["tag"]) == ["go"]


def test_tag_counts_leave_out_their_own_filter_when_any_tag_is_enough(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query(tags=["rust"], tag_mode="any"))

    assert page.total == 1
    assert counts(page.facets["tag"]) == {"go": 3, "bread": 2, "rust": 1}
    assert selected(page.facets["tag"]) == ["rust"]


def test_each_count_leaves_out_its_own_filter_and_keeps_the_others(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query("rye", categories=["baking"], years=[2024]))

    assert page.total == 1
    assert counts(page.facets["category"]) == {"Baking": 1, "Tools": 1}
    assert counts(page.facets["year"]) == {"2024": 1, "2025": 1}
    assert counts(page.facets["tag"]) == {"bread": 1}


def test_selected_values_are_always_there(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(
        parse_query("rye", tags=["Rust", "No Such"], categories=["None"], years=[1999])
    )

    assert page.total == 0
    assert counts(page.facets["tag"]) == {"No Such": 0, "rust": 0}
    assert selected(page.facets["tag"]) == ["No Such", "rust"]
    assert counts(page.facets["category"])["None"] == 0
    assert counts(page.facets["year"])["1999"] == 0


def test_a_value_selected_in_two_spellings_is_one(engine: Engine) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query(tags=["GO", "go", "Nó such", "no such"]))

    assert counts(page.facets["tag"]) == {"Nó such": 0, "go": 0}


def test_at_most_twenty_values_are_told_by_count_and_then_by_name(engine: Engine) -> None:
    fill(
        engine,
        a_document("many", tags=" ".join(f"t{n:02}" for n in range(30))),
        a_document("two", tags="t29 t07"),
    )

    page = engine.search(parse_query())

    others = [f"t{n:02}" for n in range(30) if n not in (7, 29)]
    assert list(counts(page.facets["tag"])) == ["t07", "t29", *others[:18]]


def test_a_selected_value_is_told_beyond_the_twenty(engine: Engine) -> None:
    fill(engine, a_document("many", tags=" ".join(f"t{n:02}" for n in range(30))))

    page = engine.search(parse_query(tags=["t28"]))

    assert list(counts(page.facets["tag"])) == [*(f"t{n:02}" for n in range(20)), "t28"]
    assert selected(page.facets["tag"]) == ["t28"]


def test_values_are_shown_in_the_commonest_spelling(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Rye", tags="golang", category="BAKING"),
        a_document("b", tags="GoLang", category="Baking"),
        a_document("c", tags="GoLang", category="Baking"),
    )

    page = engine.search(parse_query("rye", tags=["GOLANG"]))

    assert counts(page.facets["tag"]) == {"GoLang": 1}
    assert counts(page.facets["category"]) == {"Baking": 1}
    assert page.hits[0].tags == ("GoLang",)
    assert page.hits[0].categories == ("Baking",)


def test_of_equally_common_spellings_the_first_is_shown(engine: Engine) -> None:
    fill(engine, a_document("a", tags="bread"), a_document("b", tags="Bread"))

    assert counts(engine.search(parse_query()).facets["tag"]) == {"Bread": 2}


def test_the_spelling_of_a_tag_does_not_depend_on_that_of_a_category(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", tags="go", category="Go"),
        a_document("b", category="Go"),
    )

    page = engine.search(parse_query())

    assert counts(page.facets["tag"]) == {"go": 1}
    assert counts(page.facets["category"]) == {"Go": 2}


@pytest.mark.parametrize("chosen", [("tag",), ("year", "category"), ()])
def test_only_the_facets_asked_for_are_told(engine: Engine, chosen: tuple[str, ...]) -> None:
    fill(engine, *BLOG)

    page = engine.search(parse_query("rye", facets=chosen))

    assert set(page.facets) == set(chosen)
    assert page.total == 3


def test_posts_without_a_date_are_in_no_year(engine: Engine) -> None:
    fill(engine, a_document("a"), a_document("b", date="2024-01-01"))

    assert counts(engine.search(parse_query()).facets["year"]) == {"2024": 1}


def test_equal_counts_go_by_name(engine: Engine) -> None:
    fill(engine, a_document("a", tags="zebra Apple éclair apple2"))

    assert list(counts(engine.search(parse_query()).facets["tag"])) == [
        "Apple",
        "apple2",
        "zebra",
        "éclair",
    ]


def test_a_post_of_many_tags_counts_for_each(engine: Engine) -> None:
    fill(engine, a_document("many", tags=" ".join(f"t{n:02}" for n in range(40))))
    fill(engine, a_document("last", tags="t39"))

    assert engine.search(parse_query()).facets["tag"][0].value == "t39"
    assert engine.search(parse_query()).facets["tag"][0].count == 2
