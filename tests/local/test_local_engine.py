"""What is particular to the local engine: its files, versions and shortcuts."""

import random
import sys
from pathlib import Path
from types import FrameType

import pytest
from support import answers, blog, found, loaf, local_engine, run_python
from tiny_segments import TINY_SEGMENTS
from whoosh import index as whoosh_index
from whoosh.qparser import MultifieldParser

from searchsvc import Settings, parse_query
from searchsvc.documents import Delete, Document, Upsert
from searchsvc.engines.local.engine import LocalEngine
from searchsvc.text.analysis import pieces


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
        if event == "call" and frame.f_code is pieces.__code__:
            seen.add(frame.f_locals["text"])

    sys.setprofile(watch)
    try:
        engine.apply([Upsert(loaf(7, "An edited loaf"))])
    finally:
        sys.setprofile(None)

    assert {text for text in seen if text} == {"An edited loaf 7"}


def test_what_was_edited_away_does_not_pile_up_in_whoosh(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)
    engine.replace_all(blog(40))
    held = []

    for number in range(12):
        half = range(0, 40, 2) if number % 2 else range(1, 40, 2)
        engine.apply([Upsert(loaf(n, f"Edition {number} of loaf")) for n in half])
        folder = tmp_path / f"generations/{number + 2}/whoosh"
        held.append(whoosh_index.open_dir(str(folder)).doc_count_all())

    assert max(held) <= 40 + 40 + 20
    assert len(found(engine, "edition")) == 40


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


def test_answering_does_without_whoosh(tmp_path: Path) -> None:
    local_engine(tmp_path).replace_all([loaf(1)])
    code = """
from searchsvc import Settings, open_engine, parse_query
page = open_engine(Settings(index_dir=sys.argv[1])).search(parse_query("rye"))
print(page.total, "whoosh" in sys.modules)
"""

    assert run_python(code, tmp_path).stdout.split() == ["1", "False"]
