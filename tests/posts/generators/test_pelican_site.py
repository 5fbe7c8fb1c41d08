"""What a Pelican site's configuration says: addresses, metadata by path, and what stops a run."""

from datetime import date

import pytest
from cells import shows
from posts_blog import Blog, headed

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post

ARTICLE = "content/bread/rye.md"


def with_config(blog: Blog, config: str, **headers: str) -> Post:
    blog.write("pelicanconf.py", f'PATH = "content"\n{config}\n')
    return blog.post(ARTICLE, headed(**headers))


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("{slug}.html", "/rye.html"),
        ("{date:%Y}/{date:%m}/{slug}/", "/2024/03/rye/"),
        ("{date.year}/{date.month:02d}/{date:%b}/{slug}/", "/2024/03/Mar/rye/"),
        ("{category}/{slug}/", "/bread/rye/"),
        ("{author}/{lang}/{slug}", "/ann-baker/en/rye"),
        ("/{path}", "/bread/rye.md"),
        ("{series}/{slug}", "/dough/rye"),
    ],
)
def test_addresses_follow_the_pattern_of_the_site(blog: Blog, pattern: str, url: str) -> None:
    config = f'ARTICLE_URL = "{pattern}"\nAUTHOR = "Ann Baker"'

    assert with_config(blog, config, Date="2024-03-05", Series="dough").url == url


@shows("address")
@pytest.mark.parametrize("pattern", ["{series}/{slug}", "{slug.__class__}", "{date.tzinfo}"])
def test_a_pattern_that_asks_for_what_a_post_does_not_say_is_told(blog: Blog, pattern: str) -> None:
    blog.write("pelicanconf.py", f'ARTICLE_URL = "{pattern}"\n')

    assert f"The address {pattern} asks for" in blog.problem("a.md", headed()).message


@shows("address")
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Rye – a loaf", "rye-a-loaf"),
        ("  C++ & C#  ", "c-c"),
        ("<em>Rye</em> &amp; 'wheat'", "rye-wheat"),
        ("Straße, naïve Übung, Ærø, Łódź", "strasse-naive-ubung-aero-lodz"),
        ("Щёлк и подъезд", "shchiolk-i-podezd"),
        ("Ψωμί", "psomi"),
        ("2×3 for 5€ … ½ 🍞", "2x3-for-5eur-12"),
    ],
)
def test_a_slug_is_the_title_in_ascii(blog: Blog, title: str, slug: str) -> None:
    assert with_config(blog, "", Title=title).url == f"/{slug}.html"


@shows("address")
def test_a_title_in_a_script_that_we_do_not_know_needs_a_slug(blog: Blog) -> None:
    blog.write("pelicanconf.py", "")

    assert blog.post("a.md", headed(Title="黒パン", Slug="kuro-pan")).url == "/kuro-pan.html"
    problem = blog.problem("a.md", headed(Title="黒パン"))
    assert "The address is not known: '黒' in '黒パン' has no letters in ASCII" in problem.message


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("config", "url"),
    [
        ('SLUGIFY_SOURCE = "basename"', "/rye.html"),
        ("SLUGIFY_PRESERVE_CASE = True", "/Big-Rye-C.html"),
        ("SLUGIFY_USE_UNICODE = True", "/big-rye-c.html"),
        ('SLUG_REGEX_SUBSTITUTIONS = [("\\\\+", "p"), ("[^a-z]+", "_")]', "/big_rye_cpp.html"),
        ('SLUG_SUBSTITUTIONS = "old"', "/big-rye-c.html"),
    ],
)
def test_the_site_says_how_slugs_are_made(blog: Blog, config: str, url: str) -> None:
    assert with_config(blog, config, Title="Big Rye C++").url == url


@shows("address", "categories", "site-wide")
def test_categories_have_substitutions_of_their_own(blog: Blog) -> None:
    config = (
        'ARTICLE_URL = "{category}/{slug}"\nCATEGORY_REGEX_SUBSTITUTIONS = [(r"#", "-sharp")]\n'
    )

    assert with_config(blog, config, Category="C#").url == "/c-sharp/rye"


@shows("address")
@pytest.mark.parametrize(
    ("headers", "url"),
    [
        ({"Slug": "Own_Slug"}, "/Own_Slug.html"),
        ({"Url": "own/place/"}, "/own/place/"),
        ({"Url": "own/place/", "Save_as": "own/place/index.html"}, "/own/place/"),
        ({"Save_as": "own.html"}, "/own.html"),
    ],
)
def test_an_article_may_have_an_address_of_its_own(
    blog: Blog, headers: dict[str, str], url: str
) -> None:
    assert with_config(blog, "", **headers).url == url


@shows("address", "language")
@pytest.mark.parametrize(
    ("config", "lang", "url"),
    [
        ("", "fr", "/rye-fr.html"),
        ("", "en", "/rye.html"),
        ('DEFAULT_LANG = "fr"', "fr", "/rye.html"),
        ('DEFAULT_LANG = "fr"', "en", "/rye-en.html"),
        ('ARTICLE_LANG_URL = "{lang}/{slug}/"', "fr", "/fr/rye/"),
        ('ARTICLE_LANG_SAVE_AS = "{lang}/{slug}.html"', "fr", "/fr/rye.html"),
    ],
)
def test_translations_have_another_pattern(blog: Blog, config: str, lang: str, url: str) -> None:
    assert with_config(blog, config, Lang=lang).url == url


@shows("address", "site-wide")
@pytest.mark.parametrize(
    ("config", "url"),
    [
        ('SITEURL = "https://a.example/blog/"', "https://a.example/blog/rye.html"),
        ('SITEURL = "//a.example"', "https://a.example/rye.html"),
        ('SITEURL = "/blog"', "/blog/rye.html"),
        ('SITEURL = "."', "/rye.html"),
        ('SITEURL = ""', "/rye.html"),
        ('import os\nSITEURL = os.environ["SITEURL"]', "/rye.html"),
        ('HOST = "a.example"\nSITEURL = f"https://{HOST}"', "https://a.example/rye.html"),
    ],
)
def test_urls_begin_with_the_sites_address(blog: Blog, config: str, url: str) -> None:
    assert with_config(blog, config).url == url


@shows("address", "site-wide")
def test_what_a_site_is_published_with_counts_over_what_it_is_written_with(blog: Blog) -> None:
    blog.write("publishconf.py", 'from pelicanconf import *\nSITEURL = "https://b.example"\n')

    url = with_config(blog, 'SITEURL = "http://localhost:8000"\nARTICLE_URL = "{slug}/"').url

    assert url == "https://b.example/rye/"


@shows("address")
def test_a_setting_stands_in_for_the_pattern(blog: Blog) -> None:
    blog.write("pelicanconf.py", 'PATH = "content"\nARTICLE_URL = make_url()\n')

    with pytest.raises(ContentError, match="ARTICLE_URL is computed in line 2"):
        blog.post(ARTICLE, headed())
    post = blog.post(ARTICLE, headed(), url_template="/{year}/{slug}/")
    assert post.url == "/2024/rye/"


@shows("site-wide", "tags", "date", "hidden")
def test_the_site_says_what_articles_do_not(blog: Blog) -> None:
    config = """
DEFAULT_METADATA = {"tags": "all", "status": "draft"}
DEFAULT_DATE = (2020, 1, 2)
EXTRA_PATH_METADATA = {"bread": {"status": "published"}, "bread/rye.md": {"slug": "by-path"}}
"""
    blog.write("pelicanconf.py", f'PATH = "content"\n{config}')

    post = blog.post(ARTICLE, "Title: Rye\n\nText.\n")

    assert (post.tags, post.date, post.url) == (("all",), date(2020, 1, 2), "/by-path.html")
    assert post.rules["tags"] == "pelicanconf.py: DEFAULT_METADATA"
    assert post.rules["date"] == "pelicanconf.py: DEFAULT_DATE"
    assert blog.left_out("content/breadth/a.md", headed()) == "draft"


@shows("site-wide", "date", "categories")
def test_names_and_paths_may_say_what_articles_do_not(blog: Blog) -> None:
    config = (
        'FILENAME_METADATA = r"(?P<date>\\d{4}-\\d\\d-\\d\\d)_(?P<slug>.*)"\n'
        'PATH_METADATA = r"(?P<category>[^/]+)/.*"\n'
    )
    blog.write("pelicanconf.py", f'PATH = "content"\n{config}')

    post = blog.post("content/bread/dark/2024-03-04_rye.md", "Title: A loaf\n\nText.\n")

    assert (post.url, post.date, post.categories) == ("/rye.html", date(2024, 3, 4), ("bread",))
    assert post.rules["date"] == "name of the file"
    assert post.rules["categories"] == "path of the file"


@shows("date")
def test_without_a_pattern_a_name_may_begin_with_a_date(blog: Blog) -> None:
    blog.write("pelicanconf.py", "")

    assert blog.post("2024-03-04-rye.md", "Title: Rye\n\nText.\n").date == date(2024, 3, 4)


@shows("site-wide")
@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("PATH = 'a\n", "pelicanconf.py:1: This is not Python"),
        ("TIMEZONE = 'Mars/Olympus'\n", "pelicanconf.py: timezone is 'Mars/Olympus'. No such"),
        ("TIMEZONE = zone()\n", "TIMEZONE is computed in line 1, and the program is not run"),
        ("ARTICLE_PATHS = list_paths()\n", "ARTICLE_PATHS is computed in line 1"),
        ("PATH = '../elsewhere'\n", "PATH is '../elsewhere', which lies outside of"),
        ("FILENAME_METADATA = '(?P<date'\n", "FILENAME_METADATA has the expression '(?P<date'"),
        ("SLUG_REGEX_SUBSTITUTIONS = ['a']\n", "SLUG_REGEX_SUBSTITUTIONS is ['a']. Write it as"),
        ("SUMMARY_MAX_LENGTH = 'long'\n", "SUMMARY_MAX_LENGTH is 'long'. Write it as a number"),
        ("SITEURL = 'example.com'\n", "SITEURL is 'example.com'. Write it like https://"),
    ],
)
def test_a_configuration_that_cannot_be_used_stops_the_run(
    blog: Blog, config: str, told: str
) -> None:
    blog.write("pelicanconf.py", config)
    blog.write("a.md", headed())

    with pytest.raises(ContentError) as error:
        blog.read()

    assert told in str(error.value)


@shows("site-wide")
def test_a_configuration_is_never_run(blog: Blog) -> None:
    blog.write("pelicanconf.py", 'from pathlib import Path\nPath("run").touch()\n1 / 0\n')

    assert blog.post("a.md", headed()).title == "Rye"
    assert not (blog.root / "run").exists()


@shows("site-wide")
@pytest.mark.parametrize(
    ("config", "category"),
    [
        ('DEFAULT_CATEGORY = "a" + "b"', "ab"),
        ('X = "a"\nDEFAULT_CATEGORY = X', "a"),
        ('X: str = "a"\nDEFAULT_CATEGORY = f"{X}-b"', "a-b"),
        ('DEFAULT_CATEGORY = "a"\nDEFAULT_CATEGORY += "b"', "ab"),
        ('DEFAULT_CATEGORY = X = "a"', "a"),
        ("from base import *", "beside"),
        ('from base import *\nDEFAULT_CATEGORY += "!"', "beside!"),
        ("from pelicanconf import *\nfrom nowhere import *", "misc"),
        ("DEFAULT_CATEGORY = None", "misc"),
    ],
)
def test_literals_and_what_is_put_together_of_them_is_understood(
    blog: Blog, config: str, category: str
) -> None:
    blog.write("base.py", 'DEFAULT_CATEGORY = "beside"\n')
    blog.write("pelicanconf.py", f'{config}\n"\\d"\n')

    assert blog.post("a.md", headed()).categories == (category,)


@shows("site-wide")
@pytest.mark.parametrize(
    "config",
    [
        'if DEBUG:\n    DEFAULT_CATEGORY = "a"',
        'DEFAULT_CATEGORY = "a"\ntry:\n    DEFAULT_CATEGORY = "b"\nexcept KeyError:\n    pass',
        'DEFAULT_CATEGORY = ["a"]\nDEFAULT_CATEGORY.append("b")',
        'DEFAULT_CATEGORY, X = "a", "b"',
        'DEFAULT_CATEGORY = "%s" % x',
        'DEFAULT_CATEGORY = f"{x}"',
        "DEFAULT_CATEGORY = {**x}",
        'DEFAULT_CATEGORY = b"x"',
        'DEFAULT_CATEGORY = "a" + ["b"]',
        'DEFAULT_CATEGORY = f"{1:>3}"',
        'DEFAULT_CATEGORY["x"] = "y"',
    ],
)
def test_what_only_running_it_would_tell_is_told(blog: Blog, config: str) -> None:
    blog.write("pelicanconf.py", config)
    blog.write("a.md", headed())

    with pytest.raises(ContentError, match="DEFAULT_CATEGORY is computed in line"):
        blog.read()


@pytest.mark.parametrize(
    "config",
    ['DEFAULT_METADATA = {}\nDEFAULT_METADATA["tags"] = "a, b"\n',
     'DEFAULT_METADATA = (("tags", "a, b"),)\n'],
)  # fmt: skip
def test_a_table_may_be_filled_key_by_key_or_be_pairs(blog: Blog, config: str) -> None:
    blog.write("pelicanconf.py", config)

    assert blog.post("a.md", headed()).tags == ("a", "b")
