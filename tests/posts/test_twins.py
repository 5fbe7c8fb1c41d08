"""Twins: two posts of one address, wherever they come from."""

import json

import pytest
from posts_blog import Blog, matter

from searchsvc.posts.post import Post, Problem
from searchsvc.posts.twins import address_key


def rye(url: str) -> str:
    return matter(title="Rye", url=url)


@pytest.mark.parametrize(
    "other",
    [
        "https://a.example/b%C3%A9/rye",
        "http://A.Example/bé/rye/",
        "HTTPS://a.example:443/bé/rye/index.html",
        "https://a.example/b%c3%a9/%72ye/index.htm",
    ],
)
def test_ways_to_write_one_address_are_told_to_be_one(other: str) -> None:
    assert address_key(other) == address_key("https://a.example/bé/rye")


@pytest.mark.parametrize(
    "other", ["/Rye", "/rye.html", "/rye?p=1", "/rye#loaf", "/a%2Frye", "/rye/x", "//a.example/rye",
              "https://a.example/rye", "/myindex.html"]
)  # fmt: skip
def test_addresses_of_two_pages_stay_two(other: str) -> None:
    assert address_key(other) != address_key("/rye")
    assert address_key("/a%2Frye") != address_key("/a/rye")
    assert address_key("/") == address_key("/index.html") == ""


def test_the_first_of_two_posts_with_an_address_stays_and_both_are_named(blog: Blog) -> None:
    blog.write("a.md", rye("/rye/"))
    blog.write("b.md", rye("/rye/index.html"))
    blog.write("c.md", rye("/rye2/"))

    first, second, third = blog.read()

    assert isinstance(first, Post)
    assert second == Problem(
        "b.md",
        f"{blog.root}/b.md",
        f"Its address /rye/index.html is also that of {blog.root}/a.md, which stays. "
        "Give one of them another, or remove it",
        withdrawn=True,
    )
    assert isinstance(third, Post)


def test_drafts_and_broken_posts_take_no_address(blog: Blog) -> None:
    blog.write("a.md", rye("/rye/").replace("---\n", "---\ndraft: true\n", 1))
    blog.write("b.md", rye("/rye/\ndate: soon"))
    blog.write("c.md", rye("/rye/"))

    assert [r.id for r in blog.read() if isinstance(r, Post)] == ["c.md"]


def test_two_lines_or_entries_with_an_address_are_told_by_their_ids(blog: Blog) -> None:
    item = {"url": "/rye", "title": "Rye"}
    blog.write("posts.jsonl", "\n".join(json.dumps({**item, "id": name}) for name in "ab"))
    feed = {"version": "https://jsonfeed.org/version/1", "items": [{**item, "id": n} for n in "ab"]}
    blog.write("feed.json", json.dumps(feed))

    for name in ("posts.jsonl", "feed.json"):
        _, second = blog.read(name)

        assert isinstance(second, Problem)
        assert str(second).startswith(
            f"{blog.root}/{name}, id b: Its address /rye is also that of "
            f"{blog.root}/{name}, id a, which stays. "
        )


def test_a_source_can_be_gone_through_again(blog: Blog) -> None:
    blog.write("a.md", rye("/rye"))

    assert blog.read() == blog.read()
