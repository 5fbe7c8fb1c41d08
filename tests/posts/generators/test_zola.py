"""Zola's rules: which pages are posts, and what is made of them."""

import re
from datetime import date

import pytest
from cells import shows
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post

LOAF = "content/blog/loaf.md"
CONFIG = 'base_url = "https://a.example"\n'


@pytest.fixture
def zola(blog: Blog) -> Blog:
    """A blog that is a Zola site already."""
    blog.write("config.toml", CONFIG)
    (blog.root / "content").mkdir()
    return blog


def toml(**values: str) -> str:
    """A post with front matter in TOML; values as they stand there."""
    lines = "".join(f"{key} = {value}\n" for key, value in {"title": "'x'", **values}.items())
    return f"+++\n{lines}+++\nA loaf.\n"


@shows("title", "date", "address", "categories", "tags", "excerpt")
def test_a_post_is_made_of_its_front_matter_and_its_body(zola: Blog) -> None:
    post = zola.post(
        LOAF,
        "+++\ntitle = 'Rye'\ndate = 2024-01-02\n[taxonomies]\ntags = ['rye', 'a b']\n"
        "categories = ['Baking']\n+++\nA loaf.\n",
    )

    assert post == Post(
        id=LOAF,
        url="https://a.example/blog/loaf/",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("Baking",),
        tags=("rye", "a b"),
        date=date(2024, 1, 2),
    )


@shows("files")
def test_posts_are_pages_of_folders_and_dated_ones_at_the_top(zola: Blog) -> None:
    posts = ["content/2024-01-02-named.md", "content/blog/a.md", "content/blog/b/index.md",
             "content/dated.md", "content/deep/er/c.md"]  # fmt: skip
    for path in posts:
        zola.write(path, toml(date="2024-01-02") if "dated" in path else toml())
    for path in ("content/about.md", "content/about/index.md", "content/index.md",
                 "content/_index.md", "content/blog/_index.md", "content/blog/_index.fr.md",
                 "content/blog/.d.md", "content/blog/e.txt", "templates/f.md",
                 "themes/x/content/blog/g.md", "content/.git/h.md"):  # fmt: skip
        zola.write(path, toml())

    assert zola.ids() == posts


@shows("files", "site-wide")
@pytest.mark.parametrize("pattern", ["*.tmp.md", "**/old/*", "/content/*/o*/{a,b}.*", "*old*"])
def test_what_the_site_ignores_is_no_post(zola: Blog, pattern: str) -> None:
    zola.write("config.toml", f"{CONFIG}ignored_content = ['{pattern}']\n")
    zola.write(LOAF, toml())
    zola.write("content/blog/old/a.tmp.md", toml())

    assert zola.ids() == [LOAF]


@shows("files")
@pytest.mark.parametrize("below", [".", "content", "content/blog"])
def test_the_site_is_found_from_a_folder_inside_it(zola: Blog, below: str) -> None:
    zola.write(LOAF, toml())

    assert [post.url for post in zola.read(below)] == ["https://a.example/blog/loaf/"]  # type: ignore[union-attr]


@shows("files")
def test_the_configuration_may_be_called_zola(blog: Blog) -> None:
    blog.write("zola.toml", "title = 'x'\n" + CONFIG)
    blog.write(LOAF, toml())

    assert blog.read()[0].url == "https://a.example/blog/loaf/"  # type: ignore[union-attr]


@shows("files")
@pytest.mark.parametrize(
    ("config", "folder"), [("site = 'https://a.example'\n", "content"), (CONFIG, "posts")]
)
def test_a_site_without_zolas_key_or_folder_is_not_zolas(
    blog: Blog, config: str, folder: str
) -> None:
    blog.write("config.toml", config)
    blog.write(f"{folder}/loaf.md", "---\ntitle: x\n---\n")

    assert "https://a.example/loaf/" not in [post.url for post in blog.read()]  # type: ignore[union-attr]


@shows("title")
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("+++\ntitle = 'The *rye*'\n+++\n# Other\n", "The rye"),
        ("+++\n+++\n# First heading\n", "First heading"),
        ("---\ntitle: In YAML\n---\n", "In YAML"),
    ],
)
def test_the_title_is_the_key_or_the_first_heading(zola: Blog, text: str, title: str) -> None:
    assert zola.post(LOAF, text).title == title


@shows("title")
def test_a_post_without_any_title_is_told(zola: Blog) -> None:
    assert "There is no title" in zola.problem(LOAF, "+++\n+++\nA loaf.\n").message


@shows("title")
def test_front_matter_that_is_no_toml_is_told_with_its_line(zola: Blog) -> None:
    problem = zola.problem(LOAF, "+++\ntitle = Rye\n+++\n")

    assert problem.place.endswith("loaf.md:2")
    assert "This is not TOML" in problem.message


@shows("date", "time zone")
@pytest.mark.parametrize(
    ("path", "written", "day"),
    [
        (LOAF, "2024-01-02", date(2024, 1, 2)),
        (LOAF, "'2024-01-02'", date(2024, 1, 2)),
        (LOAF, "2024-01-02T23:30:00", date(2024, 1, 2)),
        (LOAF, "2024-01-02T23:30:00-05:00", date(2024, 1, 2)),
        (LOAF, "2024-01-02 00:30:00+09:00", date(2024, 1, 2)),
        ("content/blog/2023-05-06-loaf.md", "2024-01-02", date(2024, 1, 2)),
        ("content/blog/2023-05-06-loaf.md", "", date(2023, 5, 6)),
        ("content/blog/2023-05-06_loaf/index.md", "", date(2023, 5, 6)),
        ("content/blog/2023-05-06T23:30:00-05:00-loaf.md", "", date(2023, 5, 6)),
        ("content/blog/2023-05-06.md", "", date(2023, 5, 6)),
        ("content/blog/2023-02-30-loaf.md", "", None),
        ("content/blog/on-2023-05-06.md", "", None),
        (LOAF, "", None),
    ],
)
def test_the_date_is_the_key_or_in_the_name_and_its_day_as_it_is_written(
    zola: Blog, path: str, written: str, day: date | None
) -> None:
    assert zola.post(path, toml(**({"date": written} if written else {}))).date == day


@shows("time zone")
def test_a_setting_for_the_zone_moves_days(zola: Blog) -> None:
    text = toml(date="2024-01-02T20:00:00Z")

    assert zola.post(LOAF, text, timezone="Asia/Tokyo").date == date(2024, 1, 3)


@shows("date")
def test_a_date_that_is_none_is_told(zola: Blog) -> None:
    problem = zola.problem(LOAF, toml(date="'last Tuesday'"))

    assert str(problem).endswith("loaf.md:3: date is 'last Tuesday'. Write it as YYYY-MM-DD")


@shows("address")
@pytest.mark.parametrize(
    ("path", "values", "url"),
    [
        (LOAF, {}, "/blog/loaf/"),
        ("content/blog/loaf/index.md", {}, "/blog/loaf/"),
        ("content/My Blog/Rye Bread!.md", {}, "/My%20Blog/rye-bread/"),
        ("content/blog/2024-01-02-rye.md", {}, "/blog/rye/"),
        ("content/blog/2024-01-02_rye/index.md", {}, "/blog/rye/"),
        ("content/blog/2024-01-02.md", {}, "/blog/2024-01-02/"),
        ("content/blog/Crème, it's ß.md", {}, "/blog/creme-it-s-ss/"),
        (LOAF, {"slug": "'Own slug'"}, "/blog/own-slug/"),
        (LOAF, {"path": "'own/Path'"}, "/own/Path/"),
        (LOAF, {"path": "'/own/'", "slug": "'x'"}, "/own/"),
        (LOAF, {"aliases": "['/old/']"}, "/blog/loaf/"),
        ("content/2024-01-02-top.md", {}, "/top/"),
    ],
)
def test_the_address_is_the_path_with_its_slug_or_the_key(
    zola: Blog, path: str, values: dict[str, str], url: str
) -> None:
    assert zola.post(path, toml(**values)).url == f"https://a.example{url}"


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("slugify", "url"),
    [
        ("paths = 'on'", "/blog/rye-and-emmer/"),
        ("paths = 'safe'", "/blog/Rye%20and%20%C3%89mmer/"),
        ("paths = 'off'", "/blog/Rye%20and%20%C3%89mmer%3F/"),
        ("paths_keep_dates = true", "/blog/2024-01-02-rye-and-emmer/"),
        ("paths_keep_dates = true\npaths = 'safe'", "/blog/2024-01-02%20-Rye%20and%20%C3%89mmer/"),
    ],
)
def test_slugs_are_made_as_the_site_says(zola: Blog, slugify: str, url: str) -> None:
    zola.write("config.toml", f"{CONFIG}[slugify]\n{slugify}\n")

    post = zola.post("content/blog/2024-01-02 -Rye and Émmer?.md", toml())

    assert post.url == f"https://a.example{url}"


@shows("address")
def test_a_name_in_another_alphabet_needs_a_slug(zola: Blog) -> None:
    problem = zola.problem("content/blog/日本.md", toml())

    assert "whose letters Zola spells out by a table of its own" in problem.message
    assert zola.post("content/blog/日本.md", toml(slug="'japan'")).url.endswith("/blog/japan/")


@shows("address")
def test_a_setting_beats_the_path_but_not_a_posts_own(zola: Blog) -> None:
    by_setting = zola.post(LOAF, toml(date="2024-01-02"), url_template="/{year}/{folder}/{slug}")
    own = zola.post(LOAF, toml(path="'own'"), url_template="/{slug}")

    assert by_setting.url == "https://a.example/2024/blog/loaf"
    assert own.url == "https://a.example/own/"


@shows("categories", "tags")
@pytest.mark.parametrize(
    ("taxonomies", "categories", "tags"),
    [
        ("tags = ['a', 'b, c']", (), ("a", "b, c")),
        ("categories = ['A', 'B']", ("A", "B"), ()),
        ("series = ['Starters']\ntags = ['a']", (), ("a", "Starters")),
        ("", (), ()),
    ],
)
def test_taxonomies_are_categories_or_tags(
    zola: Blog, taxonomies: str, categories: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    post = zola.post(LOAF, f"+++\ntitle = 'x'\n[taxonomies]\n{taxonomies}\n+++\n")

    assert (post.categories, post.tags) == (categories, tags)


@shows("tags")
def test_tags_outside_of_the_taxonomies_are_none_for_zola(zola: Blog) -> None:
    assert zola.post(LOAF, toml(tags="['a']", categories="['b']")).tags == ()


@shows("excerpt")
@pytest.mark.parametrize(
    ("values", "body", "excerpt"),
    [
        ({"description": "'Other.'"}, "First.\n\nMore. <!-- MORE --> Rest.", "First. More."),
        ({"description": "'*Described*.'"}, "First.", "Described."),
        ({}, "# Heading\n\nFirst.\n\nSecond.", "First."),
    ],
)
def test_the_excerpt_stands_before_the_marker_or_is_the_description_or_the_first_paragraph(
    zola: Blog, values: dict[str, str], body: str, excerpt: str
) -> None:
    text = toml(**values).replace("A loaf.\n", body)

    assert zola.post(LOAF, text).excerpt == excerpt


@shows("hidden")
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"draft": "true"}, "draft"),
        ({"render": "false"}, "not rendered"),
        ({"in_search_index": "false"}, "not indexed"),
    ],
)
def test_posts_not_for_readers_are_left_out(
    zola: Blog, values: dict[str, str], reason: str
) -> None:
    assert zola.left_out(LOAF, toml(**values)) == reason


@shows("hidden", "site-wide")
def test_all_below_a_section_that_is_a_draft_is_left_out(zola: Blog) -> None:
    zola.write("content/blog/_index.md", toml(draft="true"))

    assert zola.left_out("content/blog/deep/loaf/index.md", toml()) == "draft"
    assert zola.post("content/other/loaf.md", toml())


@shows("hidden", "site-wide")
def test_the_pages_of_a_section_can_be_kept_from_searches_but_not_those_below_it(
    zola: Blog,
) -> None:
    zola.write("content/blog/_index.md", toml(in_search_index="false", transparent="true"))

    assert zola.left_out("content/blog/loaf/index.md", toml()) == "not indexed"
    assert zola.post("content/blog/deep/loaf.md", toml())


@shows("hidden")
def test_a_section_that_is_not_rendered_or_cannot_be_read_has_posts_all_the_same(
    zola: Blog,
) -> None:
    zola.write("content/a/_index.md", toml(render="false", page_template="'x.html'"))
    zola.write("content/b/_index.md", "+++\nnonsense\n+++\n")

    assert zola.post("content/a/loaf.md", toml())
    assert zola.post("content/b/loaf.md", toml())


@shows("scheduled")
def test_posts_to_come_are_seen_at_once_as_zola_publishes_them(zola: Blog) -> None:
    post = zola.post(LOAF, toml(date="2999-01-01"))

    assert (post.date, post.visible_from) == (date(2999, 1, 1), None)


@shows("language", "address", "site-wide")
@pytest.mark.parametrize(
    "languages", ["[languages.fr]\n[languages.de]", "languages = [{code = 'fr'}]"]
)
def test_languages_are_in_the_names_and_all_but_the_first_in_addresses(
    zola: Blog, languages: str
) -> None:
    zola.write("config.toml", f"{CONFIG}default_language = 'nl'\n{languages}\n")

    found = [
        zola.post(path, toml())
        for path in ("content/blog/brood.md", "content/blog/brood.fr.md", "content/a/b/index.fr.md")
    ]

    assert [(post.url.removeprefix("https://a.example"), post.lang) for post in found] == [
        ("/blog/brood/", "nl"),
        ("/fr/blog/brood/", "fr"),
        ("/fr/a/b/", "fr"),
    ]


@shows("language")
def test_a_language_that_the_site_does_not_have_is_told(zola: Blog) -> None:
    zola.write("config.toml", f"{CONFIG}[languages.fr]\n")

    problem = zola.problem("content/blog/brood.it.md", toml())

    assert "The name has the language 'it', which is none of the site's" in problem.message


@shows("language", "site-wide")
def test_the_only_language_of_a_site_is_that_of_its_posts(zola: Blog) -> None:
    zola.write("config.toml", f"{CONFIG}default_language = 'nl'\n")

    assert zola.post(LOAF, toml()).lang == "nl"
    assert zola.post(LOAF, toml(), language="en").lang is None


@shows("address", "site-wide")
def test_an_address_of_the_site_may_be_a_path_alone(zola: Blog) -> None:
    zola.write("config.toml", "base_url = '/log'")

    assert zola.post("content/blog/loaf.md", toml()).url == "/log/blog/loaf/"


@shows("language")
def test_without_languages_a_dot_is_a_dot(zola: Blog) -> None:
    post = zola.post("content/blog/version-1.0.md", toml())

    assert (post.url, post.lang) == ("https://a.example/blog/version-1-0/", None)


@shows("hidden", "language")
def test_a_section_in_another_language_speaks_for_its_own_posts(zola: Blog) -> None:
    zola.write("config.toml", f"{CONFIG}[languages.fr]\n")
    zola.write("content/blog/_index.fr.md", toml(in_search_index="false"))

    assert zola.post(LOAF, toml())
    assert zola.left_out("content/blog/loaf.fr.md", toml()) == "not indexed"


@shows("site-wide")
@pytest.mark.parametrize(
    ("config", "told"),
    [
        (f"{CONFIG}[slugify]\npaths = 'no'", "slugify.paths is 'no'. Write it as on, safe or off"),
        ("base_url = 'a.example'", "base_url is 'a.example'. Write it like https://"),
        (f"{CONFIG}title = x", "config.toml:2: This is not TOML"),
    ],
)
def test_a_configuration_that_makes_no_sense_stops_the_run(
    zola: Blog, config: str, told: str
) -> None:
    zola.write("config.toml", config)
    zola.write(LOAF, toml())

    with pytest.raises(ContentError, match=re.escape(told)):
        zola.read()


@shows("address", "site-wide")
def test_a_setting_beats_the_sites_own_address(zola: Blog) -> None:
    assert zola.post(LOAF, toml(), site_url="https://b.example/x").url == (
        "https://b.example/x/blog/loaf/"
    )
