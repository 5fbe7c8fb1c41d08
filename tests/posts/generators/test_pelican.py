"""Pelican's rules: which files are articles, and what is made of them."""

import os
from datetime import UTC, date, datetime

import pytest
from cells import shows
from posts_blog import Blog, headed

from searchsvc.posts.post import Post

ARTICLE = "content/bread/rye.md"


@pytest.fixture
def pelican(blog: Blog) -> Blog:
    """A blog that is a Pelican site already."""
    blog.write("pelicanconf.py", 'PATH = "content"\n')
    (blog.root / "content").mkdir()
    return blog


@shows("title", "date", "address", "categories", "tags", "excerpt")
def test_an_article_is_made_of_its_headers_its_place_and_its_body(pelican: Blog) -> None:
    post = pelican.post(ARTICLE, headed(tags="bread, rye", Lang="de"))

    assert post == Post(
        id=ARTICLE,
        url="/rye-de.html",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("bread",),
        tags=("bread", "rye"),
        date=date(2024, 1, 2),
        lang="de",
    )
    assert post.rules["title"] == "header: Title"
    assert post.rules["categories"] == "folder of the file"


@shows("files")
def test_articles_are_markdown_rst_and_html_with_a_head_below_the_content(pelican: Blog) -> None:
    html = "<html><head><title>x</title><meta name=date content=2024-01-02></head><body></body>"
    for path in ("README.md", "content/pages/about.md", "content/.trash/a.md", "content/.b.md",
                 "content/c.MD", "content/d.txt", "output/e.md"):  # fmt: skip
        pelican.write(path, headed())
    pelican.write("content/bare.html", "<p>No head</p>")
    for path in ("content/a.md", "content/b.markdown", "content/x/y/c.mkd", "content/d.mdown"):
        pelican.write(path, headed())
    pelican.write("content/e.html", html)
    pelican.write("content/f.rst", "Rye\n===\n\n:date: 2024-01-02\n")

    assert pelican.ids() == [
        *("content/a.md", "content/b.markdown", "content/d.mdown", "content/e.html"),
        *("content/f.rst", "content/x/y/c.mkd"),
    ]


@shows("files", "site-wide")
def test_the_site_says_where_articles_lie(pelican: Blog) -> None:
    pelican.write(
        "pelicanconf.py",
        'PATH = "texts/"\nARTICLE_PATHS = ["blog", "one.md"]\nARTICLE_EXCLUDES = ["blog/old/"]\n'
        'PAGE_PATHS = ["blog/pages"]\nIGNORE_FILES = ["_*"]\nREADERS = {"rst": None}\n',
    )
    for path in ("texts/two.md", "texts/blog/old/a.md", "texts/blog/pages/a.md",
                 "texts/blog/_a.md", "content/a.md", "texts/blog/a.rst"):  # fmt: skip
        pelican.write(path, headed())
    for path in ("texts/one.md", "texts/blog/a.md", "texts/blog/older/a.md"):
        pelican.write(path, headed())

    assert pelican.ids() == ["texts/blog/a.md", "texts/blog/older/a.md", "texts/one.md"]


@shows("files", "site-wide")
def test_the_content_alone_is_read_by_the_rules_of_its_site(pelican: Blog) -> None:
    pelican.write("pelicanconf.py", 'PATH = "content"\nSITEURL = "https://a.example"\n')
    pelican.write("content/bread/rye.md", headed())
    pelican.write("content/rolls.md", headed(slug="rolls"))

    whole, part = pelican.read("content"), pelican.read("content/bread")

    assert [post.url for post in whole if isinstance(post, Post)] == [
        "https://a.example/rye.html",
        "https://a.example/rolls.html",
    ]
    assert [post.id for post in part if isinstance(post, Post)] == ["content/bread/rye.md"]


@shows("files")
def test_a_folder_beside_the_content_is_no_part_of_the_site(pelican: Blog) -> None:
    pelican.write("content/a.md", headed())
    pelican.write("docs/a.md", "# A title\n")

    (post,) = pelican.read("docs")

    assert isinstance(post, Post)
    assert post.url == "/a"


@shows("title")
@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("Title: Rye", "Rye"),
        ("TITLE:Rye", "Rye"),
        ("   title:   Rye  ", "Rye"),
        ("Title: Rye\n    and wheat", "Rye and wheat"),
        ("Title: *Rye* &amp; <em>wheat</em>", "Rye & wheat"),
        ('Title: "Rye: a loaf"', '"Rye: a loaf"'),
    ],
)
def test_the_title_is_a_header(pelican: Blog, header: str, title: str) -> None:
    assert pelican.post(ARTICLE, f"{header}\nDate: 2024-01-02\n\nText.\n").title == title


@shows("title", "date")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Date: 2024-01-02\n\n# A heading\n", "There is no title. Write one into the header"),
        ("\nTitle: Rye\nDate: 2024-01-02\n", "There is no title."),
        ("Title: Rye\n\nText.\n", "There is no date, and Pelican publishes no article without"),
        ("Title: Rye\nDate:\n\nText.\n", "There is no date"),
    ],
)
def test_what_pelican_skips_is_told(pelican: Blog, text: str, said: str) -> None:
    assert said in pelican.problem(ARTICLE, text).message


@shows("title", "tags")
@pytest.mark.parametrize("end", ["---", "..."])
def test_headers_may_stand_between_fences(pelican: Blog, end: str) -> None:
    post = pelican.post(
        ARTICLE, f"---\ntitle: Rye\ndate: 2024-01-02\ntags: a, b\n{end}\nText.\n\n---\n\nMore.\n"
    )

    assert (post.title, post.tags, post.body) == ("Rye", ("a", "b"), "Text.\nMore.")


YAML = '---\ntitle: "Rye: a loaf"\ndate: 2024-01-02\ntags:\n  - a\n  - b\n---\nText.\n'


@shows("tags", "site-wide")
@pytest.mark.parametrize(
    ("plugins", "title", "tags"),
    [
        ("", "Rye: a loaf", ("a", "b")),
        ('PLUGINS = ["yaml_metadata"]\n', "Rye: a loaf", ("a", "b")),
        ('PLUGINS = ["pelican.plugins.yaml_metadata"]\n', "Rye: a loaf", ("a", "b")),
        ('PLUGINS = ["sitemap"]\n', '"Rye: a loaf"', ()),
    ],
)
def test_yaml_is_read_where_its_plugin_may_be_there(
    pelican: Blog, plugins: str, title: str, tags: tuple[str, ...]
) -> None:
    pelican.write("pelicanconf.py", f'PATH = "content"\n{plugins}')

    post = pelican.post(ARTICLE, YAML)

    assert (post.title, post.tags) == (title, tags)


@shows("date", "time zone")
@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-01-02 23:30", date(2024, 1, 2)),
        ("2024-01-02_23:30", date(2024, 1, 2)),
        ("2024-01-02 23:30 -0500", date(2024, 1, 2)),
        ("2024-01-02T23:30:00Z", date(2024, 1, 2)),
        ("2024-01-02T00:30:00+09:00", date(2024, 1, 2)),
        ("02/03/2024", date(2024, 2, 3)),
        ("13/03/2024 10:00", date(2024, 3, 13)),
        ("Jan 2, 2024 11:30 PM", date(2024, 1, 2)),
    ],
)
def test_the_date_is_the_day_that_the_author_wrote(pelican: Blog, written: str, day: date) -> None:
    pelican.write("pelicanconf.py", 'PATH = "content"\nTIMEZONE = "Asia/Tokyo"\n')

    assert pelican.post(ARTICLE, headed(Date=written)).date == day


@shows("date")
def test_a_date_that_is_none_is_told_with_its_line(pelican: Blog) -> None:
    problem = pelican.problem(ARTICLE, headed(Date="soon"))

    assert str(problem) == f"{pelican.root}/{ARTICLE}:2: date is 'soon'. Write it as YYYY-MM-DD"


@shows("time zone", "scheduled", "site-wide")
def test_times_are_those_of_the_site_or_of_the_article(pelican: Blog) -> None:
    pelican.write(
        "pelicanconf.py",
        'PATH = "content"\nTIMEZONE = "Asia/Tokyo"\nWITH_FUTURE_DATES = False\n',
    )

    site = pelican.post(ARTICLE, headed(Date="2024-01-02 10:00"))
    own = pelican.post(ARTICLE, headed(Date="2024-01-02 10:00", Timezone="Europe/Paris"))
    wrong = pelican.problem(ARTICLE, headed(Timezone="Mars/Olympus"))

    assert site.visible_from == datetime(2024, 1, 2, 1, tzinfo=UTC)
    assert own.visible_from == datetime(2024, 1, 2, 9, tzinfo=UTC)
    assert "timezone is 'Mars/Olympus'. There is no such time zone" in wrong.message


@shows("scheduled")
def test_articles_to_come_are_seen_at_once_unless_the_site_says_no(pelican: Blog) -> None:
    assert pelican.post(ARTICLE, headed(Date="2999-01-02")).visible_from is None

    pelican.write("pelicanconf.py", 'PATH = "content"\nWITH_FUTURE_DATES = False\n')

    later = pelican.post(ARTICLE, headed(Date="2999-01-02")).visible_from
    assert later == datetime(2999, 1, 2, tzinfo=UTC)


@shows("hidden")
@pytest.mark.parametrize(
    ("status", "reason"),
    [("draft", "draft"), ("Draft", "draft"), ("hidden", "unlisted"), ("skip", "skipped")],
)
def test_the_status_hides_an_article(pelican: Blog, status: str, reason: str) -> None:
    assert pelican.left_out(ARTICLE, headed(Status=status)) == reason


@shows("hidden")
def test_other_generators_words_hide_nothing(pelican: Blog) -> None:
    assert pelican.post(ARTICLE, headed(Draft="true", Published="false", Status="published"))


@shows("hidden")
def test_a_draft_needs_no_date(pelican: Blog) -> None:
    assert pelican.left_out(ARTICLE, "Title: Rye\nStatus: draft\n\nText.\n") == "draft"


@shows("hidden")
def test_an_unknown_status_is_told(pelican: Blog) -> None:
    problem = pelican.problem(ARTICLE, headed(Status="ready"))

    assert problem.message == "status is 'ready'. Write one of draft, hidden, skip, published"


@shows("hidden")
@pytest.mark.parametrize(
    ("path", "header", "withdrawn"),
    [
        (ARTICLE, b"Status: Draft\n", True),
        (ARTICLE, b"Status: published\n", False),
        ("content/a.rst", b":status: hidden\n", True),
        ("content/a.html", b'<meta name="status" content="draft">', True),
    ],
)
def test_a_draft_that_cannot_be_read_is_withdrawn(
    pelican: Blog, path: str, header: bytes, withdrawn: bool
) -> None:
    problem = pelican.problem(path, header + b"Title: \xff\n")

    assert "is not UTF-8" in problem.message
    assert problem.withdrawn == withdrawn


@shows("categories")
@pytest.mark.parametrize(
    ("path", "config", "header", "category"),
    [
        ("content/bread/rye.md", "", {}, ("bread",)),
        ("content/bread/dark/rye.md", "", {}, ("dark",)),
        ("content/rye.md", "", {}, ("misc",)),
        ("content/rye.md", 'DEFAULT_CATEGORY = "Crumbs"', {}, ("Crumbs",)),
        ("content/bread/rye.md", "USE_FOLDER_AS_CATEGORY = False", {}, ("misc",)),
        ("content/bread/rye.md", "", {"Category": "Loaves, big"}, ("Loaves, big",)),
        ("content/bread/rye.md", 'CATEGORY_SAVE_AS = ""', {}, ()),
        ("content/bread/rye.md", 'CATEGORY_SAVE_AS = ""', {"Category": "Own"}, ("Own",)),
    ],
)
def test_the_category_is_a_header_or_the_innermost_folder_or_the_sites(
    pelican: Blog, path: str, config: str, header: dict[str, str], category: tuple[str, ...]
) -> None:
    pelican.write("pelicanconf.py", f'PATH = "content"\n{config}\n')

    assert pelican.post(path, headed(**header)).categories == category


@shows("tags")
@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("a, b c ,d", ("a", "b c", "d")),
        ("a, b; c", ("a, b", "c")),
        ("a, A, a", ("a",)),
        ("a,\n    b", ("a",)),
        ("", ()),
    ],
)
def test_tags_are_cut_at_semicolons_or_else_at_commas(
    pelican: Blog, written: str, tags: tuple[str, ...]
) -> None:
    assert pelican.post(ARTICLE, headed(Tags=written)).tags == tags


WORDS = "one two three four five"


@shows("excerpt")
@pytest.mark.parametrize(
    ("config", "summary", "excerpt"),
    [
        ("", "", "Bread one two three four five More."),
        ("", "Summary: Of *rye*\n    and wheat.\n", "Of rye and wheat."),
        ("SUMMARY_MAX_LENGTH = 3", "", "Bread one two…"),
        ("SUMMARY_MAX_LENGTH = None", "", "Bread one two three four five More."),
        ("SUMMARY_MAX_LENGTH = 0", "", "one two three four five"),
        ("SUMMARY_MAX_PARAGRAPHS = 1", "", "one two three four five"),
    ],
)
def test_the_excerpt_is_a_header_or_the_first_words(
    pelican: Blog, config: str, summary: str, excerpt: str
) -> None:
    pelican.write("pelicanconf.py", f'PATH = "content"\n{config}\n')

    text = f"Title: Rye\nDate: 2024-01-02\n{summary}\n## Bread\n\n{WORDS}\n\nMore.\n"
    assert pelican.post(ARTICLE, text).excerpt == excerpt


@shows("excerpt")
def test_the_excerpt_may_end_at_a_marker(pelican: Blog) -> None:
    text = headed() + "\nMore.\n\n<!-- PELICAN_END_SUMMARY -->\n\nRest.\n"

    assert pelican.post(ARTICLE, text).excerpt == "A loaf. More."


@shows("language", "site-wide")
def test_the_language_is_a_header_or_the_sites(pelican: Blog) -> None:
    assert pelican.post(ARTICLE, headed()).lang is None
    assert pelican.post(ARTICLE, headed(Lang="fr")).lang == "fr"

    pelican.write("pelicanconf.py", 'PATH = "content"\nDEFAULT_LANG = "DE"\n')

    assert pelican.post(ARTICLE, headed()).lang == "de"
    assert pelican.post(ARTICLE, headed(), language="french").lang is None


@shows("date", "site-wide")
def test_a_site_may_take_the_time_of_the_file_for_the_date(pelican: Blog) -> None:
    pelican.write("pelicanconf.py", 'PATH = "content"\nDEFAULT_DATE = "fs"\n')
    file = pelican.write(ARTICLE, "Title: Rye\n\nText.\n")
    os.utime(file, (0, datetime(2024, 1, 2, 10, tzinfo=UTC).timestamp()))

    (post,) = pelican.read()

    assert isinstance(post, Post)
    assert post.date == date(2024, 1, 2)
    assert post.rules["date"] == "DEFAULT_DATE: time of the file"


RST = """.. a comment
   that goes on

=====
 Rye
=====

:date: 2024-01-02 10:00
:tags: dark,
       bread
:category: Loaves
:slug: rye-bread
:summary: Of *rye*.

A loaf with ``code`` and a `link <https://a.example>`_.
"""


@shows("title", "date", "categories", "tags", "excerpt", "address")
def test_an_rst_file_has_fields_below_its_title(pelican: Blog) -> None:
    post = pelican.post("content/rye.rst", RST)

    assert post == Post(
        id="content/rye.rst",
        url="/rye-bread.html",
        title="Rye",
        excerpt="Of rye.",
        body="A loaf with code and a link.",
        categories=("Loaves",),
        tags=("dark", "bread"),
        date=date(2024, 1, 2),
    )


@shows("title")
@pytest.mark.parametrize(
    "text",
    ["Rye\n###\n\n:date: 2024-01-02\n", ":title: Rye\n:date: 2024-01-02\n\nText.\n",
     "Wheat\n=====\n\n:date: 2024-01-02\n:title: Rye\n"],
)  # fmt: skip
def test_the_title_of_an_rst_file_is_the_first_heading_or_a_field(pelican: Blog, text: str) -> None:
    assert pelican.post("content/rye.rst", text).title.endswith("Rye")


HTML = """<!DOCTYPE html>
<html><HEAD>
<title>Rye &amp; wheat</title>
<meta charset="utf-8">
<meta name="Date" content="2024-01-02">
<meta name='keywords' content="a, b > c"/>
<meta content="Loaves" name="category">
<meta name="summary" contents="In short.">
</HEAD><body class="x">
<p>A <b>loaf</b>.</p></body></html>
"""


@shows("title", "date", "categories", "tags", "excerpt")
def test_an_html_file_says_it_in_its_head(pelican: Blog) -> None:
    post = pelican.post("content/rye.html", HTML)

    assert post == Post(
        id="content/rye.html",
        url="/rye-wheat.html",
        title="Rye & wheat",
        excerpt="In short.",
        body="A loaf.",
        categories=("Loaves",),
        tags=("a", "b > c"),
        date=date(2024, 1, 2),
    )


def test_the_body_begins_where_the_headers_end(pelican: Blog) -> None:
    text = "Title: Rye\nDate: 2024-01-02\nThis is no header.\nNote: nor is this.\n"

    assert pelican.post(ARTICLE, text).body == "This is no header. Note: nor is this."
