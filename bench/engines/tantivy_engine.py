"""tantivy, a search library in Rust, through its Python package.

Of several ways to the same answer the quickest is taken: words read no positions,
filters score nothing, counts come from fast fields in one pass over what was found.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur, Query

from bench import blog
from bench.blog import Post
from bench.engines import PER_PAGE, TAGS_SHOWN, Answer
from bench.queries import Asked

_WEIGHTS = {"title": 3.0, "excerpt": 1.0, "labels": 3.0}
_TAGS = {"tag": {"terms": {"field": "tag", "size": TAGS_SHOWN}}}
_CATEGORIES = {"category": {"terms": {"field": "category", "size": 100}}}


class _Given(NamedTuple):
    total: int
    html: list[tuple[str, str]]
    counts: dict[str, Any]


class TantivyEngine:
    """A writer and a searcher of one thread each."""

    lacks = ()
    sources = (Path(__file__),)

    def version(self) -> str:
        return str(tantivy.__version__).split(",")[0].removeprefix("tantivy v")

    def prepare(self, posts: Path) -> list[Post]:
        return list(blog.read(posts))

    def build(self, prepared: Sequence[Post], folder: Path) -> None:
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for post in prepared:
            writer.add_document(_document(post))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._index.reload()
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def ask(self, asked: Asked, *, counts: bool) -> _Given:
        words = self._words(asked)
        tagged = self._filtered(words, "tag", asked.tag)
        query = self._filtered(tagged, "category", asked.category)
        result = self._searcher.search(
            query,
            PER_PAGE,
            count=True,
            order_by_field=None if asked.words else "date",
            offset=(asked.page - 1) * PER_PAGE,
        )
        hits = [self._searcher.doc(address) for _, address in result.hits]
        return _Given(
            result.count,
            self._html(words, hits) if asked.words else _plain(hits),
            self._counts(query, tagged, asked) if counts else {},
        )

    def read(self, given: _Given) -> Answer:
        total, html, counts = given
        return Answer(
            total=total,
            shown=len(html),
            marked=sum("<b>" in title + excerpt for title, excerpt in html),
            tags=_buckets(counts["tag"]) if counts else None,
            categories=_buckets(counts["category"]) if counts else None,
        )

    def _words(self, asked: Asked) -> Query:
        if not asked.words:
            return Query.all_query()
        if asked.phrase:
            return self._in_fields(self._phrase, list(asked.words), ("title", "excerpt"))
        *before, last = asked.words
        make = self._typo if asked.typo else self._beginning if asked.prefix else self._word
        units = [self._in_fields(self._word, word, _WEIGHTS) for word in before]
        units.append(self._in_fields(make, last, _WEIGHTS))
        occur = Occur.Should if asked.match == "any" else Occur.Must
        return units[0] if len(units) == 1 else Query.boolean_query([(occur, u) for u in units])

    def _in_fields(self, make: Any, asked: Any, fields: Any) -> Query:
        parts = [Query.boost_query(make(field, asked), _WEIGHTS[field]) for field in fields]
        return Query.boolean_query([(Occur.Should, part) for part in parts])

    def _word(self, field: str, word: str) -> Query:
        return Query.term_query(self._schema, field, word, "freq")

    def _beginning(self, field: str, word: str) -> Query:
        return Query.fuzzy_term_query(self._schema, field, word, distance=0, prefix=True)

    def _typo(self, field: str, word: str) -> Query:
        return Query.fuzzy_term_query(self._schema, field, word, distance=1)

    def _phrase(self, field: str, words: list[str]) -> Query:
        return Query.phrase_query(self._schema, field, words)

    def _filtered(self, query: Query, field: str, value: str) -> Query:
        if not value:
            return query
        having = Query.term_query(self._schema, field, value, "basic")
        clauses = [(Occur.Must, query), (Occur.Must, Query.const_score_query(having, 0.0))]
        return Query.boolean_query(clauses)

    def _counts(self, query: Query, tagged: Query, asked: Asked) -> dict[str, Any]:
        if not asked.category:
            return dict(self._searcher.aggregate(query, {**_TAGS, **_CATEGORIES}))
        return {
            **self._searcher.aggregate(query, _TAGS),
            **self._searcher.aggregate(tagged, _CATEGORIES),
        }

    def _html(self, words: Query, hits: list[Any]) -> list[tuple[str, str]]:
        titles, excerpts = (
            tantivy.SnippetGenerator.create(self._searcher, words, self._schema, field)
            for field in ("title", "excerpt")
        )
        excerpts.set_max_num_chars(300)
        return [
            (titles.snippet_from_doc(hit).to_html(), excerpts.snippet_from_doc(hit).to_html())
            for hit in hits
        ]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=True)
    builder.add_text_field("excerpt", stored=True)
    builder.add_text_field("labels", index_option="freq")
    for name in ("tag", "category"):
        builder.add_text_field(
            name, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_date_field("date", stored=True, fast=True)
    return builder.build()


def _document(post: Post) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", post.id)
    document.add_text("title", post.title)
    document.add_text("excerpt", post.excerpt)
    document.add_text("category", post.category)
    document.add_date("date", datetime.fromisoformat(post.date))
    for tag in post.tags:
        document.add_text("tag", tag)
    for label in (post.category, *post.tags):
        document.add_text("labels", label)
    return document


def _plain(hits: list[Any]) -> list[tuple[str, str]]:
    return [(hit["title"][0], hit["excerpt"][0]) for hit in hits]


def _buckets(counted: Any) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]}


engine = TantivyEngine
