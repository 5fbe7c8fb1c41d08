"""What every engine promises about changing, keeping and telling: ``engines/protocol.py``.

What it promises about answers is in the files ``test_contract_….py`` beside this one.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from builders import EngineMaker, a_document, counts, fill, found

from searchsvc import Settings, parse_query
from searchsvc.documents import Change, Delete, Document, Upsert
from searchsvc.engines.protocol import Engine
from searchsvc.errors import IndexLocked, IndexMissing, RollbackImpossible
from searchsvc.posts.post import Made

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)
RYE, WHEAT, OATS = (a_document(name, name.title()) for name in ("rye", "wheat", "oats"))


class Broken(Exception):
    """What goes wrong half-way in these tests."""


def test_before_anything_is_built_a_search_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(IndexMissing, match="searchsvc reindex"):
        engine.search(parse_query("rye"))


def test_before_anything_is_built_there_is_nothing_to_tell(engine: Engine) -> None:
    assert engine.status() is None
    assert engine.fingerprints() == {}
    assert engine.get("rye") is None
    assert list(engine.documents()) == []
    with pytest.raises(RollbackImpossible):
        engine.rollback()


def test_changes_can_be_found_as_soon_as_they_are_applied(engine: Engine) -> None:
    engine.apply([Upsert(RYE)])
    assert found(engine, "rye") == ["rye"]

    engine.apply([Upsert(WHEAT), Delete("rye")])
    assert found(engine) == ["wheat"]


def test_a_document_takes_the_place_of_one_with_its_id(engine: Engine) -> None:
    fill(engine, a_document("a", "Rye", "Bread.", tags="bread", date="2024-01-01"))

    fill(engine, a_document("a", "Oats", tags="porridge"))

    page = engine.search(parse_query())
    assert [hit.title for hit in page.hits] == ["Oats"]
    assert counts(page.facets["tag"]) == {"porridge": 1}
    assert counts(page.facets["year"]) == {}
    assert found(engine, "rye") == []


def test_all_documents_are_told_by_id_visible_or_not(engine: Engine) -> None:
    later = a_document("tea", "Tea", date="2025-06-16", visible_from=NOON, visible_until=NOON)
    fill(engine, later, OATS, WHEAT)
    engine.apply([Upsert(RYE), Delete("oats")])

    assert list(engine.documents()) == [RYE, later, WHEAT]

    engine.rollback()
    assert list(engine.documents()) == [OATS, later, WHEAT]


def test_deleting_what_is_not_there_does_no_harm(engine: Engine) -> None:
    fill(engine, RYE)

    engine.apply([Delete("zymurgy"), Delete("zymurgy")])

    assert found(engine) == ["rye"]


def test_changes_count_in_their_order(engine: Engine) -> None:
    first, last = Upsert(a_document("a", "Rye")), Upsert(a_document("a", "Oats"))

    engine.apply([first, last, Upsert(WHEAT), Delete("wheat")])
    assert [hit.title for hit in engine.search(parse_query()).hits] == ["Oats"]

    engine.apply([Delete("a"), first])
    assert [hit.title for hit in engine.search(parse_query()).hits] == ["Rye"]


def test_applying_the_same_changes_again_does_no_harm(engine: Engine) -> None:
    fill(engine, OATS)
    changes: list[Change] = [Upsert(RYE), Delete("oats"), Upsert(WHEAT)]

    engine.apply(changes)
    once = engine.search(parse_query("rye"))
    engine.apply(changes)
    twice = engine.search(parse_query("rye"))

    assert once.hits == twice.hits
    assert found(engine) == ["rye", "wheat"]


def test_changes_that_fail_half_way_can_be_applied_again(engine: Engine) -> None:
    fill(engine, OATS)

    def failing() -> Iterator[Upsert]:
        yield Upsert(RYE)
        raise Broken

    with pytest.raises(Broken):
        engine.apply(failing())
    engine.apply([Upsert(RYE), Upsert(WHEAT)])

    assert found(engine) == ["oats", "rye", "wheat"]


def test_no_changes_leave_what_was_there(engine: Engine) -> None:
    fill(engine, RYE)

    engine.apply([])

    assert found(engine) == ["rye"]


def test_all_documents_can_be_deleted(engine: Engine) -> None:
    fill(engine, RYE, WHEAT)

    engine.apply([Delete("rye"), Delete("wheat")])

    assert engine.search(parse_query()).total == 0
    assert engine.fingerprints() == {}


def test_replacing_all_leaves_only_the_new(engine: Engine) -> None:
    fill(engine, RYE, WHEAT)

    engine.replace_all(iter([OATS, WHEAT]))

    assert found(engine) == ["oats", "wheat"]


def test_of_two_documents_with_one_id_the_last_counts(engine: Engine) -> None:
    engine.replace_all([a_document("a", "Rye"), OATS, a_document("a", "Wheat")])

    assert [hit.title for hit in engine.search(parse_query()).hits] == ["Wheat", "Oats"]


def test_replacing_all_is_all_or_nothing(engine: Engine) -> None:
    fill(engine, RYE, WHEAT)
    before = engine.status()

    def failing() -> Iterator[Document]:
        yield OATS
        raise Broken

    with pytest.raises(Broken):
        engine.replace_all(failing())

    assert engine.status() == before
    assert found(engine) == ["rye", "wheat"]


def test_a_first_replacement_that_fails_leaves_nothing(engine: Engine) -> None:
    def failing() -> Iterator[Document]:
        yield OATS
        raise Broken

    with pytest.raises(Broken):
        engine.replace_all(failing())

    assert engine.status() is None
    with pytest.raises(IndexMissing):
        engine.search(parse_query())


def test_a_document_comes_back_as_it_was_put_in(make_engine: EngineMaker) -> None:
    engine = make_engine(index_body=True)
    whole = Document(
        id="posts/2025 — ry€.md",
        url="https://example.com/rye?a=1&b=2",
        title="Rye <b>&amp;</b> 🍞",
        excerpt="One\n\ttwo  three ",
        body="A body.\n" * 50,
        categories=("Baking", "Parent/Child"),
        tags=("c#", "open source", "Ünïcode"),
        date=date(2025, 2, 28),
        visible_from=datetime(2025, 2, 28, 9, 30, 15, 123456, timezone(timedelta(hours=2))),
        visible_until=NOON,
        lang="en",
    )
    bare = Document(id="bare", url="", title="x")
    fill(engine, whole, bare)

    assert engine.get(whole.id) == whole
    assert engine.get("bare") == bare
    assert engine.get("zymurgy") is None


def test_what_was_deleted_or_replaced_does_not_come_back(engine: Engine) -> None:
    fill(engine, RYE, WHEAT)
    engine.apply([Delete("rye"), Upsert(a_document("wheat", "Spelt"))])

    wheat = engine.get("wheat")
    assert engine.get("rye") is None
    assert wheat is not None
    assert wheat.title == "Spelt"


def test_fingerprints_are_those_of_the_documents(engine: Engine) -> None:
    fill(engine, RYE, WHEAT)
    engine.apply([Delete("rye"), Upsert(OATS)])

    assert engine.fingerprints() == {"wheat": WHEAT.fingerprint, "oats": OATS.fingerprint}


def test_status_tells_of_the_live_index(engine: Engine) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    fill(engine, RYE, WHEAT)

    status = engine.status()

    assert status is not None
    assert status.generation == 1
    assert status.posts == 2
    assert before <= status.built_at <= datetime.now(UTC)
    assert status.settings == Settings().fingerprint
    assert "searchsvc" in status.versions
    assert status.size_bytes >= 0
    assert status.kept == ()
    assert status.stale == ""


def test_every_build_has_a_number_and_an_id_of_its_own(engine: Engine) -> None:
    seen = []
    for document in (RYE, WHEAT, OATS):
        fill(engine, document)
        seen.append(engine.status())

    assert [status.generation for status in seen if status] == [1, 2, 3]
    assert len({status.build_id for status in seen if status}) == 3
    assert [status.kept for status in seen if status] == [(), (1,), (2,)]


def test_an_answer_tells_which_generation_it_came_from(engine: Engine) -> None:
    fill(engine, RYE)
    fill(engine, WHEAT)

    index, status = engine.search(parse_query()).index, engine.status()

    assert status is not None
    assert (index.generation, index.build_id) == (status.generation, status.build_id)
    assert index.built_at == status.built_at
    assert index.posts == 2


def test_rollback_goes_back_and_a_second_one_forth_again(engine: Engine) -> None:
    engine.replace_all([RYE])
    engine.replace_all([WHEAT])

    back = engine.rollback()
    assert (back.generation, back.kept) == (1, (2,))
    assert found(engine) == ["rye"]
    assert engine.get("rye") == RYE
    assert engine.fingerprints() == {"rye": RYE.fingerprint}

    forth = engine.rollback()
    assert (forth.generation, forth.kept) == (2, (1,))
    assert found(engine) == ["wheat"]


def test_rollback_needs_another_generation(engine: Engine) -> None:
    engine.replace_all([RYE])

    with pytest.raises(RollbackImpossible):
        engine.rollback()

    assert found(engine) == ["rye"]


def test_numbers_are_never_used_twice(engine: Engine) -> None:
    engine.replace_all([RYE])
    engine.replace_all([WHEAT])
    engine.rollback()

    fill(engine, OATS)

    status = engine.status()
    assert status is not None
    assert status.generation == 3
    assert status.kept == (1,)
    assert found(engine) == ["oats", "rye"]


def test_after_a_failed_build_rollback_goes_where_it_did_before(engine: Engine) -> None:
    engine.replace_all([RYE])
    engine.replace_all([WHEAT])

    def failing() -> Iterator[Document]:
        yield OATS
        raise Broken

    with pytest.raises(Broken):
        engine.replace_all(failing())

    assert engine.rollback().generation == 1
    assert found(engine) == ["rye"]


def test_who_holds_the_right_to_write_can_write(engine: Engine) -> None:
    with engine.writing():
        fill(engine, RYE)
        engine.replace_all([WHEAT])
        engine.rollback()

    assert found(engine) == ["rye"]


def test_two_threads_cannot_write_at_once(engine: Engine) -> None:
    fill(engine, RYE)

    with ThreadPoolExecutor(1) as other, engine.writing():
        attempt = other.submit(engine.apply, [Upsert(WHEAT)])
        with pytest.raises(IndexLocked):
            attempt.result()

    assert found(engine) == ["rye"]


def test_searches_go_on_while_somebody_writes(engine: Engine) -> None:
    fill(engine, RYE)

    with engine.writing(), ThreadPoolExecutor(1) as other:
        assert other.submit(found, engine, "rye").result() == ["rye"]


def test_answers_while_changes_are_applied_are_old_or_new_and_never_mixed(
    engine: Engine,
) -> None:
    def edition(number: int) -> list[Upsert]:
        return [
            Upsert(a_document(f"loaf-{n}", f"Loaf edition{number}", tags=f"v{number}"))
            for n in range(6)
        ]

    engine.apply(edition(0))
    done = threading.Event()

    def ask() -> set[str]:
        """What a reader saw: all that one answer says, in one line."""
        seen = set()
        while not done.is_set():
            page = engine.search(parse_query("loaf"))
            editions = {hit.title.split()[1] for hit in page.hits}
            seen.add(f"{page.total} {sorted(editions)} {counts(page.facets['tag'])}")
        return seen

    with ThreadPoolExecutor(8) as readers:
        asking = [readers.submit(ask) for _ in range(8)]
        try:
            for number in range(1, 9):
                engine.apply(edition(number))
        finally:
            done.set()

    whole = {f"6 ['edition{n}'] {{'v{n}': 6}}" for n in range(9)}
    assert set().union(*(reader.result() for reader in asking)) <= whole
    assert found(engine, "edition8", per_page=1) == ["loaf-0"]


def test_many_threads_ask_at_once(engine: Engine) -> None:
    fill(engine, *(a_document(f"{n:02}", "Rye" if n % 2 else "Wheat") for n in range(30)))
    texts = ["rye", "wheat", "baking", "rye -wheat", '"rye"', "whe"] * 10
    alone = [found(engine, text) for text in texts]

    with ThreadPoolExecutor(8) as readers:
        together = list(readers.map(lambda text: found(engine, text), texts))

    assert together == alone


def test_what_posts_were_made_of_is_remembered_until_another_build_is_live(engine: Engine) -> None:
    assert engine.origins() == {}
    fill(engine, RYE, OATS)
    engine.remember({b"1234": Made("oats", "/oats")})

    engine.remember({b"abcd": Made("rye", "/rye"), b"efgh": Made("oats", "/oats")})
    assert engine.origins() == {b"abcd": Made("rye", "/rye"), b"efgh": Made("oats", "/oats")}

    engine.apply([Delete("oats")])
    assert engine.origins() == {}


def test_after_a_rollback_nothing_is_remembered_of_another_build(engine: Engine) -> None:
    fill(engine, RYE)
    fill(engine, WHEAT)
    engine.remember({b"abcd": Made("rye", "/rye")})

    engine.rollback()

    assert engine.origins() == {}


def test_before_anything_is_built_nothing_can_be_remembered(engine: Engine) -> None:
    engine.remember({b"abcd": Made("rye", "/rye")})

    assert engine.origins() == {}
