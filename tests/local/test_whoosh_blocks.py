"""A segment that is written block by block is one that Whoosh could have written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import blog, loaf
from whoosh import index as whoosh_index
from whoosh.qparser import MultifieldParser
from whoosh.query import Phrase, Term

from searchsvc.documents import Document
from searchsvc.engines.local import store, whoosh_blocks
from searchsvc.engines.local.analysing import analyse
from searchsvc.text.analysis import Analyzer

# More than one block for the commonest words, and what is rare in real blogs.
POSTS = [
    *blog(300),
    loaf(900, "Salt salt salt", body="rye " * 700 + "wi-fi node.js", lang="en"),
    loaf(901, "…", excerpt="パンを焼く", tags=("!", "C#"), categories=("???", "Wi-Fi", "Öfen")),
]
FIELDS = ("title", "excerpt", "body", "categories", "tags")


def filled(folder: Path, posts: list[Document], *, in_blocks: bool) -> Any:
    """An index of Whoosh in a new folder, opened as any program would."""
    folder.mkdir()
    analyzer = Analyzer("english")
    counts = store.fill(folder, analyse(posts, analyzer), analyzer, in_blocks=in_blocks)
    assert counts == (len(posts), 0)
    return whoosh_index.open_dir(str(folder))


def terms(reader: Any) -> Iterator[object]:
    """All that is known of every term, with its postings."""
    for name, text in reader.all_terms():
        info = reader.term_info(name, text)
        yield (
            (name, text, info.weight(), info.doc_frequency(), info.min_id(), info.max_id()),
            (info.min_length(), info.max_length(), info.max_weight()),
            list(postings(reader, name, text)),
        )


def postings(reader: Any, name: str, text: bytes) -> Iterator[object]:
    matcher = reader.postings(name, text)
    while matcher.is_active():
        places = matcher.value_as("positions") if matcher.supports("positions") else None
        yield matcher.id(), matcher.weight(), matcher.value_as("frequency"), places
        matcher.next()


def lengths(reader: Any) -> object:
    """How long each field is, of all documents and of each."""
    documents = range(reader.doc_count_all())
    return [
        (
            (reader.field_length(name), reader.min_field_length(name)),
            reader.max_field_length(name),
            [reader.doc_field_length(number, name) for number in documents],
        )
        for name in FIELDS
    ]


def found(index: Any, text: str) -> set[str]:
    """Ids of the documents that a plain query finds."""
    with index.searcher() as searcher:
        query = MultifieldParser(FIELDS, index.schema).parse(text)
        return {hit["id"] for hit in searcher.search(query, limit=None)}


def test_the_release_that_is_installed_is_the_one_whose_blocks_are_known() -> None:
    assert store.whoosh_version() == whoosh_blocks.RELEASE


def test_blocks_say_what_the_ordinary_writer_says_term_by_term(tmp_path: Path) -> None:
    ordinary = filled(tmp_path / "ordinary", POSTS, in_blocks=False).reader()
    blocks = filled(tmp_path / "blocks", POSTS, in_blocks=True).reader()

    assert list(terms(blocks)) == list(terms(ordinary))
    assert lengths(blocks) == lengths(ordinary)
    assert list(blocks.iter_docs()) == list(ordinary.iter_docs())
    assert store.documents(tmp_path / "blocks") == store.documents(tmp_path / "ordinary")


def test_a_plain_searcher_counts_looks_up_and_reads_places(tmp_path: Path) -> None:
    index = filled(tmp_path / "store", POSTS, in_blocks=True)
    with_rye = [post for post in POSTS if "rye" in post.excerpt.split()]

    with index.searcher() as searcher:
        assert searcher.doc_frequency("excerpt", "rye") == len(with_rye)
        assert searcher.document(id="loaf-901.md")["categories"] == ["???", "Wi-Fi", "Öfen"]
        phrase = searcher.search(Phrase("excerpt", ["rye", "wheat"]), limit=None)
        assert {hit["id"] for hit in phrase} == {p.id for p in POSTS if "rye wheat" in p.excerpt}
    assert len(with_rye) > 128


@pytest.mark.parametrize("in_blocks", [True, False])
def test_an_ordinary_writer_deletes_adds_and_merges(tmp_path: Path, in_blocks: bool) -> None:
    index = filled(tmp_path / "store", POSTS, in_blocks=in_blocks)
    before = found(index, "flour")

    writer = index.writer()
    writer.delete_by_term("id", "loaf-3.md")
    writer.add_document(id="new.md", title="Flour of rye", url="/new/")
    writer.commit(optimize=True)

    merged = index.refresh()
    assert "loaf-3.md" in before
    assert found(merged, "flour") == before - {"loaf-3.md"} | {"new.md"}
    with merged.reader() as reader:
        assert reader.doc_count_all() == len(POSTS)
        stored = {fields["id"]: fields["title"] for _, fields in reader.iter_docs()}
    assert stored == {p.id: p.title for p in POSTS if p.id != "loaf-3.md"} | {
        "new.md": "Flour of rye"
    }
    with merged.searcher() as searcher:
        assert [hit["id"] for hit in searcher.search(Term("id", "new.md"))] == ["new.md"]
