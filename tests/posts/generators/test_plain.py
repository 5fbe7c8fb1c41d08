"""Plain folders: which files are posts, and what is made of them."""

from datetime import UTC, date, datetime

import pytest
from cells import shows
from posts_blog import Blog

from searchsvc.posts.post import Post


def matter(**values: str) -> str:
    return (
        "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\nA loaf.\n"
    )


@shows("title", "date", "address", "categories", "tags", "excerpt", "language")
def test_a_post_is_made_of_its_front_matter_and_its_body(blog: Blog) -> None:
    post = blog.post(
        "notes/rye.md",
        matter(title="Rye", date="2024-01-02", category="Baking", tags="[bread, rye]", lang="en"),
    )

    assert post == Post(
        id="notes/rye.md",
        url="/notes/rye",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("Baking",),
        tags=("bread", "rye"),
        date=date(2024, 1, 2),
        visible_from=datetime(2024, 1, 2, tzinfo=UTC),
        lang="en",
    )


@shows("files")
def test_only_markdown_and_html_with_front_matter_are_posts(blog: Blog) -> None:
    for path in ("README.md", "readme.de.md", "LICENSE.md", "licence.md", "_index.md",
                 ".b.md", "_drafts/a.md", ".git/b.md", "node_modules/c.md", "notes.txt",
                 "md", ".md"):  # fmt: skip
        blog.write(path, "# Title\n")
    blog.write("page.html", "<h1>No front matter</h1>")
    for path in ("a.md", "b.markdown", "c.MD", "d/e.mkd", "f.mdown"):
        blog.write(path, "# Title\n")
    blog.write("g.html", "---\n---\n<h1>Title</h1>")

    assert blog.ids() == ["a.md", "b.markdown", "c.MD", "d/e.mkd", "f.mdown", "g.html"]


@shows("files")
def test_posts_whose_names_begin_like_a_readme_or_a_licence_are_posts(blog: Blog) -> None:
    names = ["license-to-kill.md", "licensing-explained.md", "readme-driven-development.md"]
    for name in names:
        blog.write(name, "# Title\n")

    assert blog.ids() == names


@shows("title")
@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("---\ntitle: Key\n---\n# Heading\n", "Key"),
        ("---\nTitle: Key\n---\n", "Key"),
        ("---\nTITLE: One\ntitle: Two\n---\n", "Two"),
        ("# Heading `x`\n\nText", "Heading x"),
        ("Heading\n=======\n", "Heading"),
        ("---\ntitle:\n---\n# Heading\n", "Heading"),
        ("+++\ntitle = 'TOML'\n+++\n", "TOML"),
        ('{"title": "JSON"}\n', "JSON"),
    ],
)
def test_the_title_is_the_key_or_the_first_heading(blog: Blog, content: str, title: str) -> None:
    assert blog.post("a.md", content).title == title


@shows("title")
@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("How to bake rye.md", "How to bake rye"),
        ("how-to_bake-rye.md", "How to bake rye"),
        ("rye.md", "Rye"),
        ("Rye-and-Wheat.md", "Rye and Wheat"),
        ("iPhone.md", "iPhone"),
        ("C++ & C# – notes.md", "C++ & C# – notes"),
        ("2024-01-02 How to bake.md", "How to bake"),
        ("2024-01-02-how-to-bake.md", "How to bake"),
        ("2024-01-02.md", "2024-01-02"),
        ("how-to/index.md", "How to"),
        ("焼き方.md", "焼き方"),
    ],
)
def test_without_a_title_and_a_heading_it_is_the_name(blog: Blog, path: str, title: str) -> None:
    post = blog.post(path, "## Only a small heading\n")

    assert post.title == title
    assert post.rules["title"] == "name of the file"


@shows("title")
def test_other_names_are_no_titles(blog: Blog) -> None:
    assert blog.post("rye.md", "---\naliases: [Bread, Loaf]\n---\n").title == "Rye"


@shows("title")
@pytest.mark.parametrize("path", ["index.md", "---.md", "¡!.md"])
def test_a_post_without_any_title_is_told_with_the_remedy(blog: Blog, path: str) -> None:
    problem = blog.problem(path, "## Only a small heading\n")

    assert problem.post_id == path
    assert str(problem) == (
        f"{blog.root}/{path}: There is no title. Write one into the front matter: title: …"
    )


@shows("date")
@pytest.mark.parametrize(
    ("path", "values", "day"),
    [
        ("a.md", {"date": "2024-01-02"}, date(2024, 1, 2)),
        ("a.md", {"Date": "Jan 2, 2006"}, date(2006, 1, 2)),
        ("2023-05-06-a.md", {}, date(2023, 5, 6)),
        ("2023-05-06.md", {}, date(2023, 5, 6)),
        ("2023-05-06 a note.md", {}, date(2023, 5, 6)),
        ("2023-05-06-a/index.md", {}, date(2023, 5, 6)),
        ("2023-05-06-a.md", {"date": "2024-01-02"}, date(2024, 1, 2)),
        ("2023-99-06-a.md", {}, None),
        ("a.md", {"pubDate": "2024-01-02"}, date(2024, 1, 2)),
        ("a.md", {"publishDate": "2024-01-02"}, date(2024, 1, 2)),
        ("a.md", {"published": "2024-01-02"}, date(2024, 1, 2)),
        ("a.md", {"published": "true"}, None),
        ("a.md", {"date": "{created: 2024-01-02, updated: 2024-05-06}"}, date(2024, 1, 2)),
        ("a.md", {"created": "2024-01-02"}, date(2024, 1, 2)),
        ("a.md", {"date created": "Tuesday, January 2nd 2024, 10:00:00 pm"}, date(2024, 1, 2)),
        ("a.md", {"created": "2024-01-02", "date": "2023-05-06"}, date(2023, 5, 6)),
        ("a.md", {}, None),
    ],
)
def test_the_date_is_the_key_or_in_the_name(
    blog: Blog, path: str, values: dict[str, str], day: date | None
) -> None:
    assert blog.post(path, matter(title="x", **values)).date == day


@shows("date")
def test_a_date_that_is_none_is_told(blog: Blog) -> None:
    problem = blog.problem("a.md", matter(title="x", Date="2024-02-30"))

    assert problem.place.endswith("a.md:3")
    assert problem.message == (
        "date is '2024-02-30'. There is no such day or time. Write it as YYYY-MM-DD"
    )


@shows("address")
@pytest.mark.parametrize(
    ("path", "values", "url"),
    [
        ("a.md", {}, "/a"),
        ("a/b.md", {}, "/a/b"),
        ("a/index.md", {}, "/a/"),
        ("index.md", {}, "/"),
        ("a b/é.md", {}, "/a%20b/%C3%A9"),
        ("a/b.md", {"slug": "c"}, "/a/c"),
        ("a/index.md", {"slug": "c"}, "/c/"),
        ("a.md", {"permalink": "/x/y/"}, "/x/y/"),
        ("a.md", {"url": "x/y.html"}, "/x/y.html"),
        ("a.md", {"url": "https://a.example/x"}, "https://a.example/x"),
        ("a.md", {"url": "javascript:alert(1)"}, "/javascript:alert(1)"),
        ("a.md", {"url": "//evil.example/x"}, "/evil.example/x"),
    ],
)
def test_the_url_is_the_path_or_the_key(
    blog: Blog, path: str, values: dict[str, str], url: str
) -> None:
    assert blog.post(path, matter(title="x", **values)).url == url


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("/{year}/{month}/{day}/{slug}/", "/2024/01/02/rye/"),
        ("/{folder}/{slug}.html", "/notes/deep/rye.html"),
        ("/blog/{path}/", "/blog/notes/deep/2024-01-02-rye/"),
        ("{slug}", "/rye"),
    ],
)
def test_the_url_can_follow_a_template(blog: Blog, template: str, url: str) -> None:
    post = blog.post("notes/deep/2024-01-02-rye.md", matter(title="x"), url_template=template)

    assert post.url == url


@shows("address")
def test_a_template_does_not_leave_double_slashes(blog: Blog) -> None:
    assert blog.post("a.md", matter(title="x"), url_template="/{folder}/{slug}").url == "/a"


@shows("address")
def test_a_template_with_a_date_needs_one(blog: Blog) -> None:
    problem = blog.problem("a.md", matter(title="x"), url_template="/{year}/{slug}/")

    assert "The address /{year}/{slug}/ needs a date" in problem.message


@shows("address", "site-wide")
def test_urls_begin_with_the_blogs_address(blog: Blog) -> None:
    url = blog.post("a.md", matter(title="x"), site_url="https://a.example/blog/").url

    assert url == "https://a.example/blog/a"


@shows("categories", "tags")
@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("foo bar", ("foo bar",)),
        ("foo, bar baz ,qux", ("foo", "bar baz", "qux")),
        ("[foo, 'bar, baz', 2024, null]", ("foo", "bar, baz", "2024")),
        ("[{label: Foo, permalink: /foo}, bar]", ("Foo", "bar")),
        ("[[a, b], [c]]", ("a", "b", "c")),
        ("[Café, CAFE]", ("Café",)),
        ("", ()),
    ],
)
@pytest.mark.parametrize("key", ["tags", "tag", "categories", "category"])
def test_categories_and_tags_are_lists_or_texts_with_commas(
    blog: Blog, key: str, written: str, found: tuple[str, ...]
) -> None:
    post = blog.post("a.md", matter(title="x", **{key: written}))

    assert (post.tags if key.startswith("tag") else post.categories) == found


@shows("categories", "tags")
def test_taxonomies_are_understood(blog: Blog) -> None:
    post = blog.post(
        "a.md", "+++\ntitle = 'x'\n[taxonomies]\ntags = ['a']\ncategories = ['b']\n+++\n"
    )

    assert (post.tags, post.categories) == (("a",), ("b",))


@shows("excerpt")
@pytest.mark.parametrize(
    ("values", "excerpt"),
    [
        ({"excerpt": "One", "summary": "Two"}, "One"),
        ({"summary": "'**Two**'", "description": "Three"}, "Two"),
        ({"description": "Three"}, "Three"),
        ({"excerpt": ""}, "A loaf."),
        ({}, "A loaf."),
    ],
)
def test_the_excerpt_is_a_key_or_the_first_paragraph(
    blog: Blog, values: dict[str, str], excerpt: str
) -> None:
    assert blog.post("a.md", matter(title="x", **values)).excerpt == excerpt


@shows("hidden")
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"Draft": "true"}, "draft"),
        ({"published": "false"}, "unpublished"),
        ({"redirect": "/x"}, "redirect"),
    ],
)
def test_posts_not_for_readers_are_left_out(
    blog: Blog, values: dict[str, str], reason: str
) -> None:
    assert blog.left_out("a.md", matter(**values)) == reason


@shows("scheduled")
def test_a_post_is_seen_from_its_date_or_publishing_date_until_it_expires(blog: Blog) -> None:
    post = blog.post(
        "a.md",
        matter(
            title="x", date="2024-01-02", publishDate="2024-02-03 10:00", expiryDate="2025-01-01"
        ),
        timezone="Europe/Paris",
    )

    assert post.date == date(2024, 1, 2)
    assert post.visible_from == datetime(2024, 2, 3, 9, tzinfo=UTC)
    assert post.visible_until == datetime(2024, 12, 31, 23, tzinfo=UTC)


@shows("time zone")
def test_the_time_zone_of_a_plain_blog_is_utc_unless_set(blog: Blog) -> None:
    text = matter(title="x", date="2024-01-02 20:00:00 -0500")

    assert blog.post("a.md", text).date == date(2024, 1, 3)
    assert blog.post("a.md", text, timezone="America/New_York").date == date(2024, 1, 2)


@shows("hidden")
def test_broken_front_matter_is_told_and_a_draft_is_withdrawn(blog: Blog) -> None:
    broken = blog.problem("a.md", "---\ntitle: Rye: a loaf\n---\n")
    draft = blog.problem("b.md", "---\ntitle: Rye: a loaf\ndraft: true\n---\n")

    assert broken.place.endswith("a.md:2")
    assert not broken.withdrawn
    assert draft.withdrawn
