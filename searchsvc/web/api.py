"""The API: ``/api/search``, and whether the service lives and is ready."""

from flask import Blueprint, Response, request

from searchsvc.queries import parse_query
from searchsvc.web.answers import json_answer
from searchsvc.web.params import read_strictly
from searchsvc.web.service import service
from searchsvc.wire import instant, page_json

api = Blueprint("api", __name__)


@api.get("/api/search")
def search() -> Response:
    """Hits, counts and highlights for a query."""
    asked = read_strictly(request.args.to_dict(flat=False), per_page=service().settings.per_page)
    page = service().engine.search(asked.query)
    return json_answer(page_json(page, pieces=asked.pieces))


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
