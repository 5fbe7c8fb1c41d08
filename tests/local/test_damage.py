"""An index that is damaged is never read wrongly, and is mended by the next run."""

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support import answers, blog, found, loaf, local_engine
from tiny_segments import TINY_SEGMENTS

from searchsvc import Settings, parse_query
from searchsvc.documents import Upsert
from searchsvc.engines.local.engine import LocalEngine
from searchsvc.errors import IndexDamaged
from searchsvc.indexing import reindex
from searchsvc.posts.post import Post, Problem

Harm = Callable[[Path], None]


def remove_columns(folder: Path) -> None:
    for path in folder.glob("*.col"):
        path.unlink()


def cut_columns(folder: Path) -> None:
    for path in folder.glob("*.col"):
        path.write_bytes(path.read_bytes()[:-100])


def garble_header(folder: Path) -> None:
    for path in folder.glob("*.col"):
        content = bytearray(path.read_bytes())
        content[40] ^= 0xFF
        path.write_bytes(content)


def claim_other_version(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["versions"]["format"] = "0"
    (folder / "manifest.json").write_text(json.dumps(manifest))


def nonsense_overlay(folder: Path) -> None:
    """Of the right size, with numbers that mean nothing."""
    content = (folder / "overlay.col").read_bytes()
    (folder / "overlay.col").write_bytes(content[:-400] + bytes(range(200)) * 2)


BROKEN = [nonsense_overlay, remove_columns, cut_columns, garble_header, claim_other_version]


@pytest.mark.parametrize("harm", BROKEN)
def test_columns_that_cannot_be_used_are_made_again_from_what_whoosh_keeps(
    tmp_path: Path, harm: Harm
) -> None:
    local_engine(tmp_path).replace_all(blog(30))
    right = answers(local_engine(tmp_path))

    harm(tmp_path / "generations/1")

    engine = local_engine(tmp_path)
    assert answers(engine) == right
    status = engine.status()
    assert status is not None
    assert status.stale


@pytest.mark.parametrize("harm", BROKEN)
def test_the_next_run_writes_columns_anew(tmp_path: Path, harm: Harm) -> None:
    local_engine(tmp_path).replace_all(blog(30))
    right = answers(local_engine(tmp_path))
    harm(tmp_path / "generations/1")

    local_engine(tmp_path).apply([])

    engine = local_engine(tmp_path)
    status = engine.status()
    assert status is not None
    assert (status.generation, status.stale) == (2, "")
    assert answers(engine) == right


def test_a_generation_that_is_gone_is_told_with_the_remedy(tmp_path: Path) -> None:
    local_engine(tmp_path).replace_all([loaf(1)])
    (tmp_path / "generations/1").rename(tmp_path / "elsewhere")

    with pytest.raises(IndexDamaged, match="searchsvc reindex --full"):
        local_engine(tmp_path).search(parse_query("rye"))


def garble(path: Path) -> None:
    path.write_bytes(b"garbage" * 20)


def cut_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"gen')


def empty_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{}")


def no_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def no_generation(folder: Path) -> None:
    shutil.rmtree(folder)


def no_store(folder: Path) -> None:
    shutil.rmtree(folder / "whoosh")


def garbled_store(folder: Path) -> None:
    for path in (folder / "whoosh").glob("*.seg"):
        garble(path)


def garbled_toc(folder: Path) -> None:
    for path in (folder / "whoosh").glob("*.toc"):
        garble(path)


def garbled_current(folder: Path) -> None:
    (folder.parents[1] / "current").write_text("?")


def zeroed_columns(folder: Path) -> None:
    for path in folder.glob("segment-*.col"):
        garble_end(path)


def garble_end(path: Path) -> None:
    """As a bad disk leaves a file: of the right size and wrong within."""
    content = bytearray(path.read_bytes())
    content[-2000:] = bytes(2000)
    path.write_bytes(content)


DAMAGES: list[Harm] = [
    *(cut_manifest, empty_manifest, no_manifest, no_generation, no_store, garbled_store),
    *(garbled_toc, garbled_current, zeroed_columns, *BROKEN),
]


# Whoosh leaves a file open when it finds garbage in its table of contents.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("options", [{}, {"full": True}], ids=["run", "full"])
@pytest.mark.parametrize("harm", DAMAGES)
def test_a_run_mends_an_index_however_it_is_damaged(
    tmp_path: Path, harm: Harm, options: dict[str, bool]
) -> None:
    posts = [Post(f"{n}.md", f"/{n}/", f"Loaf {n}", tags=("rye",)) for n in range(5)]
    reindex(local_engine(tmp_path), posts, with_body=False)
    harm(tmp_path / "generations/1")

    report = reindex(
        local_engine(tmp_path),
        [*posts[:4], Post("4.md", "/4/", "Another"), Post("new.md", "/new/", "New")],
        with_body=False,
        **options,
    )

    assert report.published
    engine = local_engine(tmp_path)
    assert found(engine) == ["0.md", "1.md", "2.md", "3.md", "4.md", "new.md"]
    assert found(engine, "another") == ["4.md"]
    status = engine.status()
    assert status is not None
    assert status.stale == ""


def test_what_a_run_before_has_left_is_kept_for_broken_posts_of_a_damaged_index(
    tmp_path: Path,
) -> None:
    posts = [Post(f"{n}.md", f"/{n}/", f"Loaf {n}") for n in range(3)]
    reindex(local_engine(tmp_path), posts, with_body=False)
    reindex(local_engine(tmp_path), [*posts, Post("new.md", "/new/", "New")], with_body=False)
    cut_manifest(tmp_path / "generations/2")

    reindex(
        local_engine(tmp_path),
        [Problem("0.md", "blog/0.md:1", "It is broken"), *posts[1:]],
        with_body=False,
    )

    assert "0.md" in found(local_engine(tmp_path))


def test_damage_that_opening_does_not_see_is_told_by_the_status(tmp_path: Path) -> None:
    local_engine(tmp_path).replace_all(blog(30))
    zeroed_columns(tmp_path / "generations/1")

    status = local_engine(tmp_path).status()

    assert status is not None
    assert "is not what was written" in status.stale


def test_damage_in_a_segment_that_a_run_would_only_link_is_noticed_and_mended(
    tmp_path: Path,
) -> None:
    engine = LocalEngine(Settings(index_dir=tmp_path), merge_rule=TINY_SEGMENTS)
    engine.replace_all(blog(30))
    engine.apply([Upsert(loaf(99))])
    right = answers(engine)
    large = max((tmp_path / "generations/2").glob("segment-*.col"), key=lambda p: p.stat().st_size)
    garble_end(large)

    # By the same engine, which has compared these files before.
    engine.apply([Upsert(loaf(99))])

    assert len(list((tmp_path / "generations/2").glob("segment-*.col"))) == 2
    assert answers(local_engine(tmp_path)) == right


@pytest.mark.parametrize("said", ["", "[]", "{", '{"live": 1e400, "previous": 0}', "[" * 100_000])
def test_a_file_current_that_makes_no_sense_is_told_and_mended(tmp_path: Path, said: str) -> None:
    local_engine(tmp_path).replace_all([loaf(1)])
    (tmp_path / "current").write_text(said)

    with pytest.raises(IndexDamaged, match="searchsvc reindex --full"):
        local_engine(tmp_path).search(parse_query())
    reindex(
        local_engine(tmp_path),
        [Post("new.md", "/new/", "New")],
        with_body=False,
        allow_removals=True,
    )

    assert found(local_engine(tmp_path)) == ["new.md"]


def test_a_reader_reads_on_when_the_next_generation_cannot_be_opened(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reader = local_engine(tmp_path)
    reader.replace_all([loaf(1)])
    writer = local_engine(tmp_path)
    writer.replace_all([loaf(2)])
    cut_manifest(tmp_path / "generations/2")
    garbled_toc(tmp_path / "generations/2")

    deadline = time.monotonic() + 2
    while not caplog.records and time.monotonic() < deadline:
        assert found(reader) == ["loaf-1.md"]

    assert found(reader) == ["loaf-1.md"]
    assert [record.message for record in caplog.records if "is damaged" in record.message]
