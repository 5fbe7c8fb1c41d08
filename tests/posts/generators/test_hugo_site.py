"""Whose site a folder is, and what a Hugo site's configuration says for all pages."""

import os
import re
from datetime import UTC, date, datetime

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post

RYE = "content/posts/rye.md"


def urls(blog: Blog) -> dict[str, str]:
    return {post.id: post.url for post in blog.read() if isinstance(post, Post)}


# Whose site a folder is


@shows("site-wide")
@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("hugo.toml", "baseURL = 'https://a.example'"), ("hugo.yml", "baseurl: https://a.example"),
        ("hugo.json", '{"BaseURL": "https://a.example"}'),
        ("config.toml", "baseURL = 'https://a.example'"),
        ("config.yaml", "title: x\nbaseURL: https://a.example"),
        ("config.json", '{"title": "x", "baseURL": "https://a.example"}'),
        ("config/_default/hugo.yaml", "baseURL: https://a.example"),
        ("config/_default/config.toml", "baseURL = 'https://a.example'"),
        ("config/production/config.toml", "baseURL = 'https://a.example'"),
    ],
)  # fmt: skip
def test_a_hugo_site_is_known_by_its_configuration(blog: Blog, name: str, config: str) -> None:
    blog.write("config/_default/params.toml", "") if "production" in name else None
    blog.write(name, config + "\n")

    assert blog.post(RYE, matter(title="x", slug="a b")).url == "https://a.example/posts/a-b/"


@shows("site-wide")
@pytest.mark.parametrize(
    ("name", "config"),
    [("config.toml", "url = 'https://a.example'"), ("config.yaml", "api: {url: x}"),
     ("_config.yml", "baseurl: /x")],
)  # fmt: skip
def test_other_configurations_make_no_hugo_site(blog: Blog, name: str, config: str) -> None:
    blog.write(name, config + "\n")

    assert blog.post(RYE, matter(title="x")).url == "/content/posts/rye"


@shows("site-wide")
def test_a_configuration_of_that_name_without_content_is_no_hugo_site(blog: Blog) -> None:
    blog.write("config.json", '{"baseUrl": "https://api.example"}\n')

    assert blog.post("notes/rye.md", matter(title="x")).url == "/notes/rye"


@shows("files", "site-wide")
def test_a_folder_of_the_content_is_read_by_the_sites_rules(
    hugo: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    hugo.write(RYE, matter(title="x", slug="A"))

    assert [(r.id, r.url) for r in hugo.read("content/posts") if isinstance(r, Post)] == [
        (RYE, "/posts/a/")
    ]
    monkeypatch.chdir(hugo.root / "content")
    assert [r.id for r in Blog(hugo.root).read("content/posts") if isinstance(r, Post)] == [RYE]


@shows("files", "site-wide")
def test_a_folder_beside_the_content_is_none_of_hugos(hugo: Blog) -> None:
    hugo.write("docs/rye.md", matter(title="x"))

    assert [r.id for r in hugo.read("docs") if isinstance(r, Post)] == ["rye.md"]


# What the configuration says


@shows("site-wide")
def test_the_folder_config_comes_over_the_file_and_production_over_that(blog: Blog) -> None:
    blog.write("hugo.toml", "baseURL = 'https://a.example'\ntitle = 'x'\n")
    blog.write("config/_default/hugo.toml", "baseURL = 'https://b.example'\n")
    blog.write("config/_default/permalinks.toml", "posts = '/b/:filename/'\n")
    blog.write("config/production/config.toml", "[permalinks]\nnotes = '/c/:filename/'\n")
    blog.write("config/staging/config.toml", "baseURL = 'https://staging.example'\n")
    blog.write("content/notes/a.md", matter(title="x"))
    blog.write(RYE, matter(title="x"))

    assert list(urls(blog).values()) == ["https://b.example/c/a/", "https://b.example/b/rye/"]


@shows("files", "site-wide")
def test_the_content_may_lie_elsewhere(hugo: Blog) -> None:
    hugo.write("hugo.toml", "contentDir = './docs/text/'\n")
    hugo.write("docs/text/a.md", matter(title="x"))
    hugo.write("docs/b.md", matter(title="x"))

    assert urls(hugo) == {"docs/text/a.md": "/a/"}
    assert [r.id for r in hugo.read("docs") if isinstance(r, Post)] == ["docs/text/a.md"]


@shows("files", "site-wide", "language")
def test_mounts_stand_for_the_folder_of_content(hugo: Blog) -> None:
    hugo.write(
        "hugo.yaml",
        "languages: {en: {}, fr: {}}\nmodule:\n  mounts:\n"
        "  - {source: docs, target: content}\n  - {source: blog, target: content/log}\n"
        "  - {source: textes, target: content, sites: {matrix: {languages: [fr]}}}\n"
        "  - {source: pictures, target: assets}\n",
    )
    (hugo.root / "hugo.toml").unlink()
    for folder in ("docs", "blog", "textes", "pictures"):
        hugo.write(f"{folder}/sub/a.md", matter(title="x"))
    hugo.write("docs/log/_index.md", matter(title="x", slug="journal"))

    assert urls(hugo) == {
        "blog/sub/a.md": "/journal/sub/a/", "docs/sub/a.md": "/sub/a/",
        "textes/sub/a.md": "/fr/sub/a/",
    }  # fmt: skip


@shows("files", "site-wide")
def test_files_can_be_ignored(hugo: Blog) -> None:
    hugo.write("hugo.toml", r"ignoreFiles = ['\.rough\.md$', '/old/']" + "\n")
    for path in ("a.rough.md", "old/b.md", "c.md"):
        hugo.write(f"content/{path}", matter(title="x"))

    assert hugo.ids() == ["content/c.md", "content/first.md"]


@shows("hidden", "scheduled", "site-wide")
def test_a_site_may_publish_drafts_and_what_is_to_come_or_past(hugo: Blog) -> None:
    hugo.write("hugo.toml", "buildDrafts = true\nbuildFuture = true\nbuildExpired = true\n")

    post = hugo.post(
        RYE, matter(title="x", draft="true", date="2999-01-01", expiryDate="2020-01-01")
    )

    assert (post.date, post.visible_from, post.visible_until) == (date(2999, 1, 1), None, None)


@shows("categories", "tags", "site-wide")
@pytest.mark.parametrize(
    ("taxonomies", "categories", "tags"),
    [
        ("{tag: tags, category: categories, series: series}", ("A",), ("rye", "Basics")),
        ("{series: series, tag: tags}", ("posts",), ("rye", "Basics")),
        ("{thema: themen, kategorie: kategorien}", ("K",), ("T",)),
        ("{}", ("posts",), ()),
    ],
)
def test_a_site_has_taxonomies_of_its_own(
    blog: Blog, taxonomies: str, categories: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    blog.write("hugo.yaml", f"taxonomies: {taxonomies}\n")

    post = blog.post(
        RYE,
        matter(
            title="x", tags="[rye]", categories="A", series="Basics", themen="[T]", Kategorien="K"
        ),
    )

    assert (post.categories, post.tags) == (categories, tags)


@shows("date", "scheduled", "site-wide", "address")
def test_a_site_chooses_what_gives_dates(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml",
        "[frontmatter]\ndate = [':git', 'created', ':filename', ':default']\n"
        "publishDate = ['opened', ':default']\nexpiryDate = ['until']\n",
    )

    created = hugo.post(
        "content/2024-01-02-a.md", matter(title="x", created="2023-05-06", until="2024-03-04")
    )
    named = hugo.post("content/2024-01-02_My name/index.md", matter(title="x", opened="2024-02-03"))
    own = hugo.post("content/2024-01-03-b.md", matter(title="x", date="2020-01-01", slug="own"))
    no_day = hugo.post("content/2024-99-99-c.md", matter(title="x"))
    only_date = hugo.post("content/2024-01-04.md", matter(title="x"))

    assert (created.date, created.url) == (date(2023, 5, 6), "/2024-01-02-a/")
    assert created.visible_until == datetime(2024, 3, 4, tzinfo=UTC)
    assert (named.date, named.url) == (date(2024, 1, 2), "/my-name/")
    assert named.visible_from == datetime(2024, 2, 3, tzinfo=UTC)
    assert (own.date, own.url) == (date(2024, 1, 3), "/own/")
    assert own.visible_from == datetime(2020, 1, 1, tzinfo=UTC)
    assert (no_day.date, no_day.url) == (None, "/2024-99-99-c/")
    assert (only_date.date, only_date.url) == (date(2024, 1, 4), "/2024-01-04/")


@shows("date", "time zone", "site-wide")
def test_the_time_of_the_file_may_be_the_date(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml", "timeZone = 'Asia/Tokyo'\n[frontmatter]\ndate = ['date', ':fileModTime']\n"
    )
    os.utime(hugo.write(RYE, matter(title="x")), (1_704_207_600, 1_704_207_600))

    post = next(r for r in hugo.read() if isinstance(r, Post) and r.id == RYE)

    assert (post.date, post.rules["date"]) == (date(2024, 1, 3), "time of the file")
    # A file that is touched would look unchanged.
    assert post.origin == b""


# What stops a run


@shows("site-wide")
@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("title = x", "hugo.toml:1: This is not TOML"),
        ("timeZone = 'Mars/Olympus'", "timezone is 'Mars/Olympus'. No such time zone"),
        ("buildDrafts = 'maybe'", "builddrafts is 'maybe'. Write it as true or false"),
        ("contentDir = '../text'", "contentDir is '../text', which leads out of the site"),
        ("contentDir = '/text'", "contentDir is '/text', which leads out of the site"),
        ("ignoreFiles = ['(']", "ignorefiles is ['(']. That is no regular expression"),
        ("taxonomies = 'tags'", "taxonomies is 'tags'. Write it as a table"),
        ("permalinks = 'x'", "permalinks is 'x'. Write it as a table"),
    ],
)
def test_a_configuration_that_makes_no_sense_stops_the_run(
    hugo: Blog, config: str, said: str
) -> None:
    hugo.write("hugo.toml", config + "\n")

    with pytest.raises(ContentError, match=re.escape(said)):
        hugo.read()


@shows("files")
def test_a_link_in_the_place_of_the_content_is_told(hugo: Blog) -> None:
    (hugo.root / "content").rename(hugo.root / "elsewhere")
    (hugo.root / "content").symlink_to("elsewhere")

    assert hugo.ids() == ["content"]
