"""What is particular to the local engine: its files, versions and shortcuts."""

import json
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from support import TINY_SEGMENTS, found, loaf, local_engine
from whoosh import index as whoosh_index
from whoosh.qparser import MultifieldParser

from searchsvc import Settings, parse_query
from searchsvc.documents import Delete, Document, Upsert
from searchsvc.engines.local.engine import LocalEngine
from searchsvc.errors import IndexDamaged
from searchsvc.indexing import reindex
from searchsvc.posts.post import Post, Problem
from searchsvc.queries import Query
from searchsvc.results import ResultPage
from searchsvc.text.analysis import Analyzer

WORDS = ["rye", "wheat", "oven", "salt", "flour", "water", "c#", "node.js", "wi-fi", "crust"]
WORDS += ["baking", "bakes", "baked", "starter"]


def blog(count: int, seed: int = 1) -> list[Document]:
    """Posts of few words, so that words meet often."""
    chosen = random.Random(seed)
    return [
        loaf(
            number,
            " ".join(chosen.choices(WORDS, k=3)),
            excerpt=" ".join(chosen.choices(WORDS, k=8)),
            tags=tuple(chosen.sample(("bread", "Bread", "rye", "oven"), 2)),
            categories=("Baking",) if number % 3 else ("Tools", "baking"),
        )
        for number in range(count)
    ]


def asked() -> list[Query]:
    """Queries that meet every part of an index."""
    texts = [*WORDS, "rye salt", '"rye wheat"', "bak", "oven -salt", "c# node", "flour water crust"]
    return [
        parse_query(text, match=match, per_page=100, prefix=prefix)
        for text in texts
        for match, prefix in (("auto", False), ("all", True), ("any", False))
    ]


def answers(engine: LocalEngine) -> list[object]:
    """All that answers say, but for the generation and the time."""
    return [_said(engine.search(query)) for query in asked()]


def _said(page: ResultPage) -> object:
    return page.total, page.hits, page.facets, page.ignored


def segments_of(engine: LocalEngine) -> int:
    """How many segments the live generation has."""
    live = engine._reader.now()
    assert live is not None
    return len(live.snapshot.segments)


def test_many_small_runs_answer_as_one_full_run_does(tmp_path: Path) -> None:
    posts = blog(60)
    settings = Settings(index_dir=tmp_path / "grown")
    grown = LocalEngine(settings, merge_rule=TINY_SEGMENTS)
    chosen = random.Random(2)
    left: dict[str, Document] = {}
    segments = set()
    for start in range(0, 60, 4):
        gone = chosen.sample(sorted(left), min(2, len(left)))
        added = {post.id: post for post in posts[start : start + 4]}
        left = {k: v for k, v in left.items() if k not in gone} | added
        grown.apply([*map(Delete, gone), *map(Upsert, added.values())])
        segments.add(segments_of(grown))
    fresh = local_engine(tmp_path / "fresh")
    fresh.replace_all(left.values())

    assert segments == {1, 2, 3}
    assert answers(grown) == answers(fresh)
    assert grown.fingerprints() == fresh.fingerprints()


def test_a_blog_of_usual_size_always_has_one_segment(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)

    for number in range(12):
        engine.apply([Upsert(loaf(number))])

    assert segments_of(engine) == 1


def test_one_edited_post_is_the_only_one_whose_text_is_cut_into_words(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)
    engine.replace_all(blog(40))
    seen: set[str] = set()

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code is Analyzer.tokens.__code__:
            seen.add(frame.f_locals["text"])

    sys.setprofile(watch)
    try:
        engine.apply([Upsert(loaf(7, "An edited loaf"))])
    finally:
        sys.setprofile(None)

    assert {text for text in seen if text} == {"An edited loaf 7"}


def test_changes_that_change_nothing_publish_nothing(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)
    engine.replace_all([loaf(1)])
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "generations").rglob("*")}

    engine.apply([])

    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "generations").rglob("*")} == before


@pytest.mark.parametrize("text", ["rye", "baking", "crust oven", "wi-fi", "flour"])
def test_a_plain_whoosh_query_finds_the_same_posts(tmp_path: Path, text: str) -> None:
    engine = local_engine(tmp_path)
    engine.replace_all(blog(40))
    engine.apply([Delete("loaf-3.md"), Upsert(loaf(4, "wheat and rye"))])

    opened = whoosh_index.open_dir(str(tmp_path / "generations/2/whoosh"))
    with opened.searcher() as searcher:
        parser = MultifieldParser(["title", "excerpt", "tags", "categories"], opened.schema)
        by_whoosh = {hit["id"] for hit in searcher.search(parser.parse(text), limit=None)}

    assert by_whoosh == set(found_by_all(engine, text))
    assert by_whoosh


def found_by_all(engine: LocalEngine, text: str) -> list[str]:
    """Ids of the posts that have all words."""
    page = engine.search(parse_query(text, match="all", per_page=100))
    return [hit.id for hit in page.hits]


def test_whoosh_keeps_every_field_of_every_document(tmp_path: Path) -> None:
    engine = local_engine(tmp_path, index_body=True)
    post = loaf(1, body="All about rye.", excerpt="Rye.", tags=("a", "B c"), lang="en")

    engine.replace_all([post, loaf(2)])

    assert engine.get(post.id) == post
    assert engine.get("no such id") is None


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


def test_queries_are_cut_into_words_as_the_index_was_whatever_the_settings_say(
    tmp_path: Path,
) -> None:
    local_engine(tmp_path).replace_all([loaf(1, "Running bakers")])
    unstemmed = local_engine(tmp_path, language="none")

    assert found(unstemmed, "runs") == ["loaf-1.md"]
    status = unstemmed.status()
    assert status is not None
    assert "language 'english', now 'none'" in status.stale

    unstemmed.apply([])
    assert found(unstemmed, "runs") == []
    assert found(unstemmed, "running") == ["loaf-1.md"]


def test_a_reader_follows_a_change_of_language_and_a_rollback(tmp_path: Path) -> None:
    english = local_engine(tmp_path)
    english.replace_all([loaf(1, "Running bakers")])
    assert found(english, "runs") == ["loaf-1.md"]

    local_engine(tmp_path, language="none").apply([])
    english._reader.now()
    assert found(english, "runs") == []

    english.rollback()
    assert found(english, "runs") == ["loaf-1.md"]


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
    """As a bad disk leaves them: of the right size and wrong within."""
    for path in folder.glob("segment-*.col"):
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


def test_a_document_is_given_by_a_reader_that_is_behind(tmp_path: Path) -> None:
    reader = local_engine(tmp_path)
    reader.replace_all([loaf(1)])
    assert found(reader) == ["loaf-1.md"]

    writer = local_engine(tmp_path)
    writer.replace_all([loaf(1)])
    writer.replace_all([loaf(1)])

    assert reader.get("loaf-1.md") == loaf(1)


def test_an_index_of_no_posts_answers_and_can_grow(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)

    engine.replace_all([])
    assert found(engine, "rye") == []
    assert found(engine) == []
    engine.apply([Upsert(loaf(1))])

    assert found(engine, "rye") == ["loaf-1.md"]
