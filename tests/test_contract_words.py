"""What is a word, on every engine: code names, accents, endings, beginnings, scripts."""

from pathlib import Path

import pytest
from builders import EngineMaker, a_document, fill, found, missing

from searchsvc import parse_query
from searchsvc.engines.protocol import Engine

WORDS = Path(__file__).with_name("words.tsv")
CODE = [
    a_document("csharp", "Loops in C#"),
    a_document("c", "Loops in C"),
    a_document("cpp", "Loops in C++"),
    a_document("dotnet", "Servers on .NET"),
    a_document("net", "Casting a net"),
    a_document("node", "Servers on Node.js"),
    a_document("http2", "What HTTP/2 changes"),
    a_document("http1", "What HTTP was"),
    a_document("cicd", "Our CI/CD at home"),
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("c#", {"csharp"}),
        ("C#", {"csharp"}),
        ("c++", {"cpp"}),
        ("c", {"c"}),
        (".net", {"dotnet"}),
        (".NET", {"dotnet"}),
        ("net", {"dotnet", "net"}),
        ("node.js", {"node"}),
        ("nodejs", {"node"}),
        ("node", {"node"}),
        ("js", {"node"}),
        ("http/2", {"http2"}),
        ("http", {"http1", "http2"}),
        ("ci/cd", {"cicd"}),
        ("CICD", {"cicd"}),
        ("(c++)", {"cpp"}),
    ],
)
def test_names_of_code_are_words(engine: Engine, typed: str, expected: set[str]) -> None:
    fill(engine, *CODE)

    assert set(found(engine, typed)) == expected


@pytest.mark.parametrize("line", WORDS.read_text(encoding="utf-8").splitlines())
def test_words_find_what_the_table_in_the_docs_says(engine: Engine, line: str) -> None:
    typed, finds, not_found = (column.split(" · ") for column in line.split("\t"))
    fill(
        engine,
        *(a_document(f"found-{n}", "Notes", f"On {text} today.") for n, text in enumerate(finds)),
        *(a_document(f"not-{n}", "Notes", f"On {text} today.") for n, text in enumerate(not_found)),
    )

    assert set(found(engine, typed[0])) == {f"found-{n}" for n in range(len(finds))}


def test_no_word_is_dropped_for_being_frequent(engine: Engine) -> None:
    fill(
        engine,
        a_document("hamlet", "To be or not to be"),
        *(a_document(f"other-{n}", "What to do", "It is to be seen, or not.") for n in range(12)),
    )

    assert found(engine, "to be or not to be")[0] == "hamlet"
    assert found(engine, '"to be or not to be"') == ["hamlet"]


def test_a_name_that_no_post_has_is_looked_for_by_its_parts(engine: Engine) -> None:
    fill(engine, *CODE)

    page = engine.search(parse_query("http/3"))

    assert {hit.id for hit in page.hits} == {"http1", "http2"}
    assert page.ignored == ("3",)


def test_a_joined_word_and_a_hyphenated_one_find_each_other(engine: Engine) -> None:
    fill(
        engine,
        a_document("hyphen", "Event-driven baking"),
        a_document("joined", "Eventdriven baking"),
        a_document("apart", "An event that is driven"),
    )

    assert set(found(engine, "event-driven", match="all")) == {"hyphen", "joined", "apart"}
    assert set(found(engine, "eventdriven")) == {"hyphen", "joined"}


def test_a_name_in_capitals_is_found_by_its_halves(engine: Engine) -> None:
    fill(engine, a_document("a", "GoLang"), a_document("b", "Golem"))

    assert found(engine, "golang") == ["a"]
    assert found(engine, "lang") == ["a"]


@pytest.mark.parametrize("typed", ["cafe", "Café", "CAFÉ", "CAFE", "cafe\u0301"])
def test_accents_and_case_do_not_matter(engine: Engine, typed: str) -> None:
    fill(
        engine,
        a_document("accent", "At the Café"),
        a_document("plain", "At the cafe"),
        a_document("other", "At the bakery"),
    )

    assert found(engine, typed) == ["accent", "plain"]


def test_full_width_and_strokes_do_not_matter(engine: Engine) -> None:
    fill(engine, a_document("a", "Smørrebrød"), a_document("b", "ＲＹＥ"))

    assert found(engine, "smorrebrod") == ["a"]
    assert found(engine, "rye") == ["b"]


def test_english_endings_do_not_matter(engine: Engine) -> None:
    fill(
        engine,
        a_document("bakes", "She bakes"),
        a_document("baked", "He baked"),
        a_document("bread", "Bread"),
    )

    assert set(found(engine, "baking")) == {"bakes", "baked"}


def test_with_language_none_words_are_as_they_are_written(make_engine: EngineMaker) -> None:
    engine = make_engine(language="none")
    fill(engine, a_document("bakes", "She bakes"), a_document("baked", "He baked"))

    assert found(engine, "baked") == ["baked"]
    assert found(engine, "baking") == []


def test_another_language_has_its_own_endings(make_engine: EngineMaker) -> None:
    engine = make_engine(language="german")
    fill(engine, a_document("a", "Frische Brote"), a_document("b", "Eine Brücke"))

    assert found(engine, "brot") == ["a"]


def test_an_apostrophe_does_not_matter(engine: Engine) -> None:
    fill(engine, a_document("straight", "Don't knead"), a_document("curly", "Don’t knead"))

    assert set(found(engine, "dont")) == {"straight", "curly"}
    assert set(found(engine, "don't")) == {"straight", "curly"}


def test_words_of_chinese_japanese_and_korean_are_found_inside_a_sentence(engine: Engine) -> None:
    fill(
        engine,
        a_document("ja", "駅前のパン屋です"),
        a_document("zh", "我喜欢面包"),
        a_document("ko", "맛있는빵집"),
    )

    assert found(engine, "パン屋") == ["ja"]
    assert found(engine, "面包") == ["zh"]
    assert found(engine, "빵집") == ["ko"]


def test_an_emoji_is_a_word(engine: Engine) -> None:
    fill(engine, a_document("a", "Fresh 🍞 today"), a_document("b", "Fresh 🥐 today"))

    assert found(engine, "🍞") == ["a"]


def test_every_field_is_searched(engine: Engine) -> None:
    fill(
        engine,
        a_document("title", "Rye"),
        a_document("excerpt", excerpt="Rye"),
        a_document("tag", tags="rye"),
        a_document("category", category="Rye"),
        a_document("none", "Wheat"),
    )

    assert set(found(engine, "rye")) == {"title", "excerpt", "tag", "category"}


def test_bodies_are_searched_only_when_the_owner_wants_it(make_engine: EngineMaker) -> None:
    without, within = make_engine(), make_engine(index_body=True)
    for engine in (without, within):
        fill(engine, a_document("a", "Bread", body="With rye."), a_document("b", "Rye"))

    assert found(without, "rye") == ["b"]
    assert found(within, "rye") == ["b", "a"]


def test_an_unfinished_last_word_finds_longer_ones(engine: Engine) -> None:
    fill(engine, a_document("bread", "Bread"), a_document("breadth", "Breadth"))

    assert found(engine, "bread", prefix=False) == ["bread"]
    assert set(found(engine, "bread", prefix=True)) == {"bread", "breadth"}
    assert set(found(engine, "b", prefix=True)) == {"bread", "breadth"}


def test_a_space_says_that_the_last_word_is_finished(engine: Engine) -> None:
    fill(engine, a_document("bread", "Bread"), a_document("breadth", "Breadth"))

    assert found(engine, "bread ", prefix=True) == ["bread"]


def test_a_last_word_that_no_post_has_is_the_beginning_of_one(engine: Engine) -> None:
    fill(engine, a_document("a", "Concurrency"), a_document("b", "Rye"))

    assert found(engine, "conc", prefix=False) == ["a"]
    assert found(engine, "rye conc", match="all") == []
    assert engine.search(parse_query("rye conc")).ignored == ()


def test_only_the_last_word_may_be_a_beginning(engine: Engine) -> None:
    fill(engine, a_document("a", "Concurrency"), a_document("b", "Rye"))

    page = engine.search(parse_query("conc rye", prefix=True))

    assert [hit.id for hit in page.hits] == ["b"]
    assert page.ignored == ("conc",)


def test_a_beginning_that_no_post_has_is_ignored_like_a_word(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye"))

    assert engine.search(parse_query("rye zym", prefix=True)).ignored == ("zym",)


def test_an_unfinished_name_finds_the_whole_one(engine: Engine) -> None:
    fill(engine, *CODE)

    assert found(engine, "node.j", prefix=True) == ["node"]
    assert found(engine, "servers node.j", prefix=True, match="all") == ["node"]


def test_words_longer_than_any_bound_still_find_each_other(engine: Engine) -> None:
    long = "a" * 500
    fill(engine, a_document("long", f"{long} rye"), a_document("other", "Rye"))

    assert found(engine, long) == ["long"]


def test_missing_names_words_as_they_were_typed(engine: Engine) -> None:
    fill(engine, *CODE)

    assert missing(engine, "LOOPS Node.JS", match="any") == {
        "node": ["LOOPS"],
        "csharp": ["Node.JS"],
        "c": ["Node.JS"],
        "cpp": ["Node.JS"],
    }
