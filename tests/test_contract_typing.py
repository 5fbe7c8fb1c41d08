"""While a title is typed, letter by letter, its post stays among the found, on every engine."""

import pytest
from builders import EngineMaker, a_document, fill, found
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from searchsvc.engines.protocol import Engine

TITLES = [
    "Concurrency in Go",
    "Running, baked and running again",
    "C# vs. C++: what's in a name?",
    "From Node.js to .NET, over HTTP/2",
    "Ünïcode für Straßen im Café",
    "Event-driven e-mail on Wi-Fi",
    "don't repeat yourself; O'Reilly's rule",
    "std::vector::iterator::value::type and a/b/c/d/e/f",
    "snake_case, camelCase, XMLHttpRequest v1.2.3",
    "東京都の天気 한국어 🍞 rye",
    "--flag, $HOME and @decorator",
    "To be or not to be",
]
# What titles are made of: words that meet others, letters that join, signs that do not.
PIECES = st.sampled_from(
    [
        *("rye", "ryes", "running", "runs", "Go", "GoLang", "go's", "C#", "C", "C++", "c+", "Node"),
        *("Node.js", "node.json", "HTTP/2", "http", "a/b", "a/b/c/d/e", "é", "Café", "cafés"),
        *("wi-fi", "wifi", "東京", "東京都", "🍞", "don't", "dont", "the", "3.11", "3.1", "k8s"),
        *(" ", " ", " ", " ", ", ", "-", "'", "’", ".", "/", "_", "&", "#", "+", "!", "s"),
    ]
)
WRITTEN = st.lists(PIECES, min_size=1, max_size=8).map("".join).filter(lambda t: t.strip(" -'’"))


@pytest.mark.parametrize("title", TITLES)
def test_no_letter_of_a_title_makes_its_post_vanish(engine: Engine, title: str) -> None:
    fill(engine, *(a_document(f"post-{n}", other) for n, other in enumerate(TITLES)))
    own = f"post-{TITLES.index(title)}"

    for letters in range(1, len(title) + 1):
        assert own in found(engine, title[:letters], prefix=True), title[:letters]


def _without_operators(title: str) -> str:
    return " ".join(word.lstrip("-") for word in title.split())


def test_no_letter_of_any_title_makes_its_post_vanish(make_engine: EngineMaker) -> None:
    # Only few are found besides those with half of the words, so that it is not by chance.
    engine = make_engine(enough_hits=1)

    @hypothesis_settings(max_examples=60)
    @given(st.lists(WRITTEN.map(_without_operators), min_size=2, max_size=6, unique=True))
    @example(["C#s", "C# C#", "C"])
    @example(["a/b/c/d/e", "a/b/c/d/e-", "a/b/c"])
    @example(["go's", "go", "gos"])
    def stays(titles: list[str]) -> None:
        engine.replace_all(a_document(f"post-{n}", title) for n, title in enumerate(titles))
        for number, title in enumerate(titles):
            for letters in range(1, len(title) + 1):
                typed = title[:letters]
                if any(c.isalnum() for c in typed):
                    assert f"post-{number}" in found(engine, typed, prefix=True), typed

    stays()


def test_a_title_that_begins_with_what_is_typed_stands_higher(engine: Engine) -> None:
    fill(
        engine,
        a_document("inside", "On baking bread", date="2025-02-02"),
        a_document("begins", "Baking bread at home tonight", date="2025-01-01"),
    )

    assert found(engine, "baking bre", prefix=True) == ["begins", "inside"]
    assert found(engine, "baking bread") == ["inside", "begins"]


def test_a_prefix_of_a_word_with_accents_finds_it(make_engine: EngineMaker) -> None:
    engine = make_engine()
    fill(engine, a_document("cafe", "Crème brûlée"))

    assert found(engine, "creme brul", prefix=True) == found(engine, "crème brûl", prefix=True)
    assert found(engine, "brul", prefix=True) == ["cafe"]
