"""Lookups: the parameters of ``/api/suggest`` and ``/api/related``, read strictly."""

from dataclasses import dataclass

from searchsvc.queries import MAX_QUERY_CHARS
from searchsvc.relations import MAX_RELATED, RELATED, RelatedQuery, related_query
from searchsvc.suggestions import MAX_SUGGESTED, SUGGESTED, SuggestQuery, suggest_query
from searchsvc.web.params import FLAGS, Args, Parameter, check_names, choices, flag_of, number_of

_LIMIT_ELSEWHERE = ("per_page", "size", "count", "n", "max")

SUGGEST_PARAMETERS = (
    Parameter(
        "q",
        "any text",
        "What is typed so far. White space behind the last word says that it is finished. "
        f"Cut after {MAX_QUERY_CHARS:,} characters. Empty: nothing is suggested.",
        elsewhere=("query", "s", "text", "term", "prefix"),
    ),
    Parameter(
        "limit",
        f"`1`–`{MAX_SUGGESTED}`",
        f"How many suggestions there may be. Default: `{SUGGESTED}`.",
        elsewhere=_LIMIT_ELSEWHERE,
    ),
    Parameter(
        "pieces",
        choices(FLAGS),
        "`1`: highlights also as pieces of text, for scripts that build nodes. Default: `0`.",
    ),
)
RELATED_PARAMETERS = (
    Parameter(
        "id",
        "an id",
        "The post that others are compared with; the hits of a search tell ids.",
        elsewhere=("post", "post_id", "path"),
    ),
    Parameter(
        "limit",
        f"`1`–`{MAX_RELATED}`",
        f"How many posts there may be. Default: `{RELATED}`.",
        elsewhere=_LIMIT_ELSEWHERE,
    ),
)


@dataclass(frozen=True, slots=True)
class SuggestRequest:
    """What ``/api/suggest`` was asked, and in which form."""

    query: SuggestQuery
    pieces: bool


def read_suggest(args: Args) -> SuggestRequest:
    """Read the parameters of ``/api/suggest``.

    Raises:
        QueryError: a parameter is unknown, repeated, or has a value without meaning.
    """
    check_names(args, SUGGEST_PARAMETERS)
    limit = number_of(args, "limit", default=SUGGESTED)
    query = suggest_query(args.get("q", ("",))[0], limit=limit)
    return SuggestRequest(query, flag_of(args, "pieces"))


def read_related(args: Args) -> RelatedQuery:
    """Read the parameters of ``/api/related``.

    Raises:
        QueryError: a parameter is unknown, repeated, missing, or has a value without meaning.
    """
    check_names(args, RELATED_PARAMETERS)
    limit = number_of(args, "limit", default=RELATED)
    return related_query(args.get("id", ("",))[0], limit=limit)
