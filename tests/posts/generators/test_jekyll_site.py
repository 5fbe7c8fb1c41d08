"""What a Jekyll site's configuration says: addresses, defaults, and what stops a run."""

import re

import pytest
from cells import shows
from posts_blog import RYE, Blog, matter

from searchsvc.errors import ContentError

DEFAULTS = """
defaults:
  - scope: {path: "", type: posts}
    values: {category: all, lang: en, permalink: "/x/:title/"}
  - scope: {path: _posts/2024}
    values: {lang: de, categories: [year]}
  - scope: {path: "_posts/*/deep"}
    values: {lang: fr}
  - scope: {path: "", type: pages}
    values: {lang: nl}
  - nonsense
"""


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("style", "url"),
    [
        ("date", "/a%20b/2024/03/05/Rye-bread.html"),
        ("pretty", "/a%20b/2024/03/05/Rye-bread/"),
        ("ordinal", "/a%20b/2024/065/Rye-bread.html"),
        ("weekdate", "/a%20b/2024/W10/Tue/Rye-bread.html"),
        ("none", "/a%20b/Rye-bread.html"),
        ("/:year-:month-:day/:slug", "/2024-03-05/rye-bread"),
        ("/:short_year/:i_month/:i_day/:y_day/", "/24/3/5/065/"),
        ("/:long_month/:short_month/:long_day/:w_day", "/March/Mar/Tuesday/2"),
        ("/:hour:minute:second/:title:output_ext", "/103015/Rye-bread.html"),
        ("/:year_:title/", "/2024_Rye-bread/"),
        ("/:slugified_categories/:collection/:title", "/a-b/posts/Rye-bread"),
        ("/:path", "/2024-01-02-Rye-bread"),
        ("blog//:title", "/blog/Rye-bread"),
        ("/:unknown/:title", "/:unknown/Rye-bread"),
    ],
)
def test_permalinks_follow_the_sites_style(jekyll: Blog, style: str, url: str) -> None:
    jekyll.write("_config.yml", f"permalink: '{style}'\n")

    post = jekyll.post(
        "_posts/2024-01-02-Rye-bread.md", matter(categories="[A b]", date="2024-03-05 10:30:15 Z")
    )

    assert post.url == url


@shows("address")
def test_a_posts_own_permalink_beats_the_sites(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "permalink: pretty\n")

    assert jekyll.post(RYE, matter(permalink="/rye/:year/")).url == "/rye/2024/"
    assert jekyll.post(RYE, matter(permalink="'https://a.example/x'")).url == "https://a.example/x"


@shows("address", "site-wide")
def test_the_style_may_stand_with_the_collection(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "permalink: date\ncollections: {posts: {permalink: /p/:title/}}\n")

    assert jekyll.post(RYE, matter(title="x")).url == "/p/rye-bread/"


@shows("address")
@pytest.mark.parametrize(
    ("slug", "part"),
    [("Rye & Wheat!", "Rye-&-Wheat!"), ("naïve café", "na%C3%AFve-caf%C3%A9"), 
     ("a/b?c#d", "a-b-c-d"),
     ("हिन्दी", "%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80")],
)  # fmt: skip
def test_a_slug_is_made_fit_for_a_url(jekyll: Blog, slug: str, part: str) -> None:
    assert jekyll.post(RYE, matter(slug=f"'{slug}'")).url == f"/2024/01/02/{part}.html"


@shows("address")
def test_a_category_with_a_hash_stays_in_the_path(jekyll: Blog) -> None:
    assert jekyll.post(RYE, matter(category="C#")).url == "/c%23/2024/01/02/rye-bread.html"


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("config", "setting", "url"),
    [
        ("url: https://a.example\nbaseurl: /blog\n", "", "https://a.example/blog/2024/01/02/rye-bread.html"),
        ("url: https://a.example/\nbaseurl: ''\n", "", "https://a.example/2024/01/02/rye-bread.html"),
        ("baseurl: blog/\n", "", "/blog/2024/01/02/rye-bread.html"),
        ("url: https://a.example\nbaseurl: /blog\n", "https://b.example/x/", "https://b.example/x/2024/01/02/rye-bread.html"),
    ],
)  # fmt: skip
def test_urls_begin_with_the_sites_address(
    jekyll: Blog, config: str, setting: str, url: str
) -> None:
    jekyll.write("_config.yml", config)

    assert jekyll.post(RYE, matter(title="x"), site_url=setting).url == url


@shows("site-wide", "language", "categories")
def test_defaults_of_the_site_fill_what_a_post_does_not_say(jekyll: Blog) -> None:
    jekyll.write("_config.yml", DEFAULTS)

    post = jekyll.post("_posts/2024/2024-01-02-a.md", "---\ncategories: own\nlayout:\n---\n")
    other = jekyll.post("_posts/2020-01-02-b.md", matter(category="mine"))
    deep = jekyll.post("_posts/2019/deep/2019-01-02-c.md", "x")

    assert (post.lang, post.categories, post.url) == ("de", ("year", "own", "all"), "/x/a/")
    assert (other.lang, other.categories) == ("en", ("mine",))
    assert deep.lang == "fr"


@shows("site-wide")
@pytest.mark.parametrize(
    ("scope", "path", "covered"),
    [
        ("_posts/2024", "_posts/2024/2024-01-02-a.md", True),
        ("_posts/2024", "_posts/2024-01-02-a.md", True),
        ("_posts/2024/", "_posts/2024-01-02-a.md", False),
        ("/_posts", "_posts/2024-01-02-a.md", True),
        ("_posts/*/x", "_posts/a/x/2024-01-02-a.md", True),
        ("_posts/*/x", "_posts/a/b/x/2024-01-02-a.md", False),
        ("_posts/*/x", "_posts/a/xy/2024-01-02-a.md", False),
        ("_posts/**/x", "_posts/a/b/x/2024-01-02-a.md", True),
        ("_posts/**/x", "_posts/x/2024-01-02-a.md", True),
        ("_posts/2024-*-a.md", "_posts/2024-01-02-a.md", True),
        ("_posts/{b,c}*", "_posts/c/2024-01-02-a.md", True),
        ("_posts/[!c]*", "_posts/c/2024-01-02-a.md", False),
        ("_posts/?/*", "_posts/c/2024-01-02-a.md", True),
    ],
)
def test_a_scope_is_the_beginning_of_a_path_or_a_pattern(
    jekyll: Blog, scope: str, path: str, covered: bool
) -> None:
    jekyll.write("_config.yml", f"defaults: [{{scope: {{path: '{scope}'}}, values: {{lang: de}}}}]")

    assert (jekyll.post(path, matter(title="x")).lang == "de") == covered


@shows("address", "site-wide")
def test_a_style_has_a_name_for_the_site_only(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "collections: {posts: {permalink: pretty}}\n")
    jekyll.write("_posts/2020-01-01-first.md", matter(permalink="/first/"))

    assert jekyll.post(RYE, matter(title="x")).url == "/pretty"
    assert jekyll.post(RYE, matter(permalink="ordinal")).url == "/ordinal"


@shows("site-wide")
def test_the_configuration_may_be_toml(jekyll: Blog) -> None:
    jekyll.write("_config.toml", 'permalink = "/:title/"\nfuture = true\n')

    assert jekyll.post(RYE, matter(title="x")).url == "/rye-bread/"


@shows("hidden", "site-wide")
def test_a_default_can_leave_posts_out(jekyll: Blog) -> None:
    jekyll.write(
        "_config.yml", "defaults: [{scope: {path: _posts/old}, values: {published: false}}]\n"
    )

    assert jekyll.left_out("_posts/old/2024-01-02-a.md", "x") == "unpublished"


@shows("site-wide")
@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("title: a: b\n", "_config.yml:1: This is not YAML"),
        ("timezone: Mars/Olympus\n", "_config.yml: timezone is 'Mars/Olympus'. No such time zone"),
    ],
)
def test_a_configuration_that_cannot_be_used_stops_the_run(
    jekyll: Blog, config: str, told: str
) -> None:
    jekyll.write("_config.yml", config)

    with pytest.raises(ContentError) as error:
        jekyll.read()

    assert told in str(error.value)


@shows("address")
def test_a_text_file_keeps_its_suffix(jekyll: Blog) -> None:
    assert jekyll.post("_posts/2024-01-02-a.txt", matter(title="x")).url == "/2024/01/02/a.txt"


@shows("site-wide")
@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("- a\n- b\n", "It holds no settings"),
        ("timezone: [a]\n", "timezone is"),
        ("permalink: {a: b}\n", "permalink is"),
        ("future: maybe\n", "future is 'maybe'. Write it as true or false"),
        ("url: javascript:alert(1)\n", "url is 'javascript:alert(1)'. Write it like https://"),
    ],
)
def test_a_configuration_that_makes_no_sense_stops_the_run(
    blog: Blog, config: str, said: str
) -> None:
    blog.write("_config.yml", config)
    blog.write("_posts/2025-01-01-rye.md", "---\ntitle: Rye\n---\nA loaf.\n")

    with pytest.raises(ContentError, match=re.escape(said)):
        blog.read()


@shows("site-wide")
@pytest.mark.parametrize("config", ["", "# nothing yet\n", "url: ''\nfuture:\n"])
def test_a_configuration_may_be_empty(blog: Blog, config: str) -> None:
    blog.write("_config.yml", config)
    blog.write("_posts/2025-01-01-rye.md", "---\ntitle: Rye\n---\nA loaf.\n")

    assert blog.ids() == ["_posts/2025-01-01-rye.md"]
