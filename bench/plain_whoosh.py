"""What a Flask-and-Whoosh afternoon would give: the opponent in ``speed.py``.

Whoosh as its documentation shows it: a stemming analyzer, a parser over several
fields, ``groupedby`` facets, ``highlights``. Only its known trap is avoided:
with ``groupedby`` a limit is ignored, so hits are cut before they are highlighted.
"""

from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path

from whoosh import fields, index, qparser, query, sorting
from whoosh.analysis import StemmingAnalyzer

from bench.blog import Asked
from searchsvc.documents import Document


class PlainWhoosh:
    """An index of the same posts, asked the same queries."""

    def __init__(self, folder: Path) -> None:
        words = StemmingAnalyzer(stoplist=None, minsize=1)
        self._index = index.create_in(
            str(folder),
            fields.Schema(
                id=fields.ID(stored=True, unique=True),
                title=fields.TEXT(analyzer=words, stored=True),
                excerpt=fields.TEXT(analyzer=words, stored=True),
                tags=fields.KEYWORD(commas=True, lowercase=True, scorable=True, stored=True),
                category=fields.ID(stored=True, sortable=True),
                date=fields.DATETIME(stored=True, sortable=True),
            ),
        )

    def build(self, posts: Iterable[Document]) -> None:
        """Index the posts and open a searcher."""
        writer = self._index.writer(limitmb=256)
        for post in posts:
            writer.add_document(
                id=post.id,
                title=post.title,
                excerpt=post.excerpt,
                tags=",".join(post.tags),
                category=post.categories[0],
                date=datetime.combine(post.date, time()) if post.date else None,
            )
        writer.commit()
        self._searcher = self._index.searcher()
        self._parser = qparser.MultifieldParser(
            ["title", "excerpt", "tags"],
            self._index.schema,
            fieldboosts={"title": 3.0, "tags": 3.0},
            group=qparser.OrGroup,
        )

    def search(self, asked: Asked) -> int:
        """Answer as our service does: ten hits with highlights, and counts; returns the total."""
        facets = sorting.Facets()
        facets.add_field("category", maptype=sorting.Count)
        facets.add_field("tags", allow_overlap=True, maptype=sorting.Count)
        terms = [query.Term("tags", tag) for tag in asked.tags]
        terms += [query.Term("category", category) for category in asked.categories]
        results = self._searcher.search(
            self._parser.parse(asked.text),
            limit=10,
            groupedby=facets,
            filter=query.And(terms) if terms else None,
        )
        for hit in results[:10]:
            hit.highlights("title")
            hit.highlights("excerpt")
        results.groups("category")
        results.groups("tags")
        return len(results)
