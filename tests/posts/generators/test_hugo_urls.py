"""Addresses of Hugo's pages; odd signs are compared with Hugo itself in ``sites/hugo*``."""

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError

RYE = "content/posts/rye.md"


@shows("address")
@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("about.md", "/about/"),
        ("Posts/My Rye.md", "/posts/my-rye/"),
        ("posts/2024-01-02-rye.md", "/posts/2024-01-02-rye/"),
        ("posts/v1.2.md", "/posts/v1.2/"),
        ("posts/rye/index.md", "/posts/rye/"),
        ("posts/C#, it's + 50% @ a - b.md", "/posts/c%23-its-+-50-@-a---b/"),
        ("posts/İSTANBUL ΑΣ.md", "/posts/istanbul-%CE%B1%CF%83/"),
        ("posts/a\N{NO-BREAK SPACE}b.md", "/posts/a-b/"),
    ],
)
def test_the_address_is_the_path_made_fit(hugo: Blog, path: str, url: str) -> None:
    assert hugo.post(f"content/{path}", matter(title="x")).url == url


@shows("address")
@pytest.mark.parametrize(
    ("slug", "url"),
    [
        ("My Slug", "/posts/my-slug/"), ("a/b", "/posts/a/b/"), ("-x-", "/posts/x/"),
        ("C++ now", "/posts/c++-now/"), ("'½ cup'", "/posts/cup/"), ("a%20b", "/posts/a%20b/"),
        ("x.html", "/posts/x.html/"), ("index", "/posts/"), ("''", "/posts/rye/"),
    ],
)  # fmt: skip
def test_a_slug_stands_for_the_name(hugo: Blog, slug: str, url: str) -> None:
    assert hugo.post(RYE, matter(title="x", slug=slug)).url == url


@shows("address")
@pytest.mark.parametrize(
    ("own", "url"),
    [
        ("/Foo Bar/", "/Foo%20Bar/"), ("foo", "/foo/"), ("/foo.html", "/foo.html"),
        ("/a.b/", "/a.b/"), ("/q/index.html", "/q/"), ("/", "/"), ("//x//y", "/x/y/"),
        ("/C++/", "/C++/"), ("/x#y/", "/x%23y/"), ("/a%20b/", "/a%20b/"), ("../up/", "/up/"),
        ("/:year/:slug/", "/2024/u%CC%88-c%20%20/"), (r"/\:year/", "/:year/"),
    ],
)  # fmt: skip
def test_a_url_of_its_own_wins_and_is_taken_as_it_is(hugo: Blog, own: str, url: str) -> None:
    hugo.write("hugo.toml", "uglyURLs = true\n[permalinks]\nposts = '/not/this/'\n")

    post = hugo.post(
        RYE, matter(title="u\N{COMBINING DIAERESIS} C++", date="2024-01-02", slug="''", url=own)
    )

    assert (post.url, post.rules["url"]) == (url, "front matter: url")


@shows("address")
def test_a_url_on_another_site_is_told_as_hugo_does_not_take_it(hugo: Blog) -> None:
    problem = hugo.problem(RYE, matter(title="x", url="https://a.example/x"))

    assert problem.message == (
        "url is 'https://a.example/x', which Hugo does not take. Write a path: /notes/rye/"
    )


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/:year/:month/:day/:title/", "/2024/03/05/c-ac-dc/"),
        ("/:monthname/:weekdayname/:weekday/:yearday", "/march/tuesday/2/65/"),
        ("/:section/:slug/", "/posts/my-slug/"),
        ("/:sections/:filename", "/posts/deep-er/rye-bread/"),
        ("/:sections[0]/:sections[last]/:sections[1:]/", "/posts/deep-er/deep-er/"),
        ("/:sections[:1]/:filename", "/posts/rye-bread/"),
        ("/:sections[7]/:sections[0:9]/", "/posts/deep-er/"),
        ("/:contentbasename/:slugorfilename/", "/rye-bread/my-slug/"),
        ("/:slugorcontentbasename/x", "/my-slug/x/"),
        ("/:sectionslug/:sectionslugs/", "/our-posts/our-posts/deep-slug/"),
        ("/:sectionslugs[1]/:day", "/deep-slug/05/"),
        ("/:2006-:01-:02T:15/:Jan/:06/", "/2024-03-05t00/mar/24/"),
        (r"/\:year/:filename.html", "/year/rye-bread.html/"),
        ("//x/./:filename/../y", "/x/y/"),
    ],
)  # fmt: skip
def test_permalinks_have_many_tokens(hugo: Blog, pattern: str, url: str) -> None:
    hugo.write("hugo.toml", f"[permalinks.page]\nposts = '{pattern}'\n")
    hugo.write("content/posts/_index.md", matter(title="Our posts"))
    hugo.write("content/posts/Deep er/_index.md", matter(title="x", slug="Deep Slug"))

    post = hugo.post(
        "content/posts/Deep er/no-section/Rye Bread.md",
        matter(title="C++ / AC/DC", date="2024-03-05", slug="My Slug"),
    )

    assert post.url == url


@shows("address", "date")
def test_a_page_without_date_or_slug_has_hugos_first_day_and_its_title(hugo: Blog) -> None:
    hugo.write("hugo.toml", "[permalinks]\nposts = '/:year/:month/:day/:slug/'\n")

    assert hugo.post(RYE, matter(title="Dark rye")).url == "/1/01/01/dark-rye/"


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("config", "url"),
    [
        ("[permalinks]\nposts = '/a/:slug'\n'posts/deep' = '/b/:slug'\n", "/b/x/"),
        ("[permalinks]\n'/' = '/a/:slug'\n", "/posts/deep/rye/"),
        ("[permalinks]\n'/posts/' = '/a/:slug'\n", "/a/x/"),
        ("[permalinks]\npost = '/a/:slug'\n", "/posts/deep/rye/"),
        ("[permalinks]\nPosts = '/a/:slug'\n[permalinks.page]\nposts = '/b/:slug'\n", "/b/x/"),
        ("[permalinks.section]\nposts = '/a/:slug'\n", "/posts/deep/rye/"),
        ("[[permalinks]]\npattern = '/a/:slug'\ntarget.path = '/posts/*'\n", "/posts/deep/rye/"),
        ("[[permalinks]]\npattern = '/a/:slug'\ntarget = {path = '/posts/**'}\n"
         "[[permalinks]]\npattern = '/b/:slug'\n", "/a/x/"),
        ("[[permalinks]]\npattern = '/a/:slug'\ntarget = {kind = 'section'}\n"
         "[[permalinks]]\npattern = '/b/:slug'\n", "/b/x/"),
    ],
)  # fmt: skip
def test_a_pattern_is_meant_for_a_section(hugo: Blog, config: str, url: str) -> None:
    hugo.write("hugo.toml", config)

    assert hugo.post("content/posts/deep/rye.md", matter(title="x")).url == url


@shows("address", "site-wide")
def test_a_pattern_for_the_top_is_for_pages_in_no_folder(hugo: Blog) -> None:
    hugo.write("hugo.toml", "[permalinks]\n'/' = '/top/:filename/'\n")

    assert hugo.post("content/about.md", matter(title="x")).url == "/top/about/"


@shows("address", "site-wide")
def test_a_token_that_hugo_does_not_know_stops_the_run(hugo: Blog) -> None:
    hugo.write("hugo.toml", "[permalinks]\nposts = '/:author/:slug/'\n")

    with pytest.raises(ContentError) as error:
        hugo.read()

    assert "permalinks has '/:author/:slug/' with :author, which Hugo does not know" in str(
        error.value
    )


@shows("address")
def test_a_title_of_a_section_that_an_address_needs_and_lacks_is_told(hugo: Blog) -> None:
    hugo.write("hugo.toml", "[permalinks]\nposts = '/:sectionslug/:slug/'\n")

    problem = hugo.problem(RYE, matter(title="x"))

    assert problem.message == (
        "The address needs the title of the section posts/. Write one into posts/_index.md"
    )


@shows("address", "site-wide")
def test_the_slug_of_a_section_stands_for_its_folder(hugo: Blog) -> None:
    hugo.write("content/posts/_index.md", matter(title="x", slug="My Texts", url="/elsewhere/"))
    hugo.write("content/posts/a b/_index.md", matter(title="x"))

    assert hugo.post("content/posts/a b/c/rye.md", matter(title="x")).url == "/my-texts/a-b/c/rye/"


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("config", "urls"),
    [
        ("uglyURLs = true", ["/posts/%C3%A9t%C3%A9-a.html", "/notes/rye.html", "/Kept/"]),
        ("uglyURLs = {notes = true}", ["/posts/%C3%A9t%C3%A9-a/", "/notes/rye.html", "/Kept/"]),
        ("removePathAccents = true", ["/posts/ete-a/", "/notes/rye/", "/Kept/"]),
        ("disablePathToLower = true", ["/posts/%C3%89t%C3%A9-A/", "/notes/rye/", "/Kept/"]),
    ],
)
def test_sites_choose_how_addresses_look(hugo: Blog, config: str, urls: list[str]) -> None:
    hugo.write("hugo.toml", config + "\n")

    assert [
        hugo.post("content/posts/Été A.md", matter(title="x")).url,
        hugo.post("content/notes/rye/index.md", matter(title="x")).url,
        hugo.post("content/own.md", matter(title="x", url="/Kept/")).url,
    ] == urls


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("base", "setting", "url"),
    [
        ("https://a.example/blog/", "", "https://a.example/blog/posts/rye/"),
        ("https://a.example/blog/", "https://b.example", "https://b.example/posts/rye/"),
        ("/blog/", "", "/blog/posts/rye/"),
        ("/", "", "/posts/rye/"),
        ("", "", "/posts/rye/"),
        ("a.example", "", "/posts/rye/"),
    ],
)
def test_addresses_begin_with_the_sites(hugo: Blog, base: str, setting: str, url: str) -> None:
    hugo.write("hugo.toml", f"baseURL = '{base}'\n")

    assert hugo.post(RYE, matter(title="x"), site_url=setting).url == url


@shows("address")
def test_a_setting_stands_in_for_the_sites_pattern_but_not_for_a_posts_own(hugo: Blog) -> None:
    hugo.write("hugo.toml", "[permalinks]\nposts = '/not/this/'\n")
    template = "/{folder}/{year}/{slug}.html"

    post = hugo.post(RYE, matter(title="x", date="2024-01-02"), url_template=template)
    own = hugo.post("content/a.md", matter(title="x", url="/own/"), url_template=template)

    assert (post.url, own.url) == ("/posts/2024/rye.html", "/own/")
