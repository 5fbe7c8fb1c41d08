"""A query put into units, and what is left of them once an index has been asked."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_words import edits_between

from searchsvc import parse_query
from searchsvc.resolving import Resolved, resolve
from searchsvc.text.analysis import Analyzer
from searchsvc.units import MAX_SEQUENCE_WORDS, MAX_UNITS, Sequence, Unit, plan

ENGLISH = Analyzer("english")


@dataclass
class Words:
    """A lexicon of the words of a text."""

    text: str

    def stems(self, word: str) -> tuple[str, ...]:
        return (ENGLISH.stem(word),)

    def posts_with(self, *words: str) -> int:
        return int(f" {' '.join(words)} " in f" {self.text} ")

    def count(self) -> int:
        return 1

    def near(self, word: str, *, posts: int) -> Mapping[str, tuple[int, int]]:
        near = {w: (edits_between(word, w), 1) for w in self.text.split()}
        return {w: (e, n) for w, (e, n) in near.items() if e <= 1 or (e == 2 and n >= posts)}

    def has_form(self, word: str) -> bool:
        return any(ENGLISH.stem(t.word) == ENGLISH.stem(word) for t in ENGLISH.tokens(self.text))

    def has_beginning(self, beginning: str) -> bool:
        return any(t.word.startswith(beginning) for t in ENGLISH.tokens(self.text))


def forms(text: str) -> list[tuple[str, ...]]:
    """The forms of each unit of a query, in order."""
    return [unit.forms for unit in plan(parse_query(text)).typed]


def resolved(text: str, *, known: str, prefix: bool = False) -> Resolved:
    """What is left of a query when posts have the words of ``known``."""
    return resolve(plan(parse_query(text, prefix=prefix)), Words(known))


def told(found: Resolved) -> list[str]:
    """The units that are left, an asterisk after the beginning of one."""
    return [f"{u.beginning}*" if u.beginning else u.text for u in found.units]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rye bread", [("rye",), ("bread",)]),
        ('"rye bread" oven', [("rye",), ("bread",), ("oven",)]),
        ("rye rye", [("rye",), ("rye",)]),
        ("c#", [("c#",)]),
        ("node.js", [("node.js", "nodejs")]),
        ("http/2", [("http/2", "http2")]),
        (".net", [(".net",)]),
        ("3.11", [("3.11",)]),
        (
            "event-driven",
            [
                ("event", "event-driven", "eventdriven"),
                ("driven", "event-driven", "eventdriven"),
            ],
        ),
        ("a/b/c/d/e", [("a",), ("b",), ("c",), ("d",), ("e",)]),
        ("パン屋", [("パン",), ("ン屋",)]),
        ("Café", [("cafe",)]),
        ("?! --", []),
        ("-rye tag:bread", []),
    ],
)
def test_words_are_put_into_units(text: str, expected: list[tuple[str, ...]]) -> None:
    assert forms(text) == expected


def test_a_unit_is_told_as_it_was_typed() -> None:
    assert [u.text for u in plan(parse_query("RYE Node.JS Wi-Fi")).typed] == [
        "RYE",
        "Node.JS",
        "Wi",
        "Fi",
    ]


def test_a_name_knows_its_parts() -> None:
    (unit,) = plan(parse_query("Node.js")).typed

    assert unit.parts == (Unit("Node", ("node",), (0, 4)), Unit("js", ("js",), (5, 7)))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('"rye bread"', [Sequence(("rye", "bread"))]),
        ('"Breads"', [Sequence(("breads",))]),
        ('"node.js"', [Sequence(("node", "js"), ("node.js", "nodejs"))]),
        ('"on node.js"', [Sequence(("on", "node", "js"))]),
        ('"?!"', []),
        ("rye bread", []),
    ],
)
def test_phrases_are_literal_words_in_a_row(text: str, phrases: list[Sequence]) -> None:
    assert list(plan(parse_query(text)).phrases) == phrases


def test_an_excluded_word_goes_with_its_stem_and_all_else_literally() -> None:
    asked = plan(parse_query('-breads -node.js -"rye bread" -"breads" -wi-fi'))

    assert asked.excluded_words == ("breads",)
    assert asked.excluded == (
        Sequence(("node", "js"), ("node.js", "nodejs")),
        Sequence(("rye", "bread")),
        Sequence(("breads",)),
        Sequence(("wi", "fi"), ("wi-fi", "wifi")),
    )


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("rye bre", "bre"),
        ("node.j", "node.j"),
        ("event-dri", "dri"),
        ("rye bre -x tag:y", "bre"),
        ('bre "rye"', ""),
        ("rye ?!", ""),
        ("", ""),
    ],
)
def test_the_last_word_is_what_may_be_a_beginning(text: str, last: str) -> None:
    assert plan(parse_query(text)).last == last


def test_units_beyond_the_bound_are_told() -> None:
    asked = plan(parse_query(" ".join(f"w{n}" for n in range(MAX_UNITS + 2))))

    assert len(asked.typed) == MAX_UNITS
    assert asked.ignored == ("w32", "w33")
    assert asked.last == ""


@pytest.mark.parametrize(
    ("text", "known", "units", "ignored"),
    [
        ("rye bread", "bread rye", ["rye", "bread"], []),
        ("baked", "bakes", ["baked"], []),
        ("rye zymurgy", "rye", ["rye"], ["zymurgy"]),
        ("zymurgy xyzzy zymurgy", "rye", [], ["zymurgy", "xyzzy"]),
        ("Rye rye RYE breads bread", "rye bread", ["Rye", "breads"], []),
        ("conc", "concurrency", ["conc*"], []),
        ("conc rye", "concurrency rye", ["rye"], ["conc"]),
        ("bread", "bread breadth", ["bread"], []),
        ("node.js", "Node.js", ["node.js"], []),
        ("node.js", "NodeJS", ["node.js"], []),
        ("node.js", "node rye", ["node"], ["js"]),
        ("node.js", "node json", ["node", "js*"], []),
        ("node.js rye", "node json rye", ["node", "rye"], ["js"]),
        ("wi-fi", "wifi", ["wi", "fi"], []),
        ("wi-fi", "wi", ["wi"], ["fi"]),
        ("c#", "C", [], ["c#"]),
        (".net", "net", ["net"], []),
    ],
)
def test_what_the_index_knows_is_kept_and_the_rest_told(
    text: str, known: str, units: list[str], ignored: list[str]
) -> None:
    found = resolved(text, known=known)

    assert told(found) == units
    assert list(found.ignored) == ignored


@pytest.mark.parametrize(
    ("text", "known", "units"),
    [
        ("bread", "bread breadth", ["bread*"]),
        ("rye bread ", "rye bread breadth", ["rye", "bread"]),
        ("bread", "breads", ["bread*"]),
        ("baking", "baked", ["baking"]),
        ("node.j", "Node.js", ["node.j*"]),
        ("wi-f", "Wi-Fi", ["wi", "f*"]),
        ("bread rye", "breadth rye", ["rye*"]),
        ("rye rye", "rye", ["rye", "rye*"]),
    ],
)
def test_an_unfinished_last_word_is_a_beginning_if_some_word_begins_so(
    text: str, known: str, units: list[str]
) -> None:
    assert told(resolved(text, known=known, prefix=True)) == units


@pytest.mark.parametrize(
    ("text", "known", "neighbours"),
    [
        ("rye bread oven", "rye bread oven", [(0, 1), (1, 2)]),
        ("rye zymurgy bread", "rye bread", [(0, 1)]),
        ("rye rye bread rye", "rye bread", [(0, 1), (1, 0)]),
        ("to be or not to be", "to be or not", [(0, 1), (1, 2), (2, 3), (3, 0)]),
        ("node.js oven", "node js oven", [(0, 1), (1, 2)]),
        ("rye", "rye", []),
    ],
)
def test_units_typed_side_by_side_are_neighbours(
    text: str, known: str, neighbours: list[tuple[int, int]]
) -> None:
    assert list(resolved(text, known=known).neighbours) == neighbours


@given(st.text() | st.lists(st.sampled_from([*"ab.-/ \"'", "rye"])).map("".join), st.booleans())
def test_every_unit_is_kept_or_told(text: str, prefix: bool) -> None:
    asked = plan(parse_query(text, prefix=prefix))
    nothing, everything = Words(""), Words(text)

    assert resolve(asked, nothing).units == ()
    assert bool(resolve(asked, nothing).ignored) == bool(asked.typed)
    assert resolve(asked, everything).ignored == asked.ignored


def test_phrases_count_once_and_no_more_than_their_bound_of_words() -> None:
    same = plan(parse_query('"a b" ' * 20))
    many = plan(parse_query(" ".join(f'"a{n} b{n}" -"c{n} d{n}"' for n in range(40))))

    assert same.phrases == (Sequence(("a", "b")),)
    assert sum(len(phrase.words) for phrase in many.phrases) == MAX_SEQUENCE_WORDS
    assert sum(len(phrase.words) for phrase in many.excluded) == MAX_SEQUENCE_WORDS


@pytest.mark.parametrize(
    ("text", "known", "corrected"),
    [
        ("Kuberntes on rye", "kubernetes on rye", "kubernetes on rye"),
        ("rye  bred!", "rye bread", "rye  bread!"),
        ("  bread evnets ", "bread events", "bread events"),
        ("eventsourcing", "event sourcing", "event sourcing"),
        ("eventsourcing", "event and sourcing", None),
        ("back end", "backend", "backend"),
        ("the back end", "the backend end", "the backend"),
        ("back end", "back backend end", None),
        ("-rye bred", "bread", "-rye bread"),
        ("nodde.js", "node js", "node.js"),
        ("bread", "breads", None),
        ("rye", "ryes", None),
        ("rie", "rye", None),
        ("2024", "2023", None),
        ("brxxd", "bread", None),
        ("concurncy", "concurrency", "concurrency"),
        ("Kuberntes Kuberntes", "kubernetes", "kubernetes kubernetes"),
    ],
)
def test_what_is_searched_instead_stands_in_the_place_of_what_was_typed(
    text: str, known: str, corrected: str | None
) -> None:
    assert resolved(text, known=known).corrected == corrected


def test_exactly_what_was_typed_is_searched_when_that_is_asked_for() -> None:
    found = resolve(
        plan(parse_query("kuberntes back end", exact=True)), Words("kubernetes backend")
    )

    assert (found.units, found.corrected) == ((), None)
    assert found.ignored == ("kuberntes", "back", "end")


def test_names_that_are_taken_apart_keep_to_the_bound_of_units() -> None:
    class ShortWords(Words):
        def has_form(self, word: str) -> bool:
            return len(word) <= 4

        def has_beginning(self, beginning: str) -> bool:
            return len(beginning) <= 4

    names = " ".join(f"a{n}.b{n}.c{n}x" for n in range(30))

    resolved = resolve(plan(parse_query(names)), ShortWords(""))

    assert len(resolved.units) == MAX_UNITS
    assert resolved.ignored
