"""What is suggested while a reader types, on every engine."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import EngineMaker, a_document, fill, found, marked
from generated import ROWS, WORDS
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_contract_any_text import FREAKS, TYPED

from searchsvc import suggest_query
from searchsvc.documents import Delete
from searchsvc.engines.protocol import Engine
from searchsvc.errors import IndexMissing, QueryError

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)


def suggested(
    engine: Engine, text: str, *, limit: int = 8, at: datetime | None = None
) -> list[str]:
    """The texts that are suggested, in order; tags with # and categories with a slash."""
    signs = {"title": "", "tag": "#", "category": "/"}
    answer = engine.suggest(suggest_query(text, limit=limit, at=at))
    return [signs[s.kind] + s.text for s in answer.suggestions]


def test_titles_tags_and_categories_go_on_from_what_is_typed(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Rye bread", tags="rye", category="Ryes of the world"),
        a_document("b", "Oat cakes", tags="oats", category="Cakes"),
    )

    assert suggested(engine, "ry") == ["/Ryes of the world", "#rye", "Rye bread"]


def test_a_title_comes_with_its_post_and_a_tag_with_its_count(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Rye bread", url="/a/", tags="rye"),
        a_document("b", "Loaf", tags="Rye"),
    )

    tag, title = engine.suggest(suggest_query("rye")).suggestions

    assert (tag.kind, tag.text, tag.count, tag.id, tag.url) == ("tag", "Rye", 2, None, None)
    assert (title.kind, title.text, title.count) == ("title", "Rye bread", None)
    assert (title.id, title.url) == ("a", "/a/")


def test_what_is_suggested_can_be_filtered_by(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", tags="open source, other", category="Open Things"),
        a_document("b", tags="Open Source, other", category="Tools"),
    )

    tag, category = engine.suggest(suggest_query("op")).suggestions

    assert len(found(engine, tags=[tag.text])) == tag.count == 2
    assert len(found(engine, categories=[category.text])) == category.count == 1


def test_all_words_but_the_last_must_be_there_whole(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye bread"), a_document("b", "Ryebread"))

    assert suggested(engine, "rye br") == ["Rye bread"]
    assert suggested(engine, "ry br") == []


def test_words_are_literal_and_not_stems(engine: Engine) -> None:
    fill(engine, a_document("a", "Baking rye"), a_document("b", "Bakes rye"))

    assert suggested(engine, "bakin") == ["Baking rye"]
    assert suggested(engine, "baking r") == ["Baking rye"]


def test_a_space_behind_a_word_says_that_it_is_finished(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye bread"), a_document("b", "Ryebread"))

    assert suggested(engine, "rye") == ["Ryebread", "Rye bread"]
    assert suggested(engine, "rye ") == ["Rye bread"]


def test_words_may_come_in_any_order_but_titles_that_begin_so_stand_first(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Bread of rye"),
        a_document("b", "Rye, salt, water: bread"),
        a_document("c", "Rye bread and nothing else"),
    )

    assert suggested(engine, "rye br") == [
        "Rye bread and nothing else",
        "Bread of rye",
        "Rye, salt, water: bread",
    ]


@pytest.mark.parametrize(
    ("typed", "begins", "holds"),
    [
        ("node.js ry", "Node.js: rye and more of it", "Rye node.js"),
        ("eventdr", "Event-driven baking and more", "An eventdriven loaf"),
        ("lang", "GoLang for all the bakers", "A language"),
        ("wi-fi ov", "Wi-Fi ovens and more", "Oven, wi-fi"),
    ],
)
def test_a_title_begins_with_a_name_in_any_of_its_forms(
    engine: Engine, typed: str, begins: str, holds: str
) -> None:
    fill(engine, a_document("a", begins), a_document("b", holds))

    assert suggested(engine, typed) == [begins, holds]


def test_shorter_titles_stand_first_then_newer_ones_then_by_id(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", "Rye bread and butter", date="2025-01-01"),
        a_document("b", "Rye loaf", date="2024-01-01"),
        a_document("c", "Rye cake", date="2025-01-01"),
        a_document("d", "Rye"),
        a_document("f", "Rye soup"),
        a_document("e", "Rye beer"),
    )

    assert suggested(engine, "rye") == [
        "Rye",
        "Rye cake",
        "Rye loaf",
        "Rye beer",
        "Rye soup",
        "Rye bread and butter",
    ]


def test_what_begins_so_stands_first_whatever_it_is(engine: Engine) -> None:
    fill(engine, a_document("a", "Source of joy", tags="open source, source code"))

    assert suggested(engine, "sour") == ["#source code", "Source of joy", "#open source"]


def test_commoner_tags_stand_first_then_by_name(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", tags="rye-beer rye-cake rye-loaf"),
        a_document("b", tags="rye-loaf"),
    )

    assert suggested(engine, "rye") == ["#rye-loaf", "#rye-beer", "#rye-cake"]


def test_there_are_at_most_three_tags_and_two_categories(engine: Engine) -> None:
    names = "rye1 rye2 rye3 rye4"
    fill(engine, a_document("a", tags=names, categories=[f"Rye {n}" for n in range(3)]))

    assert suggested(engine, "rye") == ["/Rye 0", "/Rye 1", "#rye1", "#rye2", "#rye3"]


def test_tags_and_categories_leave_half_of_the_room_to_titles(engine: Engine) -> None:
    titles = [a_document(f"{n}", f"Rye bread {n}") for n in range(9)]
    fill(engine, a_document("a", tags="rye1 rye2 rye3", categories=["Rye 1", "Rye 2"]), *titles)

    assert suggested(engine, "rye", limit=1) == ["Rye bread 0"]
    assert suggested(engine, "rye", limit=3) == ["/Rye 1", "Rye bread 0", "Rye bread 1"]
    kinds = [s.kind for s in engine.suggest(suggest_query("rye")).suggestions]
    assert (len(kinds), kinds.count("title")) == (8, 4)


def test_tags_may_take_the_room_that_titles_do_not_need(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye", tags="rye1 rye2 rye3"))

    assert suggested(engine, "rye", limit=4) == ["#rye1", "#rye2", "#rye3", "Rye"]
    assert suggested(engine, "rye", limit=1) == ["Rye"]
    assert suggested(engine, "rye1", limit=1) == ["#rye1"]


def test_of_a_tag_and_a_category_of_one_name_the_commoner_one_is_given(engine: Engine) -> None:
    fill(
        engine,
        a_document("a", tags="rye oat", category="Rye"),
        a_document("b", tags="rye"),
        a_document("c", category="Oat"),
    )

    assert suggested(engine, "ry") == ["#rye"]
    assert suggested(engine, "oa") == ["/Oat"]


def test_a_title_that_several_posts_have_is_given_once_with_the_newest(engine: Engine) -> None:
    fill(
        engine,
        *(a_document(f"{n}", "Weekly notes", date=f"2025-01-{n:02}") for n in range(1, 29)),
        *(a_document(f"x{n}", "weekly NOTES") for n in range(30)),
        a_document("y", "Weekly notes of rye"),
    )

    answer = engine.suggest(suggest_query("week")).suggestions

    assert [(s.text, s.id) for s in answer] == [
        ("Weekly notes", "28"),
        ("Weekly notes of rye", "y"),
    ]


def test_no_more_than_a_thousand_titles_are_looked_at_for_different_ones(engine: Engine) -> None:
    notes = [a_document(f"{n}", "Notes") for n in range(999)]
    fill(engine, *notes, a_document("y", "Notes of rye"), a_document("z", "Notes of the rye"))

    assert suggested(engine, "not") == ["Notes", "Notes of rye"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("cafe", "Café au lait"),
        ("CAFÉ A", "cafe au lait"),
        ("stra", "Die Straße"),
        ("c#", "C# for bakers"),
        ("c", "C# for bakers"),
        ("c+", "C++ for bakers"),
        ("node.j", "Ovens in Node.js"),
        ("node.js ", "Ovens in Node.js"),
        ("nodejs", "Ovens in Node.js"),
        ("node", "Ovens in Node.js"),
        ("js", "Ovens in Node.js"),
        (".ne", "Bread in .NET"),
        ("http/", "HTTP/2 explained"),
        ("http/2 e", "HTTP/2 explained"),
        ("event-dr", "Event-driven baking"),
        ("eventdr", "Event-driven baking"),
        ("event-dr", "EventDriven baking"),
        ("lang", "GoLang for bakers"),
        ("don", "Don't knead"),
        ("パン", "パン屋さん"),
        ('"rye b', "Rye bread"),
        ("-rye tag:b", "Rye tag bread"),
    ],
)
def test_accents_signs_and_names_are_no_hindrance(engine: Engine, typed: str, title: str) -> None:
    fill(engine, a_document("a", title), a_document("b", "About me"))

    assert suggested(engine, typed) == [title]


def test_parts_of_a_name_are_not_the_name(engine: Engine) -> None:
    fill(engine, a_document("a", "A node and its js"))

    assert suggested(engine, "node js") == ["A node and its js"]
    assert suggested(engine, "node.js") == []


def test_matched_words_are_marked(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye <bread> & bran", tags="rye breads"))

    (title,) = engine.suggest(suggest_query("rye br")).suggestions
    tag, *_ = engine.suggest(suggest_query("ry")).suggestions

    assert marked(title.snippet) == "[Rye] <[bread]> & [bran]"
    assert title.snippet.to_html() == (
        "<mark>Rye</mark> &lt;<mark>bread</mark>&gt; &amp; <mark>bran</mark>"
    )
    assert marked(tag.snippet) == "[rye]"


def test_a_name_is_marked_as_a_whole_and_finished_words_only_as_they_are(engine: Engine) -> None:
    fill(engine, a_document("a", "Node.js and nodes, node by node"))

    (name,) = engine.suggest(suggest_query("node.j")).suggestions
    (word,) = engine.suggest(suggest_query("node b")).suggestions

    assert marked(name.snippet) == "[Node.js] and nodes, node by node"
    assert marked(word.snippet) == "[Node].js and nodes, [node] [by] [node]"


@pytest.mark.parametrize("typed", ["", "   ", "?!", "zymurgy", "rye zymurgy", "zymurgy rye"])
def test_where_nothing_goes_on_nothing_is_suggested(engine: Engine, typed: str) -> None:
    fill(engine, a_document("a", "Rye bread", tags="rye"))

    assert suggested(engine, typed) == []


def test_words_of_the_excerpt_and_body_are_not_suggested_from(make_engine: EngineMaker) -> None:
    engine = make_engine(index_body=True)
    fill(engine, a_document("a", "Bread", "Rye and salt.", body="Rye again."))

    assert suggested(engine, "rye") == []


def test_a_title_is_not_suggested_for_the_words_of_its_tags(engine: Engine) -> None:
    fill(engine, a_document("a", "Bread", tags="rye"))

    assert suggested(engine, "rye") == ["#rye"]


def test_only_posts_visible_at_the_moment_of_asking_give_titles_and_counts(engine: Engine) -> None:
    hour = timedelta(hours=1)
    fill(
        engine,
        a_document("a", "Rye now", tags="rye", category="Ryes", visible_until=NOON),
        a_document("b", "Rye later", tags="rye rye-to-come", visible_from=NOON),
    )

    assert suggested(engine, "ry", at=NOON - hour) == ["/Ryes", "#rye", "Rye now"]
    assert suggested(engine, "ry", at=NOON) == ["#rye", "#rye-to-come", "Rye later"]
    for at in (NOON - hour, NOON):
        counts = [s.count for s in engine.suggest(suggest_query("ry", at=at)).suggestions]
        assert counts == [1, 1, None]


def test_a_hidden_post_does_not_stand_in_for_a_visible_one_of_its_title(engine: Engine) -> None:
    fill(
        engine,
        a_document("new", "Rye", date="2025-06-16", visible_from=NOON),
        a_document("old", "Rye", date="2024-01-01"),
    )

    (before,) = engine.suggest(suggest_query("rye", at=NOON - timedelta(hours=1))).suggestions
    (after,) = engine.suggest(suggest_query("rye", at=NOON)).suggestions

    assert (before.id, after.id) == ("old", "new")


def test_what_is_gone_from_the_index_is_suggested_no_longer(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye bread", tags="rye"), a_document("b", "Loaf", tags="oat"))
    engine.apply([Delete("a")])

    assert suggested(engine, "r") == []
    assert suggested(engine, "o") == ["#oat"]


def test_every_beginning_of_a_title_suggests_it(make_engine: EngineMaker) -> None:
    engine = make_engine()

    @hypothesis_settings(max_examples=40)
    @given(st.lists(st.sampled_from([*WORDS, *ROWS]), min_size=1, max_size=3).map(" ".join))
    def suggests(title: str) -> None:
        engine.replace_all([a_document("a", title)])

        for length in range(1, len(title) + 1):
            typed = title[:length]
            assert suggested(engine, typed) == [title] * (typed.strip(" .") != ""), typed

    suggests()


def test_any_text_may_be_typed(make_engine: EngineMaker) -> None:
    engine = make_engine()
    fill(engine, a_document("a", "Rye bread in C#", "🍞 パン屋", tags="rye c#", date="2025-01-01"))

    @hypothesis_settings(max_examples=150)
    @given(TYPED, st.integers(1, 20))
    def answered(text: str, limit: int) -> None:
        assert len(engine.suggest(suggest_query(text, limit=limit)).suggestions) <= min(limit, 3)

    answered()


@pytest.mark.parametrize("text", [*FREAKS, "rye/" * 400, "rye-" * 400], ids=lambda t: ascii(t[:12]))
def test_freaks_may_be_typed(engine: Engine, text: str) -> None:
    fill(engine, a_document("a", "Rye bread"), a_document("b", text, tags=text[:50]))

    assert len(engine.suggest(suggest_query(text)).suggestions) <= 5


def test_more_than_thirty_two_parts_are_a_pasted_text_and_suggest_nothing(engine: Engine) -> None:
    fill(engine, a_document("a", "rye " * 40))

    assert len(suggested(engine, "rye " * 32)) == 1
    assert suggested(engine, "rye " * 33) == []


@pytest.mark.parametrize("limit", [0, -1, 21])
def test_a_limit_without_meaning_is_refused(limit: int) -> None:
    with pytest.raises(QueryError, match=r"limit is '-?[0-9]+'\. It can be 1 to 20"):
        suggest_query("rye", limit=limit)


def test_the_answer_tells_what_was_asked_and_of_which_generation(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye"), a_document("b", visible_from=NOON))

    answer = engine.suggest(suggest_query("ry", at=NOON - timedelta(hours=1)))

    assert answer.query.text == "ry"
    assert (answer.index.generation, answer.index.posts) == (1, 1)
    assert answer.took_ms > 0


def test_before_anything_is_built_the_error_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(IndexMissing, match="searchsvc reindex"):
        engine.suggest(suggest_query("rye"))
