"""The app: engine, settings, API and pages put together, and what holds for every answer."""

from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, abort, request
from flask_cors import CORS

from searchsvc.engines import open_engine
from searchsvc.engines.protocol import Engine
from searchsvc.settings import Settings
from searchsvc.web import problems
from searchsvc.web.api import api
from searchsvc.web.pages import pages, snippet_html
from searchsvc.web.service import Service, attach

# Nothing here reads a body; whoever sends one has taken the wrong door.
MAX_BODY_BYTES = 16 * 1024
_STATIC_MAX_AGE_S = 3600


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """Make the WSGI app.

    Args:
        engine: what answers; None to open the one that the settings name. There
            need not be an index yet: until there is, answers are 503.
    """
    app = Flask(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES, SEND_FILE_MAX_AGE_DEFAULT=_STATIC_MAX_AGE_S
    )
    attach(app, Service(engine or open_engine(settings), settings))
    app.register_blueprint(api)
    app.register_blueprint(pages)
    problems.register(app)
    _prepare_templates(app, settings)
    _open_api_to(app, settings.cors_origins)
    app.before_request(_refuse_large_bodies)
    _protect(app, settings.cors_origins)
    return app


def _prepare_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["marked"] = snippet_html
    app.jinja_env.globals["site_name"] = settings.site_name
    # Browsers keep the style sheet for a while; another one gets another address.
    style = Path(app.static_folder or "", "searchsvc.css").read_bytes()
    app.jinja_env.globals["style_version"] = blake2b(style, digest_size=4).hexdigest()


def _open_api_to(app: Flask, origins: tuple[str, ...]) -> None:
    CORS(
        app,
        resources={r"/api/.*": {"origins": list(origins)}},
        methods=["GET", "HEAD", "OPTIONS"],
        expose_headers=["Retry-After"],
        # Caches need not keep one answer for each origin.
        send_wildcard="*" in origins,
        max_age=86_400,
    )


def _refuse_large_bodies() -> None:
    if (request.content_length or 0) > MAX_BODY_BYTES:
        abort(413)


def _protect(app: Flask, origins: tuple[str, ...]) -> None:
    policy = content_security_policy(origins)

    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    app.after_request(add_headers)


def content_security_policy(origins: tuple[str, ...]) -> str:
    """No scripts, and nothing from other hosts.

    Who may read the answers may show the page in a frame too: a blogger who
    cannot do more than paste HTML can put the search page into their blog so.
    A click in it changes nothing, so there is nothing to steal a click for.
    """
    framers = "*" if "*" in origins else " ".join(("'self'", *origins))
    return (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors {framers}"
    )
