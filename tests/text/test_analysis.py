"""What a word is: tokens, their places, and the stretches of text they come from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc import parse_query
from searchsvc.text.analysis import _MARKS, MAX_WORD_CHARS, Analyzer, chunks, pieces
from searchsvc.text.folding import fold_word
from searchsvc.units import plan

ENGLISH = Analyzer("english")
ANY_TEXT = st.text(st.characters(exclude_categories=()))
# Texts of what words of blogs are made of, so that joints and signs meet often.
WORDY = st.lists(
    st.sampled_from([*"aBc1é+#.-_'/&@: ", "ñ", "パ", "面", "🍞", "\u0301", "C#", "Node", "http"])
).map("".join)


def words(text: str) -> list[str]:
    """The words of a text, at each place the part first."""
    return [token.word for token in ENGLISH.tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Baking rye bread", ["baking", "rye", "bread"]),
        ("C# and F#", ["c#", "and", "f#"]),
        ("the Part# of it", ["the", "part", "of", "it"]),
        ("#rye C#x", ["rye", "c#", "x"]),
        ("C++, g++ and a+++", ["c++", "g++", "and", "a++"]),
        (".NET", ["net", ".net"]),
        ("wait...net", ["wait", "net"]),
        ("Node.js", ["node", "node.js", "nodejs", "js"]),
        ("HTTP/2", ["http", "http/2", "http2", "2"]),
        ("CI/CD", ["ci", "ci/cd", "cicd", "cd"]),
        ("R&D", ["r", "r&d", "rd", "d"]),
        ("std::vector", ["std", "std::vector", "stdvector", "vector"]),
        ("wi-fi", ["wi", "wi-fi", "wifi", "fi"]),
        ("wi‑fi", ["wi", "wi-fi", "wifi", "fi"]),
        ("snake_case", ["snake", "snake_case", "snakecase", "case"]),
        ("3.11", ["3", "3.11", "11"]),
        ("a/b/c/d/e", ["a", "a/b/c/d", "abcd", "b", "c", "d", "e"]),
        ("don't DON’T", ["dont", "dont"]),
        ("the baker's", ["the", "baker"]),
        ("'rye'", ["rye"]),
        ("GoLang", ["golang", "go", "lang"]),
        ("XMLHttpRequest", ["xmlhttprequest", "xml", "http", "request"]),
        ("iOS", ["ios"]),
        ("http2 k8s", ["http2", "http", "k8s"]),
        ("パン屋", ["パン", "ン屋"]),
        ("面", ["面"]),
        ("我吃rye面包", ["我吃", "rye", "面包"]),
        ("🍞🥐", ["🍞", "🥐"]),
        ("Café Straße", ["cafe", "strasse"]),
        ("हिन्दी", ["हिन्दी"]),
        ("end. Next", ["end", "next"]),
        ("-- ... +++ ##", []),
        ("\u0301", []),
        ("", []),
    ],
)
def test_texts_are_cut_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_parts_have_places_of_their_own_and_other_forms_share_them() -> None:
    tokens = ENGLISH.tokens("On Node.js today")

    assert [(t.word, t.place, t.start, t.end, t.is_part) for t in tokens] == [
        ("on", 0, 0, 2, True),
        ("node", 1, 3, 7, True),
        ("node.js", 1, 3, 10, False),
        ("nodejs", 1, 3, 10, False),
        ("js", 2, 8, 10, True),
        ("today", 3, 11, 16, True),
    ]


def test_long_words_are_cut_and_still_find_each_other() -> None:
    assert words("a" * 500) == ["a" * MAX_WORD_CHARS]
    assert words("a" * 501) == words("a" * 500)


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("node.js", True),
        ("http/2", True),
        (".net", True),
        ("r&d", True),
        ("3.11", True),
        ("event-driven", False),
        ("snake_case", False),
        ("rye", False),
        ("c#", False),
        ("a/b/c/d/e", False),
    ],
)
def test_a_name_is_a_chunk_whose_parts_alone_mean_something_else(text: str, is_name: bool) -> None:
    (chunk,) = chunks(text)

    assert chunk.is_name == is_name


@given(ANY_TEXT | WORDY)
def test_tokens_lie_within_the_text_and_places_count_up_by_one(text: str) -> None:
    tokens = ENGLISH.tokens(text)

    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert [t.place for t in tokens if t.is_part] == list(range(len({t.place for t in tokens})))
    assert [t.place for t in tokens] == sorted(t.place for t in tokens)
    first_at_a_place = [t for n, t in enumerate(tokens) if not n or tokens[n - 1].place != t.place]
    assert all(t.is_part for t in first_at_a_place)


@given(ANY_TEXT | WORDY)
def test_words_are_folded_and_never_empty(text: str) -> None:
    for word in words(text):
        assert word
        assert not any(sign.isspace() for sign in word)
        assert len(word) <= MAX_WORD_CHARS
        if len(word) < MAX_WORD_CHARS:
            assert fold_word(word) == word


@given(ANY_TEXT | WORDY)
def test_chunks_hold_the_same_parts_as_tokens(text: str) -> None:
    parts = [
        (part.word, chunk.start + part.start, chunk.start + part.end)
        for chunk in chunks(text)
        for part in chunk.parts
    ]

    assert parts == [(t.word, t.start, t.end) for t in ENGLISH.tokens(text) if t.is_part]
    assert all(text[c.start :].startswith(c.text) for c in chunks(text))


@given(st.text("abcxyz", min_size=1, max_size=100))
def test_a_plain_word_is_cut_as_it_is_in_capitals(word: str) -> None:
    plain, capitals = chunks(word), chunks(word.upper())

    assert [chunk[1:] for chunk in plain] == [chunk[1:] for chunk in capitals]


@given(st.text("abcxyz019", min_size=1, max_size=100))
def test_a_plain_word_by_itself_is_cut_as_it_is_among_others(word: str) -> None:
    (alone,) = chunks(word)

    assert list(chunks(f"{word} {word}")) == [alone, alone._replace(start=len(word) + 1)]


@given(WORDY.map(lambda text: text.replace(":", " ")))
def test_a_title_has_every_word_that_is_asked_for_when_it_is_typed(title: str) -> None:
    own = set(words(title))

    asked = plan(parse_query(title))

    assert all(own.intersection(unit.forms) for unit in asked.typed)


def test_stems_are_for_words_of_letters_only() -> None:
    assert ENGLISH.stem("baking") == ENGLISH.stem("bakes") == "bake"
    assert [ENGLISH.stem(word) for word in ("js", "k8s", "c++", ".nets", "as")] == [
        "js",
        "k8s",
        "c++",
        ".nets",
        "as",
    ]
    assert Analyzer("none").stem("baking") == "baking"


def test_posts_in_another_language_have_stems_of_their_own() -> None:
    assert ENGLISH.language_of(None) == ENGLISH.language_of("en-GB") == "english"
    assert ENGLISH.language_of("de-AT") == "german"
    assert ENGLISH.language_of("tlh") == "english"
    assert Analyzer("none").language_of("de") == "none"
    german = ENGLISH.stem_in("german")
    assert german("häuser") == german("häusern")
    assert ENGLISH.stems("die", ["english", "german"]) == ("die", german("die"))
    assert german("die") != ENGLISH.stem("die")


def test_function_words_are_those_of_the_language() -> None:
    assert ENGLISH.is_function_word("the")
    assert not ENGLISH.is_function_word("rye")
    assert not Analyzer("none").is_function_word("the")


@pytest.mark.parametrize(
    "freak", ["a" * 1_000_000, "a-" * 200_000, "😀" * 100_000, "パ" * 100_000, "'" * 200_000]
)
def test_freaks_of_a_megabyte_are_cut_in_time(freak: str) -> None:
    assert len(ENGLISH.tokens(freak)) <= len(freak)


def test_a_sign_that_is_a_letter_is_not_a_mark_as_well() -> None:
    marks = [chr(code) for code in range(0x300, 0x3000) if re.match(f"[{_MARKS}]", chr(code))]

    assert [sign for sign in marks if re.match(r"\w", sign)] == []


@pytest.mark.parametrize(
    "text", ["क" + "ऽ" * 2_000 + ".x", "माँ" + "ऽ" * 2_000 + ".रे", "e\u0301\u0301" * 9_000]
)
def test_no_word_takes_longer_than_its_length(text: str) -> None:
    assert Analyzer("english").tokens(text)


@given(st.one_of(ANY_TEXT, WORDY))
def test_a_chunk_by_itself_gives_the_tokens_that_it_gives_in_a_text(text: str) -> None:
    cut = pieces(text)

    together, first, start = [], 0, 0
    for between, chunk in zip(cut[::2], cut[1::2], strict=False):
        start += len(between)
        tokens = ENGLISH.tokens(chunk)
        together += [(t.word, first + t.place, start + t.start, start + t.end) for t in tokens]
        first += 1 + tokens[-1].place if tokens else 0
        start += len(chunk)

    assert "".join(cut) == text
    assert together == [token[:4] for token in ENGLISH.tokens(text)]
