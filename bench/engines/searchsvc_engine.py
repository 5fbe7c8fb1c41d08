"""searchsvc, asked in its own process: a query is parsed, answered, its hits become HTML."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import searchsvc
from bench.engines import Answer
from bench.queries import Asked
from searchsvc import Settings, open_engine, parse_query
from searchsvc.documents import Document, document_of
from searchsvc.posts.jsonlines import JsonLines
from searchsvc.posts.post import Post
from searchsvc.results import FacetValue, ResultPage


class _Given(NamedTuple):
    page: ResultPage
    html: list[tuple[str, str]]


class SearchsvcEngine:
    """Words as they are: ``language`` is none, as no other engine stems either."""

    lacks = ()
    sources = (Path(searchsvc.__file__).parent, Path(__file__))

    def version(self) -> str:
        return searchsvc.__version__

    def prepare(self, posts: Path) -> list[Document]:
        return documents(posts)

    def build(self, prepared: list[Document], folder: Path) -> None:
        open_engine(settings(folder)).replace_all(prepared)

    def open(self, folder: Path) -> None:
        self._engine = open_engine(settings(folder))
        self._engine.search(parse_query(per_page=1))

    def ask(self, asked: Asked, *, counts: bool) -> _Given:
        query = parse_query(
            typed(asked),
            match=asked.match,
            prefix=asked.prefix,
            tags=(asked.tag,) if asked.tag else (),
            categories=(asked.category,) if asked.category else (),
            facets=("category", "tag") if counts else (),
            page=asked.page,
        )
        page = self._engine.search(query)
        html = [(hit.title_snippet.to_html(), hit.excerpt_snippet.to_html()) for hit in page.hits]
        return _Given(page, html)

    def read(self, given: _Given) -> Answer:
        page, html = given
        return Answer(
            total=page.total,
            shown=len(page.hits),
            marked=sum("<mark>" in title + excerpt for title, excerpt in html),
            tags=_counts(page.facets["tag"]) if page.facets else None,
            categories=_counts(page.facets["category"]) if page.facets else None,
        )


def _counts(facet: Sequence[FacetValue]) -> dict[str, int]:
    # A selected value that none of them has is shown with 0; others leave it out.
    return {value.value: value.count for value in facet if value.count}


def settings(folder: Path) -> Settings:
    """The settings that everything is measured with."""
    return Settings(index_dir=folder, language="none")


def documents(posts: Path) -> list[Document]:
    """The posts of a file as ``searchsvc reindex`` would put them into the index."""
    readings = JsonLines(posts, Settings())
    return [document_of(post, with_body=False) for post in readings if isinstance(post, Post)]


def typed(asked: Asked) -> str:
    """What a reader types into the search box."""
    text = " ".join(asked.words)
    return f'"{text}"' if asked.phrase else text


engine = SearchsvcEngine
