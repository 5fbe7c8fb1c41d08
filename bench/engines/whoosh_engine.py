"""Whoosh as its documentation shows it: what an afternoon with Flask and Whoosh would give.

A parser over several fields, ``groupedby`` facets, ``highlights``. Only its known trap is
avoided: with ``groupedby`` a limit is ignored, so hits are cut before they are marked.
"""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import fields, index, qparser, query, sorting
from whoosh.analysis import StandardAnalyzer
from whoosh.searching import Results

from bench import blog
from bench.blog import Post
from bench.engines import PER_PAGE, TAGS_SHOWN, Answer
from bench.queries import Asked

_WEIGHTS = {"title": 3.0, "labels": 3.0}


class _Given(NamedTuple):
    total: int
    html: list[tuple[str, str]]
    tags: dict[str, int] | None
    categories: dict[str, int] | None


class WhooshEngine:
    """One searcher, kept open."""

    lacks = ()
    sources = (Path(__file__),)

    def version(self) -> str:
        return f"{version('whoosh-reloaded')} (whoosh-reloaded)"

    def prepare(self, posts: Path) -> list[Post]:
        return list(blog.read(posts))

    def build(self, prepared: Sequence[Post], folder: Path) -> None:
        writer = index.create_in(str(folder), _schema()).writer(limitmb=256)
        for post in prepared:
            writer.add_document(
                id=post.id,
                title=post.title,
                excerpt=post.excerpt,
                labels=",".join((post.category, *post.tags)),
                tags=",".join(post.tags),
                category=post.category,
                date=datetime.fromisoformat(post.date),
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        opened = index.open_dir(str(folder))
        self._searcher = opened.searcher()
        self._parsers = {
            group: _parser(["title", "excerpt", "labels"], opened.schema, group)
            for group in (qparser.AndGroup, qparser.OrGroup)
        }
        self._phrases = _parser(["title", "excerpt"], opened.schema, qparser.AndGroup)

    def ask(self, asked: Asked, *, counts: bool) -> _Given:
        facets = sorting.Facets()
        facets.add_field("category", maptype=sorting.Count)
        facets.add_field("tags", allow_overlap=True, maptype=sorting.Count)
        found = self._search(asked, category=asked.category, groupedby=facets if counts else None)
        hits = found[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
        html = [(_marked(hit, "title", asked), _marked(hit, "excerpt", asked)) for hit in hits]
        if not counts:
            return _Given(len(found), html, None, None)
        wider = found
        if asked.category:
            facets = sorting.Facets().add_field("category", maptype=sorting.Count)
            wider = self._search(asked, category="", groupedby=facets)
        tags = sorted(found.groups("tags").items(), key=lambda item: (-item[1], item[0]))
        return _Given(len(found), html, dict(tags[:TAGS_SHOWN]), wider.groups("category"))

    def read(self, given: _Given) -> Answer:
        marked = sum("<b" in title + excerpt for title, excerpt in given.html)
        return Answer(given.total, len(given.html), marked, given.tags, given.categories)

    def _search(self, asked: Asked, *, category: str, groupedby: Any) -> Results:
        terms = [query.Term("tags", asked.tag)] if asked.tag else []
        terms += [query.Term("category", category)] if category else []
        return self._searcher.search(
            self._query(asked),
            limit=asked.page * PER_PAGE,
            groupedby=groupedby,
            filter=query.And(terms) if terms else None,
            sortedby=None if asked.words else sorting.FieldFacet("date", reverse=True),
        )

    def _query(self, asked: Asked) -> query.Query:
        text = " ".join(asked.words)
        if not asked.words:
            return query.Every()
        if asked.phrase:
            return self._phrases.parse(f'"{text}"')
        text += "*" if asked.prefix else "~1/1" if asked.typo else ""
        group = qparser.OrGroup if asked.match == "any" else qparser.AndGroup
        return self._parsers[group].parse(text)


def _schema() -> fields.Schema:
    words = StandardAnalyzer(stoplist=None, minsize=1)
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=words, stored=True),
        excerpt=fields.TEXT(analyzer=words, stored=True),
        labels=fields.KEYWORD(commas=True, lowercase=True, scorable=True),
        tags=fields.KEYWORD(commas=True, stored=True),
        category=fields.ID(stored=True, sortable=True),
        date=fields.DATETIME(stored=True, sortable=True),
    )


def _parser(names: list[str], schema: fields.Schema, group: Any) -> qparser.QueryParser:
    parser = qparser.MultifieldParser(names, schema, fieldboosts=_WEIGHTS, group=group)
    parser.add_plugin(qparser.FuzzyTermPlugin())
    return parser


def _marked(hit: Any, field: str, asked: Asked) -> str:
    return str(hit.highlights(field) if asked.words else hit[field])


engine = WhooshEngine
