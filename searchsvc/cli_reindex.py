"""The command `searchsvc reindex`: once, or again whenever something has changed."""

import json
from pathlib import Path
from typing import get_args

import click

from searchsvc import terminal
from searchsvc.cli_options import common_options, json_option, settings_of, wait_option
from searchsvc.cli_runs import Runs, show_since
from searchsvc.loading import settings_path
from searchsvc.posts.gitfiles import Since
from searchsvc.posts.source import open_source
from searchsvc.posts.workers import usable_cores
from searchsvc.process import DONE, DONE_WITH_REMARKS
from searchsvc.settings import Generator


@click.command("reindex")
@click.argument("content", nargs=-1, type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Index every post anew, changed or not.")
@click.option(
    "--since", metavar="REV", help="Read only files that differ from this revision of git."
)
@click.option("--watch", is_flag=True, help="Then run again whenever a file has changed.")
@click.option("--strict", is_flag=True, help="Change nothing if a post cannot be used.")
@click.option(
    "--allow-removals",
    is_flag=True,
    help="Remove posts even if it is all of them, or more than half.",
)
@click.option(
    "--generator",
    type=click.Choice(get_args(Generator)),
    help="Whose rules the posts follow (default: by the site's own files).",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes that read the files of a folder, if many have changed; 1: this one alone "
    "(default: one for each core).",
)
@wait_option
@json_option
@common_options
def reindex_command(
    content: tuple[Path, ...],
    full: bool,
    since: str | None,
    watch: bool,
    strict: bool,
    allow_removals: bool,
    generator: str | None,
    jobs: int | None,
    wait_s: float,
    as_json: bool,
    index_dir: Path | None,
    config: Path | None,
) -> int:
    """Bring the index up to date with the posts.

    CONTENT is a site's root, a folder of Markdown posts or of built pages, a JSON
    Lines file, a feed, or an export of Ghost; it may be left out when the settings
    `content` or `sources` name it. Only what has changed is indexed. Searches are
    answered from the old index until the new one is complete.

    \b
    Examples:
      searchsvc reindex ~/blog
      searchsvc reindex posts.jsonl --index /srv/search/index
      searchsvc reindex ~/blog --strict --json      in a publishing script
      searchsvc reindex ~/blog --watch              while writing; ends with Ctrl-C
      searchsvc reindex ~/blog --since HEAD~1       after a pull on a slow disk

    With --watch, what is saved can be found within a second; a broken save is told,
    and the last good version stays. It needs `pip install 'searchsvc[watch]'`. With
    --json each run prints its report on one line.

    With --since, files that git tells to be as they were at REV, and that the index
    has so, are not opened. Where git cannot tell, all is read, and that is said. An
    ordinary run over 10,000 unchanged files takes under a second, so this is for
    disks on which reading is slow.

    Ends with 1 if a post could not be used; the others are indexed, and that one
    keeps its last good version.
    """
    if full and since is not None:
        raise click.UsageError("--full reads everything and --since does not. Leave one out.")
    runs = Runs(
        load=lambda: settings_of(
            config, content=content or None, index_dir=index_dir, generator=generator
        ),
        strict=strict,
        allow_removals=allow_removals,
        wait_s=wait_s,
        jobs=jobs or usable_cores(),
    )
    asked = Since(since) if since is not None else None
    if watch:
        from searchsvc.cli_watch import Watch

        settings_file, _ = settings_path(config)
        return Watch(runs, settings_file, as_json=as_json).go_on(full=full, since=asked)
    settings = runs.load()
    source = open_source(settings, since=asked, jobs=runs.jobs)
    report = runs.run(settings, source, full=full, show_progress=not as_json)
    if asked:
        show_since(asked, report, len(source))
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        terminal.show_report(report)
    return DONE_WITH_REMARKS if report.problems else DONE
