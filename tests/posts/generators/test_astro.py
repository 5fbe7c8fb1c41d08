"""Astro: entries of collections, the pages that tell where they live, and pages of Markdown."""

import shutil
from datetime import date

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError
from searchsvc.posts.generators.astro_routes import github_slug
from searchsvc.posts.post import Post, Problem

RYE = "src/content/blog/rye-bread.md"
PAGE = "src/pages/blog/[...slug].astro"
BY_ID = "const {a} = getCollection('blog'); params: { slug: post.id }, "


def collections(**loaders: str) -> str:
    """A ``content.config.ts`` with a loader for each collection."""
    made = "".join(
        f"const {name} = defineCollection({{ loader: {loader}, schema: z.object({{}}) }});\n"
        for name, loader in loaders.items()
    )
    return f"{made}export const collections = {{{', '.join(loaders)}}};\n"


@pytest.fixture
def astro(blog: Blog) -> Blog:
    blog.write("astro.config.mjs", "export default defineConfig({integrations: [mdx()]});\n")
    blog.write(PAGE, BY_ID)
    blog.write("src/content/blog/.keep", "")
    return blog


def rye(**values: str) -> str:
    return matter(**{"title": "Rye", "pubDate": "2024-01-02", **values})


@shows("files", "title", "date", "address", "categories", "tags", "excerpt")
def test_a_post_is_made_of_its_front_matter_and_its_path(astro: Blog) -> None:
    post = astro.post(RYE, rye(tags="[bread, rye]", category="Baking", heroImage="./a.png"))

    assert post == Post(
        id=RYE,
        url="/blog/rye-bread/",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("Baking",),
        tags=("bread", "rye"),
        date=date(2024, 1, 2),
    )
    assert post.rules["url"] == "page for /blog/{id}"


@shows("files")
def test_without_a_configuration_of_collections_each_folder_is_one(astro: Blog) -> None:
    for path in ("src/content/blog/a.md", "src/content/blog/b/c.mdx", "src/content/blog/_d.md",
                 "src/content/blog/_e/f.md", "src/content/blog/.g.md", "src/content/blog/h.json",
                 "src/content/authors/mia.md", "src/blog/i.md", "README.md", "dist/blog/j.md",
                 "node_modules/src/content/blog/k.md"):  # fmt: skip
        astro.write(path, rye())

    assert astro.ids() == ["src/content/blog/a.md", "src/content/blog/b/c.mdx"]


@shows("files", "site-wide")
def test_collections_lie_where_their_loaders_say(astro: Blog) -> None:
    astro.write(
        "src/content.config.ts",
        "const HOME = 'data';\n"
        + collections(
            blog="glob({pattern: ['**/[^_]*.md', '!old/**'], base: `./${HOME}/blog`})",
            other="glob({pattern: '*.md', base: import.meta.env.X})",
            team="file('src/team.json')",
        ),
    )
    for path in ("a.md", "b/_c.md", "b/d.md", "b/e.mdx", "old/f.md", "_g/h.md"):
        astro.write(f"data/blog/{path}", rye())

    assert astro.ids() == ["data/blog/_g/h.md", "data/blog/a.md", "data/blog/b/d.md"]
    assert astro.post("data/blog/b/d.md", rye()).url == "/blog/b/d/"


@shows("files")
def test_a_collection_outside_of_the_site_is_told(astro: Blog) -> None:
    loader = "glob({pattern: '*.md', base: '../posts'})"
    astro.write("src/content.config.ts", collections(blog=loader))

    with pytest.raises(ContentError, match=r"collection blog has the base '../posts'"):
        astro.read()


@shows("files")
def test_older_configurations_name_no_loader(astro: Blog) -> None:
    astro.write(
        "src/content/config.ts",
        "export const collections = {blog: defineCollection({type: 'content', schema: s}),"
        " team: defineCollection({type: 'data'})};",
    )
    for path in ("blog/a.md", "blog/_b.md", "team/c.md", "more/d.md"):
        astro.write(f"src/content/{path}", rye())

    assert astro.ids() == ["src/content/blog/a.md"]


@shows("files")
def test_a_folder_within_a_collection_is_read_as_part_of_its_site(astro: Blog) -> None:
    astro.write("src/content/blog/2024/a.md", rye())
    astro.write("src/content/blog/b.md", rye())
    astro.write("notes/c.md", rye())

    assert [r.url for r in astro.read("src/content/blog/2024") if isinstance(r, Post)] == [
        "/blog/2024/a/"
    ]
    assert [r.url for r in astro.read("notes") if isinstance(r, Post)] == ["/c"]


@shows("files", "address")
def test_pages_of_markdown_are_posts_when_they_have_a_date(astro: Blog) -> None:
    astro.write("src/pages/about.md", matter(title="About"))
    astro.write("src/pages/_drafts/a.md", rye())
    astro.write("src/pages/posts/b c.md", rye())
    astro.write("src/pages/posts/d/index.mdx", rye())
    astro.write("src/pages/index.md", rye())

    urls = {r.id: r.url for r in astro.read() if isinstance(r, Post)}

    assert urls == {
        "src/pages/posts/b c.md": "/posts/b%20c/",
        "src/pages/posts/d/index.mdx": "/posts/d/",
        "src/pages/index.md": "/",
    }


@shows("title")
def test_the_title_is_the_key_or_the_first_heading(astro: Blog) -> None:
    assert astro.post(RYE, "---\ntitle: One\n---\n# Two").title == "One"
    assert astro.post(RYE, "# Two *words*\n").title == "Two words"
    assert "There is no title" in astro.problem(RYE, "Text.").message


@shows("date")
@pytest.mark.parametrize(
    "key",
    ["pubDate", "pubDatetime", "publishDate", "publishedAt", "published", "date", "createdAt"],
)
def test_the_date_has_many_names(astro: Blog, key: str) -> None:
    post = astro.post(RYE, matter(title="x", updatedDate="2025-01-01", **{key: "Jan 2, 2024"}))

    assert post.date == date(2024, 1, 2)
    assert post.rules["date"] == f"front matter: {key}"


@shows("date")
def test_a_post_may_have_no_date(astro: Blog) -> None:
    assert astro.post(RYE, matter(title="x", published="true")).date is None


@shows("time zone")
def test_the_day_is_that_of_utc_unless_set(astro: Blog) -> None:
    text = rye(pubDate="2024-01-02T23:30:00-05:00")

    assert astro.post(RYE, text).date == date(2024, 1, 3)
    assert astro.post(RYE, text, timezone="America/New_York").date == date(2024, 1, 2)


@shows("address")
@pytest.mark.parametrize(
    ("path", "slug", "url"),
    [
        ("Rye & Wheat, v1.2.md", "", "/blog/rye--wheat-v12/"),
        ("2024/Sour Dough/index.mdx", "", "/blog/2024/sour-dough/"),
        ("Über_Öfen!.md", "", "/blog/%C3%BCber_%C3%B6fen/"),
        ("index.md", "", "/blog/index/"),
        ("a.md", "own/Of mine", "/blog/own/Of%20mine/"),
    ],
)
def test_the_address_is_the_slug_or_the_path(astro: Blog, path: str, slug: str, url: str) -> None:
    assert astro.post(f"src/content/blog/{path}", rye(slug=slug)).url == url


@shows("address")
@pytest.mark.parametrize(
    ("page", "script", "url"),
    [
        (
            "posts/[slug].astro",
            "getCollection('blog')\nparams: { slug: entry.slug }",
            "/posts/rye/",
        ),
        ("[...id]/index.astro", 'getCollection("blog"); ({params: {id: p.id}, props})', "/rye/"),
        ("b/[slug].astro", "getCollection<'blog'>('blog'); params: { slug },", "/b/rye/"),
        ("c/[slug].astro", "const {slug} = Astro.params; getEntry('blog', slug)", "/c/rye/"),
        ("blog/[...slug].astro", "getPosts()", "/blog/rye/"),
        ("x/[...slug].astro", "getPosts()", "/x/rye/"),
    ],
)
def test_the_page_for_the_posts_tells_where_they_live(
    astro: Blog, page: str, script: str, url: str
) -> None:
    (astro.root / PAGE).unlink()
    astro.write(f"src/pages/{page}", script)
    astro.write("src/pages/tags/[tag].astro", "getCollection('blog'); params: {tag}")
    astro.write("src/pages/og/[slug].png.ts", "getCollection('blog'); params: {slug: post.id}")

    assert astro.post("src/content/blog/rye.md", rye()).url == url


@shows("address")
@pytest.mark.parametrize(
    ("page", "script"),
    [
        ("blog/[...slug].astro", "getCollection('blog'); params: { slug: pathOf(post.id) }"),
        ("blog/[...slug].astro", "getCollection('blog'); params: { slug: post.data.permalink }"),
        ("[lang]/blog/[...slug].astro", "getCollection('blog'); params: { lang, slug: post.id }"),
        ("blog/[page].astro", "getCollection('blog')"),
        ("blog/[...slug].astro", "// getCollection('blog')\ngetCollection('docs')"),
        ("_blog/[...slug].astro", "getCollection('blog')"),
        ("blog/index.astro", "getCollection('blog')"),
    ],
)
def test_where_no_page_tells_it_plainly_the_remedy_is_told(
    astro: Blog, page: str, script: str
) -> None:
    (astro.root / PAGE).unlink()
    astro.write(f"src/pages/{page}", script)

    problem = astro.problem(RYE, rye())

    assert "setting url_template, such as /blog/{path}/" in problem.message
    assert astro.post(RYE, rye(), url_template="/b/{path}.html").url == "/b/rye-bread.html"


@shows("address")
def test_ids_of_the_sites_own_are_not_known(astro: Blog) -> None:
    loader = "glob({pattern: '*.md', base: 'posts', generateId: ({entry}) => entry})"
    astro.write("src/content.config.ts", collections(blog=loader))

    assert "url_template" in astro.problem("posts/a.md", rye()).message


@shows("address")
def test_a_template_has_the_collection_for_a_folder(astro: Blog) -> None:
    text, template = rye(), "/{folder}/{year}/{slug}/"

    url = astro.post("src/content/blog/Deep/Rye Bread.md", text, url_template=template).url

    assert url == "/blog/deep/2024/rye-bread/"


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("options", "url"),
    [
        ("site: 'https://a.example', base: '/b/'", "https://a.example/b/blog/rye-bread/"),
        ("trailingSlash: 'never'", "/blog/rye-bread"),
        ("trailingSlash: 'always', build: {format: 'file'}", "/blog/rye-bread/"),
        ("build: {format: 'file'}", "/blog/rye-bread.html"),
        ("site: process.env.SITE, base: process.env.BASE ?? 'c'", "/c/blog/rye-bread/"),
    ],
)
def test_addresses_are_as_the_configuration_says(astro: Blog, options: str, url: str) -> None:
    astro.write("astro.config.mjs", f"export default defineConfig({{{options}}});")

    assert astro.post(RYE, rye()).url == url


@shows("address", "site-wide")
def test_a_base_that_is_computed_is_told(astro: Blog) -> None:
    astro.write("astro.config.mjs", "export default {base: process.env.BASE}")
    astro.write(RYE, rye())

    with pytest.raises(ContentError, match=r"astro.config.mjs: base is .*setting site_url"):
        astro.read()
    assert astro.post(RYE, rye(), site_url="https://a.example").url == (
        "https://a.example/blog/rye-bread/"
    )


@shows("site-wide", "files")
def test_the_sources_may_lie_in_another_folder(astro: Blog) -> None:
    astro.write("astro.config.mjs", "export default {srcDir: './app'}")
    shutil.move(astro.root / "src", astro.root / "app")

    assert astro.post("app/content/blog/a.md", rye()).url == "/blog/a/"


@shows("categories", "tags")
@pytest.mark.parametrize(
    ("values", "categories", "tags"),
    [
        ({"categories": "[a, b]", "tag": "c"}, ("a", "b"), ("c",)),
        ({"category": "a", "tags": "c, d"}, ("a",), ("c", "d")),
        ({"keywords": "[e]"}, (), ("e",)),
        ({"tags": "[c]", "keywords": "[e]"}, (), ("c",)),
    ],
)
def test_categories_and_tags_have_several_names(
    astro: Blog, values: dict[str, str], categories: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    post = astro.post(RYE, rye(**values))

    assert (post.categories, post.tags) == (categories, tags)


@shows("excerpt")
@pytest.mark.parametrize(
    ("values", "excerpt"),
    [
        ({"description": "Two.", "excerpt": "One."}, "One."),
        ({"description": "'*Two*.'", "summary": "Three."}, "Two."),
        ({"summary": "Three."}, "Three."),
        ({}, "A loaf."),
    ],
)
def test_the_excerpt_is_a_key_or_the_first_paragraph(
    astro: Blog, values: dict[str, str], excerpt: str
) -> None:
    assert astro.post(RYE, rye(**values)).excerpt == excerpt


@shows("excerpt", "files")
def test_mdx_is_read_as_such(astro: Blog) -> None:
    text = "---\ntitle: x\n---\nimport A from './a';\n\n<A b={1}>A {x}*loaf*.</A>\n"

    assert astro.post("src/content/blog/a.mdx", text).body == "A loaf."


@shows("hidden")
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"draft": "true"}, "draft"),
        ({"isDraft": "true"}, "draft"),
        ({"publish": "false"}, "unpublished"),
        ({"published": "false"}, "unpublished"),
        ({"unlisted": "true"}, "unlisted"),
        ({"hidden": "true"}, "hidden"),
        ({"status": "Draft"}, "draft"),
    ],
)
def test_posts_not_for_readers_are_left_out(
    astro: Blog, values: dict[str, str], reason: str
) -> None:
    assert astro.left_out(RYE, rye(**values)) == reason


@shows("hidden")
def test_a_no_is_no(astro: Blog) -> None:
    assert astro.post(RYE, rye(draft="false", isDraft="false", publish="true")).title == "Rye"


@shows("scheduled")
def test_posts_to_come_are_seen_at_once(astro: Blog) -> None:
    assert astro.post(RYE, rye(pubDate="2999-01-01")).visible_from is None


@shows("language", "site-wide")
def test_the_language_is_the_key_or_the_folder_of_one(astro: Blog) -> None:
    astro.write("astro.config.mjs", "export default {i18n: {locales: ['en', 'pt-br']}, site: ''}")

    langs = [astro.post(f"src/content/blog/{path}", rye(lang=lang)).lang for path, lang in
             (("en/a.md", ""), ("pt-br/a.md", ""), ("fr/a.md", ""), ("en/b.md", "de"))]  # fmt: skip

    assert langs == ["en", "pt", None, "de"]


@shows("language", "site-wide")
def test_what_lies_in_no_folder_of_a_language_is_in_the_sites_own(astro: Blog) -> None:
    astro.write("astro.config.mjs", "export default {i18n: {defaultLocale: 'de'}, site: ''}")

    assert astro.post("src/content/blog/a.md", rye()).lang == "de"
    assert astro.post("src/content/blog/a.md", rye(), language="en").lang is None


def test_only_collections_with_pages_are_read_where_there_are_any(astro: Blog) -> None:
    astro.write(RYE, rye())
    astro.write("src/content/team/mia.md", "---\nname: Mia\n---\n")
    with_page = astro.ids()
    (astro.root / PAGE).unlink()

    assert with_page == [RYE]
    assert [r.post_id for r in astro.read() if isinstance(r, Problem)] == [
        RYE,
        "src/content/team/mia.md",
    ]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Rye & Wheat", "rye--wheat"),
        ("a_b-c d", "a_b-c-d"),
        ("C# 1.10", "c-110"),
        ("Ñandú 日本語", "ñandú-日本語"),
        ("🍞 loaf", "-loaf"),
        ("", ""),
    ],
)
def test_slugs_are_those_of_github(text: str, slug: str) -> None:
    assert github_slug(text) == slug
