"""MDX → the text that a reader sees."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.posts.markup import page_of_mdx

# What the parser of MDX itself takes for words in each file; made by parse.mjs beside it.
SAMPLES = Path(__file__).parent / "mdx"
WORDS = json.loads((SAMPLES / "words.json").read_text(encoding="utf-8"))


def words(mdx: str) -> str:
    return " ".join(page_of_mdx(mdx).text.split())


@pytest.mark.parametrize("name", WORDS)
def test_the_words_are_those_that_the_parser_of_mdx_finds(name: str) -> None:
    assert words((SAMPLES / name).read_text(encoding="utf-8")) == WORDS[name]


@pytest.mark.parametrize(
    ("mdx", "text"),
    [
        ("import A from 'a'\n\nSeen.", "Seen."),
        ("import A from 'a'", ""),
        ("Seen.\nimport of goods", "Seen. import of goods"),
        ("export const a = {\n\n  b: 1,\n\n}\n\nSeen.", "Seen."),
        ("export const a = (\n\nSeen.", "Seen."),
        ("import {\n\nSeen {x}.", "Seen ."),
        ("A {b} c", "A c"),
        ("A {b c", "A {b c"),
        ("A {'b'} {`c`} {\"d\"}", "A b c d"),
        ("A {`${b}`} {'b' + c} {'it\\'s'}", "A"),
        ("{/* a } b */}c", "c"),
        ("{a ? `}${`}`}` : '}'}c", "c"),
        ("{<p>Don't</p>}c", "c"),
        ("# Rye {#rye}", "Rye"),
        ("A < b and a <- c", "A < b and a <- c"),
        ("<a", "<a"),
        ("<A b='>' c={'>'} d>e</A>", "e"),
        ("<A b={ >e {f}", "e"),
        ("<A b='>e", "<A b='>e"),
        ("<Card>One</Card><Card>Two</Card>", "One Two"),
        ("<b>lo</b>af", "loaf"),
        ("<Kbd>Ctrl</Kbd>, then", "Ctrl, then"),
        ("<style>{`p {}`}</style>seen", "seen"),
        ("<script>let a = 1</script>seen", "seen"),
        ("a <!-- b --> c", "a c"),
        ("a <!-- b", "a <!-- b"),
        ("`{a}` \\{b\\} ```{c}```", "{a} {b} {c}"),
        ("<A>\n    *b*\n\n    ```\n    c\n    ```\n\n    d\n</A>\n\ne", "b c d e"),
        (":::tip\n\na\n\n:::\n\nb", "a b"),
        (":::note Title {x}\na\n:::", "Title a"),
        (":::warning[T]{x=1}\na\n:::", "T a"),
        ("{% raw %} and {{ x }}", "and"),
    ],
)
def test_what_is_javascript_is_not_seen_and_what_it_holds_is(mdx: str, text: str) -> None:
    assert words(mdx) == text


PATHOLOGICAL = [
    "{", "}", "<", "<a", "<a ", "<a {", "<a {<a {", "<a '", "<a \"'", "<a {}", "</", "<>", "</a>",
    "{'", '{"', "{`", "{`${", "{/*", "{//\n", "{'\\'", "\\", "import {", "\n\nimport {\n",
    "\n\nexport {", "<!--", "<style>", ":::\n", ":::[", "{\n\n", "x<a>y", "{a}", "{'a'}",
    "<a>\n  b",
]  # fmt: skip


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_a_megabyte_of_anything_is_done_in_seconds(piece: str) -> None:
    started = time.process_time()

    assert isinstance(page_of_mdx(piece * (1_000_000 // len(piece))).text, str)

    assert time.process_time() - started < 30


@pytest.mark.parametrize("depth", [10, 1_000, 50_000])
def test_what_is_nested_deeply_is_left_out_all_the_same(depth: int) -> None:
    assert words("a " + "{" * depth + "}" * depth + " b") == "a b"
    assert words("a " + "<i>" * depth + "b" + "</i>" * depth) == "a b"


@given(st.lists(st.sampled_from(["{", "}", "<A>", "</A>", "<", "`", "'", "\n", "a", "import b"])))
def test_any_text_is_mdx(pieces: list[str]) -> None:
    text = page_of_mdx("".join(pieces)).text

    assert text == text.strip()


@given(st.text(alphabet="abc XYZ.,é"))
def test_words_of_prose_are_neither_lost_nor_joined(text: str) -> None:
    assert words(f"<A>\n{text}\n</A>").split() == words(text).split() == text.split()
