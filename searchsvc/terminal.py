"""How reports, answers and statuses look on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import click

from searchsvc.engines.protocol import EngineStatus
from searchsvc.indexing import IndexReport
from searchsvc.pace import Pace
from searchsvc.results import FacetValue, Hit, RelatedPosts, ResultPage, Suggestions
from searchsvc.text.snippets import Snippet

# More ids than this are counted, not listed.
IDS_LISTED = 10


class Progress(NamedTuple):
    """What is told while a run goes on.

    Attributes:
        read_one: one more post was read.
        indexing: all are read, and so many are indexed now.
    """

    read_one: Callable[[], None]
    indexing: Callable[[int], None]


SILENT = Progress(lambda: None, lambda _count: None)


class Countable(Protocol):
    """What is being read: how it is called, and of how many."""

    @property
    def description(self) -> str: ...

    def __len__(self) -> int: ...


@contextmanager
def progress_of(source: Countable, what: str = "post") -> Iterator[Progress]:
    """A progress bar on a terminal, a line every few seconds elsewhere; both on stderr."""
    pace = Pace(len(source))
    if not sys.stderr.isatty():
        count = f"{len(source)} {what}{'' if len(source) == 1 else 's'}"
        click.echo(f"{source.description}: reading {count}", err=True)
        yield Progress(partial(_tell_pace, pace), _tell_indexing)
        return
    with ExitStack() as drawn:
        bar = drawn.enter_context(
            click.progressbar(
                range(len(source)),
                label=source.description,
                show_pos=True,
                item_show_func=lambda _item: pace.rate or None,
                file=sys.stderr,
            )
        )
        # Drawn a hundred times: that takes longer than to read a short post.
        step = max(1, len(source) // 100)

        def read_one() -> None:
            pace.one_more()
            if pace.done % step == 0:
                bar.update(step)

        def index(count: int) -> None:
            bar.update(pace.done - bar.pos)
            drawn.close()
            _tell_indexing(count)

        yield Progress(read_one, index)


def _tell_pace(pace: Pace) -> None:
    pace.one_more()
    if pace.is_due():
        click.echo(pace.line, err=True)


def _tell_indexing(count: int) -> None:
    click.echo(f"indexing {_posts(count)}", err=True)


def show_report(report: IndexReport) -> None:
    """What a run has done; what was skipped goes to stderr."""
    kept = set(report.kept)
    for problem in report.problems:
        tail = " (its last good version is kept)" if problem.post_id in kept else ""
        click.echo(f"{printable(str(problem))}{tail}", err=True)
    for reason, count in sorted(report.left_out.items()):
        click.echo(f"left out: {count} ({reason})")
    if report.rebuilt:
        click.echo(f"everything was indexed anew: {report.rebuilt}")
    for name, ids in (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
    ):
        if ids:
            click.echo(printable(f"{name}: {len(ids)}{_listed(ids)}"))
    if report.problems:
        click.echo(f"skipped: {len(report.problems)} (told above)")
    live = f"generation {report.generation} is live with {_posts(report.posts)}"
    if report.published:
        click.echo(f"{live}; {report.unchanged} unchanged; {report.seconds:.2f} s")
    else:
        click.echo(f"nothing to do: {live}; {report.seconds:.2f} s")


def show_page(page: ResultPage) -> None:
    """An answer, as a reader of a terminal likes it."""
    first = (page.query.page - 1) * page.query.per_page
    for number, hit in enumerate(page.hits, first + 1):
        _show_hit(number, hit)
    if page.corrected:
        click.echo(
            printable(f"searched instead: {page.corrected} (--exact for just what you typed)")
        )
    if page.ignored:
        click.echo(printable(f"no post has: {', '.join(page.ignored)}"))
    click.echo(_summary(page, first))
    for name, values in page.facets.items():
        if values and page.total:
            click.echo(f"  {name}: {', '.join(_facet_value(v) for v in values[:8])}")


def show_suggestions(answer: Suggestions) -> None:
    """What is suggested, one on a line."""
    for suggestion in answer.suggestions:
        count = "" if suggestion.count is None else f" ({_posts(suggestion.count)})"
        click.echo(f"{suggestion.kind + ':':10}{_marked(suggestion.snippet)}{count}")
    if not answer.suggestions:
        click.echo("Nothing goes on from that. Titles, tags and categories are suggested")


def show_related(answer: RelatedPosts) -> None:
    """Posts like one, and why."""
    for number, post in enumerate(answer.posts, 1):
        _show_hit(number, post.hit)
        shared = [*post.categories, *(f"#{tag}" for tag in post.tags), *post.words]
        click.echo(printable(f"     shares: {', '.join(shared)}"))
    if not answer.posts:
        click.echo("No other post shares enough with this one")


def show_status(said: EngineStatus, index_dir: Path) -> None:
    """What is live."""
    age = datetime.now(UTC) - said.built_at
    rows = [
        ("index", str(index_dir)),
        ("generation", f"{said.generation} (build {said.build_id})"),
        ("posts", str(said.posts)),
        ("built", f"{said.built_at:%Y-%m-%d %H:%M:%S} UTC, {_age(age)} ago"),
        ("size", f"{said.size_bytes / 1_000_000:.1f} MB"),
        ("versions", ", ".join(f"{name} {value}" for name, value in said.versions.items())),
        ("kept", ", ".join(map(str, said.kept)) or "no other generation"),
    ]
    for name, value in rows:
        click.echo(f"{name + ':':12}{value}")
    if said.stale:
        click.echo(f"It should be rebuilt: {said.stale}. Run: searchsvc reindex", err=True)


def status_json(said: EngineStatus) -> dict[str, Any]:
    """The status for programs."""
    return {
        "generation": said.generation,
        "build_id": said.build_id,
        "posts": said.posts,
        "built_at": said.built_at.isoformat(),
        "age_s": round((datetime.now(UTC) - said.built_at).total_seconds(), 1),
        "size_bytes": said.size_bytes,
        "versions": dict(said.versions),
        "settings": said.settings,
        "kept": list(said.kept),
        "stale": said.stale or None,
    }


def _show_hit(number: int, hit: Hit) -> None:
    click.echo(f"{number:3}. {_marked(hit.title_snippet)}")
    facts = [hit.url, hit.date.isoformat() if hit.date else "", *hit.categories[:IDS_LISTED]]
    facts += [f"#{tag}" for tag in hit.tags[:IDS_LISTED]]
    click.echo(click.style(printable(f"     {'  '.join(filter(None, facts))}"), dim=True))
    if hit.excerpt:
        click.echo(f"     {_marked(hit.excerpt_snippet)}")
    if hit.missing:
        click.echo(printable(f"     without: {', '.join(hit.missing)}"))
    if hit.stands_first:
        click.echo(f"     stands first: {hit.stands_first}")
    for reason in hit.reasons:
        click.echo(printable(f"     {reason.score:8.3f}  {reason.text}"))


def _marked(snippet: Snippet) -> str:
    return "".join(
        click.style(printable(text), bold=True) if mark else printable(text)
        for text, mark in snippet.pieces()
    )


def printable(text: str) -> str:
    """Post text may hold control characters, which would steer the terminal."""
    return "".join(c if c.isprintable() or c == " " else " " for c in text)


def _summary(page: ResultPage, first: int) -> str:
    if not page.total:
        return "Nothing found. Try fewer or other words, or drop a filter"
    if not page.hits:
        return f"{_posts(page.total)} found, on {page.pages} pages; this page is past the last"
    shown = f"{first + 1} to {first + len(page.hits)} of " if page.pages > 1 else ""
    return f"{shown}{_posts(page.total)} found; {page.took_ms:.1f} ms"


def _facet_value(value: FacetValue) -> str:
    text = f"{printable(value.value)} ({value.count})"
    return f"[{text}]" if value.selected else text


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"


def _listed(ids: tuple[str, ...]) -> str:
    return f": {', '.join(ids)}" if len(ids) <= IDS_LISTED else ""


def _age(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def show_demo(url: str, posts: int) -> None:
    """Where to look at the demo, and how to ask it."""
    click.echo(f"The sample blog of {_posts(posts)} can be searched:")
    click.echo(f"  in a browser   {url}/search")
    click.echo(f"  with curl      curl '{url}/api/search?q=concurrency'")
    click.echo("Stop it with Ctrl-C.")
