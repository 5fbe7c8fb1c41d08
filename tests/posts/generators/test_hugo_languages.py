"""Hugo sites in several languages: by names of files, by folders, on several hosts."""

from datetime import UTC, datetime

import pytest
from cells import shows
from posts_blog import Blog, matter

from searchsvc.posts.post import Post

RYE = "content/posts/rye.md"


def urls(blog: Blog) -> dict[str, str]:
    return {post.id: post.url for post in blog.read() if isinstance(post, Post)}


@shows("language", "files", "address", "site-wide")
def test_the_name_of_a_file_tells_its_language(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml",
        "defaultContentLanguage = 'de'\ndisableLanguages = ['es']\n[languages.de]\n"
        "[languages.fr]\nlocale = 'fr-CA'\n[languages.pt-BR]\n[languages.es]\n"
        "[languages.it]\ndisabled = true\n",
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


@shows("language", "site-wide")
def test_the_setting_counts_before_the_only_language_of_a_site(hugo: Blog) -> None:
    hugo.write("hugo.toml", "languageCode = 'de'\n")

    assert hugo.post("content/a.md", "---\ntitle: A\n---\n").lang == "de"
    assert hugo.post("content/a.md", "---\ntitle: A\n---\n", language="en").lang is None
