"""Where Eleventy's posts live, and what is plainly written in a site's configuration."""

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError

LOAF = "posts/2024-01-02-loaf.md"


@pytest.fixture
def eleventy(blog: Blog) -> Blog:
    blog.write("eleventy.config.js", "export default function (config) {}\n")
    return blog


@shows("address")
@pytest.mark.parametrize(
    ("path", "url"),
    [
        (LOAF, "/posts/2024-01-02-loaf/"),
        ("posts/loaf/index.md", "/posts/loaf/"),
        ("posts/loaf/loaf.md", "/posts/loaf/"),
        ("posts/a b/é#.md", "/posts/a%20b/%C3%A9%23/"),
    ],
)
def test_without_a_permalink_the_address_is_the_path_with_its_dates(
    eleventy: Blog, path: str, url: str
) -> None:
    assert eleventy.post(path, matter(title="x")).url == url


@shows("address")
@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("/own/place/", "/own/place/"),
        ("own/place/index.html", "/own/place/"),
        ("/own.html", "/own.html"),
        ("{build: /own/}", "/own/"),
        ("{}", "/posts/2024-01-02-loaf/"),
        ("/{{ page.fileSlug }}/", "/loaf/"),
        ("{{page.filePathStem}}.html", "/posts/loaf.html"),
        ("/{{ title | slugify }}/", "/creme-oel-a-dogs-life/"),
        ("/{{ title | slug }}/", "/creme-ol-a-dog's-life/"),
        ("/{{ title | downcase | slugify }}/{{ kind }}/", "/creme-oel-a-dogs-life/short/"),
        ("/{{ page.date | date: '%Y/%m/%-d' }}/", "/2024/01/2/"),
        ("/{{ date | format('yyyy/LL/dd') }}/", "/2024/01/02/"),
        ("/{{ page.date | format('YYYY-M-DD') }}/", "/2024-1-02/"),
        ("/{{ page.date | htmlDateString }}/", "/2024-01-02/"),
        ("/{{ 'notes' }}/{{- page.fileSlug -}}/", "/notes/loaf/"),
    ],
)
def test_permalinks_that_need_no_engine_are_filled_in(
    eleventy: Blog, permalink: str, url: str
) -> None:
    quoted = permalink if permalink.startswith(("{build", "{}")) else f'"{permalink}"'

    title = "Crème, Öl a dog's life"
    post = eleventy.post(LOAF, matter(title=title, kind="short", permalink=quoted))

    assert post.url == url


@shows("address")
@pytest.mark.parametrize(
    "permalink",
    [
        "/{{ page.fileSlug | rot13 }}/",
        "/{{ page.date }}/",
        "/{{ page.date | format('do MMMM yyyy') }}/",
        "/{{ page.date | format('YYYY-dd') }}/",
        "/{{ unknown }}/",
        "/{% if draft %}x{% endif %}/",
        "/{{ title if title else page.fileSlug }}/",
        "/{{ page.inputPath }}/",
    ],
)
def test_other_permalinks_are_told_unless_a_setting_stands_in_for_them(
    eleventy: Blog, permalink: str
) -> None:
    text = matter(title="x", permalink=f'"{permalink}"')

    problem = eleventy.problem(LOAF, text)
    post = eleventy.post(LOAF, text, url_template="/{year}/{slug}/")

    assert problem.place.endswith("loaf.md:3")
    assert "which only Eleventy can run. Set url_template, such as /blog/{slug}/" in problem.message
    assert post.url == "/2024/loaf/"


@shows("address")
def test_a_title_in_another_alphabet_has_no_known_slug(eleventy: Blog) -> None:
    problem = eleventy.problem(
        LOAF, matter(title="Хлеб", permalink='"/{{ title | slugify }}/"')
    )  # fmt: skip

    assert "whose letters Eleventy spells out by tables of its own" in problem.message


@shows("address", "site-wide")
def test_a_setting_beats_the_permalink_of_a_folder_but_not_a_posts_own(eleventy: Blog) -> None:
    eleventy.write("posts/posts.json", '{"permalink": "/p/{{ page.fileSlug }}/"}')

    by_folder = eleventy.post(LOAF, matter(title="x"))
    by_setting = eleventy.post(LOAF, matter(title="x"), url_template="/s/{slug}")
    own = eleventy.post(LOAF, matter(title="x", permalink="/own/"), url_template="/s/{slug}")

    assert (by_folder.url, by_setting.url, own.url) == ("/p/loaf/", "/s/loaf", "/own/")


@shows("address", "site-wide")
@pytest.mark.parametrize(
    "data",
    [
        "permalink: (data) => `/${data.x}/`",
        "permalink(data) { return '/x/'; }",
        "eleventyComputed: { permalink: (data) => data.x }",
        "permalink",
    ],
)
def test_an_address_that_a_data_file_computes_is_told(eleventy: Blog, data: str) -> None:
    eleventy.write("posts/posts.11tydata.js", f"export default {{ {data} }};")

    assert "which only Eleventy can run" in eleventy.problem(LOAF, matter(title="x")).message


@shows("address", "hidden", "site-wide")
def test_code_that_withholds_drafts_leaves_other_addresses_alone(eleventy: Blog) -> None:
    eleventy.write(
        "eleventy.config.js",
        "export default (c) => { c.addGlobalData('eleventyComputed.permalink', () => (data) =>"
        " data.draft && !process.env.DRAFTS ? false : data.permalink); };",
    )

    assert eleventy.post(LOAF, matter(title="x")).url == "/posts/2024-01-02-loaf/"
    assert eleventy.left_out(LOAF, matter(title="x", draft="true")) == "draft"


@shows("address", "site-wide")
def test_computed_data_that_are_plain_are_used(eleventy: Blog) -> None:
    eleventy.write(
        "_data/eleventyComputed.js",
        "module.exports = { permalink: '/c/{{ page.fileSlug }}/', title: (d) => d.x, lang: 'fr' };",
    )

    post = eleventy.post(LOAF, matter(title="Own"))

    assert (post.url, post.title, post.lang) == ("/c/loaf/", "Own", "fr")


@shows("address", "site-wide")
@pytest.mark.parametrize(
    "config",
    [
        "export default (c) => { c.addFilter('slugify', mine); };",
        "export default (c) => { c.addUrlTransform((page) => page.url); };",
    ],
)
def test_what_the_site_does_in_its_own_way_is_told(eleventy: Blog, config: str) -> None:
    eleventy.write("eleventy.config.js", config)

    problem = eleventy.problem(LOAF, matter(title="x", permalink='"/{{ title | slugify }}/"'))

    assert "which only Eleventy can run" in problem.message


@shows("files", "address", "site-wide")
@pytest.mark.parametrize(
    ("path", "config"),
    [
        (".eleventy.js", "module.exports = function (c) { return { dir: { input: 'src' } }; };"),
        ("eleventy.config.mjs", "export const config = { dir: { input: './src/' } };"),
        ("eleventy.config.cjs", "module.exports = (c) => ({ dir: { output: 'x', input: `src` } })"),
        ("eleventy.config.js", "export default (c) => { /* dir */ c.setInputDirectory('src'); };"),
        ("eleventy.config.js", "const X = 'src';\nexport default () => ({ dir: { input: X } });"),
        ("package.json", '{"scripts": {"build": "npx @11ty/eleventy --input=src --output=x"}}'),
    ],
)  # fmt: skip
def test_the_folder_of_the_contents_is_read_from_the_configuration(
    blog: Blog, path: str, config: str
) -> None:
    blog.write("package.json", '{"dependencies": {"@11ty/eleventy": "3"}}')
    blog.write(path, config.replace('{"scripts"', '{"d": {"@11ty/eleventy": "3"}, "scripts"'))
    blog.write("src/posts/loaf.md", matter(title="x"))
    blog.write("posts/loaf.md", matter(title="x"))
    blog.write("src/_includes/posts/loaf.md", matter(title="x"))

    assert [(post.id, post.url) for post in blog.read()] == [  # type: ignore[union-attr]
        ("src/posts/loaf.md", "/posts/loaf/")
    ]


@shows("files", "site-wide")
def test_other_folders_can_be_named_too(eleventy: Blog) -> None:
    eleventy.write(
        "eleventy.config.js",
        "export default (c) => { c.setTemplateFormats('md,html'); c.setIncludesDirectory('parts');"
        " c.setOutputDirectory('docs'); c.setDataFileBaseName('index'); };",
    )
    eleventy.write("posts/index.11tydata.json", '{"tags": ["x"]}')
    for path in ("parts/a.md", "docs/b.md", "posts/c.njk", "posts/d.html"):
        eleventy.write(path, matter(title="x", date="2024-01-02"))

    assert [(p.id, p.categories) for p in eleventy.read()] == [("posts/d.html", ("x",))]  # type: ignore[union-attr]


@shows("files", "site-wide")
@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("process.env.X", "eleventy.config.js: The folder of the contents is process.env.X"),
        ("'../other'", "eleventy.config.js: dir.input is '../other', outside of the site"),
    ],
)  # fmt: skip
def test_contents_in_a_folder_that_is_not_known_stop_the_run(
    eleventy: Blog, value: str, told: str
) -> None:
    eleventy.write("eleventy.config.js", f"export default () => ({{ dir: {{ input: {value} }} }});")

    with pytest.raises(ContentError) as error:
        eleventy.read()

    assert told in str(error.value)


@shows("site-wide")
def test_a_data_file_that_is_no_json_stops_the_run(eleventy: Blog) -> None:
    eleventy.write("posts/posts.json", '{"tags": }')
    eleventy.write(LOAF, matter(title="x"))

    with pytest.raises(ContentError, match=r"posts\.json:1: This is not JSON"):
        eleventy.read()


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("path", "content", "start"),
    [
        ("_data/metadata.json", '{"url": "https://a.example/"}', "https://a.example/b"),
        ("_data/site.js", "export default { url: 'https://a.example/b' };", "https://a.example/b"),
        ("_data/metadata.js", "module.exports = { url: 'https://example.com/' }", "/b"),
        ("_data/metadata.js", "module.exports = { url: process.env.URL }", "/b"),
        ("_data/other.json", '{"url": "https://a.example/"}', "/b"),
    ],
)
def test_addresses_begin_with_what_the_site_keeps_as_its_own_and_its_prefix(
    eleventy: Blog, path: str, content: str, start: str
) -> None:
    eleventy.write("eleventy.config.js", "export default () => ({ pathPrefix: '/b/' });")
    eleventy.write(path, content)

    assert eleventy.post(LOAF, matter(title="x", permalink="/x/")).url == f"{start}/x/"


@shows("files", "site-wide")
def test_a_folder_that_the_site_ignores_has_no_posts_even_when_it_is_named(eleventy: Blog) -> None:
    eleventy.write(".eleventyignore", "drafts\n")
    eleventy.write("drafts/loaf.md", matter(title="x", date="2024-01-02"))

    with pytest.raises(ContentError, match="no posts found"):
        eleventy.read("drafts")
