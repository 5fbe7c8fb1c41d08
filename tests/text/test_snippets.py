"""Marks in texts: where they lie, how long texts are cut, and how they look in HTML."""

import re
from html import escape, unescape

import pytest
from builders import marked
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.text.snippets import Mark, Piece, Snippet, snippet_of

Spans = list[tuple[int, int]]


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, Spans]:
    """A text, short or long, and stretches of it in any order; they may overlap or touch."""
    # Signs that HTML escapes are drawn more often than chance would.
    words = st.text(st.characters(codec="utf-8") | st.sampled_from("&<>\"'"), max_size=12)
    text = " ".join(draw(st.lists(words, max_size=60)))
    place = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(place, place).map(sorted), max_size=12))
    return text, [(a, b) for a, b in spans if a < b]


@st.composite
def snippets(draw: st.DrawFn) -> Snippet:
    """A snippet, cut or whole."""
    text, spans = draw(texts_and_spans())
    return snippet_of(text, spans, limit=draw(st.integers(20, 400)))


@given(snippets())
def test_html_without_its_marks_is_the_text_again(snippet: Snippet) -> None:
    html = snippet.to_html()

    assert unescape_exactly(re.sub("</?mark>", "", html)) == snippet.text


@given(snippets())
def test_html_is_that_of_each_piece_escaped_by_itself(snippet: Snippet) -> None:
    pieces = [(escape(text), mark) for text, mark in snippet.pieces()]

    assert snippet.to_html() == "".join(f"<mark>{t}</mark>" if m else t for t, m in pieces)


@given(snippets())
def test_pieces_in_a_row_are_the_text_and_the_marked_ones_the_marks(snippet: Snippet) -> None:
    pieces = list(snippet.pieces())

    assert "".join(piece.text for piece in pieces) == snippet.text
    assert [p.text for p in pieces if p.mark] == [snippet.text[a:b] for a, b in snippet.marks]
    assert all(piece.text for piece in pieces)


@given(snippets())
def test_marks_lie_within_the_text_in_order_and_apart(snippet: Snippet) -> None:
    ends = [0, *(place for mark in snippet.marks for place in mark), len(snippet.text)]

    assert ends == sorted(ends)
    assert all(mark.start < mark.end for mark in snippet.marks)
    gaps = zip(snippet.marks, snippet.marks[1:], strict=False)
    assert all(first.end < second.start for first, second in gaps)


@given(texts_and_spans(), st.integers(20, 400))
def test_a_snippet_is_never_longer_than_its_limit(given: tuple[str, Spans], limit: int) -> None:
    text, spans = given

    assert len(snippet_of(text, spans, limit=limit).text) <= max(limit, 0)


@given(texts_and_spans())
def test_a_text_within_the_limit_is_whole_and_every_stretch_marked(
    given: tuple[str, Spans],
) -> None:
    text, spans = given

    snippet = snippet_of(text, spans, limit=len(text))

    assert snippet.text == text
    inside = {place for a, b in snippet.marks for place in range(a, b)}
    assert inside == {place for a, b in spans for place in range(a, b)}


@given(texts_and_spans(), st.integers(20, 400))
def test_a_cut_text_is_a_stretch_of_the_whole(given: tuple[str, Spans], limit: int) -> None:
    text, spans = given

    cut = snippet_of(text, spans, limit=limit).text

    assert cut == text or cut.removeprefix("…").removesuffix("…") in text


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], "Baking rye bread"),
        ([(7, 10)], "Baking [rye] bread"),
        ([(11, 16), (0, 6)], "[Baking] rye [bread]"),
        ([(0, 3), (3, 6)], "[Baking] rye bread"),
        ([(0, 10), (7, 16)], "[Baking rye bread]"),
        ([(7, 10), (7, 10)], "Baking [rye] bread"),
    ],
)
def test_stretches_that_overlap_or_touch_are_one_mark(spans: Spans, shown: str) -> None:
    assert marked(snippet_of("Baking rye bread", spans, limit=100)) == shown


def test_html_is_escaped_in_marks_and_outside() -> None:
    snippet = Snippet('a<b> & "c" d\'e', (Mark(1, 4),))

    assert snippet.to_html() == "a<mark>&lt;b&gt;</mark> &amp; &quot;c&quot; d&#x27;e"


def test_pieces_know_whether_they_are_marked() -> None:
    snippet = Snippet("🍞 rye", (Mark(2, 5),))

    assert list(snippet.pieces()) == [Piece("🍞 ", False), Piece("rye", True)]


def test_the_window_with_the_most_marks_is_shown() -> None:
    text = f"rye {'x ' * 200}rye rye {'y ' * 200}"
    first, second = text.index("rye"), text.index("rye rye")
    spans = [(first, first + 3), (second, second + 3), (second + 4, second + 7)]

    shown = marked(snippet_of(text, spans, limit=100))

    assert "[rye] [rye]" in shown
    assert shown.startswith("…x x")
    assert shown.endswith("y y…")


def test_of_windows_with_equally_many_marks_the_first_is_shown() -> None:
    text = f"oats rye {'x ' * 200}rye"

    shown = marked(snippet_of(text, [(5, 8), (len(text) - 3, len(text))], limit=100))

    assert shown.startswith("oats [rye] x")


def test_cuts_fall_between_words() -> None:
    text = "wheat " * 100

    shown = snippet_of(text, [(300, 305)], limit=62).text

    assert re.fullmatch(r"…(wheat )+wheat…", shown)


def unescape_exactly(html: str) -> str:
    """The text of escaped HTML, where control characters stay as they are."""
    return re.sub(r"&\S+?;", lambda entity: unescape(entity[0]), html)


@given(st.lists(st.integers(0, 3_000), min_size=1, max_size=60), st.integers(50, 400))
def test_the_window_is_the_first_of_those_with_most_marks(starts: list[int], limit: int) -> None:
    text = "word " * 800
    spans = [(start, start + 4) for start in starts]
    marks = snippet_of(text, spans, limit=len(text)).marks
    room = limit - 2
    begins = [0, *(max(0, mark.start - room // 4) for mark in marks)]
    most = max(
        sum(mark.start >= begin and mark.end <= begin + room for mark in marks) for begin in begins
    )

    shown = snippet_of(text, spans, limit=limit)

    # Its edges are moved to the next words, so a mark at each of them may be lost.
    assert most - 2 <= len(shown.marks) <= most + 2
