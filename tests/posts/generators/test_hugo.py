"""Hugo's rules for a page: which files are pages, and what is made of them."""

from datetime import UTC, date, datetime

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post

RYE = "content/posts/rye.md"


@shows("files", "title", "date", "address", "categories", "tags", "excerpt", "language")
def test_a_post_is_made_of_its_front_matter_and_its_body(hugo: Blog) -> None:
    post = hugo.post(
        RYE,
        matter(
            title="Rye",
            date="2024-01-02",
            tags="[bread]",
            categories="[Baking]",
            summary="A *loaf*.",
        ),
    )

    assert post == Post(
        id=RYE,
        url="/posts/rye/",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("Baking",),
        tags=("bread",),
        date=date(2024, 1, 2),
        visible_from=datetime(2024, 1, 2, tzinfo=UTC),
    )


@shows("files", "title", "date", "address", "categories", "tags", "excerpt", "scheduled")
def test_each_value_tells_where_it_comes_from(hugo: Blog) -> None:
    hugo.write("content/posts/_index.md", matter(cascade="{tags: [bread], summary: A loaf}"))

    post = hugo.post(RYE, matter(title="Rye", publishDate="2024-01-02", expiryDate="2999-01-02"))

    assert post.rules == {
        "url": "path of the page",
        "title": "front matter: title",
        "excerpt": "cascade: summary",
        "categories": "section",
        "tags": "cascade: tags",
        "date": "front matter: publishdate",
        "visible_from": "front matter: publishdate",
        "visible_until": "front matter: expirydate",
        "lang": "",
    }


# Files


@shows("files")
def test_all_pages_are_posts_and_nothing_else_is(hugo: Blog) -> None:
    for path in ("content/_index.md", "content/posts/_index.md", "content/posts/_index.html",
                 "content/posts/.hidden.md", "content/posts/#x.md", "content/posts/rye.md~",
                 "content/.git/x.md", "content/posts/rye.txt", "content/posts/rye.mdx",
                 "content/posts/_content.gotmpl", "static/x.md", "themes/t/content/x.md",
                 "layouts/x.html", "archetypes/default.md", "README.md"):  # fmt: skip
        hugo.write(path, matter(title="x"))
    for path in ("content/about.md", "content/posts/_own.md", "content/posts/README.md",
                 "content/posts/deep/er/oats.markdown", "content/posts/page.html",
                 "content/posts/a.org", "content/posts/a.adoc", "content/posts/b.rst",
                 "content/posts/UPPER.MD", "content/tags/rye.md"):  # fmt: skip
        hugo.write(path, matter(title="x"))

    assert hugo.ids() == [
        "content/about.md", "content/first.md", "content/posts/README.md", "content/posts/UPPER.MD",
        "content/posts/_own.md", "content/posts/a.adoc", "content/posts/a.org",
        "content/posts/b.rst", "content/posts/deep/er/oats.markdown", "content/posts/page.html",
        "content/tags/rye.md",
    ]  # fmt: skip


@shows("files", "address")
def test_all_in_a_leaf_bundle_belongs_to_its_one_page(hugo: Blog) -> None:
    for path in ("index.md", "notes.md", "deep/index.md", "deep/more.md", "_index.md"):
        hugo.write(f"content/posts/rye/{path}", matter(title="Rye"))
    hugo.write("content/posts/oats/Index.md", matter(title="Oats"))
    hugo.write("content/posts/oats/notes.md", matter(title="Notes"))

    urls = {post.id: post.url for post in hugo.read() if isinstance(post, Post)}

    assert urls == {
        "content/first.md": "/first/",
        "content/posts/oats/Index.md": "/posts/oats/",
        "content/posts/rye/index.md": "/posts/rye/",
    }


@shows("files")
def test_a_home_that_is_a_leaf_bundle_has_no_pages(hugo: Blog) -> None:
    hugo.write("content/index.md", matter(title="Home"))

    with pytest.raises(ContentError, match=r"no posts found\. Looked for pages such as"):
        hugo.read()


@shows("files")
def test_links_are_not_followed_as_hugo_does_not(hugo: Blog) -> None:
    hugo.write("content/posts/deep/rye.md", matter(title="Rye"))
    (hugo.root / "content/linked.md").symlink_to("first.md")
    (hugo.root / "content/folder").symlink_to("posts")

    assert hugo.ids() == ["content/first.md", "content/posts/deep/rye.md"]


@shows("files")
def test_html_without_front_matter_is_no_post(hugo: Blog) -> None:
    hugo.write("content/part.html", "<p>A part.</p>")

    assert hugo.ids() == ["content/first.md"]


@shows("files", "title", "date", "tags", "excerpt")
def test_org_files_have_front_matter_of_their_own(hugo: Blog) -> None:
    post = hugo.post(
        "content/rye.org",
        "#+TITLE: Rye\n#+date: <2024-01-02 Tue>\n#+tags[]: bread rye\n\nBefore.\n# more\nAfter.\n",
    )

    assert (post.title, post.date, post.tags) == ("Rye", date(2024, 1, 2), ("bread", "rye"))
    assert post.excerpt == "Before."


@shows("files")
def test_toml_and_json_are_front_matter_too_and_keys_may_be_in_any_case(hugo: Blog) -> None:
    toml = hugo.post("content/a.md", '+++\nTitle = "A"\nTAGS = ["x"]\n+++\n')
    json = hugo.post("content/b.md", '{"title": "B", "Date": "2024-01-02"}\n')

    assert (toml.title, toml.tags) == ("A", ("x",))
    assert (json.title, json.date) == ("B", date(2024, 1, 2))


# Title


@shows("title")
def test_without_a_title_it_is_the_first_heading_and_never_the_title_of_a_link(hugo: Blog) -> None:
    assert hugo.post(RYE, "---\nlinkTitle: Not this\n---\n\n# Dark *rye*\n").title == "Dark rye"


@shows("title")
def test_a_page_without_any_title_is_told(hugo: Blog) -> None:
    problem = hugo.problem(RYE, matter(linkTitle="Not this"))

    assert problem.message == "There is no title. Write one into the front matter: title: …"


# Dates


@shows("date", "time zone", "address")
def test_a_date_keeps_the_day_that_its_author_wrote(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml", 'timeZone = "America/New_York"\n[permalinks]\nposts = "/:month/:day/"\n'
    )

    post = hugo.post(RYE, matter(title="x", date="2024-01-02T23:30:00-11:00"))

    assert (post.date, post.url) == (date(2024, 1, 2), "/01/02/")
    assert post.visible_from == datetime(2024, 1, 3, 10, 30, tzinfo=UTC)


@shows("time zone")
@pytest.mark.parametrize(
    ("config", "setting", "hour"),
    [('timeZone = "America/New_York"', "", 5), ("", "", 0), ("", "Asia/Tokyo", -9),
     ('timeZone = "America/New_York"', "UTC", 0)],
)  # fmt: skip
def test_a_time_without_zone_is_the_sites(hugo: Blog, config: str, setting: str, hour: int) -> None:
    hugo.write("hugo.toml", config)

    post = hugo.post(RYE, matter(title="x", date="2024-01-02T12:00:00"), timezone=setting)

    assert post.visible_from == datetime(2024, 1, 2, 12 + hour, tzinfo=UTC)


@shows("date")
@pytest.mark.parametrize(
    ("written", "day"),
    [
        ({"date": "2024-01-01", "publishDate": "2024-01-02", "lastmod": "2024-01-03"}, 1),
        ({"publishDate": "2024-01-02", "lastmod": "2024-01-03"}, 2),
        ({"pubdate": "2024-01-02", "published": "2024-01-03"}, 2),
        ({"published": "2024-01-02", "modified": "2024-01-03"}, 2),
        ({"published": "true", "lastmod": "2024-01-03"}, 3),
        ({"modified": "2024-01-03"}, 3),
    ],
)
def test_the_date_has_many_names(hugo: Blog, written: dict[str, str], day: int) -> None:
    assert hugo.post(RYE, matter(title="x", **written)).date == date(2024, 1, day)


@shows("date")
@pytest.mark.parametrize("written", ["", "''", "0001-01-01", "0001-01-01T00:00:00Z"])
def test_an_empty_date_is_none(hugo: Blog, written: str) -> None:
    post = hugo.post("content/2024-01-02-rye.md", matter(title="x", date=written))

    assert (post.date, post.visible_from) == (None, None)


@shows("date")
def test_a_date_that_is_none_is_told_with_file_and_line(hugo: Blog) -> None:
    problem = hugo.problem(RYE, matter(title="Rye", date="last Tuesday"))

    assert str(problem) == (f"{hugo.root}/{RYE}:3: date is 'last Tuesday'. Write it as YYYY-MM-DD")


# Categories, tags, excerpt


@shows("categories")
def test_a_page_without_category_has_its_section_for_one(hugo: Blog) -> None:
    hugo.write("content/posts/_index.md", matter(title="Our posts"))

    assert hugo.post("content/My Notes/deep/a.md", matter(title="x")).categories == ("my-notes",)
    assert hugo.post(RYE, matter(title="x", categories="[]")).categories == ("posts",)
    assert hugo.post("content/about.md", matter(title="x")).categories == ()


@shows("categories", "tags")
def test_one_text_is_one_term_and_other_words_are_none(hugo: Blog) -> None:
    post = hugo.post(
        RYE, matter(title="x", tags="dark, rye", categories="A b", tag="not this", category="nor")
    )

    assert (post.categories, post.tags) == (("A b",), ("dark, rye",))


@shows("categories", "tags", "hidden")
def test_terms_may_stand_in_params_but_not_what_hugo_itself_knows(hugo: Blog) -> None:
    post = hugo.post(
        RYE,
        "+++\ntitle = 'x'\n[params]\nTags = ['rye']\ncategories = ['A']\n"
        "slug = 'no'\ndraft = true\ndate = 2024-01-02\n+++\n",
    )

    assert (post.categories, post.tags) == (("A",), ("rye",))
    assert (post.url, post.date) == ("/posts/rye/", None)


@shows("excerpt")
@pytest.mark.parametrize(
    ("written", "body", "excerpt"),
    [
        ({"summary": "Sum", "description": "Desc"}, "One.\n\n<!--more-->\n\nTwo.", "One."),
        ({"summary": "Sum", "description": "Desc"}, "One.\n\n<!-- more -->\n\nTwo.", "Sum"),
        ({"summary": "Sum"}, "```\n<!--more-->\n```\n", "Sum"),
        ({"description": "Desc"}, "One.\n\nTwo.", "Desc"),
        ({"summary": "''"}, "<!--more-->\n\nOne.\n\nTwo.", "One."),
    ],
)
def test_the_excerpt_is_what_stands_before_more_then_the_summary(
    hugo: Blog, written: dict[str, str], body: str, excerpt: str
) -> None:
    assert hugo.post(RYE, matter(title="x", **written).replace("A loaf.", body)).excerpt == excerpt
