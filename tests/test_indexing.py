"""What a run of reindex decides: what changed, what is refused, what is kept."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from searchsvc import Settings, open_engine, parse_query
from searchsvc.engines.protocol import Engine
from searchsvc.errors import ReindexRefused, RemovalRefused
from searchsvc.indexing import IndexReport, reindex
from searchsvc.posts.post import LeftOut, Post, Problem, Reading


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Engine]:
    """An engine without an index."""
    engine = open_engine(Settings(index_dir=tmp_path / "index"))
    yield engine
    engine.close()


def a_post(name: str, title: str = "Rye bread", **more: Any) -> Post:
    """A post whose id and address follow from its name."""
    return Post(id=f"{name}.md", url=f"/{name}/", title=title, **more)


def broken(name: str, *, withdrawn: bool = False) -> Problem:
    """The same post when it cannot be read."""
    return Problem(f"{name}.md", f"blog/{name}.md:3", "date is 'x'. Write it well", withdrawn)


def run(engine: Engine, *readings: Reading, **options: Any) -> IndexReport:
    """A run over these readings."""
    return reindex(engine, readings, with_body=False, **options)


def titles(engine: Engine) -> dict[str, str]:
    """Title by id of everything that is found."""
    return {hit.id: hit.title for hit in engine.search(parse_query(per_page=100)).hits}


def test_the_first_run_adds_every_post(local: Engine) -> None:
    report = run(local, a_post("rye"), a_post("oat"))

    assert report.added == ("oat.md", "rye.md")
    assert (report.changed, report.removed, report.unchanged) == ((), (), 0)
    assert (report.published, report.generation, report.posts) == (True, 1, 2)


def test_a_run_over_an_unchanged_blog_touches_nothing_and_says_so(
    local: Engine, tmp_path: Path
) -> None:
    run(local, a_post("rye"), a_post("oat"))
    files = {p: p.stat().st_mtime_ns for p in (tmp_path / "index/generations").rglob("*")}

    report = run(local, a_post("rye"), a_post("oat"))

    assert (report.unchanged, report.published, report.generation) == (2, False, 1)
    assert files == {p: p.stat().st_mtime_ns for p in (tmp_path / "index/generations").rglob("*")}


def test_a_run_tells_added_changed_and_removed_posts(local: Engine) -> None:
    run(local, a_post("rye"), a_post("oat"), a_post("spelt"))

    report = run(local, a_post("rye", "Rye, again"), a_post("oat"), a_post("corn"))

    assert report.added == ("corn.md",)
    assert report.changed == ("rye.md",)
    assert report.removed == ("spelt.md",)
    assert report.unchanged == 1
    assert titles(local) == {"rye.md": "Rye, again", "oat.md": "Rye bread", "corn.md": "Rye bread"}


def test_a_run_that_would_remove_every_post_is_refused(local: Engine) -> None:
    run(local, a_post("rye"), a_post("oat"))

    with pytest.raises(RemovalRefused, match=r"remove 2 of 2 posts.*--allow-removals"):
        run(local)

    assert len(titles(local)) == 2
    assert run(local, allow_removals=True).removed == ("oat.md", "rye.md")
    assert titles(local) == {}


def test_a_run_that_would_remove_more_than_half_of_twenty_is_refused(local: Engine) -> None:
    blog = [a_post(f"loaf-{n}") for n in range(20)]
    run(local, *blog)

    with pytest.raises(RemovalRefused, match="remove 11 of 20"):
        run(local, *blog[:9])

    assert len(run(local, *blog[:10]).removed) == 10


def test_a_small_blog_may_lose_more_than_half(local: Engine) -> None:
    run(local, *(a_post(f"loaf-{n}") for n in range(19)))

    assert len(run(local, a_post("loaf-1")).removed) == 18


@pytest.mark.parametrize("options", [{}, {"full": True}])
def test_a_post_that_cannot_be_read_keeps_its_last_good_version(
    local: Engine, options: dict[str, bool]
) -> None:
    run(local, a_post("rye", "Good rye"), a_post("oat"))

    report = run(local, broken("rye"), a_post("oat"), **options)

    assert report.kept == ("rye.md",)
    assert [str(p) for p in report.problems] == ["blog/rye.md:3: date is 'x'. Write it well"]
    assert titles(local)["rye.md"] == "Good rye"


def test_a_broken_post_keeps_its_last_good_version_through_changed_settings(
    local: Engine, tmp_path: Path
) -> None:
    run(local, a_post("rye", "Good rye"), a_post("oat"))
    german = open_engine(Settings(index_dir=tmp_path / "index", language="german"))

    report = run(german, broken("rye"), a_post("oat"))

    assert "language 'english', now 'german'" in report.rebuilt
    assert titles(german)["rye.md"] == "Good rye"


def test_a_broken_post_that_says_it_is_a_draft_is_withdrawn(local: Engine) -> None:
    run(local, a_post("rye"), a_post("oat"))

    report = run(local, broken("rye", withdrawn=True), a_post("oat"))

    assert report.removed == ("rye.md",)
    assert report.kept == ()
    assert list(titles(local)) == ["oat.md"]


def test_a_post_that_became_a_draft_is_removed_and_drafts_are_counted(local: Engine) -> None:
    run(local, a_post("rye"), a_post("oat"))

    report = run(local, LeftOut("rye.md", "blog/rye.md", "draft"), a_post("oat"))

    assert report.removed == ("rye.md",)
    assert report.left_out == {"draft": 1}


def test_a_strict_run_is_refused_whole_when_a_post_cannot_be_used(local: Engine) -> None:
    run(local, a_post("rye"))

    with pytest.raises(ReindexRefused, match=r"blog/oat.md:3: date is 'x'[\s\S]*Nothing was"):
        run(local, a_post("rye", "Changed"), broken("oat"), strict=True)

    assert titles(local) == {"rye.md": "Rye bread"}


def test_a_full_run_indexes_everything_anew_and_says_why(local: Engine) -> None:
    run(local, a_post("rye"), a_post("oat"))

    report = run(local, a_post("rye"), a_post("oat"), full=True)

    assert report.rebuilt == "--full was given"
    assert (report.published, report.generation, report.unchanged) == (True, 2, 2)


def test_after_a_rollback_a_run_compares_with_what_is_live(local: Engine) -> None:
    run(local, a_post("rye", "Old"))
    run(local, a_post("rye", "New"))
    local.rollback()

    report = run(local, a_post("rye", "New"))

    assert report.changed == ("rye.md",)
    assert report.generation == 3
    assert titles(local) == {"rye.md": "New"}


def test_a_source_that_fails_half_way_changes_nothing(local: Engine) -> None:
    run(local, a_post("rye"))

    def readings() -> Iterator[Reading]:
        yield a_post("oat")
        raise OSError("the disk was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        reindex(local, readings(), with_body=False)

    assert list(titles(local)) == ["rye.md"]


def test_bodies_are_searched_only_when_asked_for(local: Engine, tmp_path: Path) -> None:
    post = replace(a_post("rye"), body="Caraway seeds.")
    run(local, post)
    assert local.search(parse_query("caraway")).total == 0

    with_bodies = open_engine(Settings(index_dir=tmp_path / "index", index_body=True))
    report = reindex(with_bodies, [post], with_body=True)

    assert "index_body False, now True" in report.rebuilt
    assert with_bodies.search(parse_query("caraway")).total == 1


def test_every_reading_is_told_to_the_progress_bar(local: Engine) -> None:
    seen: list[int] = []

    run(local, a_post("rye"), broken("oat"), on_read=lambda: seen.append(1))

    assert len(seen) == 2


def test_the_collector_of_circles_is_on_again_after_a_run(local: Engine) -> None:
    def ends_early() -> Iterator[Post]:
        assert not gc.isenabled()
        yield Post("rye.md", "/rye/", "Rye")
        raise OSError("No such file")

    with pytest.raises(OSError, match="No such file"):
        reindex(local, ends_early(), with_body=False)

    assert gc.isenabled()
