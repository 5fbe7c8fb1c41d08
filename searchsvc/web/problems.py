"""Problems: from an exception to a status, and to an answer that helps.

Programs get ``application/problem+json``, readers a page. Neither gets a
traceback or a path of this machine; those go to the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from searchsvc.errors import (
    AnswerTimeout,
    IndexMissing,
    IndexProblem,
    PostUnknown,
    QueryError,
    SearchsvcError,
)
from searchsvc.web.answers import html_answer, json_answer
from searchsvc.wire import problem_json

PROBLEM_JSON = "application/problem+json"
# Paths that only programs ask for.
_FOR_PROGRAMS = ("/api", "/healthz", "/readyz")
# What is repeated to the asker, of what they sent.
_MAX_ECHO_CHARS = 80


@dataclass(frozen=True, slots=True)
class HttpProblem:
    """An error as it is told outside.

    Attributes:
        detail: what is wrong, in one sentence.
        remedy: what to do, in one sentence; None when nobody can do anything.
        retry_after_s: when it may be over, seconds; None when it will not be.
        headers: others that the status calls for.
    """

    status: int
    code: str
    detail: str
    parameter: str | None = None
    value: str | None = None
    remedy: str | None = None
    retry_after_s: int | None = None
    headers: Mapping[str, str] | None = None

    @property
    def title(self) -> str:
        return HTTPStatus(self.status).phrase


# The messages of these errors name folders, which are nobody's business outside.
_UNAVAILABLE: dict[type[SearchsvcError], tuple[str, str, int]] = {
    IndexMissing: (
        "There is no index yet, so nothing can be searched.",
        "Build it: searchsvc reindex",
        10,
    ),
    IndexProblem: (
        "The index cannot be read.",
        "Its owner sees why with: searchsvc status",
        30,
    ),
    AnswerTimeout: (
        "This answer would have taken longer than is allowed.",
        "Ask for less, such as fewer words, or try again in a moment.",
        1,
    ),
}
_HTTP: dict[int, tuple[str, str, str | None]] = {
    400: ("bad_request", "This request could not be understood.", None),
    404: (
        "not_found",
        "There is nothing at this address.",
        "The search page is /search, the API is /api/search",
    ),
    405: ("method_not_allowed", "This address does not take that method.", "Use GET."),
    413: ("too_large", "The body of this request is too large.", "Send none: all is in the URL."),
}


def register(app: Flask) -> None:
    """Let every exception of a request be answered from here."""
    app.register_error_handler(Exception, _answer)


def problem_of(error: Exception) -> HttpProblem:
    """What is told outside of an exception."""
    if isinstance(error, QueryError):
        return HttpProblem(
            400,
            error.code,
            str(error),
            parameter=_shortened(error.parameter),
            value=_shortened(error.value),
            remedy=error.remedy,
        )
    if isinstance(error, PostUnknown):
        return HttpProblem(
            404,
            error.code,
            str(error),
            parameter="id",
            value=_shortened(error.id),
            remedy="The hits of a search tell the ids of posts",
        )
    if isinstance(error, HTTPException):
        return _of_http(error)
    for kind, (detail, remedy, seconds) in _UNAVAILABLE.items():
        if isinstance(error, kind):
            assert isinstance(error, SearchsvcError)
            return HttpProblem(503, error.code, detail, remedy=remedy, retry_after_s=seconds)
    return HttpProblem(500, "internal_error", "Something went wrong here. It has been logged.")


def wants_json() -> bool:
    """Whether the asker is a program: by the path, else by what it says it accepts."""
    if request.path.startswith(_FOR_PROGRAMS):
        return True
    kinds = ["text/html", "application/json", PROBLEM_JSON]
    return request.accept_mimetypes.best_match(kinds, default="text/html") != "text/html"


def _answer(error: Exception) -> Response:
    problem = problem_of(error)
    _log(error, problem)
    if wants_json():
        response = json_answer(_json(problem), status=problem.status, media_type=PROBLEM_JSON)
    else:
        response = html_answer(
            render_template("problem.html", problem=problem), status=problem.status
        )
    response.headers.update(problem.headers or {})
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    return response


def _log(error: Exception, problem: HttpProblem) -> None:
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        current_app.logger.warning("%s", error)
    elif problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.error("%s failed", request.path, exc_info=error)


def _json(problem: HttpProblem) -> dict[str, object]:
    return problem_json(
        status=problem.status,
        title=problem.title,
        detail=problem.detail,
        code=problem.code,
        parameter=problem.parameter,
        value=problem.value,
        remedy=problem.remedy,
    )


def _of_http(error: HTTPException) -> HttpProblem:
    status = error.code or 500
    code, detail, remedy = _HTTP.get(
        status, (HTTPStatus(status).name.lower(), HTTPStatus(status).description, None)
    )
    allowed = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else None
    return HttpProblem(status, code, detail, remedy=remedy, headers=headers)


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_ECHO_CHARS else text[: _MAX_ECHO_CHARS - 1] + "…"
