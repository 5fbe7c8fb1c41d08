"""Jekyll's rules: which files are posts, and what is made of them."""

import re
from datetime import UTC, date, datetime

import pytest
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post

RYE = "_posts/2024-01-02-rye-bread.md"


def matter(**values: str) -> str:
    return (
        "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\nA loaf.\n"
    )


def test_a_post_is_made_of_its_front_matter_its_name_and_its_body(jekyll: Blog) -> None:
    post = jekyll.post(
        RYE, matter(title="Rye", tags="[bread, rye]", category="Baking", excerpt="A *loaf*.")
    )

    assert post == Post(
        id=RYE,
        url="/baking/2024/01/02/rye-bread.html",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        categories=("Baking",),
        tags=("bread", "rye"),
        date=date(2024, 1, 2),
        visible_from=datetime(2024, 1, 2, tzinfo=UTC),
    )


def test_without_a_title_it_is_the_name(jekyll: Blog) -> None:
    assert jekyll.post(RYE, "No front matter.").title == "Rye Bread"
    assert jekyll.post("_posts/2024-01-02-IBM-news.md", matter(title="")).title == "Ibm News"


@pytest.mark.parametrize("title", ["1.10", "2019", "no"])
def test_a_title_that_looks_like_something_else_is_text(jekyll: Blog, title: str) -> None:
    assert jekyll.post(RYE, matter(title=title)).title == title


def test_a_title_that_is_a_list_is_told(jekyll: Blog) -> None:
    problem = jekyll.problem(RYE, "---\nlayout: post\ntitle: [Draft]\n---\n")

    assert problem.place == f"{jekyll.root}/{RYE}:3"
    assert problem.message == "title is ['Draft']. That is a list. Write it as text, in quotes"


def test_the_date_of_the_front_matter_beats_that_of_the_name(jekyll: Blog) -> None:
    post = jekyll.post(RYE, matter(date="2023-05-06"))

    assert post.date == date(2023, 5, 6)
    assert post.url == "/2023/05/06/rye-bread.html"


def test_dates_and_urls_are_those_of_the_sites_time_zone(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "timezone: Asia/Tokyo\n")

    post = jekyll.post(RYE, matter(date="2024-01-02 20:00:00 +0000"))

    assert post.date == date(2024, 1, 3)
    assert post.url == "/2024/01/03/rye-bread.html"
    assert post.visible_from == datetime(2024, 1, 2, 20, tzinfo=UTC)


def test_a_setting_beats_the_sites_own_time_zone(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "timezone: Asia/Tokyo\n")

    post = jekyll.post(RYE, matter(date="2024-01-02 20:00:00 +0000"), timezone="Europe/Paris")

    assert post.date == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-01-02 23:00:00", 3),  # what YAML knows as a time is UTC, and so it is for Jekyll
        ("2024-01-02 23:00", 2),
        ("'2024-01-02 23:00:00'", 2),
        ("2024-01-02", 2),
    ],
)
def test_a_time_without_zone_is_read_as_jekyll_reads_it(
    jekyll: Blog, written: str, day: int
) -> None:
    jekyll.write("_config.yml", "timezone: Asia/Tokyo\n")

    assert jekyll.post(RYE, matter(date=written)).date == date(2024, 1, day)


def test_a_date_that_is_none_is_told_with_file_and_line(jekyll: Blog) -> None:
    problem = jekyll.problem(RYE, matter(title="Rye", date="last Tuesday"))

    assert str(problem) == (
        f"{jekyll.root}/{RYE}:3: date is 'last Tuesday'. Write it as YYYY-MM-DD"
    )


def test_a_name_with_a_day_that_is_none_is_told(jekyll: Blog) -> None:
    problem = jekyll.problem("_posts/2024-02-30-leap.md", matter(title="Leap"))

    assert "The name has the date '2024-02-30'. There is no such day" in problem.message


@pytest.mark.parametrize(
    ("name", "day"),
    [("09-6-2-rye.md", date(2009, 6, 2)), ("2009-6-2-rye.md", date(2009, 6, 2)),
     ("71-06-02-rye.md", date(1971, 6, 2))],
)  # fmt: skip
def test_names_may_be_short(jekyll: Blog, name: str, day: date) -> None:
    assert jekyll.post(f"_posts/{name}", matter(title="Rye")).date == day


def test_only_dated_files_in_posts_folders_are_posts(jekyll: Blog) -> None:
    for path in ("about.md", "_posts/undated.md", "_posts/README.md", "_posts/2024-01-02-cat.png",
                 "_site/_posts/2024-01-02-a.md", "vendor/x/_posts/2024-01-02-b.md",
                 "node_modules/x/_posts/2024-01-02-c.md", ".cache/_posts/2024-01-02-d.md",
                 "_posts/_old/2024-01-02-e.md", "_posts/.2024-01-02-f.md",
                 "_posts/2024-01-02-g.md~", "_layouts/_posts/2024-01-02-h.md"):  # fmt: skip
        jekyll.write(path, matter(title="x"))
    for path in ("_posts/2024/2024-01-02-rye.md", "movies/horror/_posts/2024-01-02-fog.html",
                 "_posts/2024-01-02-oats.MARKDOWN", "_posts/2024-01-02-org.org"):  # fmt: skip
        jekyll.write(path, matter(title="x"))

    assert jekyll.ids() == [
        "_posts/2020-01-01-first.md",
        "_posts/2024-01-02-oats.MARKDOWN",
        "_posts/2024-01-02-org.org",
        "_posts/2024/2024-01-02-rye.md",
        "movies/horror/_posts/2024-01-02-fog.html",
    ]


def test_what_the_site_excludes_is_no_post(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "exclude: [old/, '*-secret.md']\n")
    jekyll.write("old/_posts/2024-01-02-a.md", matter(title="x"))
    jekyll.write("_posts/2024-01-02-secret.md", matter(title="x"))

    assert jekyll.ids() == ["_posts/2020-01-01-first.md"]


@pytest.mark.parametrize(
    ("values", "categories"),
    [
        ({"categories": "foo bar"}, ("foo", "bar")),
        ({"categories": "[Foo Bar, baz]"}, ("Foo Bar", "baz")),
        ({"category": "Foo Bar"}, ("Foo Bar",)),
        ({"categories": "[b, a]", "category": "c"}, ("b", "a", "c")),
        ({"categories": "[foo, FOO, foo]"}, ("foo",)),
        ({"category": "2013"}, ("2013",)),
        ({"categories": ""}, ()),
    ],
)
def test_categories_come_from_both_keys(
    jekyll: Blog, values: dict[str, str], categories: tuple[str, ...]
) -> None:
    assert jekyll.post(RYE, matter(**values)).categories == categories


def test_folders_above_posts_are_categories_and_folders_below_are_not(jekyll: Blog) -> None:
    post = jekyll.post("movies/horror/_posts/es/2024-01-02-fog.md", matter(category="Sea"))

    assert post.categories == ("movies", "horror", "Sea")
    assert post.url == "/movies/horror/sea/2024/01/02/fog.html"


def test_the_folder_in_which_the_site_begins_is_no_category(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "collections_dir: _content\n")

    assert jekyll.post("_content/_posts/2024-01-02-a.md", matter(title="x")).categories == ()
    assert jekyll.post("_content/b/_posts/2024-01-02-a.md", matter(title="x")).categories == ("b",)


@pytest.mark.parametrize(
    ("values", "tags"),
    [
        ({"tags": "foo bar"}, ("foo", "bar")),
        ({"tags": "[foo bar, baz]"}, ("foo bar", "baz")),
        ({"tag": "foo bar"}, ("foo bar",)),
        ({"tag": "one", "tags": "[two]"}, ("one",)),
        ({"tag": "", "tags": "[two]"}, ("two",)),
        ({"tags": "[no, on, 2024, 1.10, 012, null]"}, ("no", "on", "2024", "1.10", "012")),
        ({"tags": "[Café, cafe, 'cafe ']"}, ("Café",)),
        ({"tags": ""}, ()),
    ],
)
def test_tag_beats_tags_and_only_tags_are_cut_at_spaces(
    jekyll: Blog, values: dict[str, str], tags: tuple[str, ...]
) -> None:
    assert jekyll.post(RYE, matter(**values)).tags == tags


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


def test_a_posts_own_permalink_beats_the_sites(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "permalink: pretty\n")

    assert jekyll.post(RYE, matter(permalink="/rye/:year/")).url == "/rye/2024/"
    assert jekyll.post(RYE, matter(permalink="'https://a.example/x'")).url == "https://a.example/x"


def test_the_style_may_stand_with_the_collection(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "permalink: date\ncollections: {posts: {permalink: /p/:title/}}\n")

    assert jekyll.post(RYE, matter(title="x")).url == "/p/rye-bread/"


@pytest.mark.parametrize(
    ("slug", "part"),
    [("Rye & Wheat!", "Rye-&-Wheat!"), ("naïve café", "na%C3%AFve-caf%C3%A9"), 
     ("a/b?c#d", "a-b-c-d"),
     ("हिन्दी", "%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80")],
)  # fmt: skip
def test_a_slug_is_made_fit_for_a_url(jekyll: Blog, slug: str, part: str) -> None:
    assert jekyll.post(RYE, matter(slug=f"'{slug}'")).url == f"/2024/01/02/{part}.html"


def test_a_category_with_a_hash_stays_in_the_path(jekyll: Blog) -> None:
    assert jekyll.post(RYE, matter(category="C#")).url == "/c%23/2024/01/02/rye-bread.html"


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


def test_posts_to_come_are_seen_at_once_where_the_site_says_so(jekyll: Blog) -> None:
    future = jekyll.post("_posts/2999-01-01-later.md", matter(title="x"))
    jekyll.write("_config.yml", "future: true\n")
    shown = jekyll.post("_posts/2999-01-01-later.md", matter(title="x"))

    assert future.visible_from == datetime(2999, 1, 1, tzinfo=UTC)
    assert shown.visible_from is None


def test_drafts_are_left_out_without_a_look_inside(jekyll: Blog) -> None:
    assert jekyll.left_out("_drafts/rye.md", "---\ntitle: a: b\n---\n") == "draft"
    assert jekyll.left_out("movies/_drafts/2024-01-02-fog.md", b"\xff") == "draft"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"draft": "true"}, "draft"),
        ({"draft": "'yes'"}, "draft"),
        ({"published": "false"}, "unpublished"),
        ({"published": "No"}, "unpublished"),
        ({"redirect_to": "https://a.example"}, "redirect"),
        ({"redirect": "/rye"}, "redirect"),
        ({"draft": "true", "date": "nonsense"}, "draft"),
    ],
)
def test_posts_not_for_readers_are_left_out(
    jekyll: Blog, values: dict[str, str], reason: str
) -> None:
    assert jekyll.left_out(RYE, matter(**values)) == reason


@pytest.mark.parametrize(
    "values",
    [{"draft": "false"}, {"published": "true"}, {"redirect": "false"}, {"redirect_to": ""},
     {"redirect_from": "/old"}],
)  # fmt: skip
def test_posts_for_readers_are_not(jekyll: Blog, values: dict[str, str]) -> None:
    assert jekyll.post(RYE, matter(**values))


def test_a_draft_that_is_neither_yes_nor_no_is_told(jekyll: Blog) -> None:
    assert "draft is 'perhaps'. Write it as true or false" in str(
        jekyll.problem(RYE, matter(draft="perhaps"))
    )


BODY = "# Rye\n\nA [loaf][1].\n\nMore.\n<!-- more -->\nRest.\n\n[1]: /x\n"


@pytest.mark.parametrize(
    ("site", "own", "excerpt"),
    [
        ("", "", "A loaf."),
        ("", "excerpt: |\n  An <em>own</em>\n  one.", "An own one."),
        ("", "excerpt: ''", "A loaf."),
        ("excerpt_separator: <!-- more -->", "", "Rye A loaf. More."),
        ("excerpt_separator: <!-- more -->", "excerpt_separator: More", "Rye A loaf."),
        ("", "excerpt_separator: <!-- more -->", "Rye A loaf. More."),
        ("excerpt_separator: <!-- nowhere -->", "", "A loaf."),
        ('excerpt_separator: "\\n\\n"', "", "A loaf."),
    ],
)
def test_the_excerpt_is_the_authors_or_what_stands_before_the_separator_or_the_first_paragraph(
    jekyll: Blog, site: str, own: str, excerpt: str
) -> None:
    jekyll.write("_config.yml", site)

    assert jekyll.post(RYE, f"---\ntitle: Rye\n{own}\n---\n{BODY}").excerpt == excerpt


def test_a_long_first_paragraph_is_cut_and_an_authors_excerpt_is_not(jekyll: Blog) -> None:
    long = "loaf " * 100

    cut = jekyll.post(RYE, f"---\ntitle: Rye\n---\n{long}\n").excerpt
    whole = jekyll.post(RYE, f"---\ntitle: Rye\nexcerpt: {long}\n---\n").excerpt

    assert len(cut) <= 300
    assert whole == long.strip()


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


def test_defaults_of_the_site_fill_what_a_post_does_not_say(jekyll: Blog) -> None:
    jekyll.write("_config.yml", DEFAULTS)

    post = jekyll.post("_posts/2024/2024-01-02-a.md", "---\ncategories: own\nlayout:\n---\n")
    other = jekyll.post("_posts/2020-01-02-b.md", matter(category="mine"))
    deep = jekyll.post("_posts/2019/deep/2019-01-02-c.md", "x")

    assert (post.lang, post.categories, post.url) == ("de", ("year", "own", "all"), "/x/a/")
    assert (other.lang, other.categories) == ("en", ("mine",))
    assert deep.lang == "fr"


def test_a_default_can_leave_posts_out(jekyll: Blog) -> None:
    jekyll.write(
        "_config.yml", "defaults: [{scope: {path: _posts/old}, values: {published: false}}]\n"
    )

    assert jekyll.left_out("_posts/old/2024-01-02-a.md", "x") == "unpublished"


@pytest.mark.parametrize(("lang", "code"), [("en-GB", "en"), ("DE", "de"), ("english", None)])
def test_the_language_is_a_code(jekyll: Blog, lang: str, code: str | None) -> None:
    assert jekyll.post(RYE, matter(lang=lang)).lang == code


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


def test_liquid_is_in_no_text(jekyll: Blog) -> None:
    post = jekyll.post(
        RYE, "---\ntitle: Rye\nexcerpt: A {{ site.x }}loaf.\n---\n{% include toc.html %}\n\nRye.\n"
    )

    assert (post.excerpt, post.body) == ("A loaf.", "Rye.")


def test_a_text_file_keeps_its_suffix(jekyll: Blog) -> None:
    assert jekyll.post("_posts/2024-01-02-a.txt", matter(title="x")).url == "/2024/01/02/a.txt"


def test_a_link_to_a_folder_of_posts_is_told(jekyll: Blog) -> None:
    jekyll.write("notes/2024-01-02-a.md", matter(title="x"))
    (jekyll.root / "movies").mkdir()
    (jekyll.root / "movies" / "_posts").symlink_to(jekyll.root / "notes")

    problem = jekyll.read()[1]

    assert "movies/_posts: This is a link to a folder, which is not followed" in str(problem)


def test_an_html_post_is_html(jekyll: Blog) -> None:
    post = jekyll.post("_posts/2024-01-02-a.html", "---\ntitle: A\n---\n<p>One *two*</p>\n")

    assert (post.url, post.body, post.excerpt) == ("/2024/01/02/a.html", "One *two*", "One *two*")


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


@pytest.mark.parametrize("config", ["", "# nothing yet\n", "url: ''\nfuture:\n"])
def test_a_configuration_may_be_empty(blog: Blog, config: str) -> None:
    blog.write("_config.yml", config)
    blog.write("_posts/2025-01-01-rye.md", "---\ntitle: Rye\n---\nA loaf.\n")

    assert blog.ids() == ["_posts/2025-01-01-rye.md"]
