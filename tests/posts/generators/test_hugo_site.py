"""What a Hugo site says for many pages: its configuration, cascades, taxonomies, dates."""

import os
import re
from datetime import UTC, date, datetime

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post

RYE = "content/posts/rye.md"


def urls(blog: Blog) -> dict[str, str]:
    return {post.id: post.url for post in blog.read() if isinstance(post, Post)}


# Whose site a folder is


@shows("site-wide")
@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("hugo.toml", "baseURL = 'https://a.example'"), ("hugo.yml", "baseurl: https://a.example"),
        ("hugo.json", '{"BaseURL": "https://a.example"}'),
        ("config.toml", "baseURL = 'https://a.example'"),
        ("config.yaml", "title: x\nbaseURL: https://a.example"),
        ("config.json", '{"title": "x", "baseURL": "https://a.example"}'),
        ("config/_default/hugo.yaml", "baseURL: https://a.example"),
        ("config/_default/config.toml", "baseURL = 'https://a.example'"),
        ("config/production/config.toml", "baseURL = 'https://a.example'"),
    ],
)  # fmt: skip
def test_a_hugo_site_is_known_by_its_configuration(blog: Blog, name: str, config: str) -> None:
    blog.write("config/_default/params.toml", "") if "production" in name else None
    blog.write(name, config + "\n")

    assert blog.post(RYE, matter(title="x", slug="a b")).url == "https://a.example/posts/a-b/"


@shows("site-wide")
@pytest.mark.parametrize(
    ("name", "config"),
    [("config.toml", "base_url = 'https://a.example'"), ("config.yaml", "api: {url: x}"),
     ("_config.yml", "baseurl: /x")],
)  # fmt: skip
def test_other_configurations_make_no_hugo_site(blog: Blog, name: str, config: str) -> None:
    blog.write(name, config + "\n")

    assert blog.post(RYE, matter(title="x")).url == "/content/posts/rye"


@shows("site-wide")
def test_a_configuration_of_that_name_without_content_is_no_hugo_site(blog: Blog) -> None:
    blog.write("config.json", '{"baseUrl": "https://api.example"}\n')

    assert blog.post("notes/rye.md", matter(title="x")).url == "/notes/rye"


@shows("files", "site-wide")
def test_a_folder_of_the_content_is_read_by_the_sites_rules(
    hugo: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    hugo.write(RYE, matter(title="x", slug="A"))

    assert [(r.id, r.url) for r in hugo.read("content/posts") if isinstance(r, Post)] == [
        (RYE, "/posts/a/")
    ]
    monkeypatch.chdir(hugo.root / "content")
    assert [r.id for r in Blog(hugo.root).read("content/posts") if isinstance(r, Post)] == [RYE]


@shows("files", "site-wide")
def test_a_folder_beside_the_content_is_none_of_hugos(hugo: Blog) -> None:
    hugo.write("docs/rye.md", matter(title="x"))

    assert [r.id for r in hugo.read("docs") if isinstance(r, Post)] == ["rye.md"]


# What the configuration says


@shows("site-wide")
def test_the_folder_config_comes_over_the_file_and_production_over_that(blog: Blog) -> None:
    blog.write("hugo.toml", "baseURL = 'https://a.example'\ntitle = 'x'\n")
    blog.write("config/_default/hugo.toml", "baseURL = 'https://b.example'\n")
    blog.write("config/_default/permalinks.toml", "posts = '/b/:filename/'\n")
    blog.write("config/production/config.toml", "[permalinks]\nnotes = '/c/:filename/'\n")
    blog.write("config/staging/config.toml", "baseURL = 'https://staging.example'\n")
    blog.write("content/notes/a.md", matter(title="x"))
    blog.write(RYE, matter(title="x"))

    assert list(urls(blog).values()) == ["https://b.example/c/a/", "https://b.example/b/rye/"]


@shows("files", "site-wide")
def test_the_content_may_lie_elsewhere(hugo: Blog) -> None:
    hugo.write("hugo.toml", "contentDir = './docs/text/'\n")
    hugo.write("docs/text/a.md", matter(title="x"))
    hugo.write("docs/b.md", matter(title="x"))

    assert urls(hugo) == {"docs/text/a.md": "/a/"}
    assert [r.id for r in hugo.read("docs") if isinstance(r, Post)] == ["docs/text/a.md"]


@shows("files", "site-wide", "language")
def test_mounts_stand_for_the_folder_of_content(hugo: Blog) -> None:
    hugo.write(
        "hugo.yaml",
        "languages: {en: {}, fr: {}}\nmodule:\n  mounts:\n"
        "  - {source: docs, target: content}\n  - {source: blog, target: content/log}\n"
        "  - {source: textes, target: content, sites: {matrix: {languages: [fr]}}}\n"
        "  - {source: pictures, target: assets}\n",
    )
    (hugo.root / "hugo.toml").unlink()
    for folder in ("docs", "blog", "textes", "pictures"):
        hugo.write(f"{folder}/sub/a.md", matter(title="x"))
    hugo.write("docs/log/_index.md", matter(title="x", slug="journal"))

    assert urls(hugo) == {
        "blog/sub/a.md": "/journal/sub/a/", "docs/sub/a.md": "/sub/a/",
        "textes/sub/a.md": "/fr/sub/a/",
    }  # fmt: skip


@shows("files", "site-wide")
def test_files_can_be_ignored(hugo: Blog) -> None:
    hugo.write("hugo.toml", r"ignoreFiles = ['\.rough\.md$', '/old/']" + "\n")
    for path in ("a.rough.md", "old/b.md", "c.md"):
        hugo.write(f"content/{path}", matter(title="x"))

    assert hugo.ids() == ["content/c.md", "content/first.md"]


@shows("hidden", "scheduled", "site-wide")
def test_a_site_may_publish_drafts_and_what_is_to_come_or_past(hugo: Blog) -> None:
    hugo.write("hugo.toml", "buildDrafts = true\nbuildFuture = true\nbuildExpired = true\n")

    post = hugo.post(
        RYE, matter(title="x", draft="true", date="2999-01-01", expiryDate="2020-01-01")
    )

    assert (post.date, post.visible_from, post.visible_until) == (date(2999, 1, 1), None, None)


@shows("categories", "tags", "site-wide")
@pytest.mark.parametrize(
    ("taxonomies", "categories", "tags"),
    [
        ("{tag: tags, category: categories, series: series}", ("A",), ("rye", "Basics")),
        ("{series: series, tag: tags}", ("posts",), ("rye", "Basics")),
        ("{thema: themen, kategorie: kategorien}", ("K",), ("T",)),
        ("{}", ("posts",), ()),
    ],
)
def test_a_site_has_taxonomies_of_its_own(
    blog: Blog, taxonomies: str, categories: tuple[str, ...], tags: tuple[str, ...]
) -> None:
    blog.write("hugo.yaml", f"taxonomies: {taxonomies}\n")

    post = blog.post(
        RYE,
        matter(
            title="x", tags="[rye]", categories="A", series="Basics", themen="[T]", Kategorien="K"
        ),
    )

    assert (post.categories, post.tags) == (categories, tags)


@shows("date", "scheduled", "site-wide", "address")
def test_a_site_chooses_what_gives_dates(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml",
        "[frontmatter]\ndate = [':git', 'created', ':filename', ':default']\n"
        "publishDate = ['opened', ':default']\nexpiryDate = ['until']\n",
    )

    created = hugo.post(
        "content/2024-01-02-a.md", matter(title="x", created="2023-05-06", until="2024-03-04")
    )
    named = hugo.post("content/2024-01-02_My name/index.md", matter(title="x", opened="2024-02-03"))
    own = hugo.post("content/2024-01-03-b.md", matter(title="x", date="2020-01-01", slug="own"))
    no_day = hugo.post("content/2024-99-99-c.md", matter(title="x"))
    only_date = hugo.post("content/2024-01-04.md", matter(title="x"))

    assert (created.date, created.url) == (date(2023, 5, 6), "/2024-01-02-a/")
    assert created.visible_until == datetime(2024, 3, 4, tzinfo=UTC)
    assert (named.date, named.url) == (date(2024, 1, 2), "/my-name/")
    assert named.visible_from == datetime(2024, 2, 3, tzinfo=UTC)
    assert (own.date, own.url) == (date(2024, 1, 3), "/own/")
    assert own.visible_from == datetime(2020, 1, 1, tzinfo=UTC)
    assert (no_day.date, no_day.url) == (None, "/2024-99-99-c/")
    assert (only_date.date, only_date.url) == (date(2024, 1, 4), "/2024-01-04/")


@shows("date", "time zone", "site-wide")
def test_the_time_of_the_file_may_be_the_date(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml", "timeZone = 'Asia/Tokyo'\n[frontmatter]\ndate = ['date', ':fileModTime']\n"
    )
    os.utime(hugo.write(RYE, matter(title="x")), (1_704_207_600, 1_704_207_600))

    post = next(r for r in hugo.read() if isinstance(r, Post) and r.id == RYE)

    assert (post.date, post.rules["date"]) == (date(2024, 1, 3), "time of the file")


# Cascades


@shows("site-wide", "hidden", "tags", "categories", "address")
def test_the_nearest_section_that_gives_a_value_counts(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml",
        "[[cascade]]\ntags = ['site']\ncategories = ['site']\n[cascade.params]\nsummary = 'All'\n",
    )
    hugo.write("content/_index.md", matter(cascade="{Tags: [home], date: 2024-01-02}"))
    hugo.write("content/posts/_index.md", matter(cascade="{params: {tags: [posts]}, draft: true}"))
    hugo.write(
        "content/posts/deep/_index.md",
        "+++\n[cascade]\ndraft = false\nurl = '/:year/:filename/'\n+++\n",
    )

    deep = hugo.post("content/posts/deep/er/a.md", matter(title="x"))
    own = hugo.post("content/posts/b.md", matter(title="x", draft="false", tags="[own]"))

    assert hugo.left_out(RYE, matter(title="x")) == "draft"
    assert deep.excerpt == "All"
    assert (deep.tags, deep.categories, deep.url) == (("posts",), ("site",), "/2024/a/")
    assert (own.tags, own.date) == (("own",), date(2024, 1, 2))
    assert hugo.post("content/first.md", matter(title="x")).tags == ("home",)


@shows("site-wide")
@pytest.mark.parametrize(
    ("target", "is_meant"),
    [
        ("{path: '/posts/r*'}", True), ("{path: '/posts/**'}", True), ("{path: '/**/rye'}", True),
        ("{path: '/POSTS/{rye,oats}'}", True), ("{path: '/posts/[!a]?e'}", True),
        ("{path: '/p*'}", False), ("{path: '/posts/x*'}", False), ("{path: '/posts/(rye'}", False),
        ("{path: '/posts/[z-a]'}", False),
        ("{kind: page}", True), ("{kind: '{section,home}'}", False),
        ("{environment: 'prod*'}", True), ("{environment: staging}", False),
        ("{lang: en}", True), ("{lang: fr}", False),
        ("{sites: {matrix: {languages: [fr, e*]}}}", True),
        ("{}", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["target", "_target"])
def test_a_cascade_may_be_meant_for_some_pages(
    hugo: Blog, key: str, target: str, is_meant: bool
) -> None:
    hugo.write(
        "content/posts/_index.md",
        f"---\ncascade:\n- {key}: {target}\n  tags: [given]\n- tags: [others]\n- nonsense\n---\n",
    )

    assert hugo.post(RYE, matter(title="x")).tags == (("given",) if is_meant else ("others",))


@shows("site-wide", "hidden")
def test_a_section_that_cannot_be_read_and_may_give_something_holds_its_pages_back(
    hugo: Blog,
) -> None:
    hugo.write("content/posts/_index.md", "---\ntitle: a: b\ncascade: {draft: true}\n---\n")

    problem = hugo.problem(RYE, matter(title="x"))

    assert "content/posts/_index.md:2: This is not YAML" in problem.message
    assert problem.message.endswith("What it gives to this page cannot be known before")


@shows("site-wide")
def test_a_section_that_cannot_be_read_but_gives_nothing_does_no_harm(hugo: Blog) -> None:
    hugo.write("content/posts/_index.md", "---\ntitle: a: b\n---\n")

    assert hugo.post(RYE, matter(title="x")).url == "/posts/rye/"


# Languages


@shows("language", "files", "address", "site-wide")
def test_the_name_of_a_file_tells_its_language(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml",
        "defaultContentLanguage = 'de'\n[languages.de]\n[languages.fr]\nlocale = 'fr-CA'\n"
        "[languages.pt-BR]\n[languages.it]\ndisabled = true\n[languages.es]\n",
    )
    hugo.write(
        "hugo.toml",
        (hugo.root / "hugo.toml")
        .read_text()
        .replace("'de'\n", "'de'\ndisableLanguages = ['es']\n", 1),
    )
    for name in ("rye.md", "rye.fr.md", "rye.PT-br.md", "rye.it.md", "rye.es.md", "rye.nl.md",
                 "bun/index.fr.md", "bun/part.md"):  # fmt: skip
        hugo.write(f"content/posts/{name}", matter(title="x"))

    found = {r.id[14:]: (r.url, r.lang) for r in hugo.read("content/posts") if isinstance(r, Post)}

    assert found == {
        "rye.md": ("/posts/rye/", "de"),
        "rye.fr.md": ("/fr/posts/rye/", "fr"),
        "rye.PT-br.md": ("/pt-br/posts/rye/", "pt"),
        "rye.nl.md": ("/posts/rye.nl/", "de"),
        "bun/index.fr.md": ("/fr/posts/bun/", "fr"),
    }


@shows("language")
@pytest.mark.parametrize(
    ("config", "lang"),
    [("languageCode = 'fr-fr'", "fr"), ("locale = 'de-CH'", "de"), ("title = 'x'", None),
     ("defaultContentLanguage = 'nl'", "nl")],
)  # fmt: skip
def test_a_site_of_one_language_may_name_it(hugo: Blog, config: str, lang: str | None) -> None:
    hugo.write("hugo.toml", config + "\n")

    post = hugo.post(RYE, matter(title="x", lang="sv"))

    assert (post.lang, post.url) == (lang, "/posts/rye/")


@shows("language", "address")
@pytest.mark.parametrize(
    ("config", "found"),
    [
        ("", ["/posts/a/", "/own/", "/rel/", "/fr/posts/b/", "/own-b/", "/fr/rel-b/"]),
        ("defaultContentLanguageInSubdir = true",
         ["/en/posts/a/", "/own/", "/en/rel/", "/fr/posts/b/", "/own-b/", "/fr/rel-b/"]),
    ],
)  # fmt: skip
def test_a_language_has_a_folder_of_content_and_of_addresses(
    hugo: Blog, config: str, found: list[str]
) -> None:
    hugo.write(
        "hugo.toml",
        config + "\n[languages.en]\ncontentDir = 'en'\n[languages.fr]\ncontentDir = 'fr'\n",
    )
    hugo.write("en/posts/a.md", matter(title="x"))
    hugo.write("en/posts/a2.md", matter(title="x", url="/own/"))
    hugo.write("en/posts/a3.md", matter(title="x", url="rel/"))
    hugo.write("fr/posts/b.md", matter(title="x"))
    hugo.write("fr/posts/b2.md", matter(title="x", url="/own-b/"))
    hugo.write("fr/posts/b3.md", matter(title="x", url="rel-b/"))

    assert list(urls(hugo).values()) == found


@shows("language", "address", "site-wide")
def test_languages_may_have_sites_of_their_own(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml",
        "[languages.en]\nbaseURL = 'https://a.example/'\n"
        "[languages.fr]\nbaseURL = 'https://b.example/fr/'\n",
    )
    hugo.write("content/posts/a.fr.md", matter(title="x"))
    hugo.write("content/posts/b.fr.md", matter(title="x", url="/own/"))

    assert list(urls(hugo).values()) == [
        "https://a.example/first/",
        "https://b.example/fr/posts/a/",
        "https://b.example/fr/own/",
    ]


@shows("language", "site-wide", "address", "time zone", "tags")
def test_a_language_has_settings_and_sections_of_its_own(blog: Blog) -> None:
    blog.write("config/_default/hugo.toml", "[permalinks]\nnotes = '/n/:filename/'\n")
    blog.write("config/_default/languages.toml", "[en]\nweight = 1\n[fr]\nweight = 2\n")
    blog.write(
        "config/_default/languages.fr.toml",
        "timeZone = 'Asia/Tokyo'\n[permalinks]\nnotes = '/carnet/:filename/'\n",
    )
    blog.write("content/notes/_index.md", matter(cascade="{tags: [english]}"))
    blog.write("content/notes/_index.fr.md", matter(cascade="{tags: [français]}"))

    english = blog.post("content/notes/a.md", matter(title="x", date="2024-01-02T12:00:00"))
    french = blog.post("content/notes/a.fr.md", matter(title="x", date="2024-01-02T12:00:00"))

    assert (english.url, english.tags) == ("/n/a/", ("english",))
    assert (french.url, french.tags) == ("/fr/carnet/a/", ("français",))
    assert english.visible_from == datetime(2024, 1, 2, 12, tzinfo=UTC)
    assert french.visible_from == datetime(2024, 1, 2, 3, tzinfo=UTC)


@shows("language")
def test_without_a_default_the_language_of_least_weight_is_it(hugo: Blog) -> None:
    hugo.write("hugo.toml", "[languages.fr]\nweight = 2\n[languages.de]\nweight = 1\n")

    assert hugo.post(RYE, matter(title="x")).lang == "de"


# What stops a run


@shows("site-wide")
@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("title = x", "hugo.toml:1: This is not TOML"),
        ("timeZone = 'Mars/Olympus'", "timezone is 'Mars/Olympus'. No such time zone"),
        ("buildDrafts = 'maybe'", "builddrafts is 'maybe'. Write it as true or false"),
        ("contentDir = '../text'", "contentDir is '../text', which leads out of the site"),
        ("contentDir = '/text'", "contentDir is '/text', which leads out of the site"),
        ("ignoreFiles = ['(']", "ignorefiles is ['(']. That is no regular expression"),
        ("taxonomies = 'tags'", "taxonomies is 'tags'. Write it as a table"),
        ("permalinks = 'x'", "permalinks is 'x'. Write it as a table"),
    ],
)
def test_a_configuration_that_makes_no_sense_stops_the_run(
    hugo: Blog, config: str, said: str
) -> None:
    hugo.write("hugo.toml", config + "\n")

    with pytest.raises(ContentError, match=re.escape(said)):
        hugo.read()


@shows("files")
def test_a_link_in_the_place_of_the_content_is_told(hugo: Blog) -> None:
    (hugo.root / "content").rename(hugo.root / "elsewhere")
    (hugo.root / "content").symlink_to("elsewhere")

    assert hugo.ids() == ["content"]
