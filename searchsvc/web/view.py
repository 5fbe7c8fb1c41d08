"""View: what the search page shows, in the words and the order in which it shows it.

Templates only put it into HTML.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from searchsvc.queries import MAX_HITS_PAGED, FacetName, Query
from searchsvc.results import FacetValue, ResultPage
from searchsvc.web.links import Links

# The other values of a facet are a click away.
VALUES_SHOWN = 10
# How many pages before and after this one are linked by number.
PAGES_AROUND = 2

_FACET_TITLES: dict[FacetName, str] = {"category": "Categories", "tag": "Tags", "year": "Years"}
_SORTS = {"relevance": "Best match", "newest": "Newest", "oldest": "Oldest"}
_MATCHES = {"all": "every word", "any": "any word"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that narrows the answer, and the way to drop it."""

    kind: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class ValueLink:
    """A value of a facet that can be chosen, or dropped when it is."""

    value: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet: the values shown at once, and those shown on demand."""

    title: str
    shown: tuple[ValueLink, ...]
    more: tuple[ValueLink, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to see the answer."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """Ways to other pages; None in ``numbers`` is a gap."""

    previous: str | None
    next: str | None
    numbers: tuple[Choice | None, ...]


def headline(page: ResultPage) -> str:
    """How many posts were found, and which of them are shown."""
    query = page.query
    what = f" for “{query.text}”" if query.text else ""
    if not page.total:
        return f"Nothing found{what}"
    if not page.hits:
        return f"No page {query.page}{what}"
    if page.pages == 1:
        return f"{posts(page.total)}{what}"
    first = (query.page - 1) * query.per_page + 1
    last = first + len(page.hits) - 1
    shown = f"Posts {first:,} to {last:,}" if last > first else f"Post {first:,}"
    return f"{shown} of {page.total:,}{what}"


def posts(count: int) -> str:
    """A number of posts in words.

    >>> posts(1), posts(1200)
    ('1 post', '1,200 posts')
    """
    return "1 post" if count == 1 else f"{count:,} posts"


def day(value: date) -> str:
    """A date for humans, such as ``23 May 2025``."""
    return f"{value.day} {value:%B} {value.year}"


def filters(query: Query, links: Links) -> tuple[Filter, ...]:
    """All that narrows the answer, but for the words."""
    return tuple(_filters(query, links))


def _filters(query: Query, links: Links) -> Iterator[Filter]:
    for value in query.categories:
        yield Filter("category", value, links.toggled("category", value))
    for value in query.tags:
        yield Filter("tag", value, links.toggled("tag", value))
    for year in map(str, query.years):
        yield Filter("year", year, links.toggled("year", year))
    if query.after:
        yield Filter("from", day(query.after), links.without("after"))
    if query.before:
        yield Filter("before", day(query.before), links.without("before"))
    if query.match in _MATCHES and query.clauses:
        yield Filter("with", _MATCHES[query.match], links.without("match"))
    if query.exact and query.clauses:
        yield Filter("words", "exactly as typed", links.without("exact"))


def facets(page: ResultPage, links: Links) -> tuple[FacetView, ...]:
    """The facets that offer anything."""
    return tuple(
        FacetView(_FACET_TITLES[name], shown[:cut], shown[cut:])
        for name, values in page.facets.items()
        if (shown := tuple(_value_links(name, values, links)))
        # A fold for one or two values would take as much room as they do.
        for cut in [VALUES_SHOWN if len(shown) > VALUES_SHOWN + 2 else len(shown)]
    )


def _value_links(
    name: FacetName, values: Iterable[FacetValue], links: Links
) -> Iterator[ValueLink]:
    if name == "year":
        values = sorted(values, key=lambda v: v.value, reverse=True)
    for value in sorted(values, key=lambda v: not v.selected):
        url = links.toggled(name, value.value)
        yield ValueLink(value.value, value.count, value.selected, url)


def sorts(query: Query, links: Links) -> tuple[Choice, ...]:
    """The orders in which the answer makes sense."""
    usual = "relevance" if query.clauses else "newest"
    return tuple(
        Choice(
            label,
            links.without("sort") if name == usual else links.replaced("sort", name),
            query.sort == name,
        )
        for name, label in _SORTS.items()
        if name != "relevance" or query.clauses
    )


def paging(page: ResultPage, links: Links) -> Paging | None:
    """Ways to the other pages; None when there are none."""
    last = min(page.pages, MAX_HITS_PAGED // page.query.per_page)
    if last < 2:
        return None
    here = page.query.page
    return Paging(
        previous=links.page(min(here - 1, last)) if here > 1 else None,
        next=links.page(here + 1) if here < last else None,
        numbers=tuple(_numbers(here, last, links)),
    )


def _numbers(here: int, last: int, links: Links) -> Iterator[Choice | None]:
    near = range(max(1, here - PAGES_AROUND), min(last, here + PAGES_AROUND) + 1)
    before = 0
    for number in sorted({1, *near, last}):
        # A gap of one page is filled: its number is no longer than the gap.
        if number - before == 2:
            yield Choice(f"{number - 1:,}", links.page(number - 1), False)
        elif number - before > 2:
            yield None
        yield Choice(f"{number:,}", links.page(number), number == here)
        before = number
