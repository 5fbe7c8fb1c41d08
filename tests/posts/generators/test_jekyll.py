"""Jekyll's rules: which files are posts, and what is made of them."""

from datetime import UTC, date, datetime

import pytest
from cells import shows
from posts_blog import RYE, Blog, matter

from searchsvc.posts.post import Post


@shows("title", "date", "address", "categories", "tags", "excerpt")
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


@shows("title")
def test_without_a_title_it_is_the_name(jekyll: Blog) -> None:
    assert jekyll.post(RYE, "No front matter.").title == "Rye Bread"
    assert jekyll.post("_posts/2024-01-02-IBM-news.md", matter(title="")).title == "Ibm News"


@shows("title")
@pytest.mark.parametrize("title", ["1.10", "2019", "no"])
def test_a_title_that_looks_like_something_else_is_text(jekyll: Blog, title: str) -> None:
    assert jekyll.post(RYE, matter(title=title)).title == title


@shows("title")
def test_a_title_that_is_a_list_is_told(jekyll: Blog) -> None:
    problem = jekyll.problem(RYE, "---\nlayout: post\ntitle: [Draft]\n---\n")

    assert problem.place == f"{jekyll.root}/{RYE}:3"
    assert problem.message == "title is ['Draft']. That is a list. Write it as text, in quotes"


@shows("date", "address")
def test_the_date_of_the_front_matter_beats_that_of_the_name(jekyll: Blog) -> None:
    post = jekyll.post(RYE, matter(date="2023-05-06"))

    assert post.date == date(2023, 5, 6)
    assert post.url == "/2023/05/06/rye-bread.html"


@shows("time zone", "date", "address")
def test_dates_and_urls_are_those_of_the_sites_time_zone(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "timezone: Asia/Tokyo\n")

    post = jekyll.post(RYE, matter(date="2024-01-02 20:00:00 +0000"))

    assert post.date == date(2024, 1, 3)
    assert post.url == "/2024/01/03/rye-bread.html"
    assert post.visible_from == datetime(2024, 1, 2, 20, tzinfo=UTC)


@shows("time zone")
def test_a_setting_beats_the_sites_own_time_zone(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "timezone: Asia/Tokyo\n")

    post = jekyll.post(RYE, matter(date="2024-01-02 20:00:00 +0000"), timezone="Europe/Paris")

    assert post.date == date(2024, 1, 2)


@shows("time zone", "date")
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


@shows("date")
def test_a_date_that_is_none_is_told_with_file_and_line(jekyll: Blog) -> None:
    problem = jekyll.problem(RYE, matter(title="Rye", date="last Tuesday"))

    assert str(problem) == (
        f"{jekyll.root}/{RYE}:3: date is 'last Tuesday'. Write it as YYYY-MM-DD"
    )


@shows("date")
def test_a_name_with_a_day_that_is_none_is_told(jekyll: Blog) -> None:
    problem = jekyll.problem("_posts/2024-02-30-leap.md", matter(title="Leap"))

    assert "The name has the date '2024-02-30'. There is no such day" in problem.message


@shows("date")
@pytest.mark.parametrize(
    ("name", "day"),
    [("09-6-2-rye.md", date(2009, 6, 2)), ("2009-6-2-rye.md", date(2009, 6, 2)),
     ("71-06-02-rye.md", date(1971, 6, 2))],
)  # fmt: skip
def test_names_may_be_short(jekyll: Blog, name: str, day: date) -> None:
    assert jekyll.post(f"_posts/{name}", matter(title="Rye")).date == day


@shows("files")
def test_only_dated_files_in_posts_folders_are_posts(jekyll: Blog) -> None:
    for path in ("about.md", "_posts/undated.md", "_posts/README.md", "_posts/2024-01-02-cat.png",
                 "_site/_posts/2024-01-02-a.md", "vendor/bundle/_posts/2024-01-02-b.md",
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


@shows("files", "site-wide")
def test_what_the_site_excludes_is_no_post(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "exclude: [old/, draf, '*-secret.md']\n")
    for path in ("old/_posts/2024-01-02-a.md", "drafty/_posts/2024-01-02-a.md",
                 "_posts/2024-01-02-secret.md"):  # fmt: skip
        jekyll.write(path, matter(title="x"))
    jekyll.write("older/_posts/2024-01-02-a.md", matter(title="x"))

    assert jekyll.ids() == ["_posts/2020-01-01-first.md", "older/_posts/2024-01-02-a.md"]


@shows("files", "site-wide")
def test_what_the_site_includes_is_read_in_spite_of_its_name(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "include: [_shown]\nexclude: [_posts/2024-01-02]\n")
    jekyll.write("_shown/_posts/2024-01-03-a.md", matter(title="x"))
    jekyll.write("_other/_posts/2024-01-03-a.md", matter(title="x"))
    jekyll.write("_posts/2024-01-02-a.md", matter(title="x"))

    assert jekyll.ids() == ["_posts/2020-01-01-first.md", "_shown/_posts/2024-01-03-a.md"]


@shows("files")
def test_pages_and_other_collections_are_no_posts(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "collections: {recipes: {output: true}}\n")
    for path in ("index.md", "_recipes/2024-01-02-cake.md", "2024-01-02-page.md"):
        jekyll.write(path, matter(title="x"))

    assert jekyll.ids() == ["_posts/2020-01-01-first.md"]


@shows("files", "site-wide")
def test_posts_lie_in_the_source_and_in_the_folder_of_the_collections(blog: Blog) -> None:
    blog.write("_config.yml", "source: src\ncollections_dir: content\n")
    for folder in ("", "src/", "src/content/", "src/content/b/"):
        blog.write(f"{folder}_posts/2024-01-02-a.md", matter(title="x"))

    assert blog.ids() == [
        "src/content/_posts/2024-01-02-a.md",
        "src/content/b/_posts/2024-01-02-a.md",
    ]


@shows("files", "site-wide")
@pytest.mark.parametrize("below", ["_posts", "_posts/2024", "movies", "movies/_posts"])
def test_a_folder_of_a_site_is_read_by_the_rules_of_the_site(jekyll: Blog, below: str) -> None:
    jekyll.write("_config.yml", "url: https://a.example\n")
    jekyll.write("_posts/2024/2024-01-02-rye.md", matter(title="x"))
    jekyll.write("movies/_posts/2024-01-02-fog.md", matter(title="x"))

    found = [post for post in jekyll.read(below) if isinstance(post, Post)]

    assert found
    assert all(post.id.startswith(f"{below}/") for post in found)
    assert all(post.url.startswith("https://a.example/") for post in found)
    assert all((post.categories == ("movies",)) == ("movies" in below) for post in found)


@shows("categories")
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


@shows("categories")
def test_folders_above_posts_are_categories_and_folders_below_are_not(jekyll: Blog) -> None:
    post = jekyll.post("movies/horror/_posts/es/2024-01-02-fog.md", matter(category="Sea"))

    assert post.categories == ("movies", "horror", "Sea")
    assert post.url == "/movies/horror/sea/2024/01/02/fog.html"


@shows("categories", "site-wide")
def test_the_folder_in_which_the_site_begins_is_no_category(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "collections_dir: content\n")

    assert jekyll.post("content/_posts/2024-01-02-a.md", matter(title="x")).categories == ()
    assert jekyll.post("content/b/_posts/2024-01-02-a.md", matter(title="x")).categories == ("b",)


@shows("tags")
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


@shows("scheduled", "site-wide")
def test_posts_to_come_are_seen_at_once_where_the_site_says_so(jekyll: Blog) -> None:
    future = jekyll.post("_posts/2999-01-01-later.md", matter(title="x"))
    jekyll.write("_config.yml", "future: true\n")
    shown = jekyll.post("_posts/2999-01-01-later.md", matter(title="x"))

    assert future.visible_from == datetime(2999, 1, 1, tzinfo=UTC)
    assert shown.visible_from is None


@shows("hidden")
def test_drafts_are_left_out_without_a_look_inside(jekyll: Blog) -> None:
    assert jekyll.left_out("_drafts/rye.md", "---\ntitle: a: b\n---\n") == "draft"
    assert jekyll.left_out("movies/_drafts/2024-01-02-fog.md", b"\xff") == "draft"


@shows("hidden")
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


@shows("hidden")
@pytest.mark.parametrize(
    "values",
    [{"draft": "false"}, {"published": "true"}, {"redirect": "false"}, {"redirect_to": ""},
     {"redirect_from": "/old"}, {"hidden": "true"}, {"sitemap": "false"}, {"status": "draft"},
     {"published": "2024-01-02"}],
)  # fmt: skip
def test_posts_for_readers_are_not(jekyll: Blog, values: dict[str, str]) -> None:
    assert jekyll.post(RYE, matter(**values))


@shows("hidden")
def test_published_without_a_value_is_a_no(jekyll: Blog) -> None:
    assert jekyll.left_out(RYE, "---\ntitle: Rye\npublished:\n---\n") == "unpublished"


@shows("hidden")
def test_a_draft_that_is_neither_yes_nor_no_is_told(jekyll: Blog) -> None:
    assert "draft is 'perhaps'. Write it as true or false" in str(
        jekyll.problem(RYE, matter(draft="perhaps"))
    )


BODY = "# Rye\n\nA [loaf][1].\n\nMore.\n<!-- more -->\nRest.\n\n[1]: /x\n"


@shows("excerpt", "site-wide")
@pytest.mark.parametrize(
    ("site", "own", "excerpt"),
    [
        ("", "", "A loaf."),
        ("", "excerpt: |\n  An <em>own</em>\n  one.", "An own one."),
        ("", "excerpt: ''", "A loaf."),
        ("excerpt_separator: <!-- more -->", "", "Rye A loaf. More."),
        ("excerpt_separator: <!-- more -->", "excerpt_separator: More", "Rye A loaf."),
        ("", "excerpt_separator: <!-- more -->", "Rye A loaf. More."),
        ("excerpt_separator: ''", "", "A loaf."),
        ("excerpt_separator: <!-- nowhere -->", "", "A loaf."),
        ('excerpt_separator: "\\n\\n"', "", "A loaf."),
    ],
)
def test_the_excerpt_is_the_authors_or_what_stands_before_the_separator_or_the_first_paragraph(
    jekyll: Blog, site: str, own: str, excerpt: str
) -> None:
    jekyll.write("_config.yml", site)

    assert jekyll.post(RYE, f"---\ntitle: Rye\n{own}\n---\n{BODY}").excerpt == excerpt


@shows("excerpt")
def test_a_long_first_paragraph_is_cut_and_an_authors_excerpt_is_not(jekyll: Blog) -> None:
    long = "loaf " * 100

    cut = jekyll.post(RYE, f"---\ntitle: Rye\n---\n{long}\n").excerpt
    whole = jekyll.post(RYE, f"---\ntitle: Rye\nexcerpt: {long}\n---\n").excerpt

    assert len(cut) <= 300
    assert whole == long.strip()


@shows("language", "site-wide")
def test_the_language_of_the_site_is_that_of_posts_that_name_none(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "lang: de-AT\n")

    assert jekyll.post(RYE, matter(title="x")).lang == "de"
    assert jekyll.post(RYE, matter(lang="fr")).lang == "fr"
    assert jekyll.post(RYE, matter(title="x")).rules["lang"] == "_config.yml: lang"
    assert jekyll.post(RYE, matter(title="x"), language="french").lang is None


@shows("language")
@pytest.mark.parametrize(("lang", "code"), [("en-GB", "en"), ("DE", "de"), ("english", None)])
def test_the_language_is_a_code(jekyll: Blog, lang: str, code: str | None) -> None:
    assert jekyll.post(RYE, matter(lang=lang)).lang == code


@shows("excerpt")
def test_liquid_is_in_no_text(jekyll: Blog) -> None:
    post = jekyll.post(
        RYE, "---\ntitle: Rye\nexcerpt: A {{ site.x }}loaf.\n---\n{% include toc.html %}\n\nRye.\n"
    )

    assert (post.excerpt, post.body) == ("A loaf.", "Rye.")


@shows("files")
def test_a_link_to_a_folder_of_posts_is_told(jekyll: Blog) -> None:
    jekyll.write("notes/2024-01-02-a.md", matter(title="x"))
    (jekyll.root / "movies").mkdir()
    (jekyll.root / "movies" / "_posts").symlink_to(jekyll.root / "notes")

    problem = jekyll.read()[1]

    assert "movies/_posts: This is a link to a folder, which is not followed" in str(problem)


@shows("files", "excerpt")
def test_an_html_post_is_html(jekyll: Blog) -> None:
    post = jekyll.post("_posts/2024-01-02-a.html", "---\ntitle: A\n---\n<p>One *two*</p>\n")

    assert (post.url, post.body, post.excerpt) == ("/2024/01/02/a.html", "One *two*", "One *two*")
