"""The demo: the service over the sample blog, whose posts it shows at their own addresses.

Apart from the service, which knows an index only and no posts.
"""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, render_template
from markupsafe import Markup

import searchsvc
from searchsvc.posts.frontmatter import read_front_matter
from searchsvc.posts.markup import page_of_markdown
from searchsvc.posts.post import Post
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings
from searchsvc.web import view
from searchsvc.web.answers import html_answer
from searchsvc.web.app import create_app

SAMPLE_BLOG = Path(searchsvc.__file__).parent / "sample_blog"


@dataclass(frozen=True, slots=True)
class ReadablePost:
    """A post and its body as HTML."""

    post: Post
    html: str


def create_demo_app(settings: Settings) -> Flask:
    """The app of ``create_app``, and a page for each post of the sample blog.

    Args:
        settings: their ``index_dir`` is the demo's own index, already built.
    """
    app = create_app(settings)
    app.register_blueprint(_blog(sample_posts()))
    return app


def sample_posts() -> dict[str, ReadablePost]:
    """The posts of the sample blog by their paths."""
    source = open_source(Settings(content=(SAMPLE_BLOG,)))
    return {
        post.url: ReadablePost(post, _html(SAMPLE_BLOG / post.id))
        for post in source
        if isinstance(post, Post)
    }


def _html(file: Path) -> str:
    return page_of_markdown(read_front_matter(file.read_bytes()).body).html


def _blog(posts: dict[str, ReadablePost]) -> Blueprint:
    blog = Blueprint("blog", __name__)

    @blog.get("/<path:path>")
    def post(path: str) -> Response:
        found = posts.get(f"/{path}")
        if found is None:
            abort(404)
        # The posts are our own: what is in them may be trusted.
        return html_answer(
            render_template("post.html", post=found.post, body=Markup(found.html), day=view.day)
        )

    return blog
