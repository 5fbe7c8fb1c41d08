"""`searchsvc verify` from outside: an index, and the site as its generator would have built it."""

import json
from pathlib import Path

import pytest
from test_cli import searchsvc

HOST = "https://a.example"


def page(title: str, day: str = "", head: str = "") -> str:
    said = f'<meta property="article:published_time" content="{day}">' if day else ""
    kind = '<meta property="og:type" content="article">' if day else ""
    return (
        f"<!doctype html><html><head><title>{title}</title>{kind}{said}{head}</head>"
        f"<body><article><h1>{title}</h1><p>Text.</p></article></body></html>"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Jekyll blog, its index, and its built pages, which all agree."""
    write(tmp_path, "blog/_config.yml", f"url: {HOST}\npermalink: /:year/:title/\n")
    for name, title in (("2024-05-01-rye", "Rye"), ("2025-06-02-oat", "Oat")):
        write(tmp_path, f"blog/_posts/{name}.md", f"---\ntitle: {title}\n---\nText.\n")
    write(tmp_path, "site/2024/rye/index.html", page("Rye", "2024-05-01T23:30:00-05:00"))
    write(tmp_path, "site/2025/oat/index.html", page("Oat", "2025-06-02"))
    write(tmp_path, "site/index.html", page("Home"))
    write(tmp_path, "site/about.html", page("About"))
    assert searchsvc(tmp_path, "reindex", "blog").returncode == 0
    return tmp_path


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def sitemap(*paths: str) -> str:
    inner = "".join(f"<url><loc>{HOST}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'


def test_an_index_like_its_site_is_told_in_a_line(folder: Path) -> None:
    run = searchsvc(folder, "verify", "--site", "site")

    assert (run.returncode, run.stdout) == (
        0,
        "2 posts are where the built site site/ has them; 2 pages that do not look like posts\n",
    )


def test_what_differs_is_told_by_kind_with_what_to_do(folder: Path) -> None:
    (folder / "site/2024/rye").rename(folder / "site/rye")
    write(folder, "site/2025/oat/index.html", page("Oat", "2025-06-01"))
    write(folder, "site/2025/tea.html", page("Tea", "2025-07-01"))

    run = searchsvc(folder, "verify", "--site", "site")

    assert run.returncode == 1
    assert run.stdout == (
        "dead addresses: 1\n"
        f"  {HOST}/2024/rye/  Rye → lives at /rye/\n"
        "  Deleted or renamed: searchsvc reindex. Elsewhere all over: the settings `site_url`, "
        "`url_template`\n"
        "\n"
        "missing posts: 1\n"
        "  /2025/tea.html  Tea\n"
        "  Searches do not find them: searchsvc reindex tells what was left out, and why\n"
        "\n"
        "dates that differ: 1\n"
        f"  {HOST}/2025/oat/  2025-06-02 in the index, 2025-06-01 on the page\n"
        "  By one day all over: set `timezone`\n"
        "\n"
        "1 post is where the built site site/ has them; 2 pages that do not look like posts\n"
    )


def test_a_draft_that_is_still_found_is_told_when_its_source_is_named(folder: Path) -> None:
    write(folder, "blog/_posts/2024-05-01-rye.md", "---\ntitle: Rye\npublished: false\n---\nText.")

    run = searchsvc(folder, "verify", "blog", "--site", "site", "--json")

    found = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (1, "")
    assert found["leaked"] == [
        {
            "id": "_posts/2024-05-01-rye.md",
            "url": f"{HOST}/2024/rye/",
            "title": "Rye",
            "reason": "unpublished",
        }
    ]
    assert found["dead"] == []
    assert found["differs"] is True


def test_a_sitemap_alone_tells_addresses(folder: Path) -> None:
    write(folder, "sitemap.xml", sitemap("/", "/about.html", "/2024/rye/", "/2025/tea/"))

    found = json.loads(searchsvc(folder, "verify", "--site", "sitemap.xml", "--json").stdout)

    assert [one["url"] for one in found["dead"]] == [f"{HOST}/2025/oat/"]
    assert [one["url"] for one in found["missing"]] == [f"{HOST}/2025/tea/"]
    assert found["site"] == "sitemap sitemap.xml"


def test_a_sitemap_beside_its_pages_leads_to_them(folder: Path) -> None:
    write(folder, "site/sitemap.xml", sitemap("/2024/rye/"))

    run = searchsvc(folder, "verify", "--site", "site/sitemap.xml")

    # What no sitemap names may be there all the same.
    assert run.returncode == 0
    assert "2 posts are where the built site site/ has them" in run.stdout


def test_a_sitemap_that_names_sitemaps_is_followed_on_the_disk(folder: Path) -> None:
    index = sitemap("/sitemap-posts.xml").replace("urlset", "sitemapindex")
    write(
        folder, "sitemap.xml", index.replace("<url>", "<sitemap>").replace("</url>", "</sitemap>")
    )
    write(folder, "sitemap-posts.xml", sitemap("/2024/rye/", "/2025/oat/"))

    assert searchsvc(folder, "verify", "--site", "sitemap.xml").returncode == 0


def test_a_list_of_addresses_will_do(folder: Path) -> None:
    write(folder, "urls.txt", f"# by hand\n{HOST}/2024/rye/\n\n/2025/oat\n")

    assert searchsvc(folder, "verify", "--site", "urls.txt").returncode == 0


def test_of_a_feed_only_what_it_has_can_be_missing(folder: Path) -> None:
    entry = "<item><title>{0}</title><link>{1}/2025/{0}/</link><pubDate>{2}</pubDate></item>"
    entries = entry.format("tea", HOST, "Mon, 02 Jun 2025 01:00:00 GMT")
    write(folder, "feed.xml", f'<rss version="2.0"><channel>{entries}</channel></rss>')

    found = json.loads(searchsvc(folder, "verify", "--site", "feed.xml", "--json").stdout)

    assert [one["url"] for one in found["missing"]] == [f"{HOST}/2025/tea/"]
    assert found["dead"] == []


def test_a_page_that_leads_on_is_told(folder: Path) -> None:
    lead = '<meta http-equiv="refresh" content="0; url=/bread/">'
    write(folder, "site/2024/rye/index.html", page("Rye", "2024-05-01", lead))

    run = searchsvc(folder, "verify", "--site", "site")

    assert "  https://a.example/2024/rye/  Rye (this page leads on to another one)\n" in run.stdout


def test_long_lists_are_cut_unless_all_is_asked_for(folder: Path) -> None:
    for number in range(30):
        write(folder, f"site/2025/tea-{number:02}/index.html", page("Tea", "2025-06-02"))

    some = searchsvc(folder, "verify", "--site", "site").stdout
    every = searchsvc(folder, "verify", "--site", "site", "--all").stdout

    assert "missing posts: 30\n" in some
    assert some.count("/tea-") == 24
    assert "  … and 6 more; --all lists them\n" in some
    assert every.count("/tea-") == 30


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ("https://a.example/sitemap.xml", "pages are not fetched. Name the folder"),
        ("nowhere", "nowhere: there is no such folder or file"),
        ("empty", "empty: there are no HTML pages. Name the folder that the site is built into"),
        ("bad.txt", "bad.txt:2: 'rye bread' is no address"),
        ("none.txt", "none.txt: there are no addresses in it"),
        ("none.xml", "none.xml: no address is named in it"),
        ("other.xml", "other.xml: this is XML, but no feed"),
    ],
)
def test_what_is_no_site_is_told_with_the_remedy(folder: Path, site: str, said: str) -> None:
    (folder / "empty").mkdir()
    write(folder, "bad.txt", "/rye/\nrye bread\n")
    write(folder, "none.txt", "# nothing\n")
    write(folder, "none.xml", sitemap())
    write(folder, "other.xml", "<x/>")

    run = searchsvc(folder, "verify", "--site", site)

    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr


def test_without_an_index_there_is_nothing_to_compare(tmp_path: Path) -> None:
    run = searchsvc(tmp_path, "verify", "--site", "site")

    assert run.returncode == 2
    assert "There is no index in index yet" in run.stderr
