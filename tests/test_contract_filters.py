"""Filters by tag, category, year and date, on every engine."""

from datetime import date

import pytest
from builders import a_document, fill, found

from searchsvc.engines.protocol import Engine

TAGGED = [
    a_document("both", "Rye", tags="Go Bread"),
    a_document("go", "Rye", tags="go"),
    a_document("bread", "Rye", tags="bréad"),
    a_document("none", "Rye"),
]
DATED = [
    a_document("2025-b", "Rye", date="2025-06-15"),
    a_document("2025-a", "Rye", date="2025-01-01"),
    a_document("2024", "Rye", date="2024-12-31"),
    a_document("2023", "Rye", date="2023-07-01"),
    a_document("undated", "Rye"),
]


def test_every_tag_must_be_there(engine: Engine) -> None:
    fill(engine, *TAGGED)

    assert found(engine, tags=["go", "bread"]) == ["both"]


def test_with_tag_mode_any_one_of_the_tags_is_enough(engine: Engine) -> None:
    fill(engine, *TAGGED)

    assert found(engine, tags=["go", "bread"], tag_mode="any") == ["both", "bread", "go"]


def test_tags_are_compared_without_case_and_accents(engine: Engine) -> None:
    fill(engine, *TAGGED)

    assert found(engine, tags=["GO"]) == ["both", "go"]
    assert found(engine, tags=["Bréàd"]) == ["both", "bread"]


def test_a_tag_is_its_whole_text(engine: Engine) -> None:
    fill(engine, a_document("a", tags="open source,"), a_document("b", tags="open"))

    assert found(engine, tags=["open"]) == ["b"]
    assert found(engine, tags=["open  source"]) == ["a"]
    assert found(engine, tags=["ope"]) == []


def test_signs_in_tags_count(engine: Engine) -> None:
    fill(engine, a_document("sharp", tags="c#"), a_document("plus", tags="C++"))

    assert found(engine, tags=["C#"]) == ["sharp"]
    assert found(engine, tags=["c++"]) == ["plus"]
    assert found(engine, tags=["c"]) == []


def test_a_tag_that_no_post_has_leaves_nothing(engine: Engine) -> None:
    fill(engine, *TAGGED)

    assert found(engine, "rye", tags=["zymurgy"]) == []
    assert found(engine, tags=["go", "zymurgy"]) == []
    assert found(engine, tags=["go", "zymurgy"], tag_mode="any") == ["both", "go"]


def test_one_of_the_categories_is_enough(engine: Engine) -> None:
    fill(
        engine,
        a_document("baking", category="Baking"),
        a_document("two", categories=("Travel", "Tools")),
        a_document("travel", category="travel"),
        a_document("none"),
    )

    assert found(engine, categories=["BAKING"]) == ["baking"]
    assert found(engine, categories=["baking", "tools"]) == ["baking", "two"]
    assert found(engine, categories=["zymurgy"]) == []


def test_a_second_category_counts_like_the_first(engine: Engine) -> None:
    fill(engine, a_document("a", categories=("Baking", "Tools")))

    assert found(engine, categories=["tools"]) == ["a"]


def test_categories_and_tags_are_told_apart(engine: Engine) -> None:
    fill(engine, a_document("a", category="go"), a_document("b", tags="go"))

    assert found(engine, categories=["go"]) == ["a"]
    assert found(engine, tags=["go"]) == ["b"]


def test_one_of_the_years_is_enough(engine: Engine) -> None:
    fill(engine, *DATED)

    assert found(engine, years=[2025]) == ["2025-b", "2025-a"]
    assert found(engine, years=[2023, 2025]) == ["2025-b", "2025-a", "2023"]
    assert found(engine, years=[1999]) == []


def test_after_includes_its_day_and_before_does_not(engine: Engine) -> None:
    fill(engine, *DATED)

    assert found(engine, after=date(2024, 12, 31)) == ["2025-b", "2025-a", "2024"]
    assert found(engine, before=date(2025, 1, 1)) == ["2024", "2023"]
    assert found(engine, after="2024-12-31", before="2025-01-01") == ["2024"]
    assert found(engine, after="2025-01-01", before="2025-01-01") == []


def test_posts_without_a_date_are_in_no_year_and_no_span(engine: Engine) -> None:
    fill(engine, *DATED)

    assert "undated" in found(engine)
    assert "undated" not in found(engine, after="0001-01-01")
    assert "undated" not in found(engine, before="9999-12-31")
    assert "undated" not in found(engine, years=[2023, 2024, 2025])


def test_filters_hold_together(engine: Engine) -> None:
    fill(
        engine,
        a_document("all", "Rye", tags="go", category="Baking", date="2025-01-01"),
        a_document("no-tag", "Rye", category="Baking", date="2025-01-01"),
        a_document("no-category", "Rye", tags="go", date="2025-01-01"),
        a_document("no-date", "Rye", tags="go", category="Baking"),
        a_document("no-word", "Oven", tags="go", category="Baking", date="2025-01-01"),
    )

    chosen = found(
        engine, "rye", tags=["go"], categories=["baking"], years=[2025], after="2025-01-01"
    )

    assert chosen == ["all"]


@pytest.mark.parametrize("match", ["auto", "any", "all"])
def test_filters_hold_in_every_mode(engine: Engine, match: str) -> None:
    fill(engine, *TAGGED)

    assert found(engine, "rye", tags=["go"], match=match) == ["both", "go"]


def test_empty_values_are_no_filter(engine: Engine) -> None:
    fill(engine, *TAGGED)

    assert len(found(engine, tags=[""], categories=[" "], years=[""], after="", before="")) == 4


def test_a_post_of_many_tags_is_found_by_each(engine: Engine) -> None:
    fill(engine, a_document("many", tags=" ".join(f"tag{n}" for n in range(40))))

    assert all(found(engine, tags=[f"tag{n}"]) == ["many"] for n in range(40))
    assert found(engine, tags=["tag0", "tag20", "tag39"]) == ["many"]
