"""The command `searchsvc check`: what `reindex` would say of a blog, without an index."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import get_args

import click

from searchsvc import terminal
from searchsvc.checking import CheckReport, check
from searchsvc.cli_options import config_options, json_option, settings_of
from searchsvc.hygiene import Alike, aliases_line
from searchsvc.posts.post import Problem
from searchsvc.process import DONE, DONE_WITH_REMARKS
from searchsvc.settings import Generator
from searchsvc.terminal import printable

# More of them than this are counted, not listed; --json has all.
TAGS_LISTED = 30
_WITH_LINE = re.compile(r"(.+):(\d+)", re.DOTALL)
_WITH_ID = re.compile(r"(.+?), (id .*)", re.DOTALL)


@click.command("check")
@click.argument("content", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--generator",
    type=click.Choice(get_args(Generator)),
    help="Whose rules the posts follow (default: by the site's own files).",
)
@click.option(
    "--lines",
    is_flag=True,
    help="Print only problems, each as `file:line: message` on one line, for editors and CI.",
)
@json_option
@config_options
def check_command(
    content: tuple[Path, ...],
    generator: str | None,
    lines: bool,
    as_json: bool,
    config: Path | None,
) -> int:
    """Look for what is wrong with the posts; no index is needed or written.

    CONTENT is what `searchsvc reindex` takes, and so are the settings. Told are posts
    that cannot be used, two posts of one address, what is left out and why; and tags:
    which may be one, with the setting that merges them, and which only one post has.

    \b
    Examples:
      searchsvc check ~/blog
      searchsvc check --lines           in an editor, or before a commit
      searchsvc check ~/blog --json | jq '.problems[].place'
      searchsvc explain-post ~/blog/_posts/2025-05-23-rye.md     then, why one is as it is

    Where no line is known, --lines says line 1. Ends with 1 if a post cannot be used;
    what is told of tags is no failure.
    """
    from searchsvc.posts.source import open_source

    if lines and as_json:
        raise click.UsageError("--lines and --json are two forms of one report. Give one of them.")
    settings = settings_of(config, content=content or None, generator=generator)
    source = open_source(settings)
    is_silent = as_json or lines
    with nullcontext(terminal.SILENT) if is_silent else terminal.progress_of(source) as shown:
        report = check(
            source,
            language=settings.language,
            tag_aliases=settings.tag_aliases,
            on_read=shown.read_one,
        )
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    elif lines:
        for problem in report.problems:
            click.echo(printable(line_of(problem)))
    else:
        _show(report)
    return DONE_WITH_REMARKS if report.problems else DONE


def line_of(problem: Problem) -> str:
    """A problem as editors read it: a file, a line, what is wrong there.

    >>> line_of(Problem("rye", "posts.jsonl, id rye", "Its address is taken"))
    'posts.jsonl:1: id rye: Its address is taken'
    """
    place, message = problem.place, problem.message
    if (found := _WITH_ID.fullmatch(place)) and not Path(place).exists():
        place, message = found[1], f"{found[2]}: {message}"
    file, line = found.groups() if (found := _WITH_LINE.fullmatch(place)) else (place, "1")
    return f"{file}:{line}: {message}"


def _show(report: CheckReport) -> None:
    for problem in report.problems:
        click.echo(printable(str(problem)), err=True)
    for reason, count in report.reasons.items():
        places = [one.place for one in report.left_out if one.reason == reason]
        listed = f": {', '.join(places)}" if count <= terminal.IDS_LISTED else ""
        click.echo(printable(f"left out: {count} ({reason}){listed}"))
    _show_tags(report)
    told = f"{len(report.problems)} (told above)" if report.problems else "none"
    click.echo(f"posts: {report.posts}; problems: {told}")


def _show_tags(report: CheckReport) -> None:
    once = report.tags.once
    if once:
        click.echo(printable(f"tags of one post only: {len(once)}: {_listed(once)}"))
    if not report.tags.alike:
        return
    click.echo(f"tags that may be one: {len(report.tags.alike)}")
    for told in _alike(report):
        click.echo(printable(f"  {told}"))
    click.echo("to merge those that are, keep them in this line of searchsvc.toml, and reindex:")
    click.echo(f"  {printable(aliases_line(report.tag_aliases))}")


def _alike(report: CheckReport) -> Iterator[str]:
    def counted(group: Alike) -> str:
        tags = (group.tag, *group.others)
        return ", ".join(f"{tag} ({report.tags.counts[tag]})" for tag in tags)

    yield from (f"{counted(group)}: {group.reason}" for group in report.tags.alike)


def _listed(tags: Iterable[str]) -> str:
    first = list(tags)
    more = f", and {len(first) - TAGS_LISTED} more" if len(first) > TAGS_LISTED else ""
    return ", ".join(first[:TAGS_LISTED]) + more
