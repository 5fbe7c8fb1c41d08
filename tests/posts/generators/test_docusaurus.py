"""Docusaurus: posts of its blog plugin, their addresses, and their translations."""

from datetime import date

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post

RYE = "blog/2024-01-02-rye-bread.md"


def config(*lines: str) -> str:
    return "export default {\n" + "\n".join(["presets: ['classic'],", *lines]) + "\n}\n"


def options(text: str) -> str:
    return config(f"presets: [['classic', {{blog: {{{text}}}}}]],")


@pytest.fixture
def docusaurus(blog: Blog) -> Blog:
    blog.write("docusaurus.config.ts", config())
    return blog


@shows("files", "title", "date", "address", "categories", "tags", "excerpt", "time zone")
def test_a_post_is_made_of_its_front_matter_its_name_and_its_body(docusaurus: Blog) -> None:
    post = docusaurus.post(RYE, matter(title="Rye", tags="[bread, rye]", authors="[mia]"))

    assert post == Post(
        id=RYE,
        url="/blog/2024/01/02/rye-bread",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        tags=("bread", "rye"),
        date=date(2024, 1, 2),
    )


@shows("files")
def test_only_markdown_of_the_blog_is_a_post(docusaurus: Blog) -> None:
    for path in ("docs/a.md", "src/pages/b.md", "blog/_c.md", "blog/_d/e.md", "blog/.f.md",
                 "blog/__tests__/g.md", "blog/authors.yml", "node_modules/x/blog/h.md",
                 "i18n/fr/docusaurus-plugin-content-blog/i.md"):  # fmt: skip
        docusaurus.write(path, matter(title="x"))
    for path in ("blog/j.md", "blog/2024/01-02-k/index.mdx"):
        docusaurus.write(path, matter(title="x"))

    assert docusaurus.ids() == ["blog/2024/01-02-k/index.mdx", "blog/j.md"]


@shows("files", "site-wide")
def test_which_files_count_is_what_the_configuration_says(docusaurus: Blog) -> None:
    docusaurus.write(
        "docusaurus.config.ts",
        options("path: './log', include: ['*.md', 'x/**'], exclude: ['old*']"),
    )
    for name in ("a.md", "_b.md", "old.md", "sub/c.md", "x/d/e.mdx"):
        docusaurus.write(f"log/{name}", matter(title="x"))

    assert docusaurus.ids() == ["log/_b.md", "log/a.md", "log/x/d/e.mdx"]


@shows("files", "address", "site-wide")
def test_there_may_be_several_blogs_or_none(docusaurus: Blog) -> None:
    docusaurus.write(
        "docusaurus.config.ts",
        """const base = '/b/';
        module.exports = {
          url: 'https://a.example', baseUrl: base,
          presets: [[require.resolve('@docusaurus/preset-classic'), {blog: false, docs: {}}]],
          plugins: ['x', ['@docusaurus/plugin-content-blog', {id: 'news', path: 'news',
                     routeBasePath: '/'}],
                    ['content-blog', {id: 'log', path: 'log', routeBasePath: 'our/log'}],
                    async function other() { return {name: 'o'} }],
        };""",
    )
    for path in ("blog/a.md", "news/b.md", "log/c.md"):
        docusaurus.write(path, matter(title="x"))

    assert [r.url for r in docusaurus.read() if isinstance(r, Post)] == [
        "https://a.example/b/our/log/c",
        "https://a.example/b/b",
    ]


@shows("files")
def test_a_folder_within_the_blog_is_read_as_part_of_its_site(docusaurus: Blog) -> None:
    docusaurus.write("blog/2024/a.md", matter(title="x"))
    docusaurus.write("blog/b.md", matter(title="x"))

    assert docusaurus.ids() == ["blog/2024/a.md", "blog/b.md"]
    (post,) = (r for r in docusaurus.read("blog/2024") if isinstance(r, Post))
    assert (post.id, post.url) == ("blog/2024/a.md", "/blog/2024/a")


@shows("files")
def test_another_folder_of_the_site_is_no_blog(docusaurus: Blog) -> None:
    docusaurus.write("notes/a.md", matter(title="x"))

    assert [r.url for r in docusaurus.read("notes") if isinstance(r, Post)] == ["/a"]


@shows("title")
@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("a.md", "---\ntitle: One\n---\n# Two", "One"),
        ("a.md", "# Two `code` {#id}\n", "Two code"),
        ("a.md", "import A from 'a';\nimport B from 'b';\n\n# Two ##\n", "Two"),
        ("a.md", "Two\n===\n", "Two"),
        ("a.md", "---\ntitle: ''\n---\n#Two\n\nText", "a"),
        ("a.md", "Text.\n\n# Two\n", "a"),
        ("2024-01-02-a-b.md", "## Two", "a-b"),
        ("c/2024-01-02-a-b/index.md", "", "a-b"),
        ("c/d/index.md", "", "c/d"),
    ],
)
def test_the_title_is_the_key_the_heading_at_the_top_or_the_name(
    docusaurus: Blog, path: str, text: str, title: str
) -> None:
    assert docusaurus.post(f"blog/{path}", text).title == title


@shows("date", "time zone")
@pytest.mark.parametrize(
    ("path", "written", "day"),
    [
        ("2024-1-2-a.md", "", date(2024, 1, 2)),
        ("2024/01/02/a.md", "", date(2024, 1, 2)),
        ("x/2024-01-02.mdx", "", date(2024, 1, 2)),
        ("2024-01-02-a.md", "2023-04-05", date(2023, 4, 5)),
        ("a.md", "2023-04-05T23:30:00-05:00", date(2023, 4, 6)),
        ("a.md", "2023-04-05 23:30", date(2023, 4, 5)),
        ("2024-99-99-a.md", "", None),
        ("a.md", "", None),
    ],
)
def test_the_date_is_the_key_or_in_the_path_as_in_utc(
    docusaurus: Blog, path: str, written: str, day: date | None
) -> None:
    assert docusaurus.post(f"blog/{path}", matter(title="x", date=written)).date == day


@shows("time zone")
def test_a_setting_can_name_another_time_zone(docusaurus: Blog) -> None:
    text = matter(title="x", date="2023-04-05T23:30:00-04:00")

    assert docusaurus.post("blog/a.md", text, timezone="America/New_York").date == date(2023, 4, 5)


@shows("address")
@pytest.mark.parametrize(
    ("path", "slug", "url"),
    [
        ("2024-1-2-Rye_bread.md", "", "/blog/2024/1/2/Rye_bread"),
        ("deep/2024-01-02-a/index.md", "", "/blog/2024/01/02/deep/a"),
        ("2024/01/02-a.md", "", "/blog/2024/01/02/a"),
        ("a/b c.mdx", "", "/blog/a/b%20c"),
        ("a/index.md", "", "/blog/a"),
        ("2024-01-02-a.md", "own", "/blog/own"),
        ("2024-01-02-a.md", "/own//of/mine/", "/blog/own/of/mine/"),
    ],
)
def test_the_address_is_the_slug_or_the_path(
    docusaurus: Blog, path: str, slug: str, url: str
) -> None:
    assert docusaurus.post(f"blog/{path}", matter(title="x", slug=slug)).url == url


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("slash", "url"), [("true", "/blog/own/"), ("false", "/blog/own"), ("undefined", "/blog/own/")]
)
def test_slashes_at_the_end_are_as_the_site_has_them(
    docusaurus: Blog, slash: str, url: str
) -> None:
    docusaurus.write("docusaurus.config.ts", config(f"trailingSlash: {slash},"))

    assert docusaurus.post("blog/a.md", matter(title="x", slug="own/")).url == url


@shows("address")
def test_a_template_stands_in_for_the_path(docusaurus: Blog) -> None:
    text, template = matter(title="x"), "/{folder}/{year}/{slug}.html"

    assert docusaurus.post("blog/b/2024-01-02-a.md", text, url_template=template).url == (
        "/b/2024/a.html"
    )
    own = docusaurus.post("blog/a.md", matter(title="x", slug="own"), url_template=template)
    assert own.url == "/blog/own"


@shows("address", "site-wide")
def test_an_address_that_is_computed_is_told_where_it_is_needed(docusaurus: Blog) -> None:
    docusaurus.write("docusaurus.config.ts", config("url: process.env.URL,", "baseUrl: base(),"))
    docusaurus.write(RYE, matter(title="Rye"))

    with pytest.raises(ContentError, match=r"config.ts: baseUrl is .*setting site_url"):
        docusaurus.read()
    post = docusaurus.post(RYE, matter(title="Rye"), site_url="https://a.example/b")
    assert post.url == "https://a.example/b/blog/2024/01/02/rye-bread"


@shows("site-wide")
@pytest.mark.parametrize("text", ["routeBasePath: f()", "path: '../blog'", "...f(), path: g()"])
def test_options_that_cannot_be_used_are_told(docusaurus: Blog, text: str) -> None:
    docusaurus.write("docusaurus.config.ts", options(text))

    with pytest.raises(ContentError, match=r"docusaurus.config.ts: (path|routeBasePath) is"):
        docusaurus.read()


@shows("site-wide", "files")
def test_a_configuration_that_tells_nothing_means_the_usual_blog(docusaurus: Blog) -> None:
    docusaurus.write("docusaurus.config.ts", "export default makeConfig('x')\n")

    assert docusaurus.post(RYE, matter(title="x")).url == "/blog/2024/01/02/rye-bread"


@shows("tags", "site-wide")
def test_tags_are_called_what_the_file_of_tags_says(docusaurus: Blog) -> None:
    docusaurus.write("blog/tags.yml", "rye:\n  label: Rye bread\nsour-dough:\n")

    post = docusaurus.post(RYE, matter(tags="[rye, sour-dough, {label: A, permalink: /a}, b]"))

    assert post.tags == ("Rye bread", "Sour-dough", "A", "b")


@shows("tags", "site-wide")
@pytest.mark.parametrize(
    ("written", "tag"), [("tags: false", "rye"), ("tags: 'other.yml'", "Other")]
)
def test_the_file_of_tags_may_be_another_or_none(docusaurus: Blog, written: str, tag: str) -> None:
    docusaurus.write("docusaurus.config.ts", options(written))
    docusaurus.write("blog/tags.yml", "rye: {label: Rye bread}\n")
    docusaurus.write("blog/other.yml", "rye: {label: Other}\n")

    assert docusaurus.post(RYE, matter(tags="[rye]")).tags == (tag,)


@shows("categories")
def test_there_are_no_categories(docusaurus: Blog) -> None:
    assert docusaurus.post(RYE, matter(categories="[a]")).categories == ()


@shows("excerpt")
@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("# Rye\n\nOne *two*.\n\n<!-- truncate -->\n\nThree.", "One two."),
        (
            "# Rye\n\n<Loaf a={1}>\n\nOne {x}two.\n\n</Loaf>\n\n{/* truncate */}\n\nThree.",
            "One two.",
        ),
        ("---\ndescription: Said.\n---\nOne.\n\n{/*truncate*/}\n\nTwo.", "One."),
        ("---\ndescription: Said.\n---\nOne.", "Said."),
        ("import A from 'a';\n\n# Rye\n\n<A/>\n\n:::note\n\nOne.\n\n:::", "One."),
    ],
)
def test_the_excerpt_stands_before_the_marker(docusaurus: Blog, text: str, excerpt: str) -> None:
    assert docusaurus.post(RYE, text).excerpt == excerpt


@shows("excerpt", "site-wide")
@pytest.mark.parametrize(
    ("marker", "excerpt"),
    [(r"/<!--\s*cut\s*-->/i", "One. Two."), ("/(?<a>/", "One."), ("f()", "One.")],
)
def test_the_marker_is_the_sites_own_if_it_can_be_read(
    docusaurus: Blog, marker: str, excerpt: str
) -> None:
    docusaurus.write("docusaurus.config.ts", options(f"truncateMarker: {marker}"))

    post = docusaurus.post(RYE, "One.\n\nTwo.\n\n<!-- CUT -->\n\nThree.")

    assert post.excerpt == excerpt


@shows("excerpt", "site-wide")
def test_markdown_is_mdx_unless_the_site_says_otherwise(docusaurus: Blog) -> None:
    text = "One {two} <Three>four</Three>."
    as_mdx = docusaurus.post("blog/a.md", text).body
    docusaurus.write("docusaurus.config.ts", config("markdown: {format: 'detect'},"))

    assert as_mdx == "One four."
    assert docusaurus.post("blog/a.md", text).body == "One {two}\nfour\n."
    assert docusaurus.post("blog/b.mdx", text).body == "One four."


@shows("hidden")
@pytest.mark.parametrize(
    ("values", "reason"), [({"draft": "true"}, "draft"), ({"unlisted": "true"}, "unlisted")]
)
def test_posts_not_for_readers_are_left_out(
    docusaurus: Blog, values: dict[str, str], reason: str
) -> None:
    assert docusaurus.left_out(RYE, matter(**values)) == reason


@shows("scheduled")
def test_posts_to_come_are_seen_at_once(docusaurus: Blog) -> None:
    assert docusaurus.post("blog/2999-01-01-a.md", matter(title="x")).visible_from is None


I18N = "i18n: {defaultLocale: 'en', locales: ['en', 'fr', 'de'],"
FRENCH = "i18n/fr/docusaurus-plugin-content-blog/"


@shows("language", "address", "files")
def test_translations_are_posts_where_there_is_a_post_to_translate(docusaurus: Blog) -> None:
    docusaurus.write("docusaurus.config.ts", config(I18N + "},"))
    docusaurus.write(RYE, matter(title="Rye"))
    docusaurus.write(f"{FRENCH}2024-01-02-rye-bread.md", matter(title="Seigle"))
    docusaurus.write(f"{FRENCH}2024-01-03-alone.md", matter(title="Seul"))
    docusaurus.write("i18n/it/docusaurus-plugin-content-blog/2024-01-02-rye-bread.md", "Segale")

    posts = [r for r in docusaurus.read() if isinstance(r, Post)]

    assert [(post.lang, post.url, post.title) for post in posts] == [
        ("en", "/blog/2024/01/02/rye-bread", "Rye"),
        ("fr", "/fr/blog/2024/01/02/rye-bread", "Seigle"),
    ]


@shows("language", "site-wide")
@pytest.mark.parametrize(
    ("configs", "url"),
    [
        ("fr: {baseUrl: '/francais/'}", "https://a.example/francais/blog/a"),
        ("fr: {url: 'https://fr.example', baseUrl: '/'}", "https://fr.example/blog/a"),
        ("fr: {htmlLang: 'fr-FR'}", "https://a.example/fr/blog/a"),
    ],
)
def test_a_language_may_have_an_address_of_its_own(
    docusaurus: Blog, configs: str, url: str
) -> None:
    lines = ("url: 'https://a.example', baseUrl: '/',", f"{I18N} localeConfigs: {{{configs}}}}},")
    docusaurus.write("docusaurus.config.ts", config(*lines))
    docusaurus.write("blog/a.md", matter(title="A"))

    assert docusaurus.post(f"{FRENCH}a.md", matter(title="B")).url == url


@shows("language", "files")
def test_a_language_without_translations_is_not_read(docusaurus: Blog) -> None:
    off = f"{I18N} localeConfigs: {{fr: {{translate: false}}}}}},"
    docusaurus.write("docusaurus.config.ts", config(off))
    docusaurus.write("blog/a.md", matter(title="A"))
    docusaurus.write(f"{FRENCH}a.md", matter(title="B"))

    assert docusaurus.ids() == ["blog/a.md"]


@shows("language", "site-wide")
def test_the_only_language_of_a_site_is_that_of_its_posts(docusaurus: Blog) -> None:
    docusaurus.write(
        "docusaurus.config.ts", config("i18n: {defaultLocale: 'de', locales: ['de']},")
    )

    assert docusaurus.post(RYE, matter(title="Rye")).lang == "de"
    assert docusaurus.post(RYE, matter(title="Rye"), language="en").lang is None


@shows("language")
def test_a_site_that_names_no_language_has_none(docusaurus: Blog) -> None:
    assert docusaurus.post(RYE, matter(title="x")).lang is None
