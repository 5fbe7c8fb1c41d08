"""Exports of WordPress and Blogger, which are feeds too."""

from datetime import UTC, datetime

import pytest
from cells import shows
from feeds_written import ATOM_RYE, RYE, atom, one, read, rss
from posts_blog import Blog

from searchsvc.posts.post import LeftOut


def exported(status: str, *, kind: str = "post", more: str = "") -> str:
    return (
        f"{RYE}<pubDate>Tue, 01 Jan 2999 10:00:00 +0000</pubDate><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type><description></description>"
        "<content:encoded>A secret loaf.</content:encoded>"
        f"<excerpt:encoded>Own.</excerpt:encoded>{more}"
    )


@shows("categories", "tags", "excerpt", "scheduled")
def test_an_export_of_wordpress_tells_categories_tags_and_the_hour(blog: Blog) -> None:
    labels = (
        '<category domain="category" nicename="b">Bread</category>'
        '<category domain="post_tag" nicename="r">rye</category>'
        '<category domain="post_format" nicename="x">Aside</category>'
    )

    published = one(blog, rss(exported("publish", more=labels)))
    waiting = one(blog, rss(exported("future")))

    assert (published.categories, published.tags) == (("Bread",), ("rye",))
    assert (published.excerpt, published.visible_from) == ("Own.", None)
    assert waiting.visible_from == datetime(2999, 1, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (exported("draft"), "draft"),
        (exported("private"), "private"),
        (exported("trash"), "trash"),
        (exported("publish", kind="page"), "page"),
        (exported("inherit", kind="attachment"), "attachment"),
        (exported("publish", more="<wp:post_password>x</wp:post_password>"), "password"),
    ],
)
@shows("hidden")
def test_an_export_of_wordpress_holds_much_that_is_no_post(
    blog: Blog, item: str, reason: str
) -> None:
    (left_out,) = read(blog, rss(item))

    assert isinstance(left_out, LeftOut)
    assert left_out.reason == reason


KIND = '<category scheme="http://schemas.google.com/g/2005#kind" term="{}"/>'
BLOGGER = "xmlns:b='http://schemas.google.com/blogger/2018' xmlns:app='http://www.w3.org/2007/app'"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (KIND.format("http://schemas.google.com/blogger/2008/kind#comment"), "comment"),
        ("<app:control><app:draft>yes</app:draft></app:control>", "draft"),
        ("<b:type>PAGE</b:type><b:status>LIVE</b:status>", "page"),
        ("<b:type>POST</b:type><b:status>DRAFT</b:status>", "draft"),
    ],
)
@shows("hidden")
def test_an_export_of_blogger_holds_comments_pages_and_drafts(
    blog: Blog, entry: str, reason: str
) -> None:
    (left_out,) = read(blog, atom(ATOM_RYE + entry, attributes=BLOGGER))

    assert isinstance(left_out, LeftOut)
    assert left_out.reason == reason


@shows("address")
def test_an_export_of_blogger_names_the_path(blog: Blog) -> None:
    entry = (
        "<title>Rye</title><b:type>POST</b:type><b:status>LIVE</b:status>"
        "<b:filename>/2024/01/rye.html</b:filename>"
        + KIND.format("http://schemas.google.com/blogger/2008/kind#post")
    )

    post = one(blog, atom(entry, attributes=BLOGGER), site_url="https://a.example")

    assert (post.url, post.tags) == ("https://a.example/2024/01/rye.html", ())
