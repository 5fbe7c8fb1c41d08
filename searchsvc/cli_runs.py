"""What the runs of `searchsvc reindex` have in common, whether it is one or many."""

from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass

import click

from searchsvc import terminal
from searchsvc.engines import open_engine
from searchsvc.indexing import IndexReport, reindex
from searchsvc.posts.gitfiles import Since
from searchsvc.posts.source import Source
from searchsvc.settings import Settings


@dataclass(frozen=True)
class Runs:
    """How the runs of one command go.

    Attributes:
        load: reads the settings, as they are now.
        strict, allow_removals, wait_s: as in ``indexing.reindex``.
        jobs: as in ``posts.source.open_source``.
    """

    load: Callable[[], Settings]
    strict: bool
    allow_removals: bool
    wait_s: float
    jobs: int = 1

    def run(
        self,
        settings: Settings,
        source: Source,
        *,
        full: bool = False,
        show_progress: bool = False,
    ) -> IndexReport:
        """Run once. Raises what ``indexing.reindex`` does."""
        progress = terminal.progress_of(source) if show_progress else nullcontext(terminal.SILENT)
        with closing(open_engine(settings)) as engine, progress as shown:
            return reindex(
                engine,
                source,
                with_body=settings.index_body,
                full=full,
                strict=self.strict,
                allow_removals=self.allow_removals,
                wait_s=self.wait_s,
                on_read=shown.read_one,
                on_index=shown.indexing,
            )


def show_since(since: Since, report: IndexReport, files: int) -> None:
    """What a run did not need to read, of so many files; or why it has read everything."""
    for remark in since.remarks:
        click.echo(terminal.printable(remark), err=True)
    if report.rebuilt or not report.unchanged or (since.remarks and not since.unread):
        return
    told = f"since {since.revision}: {since.unread:,} of {files:,} files were not read"
    why = "" if since.unread else "; the index was made of other files or settings"
    click.echo(terminal.printable(told + why), err=True)
