"""The commands that ask: `search`, and `suggest` and `related` as the blog's own pages do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from searchsvc import terminal
from searchsvc.cli_options import common_options, json_option, settings_of
from searchsvc.engines import open_engine
from searchsvc.process import DONE
from searchsvc.queries import MAX_PER_PAGE, parse_query
from searchsvc.relations import MAX_RELATED, RELATED, related_query
from searchsvc.suggestions import MAX_SUGGESTED, SUGGESTED, suggest_query

Command = TypeVar("Command", bound=Callable[..., Any])


def _limit_option(most: int, *, default: int) -> Callable[[Command], Command]:
    return click.option(
        "--limit",
        type=click.IntRange(1, most),
        default=default,
        show_default=True,
        help="How many there may be.",
    )


@click.command()
@click.argument("words", nargs=-1)
@click.option("--tag", "tags", multiple=True, help="Only posts with this tag; may be repeated.")
@click.option("--category", "categories", multiple=True, help="Only posts of this category.")
@click.option("--year", "years", multiple=True, type=int, help="Only posts of this year.")
@click.option("--after", metavar="DATE", help="Only posts from this day on, as YYYY-MM-DD.")
@click.option("--before", metavar="DATE", help="Only posts before this day.")
@click.option(
    "--match",
    type=click.Choice(["auto", "all", "any"]),
    default="auto",
    show_default=True,
    help="How many of the words a post must have.",
)
@click.option("--prefix", is_flag=True, help="The last word may be unfinished.")
@click.option("--exact", is_flag=True, help="Words as typed: no corrections, no synonyms.")
@click.option("--explain", is_flag=True, help="Say why each post stands where it stands.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    help="Default: relevance, or newest without words.",
)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@click.option(
    "--per-page", type=click.IntRange(1, MAX_PER_PAGE), help="Hits on a page (setting `per_page`)."
)
@json_option
@common_options
def search(
    words: tuple[str, ...],
    tags: tuple[str, ...],
    categories: tuple[str, ...],
    years: tuple[int, ...],
    after: str | None,
    before: str | None,
    match: str,
    prefix: bool,
    exact: bool,
    explain: bool,
    sort: str | None,
    page: int,
    per_page: int | None,
    as_json: bool,
    index_dir: Path | None,
    config: Path | None,
) -> int:
    """Search from the shell.

    What stands in the search box may stand here: words, "phrases", -word, tag:x.
    Write -- before a word that begins with a dash.

    \b
    Examples:
      searchsvc search go concurrency --tag go
      searchsvc search '"eventually consistent"' --json
      searchsvc search -- c++ -draft
      searchsvc search --category devops            browse, newest first
    """
    settings = settings_of(config, index_dir=index_dir, per_page=per_page)
    query = parse_query(
        " ".join(words),
        match=match,
        prefix=prefix,
        exact=exact,
        explain=explain,
        tags=tags,
        categories=categories,
        years=years,
        after=after,
        before=before,
        sort=sort,
        page=page,
        per_page=settings.per_page,
    )
    result = open_engine(settings).search(query)
    if as_json:
        from searchsvc.wire import page_json

        click.echo(json.dumps(page_json(result), ensure_ascii=False, indent=2))
    else:
        terminal.show_page(result)
    return DONE


@click.command()
@click.argument("text")
@_limit_option(MAX_SUGGESTED, default=SUGGESTED)
@json_option
@common_options
def suggest(
    text: str, limit: int, as_json: bool, index_dir: Path | None, config: Path | None
) -> int:
    """Titles, tags and categories that go on from TEXT.

    It is what the search box shows while a reader types. A space behind the last
    word says that it is finished.

    \b
    Examples:
      searchsvc suggest conc
      searchsvc suggest "concurrency in " --json
    """
    query = suggest_query(text, limit=limit)
    answer = open_engine(settings_of(config, index_dir=index_dir)).suggest(query)
    if as_json:
        from searchsvc.wire import suggestions_json

        click.echo(json.dumps(suggestions_json(answer), ensure_ascii=False, indent=2))
    else:
        terminal.show_suggestions(answer)
    return DONE


@click.command()
@click.argument("id")
@_limit_option(MAX_RELATED, default=RELATED)
@json_option
@common_options
def related(id: str, limit: int, as_json: bool, index_dir: Path | None, config: Path | None) -> int:
    """Posts like the one with this ID, and what they share with it.

    `searchsvc search --json` tells the ids of posts; most are the paths of their files.

    \b
    Examples:
      searchsvc related _posts/2025-05-23-concurrency-in-go.md
      searchsvc related concurrency-in-go.md --limit 3 --json
    """
    query = related_query(id, limit=limit)
    answer = open_engine(settings_of(config, index_dir=index_dir)).related(query)
    if as_json:
        from searchsvc.wire import related_json

        click.echo(json.dumps(related_json(answer), ensure_ascii=False, indent=2))
    else:
        terminal.show_related(answer)
    return DONE
