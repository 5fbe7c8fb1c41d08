"""The command `searchsvc explain-post`: which rule gave each field of a post its value."""

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from searchsvc.cli_options import config_options, json_option, settings_of
from searchsvc.posts.post import LeftOut, Post, Problem
from searchsvc.process import DONE, DONE_WITH_REMARKS
from searchsvc.settings import Generator
from searchsvc.terminal import printable
from searchsvc.wire import instant

if TYPE_CHECKING:
    from searchsvc.posts.one import One  # what reads posts is loaded by who needs it
# The fields of a post that rules give values, and what they are called for its author.
_FIELDS = {
    "url": "address",
    "title": "title",
    "date": "date",
    "visible_from": "visible from",
    "visible_until": "visible until",
    "categories": "categories",
    "tags": "tags",
    "excerpt": "excerpt",
    "lang": "language",
}


@click.command("explain-post")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "post_id", default="", help="Which post, in a file that holds many.")
@click.option(
    "--generator",
    type=click.Choice(get_args(Generator)),
    help="Whose rules the post follows (default: by the site's own files).",
)
@json_option
@config_options
def explain_post_command(
    file: Path, post_id: str, generator: str | None, as_json: bool, config: Path | None
) -> int:
    """Tell which rule gave a post its address, title, date and all other fields.

    FILE is a post, or a file of many: JSON Lines, a feed, an export. It is read as
    `searchsvc reindex` reads it: as a part of what the settings `content` and `sources`
    name; else of the nearest site around it; else of its own folder. A line behind it,
    as messages have it, names a post of JSON Lines.

    \b
    Examples:
      searchsvc explain-post _posts/2025-05-23-rye.md
      searchsvc explain-post posts.jsonl --id rye
      searchsvc explain-post posts.jsonl:3
      searchsvc explain-post notes/rye.md --generator plain --json

    Why a file is no post, is left out or cannot be used, is told too; it ends with 1
    then. Whether two posts have one address, `searchsvc check` tells.
    """
    from searchsvc.posts.one import read_one

    one = read_one(file, settings_of(config, generator=generator), post_id=post_id)
    said = explanation_json(one)
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        _show(said)
    return DONE if isinstance(one.reading, Post) else DONE_WITH_REMARKS


def explanation_json(one: "One") -> dict[str, Any]:
    """What a file was found to be; ``docs/cli.md`` shows one."""
    status, reason, fields = "no post", one.passed_over, {}
    match one.reading:
        case Post() as post:
            status, fields = "post", _fields(post, one.id_rule)
        case LeftOut() as left_out:
            status, reason = "left out", left_out.reason
        case Problem() as problem:
            status, reason = "problem", str(problem)
    return {
        "file": one.place,
        "read_as": one.read_as,
        "status": status,
        "reason": reason or None,
        "fields": fields,
    }


def _fields(post: Post, id_rule: str) -> dict[str, dict[str, Any]]:
    fields: dict[str, dict[str, Any]] = {"id": {"value": post.id, "rule": id_rule}}
    for name in _FIELDS:
        value = _plain(getattr(post, name))
        # A rule that was asked and had nothing to say gave nothing.
        fields[name] = {"value": value, "rule": (value and post.rules.get(name)) or None}
    return fields


def _plain(value: object) -> Any:
    """A value as JSON has it; None for an empty one."""
    match value:
        case dt.datetime():
            return instant(value)
        case dt.date():
            return value.isoformat()
        case tuple():
            return list(value) or None
    return value or None


def _show(said: dict[str, Any]) -> None:
    click.echo(printable(said["file"]))
    click.echo(printable(f"read as: {said['read_as']}"))
    if said["status"] != "post":
        tail = f": {said['reason']}" if said["reason"] else ""
        click.echo(printable(f"{said['status']}{tail}"))
    for name, field in said["fields"].items():
        value = field["value"]
        text = ", ".join(value) if isinstance(value, list) else value or "(none)"
        click.echo(printable(f"  {_FIELDS.get(name, name):15}{text}"))
        if field["rule"]:
            click.echo(click.style(printable(f"  {'':15}by: {field['rule']}"), dim=True))
