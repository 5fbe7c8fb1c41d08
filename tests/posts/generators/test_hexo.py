"""Hexo's rules: which files are posts, and what is made of them."""

from datetime import UTC, date, datetime

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.posts.post import Post

LOAF = "source/_posts/loaf.md"
DATED = {"title": "Loaf", "date": "2024-01-02"}


@pytest.fixture
def hexo(blog: Blog) -> Blog:
    """A blog that is a Hexo site already, in Tokyo."""
    blog.write("package.json", '{"dependencies": {"hexo": "^8.0.0"}}')
    blog.write("_config.yml", "timezone: Asia/Tokyo\n")
    return blog


@shows("title", "date", "address", "categories", "tags", "excerpt", "language")
def test_a_post_is_made_of_its_front_matter_and_its_body(hexo: Blog) -> None:
    post = hexo.post(
        LOAF,
        matter(title="Rye", date="2024/1/2 20:30", tags="[rye]", categories="Baking", lang="de"),
    )  # fmt: skip

    assert post == Post(
        id=LOAF,
        url="/2024/01/02/loaf/",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("Baking",),
        tags=("rye",),
        date=date(2024, 1, 2),
        lang="de",
    )


@shows("files")
def test_posts_are_what_hexo_can_render_in_posts_and_is_not_hidden(hexo: Blog) -> None:
    posts = ["source/_posts/a.md", "source/_posts/b/c.markdown", "source/_posts/d.html",
             "source/_posts/e.org"]  # fmt: skip
    for path in (*posts, "source/about/index.md", "source/_posts/_f.md", "source/_posts/.g/h.md",
                 "source/_posts/i.md~", "source/_posts/j.png", "source/_posts/k.txt",
                 "node_modules/x/_posts/l.md", "themes/y/source/_posts/m.md"):  # fmt: skip
        hexo.write(path, matter(**DATED))

    assert hexo.ids() == posts


@shows("files", "site-wide")
def test_with_asset_folders_only_files_like_new_posts_are_posts(hexo: Blog) -> None:
    hexo.write("_config.yml", "post_asset_folder: true\n")
    for path in (LOAF, "source/_posts/loaf/table.html", "source/_posts/loaf/extra.markdown"):
        hexo.write(path, matter(**DATED))

    assert hexo.ids() == [LOAF]


@shows("files", "site-wide")
def test_the_folder_of_the_sources_can_be_another(hexo: Blog) -> None:
    hexo.write("_config.yml", "source_dir: ./content/blog\n")
    hexo.write(LOAF, matter(**DATED))
    hexo.write("content/blog/_posts/loaf.md", matter(**DATED))

    assert hexo.ids() == ["content/blog/_posts/loaf.md"]


@shows("files", "site-wide")
def test_what_the_site_ignores_is_not_read(hexo: Blog) -> None:
    hexo.write("_config.yml", "ignore:\n  - '**/old/**'\n")
    hexo.write(LOAF, matter(**DATED))
    hexo.write("source/_posts/old/a.md", matter(**DATED))

    assert hexo.ids() == [LOAF]


@shows("files")
@pytest.mark.parametrize("below", [".", "source", "source/_posts", "source/_posts/en"])
def test_the_site_is_found_from_a_folder_inside_it(hexo: Blog, below: str) -> None:
    hexo.write("source/_posts/en/loaf.md", matter(**DATED))

    assert [post.url for post in hexo.read(below)] == ["/2024/01/02/en/loaf/"]  # type: ignore[union-attr]


@shows("files")
def test_only_what_lies_below_the_named_folder_is_read(hexo: Blog) -> None:
    hexo.write(LOAF, matter(**DATED))
    hexo.write("source/_posts/en/loaf.md", matter(**DATED))

    assert [post.id for post in hexo.read("source/_posts/en")] == ["source/_posts/en/loaf.md"]  # type: ignore[union-attr]


@shows("files")
def test_a_folder_beside_the_sources_is_not_hexos(hexo: Blog) -> None:
    hexo.write("docs/guide.md", matter(title="Guide"))

    assert [post.url for post in hexo.read("docs")] == ["/guide"]  # type: ignore[union-attr]


@shows("files")
@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", '{"hexo": {"version": "3.9.0"}, "dependencies": {}}'),
        ("scaffolds/post.md", "---\ntitle: {{ title }}\n---\n"),
        ("_config.yml", "new_post_name: :title.md\n"),
    ],
)
def test_a_site_shows_that_it_is_hexos(blog: Blog, path: str, content: str) -> None:
    blog.write("_config.yml", "title: Crust\n")
    blog.write(path, content)
    blog.write(LOAF, matter(**DATED))

    assert blog.read()[0].url == "/2024/01/02/loaf/"  # type: ignore[union-attr]


@shows("files")
def test_a_jekyll_site_with_the_same_folders_is_not_hexos(blog: Blog) -> None:
    blog.write("_config.yml", "source: source\n")
    blog.write("Gemfile", "gem 'jekyll'\n")
    blog.write("source/_posts/2024-01-02-loaf.md", matter(title="Loaf"))

    assert blog.read()[0].url == "/2024/01/02/loaf.html"  # type: ignore[union-attr]


@shows("title")
def test_without_a_title_it_is_the_name(hexo: Blog) -> None:
    assert hexo.post("source/_posts/en/rye.md", matter(date="2024-01-02")).title == "en/rye"


@shows("date", "time zone")
@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("2013/7/13 20:46:25", "/2013/07/13/2046/"),
        ("2013-07-13 00:10", "/2013/07/13/0010/"),
        ("2013-07-13", "/2013/07/13/0000/"),
        ("'2013-07-13'", "/2013/07/13/0900/"),  # JavaScript: a day alone begins in UTC
        ("2013-07-13 20:00:00 +01:00", "/2013/07/13/1900/"),  # YAML: the hours of UTC are kept
        ("2013-07-13T20:00:00Z", "/2013/07/13/2000/"),
        ("'2013-07-13T20:00:00Z'", "/2013/07/14/0500/"),
        ("2013-07-13 20:00:00 +0100", "/2013/07/14/0400/"),  # no form of YAML, so it is moved
    ],
)
def test_a_date_is_read_as_by_hexo_in_the_zone_of_the_site(
    hexo: Blog, written: str, url: str
) -> None:
    hexo.write("_config.yml", "timezone: Asia/Tokyo\npermalink: :year/:month/:day/:hour:minute/\n")

    assert hexo.post(LOAF, matter(title="x", date=written)).url == url


@shows("time zone")
def test_without_a_zone_of_the_site_it_is_the_settings_or_utc(hexo: Blog) -> None:
    hexo.write("_config.yml", "future: false\n")
    text = matter(title="x", date="2024/1/2 03:00")

    in_utc = hexo.post(LOAF, text)
    in_paris = hexo.post(LOAF, text, timezone="Europe/Paris")

    assert in_utc.visible_from == datetime(2024, 1, 2, 3, tzinfo=UTC)
    assert in_paris.visible_from == datetime(2024, 1, 2, 2, tzinfo=UTC)


@shows("date", "site-wide")
@pytest.mark.parametrize(
    ("rule", "name", "day"),
    [
        (":year-:month-:day-:title.md", "2024-01-02-loaf", date(2024, 1, 2)),
        (":year/:i_month-:i_day-:title.md", "2024/1-2-loaf", date(2024, 1, 2)),
        (":title.md", "2024-01-02-loaf", None),
        (":year-:month-:title.md", "2024-01-loaf", None),
    ],
)
def test_the_date_can_be_in_the_name_where_the_site_says_how(
    hexo: Blog, rule: str, name: str, day: date | None
) -> None:
    hexo.write("_config.yml", f"new_post_name: '{rule}'\npermalink: :title/\n")

    assert hexo.post(f"source/_posts/{name}.md", matter(title="x")).date == day


@shows("date")
def test_a_date_that_is_none_is_told(hexo: Blog) -> None:
    problem = hexo.problem(LOAF, matter(title="x", date="last Tuesday"))

    assert str(problem).endswith("loaf.md:3: date is 'last Tuesday'. Write it as YYYY-MM-DD")


@shows("date")
def test_a_name_with_a_day_that_is_none_is_told(hexo: Blog) -> None:
    hexo.write("_config.yml", "new_post_name: :year-:month-:day-:title.md\n")

    problem = hexo.problem("source/_posts/2024-02-30-leap.md", matter(title="x"))

    assert "The name has the date '2024-02-30'. There is no such day" in problem.message


@shows("categories")
@pytest.mark.parametrize(
    ("values", "categories"),
    [
        ({"categories": "Salt, mostly"}, ("Salt, mostly",)),
        ({"categories": "[Baking, Bread]"}, ("Baking", "Bread")),
        ({"categories": "[[Travel, Norway], [Travel, Japan], Diary]"},
         ("Travel", "Norway", "Japan", "Diary")),
        ({"category": "[A, B]"}, ("A", "B")),
        ({"category": "A", "categories": "B"}, ("B",)),
        ({"categories": "[2024, no, '', null]"}, ("2024", "no")),
        ({}, ()),
    ],
)  # fmt: skip
def test_each_level_of_each_path_is_a_category(
    hexo: Blog, values: dict[str, str], categories: tuple[str, ...]
) -> None:
    assert hexo.post(LOAF, matter(**DATED, **values)).categories == categories


@shows("tags")
@pytest.mark.parametrize(
    ("values", "tags"),
    [
        ({"tags": "one, tag"}, ("one, tag",)),
        ({"tags": "[a, b c, 1.10]"}, ("a", "b c", "1.10")),
        ({"tag": "a"}, ("a",)),
        ({"tag": "a", "tags": "b"}, ("b",)),
        ({"tag": "a", "tags": ""}, ("a",)),
    ],
)
def test_a_text_is_one_tag(hexo: Blog, values: dict[str, str], tags: tuple[str, ...]) -> None:
    assert hexo.post(LOAF, matter(**DATED, **values)).tags == tags


@shows("excerpt")
@pytest.mark.parametrize(
    ("front", "body", "excerpt"),
    [
        ("excerpt: An <em>own</em> one.\ndescription: Other.", "Before.<!--more-->", "An own one."),
        ("description: Other.", "Before.\n\n<!-- MORE -->\n\nAfter.", "Before."),
        ("description: Other.", "First.", "Other."),
        ("", "```\n<!-- more -->\n```\n\nFirst.", "First."),
        ("", "<!-- more -->\n\nFirst.", "First."),
    ],
)
def test_the_excerpt_is_a_key_or_before_the_marker_or_the_first_paragraph(
    hexo: Blog, front: str, body: str, excerpt: str
) -> None:
    post = hexo.post(LOAF, f"---\ntitle: x\ndate: 2024-01-02\n{front}\n---\n{body}\n")

    assert post.excerpt == excerpt


@shows("hidden")
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"published": "false"}, "unpublished"),
        ({"draft": "true"}, "draft"),
        ({"hidden": "true"}, "unlisted"),
        ({"indexing": "false"}, "not indexed"),
        ({"password": "sesame"}, "password"),
        ({"password": "no"}, "password"),
    ],
)
def test_posts_not_for_readers_are_left_out(
    hexo: Blog, values: dict[str, str], reason: str
) -> None:
    assert hexo.left_out(LOAF, matter(**DATED, **values)) == reason


@shows("hidden")
def test_drafts_are_left_out_without_a_look_inside(hexo: Blog) -> None:
    assert hexo.left_out("source/_drafts/a.md", "---\ntitle: a: b\n---\n") == "draft"


@shows("hidden", "site-wide")
def test_a_site_can_publish_its_drafts(hexo: Blog) -> None:
    hexo.write("_config.yml", "render_drafts: true\n")

    assert hexo.post("source/_drafts/a.md", matter(**DATED)).url == "/2024/01/02/a/"
    assert hexo.post(LOAF, matter(**DATED, published="false"))
    assert hexo.left_out(LOAF, matter(**DATED, draft="true")) == "draft"


@shows("hidden", "site-wide")
@pytest.mark.parametrize("pattern", ["_posts/*.html", "['**/*.{html,htm}', x]"])
def test_what_the_site_does_not_render_is_no_post(hexo: Blog, pattern: str) -> None:
    hexo.write("_config.yml", f"skip_render: {pattern}\n")

    assert hexo.left_out("source/_posts/a.html", matter(**DATED)) == "not rendered"


@shows("hidden", "site-wide")
def test_a_site_can_keep_posts_with_a_tag_behind_a_password(hexo: Blog) -> None:
    hexo.write("_config.yml", "encrypt: {tags: [{name: diary, password: sesame}]}\n")

    assert hexo.left_out(LOAF, matter(**DATED, tags="[bread, diary]")) == "password"
    assert hexo.post(LOAF, matter(**DATED, tags="[diary]", password="''"))


@shows("hidden", "site-wide")
def test_a_site_can_name_the_key_that_hides_posts(hexo: Blog) -> None:
    hexo.write("_config.yml", "hide_posts: {filter: secret}\n")

    assert hexo.left_out(LOAF, matter(**DATED, secret="true")) == "unlisted"


@shows("scheduled", "site-wide")
def test_posts_to_come_are_seen_at_once_unless_the_site_says_otherwise(hexo: Blog) -> None:
    text = matter(title="x", date="2999-01-01")

    at_once = hexo.post(LOAF, text)
    hexo.write("_config.yml", "future: false\n")
    later = hexo.post(LOAF, text)

    assert at_once.visible_from is None
    assert later.visible_from == datetime(2999, 1, 1, tzinfo=UTC)


@shows("language")
@pytest.mark.parametrize(("lang", "code"), [("zh-CN", "zh"), ("fr", "fr"), ("", None)])
def test_the_language_is_that_of_the_post(hexo: Blog, lang: str, code: str | None) -> None:
    assert hexo.post(LOAF, matter(**DATED, lang=lang)).lang == code


@shows("language", "site-wide")
@pytest.mark.parametrize("language", ["de", "[de, en]"])
def test_the_language_of_the_site_is_that_of_posts_without(hexo: Blog, language: str) -> None:
    hexo.write("_config.yml", f"language: {language}\n")

    assert hexo.post(LOAF, matter(**DATED)).lang == "de"
    assert hexo.post(LOAF, matter(**DATED, lang="fr")).lang == "fr"
    assert hexo.post(LOAF, matter(**DATED), language="en").lang is None


@shows("language", "site-wide")
def test_the_language_can_be_in_the_path(hexo: Blog) -> None:
    hexo.write("_config.yml", "new_post_name: :lang/:title.md\npermalink: :lang/:title/\n")

    post = hexo.post("source/_posts/fr/pain.md", matter(**DATED, lang="de"))

    assert (post.lang, post.url) == ("fr", "/fr/pain/")


@shows("title", "tags")
@pytest.mark.parametrize(
    "text",
    [
        'title: Rye\ndate: 2024-01-02\ntags: [a]\n---\nA loaf.\n',
        ';;;\n"title": "Rye",\n"date": "2024/01/02",\n"tags": ["a"]\n;;;\nA loaf.\n',
        '"title": "Rye",\n"date": "2024/01/02",\n"tags": ["a"]\n;;;\nA loaf.\n',
    ],
)  # fmt: skip
def test_front_matter_may_be_json_or_begin_at_once(hexo: Blog, text: str) -> None:
    post = hexo.post(LOAF, text)

    assert (post.title, post.tags, post.body) == ("Rye", ("a",), "A loaf.")


@shows("title")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        (';;;\n"title": "Rye"\n"date": "2024/01/02"\n;;;\n', 3),
        ("title: Rye: a loaf\n---\n", 1),
    ],
)
def test_such_front_matter_is_told_with_its_line_when_it_is_wrong(
    hexo: Blog, text: str, line: int
) -> None:
    assert hexo.problem(LOAF, text).place.endswith(f"loaf.md:{line}")


@shows("title")
def test_a_rule_in_a_post_without_front_matter_is_a_rule(hexo: Blog) -> None:
    hexo.write("_config.yml", "permalink: :title/\n")

    post = hexo.post(LOAF, "Flour and water.\n\n---\n\nAnd time.\n")

    assert (post.title, post.body) == ("loaf", "Flour and water.\nAnd time.")
