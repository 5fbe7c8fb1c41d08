"""Parameters: from the address of a request to a Query.

The API is strict, so that a misspelt parameter is noticed at once; the page is
kind, since its addresses are shared, shortened and decorated by others.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from searchsvc.errors import QueryError
from searchsvc.queries import (
    FACETS,
    MAX_HITS_PAGED,
    MAX_PER_PAGE,
    MAX_QUERY_CHARS,
    Match,
    Query,
    Sort,
    TagMode,
    parse_query,
)

# Each name with all its values, as `request.args.to_dict(flat=False)` has them.
Args = Mapping[str, Sequence[str]]

FLAGS = {"0": False, "1": True}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the API; ``docs/api.md`` has those of each route as a table.

    Attributes:
        values: what can be given, in Markdown.
        meaning: what it does, in Markdown.
        repeatable: whether it can be given more than once.
        on_page: whether ``/search`` knows it too.
        elsewhere: what other search services call it, for "did you mean".
    """

    name: str
    values: str
    meaning: str
    repeatable: bool = False
    on_page: bool = True
    elsewhere: tuple[str, ...] = ()


def choices(values: Iterable[str]) -> str:
    return " · ".join(f"`{value}`" for value in values)


SEARCH_PARAMETERS = (
    Parameter(
        "q",
        "any text",
        'What to search for: words, `"phrases"`, `-word`, `tag:x`, `category:x`. '
        f"Cut after {MAX_QUERY_CHARS:,} characters. Empty: all posts, newest first.",
        elsewhere=("query", "s", "search", "text", "term"),
    ),
    Parameter(
        "match",
        choices(get_args(Match)),
        "How many of the words a post must have: `auto`, most of what they weigh; "
        "`all`, every word; `any`, one of them. Default: `auto`.",
        elsewhere=("operator",),
    ),
    Parameter(
        "prefix",
        choices(FLAGS),
        "`1`: the last word may be unfinished, as while typing. `0`, the default: only when "
        "no post has it as a word.",
        elsewhere=("autocomplete",),
    ),
    Parameter(
        "exact",
        choices(FLAGS),
        "`1`: words as they are typed, without corrections and synonyms. Default: `0`.",
    ),
    Parameter(
        "explain",
        choices(FLAGS),
        "`1`: each hit says in `explanation` why it stands where it stands, with numbers that add "
        "up to its score. Default: `0`.",
        on_page=False,
    ),
    Parameter(
        "tag",
        "a tag",
        "Only posts with this tag; with several, posts that have every one. "
        "Case and accents do not matter.",
        repeatable=True,
        elsewhere=("tags",),
    ),
    Parameter(
        "tag_mode",
        choices(get_args(TagMode)),
        "`any`: posts that have at least one of the tags. Default: `all`.",
    ),
    Parameter(
        "category",
        "a category",
        "Only posts of this category; with several, of at least one.",
        repeatable=True,
        elsewhere=("categories", "cat"),
    ),
    Parameter(
        "year",
        "such as `2025`",
        "Only posts of this year; with several, of at least one.",
        repeatable=True,
        elsewhere=("years",),
    ),
    Parameter(
        "after", "`YYYY-MM-DD`", "Only posts of this day or later.", elsewhere=("from", "since")
    ),
    Parameter("before", "`YYYY-MM-DD`", "Only posts from before this day.", elsewhere=("until",)),
    Parameter(
        "sort",
        choices(get_args(Sort)),
        "Default: `relevance`, and `newest` when `q` has no words. Ties: newest, then id.",
        elsewhere=("order", "orderby", "sort_by"),
    ),
    Parameter(
        "page",
        "`1`…",
        "Which page of the answer; past the last one there are no hits. "
        f"At most the first {MAX_HITS_PAGED:,} hits can be paged to. Default: `1`.",
        elsewhere=("offset", "start"),
    ),
    Parameter(
        "per_page",
        f"`1`–`{MAX_PER_PAGE}`",
        "How many hits a page has. Default: the setting `per_page`, which is `10`.",
        elsewhere=("limit", "size", "count", "hitsPerPage", "perpage", "pagesize"),
    ),
    Parameter(
        "facets",
        f"a comma list of {choices(FACETS)}, or `none`",
        "Which counts to give; 20 values each, and those selected. Default: all.",
        on_page=False,
    ),
    Parameter(
        "pieces",
        choices(FLAGS),
        "`1`: highlights also as pieces of text, for scripts that build nodes. Default: `0`.",
        on_page=False,
    ),
)


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """What ``/api/search`` was asked, and in which form."""

    query: Query
    pieces: bool


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What ``/search`` was asked.

    Attributes:
        given: the parameters that hold, for links to what is next to this page.
        notes: what could not be understood and was left out.
    """

    query: Query
    given: Args
    notes: tuple[QueryError, ...]


def read_strictly(args: Args, *, per_page: int) -> ApiRequest:
    """Read the parameters of the API. One with an empty value is as good as not given.

    Args:
        per_page: how many hits a page has when nothing else is asked for.

    Raises:
        QueryError: a parameter is unknown, repeated, or has a value without meaning.
    """
    check_names(args, SEARCH_PARAMETERS)
    return ApiRequest(_query(args, per_page=per_page), flag_of(args, "pieces"))


def read_kindly(args: Args, *, per_page: int) -> PageRequest:
    """Read the parameters of the page; what has no meaning there is left out, and told."""
    given = {
        p.name: values if p.repeatable else values[:1]
        for p in SEARCH_PARAMETERS
        if p.on_page and (values := [v for v in args.get(p.name, ()) if v.strip()])
    }
    notes: list[QueryError] = []
    while True:
        try:
            return PageRequest(_query(given, per_page=per_page), given, tuple(notes))
        except QueryError as error:
            # Too many of `tag:x` in `q` are blamed on `tag`, which is not given then.
            if given.pop(error.parameter, None) is None and given.pop("q", None) is None:
                raise
            notes.append(error)


def check_names(args: Args, parameters: Sequence[Parameter]) -> None:
    """See that all that is given is among the parameters, and as often as it may be.

    Raises:
        QueryError: a parameter is unknown, or given more than once.
    """
    by_name = {parameter.name: parameter for parameter in parameters}
    for name, values in args.items():
        if name not in by_name:
            raise _unknown(name, values[0], by_name)
        if len(values) > 1 and not by_name[name].repeatable:
            raise QueryError(name, ", ".join(values), "It can be given only once")


def _unknown(name: str, value: str, by_name: Mapping[str, Parameter]) -> QueryError:
    elsewhere = {other: p.name for p in by_name.values() for other in p.elsewhere}
    near = [elsewhere.get(name.lower(), ""), *get_close_matches(name.lower(), by_name, n=1)]
    guess = next((f" Did you mean {n!r}?" for n in near if n), "")
    names = ", ".join(by_name)
    return QueryError(name, value, f"There is no such parameter.{guess} There are: {names}")


def _query(args: Args, *, per_page: int) -> Query:
    return parse_query(
        args.get("q", ("",))[0],
        match=_text(args, "match") or "auto",
        prefix=flag_of(args, "prefix"),
        exact=flag_of(args, "exact"),
        explain=flag_of(args, "explain"),
        tags=args.get("tag", ()),
        tag_mode=_text(args, "tag_mode") or "all",
        categories=args.get("category", ()),
        years=args.get("year", ()),
        after=_text(args, "after"),
        before=_text(args, "before"),
        sort=_text(args, "sort"),
        page=number_of(args, "page", default=1),
        per_page=number_of(args, "per_page", default=per_page),
        facets=_facets(args),
    )


def _text(args: Args, name: str) -> str:
    return args.get(name, ("",))[0].strip()


def flag_of(args: Args, name: str) -> bool:
    """A parameter that is 0 or 1; False when it is not given."""
    value = _text(args, name) or "0"
    if value not in FLAGS:
        raise QueryError(name, value, "It can be 0 or 1")
    return FLAGS[value]


def number_of(args: Args, name: str, *, default: int) -> int:
    """A parameter that is a whole number; the default when it is not given."""
    value = _text(args, name) or str(default)
    if not re.fullmatch("-?[0-9]{1,20}", value):
        raise QueryError(name, value, "Write a whole number")
    return int(value)


def _facets(args: Args) -> tuple[str, ...]:
    value = _text(args, "facets")
    if not value:
        return FACETS
    names = () if value == "none" else (name.strip() for name in value.split(","))
    return tuple(dict.fromkeys(names))
