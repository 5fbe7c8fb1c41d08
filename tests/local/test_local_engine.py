"""What is particular to the local engine: its files, versions and shortcuts."""

import json
import random
import sys
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
from searchsvc.errors import IndexDamaged, IndexMismatch
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
        assert grown._live is not None
        segments.add(len(grown._live.snapshot.segments))
    fresh = local_engine(tmp_path / "fresh")
    fresh.replace_all(left.values())

    assert segments == {1, 2, 3}
    assert answers(grown) == answers(fresh)
    assert grown.fingerprints() == fresh.fingerprints()


def test_a_blog_of_usual_size_always_has_one_segment(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)

    for number in range(12):
        engine.apply([Upsert(loaf(number))])

    assert engine._live is not None
    assert len(engine._live.snapshot.segments) == 1


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


BROKEN = [remove_columns, cut_columns, garble_header, claim_other_version]


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


def test_an_index_of_another_language_is_never_read_wrongly(tmp_path: Path) -> None:
    local_engine(tmp_path).replace_all(blog(10))
    german = local_engine(tmp_path, language="german")

    with pytest.raises(IndexMismatch, match="language 'english', now 'german'"):
        german.search(parse_query("rye"))
    german.apply([])

    assert found(german, "rye")


def test_a_generation_that_is_gone_is_told_with_the_remedy(tmp_path: Path) -> None:
    local_engine(tmp_path).replace_all([loaf(1)])
    (tmp_path / "generations/1").rename(tmp_path / "elsewhere")

    with pytest.raises(IndexDamaged, match="searchsvc reindex --full"):
        local_engine(tmp_path).search(parse_query("rye"))


def test_a_damaged_index_is_mended_by_a_full_run(tmp_path: Path) -> None:
    local_engine(tmp_path).replace_all([loaf(1)])
    (tmp_path / "generations/1/manifest.json").write_text("{")
    engine = local_engine(tmp_path)
    assert engine.fingerprints() == {}

    engine.replace_all([loaf(2)])

    assert found(engine) == ["loaf-2.md"]


def test_an_index_of_no_posts_answers_and_can_grow(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)

    engine.replace_all([])
    assert found(engine, "rye") == []
    assert found(engine) == []
    engine.apply([Upsert(loaf(1))])

    assert found(engine, "rye") == ["loaf-1.md"]
