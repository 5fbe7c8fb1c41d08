"""What is as it was is not made to a post again; all else is, and says what it always says."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from posts_blog import RYE, Blog, matter

from searchsvc.posts.jsonlines import JsonLines
from searchsvc.posts.post import LeftOut, Made, Post, Problem, Reading, Unchanged
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings


def lines(*posts: Mapping[str, Any] | str) -> str:
    """A line for each post; what is a text already stays as it is."""
    return "".join(f"{p if isinstance(p, str) else json.dumps(p)}\n" for p in posts)


def loaf(name: str, title: str = "A loaf", **more: Any) -> dict[str, Any]:
    return {"id": name, "url": f"/{name}", "title": title, **more}


def known(readings: list[Reading]) -> dict[bytes, Made]:
    """What a run remembers for the next."""
    return {r.origin: Made(r.id, r.url) for r in readings if isinstance(r, Post)}


def read(*content: Path, known: Mapping[bytes, Made] = {}, **settings: Any) -> list[Reading]:
    return list(open_source(Settings(content=content, **settings)).readings(known))


def unchanged(readings: list[Reading]) -> list[str]:
    return [r.post_id for r in readings if isinstance(r, Unchanged)]


def test_lines_that_are_as_they_were_are_not_made_to_posts_again(blog: Blog) -> None:
    path = blog.write("posts.jsonl", lines(loaf("oat"), loaf("rye"), loaf("wheat")))
    before = read(path)
    blog.write("posts.jsonl", lines(loaf("wheat"), loaf("rye", "Rye bread"), loaf("oat")))

    oat, rye, wheat = read(path, known=known(before))

    assert isinstance(rye, Post)
    assert rye.title == "Rye bread"
    assert unchanged([oat, wheat]) == ["oat", "wheat"]


def test_a_source_without_anything_known_makes_all_posts(blog: Blog) -> None:
    path = blog.write("posts.jsonl", lines(loaf("oat"), loaf("rye")))

    assert all(isinstance(reading, Post) for reading in read(path))
    assert list(open_source(Settings(content=(path,)))) == read(path)


def test_of_two_lines_with_one_id_the_first_counts_though_it_is_known(blog: Blog) -> None:
    path = blog.write("posts.jsonl", lines(loaf("rye"), loaf("rye", "Another")))
    before = read(path)

    first, second = read(path, known=known(before))

    assert unchanged([first]) == ["rye"]
    assert second == before[1]
    assert isinstance(second, Problem)
    assert "id is 'rye', as in" in second.message


def test_a_line_before_one_that_is_known_takes_its_id(blog: Blog) -> None:
    path = blog.write("posts.jsonl", lines(loaf("rye")))
    before = read(path)
    blog.write("posts.jsonl", lines(loaf("rye", "Another"), loaf("rye")))

    first, second = read(path, known=known(before))

    assert isinstance(first, Post)
    assert first.title == "Another"
    assert isinstance(second, Problem)


def test_a_known_line_that_stands_twice_is_told(blog: Blog) -> None:
    path = blog.write("posts.jsonl", lines(loaf("rye")))
    before = read(path)
    blog.write("posts.jsonl", lines(loaf("rye"), loaf("rye")))

    first, second = read(path, known=known(before))

    assert unchanged([first]) == ["rye"]
    assert isinstance(second, Problem)


def test_what_cannot_be_used_and_what_is_left_out_is_told_every_time(blog: Blog) -> None:
    path = blog.write("posts.jsonl", lines("{", loaf("oat", draft=True), loaf("rye", date="x")))
    before = read(path)

    again = read(path, known=known(before))

    assert again == before
    assert [type(reading) for reading in again] == [LeftOut, Problem, Problem]


def test_a_byte_order_mark_makes_no_other_line(blog: Blog) -> None:
    path = blog.write("posts.jsonl", lines(loaf("rye")))
    before = read(path)
    blog.write("posts.jsonl", b"\xef\xbb\xbf" + lines(loaf("rye")).encode())

    assert unchanged(read(path, known=known(before))) == ["rye"]


@pytest.mark.parametrize(
    "other", [{"site_url": "https://a.example"}, {"timezone": "Asia/Tokyo"}, {"index_body": True}]
)
def test_with_other_settings_everything_is_read_anew(blog: Blog, other: dict[str, Any]) -> None:
    path = blog.write("posts.jsonl", lines(loaf("rye", date="2024-01-02")))
    before = read(path)

    assert unchanged(read(path, known=known(before), **other)) == []


def test_equal_lines_of_two_files_are_two_posts(blog: Blog) -> None:
    paths = [blog.write(f"{name}.jsonl", lines(loaf("rye"))) for name in ("new", "old")]
    sites = {"sources": [{"content": path, "site_url": f"/{path.stem}"} for path in paths]}
    before = read(**sites)

    again = read(known=known(before), **sites)

    assert [r.id for r in before if isinstance(r, Post)] == ["new.jsonl:rye", "old.jsonl:rye"]
    assert unchanged(again) == ["new.jsonl:rye", "old.jsonl:rye"]


POSTS = st.sampled_from(
    [
        *(loaf(name, title) for name in "abc" for title in ("Oat", "Rye")),
        loaf("a", date="never"),
        loaf("b", draft=True),
        {"url": "/c", "title": "By its address"},
        {"title": "Without an address"},
        "{",
        "",
    ]
)


@given(st.lists(POSTS, max_size=8), st.lists(POSTS, max_size=8))
def test_whatever_is_known_the_same_is_read(
    tmp_path_factory: pytest.TempPathFactory, old: list[Any], new: list[Any]
) -> None:
    path = tmp_path_factory.mktemp("blog") / "posts.jsonl"
    path.write_text(lines(*old), encoding="utf-8")
    posts = {r.origin: r for r in JsonLines(path, Settings()) if isinstance(r, Post)}
    path.write_text(lines(*new), encoding="utf-8")

    found = JsonLines(path, Settings()).readings(known(list(posts.values())))

    made = [posts[r.origin] if isinstance(r, Unchanged) else r for r in found]
    assert made == list(JsonLines(path, Settings()))


def test_files_that_are_as_they_were_are_not_made_to_posts_again(blog: Blog) -> None:
    for name in ("oat", "rye"):
        blog.write(f"{name}.md", matter(title=name))
    before = read(blog.root)
    blog.write("rye.md", matter(title="Rye bread"))

    oat, rye = read(blog.root, known=known(before))

    assert unchanged([oat]) == ["oat.md"]
    assert isinstance(rye, Post)
    assert rye.title == "Rye bread"


def test_a_file_under_another_name_is_another_post(blog: Blog) -> None:
    path = blog.write("oat.md", matter(title="Oat"))
    before = read(blog.root)
    path.rename(blog.root / "porridge.md")

    (post,) = read(blog.root, known=known(before))

    assert isinstance(post, Post)
    assert (post.id, post.url) == ("porridge.md", "/porridge")


def test_equal_files_of_two_folders_are_two_posts(blog: Blog) -> None:
    for name in ("new", "old"):
        blog.write(f"{name}/rye.md", matter(title="Rye"))
    folders = [blog.root / name for name in ("new", "old")]
    sites = {"sources": [{"content": path, "site_url": f"/{path.stem}"} for path in folders]}
    before = read(**sites)

    again = read(known=known(before), **sites)

    assert unchanged(again) == ["new:rye.md", "old:rye.md"]


@pytest.mark.parametrize(
    "config",
    [
        "permalink: /:title\n",
        "timezone: Asia/Tokyo\n",
        "defaults:\n- scope: {path: ''}\n  values: {categories: [bread]}\n",
    ],
)
def test_with_another_configuration_of_the_site_everything_is_read_anew(
    jekyll: Blog, config: str
) -> None:
    jekyll.write(RYE, matter(title="Rye"))
    before = read(jekyll.root)
    assert len(unchanged(read(jekyll.root, known=known(before)))) == len(before)

    jekyll.write("_config.yml", config)

    assert unchanged(read(jekyll.root, known=known(before))) == []


def test_with_another_generator_everything_is_read_anew(jekyll: Blog) -> None:
    before = read(jekyll.root / "_posts", generator="plain")

    assert unchanged(read(jekyll.root / "_posts", known=known(before), generator="jekyll")) == []


def test_a_broken_file_and_a_draft_are_told_every_time(blog: Blog) -> None:
    blog.write("oat.md", matter(title="Oat", date="never"))
    blog.write("rye.md", matter(title="Rye", draft="true"))
    before = read(blog.root)

    again = read(blog.root, known=known(before))

    assert again == before
    assert [type(reading) for reading in again] == [Problem, LeftOut]


def test_a_new_post_takes_the_address_of_a_known_one_that_comes_after_it(blog: Blog) -> None:
    path = blog.write("posts.jsonl", lines(loaf("rye")))
    before = read(path)
    blog.write("posts.jsonl", lines({**loaf("rye"), "id": "a"}, loaf("rye")))

    first, second = read(path, known=known(before))

    assert isinstance(first, Post)
    assert isinstance(second, Problem)
    assert "Its address /rye is also that of" in second.message


@pytest.mark.parametrize(
    "path", ["_config.yml", "data/_index.md", "lib/site.js", "package.json", ".gitignore"]
)
def test_whatever_a_generator_may_look_at_makes_posts_anew(blog: Blog, path: str) -> None:
    blog.write("rye.md", matter(title="Rye"))
    before = read(blog.root)
    blog.write(path, "x: 1\n")

    again = read(blog.root, known=known(before))

    assert isinstance(again[0], Post)


def test_pictures_and_packages_do_not(blog: Blog) -> None:
    blog.write("rye.md", matter(title="Rye"))
    before = read(blog.root)
    blog.write("rye.jpg", b"x")
    blog.write("node_modules/a/package.json", "{}")

    assert unchanged(read(blog.root, known=known(before))) == ["rye.md"]


def test_an_index_within_the_blog_does_not_either(blog: Blog) -> None:
    blog.write("rye.md", matter(title="Rye"))
    before = read(blog.root, index_dir=blog.root / "search")
    blog.write("search/generations/1/manifest.json", "{}")

    again = read(blog.root, known=known(before), index_dir=blog.root / "search")

    assert unchanged(again) == ["rye.md"]
