"""Workers: processes that read give what one process gives, and end when they should."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from posts_blog import Blog, matter

from searchsvc.posts.files import FoundFile
from searchsvc.posts.folder import Folder
from searchsvc.posts.generators import site_in
from searchsvc.posts.post import Made, Post, Reading, Unchanged
from searchsvc.posts.reading import Reader, surroundings_of
from searchsvc.posts.source import open_source
from searchsvc.posts.workers import MANY_FILES, read_in_workers
from searchsvc.settings import Settings

SITES = sorted(
    p.parent for p in (Path(__file__).parent / "generators/sites").glob("*/published.json")
)
COUNT = MANY_FILES + 1


@pytest.fixture
def many(blog: Blog) -> Blog:
    """A blog that is big enough for workers, with a draft and a post that cannot be used."""
    for number in range(COUNT - 2):
        blog.write(f"post-{number:04}.md", matter(title=f"Loaf {number}") + "A loaf.\n")
    blog.write("a-draft.md", matter(title="x", draft=True))
    blog.write("broken.md", "---\ntitle: [\n---\n")
    return blog


@contextmanager
def another_thread() -> Iterator[None]:
    """A thread beside this one, as services have them."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield
    done.set()
    thread.join()


def settings_of(blog: Blog) -> Settings:
    return Settings(content=(blog.root,), index_body=True)


def told(readings: Iterator[Reading | None]) -> list[tuple[str, dict[str, Any]]]:
    """All of each reading, the parts too in which equal ones may differ."""
    return [(type(r).__name__, asdict(r)) for r in readings if r is not None]


def in_workers(folder: Path, settings: Settings, paths: list[str]) -> Iterator[Reading | None]:
    site = site_in(folder, settings)
    reader = Reader(site, settings, surroundings_of(site, settings))
    return read_in_workers(reader, list(map(FoundFile, paths)), folder, settings, jobs=2)


@pytest.mark.parametrize("site", SITES, ids=lambda path: path.name)
def test_sites_are_read_the_same_by_workers(site: Path) -> None:
    settings = Settings(content=(site,), index_body=True)
    alone = told(Folder(site, settings).readings({}))
    paths = [values.get("id") or values["post_id"] for _, values in alone]

    assert told(in_workers(site, settings, paths)) == alone
    with another_thread():
        assert told(in_workers(site, settings, paths)) == alone


def test_many_files_are_read_the_same_by_workers(many: Blog) -> None:
    settings = settings_of(many)

    alone = told(open_source(settings).readings({}))

    assert len(alone) == COUNT
    assert told(open_source(settings, jobs=3).readings({})) == alone


def test_workers_are_given_what_has_changed_only(many: Blog) -> None:
    settings = settings_of(many)
    before = [post for post in open_source(settings) if isinstance(post, Post)]
    known = {post.origin: Made(post.id, post.url) for post in before}
    many.write("post-0007.md", matter(title="Rye"))

    readings = list(open_source(settings, jobs=2).readings(known))

    assert [reading.title for reading in readings if isinstance(reading, Post)] == ["Rye"]
    assert sum(isinstance(reading, Unchanged) for reading in readings) == len(before) - 1


def test_nothing_is_lost_when_workers_are_killed(many: Blog) -> None:
    settings = settings_of(many)
    alone = told(open_source(settings).readings({}))
    readings = open_source(settings, jobs=2).readings({})

    first = next(readings)
    for worker in multiprocessing.active_children():
        worker.kill()

    assert told(iter([first, *readings])) == alone


def test_workers_end_when_nobody_wants_the_rest(many: Blog) -> None:
    readings = open_source(settings_of(many), jobs=2).readings({})
    next(readings)
    assert multiprocessing.active_children()

    readings.close()

    assert not multiprocessing.active_children()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_the_process_that_began_them(many: Blog, how: signal.Signals) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from searchsvc import Settings; from searchsvc.posts.source import open_source\n"
        "readings = open_source(Settings(content=(Path(sys.argv[1]),)), jobs=2).readings({})\n"
        "next(readings); print('reading', flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(many.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "reading\n"
        # As Ctrl-C does, to all that belong together; other signals go to one.
        os.killpg(process.pid, how) if how == signal.SIGINT else process.send_signal(how)

        # Workers hold the other ends of these: reading ends when all of them have ended.
        assert process.stdout.read() == ""
        assert process.stderr.read().count("Traceback") == (how == signal.SIGINT)


@pytest.mark.parametrize("site", SITES, ids=lambda path: path.name)
def test_an_origin_is_the_same_in_every_process(site: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from searchsvc import Settings; from searchsvc.posts.source import open_source\n"
        "readings = open_source(Settings(content=(Path(sys.argv[1]),)))\n"
        "print([getattr(reading, 'origin', b'').hex() for reading in readings])"
    )
    command = [sys.executable, "-c", code, str(site)]

    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)
    )

    assert first == second
