"""The command line: `searchsvc reindex · search · status · rollback · serve · demo · eval`.

`search`, `suggest` and `related` stand in ``cli_lookups``, options that commands share
in ``cli_options``.

What each command returns is its exit code; ``process`` tells what they mean.
"""

import json
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import get_args

import click

from searchsvc import __version__, terminal
from searchsvc.cli_eval import eval_command
from searchsvc.cli_lookups import related, search, suggest
from searchsvc.cli_options import common_options, json_option, settings_of, wait_option
from searchsvc.engines import open_engine
from searchsvc.errors import IndexMissing
from searchsvc.indexing import reindex
from searchsvc.process import DONE, DONE_WITH_REMARKS
from searchsvc.settings import Generator, Settings


def _no_index(settings: Settings) -> IndexMissing:
    return IndexMissing(
        f"There is no index in {settings.index_dir} yet. Build it: searchsvc reindex"
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.version_option(__version__, prog_name="searchsvc")
def cli() -> None:
    """The search service for blogs.

    Two commands are enough: `searchsvc reindex CONTENT` after publishing, and
    `searchsvc serve` to answer the blog's search box. To look around first:
    `searchsvc demo`.
    """


cli.add_command(search)
cli.add_command(suggest)
cli.add_command(related)
cli.add_command(eval_command)


@cli.command("reindex")
@click.argument("content", nargs=-1, type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Index every post anew, changed or not.")
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

    Ends with 1 if a post could not be used; the others are indexed, and that
    one keeps its last good version.
    """
    from searchsvc.posts.source import open_source
    from searchsvc.posts.workers import usable_cores

    settings = settings_of(
        config, content=content or None, index_dir=index_dir, generator=generator
    )
    engine = open_engine(settings)
    source = open_source(settings, jobs=jobs or usable_cores())
    progress = nullcontext(terminal.SILENT) if as_json else terminal.progress_of(source)
    with progress as shown:
        report = reindex(
            engine,
            source,
            with_body=settings.index_body,
            full=full,
            strict=strict,
            allow_removals=allow_removals,
            wait_s=wait_s,
            on_read=shown.read_one,
            on_index=shown.indexing,
        )
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        terminal.show_report(report)
    return DONE_WITH_REMARKS if report.problems else DONE


@cli.command()
@json_option
@common_options
def status(as_json: bool, index_dir: Path | None, config: Path | None) -> int:
    """Tell what is live: generation, posts, age, size, versions.

    Ends with 1 if the index should be rebuilt, with 2 if there is none.
    """
    settings = settings_of(config, index_dir=index_dir)
    said = open_engine(settings).status()
    if said is None:
        raise _no_index(settings)
    if as_json:
        click.echo(json.dumps(terminal.status_json(said), indent=2))
    else:
        terminal.show_status(said, settings.index_dir)
    return DONE_WITH_REMARKS if said.stale else DONE


@cli.command()
@wait_option
@json_option
@common_options
def rollback(wait_s: float, as_json: bool, index_dir: Path | None, config: Path | None) -> int:
    """Go back to the generation before the live one; again to go forth.

    Running services follow within a second. The next `reindex` compares with the
    generation that is live then.
    """
    settings = settings_of(config, index_dir=index_dir)
    engine = open_engine(settings)
    if engine.status() is None:
        raise _no_index(settings)
    with engine.writing(wait_s=wait_s):
        said = engine.rollback()
    if as_json:
        click.echo(json.dumps(terminal.status_json(said), indent=2))
    else:
        click.echo(f"Generation {said.generation} is live: {said.posts} posts")
    return DONE


@cli.command()
@click.option("--host", help="The address to listen at (setting `host`; default 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="The port (default 8000).")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer (default 1).")
@common_options
def serve(
    host: str | None,
    port: int | None,
    workers: int | None,
    index_dir: Path | None,
    config: Path | None,
) -> int:
    """Answer searches over HTTP, until stopped with Ctrl-C.

    A new index is picked up by itself within a second of `searchsvc reindex`; no
    restart is needed. Other servers may run `searchsvc.wsgi:app` instead.
    """
    from searchsvc.web.server import serve as serve_forever

    serve_forever(settings_of(config, index_dir=index_dir, host=host, port=port, workers=workers))
    return DONE


@cli.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port."
)
@click.option("--debug", is_flag=True, expose_value=False, help="Show where an error came from.")
def demo(port: int) -> int:
    """Search a sample blog of twelve posts, to look around.

    It is indexed into a folder of its own that is gone when the demo ends; your own
    index and settings are not touched.
    """
    from searchsvc.posts.source import open_source
    from searchsvc.web.demo import SAMPLE_BLOG, create_demo_app
    from searchsvc.web.server import check_address
    from searchsvc.web.server import serve as serve_forever

    with tempfile.TemporaryDirectory(prefix="searchsvc-demo-") as folder:
        settings = Settings(
            content=(SAMPLE_BLOG,), index_dir=Path(folder), port=port, site_name="Twelve Posts"
        )
        check_address(settings)
        report = reindex(open_engine(settings), open_source(settings), with_body=False)
        serve_forever(
            settings,
            make_app=create_demo_app,
            on_start=lambda url: terminal.show_demo(url, report.posts),
        )
    return DONE
