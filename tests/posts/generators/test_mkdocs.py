"""MkDocs: posts of Material's blog plugin, and pages where there is none."""

from datetime import UTC, date, datetime

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post

RYE = "docs/blog/posts/rye.md"
BLOG = "plugins: [search, blog]\n"


@pytest.fixture
def mkdocs(blog: Blog) -> Blog:
    blog.write("mkdocs.yml", BLOG)
    blog.write("docs/blog/index.md", "# Blog\n")
    return blog


def plugin(**options: str) -> str:
    return f"plugins: [blog: {{{', '.join(f'{key}: {value}' for key, value in options.items())}}}]"


def rye(**values: str) -> str:
    return matter(**{"title": "Rye bread", "date": "2024-01-02", **values})


@shows("files", "title", "date", "address", "categories", "tags", "excerpt")
def test_a_post_is_made_of_its_front_matter_and_its_body(mkdocs: Blog) -> None:
    post = mkdocs.post(RYE, rye(categories="[Baking, Bread]", tags="[rye]"))

    assert post == Post(
        id=RYE,
        url="/blog/2024/01/02/rye-bread/",
        title="Rye bread",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("Baking", "Bread"),
        tags=("rye",),
        date=date(2024, 1, 2),
    )
    assert post.rules["url"] == "mkdocs.yml: post_url_format {date}/{slug}"


@shows("files")
def test_only_what_lies_in_the_folder_of_posts_is_a_post(mkdocs: Blog) -> None:
    for path in ("docs/about.md", "docs/blog/index.md", "docs/blog/posts/.kept.md",
                 "docs/blog/posts/picture.png", "docs/blog/posts/.old/a.md", "README.md",
                 "site/blog/posts/a.md", "docs/templates/a.md"):  # fmt: skip
        mkdocs.write(path, rye())
    for path in ("docs/blog/posts/2024/b.md", "docs/blog/posts-old/c.markdown"):
        mkdocs.write(path, rye())

    assert mkdocs.ids() == ["docs/blog/posts-old/c.markdown", "docs/blog/posts/2024/b.md"]


@shows("files", "site-wide")
def test_the_folders_are_those_of_the_configuration(blog: Blog) -> None:
    blog.write("mkdocs.yaml", "docs_dir: ./text\n" + plugin(blog_dir='"."', post_dir="'{blog}/p'"))
    blog.write("text/index.md", "# Home")

    assert blog.post("text/p/rye.md", rye()).url == "/2024/01/02/rye-bread/"


@shows("files")
def test_a_folder_within_the_pages_is_read_as_part_of_its_site(mkdocs: Blog) -> None:
    mkdocs.write(RYE, rye())
    mkdocs.write("docs/blog/posts/deep/oats.md", rye(title="Oats"))

    readings = mkdocs.read("docs/blog/posts/deep")

    assert [r.url for r in readings if isinstance(r, Post)] == ["/blog/2024/01/02/oats/"]


@shows("files")
def test_a_folder_beside_the_pages_is_no_part_of_the_site(mkdocs: Blog) -> None:
    mkdocs.write("notes/rye.md", rye())

    readings = mkdocs.read("notes")

    assert [r.url for r in readings if isinstance(r, Post)] == ["/rye"]


@shows("files", "hidden")
def test_what_the_site_excludes_is_not_read(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", BLOG + "exclude_docs: |\n  old/\n  *.kept.md\n  !my.kept.md\n"
                                      "draft_docs: /blog/posts/draft-?.md\n")  # fmt: skip
    for name in ("old/a.md", "b.kept.md", "my.kept.md", "draft-1.md", "draft-10.md"):
        mkdocs.write(f"docs/blog/posts/{name}", rye())

    assert mkdocs.ids() == ["docs/blog/posts/draft-10.md", "docs/blog/posts/my.kept.md"]


@shows("title")
@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("a.md", "---\ntitle: One\n---\n# Two", "One"),
        ("a.md", "---\n---\n\n# *Two* & three {#id .c}\n", "Two & three"),
        ("a.md", "#Two\n", "Two"),
        ("a.md", "Two\n===\n", "Two"),
        ("a.md", "## Two", "A"),
        ("a.md", "First.\n\n# Two", "A"),
        ("rye_bread-2.md", "", "Rye bread 2"),
        ("IBM-news.md", "", "IBM news"),
    ],
)
def test_the_title_is_the_key_the_heading_at_the_top_or_the_name(
    mkdocs: Blog, path: str, text: str, title: str
) -> None:
    text = text if text.startswith("---") else "---\n---\n" + text
    text = text.replace("---\n", "---\ndate: 2024-01-02\n", 1)

    assert mkdocs.post(f"docs/blog/posts/{path}", text).title == title


@shows("date")
@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-01-02", 2),
        ("2024-01-02 23:30:00", 2),
        ("{created: 2024-01-02, updated: 2024-05-06, baked: 2024-07-08}", 2),
    ],
)
def test_the_date_is_one_or_that_of_creation(mkdocs: Blog, written: str, day: int) -> None:
    assert mkdocs.post(RYE, rye(date=written)).date == date(2024, 1, day)


@shows("date")
@pytest.mark.parametrize("written", ["", "{updated: 2024-01-02}", "soon"])
def test_a_post_without_a_date_is_told(mkdocs: Blog, written: str) -> None:
    assert "date" in mkdocs.problem(RYE, rye(date=written)).message


@shows("time zone", "date")
@pytest.mark.parametrize("zone", ["", "America/New_York"])
def test_the_day_is_the_one_that_was_written(mkdocs: Blog, zone: str) -> None:
    post = mkdocs.post(RYE, rye(date="2024-01-02T01:30:00+09:00"), timezone=zone)

    assert post.date == date(2024, 1, 2)
    assert post.url == "/blog/2024/01/02/rye-bread/"


@shows("address")
@pytest.mark.parametrize(
    ("options", "values", "url"),
    [
        ({}, {"slug": "own/of mine"}, "/blog/2024/01/02/own/of%20mine/"),
        ({"post_url_format": "'{categories}/{file}'"}, {}, "/blog/b-c/rye/"),
        ({"post_url_format": "'{categories}/{file}'"}, {"categories": "[]"}, "/blog/rye/"),
        ({"post_url_format": "'{categories}'", "post_url_max_categories": "2"}, {}, "/blog/b-c/d/"),
        ({"post_url_date_format": "yy-M-d"}, {}, "/blog/24-1-2/rye-bread/"),
        ({"post_url_date_format": "'yyyy/MMMM/EEE'"}, {}, "/blog/2024/January/Tue/rye-bread/"),
        ({"blog_dir": "a/b"}, {}, "/a/b/2024/01/02/rye-bread/"),
        ({"post_slugify_separator": "_"}, {}, "/blog/2024/01/02/rye_bread/"),
        ({}, {"title": "'Ünter der Haube: C#'"}, "/blog/2024/01/02/%C3%BCnter-der-haube-c/"),
        ({"post_url_format": "index"}, {}, "/blog/"),
    ],
)
def test_addresses_follow_the_pattern_of_the_plugin(
    mkdocs: Blog, options: dict[str, str], values: dict[str, str], url: str
) -> None:
    mkdocs.write("mkdocs.yml", plugin(**options))
    mkdocs.write("docs/a/b/posts/rye.md", rye())
    path = "docs/a/b/posts/rye.md" if "blog_dir" in options else RYE

    assert mkdocs.post(path, rye(**{"categories": "[B C, D]", **values})).url == url


@shows("address")
@pytest.mark.parametrize(
    ("function", "slug"),
    [
        ("!!python/name:markdown.extensions.toc.slugify", "unter-a-b"),
        ("!!python/name:markdown.extensions.toc.slugify_unicode", "%C3%BCnter-a-b"),
        ("!!python/name:pymdownx.slugs.uslugify", "%C3%BCnter--a-b"),
        ("!!python/object/apply:pymdownx.slugs.slugify {}", "%C3%9Cnter--A-b"),
        ("!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: fold}}", "%C3%BCnter--a-b"),
        ("!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower-ascii}}",
         "%C3%9Cnter--a-b"),
    ],
)  # fmt: skip
def test_slugs_are_made_by_the_function_that_is_named(
    mkdocs: Blog, function: str, slug: str
) -> None:
    mkdocs.write("mkdocs.yml", f"plugins:\n - blog:\n     post_slugify: {function}\n")

    assert mkdocs.post(RYE, rye(title="Ünter & A-b")).url == f"/blog/2024/01/02/{slug}/"


@shows("address")
def test_a_function_of_the_sites_own_is_told_where_it_is_needed(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", "plugins:\n - blog:\n     post_slugify: !!python/name:os.system\n")

    assert "Write slug: …" in mkdocs.problem(RYE, rye()).message
    assert mkdocs.post(RYE, rye(slug="own")).url == "/blog/2024/01/02/own/"


@shows("address")
def test_a_pattern_of_dates_that_is_not_known_is_told(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", "theme: {language: de}\n" + plugin(post_url_date_format="MMMM"))

    assert "post_url_date_format is 'MMMM'" in mkdocs.problem(RYE, rye()).message
    assert mkdocs.post(RYE, rye(), url_template="/{slug}/").url == "/rye/"


@shows("address")
def test_a_pattern_of_addresses_that_is_not_known_stops(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", plugin(post_url_format="'{author}/{slug}'"))
    mkdocs.write(RYE, rye())

    with pytest.raises(ContentError, match=r"post_url_format is '\{author\}/\{slug\}'"):
        mkdocs.read()


@shows("address", "site-wide")
def test_addresses_are_below_that_of_the_site(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", BLOG + "site_url: https://a.example/b/\nuse_directory_urls: no\n")

    assert mkdocs.post(RYE, rye()).url == "https://a.example/b/blog/2024/01/02/rye-bread.html"


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("!ENV [URL, OTHER, 'https://a.example']", "https://a.example/blog/2024/01/02/rye-bread/"),
        ("!ENV URL", "/blog/2024/01/02/rye-bread/"),
    ],
)
def test_of_a_variable_the_default_counts(
    mkdocs: Blog, written: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("URL", "https://elsewhere.example")
    mkdocs.write("mkdocs.yml", BLOG + f"site_url: {written}\n")

    assert mkdocs.post(RYE, rye()).url == url


@shows("site-wide")
def test_a_configuration_may_inherit_from_another(mkdocs: Blog) -> None:
    mkdocs.write("base.yml", "site_url: https://a.example\nplugins: [blog: {blog_dir: news}]\n")
    mkdocs.write("mkdocs.yml", "INHERIT: base.yml\nuse_directory_urls: false\n")

    url = mkdocs.post("docs/news/posts/rye.md", rye()).url

    assert url == "https://a.example/news/2024/01/02/rye-bread.html"


@shows("site-wide")
def test_a_configuration_that_inherits_from_itself_is_told(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", "INHERIT: mkdocs.yml\n")
    mkdocs.write(RYE, rye())

    with pytest.raises(ContentError, match=r"mkdocs.yml: INHERIT is 'mkdocs.yml'"):
        mkdocs.read()


@shows("site-wide", "hidden", "tags")
def test_files_in_folders_give_front_matter_for_all_below(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", "plugins: [meta, blog]\n")
    mkdocs.write("docs/.meta.yml", "tags: [all]\n")
    mkdocs.write("docs/blog/posts/wip/.meta.yml", "draft: true\ntags: [wip]\n")

    assert mkdocs.left_out("docs/blog/posts/wip/a.md", rye()) == "draft"
    post = mkdocs.post("docs/blog/posts/wip/b.md", rye(draft="false", tags="[own]"))
    assert post.tags == ("all", "wip", "own")


@shows("site-wide")
def test_a_broken_file_of_defaults_is_told_for_the_posts_below(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", "plugins: [meta, blog]\n")
    mkdocs.write("docs/blog/posts/bad/.meta.yml", "tags: [\n")
    mkdocs.write(RYE, rye())

    assert ".meta.yml" in mkdocs.problem("docs/blog/posts/bad/a.md", rye()).message
    assert len([r for r in mkdocs.read() if isinstance(r, Post)]) == 1


@shows("tags", "site-wide")
def test_tags_may_have_another_name(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", "plugins: {blog: {}, tags: {tags_name_property: topics}}\n")

    assert mkdocs.post(RYE, rye(topics="[a, b]", tags="[c]")).tags == ("a", "b")


@shows("excerpt")
@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("# Rye\n\nOne *two*.\n\nThree.\n\n<!-- more -->\n\nFour.", "One two. Three."),
        ("# Rye\n\nOne.\n\nTwo.", "One."),
        ("```\n<!-- more -->\n```\n\nOne.\n", "One."),
        ("!!! note \"Mind\"\n\n    A **crumb**.\n\n<!-- more -->\n", "Mind A crumb."),
        ("=== \"Oven\"\n\n    Bake :material-fire:{ .hot } it.\n", "Oven"),
    ],
)  # fmt: skip
def test_the_excerpt_stands_before_the_separator(mkdocs: Blog, body: str, excerpt: str) -> None:
    assert mkdocs.post(RYE, f"---\ndate: 2024-01-02\n---\n{body}").excerpt == excerpt


@shows("excerpt")
def test_a_description_comes_before_the_first_paragraph(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", plugin(post_excerpt_separator="'<!-- cut -->'"))

    assert mkdocs.post(RYE, rye(description="Said.")).excerpt == "Said."
    assert mkdocs.post(RYE, rye(description="Said.") + "<!-- cut -->\n").excerpt == "A loaf."


@shows("hidden")
@pytest.mark.parametrize(
    ("values", "reason"),
    [({"draft": "true"}, "draft"), ({"search": "{exclude: true}"}, "not searched")],
)
def test_posts_not_for_readers_are_left_out(
    mkdocs: Blog, values: dict[str, str], reason: str
) -> None:
    assert mkdocs.left_out(RYE, rye(**values)) == reason


@shows("hidden", "site-wide")
def test_drafts_are_found_where_the_site_publishes_them(mkdocs: Blog) -> None:
    mkdocs.write("mkdocs.yml", plugin(draft="true", draft_on_serve="false"))

    assert mkdocs.post(RYE, rye(draft="true")).title == "Rye bread"


@shows("scheduled", "site-wide")
def test_posts_to_come_are_seen_at_once_unless_the_site_says_otherwise(mkdocs: Blog) -> None:
    shown = mkdocs.post(RYE, rye(date="2999-01-01"))
    mkdocs.write("mkdocs.yml", plugin(draft_if_future_date="true"))
    waiting = mkdocs.post(RYE, rye(date="2999-01-01T01:00:00+02:00"))
    wanted = mkdocs.post(RYE, rye(date="2999-01-01", draft="false"))

    assert (shown.visible_from, wanted.visible_from) == (None, None)
    assert waiting.visible_from == datetime(2998, 12, 31, 23, tzinfo=UTC)


@shows("language", "site-wide")
def test_the_language_is_that_of_the_theme(mkdocs: Blog) -> None:
    assert mkdocs.post(RYE, rye()).lang is None
    mkdocs.write("mkdocs.yml", BLOG + "theme: {name: material, language: pt-BR}\n")
    assert mkdocs.post(RYE, rye()).lang == "pt"
    assert mkdocs.post(RYE, rye(lang="en")).lang == "en"
    assert mkdocs.post(RYE, rye(), language="en").lang is None


@shows("files", "address", "title")
def test_without_the_plugin_all_pages_are_posts(blog: Blog) -> None:
    blog.write("mkdocs.yml", "nav: [Start: index.md, Breads: [Dark one: bread/rye.md]]\n")
    for path in ("index.md", "bread/README.md", "bread/rye.md", "oats/index.md", "oats/README.md"):
        blog.write(f"docs/{path}", "Text.\n")

    posts = {r.id: (r.url, r.title) for r in blog.read() if isinstance(r, Post)}

    assert posts == {
        "docs/index.md": ("/", "Start"),
        "docs/bread/README.md": ("/bread/", "Index"),
        "docs/bread/rye.md": ("/bread/rye/", "Dark one"),
        "docs/oats/index.md": ("/oats/", "Index"),
    }


@shows("files", "address")
def test_a_plugin_that_is_switched_off_counts_as_none(blog: Blog) -> None:
    blog.write("mkdocs.yml", plugin(enabled="!ENV [CI, false]"))

    assert blog.post("docs/bread/rye.md", "# Rye\n").url == "/bread/rye/"
