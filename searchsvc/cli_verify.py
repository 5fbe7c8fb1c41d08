"""The command `searchsvc verify`: what the index holds, against the site that readers see."""

import json
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchsvc import terminal
from searchsvc.cli_options import common_options, json_option, settings_of
from searchsvc.engines import open_engine
from searchsvc.engines.protocol import Engine
from searchsvc.errors import IndexMissing
from searchsvc.posts.post import LeftOut, Problem
from searchsvc.process import DONE, DONE_WITH_REMARKS
from searchsvc.settings import Settings
from searchsvc.terminal import printable

if TYPE_CHECKING:  # what reads pages takes a while to load, and other commands do without it
    from searchsvc.verifying import Dead, Missing, Verification

# More lines of a kind than this are counted, not listed.
LISTED = 24


@click.command("verify")
@click.argument("content", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--site",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The site as readers see it: the folder it is built into, its sitemap, a file with "
    "one address on each line, or a feed.",
)
@click.option("--all", "shows_all", is_flag=True, help=f"List everything, not {LISTED} of a kind.")
@json_option
@common_options
def verify_command(
    content: tuple[Path, ...],
    site: Path,
    shows_all: bool,
    as_json: bool,
    index_dir: Path | None,
    config: Path | None,
) -> int:
    """Compare the index with the built site.

    \b
    What is told:
      dead addresses     posts that are found and whose page the site does not have:
                         deleted ones, drafts, other addresses
      missing posts      pages of the site that are posts and are not found
      leaked drafts      posts in the index that their source hides by now; when CONTENT,
                         or the setting `content`, names the source
      dates that differ  one date in the index, another one on the page

    A folder of built pages tells most. Of a sitemap or a list only the addresses are
    known: there a missing post is a page in a folder where other posts live. A feed
    has some of the posts only, so nothing is dead because it is not in it.

    \b
    Examples:
      searchsvc verify --site ~/blog/_site
      searchsvc verify ~/blog --site ~/blog/public --all
      searchsvc verify --site sitemap.xml --json      in a publishing script

    Nothing is fetched and nothing is changed. Ends with 1 if something differs.
    """
    from searchsvc.posts.published import open_published
    from searchsvc.verifying import verify

    settings = settings_of(config, content=content or None, index_dir=index_dir)
    engine = open_engine(settings)
    if engine.status() is None:
        raise IndexMissing(
            f"There is no index in {settings.index_dir} yet. Build it: searchsvc reindex"
        )
    published = open_published(site, _in_its_zone(settings))
    withdrawn = _withdrawn(settings, engine, quiet=as_json)
    pages = []
    with (
        nullcontext(terminal.SILENT) if as_json else terminal.progress_of(published, "page") as told
    ):
        for page in published:
            pages.append(page)
            told.read_one()
    found = verify(
        engine.documents(),
        pages,
        is_whole=published.is_whole,
        withdrawn=withdrawn,
        now=datetime.now(UTC),
    )
    if as_json:
        said = {"site": published.description, "pages": len(pages)} | found.to_json()
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        _show(found, published.description, limit=None if shows_all else LISTED)
    return DONE_WITH_REMARKS if found.differs else DONE


def _in_its_zone(settings: Settings) -> Settings:
    """The settings with the time zone that the source's own configuration names."""
    from searchsvc.posts.generators import site_in

    folder = next((path for path in settings.content if path.is_dir()), None)
    if settings.timezone or folder is None:
        return settings
    return settings.model_copy(update={"timezone": site_in(folder, settings).own_timezone()})


def _withdrawn(settings: Settings, engine: Engine, *, quiet: bool) -> dict[str, str]:
    """Why the source hides some of its files, by id; empty when no source is named."""
    from searchsvc.posts.source import open_source

    if not settings.content and not settings.sources:
        return {}
    source, found = open_source(settings), {}
    with nullcontext(terminal.SILENT) if quiet else terminal.progress_of(source) as told:
        for reading in source.readings(engine.origins()):
            if isinstance(reading, LeftOut):
                found[reading.post_id] = reading.reason
            elif isinstance(reading, Problem) and reading.withdrawn:
                found[reading.post_id] = reading.message
            told.read_one()
    return found


def _show(found: "Verification", site: str, *, limit: int | None) -> None:
    """The differences by kind, each with what to do, and how many posts are as they should be."""
    for title, rows, remedy in (
        ("dead addresses", [_dead(one) for one in found.dead], _REMEDY_DEAD),
        ("missing posts", [_missing(one) for one in found.missing], _REMEDY_MISSING),
        (
            "leaked drafts",
            [f"{one.url}  {one.title} ({one.reason})" for one in found.leaked],
            "Take them out of the index: searchsvc reindex",
        ),
        (
            "dates that differ",
            [
                f"{one.url}  {one.indexed or 'none'} in the index, {one.published} on the page"
                for one in found.dates
            ],
            "By one day all over: set `timezone`",
        ),
    ):
        if rows:
            _show_kind(title, rows, remedy, limit)
    if found.hosts:
        click.echo(
            printable(f"the index has posts at {found.hosts[0]}, the site is at {found.hosts[1]}")
        )
        click.echo("  Set `site_url` to the address of the site; it was compared by paths\n")
    click.echo(printable(f"{_posts(found.alike)} where the {site} has them{_rest(found)}"))


_REMEDY_DEAD = (
    "Deleted or renamed: searchsvc reindex. Elsewhere all over: the settings `site_url`, "
    "`url_template`"
)
_REMEDY_MISSING = "Searches do not find them: searchsvc reindex tells what was left out, and why"


def _show_kind(title: str, rows: list[str], remedy: str, limit: int | None) -> None:
    click.echo(f"{title}: {len(rows)}")
    for row in rows[:limit]:
        click.echo(printable(f"  {row}"))
    if limit is not None and len(rows) > limit:
        click.echo(f"  … and {len(rows) - limit} more; --all lists them")
    click.echo(click.style(f"  {remedy}", dim=True))
    click.echo()


def _dead(one: "Dead") -> str:
    known = f" → lives at {one.lives_at}" if one.lives_at else ""
    leads = " (this page leads on to another one)" if one.leads_on else ""
    return f"{one.url}  {one.title}{leads}{known}"


def _missing(one: "Missing") -> str:
    hidden = f" (hidden in the index by its dates: {one.hidden})" if one.hidden else ""
    return f"{one.url}  {one.title}".rstrip() + hidden


def _rest(found: "Verification") -> str:
    """What else there is and is as it should be."""
    counts = (
        (found.hidden, "hidden by their dates, as on the site"),
        (found.elsewhere, "on other hosts, not looked at"),
        (found.other_pages, "pages that do not look like posts"),
    )
    return "".join(f"; {count} {what}" for count, what in counts if count)


def _posts(count: int) -> str:
    return "1 post is" if count == 1 else f"{count} posts are"
