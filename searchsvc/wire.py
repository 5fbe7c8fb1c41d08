"""Wire: answers and errors as JSON. What others rely on; ``docs/api.md`` shows it.

Only shapes: how they travel is the edges' business. The command line prints the
same JSON that the API sends.
"""

from datetime import UTC, datetime

from searchsvc.results import (
    FacetValue,
    Hit,
    IndexInfo,
    RelatedPost,
    RelatedPosts,
    ResultPage,
    Suggestion,
    Suggestions,
)
from searchsvc.text.snippets import Snippet

Json = dict[str, object]


def page_json(page: ResultPage, *, pieces: bool = False) -> Json:
    """One page of an answer.

    Args:
        pieces: add the highlights as pieces of text too, for scripts that build nodes.
    """
    query = page.query
    return {
        "query": {
            "text": query.text,
            "match": query.match,
            "corrected": page.corrected,
            "ignored": list(page.ignored),
        },
        "total": page.total,
        "page": query.page,
        "per_page": query.per_page,
        "pages": page.pages,
        "hits": [_hit(h, pieces=pieces, explain=query.explain) for h in page.hits],
        "facets": {name: [_value(v) for v in values] for name, values in page.facets.items()},
        "index": _index(page.index),
        "took_ms": round(page.took_ms, 3),
    }


def suggestions_json(answer: Suggestions, *, pieces: bool = False) -> Json:
    """What is suggested; ``pieces`` as in ``page_json``."""
    return {
        "query": {"text": answer.query.text},
        "suggestions": [_suggestion(s, pieces=pieces) for s in answer.suggestions],
        "index": _index(answer.index),
        "took_ms": round(answer.took_ms, 3),
    }


def related_json(answer: RelatedPosts) -> Json:
    """Posts like one: hits as those of a search, each with what it shares."""
    return {
        "id": answer.query.id,
        "hits": [_related(post) for post in answer.posts],
        "index": _index(answer.index),
        "took_ms": round(answer.took_ms, 3),
    }


def problem_json(
    *,
    status: int,
    title: str,
    detail: str,
    code: str,
    parameter: str | None = None,
    value: str | None = None,
    remedy: str | None = None,
) -> Json:
    """An error as "problem details" (RFC 9457), with members of our own.

    Args:
        title: what kind of error it is; the same for each of its kind.
        detail: what is wrong this time.
        code: stable, for programs.
        parameter, value, remedy: left out where there is none.
    """
    own = {"parameter": parameter, "value": value, "remedy": remedy}
    return {
        # The kind is told by `code`; RFC 9457 has this type for "see the status".
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        **{name: text for name, text in own.items() if text is not None},
    }


def instant(moment: datetime) -> str:
    """A moment in UTC, to the second, such as ``2026-11-24T10:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _hit(hit: Hit, *, pieces: bool, explain: bool) -> Json:
    form: Json = {
        "id": hit.id,
        "url": hit.url,
        "title": hit.title,
        "excerpt": hit.excerpt,
        "category": hit.categories[0] if hit.categories else None,
        "categories": list(hit.categories),
        "tags": list(hit.tags),
        "date": hit.date.isoformat() if hit.date else None,
        # Whole, where reasons are given that add up to it.
        "score": hit.score if explain else round(hit.score, 4),
        "missing": list(hit.missing),
        "highlights": {
            "title": hit.title_snippet.to_html(),
            "excerpt": hit.excerpt_snippet.to_html(),
        },
    }
    if explain:
        form["explanation"] = {
            "stands_first": hit.stands_first or None,
            "reasons": [{"text": text, "score": score} for text, score in hit.reasons],
        }
    if pieces:
        form["pieces"] = {
            "title": _pieces(hit.title_snippet),
            "excerpt": _pieces(hit.excerpt_snippet),
        }
    return form


def _suggestion(suggestion: Suggestion, *, pieces: bool) -> Json:
    form: Json = {
        "kind": suggestion.kind,
        "text": suggestion.text,
        "id": suggestion.id,
        "url": suggestion.url,
        "count": suggestion.count,
        "highlights": {"text": suggestion.snippet.to_html()},
    }
    if pieces:
        form["pieces"] = {"text": _pieces(suggestion.snippet)}
    return form


def _related(post: RelatedPost) -> Json:
    shared = {"categories": post.categories, "tags": post.tags, "words": post.words}
    return {
        **_hit(post.hit, pieces=False, explain=False),
        "shared": {name: list(texts) for name, texts in shared.items()},
    }


def _pieces(snippet: Snippet) -> list[Json]:
    return [{"text": text, "mark": mark} for text, mark in snippet.pieces()]


def _value(value: FacetValue) -> Json:
    return {"value": value.value, "count": value.count, "selected": value.selected}


def _index(index: IndexInfo) -> Json:
    return {
        "generation": index.generation,
        "posts": index.posts,
        "built_at": instant(index.built_at),
    }
