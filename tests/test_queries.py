"""What a reader types, read as a query; and what is said of parameters without meaning."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc import parse_query
from searchsvc.errors import QueryError
from searchsvc.queries import FACETS, MAX_FILTERS, MAX_QUERY_CHARS, Clause, Query
from searchsvc.text.analysis import Analyzer
from searchsvc.text.folding import valid
from searchsvc.units import MAX_UNITS, plan

ENGLISH = Analyzer("english")
ANY_TEXT = st.text(st.characters(exclude_categories=()))
SIGNS = st.lists(
    st.sampled_from([*'"-:+*()“”„«» \t\n\0', "tag:", "category:", "rye", "c#", "\u202e"])
).map("".join)
FREAKS = [
    "a" * 10_000,
    "rye " * 10_000,
    '"' * 1_000,
    '"a ' * 500,
    '"' * 500 + "rye" + '"' * 500,
    "-" * 5_000,
    "tag:" * 2_000,
    "tag:a " * 200,
    " ".join(f"tag:t{n}" for n in range(200)),
    "\0\x01\x1f\x7f",
    "\ud800\udfff",
    "\u202eeyr\u202c \u200f\u200b\ufeff",
    "e" + "\u0301" * 5_000,
    "𝔯𝔶𝔢" * 500,
    "(((((" * 500 + "[*?~^" * 100,
    "/../../etc/passwd",
    "'; DROP TABLE posts; --",
    "<script>alert(1)</script>",
]


def unplaced(clauses: Iterable[Clause]) -> list[Clause]:
    """Clauses whatever place they were typed at."""
    return [clause._replace(start=0) for clause in clauses]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("rye bread", [Clause("rye"), Clause("bread")]),
        ('"rye bread" oven', [Clause("rye bread", True), Clause("oven")]),
        ('oven"rye bread"', [Clause("oven"), Clause("rye bread", True)]),
        ("“rye bread”", [Clause("rye bread", True)]),
        ("«rye»", [Clause("rye", True)]),
        ('"rye bread', [Clause("rye"), Clause("bread")]),
        ('rye" bread', [Clause("rye"), Clause("bread")]),
        ('""', [Clause("", True)]),
        ("-5", [Clause("-5")]),
        ("rye - bread", [Clause("rye"), Clause("-"), Clause("bread")]),
        ("wi-fi", [Clause("wi-fi")]),
        ("--rye", [Clause("--rye")]),
        ("title:rye", [Clause("title:rye")]),
        ("mytag:rye", [Clause("mytag:rye")]),
        ("tag:", [Clause("tag:")]),
        ("tag: rye", [Clause("tag:"), Clause("rye")]),
        ("c++ #go @me", [Clause("c++"), Clause("#go"), Clause("@me")]),
        ("", []),
        (" \t\n", []),
    ],
)
def test_words_and_phrases_are_read_in_their_order(text: str, clauses: list[Clause]) -> None:
    query = parse_query(text)

    assert unplaced(query.clauses) == clauses
    assert (query.excluded, query.tags, query.categories) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("-rye", [Clause("rye")]),
        ('-"rye bread"', [Clause("rye bread", True)]),
        ("-“rye bread”", [Clause("rye bread", True)]),
        ("-node.js -c#", [Clause("node.js"), Clause("c#")]),
        ("-éclair", [Clause("éclair")]),
        ("-tag:rye", [Clause("tag:rye")]),
    ],
)
def test_a_minus_excludes_a_word_or_a_phrase(text: str, excluded: list[Clause]) -> None:
    query = parse_query(f"oven {text}")

    assert unplaced(query.excluded) == excluded
    assert unplaced(query.clauses) == [Clause("oven")]


@pytest.mark.parametrize(
    ("text", "tags", "categories"),
    [
        ("tag:rye", ("rye",), ()),
        ("TAG:Rye", ("Rye",), ()),
        ('tag:"open source" oven', ("open source",), ()),
        ("tag:“open source”", ("open source",), ()),
        ("tag:a tag:b tag:a", ("a", "b"), ()),
        ("category:Baking", (), ("Baking",)),
        ("tag:c# category:dev/ops", ("c#",), ("dev/ops",)),
        ('tag:""', (), ()),
    ],
)
def test_fields_are_read_from_what_is_typed(
    text: str, tags: tuple[str, ...], categories: tuple[str, ...]
) -> None:
    query = parse_query(text)

    assert (query.tags, query.categories) == (tags, categories)


def test_typed_fields_come_after_those_given_as_parameters() -> None:
    query = parse_query("tag:b tag:a rye", tags=["a"], categories=["x"])

    assert query.tags == ("a", "b")
    assert query.categories == ("x",)
    assert unplaced(query.clauses) == [Clause("rye")]


def test_the_text_is_kept_as_it_was_typed_but_for_outer_space() -> None:
    assert parse_query("  Rye  “Bread” -x \n").text == "Rye  “Bread” -x"


def test_a_long_text_is_cut_at_the_bound() -> None:
    query = parse_query("rye " * 1_000)

    assert len(query.text) < MAX_QUERY_CHARS
    assert len(query.clauses) == MAX_QUERY_CHARS // 4


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("bre", True),
        ("rye bre", True),
        ("bre ", False),
        ("bre\t", False),
        ('"bre"', False),
        ("“bre”", False),
        ('"bre', True),
        ("", False),
        ("-rye", False),
        ("rye -bre", False),
        ("rye tag:bre", False),
        ('rye -"bre', True),
    ],
)
def test_a_last_word_is_unfinished_until_a_space_or_a_quote(text: str, unfinished: bool) -> None:
    assert parse_query(text, prefix=True).unfinished == unfinished
    assert not parse_query(text).unfinished


def test_defaults_are_those_of_the_documentation() -> None:
    query = parse_query("rye")

    assert (query.match, query.tag_mode, query.sort) == ("auto", "all", "relevance")
    assert (query.page, query.per_page, query.facets) == (1, 10, FACETS)
    assert (query.after, query.before, query.at) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "sort"),
    [("rye", "relevance"), ("", "newest"), ("tag:rye", "newest"), ("-rye", "newest")],
)
def test_the_order_is_newest_first_when_no_words_are_asked_for(text: str, sort: str) -> None:
    assert parse_query(text).sort == sort
    assert parse_query(text, sort="oldest").sort == "oldest"


def test_parameters_are_put_into_their_types() -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)

    query = parse_query(
        years=["2024", 2025, " 2024 "],
        after="2024-02-29",
        before=date(2025, 1, 1),
        tags=[" a ", "", "a"],
        at=at,
    )

    assert query.years == (2024, 2025)
    assert (query.after, query.before) == (date(2024, 2, 29), date(2025, 1, 1))
    assert query.tags == ("a",)
    assert query.at == at


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"match": "some"}, "match is 'some'. It can be auto, all or any"),
        ({"tag_mode": "none"}, "tag_mode is 'none'. It can be all or any"),
        ({"sort": "best"}, "sort is 'best'. It can be relevance, newest or oldest"),
        ({"facets": ["tags"]}, "facets is 'tags'. It can be category, tag or year"),
        ({"years": ["last"]}, "year is 'last'. Write it like 2025"),
        ({"years": ["0"]}, "year is '0'. Write it like 2025"),
        ({"years": ["20256"]}, "year is '20256'. Write it like 2025"),
        ({"years": ["２０２５"]}, "year is '２０２５'. Write it like 2025"),
        ({"after": "yesterday"}, "after is 'yesterday'. Write it as YYYY-MM-DD"),
        ({"before": "2025-02-30"}, "before is '2025-02-30'. Write it as YYYY-MM-DD"),
        ({"per_page": 0}, "per_page is '0'. It can be 1 to 100"),
        ({"per_page": 101}, "per_page is '101'. It can be 1 to 100"),
        ({"page": 0}, "page is '0'. Pages count from 1"),
        ({"page": -1}, "page is '-1'. Pages count from 1"),
        (
            {"page": 1001},
            "page is '1001'. Only the first 10,000 hits can be paged to. Narrow the query",
        ),
        (
            {"page": 101, "per_page": 100},
            "page is '101'. Only the first 10,000 hits can be paged to. Narrow the query",
        ),
    ],
)
def test_a_parameter_without_meaning_is_told_with_its_value_and_what_is_allowed(
    parameters: dict[str, object], message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query("rye", **parameters)  # type: ignore[arg-type]

    assert str(caught.value) == message
    assert caught.value.code == "invalid_parameter"


def test_hits_up_to_the_ten_thousandth_can_be_paged_to() -> None:
    assert parse_query(page=1000).page == 1000
    assert parse_query(page=100, per_page=100).page == 100


def test_too_many_values_of_a_filter_are_an_error_only_as_parameters() -> None:
    many = [f"t{n}" for n in range(MAX_FILTERS + 1)]

    with pytest.raises(QueryError, match=r"tag is '51 values'\. At most 50 can be given"):
        parse_query(tags=many)

    assert len(parse_query(" ".join(f"tag:{tag}" for tag in many)).tags) == MAX_FILTERS


def test_a_long_value_is_shortened_in_the_message() -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(sort="x" * 10_000)

    assert len(str(caught.value)) < 200
    assert caught.value.value == "x" * 10_000


@given(ANY_TEXT | SIGNS, st.booleans(), st.sampled_from(["auto", "all", "any"]))
def test_any_text_is_a_query(text: str, prefix: bool, match: str) -> None:
    query = parse_query(text, prefix=prefix, match=match)
    asked = plan(query)

    check(query)
    assert len(asked.typed) <= MAX_UNITS


@pytest.mark.parametrize("text", FREAKS, ids=lambda text: ascii(text[:12]))
def test_freaks_are_queries_too(text: str) -> None:
    query = parse_query(text, prefix=True)
    asked = plan(query)

    check(query)
    assert len(asked.typed) <= MAX_UNITS


def check(query: Query) -> None:
    """What holds of every query: it is bounded, and valid Unicode throughout."""
    assert len(query.text) <= MAX_QUERY_CHARS
    assert len(query.tags) <= MAX_FILTERS
    assert len(query.categories) <= MAX_FILTERS
    for text in (query.text, *query.tags, *query.categories):
        assert valid(text) == text
    assert all('"' not in clause.text for clause in (*query.clauses, *query.excluded))
