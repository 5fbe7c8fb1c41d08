"""What Hugo does not publish, or not yet, and what holds nothing to be found."""

from datetime import UTC, datetime

import pytest
from cells import shows
from posts_blog import Blog, matter

RYE = "content/posts/rye.md"


@shows("hidden")
@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("draft: true", "draft"),
        ("Draft: 'true'", "draft"),
        ("published: false", "unpublished"),
        ("headless: true", "headless"),
        ("build: {render: never}", "not rendered"),
        ("Build: {Render: false}", "not rendered"),
        ("build: {render: link}", "not rendered"),
        ("build: {list: never}", "unlisted"),
        ("build: {list: local}", "unlisted"),
        ("_build: {list: false}", "unlisted"),
        ("searchHidden: true", "not searched"),
        ("params: {exclude_search: true}", "not searched"),
        ("redirect_to: /x", "redirect"),
    ],
)
def test_a_page_that_is_kept_back_is_left_out(hugo: Blog, written: str, reason: str) -> None:
    assert hugo.left_out(RYE, f"---\ntitle: x\n{written}\n---\nA loaf.\n") == reason


@shows("hidden")
@pytest.mark.parametrize(
    "written", ["draft: false", "build: {list: always, render: always}", "build: {}",
                "searchHidden: false", "published: 2024-01-02", "aliases: [/old]"],
)  # fmt: skip
def test_a_page_that_is_not_kept_back_is_found(hugo: Blog, written: str) -> None:
    assert hugo.post(RYE, f"---\ntitle: x\n{written}\n---\nA loaf.\n").url == "/posts/rye/"


@shows("hidden")
def test_a_page_that_is_only_a_search_box_or_an_archive_holds_no_text(hugo: Blog) -> None:
    box = "---\ntitle: Search\nlayout: search\nplaceholder: Type\n---\n\n"

    assert hugo.left_out("content/search.md", box) == "no text"
    assert hugo.left_out("content/archives.md", box.replace("search", "archives")) == "no text"
    assert hugo.post("content/how.md", box + "How to search.").excerpt == "How to search."
    assert hugo.post("content/photos.md", box.replace("search", "gallery")).title == "Search"


@shows("scheduled")
def test_a_page_opens_with_its_publish_date_and_closes_with_its_expiry_date(hugo: Blog) -> None:
    post = hugo.post(
        RYE,
        matter(title="x", date="2999-01-01", publishDate="2024-01-01", expiryDate="2998-01-01"),
    )
    only_date = hugo.post("content/b.md", matter(title="x", date="2999-01-01"))

    assert (post.visible_from, post.visible_until) == (
        datetime(2024, 1, 1, tzinfo=UTC), datetime(2998, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    assert only_date.visible_from == datetime(2999, 1, 1, tzinfo=UTC)
    assert hugo.post("content/c.md", matter(title="x", unpublishdate="2998-01-01")).visible_until
