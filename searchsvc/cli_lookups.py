"""The commands `suggest` and `related`: what the search box and a page of the blog ask for."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from searchsvc import terminal
from searchsvc.cli_options import common_options, json_option, settings_of
from searchsvc.engines import open_engine
from searchsvc.process import DONE
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
