"""Query: what a reader asks. Any text at all is a valid query; parameters are checked.

The language of the search box is small (``docs/query-language.md``):
``words``, ``"phrases"``, ``-word``, ``-"phrase"``, ``tag:x``, ``category:x``.
Whatever else is typed is words.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, get_args

from searchsvc.errors import QueryError
from searchsvc.text.folding import composed, valid

Match = Literal["auto", "all", "any"]
TagMode = Literal["all", "any"]
Sort = Literal["relevance", "newest", "oldest"]
FacetName = Literal["category", "tag", "year"]

FACETS: tuple[FacetName, ...] = get_args(FacetName)
_MATCHES, _TAG_MODES, _SORTS = get_args(Match), get_args(TagMode), get_args(Sort)
# Bounds, so that nothing a reader types is slow. What is beyond them is left out.
MAX_QUERY_CHARS = 1_000
MAX_FILTERS = 50
MAX_PER_PAGE = 100
# No reader pages further, and a robot should use a feed.
MAX_HITS_PAGED = 10_000

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_CLAUSE = re.compile(
    r"""(?<!\S)(?P<field>tag|category):(?P<value>"[^"]*"|[^\s"]+)"""
    r"""|(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)\""""
    r"""|(?<!\S)-(?P<without>[^\W\d_][^\s"]*)"""
    r"""|(?P<word>[^\s"]+)""",
    re.IGNORECASE,
)


class Clause(NamedTuple):
    """A stretch of what was typed: a word, or a phrase from between quotes.

    ``start`` is where it begins in the query's text, in code points.
    """

    text: str
    is_phrase: bool = False
    start: int = 0


class Query(NamedTuple):
    """A checked query. Made by ``parse_query``.

    Attributes:
        text: what was typed, whole, without outer white space.
        clauses: words and phrases to find, in the order typed.
        excluded: words and phrases that must not occur.
        unfinished: the last word may be the beginning of a longer one.
        exact: no corrections and no synonyms.
        explain: hits tell what their scores are made of.
        tags, categories, years: values to filter by, as given.
        after, before: dates, inclusive and exclusive.
        facets: which counts are wanted.
        at: the instant of asking, which decides what is visible; None for now.
    """

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    match: Match = "auto"
    unfinished: bool = False
    exact: bool = False
    explain: bool = False
    tags: tuple[str, ...] = ()
    tag_mode: TagMode = "all"
    categories: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    after: date | None = None
    before: date | None = None
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10
    facets: tuple[FacetName, ...] = FACETS
    at: datetime | None = None


def parse_query(
    text: str = "",
    *,
    match: str = "auto",
    prefix: bool = False,
    exact: bool = False,
    explain: bool = False,
    tags: Iterable[str] = (),
    tag_mode: str = "all",
    categories: Iterable[str] = (),
    years: Iterable[int | str] = (),
    after: date | str | None = None,
    before: date | str | None = None,
    sort: str | None = None,
    page: int = 1,
    per_page: int = 10,
    facets: Iterable[str] = FACETS,
    at: datetime | None = None,
) -> Query:
    """Read what a reader typed, and check the parameters that go with it.

    Args:
        text: any text at all; beyond ``MAX_QUERY_CHARS`` it is cut.
        prefix: the last word may be unfinished, as while typing. A space after
            it, or a quote, says that it is finished.
        sort: None for relevance, or newest when nothing is asked but filters.
        at: the instant of asking; None for now.

    Raises:
        QueryError: a parameter has a value without meaning; never for ``text``.
    """
    typed = composed(text[:MAX_QUERY_CHARS]).lstrip()
    plain = typed if typed.isascii() else typed.translate(_QUOTES)
    clauses, excluded, tags_typed, categories_typed = _clauses(plain)
    return Query(
        text=typed.strip(),
        clauses=clauses,
        excluded=excluded,
        match=_one_of("match", match, _MATCHES),
        unfinished=prefix and _ends_in_a_word(plain),
        exact=exact,
        explain=explain,
        tags=_with_typed(_values("tag", tags), tags_typed),
        tag_mode=_one_of("tag_mode", tag_mode, _TAG_MODES),
        categories=_with_typed(_values("category", categories), categories_typed),
        years=tuple(map(_year, _values("year", map(str, years)))),
        after=_date("after", after),
        before=_date("before", before),
        sort=_one_of("sort", sort or ("relevance" if clauses else "newest"), _SORTS),
        page=_page(page, per_page),
        per_page=per_page,
        facets=tuple([_one_of("facets", name, FACETS) for name in facets]),
        at=at,
    )


def _clauses(
    typed: str,
) -> tuple[tuple[Clause, ...], tuple[Clause, ...], list[str], list[str]]:
    wanted: list[Clause] = []
    excluded: list[Clause] = []
    fields: dict[str, list[str]] = {"tag": [], "category": []}
    for found in _CLAUSE.finditer(typed):
        kind = found.lastgroup
        if kind == "word":
            wanted.append(Clause(found[0], False, found.start()))
        elif kind == "phrase":
            clause = Clause(found["phrase"], True, found.start("phrase"))
            (excluded if found["minus"] else wanted).append(clause)
        elif kind == "without":
            excluded.append(Clause(found["without"], False, found.start("without")))
        else:
            fields[found["field"].lower()].append(found["value"].strip('"'))
    return tuple(wanted), tuple(excluded), fields["tag"], fields["category"]


def _ends_in_a_word(typed: str) -> bool:
    """Whether the very last thing typed is a word to find: no space, quote, tag or exclusion."""
    return any(found["word"] and found.end() == len(typed) for found in _CLAUSE.finditer(typed))


def _one_of(parameter: str, value: str, allowed: tuple[str, ...]) -> Any:
    if value not in allowed:
        raise QueryError(parameter, value, f"It can be {', '.join(allowed[:-1])} or {allowed[-1]}")
    return value


def _with_typed(given: tuple[str, ...], typed: list[str]) -> tuple[str, ...]:
    """What was typed is no error, however much it is: what is beyond the bound is left out."""
    if not typed:
        return given
    typed = [value.strip() for value in typed if value.strip()]
    return tuple(dict.fromkeys([*given, *typed]))[:MAX_FILTERS]


def _values(parameter: str, values: Iterable[str]) -> tuple[str, ...]:
    if not values:
        return ()
    distinct = tuple(dict.fromkeys([valid(value).strip() for value in values if value.strip()]))
    if len(distinct) > MAX_FILTERS:
        raise QueryError(
            parameter, f"{len(distinct)} values", f"At most {MAX_FILTERS} can be given"
        )
    return distinct


def _year(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", value) or value == "0":
        raise QueryError("year", value, "Write it like 2025")
    return int(value)


def _date(parameter: str, value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    if not value.strip():
        return None
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            raise ValueError  # other forms of ISO 8601, such as 2025-W01-1, surprise readers
        return date.fromisoformat(value.strip())
    except ValueError:
        raise QueryError(parameter, value, "Write it as YYYY-MM-DD") from None


def _page(page: int, per_page: int) -> int:
    if not 1 <= per_page <= MAX_PER_PAGE:
        raise QueryError("per_page", str(per_page), f"It can be 1 to {MAX_PER_PAGE}")
    if page < 1:
        raise QueryError("page", str(page), "Pages count from 1")
    if page * per_page > MAX_HITS_PAGED:
        raise QueryError(
            "page",
            str(page),
            f"Only the first {MAX_HITS_PAGED:,} hits can be paged to. Narrow the query",
        )
    return page
