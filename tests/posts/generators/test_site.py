"""Built sites: HTML pages on disk, with a sitemap and without."""

import gzip
import json
from datetime import date
from typing import Any

import pytest
from cells import shows
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.post import LeftOut, Post, Problem
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings

ADDRESS = "https://a.example"


def page(head: str = "", body: str = "<main><h1>Rye</h1><p>A loaf.</p></main>") -> str:
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


def linked(kind: str = "BlogPosting", **values: Any) -> str:
    data = json.dumps({"@context": "https://schema.org", "@type": kind, **values})
    return f'<script type="application/ld+json">{data}</script>'


def og(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def sitemap(*paths: str, address: str = ADDRESS, kind: str = "urlset") -> str:
    entry = "url" if kind == "urlset" else "sitemap"
    inner = "".join(f"<{entry}><loc>{address}{path}</loc></{entry}>" for path in paths)
    return f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{kind}>'


def one(blog: Blog, head: str = "", **values: Any) -> Post:
    body = {"body": values.pop("body")} if "body" in values else {}
    return blog.post("rye/index.html", page(head, **body), generator="site", **values)


def reason(blog: Blog, path: str, head: str = "", **body: str) -> str:
    return blog.left_out(path, page(head, **body), generator="site")


# Which pages


@shows("files", "address")
def test_a_folder_with_a_sitemap_is_read_by_it(blog: Blog) -> None:
    blog.write("sitemap.xml", sitemap("/", "/rye/", "/oat", "/b%C3%A9/", "/gone/", "/a.pdf"))
    for path in ("index", "rye/index", "oat", "bé/index", "not-named", "404"):
        blog.write(f"{path}.html", page())
    blog.write("a.pdf", "%PDF")

    assert open_source(Settings(content=(blog.root,))).description.startswith("Built site ")
    assert {r.id: r.url for r in blog.read() if isinstance(r, Post)} == {
        "bé/index.html": f"{ADDRESS}/b%C3%A9/",
        "oat.html": f"{ADDRESS}/oat",
        "rye/index.html": f"{ADDRESS}/rye/",
    }


@shows("files", "address")
def test_a_site_below_a_path_is_found_in_the_folder_that_stands_for_it(blog: Blog) -> None:
    blog.write("sitemap.xml", sitemap("/blog/", "/blog/rye/", "/blog/oat/"))
    blog.write("index.html", page())
    blog.write("rye/index.html", page())
    blog.write("oat/index.html", page('<link rel="canonical" href="/blog/oat/">'))

    assert [r.url for r in blog.read() if isinstance(r, Post)] == [
        f"{ADDRESS}/blog/oat/",
        f"{ADDRESS}/blog/rye/",
    ]


@pytest.mark.parametrize("zipped", [False, True])
@shows("files")
def test_sitemaps_that_an_index_names_are_read_too(blog: Blog, zipped: bool) -> None:
    inner = sitemap("/rye/").encode()
    name = "maps/posts.xml" + (".gz" if zipped else "")
    blog.write("sitemap_index.xml", sitemap(f"/{name}", kind="sitemapindex"))
    blog.write(name, gzip.compress(inner) if zipped else inner)
    blog.write("rye/index.html", page())

    assert blog.ids() == ["rye/index.html"]


@shows("files")
def test_a_sitemap_that_is_named_and_missing_stops_the_run(blog: Blog) -> None:
    blog.write("sitemap.xml", sitemap("/posts.xml", kind="sitemapindex"))
    blog.write("rye/index.html", page())

    with pytest.raises(
        ContentError, match=r"it names the sitemap https://a\.example/posts\.xml, w"
    ):
        blog.read()


@shows("files")
def test_no_file_outside_the_folder_is_named_by_a_sitemap(blog: Blog) -> None:
    blog.write("../secret.html", page())
    blog.write("rye.html", page())
    blog.write("sitemap.xml", sitemap("/../secret.html", "/%2e%2e/secret", "/rye", "/a\x00b"))

    assert blog.ids() == ["rye.html"]

    blog.write("../posts.xml", sitemap("/rye"))
    blog.write("sitemap.xml", sitemap("/a/../../posts.xml", kind="sitemapindex"))
    with pytest.raises(ContentError, match="which is not there"):
        blog.read()


@pytest.mark.parametrize(
    "content", ["---\n---\n{{ pages }}", sitemap("/gone/"), sitemap(), "<rss/>", "http://[", ""]
)
@shows("files")
def test_what_is_called_a_sitemap_and_names_no_page_here_is_none(blog: Blog, content: str) -> None:
    blog.write("sitemap.xml", content)
    blog.write("a.md", "# Rye\n")

    assert blog.ids() == ["a.md"]


@shows("files")
def test_a_folder_of_a_site_is_read_as_a_part_of_it(blog: Blog) -> None:
    blog.write("sitemap.xml", sitemap("/posts/rye/", "/notes/oat/"))
    blog.write("posts/rye/index.html", page())
    blog.write("notes/oat/index.html", page())

    (post,) = blog.read("posts")

    assert isinstance(post, Post)
    assert (post.id, post.url) == ("posts/rye/index.html", f"{ADDRESS}/posts/rye/")


@shows("files", "address")
def test_without_a_sitemap_all_pages_are_read_when_the_generator_is_named(blog: Blog) -> None:
    for path in ("index.html", "404.html", "rye.html", "a b/index.html", ".x/y.html", "_x/y.html"):
        blog.write(path, page())

    found = blog.read(generator="site", site_url="https://b.example")

    assert {r.id: r.url for r in found if isinstance(r, Post)} == {
        "a b/index.html": "https://b.example/a%20b/",
        "rye.html": "https://b.example/rye.html",
    }


@pytest.mark.parametrize(
    "sign",
    [
        og("og:type", "article"),
        og("article:published_time", "2024-01-02"),
        linked("BlogPosting"),
        linked("WebPage", mainEntity={"@type": ["Thing", "TechArticle"]}),
        '<script type="application/ld+json">[{"@graph": [{"@type": "NewsArticle"}]}]</script>',
    ],
)
@shows("hidden")
def test_where_pages_say_that_they_are_articles_others_are_no_posts(blog: Blog, sign: str) -> None:
    blog.write("rye.html", page(sign))
    code = "<pre>&lt;meta property=og:type content=article&gt;</pre>"

    assert reason(blog, "about.html", og("og:type", "website")) == "no post"
    assert reason(blog, "tags/a.html", linked("CollectionPage")) == "no post"
    assert reason(blog, "oat.html", body=f"<article><h1>Oat</h1>{code}</article>") == "no post"
    assert isinstance(blog.read(generator="site")[2], Post)


@shows("hidden")
def test_where_no_page_says_so_those_with_one_article_are_posts(blog: Blog) -> None:
    entry = "<article><h2>Rye</h2></article>"
    related = f"<article><h1>Rye</h1><p>A loaf.</p></article>{entry}"

    post = blog.post("rye.html", page(body=f"<main>{related}</main>"), generator="site")

    assert post.body == "Rye\nA loaf."
    assert reason(blog, "about.html") == "no post"
    assert reason(blog, "list.html", body=entry * 2) == "no post"
    assert reason(blog, "tags/bread/index.html", body=entry) == "no post"


@shows("hidden")
def test_where_no_page_has_any_sign_lists_are_told_by_their_folders(blog: Blog) -> None:
    post = blog.post("rye.html", page(), generator="site")

    for path in ("tags/a.html", "category/a/index.html", "page/2/index.html", "Archive/2024.html"):
        assert reason(blog, path) == "no post"
    assert post in blog.read(generator="site")


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ('<meta name="robots" content="noindex, follow">', "noindex"),
        ("<META NAME=Robots CONTENT=NONE>", "noindex"),
        ('<meta http-equiv="refresh" content="0; url=/rye/">', "redirect"),
        ('<link rel="canonical" href="/other/">', "copy of another page"),
    ],
)
@shows("hidden")
def test_pages_that_are_not_to_be_found_are_left_out(blog: Blog, head: str, told: str) -> None:
    blog.write("other/index.html", page())

    assert reason(blog, "rye/index.html", head) == told


@shows("scheduled")
def test_a_page_that_is_there_is_seen_at_once(blog: Blog) -> None:
    post = one(blog, og("article:published_time", "2999-01-02"))

    assert (post.date, post.visible_from) == (date(2999, 1, 2), None)


# What a page says


@shows("title", "date", "categories", "tags", "excerpt", "language")
def test_a_page_with_linked_data_is_read_by_it(blog: Blog) -> None:
    head = linked(
        headline="Rye & oat",
        datePublished="2024-01-02T10:00:00+01:00",
        description="Short.",
        keywords="bread, rye",
        articleSection=["Baking"],
    )

    post = one(blog, head + og("og:title", "Other"))

    assert post == Post(
        id="rye/index.html",
        url="/rye/",
        title="Rye & oat",
        excerpt="Short.",
        body="Rye\nA loaf.",
        categories=("Baking",),
        tags=("bread", "rye"),
        date=date(2024, 1, 2),
        lang="en",
    )
    assert post.rules["date"] == "json-ld: datepublished"


@shows("title", "date", "categories", "tags", "excerpt")
def test_a_page_with_open_graph_is_read_by_it(blog: Blog) -> None:
    head = (
        og("og:title", "Rye &amp; oat")
        + og("og:description", "Short.")
        + og("article:published_time", "2024-01-02T23:00:00Z")
        + og("article:section", "Baking")
        + og("article:tag", "bread")
        + og("article:tag", "rye, dark")
    )

    post = one(blog, head)

    assert (post.title, post.excerpt, post.date) == ("Rye & oat", "Short.", date(2024, 1, 2))
    assert (post.categories, post.tags) == (("Baking",), ("bread", "rye, dark"))


@shows("title", "date", "categories", "tags", "excerpt")
def test_a_page_of_plain_html_is_read_by_its_elements(blog: Blog) -> None:
    body = (
        "<main><header><h1>Rye <a>¶</a></h1><time datetime='PT2H'>2 h</time>"
        "<time datetime='2024-01-02'>today</time></header><p>A loaf.</p>"
        "<a rel='category tag'>Baking</a> <a rel=tag>#rye</a></main>"
    )

    post = one(blog, "<title>x</title>", body=body)

    assert (post.title, post.excerpt, post.date) == ("Rye", "A loaf.", date(2024, 1, 2))
    assert (post.categories, post.tags) == (("Baking",), ("rye",))


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Rye</title>", "", "Rye"),
        ("<title>Rye | My blog</title>" + og("og:site_name", "My blog"), "", "Rye"),
        ("<title>My blog</title>" + og("og:site_name", "My blog"), "", "My blog"),
        ("<title>C# &amp; F#</title><svg><title>Icon</title></svg>", "", "C# & F#"),
        ("<title>Rye | My blog</title>", "<header><h1>Rye</h1></header>", "Rye"),
        ("<title>Rye | My blog</title>", "<header><h1>My blog</h1></header>", "Rye | My blog"),
    ],
)
@shows("title", "site-wide")
def test_the_title_of_the_window_comes_last_and_without_that_of_the_site(
    blog: Blog, head: str, body: str, title: str
) -> None:
    assert one(blog, head, body=f"{body}<article>A loaf.</article>").title == title


@shows("title")
def test_a_page_without_title_is_told(blog: Blog) -> None:
    problem = blog.problem("rye.html", page(body="<p>x</p>"), generator="site")

    assert problem.message == "There is no title. Give the page one: <title>…</title>"


@shows("date", "time zone")
def test_a_time_without_zone_is_that_of_the_setting(blog: Blog) -> None:
    late = linked(datePublished="2024-01-02T23:30:00Z")

    assert one(blog, late, timezone="Asia/Tokyo").date == date(2024, 1, 3)
    assert one(blog, late).date == date(2024, 1, 2)
    assert blog.problem(
        "oat.html", page(linked(datePublished="soon")), generator="site"
    ).message == ("json-ld: datepublished is 'soon'. Write it as YYYY-MM-DD")


@pytest.mark.parametrize(
    ("head", "settings", "url"),
    [
        ('<link rel="canonical" href="https://c.example/r">', {}, "https://c.example/r"),
        ('<link rel="canonical" href="http://localhost:1313/r/">', {"site_url": ADDRESS},
         f"{ADDRESS}/rye/"),
        ('<link rel="canonical" href="https://A.example/r">', {"site_url": ADDRESS},
         "https://A.example/r"),
        ("", {"url_template": "/b/{path}"}, "/b/rye"),
        ('<link rel="canonical" href="/r/">', {}, "/r/"),
        ('<link rel="canonical" href="/blog/r/">', {"site_url": "/blog"}, "/blog/r/"),
        ('<link rel="canonical" href="../r/">', {}, "/rye/"),
        ('<link rel="canonical" href="http://[x">', {}, "http://[x"),
    ],
)  # fmt: skip
@shows("address")
def test_the_address_is_the_canonical_one_on_this_host_else_the_path(
    blog: Blog, head: str, settings: dict[str, str], url: str
) -> None:
    assert one(blog, head, **settings).url == url


@shows("excerpt", "site-wide")
def test_a_description_of_the_whole_site_is_not_that_of_a_post(blog: Blog) -> None:
    whole = '<meta name="description" content="All about bread.">'
    blog.write("index.html", page(whole))

    assert one(blog, whole).excerpt == "A loaf."


@shows("language")
def test_a_page_that_names_no_language_has_none(blog: Blog) -> None:
    post = blog.post("rye.html", "<title>Rye</title><p>x", generator="site")

    assert post.lang is None


def test_the_text_is_that_of_the_main_part_alone(blog: Blog) -> None:
    body = (
        "<header>Blog</header><nav>Home</nav><main><header><h1>Rye</h1></header>{{ braces }}"
        "<p>A loaf.<script>x</script> And more.</p><aside>Ad</aside>tail<form>Mail</form>"
        "<footer>Share</footer></main><footer>2024</footer>"
    )

    post = one(blog, body=body)

    assert post.body == "{{ braces }}\nA loaf. And more.\ntail"
    assert post.excerpt == "A loaf. And more."


@pytest.mark.parametrize("content", [b"", b"<div>" * 3_000, b"\xe9" * 10])
def test_a_page_that_cannot_be_read_is_told_and_the_others_are_read(
    blog: Blog, content: bytes
) -> None:
    blog.write("a.html", content)
    blog.write("b.html", page())

    bad, good = blog.read(generator="site")

    assert isinstance(bad, Problem)
    assert bad.post_id == "a.html"
    assert isinstance(good, Post)


def test_odd_linked_data_does_no_harm(blog: Blog) -> None:
    odd = ("{", "[]", "5", '{"@type": 5, "@graph": [null, 7]}', "[" * 100_000)
    head = "".join(f'<script type="application/ld+json">{one}</script>' for one in odd)

    assert one(blog, head + "<script type=application/ld+json></script>").title == "Rye"
    assert isinstance(blog.read(generator="site")[0], Post | LeftOut)


@pytest.mark.parametrize(
    "body",
    [
        "<article><h1>x</h1><time datetime='2024-05-06'></time>"
        "<time itemprop=datePublished datetime='2024-01-02'></time></article>",
        "<article><h1>x</h1><i class='published' title='2024-01-02T10:00+01:00'>2</i></article>",
        "<article><h1>x</h1></article><aside><time datetime='2024-01-02 00:00:00+00:00'></aside>",
    ],
)  # fmt: skip
@shows("date")
def test_the_date_is_the_time_that_is_marked_or_the_only_one(blog: Blog, body: str) -> None:
    assert one(blog, body=body).date == date(2024, 1, 2)


@shows("date")
def test_times_of_other_posts_in_the_margin_are_not_that_of_a_page(blog: Blog) -> None:
    margin = "<aside><time datetime='2024-01-02'></time><time datetime='2024-01-03'></time></aside>"

    assert one(blog, body=f"<article><h1>x</h1></article>{margin}").date is None
