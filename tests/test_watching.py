"""Which changes count, and when a burst of them is over; the ticks are lists, not time."""

from pathlib import Path

import pytest

from searchsvc import Settings
from searchsvc.posts.source import Source, open_source
from searchsvc.watching import gathered

RYE, OAT = Path("rye.md"), Path("oat.md")


def test_the_writes_of_an_editor_are_one_burst() -> None:
    ticks = [[], [RYE], [RYE, OAT], [RYE], [], [], [OAT], []]

    assert list(gathered(ticks)) == [{RYE, OAT}, {OAT}]


def test_a_burst_that_does_not_end_is_told_from_time_to_time() -> None:
    ticks = [[Path(f"{n}.md")] for n in range(10)]

    assert [len(burst) for burst in gathered(ticks, max_ticks=4)] == [4, 4]


def test_where_nothing_changes_nothing_is_told() -> None:
    assert list(gathered([[]] * 5)) == []


@pytest.fixture
def site(tmp_path: Path) -> Source:
    """A Jekyll site with its index inside."""
    (tmp_path / "_config.yml").write_text("title: Crumbs\n")
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2025-01-31-rye.md").write_text("---\ntitle: Rye\n---\n")
    return open_source(Settings(content=(tmp_path,), index_dir=tmp_path / "index"))


@pytest.mark.parametrize(
    "path",
    [
        "_posts/2025-01-31-rye.md",
        "_posts/2025-02-01-new.md",
        "_posts/gone",
        "_config.yml",
        "_data/flour.json",
    ],
)
def test_posts_folders_of_them_and_data_count(tmp_path: Path, site: Source, path: str) -> None:
    assert site.concerns(tmp_path.resolve() / path)


@pytest.mark.parametrize(
    "path",
    [
        "_site/2025/rye.md",
        "_site/search.json",
        ".git/index",
        ".git/refs",
        "node_modules/flour/readme.md",
        "node_modules/flour/package.json",
        "index/current",
        "index/generations/2",
        "index/data.json",
        "_posts/.2025-01-31-rye.md.swp",
        "../elsewhere/rye.md",
    ],
)
def test_what_programs_write_does_not(tmp_path: Path, site: Source, path: str) -> None:
    assert not site.concerns((tmp_path.resolve() / path).resolve())


def test_a_new_picture_does_not_count(tmp_path: Path, site: Source) -> None:
    (tmp_path / "_posts" / "crust.png").write_bytes(b"")

    assert not site.concerns(tmp_path.resolve() / "_posts" / "crust.png")
