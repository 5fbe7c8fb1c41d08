"""The search page: works without scripts, and can be read by everybody."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from searchsvc.text.aliases import Aliases
from searchsvc.text.snippets import Snippet
from searchsvc.web import view
from searchsvc.web.answers import html_answer
from searchsvc.web.links import Links, safe_url
from searchsvc.web.params import read_kindly
from searchsvc.web.service import service

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> AnyResponse:
    """Lead to the search page, with what was asked."""
    asked = request.query_string.decode("latin-1")
    return redirect(url_for("pages.search") + (f"?{asked}" if asked else ""))


@pages.get("/search")
def search() -> Response:
    """A form, and the answer to what was typed in it."""
    settings = service().settings
    asked = read_kindly(request.args.to_dict(flat=False), per_page=settings.per_page)
    page = service().engine.search(asked.query)
    links = Links.of(url_for("pages.search"), asked.given, Aliases(settings.tag_aliases))
    html = render_template(
        "search.html",
        page=page,
        query=page.query,
        links=links,
        notes=asked.notes,
        asked_for_something=bool(asked.given),
        headline=view.headline(page),
        filters=view.filters(page.query, links),
        facets=view.facets(page, links),
        sorts=view.sorts(page.query, links),
        paging=view.paging(page, links),
        day=view.day,
        posts=view.posts,
        safe_url=safe_url,
    )
    return html_answer(html)


def snippet_html(snippet: Snippet) -> Markup:
    """A snippet for a template: escaped, with its marks."""
    return Markup(snippet.to_html())
