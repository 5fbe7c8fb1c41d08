"""Eleventy's rules: which pages are posts, and what is made of them."""

from datetime import date

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.posts.post import Post

LOAF = "posts/loaf.md"
DATED = {"title": "Loaf", "date": "2024-01-02"}


@pytest.fixture
def eleventy(blog: Blog) -> Blog:
    """A blog that is an Eleventy site already."""
    blog.write(".eleventy.js", "module.exports = function (eleventyConfig) {};\n")
    return blog


@shows("title", "date", "address", "categories", "tags", "excerpt", "language")
def test_a_post_is_made_of_its_front_matter_and_its_body(eleventy: Blog) -> None:
    post = eleventy.post(
        LOAF,
        matter(title="Rye", date="2024-01-02", tags="[post, a]", category="Baking", lang="en"),
    )  # fmt: skip

    assert post == Post(
        id=LOAF,
        url="/posts/loaf/",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("Baking",),
        tags=("a",),
        date=date(2024, 1, 2),
        lang="en",
    )


@shows("files")
@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("any/loaf.md", matter(**DATED)),
        ("any/2024-01-02-loaf.md", matter(title="Loaf")),
        ("any/2024-01-02/loaf.md", matter(title="Loaf")),
        ("any/loaf.md", matter(title="Loaf", tags="post")),
        ("blog/loaf.md", matter(title="Loaf")),
        ("blog/loaf/index.md", matter(title="Loaf")),
        ("blog/loaf.njk", matter(title="Loaf")),
        ("any/loaf.html", matter(title="Loaf", tags="posts")),
    ],
)
def test_a_page_with_a_date_a_collection_or_a_folder_for_posts_is_a_post(
    eleventy: Blog, path: str, content: str
) -> None:
    eleventy.write(path, content)

    assert eleventy.ids() == [path]


@shows("files")
@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("about.md", matter(title="About")),
        ("about.md", matter(title="About", tags="nav")),
        ("index.md", matter(**DATED)),
        ("blog/index.md", matter(title="All posts")),
        ("blog/tags.njk", "---\ntitle: x\npagination: {data: collections}\n---\n"),
        ("blog/archive.njk", "---\ntitle: x\n---\n{% for post in collections.posts %}{% endfor %}"),
        ("any/loaf.njk", matter(**DATED)),
        ("README.md", "# Read me\n"),
        ("_includes/loaf.md", matter(**DATED)),
        ("_data/loaf.md", matter(**DATED)),
        ("_site/posts/loaf.md", matter(**DATED)),
        ("node_modules/x/loaf.md", matter(**DATED)),
        (".cache/loaf.md", matter(**DATED)),
        ("posts/loaf.txt", matter(**DATED)),
        ("drafts/loaf.md", matter(**DATED)),
        ("posts/2024-secret.md", matter(**DATED)),
    ],
)
def test_pages_lists_and_what_is_ignored_are_no_posts(
    eleventy: Blog, path: str, content: str
) -> None:
    eleventy.write(".gitignore", "# none\n/drafts/\n\n**/*-secret.md\n")
    eleventy.write(path, content)
    eleventy.write(LOAF, matter(**DATED))

    assert eleventy.ids() == [LOAF]


@shows("files", "site-wide")
def test_a_folder_whose_data_gather_it_holds_posts(eleventy: Blog) -> None:
    eleventy.write("garden/garden.json", '{"tags": ["garden"]}')
    eleventy.write("pages/pages.json", '{"tags": "pages"}')
    eleventy.write("garden/herbs.md", matter(title="Herbs"))
    eleventy.write("pages/about.md", matter(title="About"))

    assert eleventy.ids() == ["garden/herbs.md"]


@shows("files", "site-wide")
def test_a_pattern_by_which_the_site_gathers_a_collection_holds_posts(eleventy: Blog) -> None:
    eleventy.write(
        ".eleventy.js",
        "module.exports = (c) => { c.addCollection('x', (api) =>"
        " api.getFilteredByGlob(['./recipes/**/*.md'])); };",
    )
    eleventy.write("recipes/sweet/cake.md", matter(title="Cake"))
    eleventy.write("other/cake.md", matter(title="Cake"))

    assert eleventy.ids() == ["recipes/sweet/cake.md"]


@shows("files")
@pytest.mark.parametrize("below", [".", "posts"])
def test_the_site_is_found_from_a_folder_inside_it(eleventy: Blog, below: str) -> None:
    eleventy.write(LOAF, matter(**DATED))

    assert [post.url for post in eleventy.read(below)] == ["/posts/loaf/"]  # type: ignore[union-attr]


@shows("files")
def test_a_site_of_another_generator_inside_is_not_eleventys(eleventy: Blog) -> None:
    eleventy.write("old/_config.yml", "title: Old\n")
    eleventy.write("old/_posts/2024-01-02-loaf.md", matter(title="Loaf"))

    assert eleventy.read("old")[0].url == "/2024/01/02/loaf.html"  # type: ignore[union-attr]


@shows("files")
def test_a_package_that_names_eleventy_is_enough(blog: Blog) -> None:
    blog.write("package.json", '{"devDependencies": {"@11ty/eleventy": "^3"}}')
    blog.write("_includes/post.md", matter(**DATED))
    blog.write(LOAF, matter(**DATED))

    assert blog.ids() == [LOAF]


@shows("title")
def test_the_title_is_the_key_or_the_first_heading(eleventy: Blog) -> None:
    assert eleventy.post(LOAF, "---\ndate: 2024-01-02\n---\n# Rye *bread*\n").title == "Rye bread"
    assert eleventy.post(LOAF, matter(title="'<b>Rye</b>'")).title == "Rye"


@shows("title")
def test_a_post_without_any_title_is_told(eleventy: Blog) -> None:
    assert "There is no title" in eleventy.problem(LOAF, "No front matter.").message


@shows("date", "time zone")
@pytest.mark.parametrize(
    ("path", "written", "day"),
    [
        (LOAF, "2024-01-02", date(2024, 1, 2)),
        (LOAF, "2024-01-02T23:30:00", date(2024, 1, 2)),
        (LOAF, "'2024-01-02T23:30:00-05:00'", date(2024, 1, 3)),
        ("posts/2023-05-06-loaf.md", "2024-01-02", date(2024, 1, 2)),
        ("posts/2023-05-06-loaf.md", "", date(2023, 5, 6)),
        ("posts/2023-05-06/2022-01-01.md", "", date(2023, 5, 6)),
        ("posts/2024-99-99.md", "", None),
        (LOAF, "", None),
        ("posts/2023-05-06-loaf.md", "git Last Modified", None),
        (LOAF, "Created", None),
    ],
)
def test_the_date_is_the_key_or_the_first_in_the_path_in_utc(
    eleventy: Blog, path: str, written: str, day: date | None
) -> None:
    assert eleventy.post(path, matter(title="x", date=written)).date == day


@shows("time zone")
def test_a_time_without_zone_is_in_utc_whatever_the_zone_of_the_blog(eleventy: Blog) -> None:
    text = matter(title="x", date="2024-01-02T20:00:00")

    assert eleventy.post(LOAF, text, timezone="Asia/Tokyo").date == date(2024, 1, 3)


@shows("date")
def test_a_date_that_is_none_is_told(eleventy: Blog) -> None:
    problem = eleventy.problem(LOAF, matter(title="x", date="last Tuesday"))

    assert str(problem).endswith("loaf.md:3: date is 'last Tuesday'. Write it as YYYY-MM-DD")


@shows("tags", "site-wide")
@pytest.mark.parametrize(
    ("folder", "own", "tags"),
    [
        ("{}", "[a, b c]", ("a", "b c")),
        ("{}", "a, b", ("a", "b")),
        ("{}", "[post, Posts, all, nav, blog, a]", ("a",)),
        ('{"tags": "posts"}', "[a]", ("a",)),
        ('{"tags": ["garden", "posts"]}', "[a, garden]", ("a",)),
        ('{"tags": "garden"}', "", ()),
    ],
)
def test_tags_that_gather_a_whole_folder_are_no_topics(
    eleventy: Blog, folder: str, own: str, tags: tuple[str, ...]
) -> None:
    eleventy.write("posts/posts.json", folder)

    assert eleventy.post(LOAF, matter(**DATED, tags=own)).tags == tags


@shows("tags")
def test_a_tag_whose_collection_a_post_is_kept_out_of_is_none(eleventy: Blog) -> None:
    post = eleventy.post(LOAF, matter(**DATED, tags="[a, b]", eleventyExcludeFromCollections="b"))

    assert post.tags == ("a",)


@shows("categories", "site-wide")
@pytest.mark.parametrize(
    ("values", "categories"),
    [
        ({"category": "Baking"}, ("Baking",)),
        ({"categories": "[A, B]"}, ("A", "B")),
        ({}, ("garden",)),
    ],
)
def test_the_category_is_a_key_or_the_collection_of_the_folder(
    eleventy: Blog, values: dict[str, str], categories: tuple[str, ...]
) -> None:
    eleventy.write("posts/posts.11tydata.json", '{"tags": ["posts", "garden"]}')

    assert eleventy.post(LOAF, matter(**DATED, **values)).categories == categories


@shows("site-wide", "tags", "language")
def test_data_files_above_and_beside_a_post_are_put_together(eleventy: Blog) -> None:
    eleventy.write("posts/posts.json", '{"lang": "en", "tags": "posts"}')
    eleventy.write("posts/fr/fr.11tydata.js", "export default { lang: 'fr', author: f() };")
    eleventy.write("posts/fr/pain.json", '{"title": "From the file", "tags": "a"}')
    eleventy.write("posts/fr/pain.11tydata.cjs", "module.exports = { tags: ['b'], date: f() };")

    post = eleventy.post("posts/fr/pain.md", matter(date="2024-01-02", tags="[c]"))
    other = eleventy.post("posts/fr/autre.md", matter(title="Own", lang="de"))

    assert (post.title, post.lang, post.tags) == ("From the file", "fr", ("a", "b", "c"))
    assert (other.title, other.lang, other.tags) == ("Own", "de", ())


@shows("excerpt", "site-wide")
@pytest.mark.parametrize(
    ("options", "front", "body", "excerpt"),
    [
        ("{}", "excerpt: '*Own*.'", "First.", "Own."),
        ("{}", "description: Described.", "First.", "Described."),
        ("{}", "", "First.\n\nMore.\n\n<!-- more -->\n\nRest.", "First. More."),
        ("{}", "", "First.\n\n---\n\nRest.", "First."),
        ("{ excerpt: true }", "description: Other.", "One.\n\nTwo.\n\n---\n\nRest.", "One. Two."),
        ("{ excerpt: true, excerpt_separator: '%%' }", "", "One.\n\nTwo.%%Rest.", "One. Two."),
        ("options", "", "First.", "First."),
        ("{ excerpt: true, excerpt_separator: SIGN }", "", "Ah.\n\n---\n\nOh.SIGN", "Ah."),
    ],
)  # fmt: skip
def test_the_excerpt_is_a_key_or_before_the_sites_separator_or_the_first_paragraph(
    eleventy: Blog, options: str, front: str, body: str, excerpt: str
) -> None:
    eleventy.write(
        ".eleventy.js", f"module.exports = (c) => {{ c.setFrontMatterParsingOptions({options}); }};"
    )

    post = eleventy.post(LOAF, f"---\ntitle: x\ndate: 2024-01-02\n{front}\n---\n{body}\n")

    assert post.excerpt == excerpt


@shows("hidden")
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"draft": "true"}, "draft"),
        ({"published": "false"}, "unpublished"),
        ({"permalink": "false"}, "not rendered"),
        ({"permalink": "{build: false}"}, "not rendered"),
        ({"permalink": "{serverless: /x/}"}, "not rendered"),
        ({"eleventyExcludeFromCollections": "true"}, "unlisted"),
    ],
)
def test_posts_not_for_readers_are_left_out(
    eleventy: Blog, values: dict[str, str], reason: str
) -> None:
    assert eleventy.left_out(LOAF, matter(**DATED, **values)) == reason


@shows("hidden", "site-wide")
def test_a_whole_folder_can_be_left_out(eleventy: Blog) -> None:
    eleventy.write("posts/quotes/quotes.json", '{"permalink": false}')

    assert eleventy.left_out("posts/quotes/a.md", matter(**DATED)) == "not rendered"


@shows("scheduled")
def test_posts_to_come_are_seen_at_once_as_eleventy_publishes_them(eleventy: Blog) -> None:
    post = eleventy.post(LOAF, matter(title="x", date="2999-01-01"))

    assert (post.date, post.visible_from) == (date(2999, 1, 1), None)


@shows("language", "site-wide")
def test_with_the_plugin_for_languages_they_are_folders(eleventy: Blog) -> None:
    without = eleventy.post("fr/posts/pain.md", matter(**DATED))
    eleventy.write(".eleventy.js", "module.exports = (c) => c.addPlugin(EleventyI18nPlugin, {});")
    with_plugin = eleventy.post("fr/posts/pain.md", matter(**DATED))

    assert (without.lang, with_plugin.lang) == (None, "fr")


@shows("title")
@pytest.mark.parametrize(
    "text",
    [
        '---json\n{"title": "Rye", "tags": ["a"]}\n---\nA loaf.\n',
        "---js\n{ title: 'Rye', tags: [`a`], layout: f(x) }\n---\nA loaf.\n",
        "---javascript\nconst title = \"Rye\";\nconst tags = ['a'];\n---\nA loaf.\n",
        "---toml\ntitle = 'Rye'\ntags = ['a']\n---\nA loaf.\n",
        "---yaml\ntitle: Rye\ntags: [a]\n---\nA loaf.\n",
    ],
)
def test_front_matter_may_name_its_language(eleventy: Blog, text: str) -> None:
    post = eleventy.post(LOAF, text)

    assert (post.title, post.tags, post.body) == ("Rye", ("a",), "A loaf.")


@shows("title")
def test_json_that_is_none_is_told_with_its_line(eleventy: Blog) -> None:
    problem = eleventy.problem(LOAF, '---json\n{"title": "Rye"\n"tags": []}\n---\n')

    assert problem.place.endswith("loaf.md:3")
    assert "This is not JSON" in problem.message
