"""Where Hexo's posts live, by the configuration of their site."""

import re

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError

LOAF = "source/_posts/loaf.md"


@pytest.fixture
def hexo(blog: Blog) -> Blog:
    blog.write("package.json", '{"dependencies": {"hexo": "^8.0.0"}}')
    blog.write("_config.yml", "")
    return blog


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        (":year/:month/:day/:title/", "/2024/01/02/en/Rye%20bread/"),
        ("/:year-:i_month-:i_day/:name.html", "/2024-1-2/Rye%20bread.html"),
        (":hour:minute:second/:timestamp/", "/030405/1704164645/"),
        ("posts/:post_title/", "/posts/creme-for-100/"),
        (":id/:mood/:kind/", "/42/undefined/note/"),
        (":category/:title", "/baking/Petit-Pain/en/Rye%20bread"),
        (":year_:title/", "/2024_en/Rye%20bread/"),
        # The beginning of sha1("en/Rye bread1704164645")
        (":hash/", "/87642610930d/"),
    ],
)
def test_permalinks_follow_the_sites_pattern(hexo: Blog, pattern: str, url: str) -> None:
    hexo.write(
        "_config.yml",
        f"permalink: '{pattern}'\n"
        "category_map: {Baking: baking}\npermalink_defaults: {kind: note}\n",
    )

    post = hexo.post(
        "source/_posts/en/Rye bread.md",
        matter(title="Crème for 100%", date="2024-01-02 03:04:05", id="42", slug="other",
               categories="[Baking, Petit Pain]"),
    )  # fmt: skip

    assert post.url == url


@shows("address", "categories", "site-wide")
@pytest.mark.parametrize(
    ("categories", "part"),
    [
        ("", "misc"),
        ("[Baking, Rye & co]", "BAKING/RYE-CO"),
        ("[[Travel, Norway], Diary]", "DIARY"),
        ("[Diary, [Travel, Norway]]", "TRAVEL/NORWAY"),
    ],
)
def test_the_category_in_an_address_is_the_last_path(
    hexo: Blog, categories: str, part: str
) -> None:
    hexo.write("_config.yml", "permalink: :category/\ndefault_category: misc\nfilename_case: 2\n")

    assert hexo.post(LOAF, matter(title="x", categories=categories)).url == f"/{part}/"


@shows("address")
@pytest.mark.parametrize(
    ("own", "url"),
    [("own/place/", "/own/place/"), ("/own.html", "/own.html"),
     ("https://b.example/x", "https://b.example/x")],
)  # fmt: skip
def test_a_posts_own_permalink_is_its_address(hexo: Blog, own: str, url: str) -> None:
    assert hexo.post(LOAF, matter(title="x", permalink=own)).url == url


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("config", "url"),
    [
        ("post_asset_folder: true\npermalink: p/:title", "/p/loaf/"),
        ("post_asset_folder: true\npermalink: p/:title.html", "/p/loaf.html"),
        ("pretty_urls: {trailing_html: false}\npermalink: p/:title.html", "/p/loaf"),
        ("pretty_urls: {trailing_index: false}\npermalink: p/:title/index.html", "/p/loaf/"),
        ("pretty_urls: {trailing_html: false}\npermalink: p/index.html", "/p/index.html"),
    ],
)  # fmt: skip
def test_addresses_are_as_tidy_as_the_site_wants_them(hexo: Blog, config: str, url: str) -> None:
    hexo.write("_config.yml", config)

    assert hexo.post(LOAF, matter(title="x")).url == url


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("config", "start"),
    [
        ("url: https://a.example/blog/\nroot: /blog/", "https://a.example/blog"),
        ("url: https://a.example\nroot: /blog/", "https://a.example/blog"),
        ("url: https://a.example", "https://a.example"),
        ("url: http://example.com\nroot: /blog/", "/blog"),
        ("url: http://yoursite.com", ""),
        ("", ""),
    ],
)
def test_addresses_begin_with_the_sites_own_unless_it_is_the_one_of_every_new_site(
    hexo: Blog, config: str, start: str
) -> None:
    hexo.write("_config.yml", config + "\npermalink: :title/\n")

    assert hexo.post(LOAF, matter(title="x")).url == f"{start}/loaf/"


@shows("address")
def test_a_setting_beats_the_sites_pattern_but_not_a_posts_own_address(hexo: Blog) -> None:
    template = "/{year}/{folder}/{slug}"

    by_setting = hexo.post(
        "source/_posts/en/rye.md", matter(title="x", date="2024-01-02"), url_template=template
    )
    own = hexo.post(LOAF, matter(title="x", permalink="own/"), url_template=template)

    assert by_setting.url == "/2024/en/rye"
    assert own.url == "/own/"


@shows("address", "date")
def test_an_address_with_a_date_that_nobody_wrote_is_told(hexo: Blog) -> None:
    problem = hexo.problem(LOAF, matter(title="x"))

    assert "Its address holds a date" in problem.message
    assert "Write the date into the front matter: date: …" in problem.message


@shows("address")
def test_an_address_with_an_id_that_hexo_makes_up_is_told(hexo: Blog) -> None:
    hexo.write("_config.yml", "permalink: :id/\n")

    assert "Write it into the front matter: id: …" in hexo.problem(LOAF, matter(title="x")).message


@shows("address")
@pytest.mark.parametrize(
    ("name", "url"), [("C# & 100%?", "/C%23%20&%20100%25%3F/"), ("a  b", "/a%20%20b/")]
)
def test_names_are_made_fit_for_a_url(hexo: Blog, name: str, url: str) -> None:
    hexo.write("_config.yml", "permalink: :title/\n")

    assert hexo.post(f"source/_posts/{name}.md", matter(title="x")).url == url


@shows("address", "site-wide")
def test_a_name_that_is_not_as_new_ones_becomes_a_slug(hexo: Blog) -> None:
    hexo.write("_config.yml", "new_post_name: :year-:month-:day-:title.md\npermalink: :title/\n")

    assert hexo.post("source/_posts/Übers Brot/Ein Łaib.md", matter(title="x")).url == (
        "/Ubers-Brot-Ein-Laib/"
    )


@shows("site-wide")
def test_a_configuration_may_be_json(hexo: Blog) -> None:
    (hexo.root / "_config.yml").unlink()
    hexo.write("_config.json", '{"permalink": "p/:title/"}')

    assert hexo.post(LOAF, matter(title="x")).url == "/p/loaf/"


@shows("site-wide")
@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("timezone: Mars/Olympus", "_config.yml: timezone is 'Mars/Olympus'. No such time zone"),
        ("permalink: [a]", "_config.yml: permalink is ['a']. Write it as text"),
        ("future: perhaps", "future is 'perhaps'. Write it as true or false"),
        ("title: a: b", "_config.yml:1: This is not YAML"),
    ],
)
def test_a_configuration_that_makes_no_sense_stops_the_run(
    hexo: Blog, config: str, told: str
) -> None:
    hexo.write("_config.yml", config + "\n")
    hexo.write(LOAF, matter(title="x"))

    with pytest.raises(ContentError, match=re.escape(told)):
        hexo.read()
