"""Runs over a blog of which most is as it was: nothing is missed, whatever was noted before."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from searchsvc import Settings, open_engine, parse_query
from searchsvc.engines.protocol import Engine
from searchsvc.errors import ReindexRefused, RemovalRefused
from searchsvc.indexing import IndexReport, reindex
from searchsvc.posts.post import Made, Post
from searchsvc.posts.source import open_source

Write = Callable[..., None]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A blog of one file of JSON Lines, and the folder of its index."""
    return Settings(content=(tmp_path / "posts.jsonl",), index_dir=tmp_path / "index")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Make these, and only these, the posts of the blog; None is a line that is no JSON."""

    def written(**titles: str | None) -> None:
        posts = [
            json.dumps({"id": name, "url": f"/{name}/", "title": title}) if title else "{"
            for name, title in titles.items()
        ]
        (tmp_path / "posts.jsonl").write_text("\n".join(posts), encoding="utf-8")

    return written


def run(settings: Settings, **options: Any) -> IndexReport:
    """A run of its own, as from the command line."""
    return reindex(open_engine(settings), open_source(settings), with_body=False, **options)


def titles(settings: Settings) -> dict[str, str]:
    """Title by id of everything that is found."""
    page = open_engine(settings).search(parse_query(per_page=100))
    return {hit.id: hit.title for hit in page.hits}


def origins(settings: Settings) -> dict[str, bytes]:
    """What the posts of the blog are made of, by id."""
    return {r.id: r.origin for r in open_source(settings) if isinstance(r, Post)}


def lie(settings: Settings, post_id: str) -> None:
    """Note that a post is live as it stands in the file, though it is not."""
    open_engine(settings).remember({origins(settings)[post_id]: Made(post_id, f"/{post_id}/")})


def test_a_run_tells_what_has_changed_beside_what_has_not(settings: Settings, write: Write) -> None:
    write(oat="Oat", rye="Rye", wheat="Wheat")
    run(settings)
    write(oat="Oat", rye="Rye bread", barley="Barley")

    report = run(settings)

    assert (report.added, report.changed, report.removed) == (("barley",), ("rye",), ("wheat",))
    assert (report.unchanged, report.posts) == (1, 3)
    assert titles(settings) == {"oat": "Oat", "rye": "Rye bread", "barley": "Barley"}


def test_a_post_that_is_known_to_be_live_is_not_looked_at(settings: Settings, write: Write) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)
    write(oat="Oat", rye="Rye bread")
    lie(settings, "rye")

    report = run(settings)

    assert (report.changed, report.unchanged) == ((), 2)
    assert titles(settings)["rye"] == "Rye"


def test_a_full_run_looks_at_every_post(settings: Settings, write: Write) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)
    write(oat="Oat", rye="Rye bread")
    lie(settings, "rye")

    run(settings, full=True)

    assert titles(settings)["rye"] == "Rye bread"


def test_when_the_index_is_rebuilt_every_post_is_looked_at(
    settings: Settings, write: Write
) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)
    write(oat="Oat", rye="Rye bread")
    german = settings_with(settings, language="de")
    open_engine(german).remember({origins(german)["rye"]: Made("rye", "/rye/")})

    report = run(german)

    assert "language" in report.rebuilt
    assert titles(german)["rye"] == "Rye bread"


def settings_with(settings: Settings, **more: Any) -> Settings:
    """The same with some others."""
    return Settings(content=settings.content, index_dir=settings.index_dir, **more)


def test_a_run_over_an_unchanged_blog_publishes_nothing(settings: Settings, write: Write) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)

    report = run(settings)

    assert (report.published, report.unchanged, report.generation) == (False, 2, 1)


def test_what_looks_different_and_says_the_same_is_noted_for_the_next_run(
    settings: Settings, write: Write
) -> None:
    write(rye="Rye")
    run(settings)
    (path,) = settings.content
    path.write_text(path.read_text().replace(": ", ":"))

    report = run(settings)

    assert (report.published, report.unchanged) == (False, 1)
    assert open_engine(settings).origins() == {origins(settings)["rye"]: Made("rye", "/rye/")}


def test_with_another_address_of_the_blog_every_post_is_changed(
    settings: Settings, write: Write
) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)

    report = run(settings_with(settings, site_url="https://a.example"))

    assert report.changed == ("oat", "rye")


def test_a_broken_line_is_told_in_every_run_and_keeps_its_last_good_version(
    settings: Settings, write: Write
) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)
    (path,) = settings.content
    path.write_text(path.read_text().replace('"title": "Rye"', '"titel": "Rye"'))

    first, second = run(settings), run(settings)

    assert first.kept == second.kept == ("rye",)
    assert first.problems == second.problems
    assert titles(settings) == {"oat": "Oat", "rye": "Rye"}


def test_a_strict_run_refuses_a_broken_line_beside_unchanged_ones(
    settings: Settings, write: Write
) -> None:
    write(oat="Oat")
    run(settings)
    write(oat="Oat", rye=None)

    with pytest.raises(ReindexRefused, match="This is not JSON"):
        run(settings, strict=True)


def test_unchanged_posts_count_when_too_many_would_be_removed(
    settings: Settings, write: Write
) -> None:
    many = {f"loaf-{n}": "A loaf" for n in range(30)}
    write(**many)
    run(settings)
    write(**dict(list(many.items())[:10]))

    with pytest.raises(RemovalRefused):
        run(settings)
    report = run(settings, allow_removals=True)

    assert (len(report.removed), report.unchanged) == (20, 10)


def test_after_a_rollback_the_next_run_compares_with_what_is_live(
    settings: Settings, write: Write
) -> None:
    write(rye="Rye")
    run(settings)
    write(rye="Rye bread")
    run(settings)
    open_engine(settings).rollback()

    report = run(settings)

    assert report.changed == ("rye",)
    assert titles(settings) == {"rye": "Rye bread"}


# Whoosh leaves files open when it finds garbage in a segment.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_posts_that_were_not_read_are_made_again_when_the_index_cannot_be_added_to(
    settings: Settings, write: Write
) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)
    for path in (settings.index_dir / "generations/1/whoosh").glob("*.seg"):
        path.write_bytes(b"garbage" * 100)
    write(oat="Oat", rye="Rye bread")

    report = run(settings)

    assert "cannot be read" in report.rebuilt
    assert (report.changed, report.unchanged, report.posts) == (("rye",), 1, 2)
    assert titles(settings) == {"oat": "Oat", "rye": "Rye bread"}


def test_documents_that_came_in_by_another_way_are_compared(
    settings: Settings, write: Write
) -> None:
    write(rye="Rye")
    run(settings)
    engine: Engine = open_engine(settings)
    document = engine.get("rye")
    assert document is not None
    engine.replace_all([replace(document, title="Oat")])

    report = run(settings)

    assert report.changed == ("rye",)


@pytest.mark.parametrize("said", [b"", b"\n", b"{}\n", b"[]\n", b"{", b"garbage" * 1_000])
def test_notes_that_make_no_sense_are_as_none(
    settings: Settings, write: Write, said: bytes
) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)
    (settings.index_dir / "origins").write_bytes(said)
    write(oat="Oat", rye="Rye bread")

    report = run(settings)

    assert (report.changed, report.unchanged) == (("rye",), 1)


def test_notes_of_which_a_part_is_damaged_are_as_none(settings: Settings, write: Write) -> None:
    write(oat="Oat", rye="Rye")
    run(settings)
    notes = settings.index_dir / "origins"
    content = bytearray(notes.read_bytes())
    content[-1] ^= 1
    notes.write_bytes(content)

    assert open_engine(settings).origins() == {}
    assert run(settings).unchanged == 2


def test_a_folder_in_the_place_of_the_notes_stops_no_run(settings: Settings, write: Write) -> None:
    write(rye="Rye")
    run(settings)
    (settings.index_dir / "origins").unlink()
    (settings.index_dir / "origins").mkdir()
    write(rye="Rye bread")

    assert run(settings).changed == ("rye",)
