"""What tests say in one word: a document, what a page found, what a facet counts."""

import zlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from searchsvc import parse_query
from searchsvc.documents import Document, Upsert
from searchsvc.engines.protocol import Engine
from searchsvc.results import FacetValue, ResultPage
from searchsvc.text.snippets import Snippet

# Makes an empty engine with settings of one's own.
EngineMaker = Callable[..., Engine]


def a_document(
    id: str,
    title: str = "A post",
    excerpt: str = "",
    *,
    url: str = "",
    body: str = "",
    tags: str = "",
    category: str = "",
    categories: Iterable[str] = (),
    date: date | str | None = None,
    visible_from: datetime | None = None,
    visible_until: datetime | None = None,
) -> Document:
    """A document of its own address.

    Args:
        tags: separated by spaces; with commas, by those.
        category: one; ``categories`` for several.
        date: also as text, ``2025-01-31``.
    """
    return Document(
        id=id,
        # Without words, as those would be searched too.
        url=url or f"/{zlib.crc32(id.encode())}/",
        title=title,
        excerpt=excerpt,
        body=body,
        categories=tuple(categories) or ((category,) if category else ()),
        tags=tuple(tag.strip() for tag in tags.split(",")) if "," in tags else tuple(tags.split()),
        date=_date(date),
        visible_from=visible_from,
        visible_until=visible_until,
    )


def fill(engine: Engine, *documents: Document) -> None:
    """Put documents into an engine."""
    engine.apply([Upsert(document) for document in documents])


def ids(page: ResultPage) -> list[str]:
    """The ids of the hits, in order."""
    return [hit.id for hit in page.hits]


def found(engine: Engine, text: str = "", **parameters: Any) -> list[str]:
    """The ids that a query finds, in order."""
    return ids(engine.search(parse_query(text, **{"per_page": 100, **parameters})))


def missing(engine: Engine, text: str, **parameters: Any) -> dict[str, list[str]]:
    """For each id that a query finds, the words it lacks."""
    page = engine.search(parse_query(text, **{"per_page": 100, **parameters}))
    return {hit.id: list(hit.missing) for hit in page.hits}


def counts(facet: Iterable[FacetValue]) -> dict[str, int]:
    """The values of a facet and their counts, in order."""
    return {value.value: value.count for value in facet}


def selected(facet: Iterable[FacetValue]) -> list[str]:
    """The selected values of a facet, in order."""
    return [value.value for value in facet if value.selected]


def marked(snippet: Snippet) -> str:
    """The text with its marks in brackets."""
    return "".join(f"[{text}]" if mark else text for text, mark in snippet.pieces())


def _date(given: "date | str | None") -> "date | None":
    return date.fromisoformat(given) if isinstance(given, str) else given
