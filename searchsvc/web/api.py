"""The API: what can be asked, and whether the service lives and is ready."""

from flask import Blueprint, Response, request

from searchsvc.queries import parse_query
from searchsvc.web.answers import json_answer
from searchsvc.web.lookups import read_related, read_suggest
from searchsvc.web.params import read_strictly
from searchsvc.web.service import service
from searchsvc.wire import instant, page_json, related_json, suggestions_json

api = Blueprint("api", __name__)


@api.get("/api/search")
def search() -> Response:
    """Hits, counts and highlights for a query."""
    asked = read_strictly(request.args.to_dict(flat=False), per_page=service().settings.per_page)
    page = service().engine.search(asked.query)
    return json_answer(page_json(page, pieces=asked.pieces))


@api.get("/api/suggest")
def suggest() -> Response:
    """Titles, tags and categories that go on from what is typed."""
    asked = read_suggest(request.args.to_dict(flat=False))
    answer = service().engine.suggest(asked.query)
    return json_answer(suggestions_json(answer, pieces=asked.pieces))


@api.get("/api/related")
def related() -> Response:
    """Posts like one, and what they share with it."""
    query = read_related(request.args.to_dict(flat=False))
    return json_answer(related_json(service().engine.related(query)))


@api.get("/healthz")
def healthz() -> Response:
    """The process lives, whatever else may be."""
    return json_answer({"status": "ok"})


@api.get("/readyz")
def readyz() -> Response:
    """An index is open and answers; 503 otherwise."""
    # Asked and not only looked at: what answers is ready.
    index = service().engine.search(parse_query(per_page=1, facets=())).index
    return json_answer(
        {
            "status": "ready",
            "generation": index.generation,
            "posts": index.posts,
            "built_at": instant(index.built_at),
            "build_id": index.build_id,
        }
    )
