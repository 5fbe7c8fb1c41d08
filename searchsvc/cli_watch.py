"""`searchsvc reindex --watch`: a run after each save, and one calm line for each run."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event
from types import FrameType

import click

from searchsvc import terminal
from searchsvc.cli_runs import Runs, show_since
from searchsvc.errors import IndexLocked, SearchsvcError
from searchsvc.indexing import IndexReport
from searchsvc.posts.gitfiles import Since
from searchsvc.posts.post import Problem
from searchsvc.posts.source import Source, open_source
from searchsvc.process import DONE

# How long until a run is tried again that found the index locked.
_AGAIN_S = 0.5
# More posts than this are counted, not named.
_NAMED = 3

Show = Callable[[IndexReport, Source], None]


class Watch:
    """One command that goes on until Ctrl-C.

    Args:
        runs: how its runs go.
        settings_file: read anew when it changes; it need not be there.
        as_json: whether to print reports for programs, one a line.
    """

    def __init__(self, runs: Runs, settings_file: Path, *, as_json: bool) -> None:
        self._runs = runs
        self._settings_file = settings_file
        self._as_json = as_json
        self._problems: frozenset[Problem] = frozenset()
        self._stop = Event()

    def go_on(self, *, full: bool, since: Since | None) -> int:
        """Run, and again after each change.

        Args:
            full, since: for the first run only.

        Raises:
            SearchsvcError: the settings or the content cannot be used from the beginning. What
                goes wrong later is told.
            click.ClickException: the library that watches is not there.
        """
        with suppress(KeyboardInterrupt), self._stopped_by_ctrl_c():
            self._go_on(partial(self._first, full=full, since=since))
        click.echo("stopped watching", err=True)
        return DONE

    @contextmanager
    def _stopped_by_ctrl_c(self) -> Iterator[None]:
        """Ctrl-C lets a run end first; again, it ends at once.

        An exception in the midst of a run may be lost in a destructor of a library.
        """

        def stop(_number: int, _frame: FrameType | None) -> None:
            if self._stop.is_set():
                raise KeyboardInterrupt
            self._stop.set()

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _go_on(self, run: Callable[[], Source | None]) -> None:
        bursts = _bursts()
        source = open_source(self._runs.load())
        while not self._stop.is_set():
            paths = self._paths(source)
            # Which paths count may change with each run.
            concerns = lambda path: source.concerns(path)  # noqa: B023, E731
            for _ in bursts(paths, concerns=concerns, stop=self._stop):
                source = run() or source
                run = self._again
                if self._paths(source) != paths:
                    break

    def _paths(self, source: Source) -> frozenset[Path]:
        return frozenset((*source.roots, self._settings_file))

    def _first(self, *, full: bool, since: Since | None) -> Source | None:
        def show(report: IndexReport, source: Source) -> None:
            if since:
                show_since(since, report, len(source))
            self._print(report) if self._as_json else terminal.show_report(report)

        source = self._run(show, full=full, since=since, show_progress=not self._as_json)
        if source:
            click.echo(f"watching {source.description}; Ctrl-C ends it", err=True)
        return source

    def _again(self) -> Source | None:
        return self._run(lambda report, _source: self._show(report))

    def _run(
        self,
        show: Show,
        *,
        full: bool = False,
        since: Since | None = None,
        show_progress: bool = False,
    ) -> Source | None:
        """Run once, and tell what came of it; None when the content cannot be read at all."""
        source = None
        try:
            settings = self._runs.load()
            source = open_source(settings, since=since, jobs=self._runs.jobs)
            run = partial(self._runs.run, settings, source, full=full, show_progress=show_progress)
            report = self._when_unlocked(run)
            show(report, source)
            self._problems = frozenset(report.problems)
        except SearchsvcError as error:
            _say(str(error))
        return source

    def _when_unlocked(self, run: Callable[[], IndexReport]) -> IndexReport:
        """What was saved while another run went on must not wait until something else is saved."""
        is_told = False
        while True:
            try:
                return run()
            except IndexLocked as error:
                if self._stop.is_set():
                    raise
                if not is_told:
                    _say(f"{error}. This run is tried again until it can")
                is_told = True
                time.sleep(_AGAIN_S)

    def _show(self, report: IndexReport) -> None:
        if self._as_json:
            self._print(report)
            return
        for problem in report.problems:
            if problem not in self._problems:
                kept = " (its last good version is kept)" if problem.post_id in report.kept else ""
                _say(f"{problem}{kept}")
        done = ", ".join(_done(report)) or "nothing has changed"
        click.echo(terminal.printable(f"{_now()}  {done}; {report.seconds:.2f} s"))

    def _print(self, report: IndexReport) -> None:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False))


def _bursts() -> Callable[..., Iterator[frozenset[Path]]]:
    try:
        from searchsvc.watching import bursts
    except ModuleNotFoundError as error:
        if error.name != "watchfiles":
            raise
        raise click.ClickException(
            "--watch needs the library watchfiles, which is not installed. "
            "Install it: pip install 'searchsvc[watch]'"
        ) from error
    return bursts


def _done(report: IndexReport) -> Iterator[str]:
    if report.rebuilt:
        yield f"indexed everything anew ({report.rebuilt})"
    for what, ids in (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
    ):
        if ids:
            yield f"{what} {', '.join(ids) if len(ids) <= _NAMED else f'{len(ids):,} posts'}"
    if report.problems:
        yield f"skipped {len(report.problems):,}"


def _say(text: str) -> None:
    told = "\n".join(map(terminal.printable, text.splitlines()))
    click.echo(f"{_now()}  {told}", err=True)


def _now() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
