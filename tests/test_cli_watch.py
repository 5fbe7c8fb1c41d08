"""`searchsvc reindex --watch` as a process of its own: what is saved is found, and it goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from searchsvc import Settings, open_engine, parse_query

DEADLINE_S = 30.0


def a_post(title: str) -> str:
    return f"---\ntitle: {title}\n---\nA loaf.\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A folder of two posts."""
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "rye.md").write_text(a_post("Rye"))
    (folder / "oat.md").write_text(a_post("Oat"))
    return folder


class Watching:
    """The command, and what it has printed so far."""

    def __init__(self, process: subprocess.Popen[bytes], output: Path) -> None:
        self.process = process
        self._output = output

    @property
    def said(self) -> str:
        return self._output.read_text()

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while not is_so():
            assert self.process.poll() is None, f"It has ended:\n{self.said}"
            assert time.monotonic() < deadline, f"{what} did not come to pass:\n{self.said}"
            time.sleep(0.02)

    def until_said(self, text: str, times: int = 1) -> None:
        self.until(lambda: self.said.count(text) >= times, repr(text))

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(DEADLINE_S)


@contextmanager
def watching(folder: Path, *arguments: object) -> Iterator[Watching]:
    """The command, at work in a folder; it has made its first run when this begins."""
    output = folder / "output.txt"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SEARCHSVC_")}
    command = [sys.executable, "-m", "searchsvc", "reindex", "--watch", *map(str, arguments)]
    with (
        output.open("wb") as file,
        subprocess.Popen(
            command, cwd=folder, env=clean, stdout=file, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            yield_to = Watching(process, output)
            yield_to.until_said("Ctrl-C ends it")
            yield yield_to
        finally:
            if process.poll() is None:
                process.kill()


def titles(folder: Path) -> set[str]:
    """The titles of all that is found."""
    engine = open_engine(Settings(index_dir=folder / "index"))
    return {hit.title for hit in engine.search(parse_query(per_page=100)).hits}


def until_found(watch: Watching, folder: Path, *expected: str) -> None:
    watch.until(lambda: titles(folder) == set(expected), f"Finding {expected}")


def test_what_is_saved_moved_or_removed_is_found_so_and_ctrl_c_ends_it_well(
    tmp_path: Path, blog: Path
) -> None:
    with watching(tmp_path, "blog") as watch:
        assert titles(tmp_path) == {"Oat", "Rye"}

        (blog / "rye.md").write_text(a_post("Rye bread"))
        until_found(watch, tmp_path, "Oat", "Rye bread")
        watch.until_said("changed rye.md; ")

        (blog / "2025" / "spring").mkdir(parents=True)
        (blog / "2025" / "spring" / "bun.md").write_text(a_post("Bun"))
        until_found(watch, tmp_path, "Oat", "Rye bread", "Bun")

        (blog / "2025").rename(blog / "2026")
        watch.until_said("removed 2025/spring/bun.md")
        (blog / "oat.md").unlink()
        until_found(watch, tmp_path, "Rye bread", "Bun")

        (blog / "2026" / "spring" / "draft.tmp").write_text(a_post("Spelt"))
        (blog / "2026" / "spring" / "draft.tmp").replace(blog / "spelt.md")
        until_found(watch, tmp_path, "Rye bread", "Bun", "Spelt")

        assert watch.stop() == 0
    assert watch.said.endswith("stopped watching\n")
    assert "Traceback" not in watch.said


def test_a_broken_save_is_told_once_and_its_last_good_version_stays(
    tmp_path: Path, blog: Path
) -> None:
    with watching(tmp_path, "blog") as watch:
        (blog / "rye.md").write_text("---\ntitle: [Rye\n---\n")
        watch.until_said("skipped 1")
        assert titles(tmp_path) == {"Oat", "Rye"}

        (blog / "oat.md").write_text(a_post("Oat cakes"))
        until_found(watch, tmp_path, "Oat cakes", "Rye")
        watch.until_said("skipped 1", times=2)

        (blog / "rye.md").write_text(a_post("Rye bread"))
        until_found(watch, tmp_path, "Oat cakes", "Rye bread")
    assert watch.said.count("(its last good version is kept)") == 1
    assert "blog/rye.md:" in watch.said


def test_errors_of_a_run_are_told_and_watching_goes_on(tmp_path: Path, blog: Path) -> None:
    settings = tmp_path / "searchsvc.toml"
    (blog / "oat.md").unlink()
    with watching(tmp_path, "blog") as watch:
        (blog / "rye.md").rename(blog / "bun.md")
        watch.until_said("This run would remove 1 of 1 posts")
        settings.write_text("langauge = 'en'")
        watch.until_said("no setting 'langauge'. Did you mean 'language'?")
        assert titles(tmp_path) == {"Rye"}

        settings.write_text("site_name = 'Crumbs'")
        (blog / "bun.md").rename(blog / "rye.md")
        (blog / "oat.md").write_text(a_post("Oat"))
        until_found(watch, tmp_path, "Oat", "Rye")
        assert watch.stop() == 0


def test_what_is_saved_while_another_run_holds_the_index_is_not_forgotten(
    tmp_path: Path, blog: Path
) -> None:
    with watching(tmp_path, "blog", "--wait", 0) as watch:
        with open_engine(Settings(index_dir=tmp_path / "index")).writing():
            (blog / "rye.md").write_text(a_post("Rye bread"))
            watch.until_said("is being written by ")
            assert titles(tmp_path) == {"Oat", "Rye"}
        until_found(watch, tmp_path, "Oat", "Rye bread")
    assert watch.said.count("is being written by ") == 1


def test_the_content_may_be_a_file_that_is_replaced(tmp_path: Path) -> None:
    def written(path: Path, title: str) -> None:
        path.write_text(json.dumps({"id": "rye", "url": "/rye/", "title": title}))

    written(tmp_path / "posts.jsonl", "Rye")
    with watching(tmp_path, "posts.jsonl") as watch:
        written(tmp_path / "posts.jsonl", "Rye bread")
        until_found(watch, tmp_path, "Rye bread")
        written(tmp_path / "new.jsonl", "Rye buns")
        (tmp_path / "new.jsonl").replace(tmp_path / "posts.jsonl")
        until_found(watch, tmp_path, "Rye buns")


def test_a_folder_that_was_replaced_is_watched_anew(tmp_path: Path, blog: Path) -> None:
    with watching(tmp_path, "blog") as watch:
        blog.rename(tmp_path / "old")
        watch.until_said("there is no such folder or file")
        (tmp_path / "old").rename(blog)
        (blog / "bun.md").write_text(a_post("Bun"))
        until_found(watch, tmp_path, "Oat", "Rye", "Bun")
        (blog / "rye.md").write_text(a_post("Rye bread"))
        until_found(watch, tmp_path, "Oat", "Rye bread", "Bun")


def test_each_run_is_one_line_of_json(tmp_path: Path, blog: Path) -> None:
    with watching(tmp_path, "blog", "--json") as watch:
        (blog / "rye.md").write_text(a_post("Rye bread"))
        until_found(watch, tmp_path, "Oat", "Rye bread")
        watch.until_said('"added"', times=2)
        watch.stop()
    reports = [json.loads(line) for line in watch.said.splitlines() if line.startswith("{")]

    assert reports[0]["added"] == ["oat.md", "rye.md"]
    assert reports[1]["changed"] == ["rye.md"]


def test_what_cannot_be_read_from_the_beginning_ends_with_2(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "searchsvc", "reindex", "--watch", "nowhere"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "nowhere: there is no such folder or file" in done.stderr


def test_without_the_library_the_remedy_is_told(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['watchfiles'] = None; from searchsvc.__main__ import main; "
        "sys.argv = ['searchsvc', 'reindex', '--watch', 'blog']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "pip install 'searchsvc[watch]'" in done.stderr
    assert not (tmp_path / "index").exists()
