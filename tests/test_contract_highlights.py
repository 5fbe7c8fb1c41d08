"""Which stretches of titles and excerpts are marked, on every engine."""

import pytest
from builders import a_document, fill, marked

from searchsvc import parse_query
from searchsvc.engines.protocol import Engine


def title_for(engine: Engine, text: str, *, prefix: bool = False) -> str:
    """The title of the first hit, its marks in brackets."""
    return marked(engine.search(parse_query(text, prefix=prefix)).hits[0].title_snippet)


def excerpt_for(engine: Engine, text: str) -> str:
    """The excerpt of the first hit, its marks in brackets."""
    return marked(engine.search(parse_query(text)).hits[0].excerpt_snippet)


@pytest.mark.parametrize(
    ("title", "typed", "shown"),
    [
        ("Baking rye bread", "bread", "Baking rye [bread]"),
        ("Baking rye bread", "bakes BREADS", "[Baking] rye [bread]"),
        ("At the Café", "cafe", "At the [Café]"),
        ("Loops in C# and C", "c#", "Loops in [C#] and C"),
        ("Servers on Node.js", "node.js", "Servers on [Node.js]"),
        ("Servers on Node.js", "node", "Servers on [Node].js"),
        ("Node.js, a node", '"node.js"', "[Node.js], a [node]"),
        ("Event-driven bread", "eventdriven", "[Event-driven] bread"),
        ("Event-driven bread", "driven event", "[Event]-[driven] bread"),
        ("Concurrency", "conc", "[Concurrency]"),
        ("Rye, bread & <salt>", "salt", "Rye, bread & <[salt]>"),
        ("🍞 of rye", "rye 🍞", "[🍞] of [rye]"),
        ("駅前のパン屋です", "パン屋", "駅前の[パン屋]です"),
        ("Don’t knead", "dont", "[Don’t] knead"),
    ],
)
def test_what_was_asked_is_marked(engine: Engine, title: str, typed: str, shown: str) -> None:
    fill(engine, a_document("a", title))

    assert title_for(engine, typed) == shown


def test_words_that_begin_so_are_marked_whole(engine: Engine) -> None:
    fill(engine, a_document("a", "Breadth of bread"))

    assert title_for(engine, "brea", prefix=True) == "[Breadth] of [bread]"


def test_words_of_phrases_are_marked_wherever_they_stand(engine: Engine) -> None:
    fill(engine, a_document("a", "Bread of rye", "A rye bread."))

    assert title_for(engine, '"rye bread"') == "[Bread] of [rye]"
    assert excerpt_for(engine, '"rye bread"') == "A [rye] [bread]."


def test_excluded_words_filters_and_unknown_words_are_not_marked(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye bread go", tags="go"))

    assert title_for(engine, "rye zymurgy -oven tag:go") == "[Rye] bread go"


def test_a_tag_that_is_found_marks_nothing(engine: Engine) -> None:
    fill(engine, a_document("a", "Bread at home", "In summer too.", tags="rye"))

    assert title_for(engine, "rye") == "Bread at home"
    assert excerpt_for(engine, "rye") == "In summer too."


def test_nothing_is_marked_when_nothing_was_asked(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye bread", "Of rye."))

    assert title_for(engine, "") == "Rye bread"
    assert excerpt_for(engine, "") == "Of rye."


def test_a_long_excerpt_is_cut_around_its_marks(engine: Engine) -> None:
    fill(engine, a_document("a", "Bread", f"{'wheat ' * 200}then rye {'oats ' * 200}"))

    shown = excerpt_for(engine, "rye")

    assert "then [rye] oats" in shown
    assert shown.startswith("…wheat")
    assert shown.endswith("oats…")
    assert len(shown.replace("[", "").replace("]", "")) <= 300


def test_a_long_excerpt_without_marks_is_cut_at_its_end(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye", "wheat " * 200))

    shown = excerpt_for(engine, "rye")

    assert shown.startswith("wheat wheat")
    assert shown.endswith("wheat…")
    assert len(shown) <= 300


def test_a_title_is_never_cut(engine: Engine) -> None:
    title = "wheat " * 200 + "rye"
    fill(engine, a_document("a", title))

    assert title_for(engine, "rye") == "wheat " * 200 + "[rye]"


def test_marks_lie_where_signs_of_two_code_units_come_before(engine: Engine) -> None:
    fill(engine, a_document("a", "🍞🥐 𝔯𝔶𝔢 rye\u0301 ﬁg rye"))

    assert title_for(engine, "rye").endswith("ﬁg [rye]")
