"""`searchsvc init` from outside: what is told of a blog, and the settings file that it writes."""

import json
import re
from pathlib import Path

import pytest
from test_cli import OAT, RYE, searchsvc

from searchsvc.loading import load_settings
from searchsvc.settings import Settings

GERMAN = "Das Brot des Hauses ist, was wir backen, wenn es regnet, und davon gibt es mehr als wir. "


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A Jekyll blog of two posts and a draft."""
    write(tmp_path, "_config.yml", "url: https://a.example\ntimezone: Europe/Berlin\n")
    write(tmp_path, "_posts/2025-03-01-rye.md", RYE)
    write(tmp_path, "_posts/2024-02-01-oat.md", OAT)
    write(tmp_path, "_drafts/tea.md", OAT)
    return tmp_path


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def settings(file: Path) -> Settings:
    return load_settings(file, environment={})


def test_what_is_found_is_told_with_what_to_do_next(blog: Path) -> None:
    run = searchsvc(blog, "init")

    assert run.returncode == 0
    assert run.stdout == (
        "found:      Jekyll site ./\n"
        "posts:      2 (left out: 1 draft)\n"
        "address:    https://a.example\n"
        "time zone:  Europe/Berlin\n"
        "language:   not told; english, unless you set `language`\n"
        "written:    searchsvc.toml\n"
        "\n"
        "A search box, for any page of your blog:\n"
        "\n"
        '  <form action="http://127.0.0.1:8000/search">\n'
        '    <input type="search" name="q" aria-label="Search"> <button>Search</button></form>\n'
        "\n"
        "It works on this machine. When the service has an address of its own, put that in\n"
        "the place of http://127.0.0.1:8000.\n"
        "\n"
        "Next:\n"
        "\n"
        "  searchsvc reindex\n"
        "  searchsvc serve\n"
    )


def test_the_file_can_be_used_as_it_is(blog: Path) -> None:
    searchsvc(blog, "init")

    indexed = searchsvc(blog, "reindex")

    assert "generation 1 is live with 2 posts" in indexed.stdout
    # Jekyll publishes every folder without a dot.
    assert (blog / ".searchsvc/current").exists()


def test_a_folder_elsewhere_gets_the_file_and_commands_that_name_it(blog: Path) -> None:
    run = searchsvc(blog.parent, "init", blog.name)

    assert run.stdout.endswith(
        f"  searchsvc reindex --config {blog.name}/searchsvc.toml\n"
        f"  searchsvc serve --config {blog.name}/searchsvc.toml\n"
    )
    assert settings(blog / "searchsvc.toml").content == (blog / ".",)


def test_a_file_that_is_there_is_never_changed(blog: Path) -> None:
    write(blog, "searchsvc.toml", "port = 8001\n")

    run = searchsvc(blog, "init")

    assert (run.returncode, run.stdout) == (2, "")
    assert "searchsvc.toml: there is one already, and it was not changed" in run.stderr
    assert "--print" in run.stderr
    assert (blog / "searchsvc.toml").read_text() == "port = 8001\n"


def test_print_writes_to_the_output_only(blog: Path) -> None:
    run = searchsvc(blog, "init", "--print")
    assert not (blog / "searchsvc.toml").exists()

    write(blog, "searchsvc.toml", run.stdout)

    assert (run.returncode, run.stderr) == (0, "")
    assert settings(blog / "searchsvc.toml").index_dir == blog / ".searchsvc"


def test_json_has_all_that_scripts_need(blog: Path) -> None:
    write(blog, "_posts/2024-01-01-bad.md", RYE.replace("2025-03-01", "soon"))

    run = searchsvc(blog, "init", "--json")

    said = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (1, "")
    assert (said["generator"], said["posts"], said["left_out"]) == ("jekyll", 2, {"draft": 1})
    assert said["problems"][0]["place"] == "_posts/2024-01-01-bad.md:5"
    assert said["written"] is True
    assert (blog / said["file"]).read_text() == said["settings"]
    assert said["next"] == ["searchsvc reindex", "searchsvc serve"]


def test_posts_that_cannot_be_used_are_counted_and_it_ends_with_1(blog: Path) -> None:
    write(blog, "_posts/2024-01-01-bad.md", RYE.replace("2025-03-01", "soon"))

    run = searchsvc(blog, "init")

    assert run.returncode == 1
    assert "problems:   1 cannot be used; they are told by: searchsvc check\n" in run.stdout


def test_a_language_that_is_not_english_is_set(tmp_path: Path) -> None:
    write(tmp_path, "brot.md", f"---\ntitle: Brot\nlang: en\n---\n{GERMAN * 5}")
    write(tmp_path, "sv/bread.md", "---\ntitle: Limpa\nlang: sv\n---\nEn limpa.")

    searchsvc(tmp_path, "init")
    searchsvc(tmp_path, "init", "sv")

    assert settings(tmp_path / "searchsvc.toml").language == "german"
    assert settings(tmp_path / "sv/searchsvc.toml").language == "swedish"


def test_an_address_and_a_zone_that_nothing_tells_are_hinted_at(tmp_path: Path) -> None:
    write(tmp_path, "rye.md", RYE)

    run = searchsvc(tmp_path, "init")

    text = (tmp_path / "searchsvc.toml").read_text()
    assert "address:    not told; set `site_url`" in run.stdout
    assert re.search(r"# The site's configuration does not tell it: .*\n# site_url = ", text)
    assert re.search(r"# The site's configuration does not name one\.\n# timezone = ", text)


@pytest.mark.parametrize(
    ("files", "template", "url"),
    [
        (
            {"astro.config.mjs": "export default {}", "src/content/notes/rye.md": RYE},
            "/notes/{path}/",
            "/notes/rye/",
        ),
        (
            {
                "eleventy.config.js": "export default function (c) { c.addUrlTransform(f) }",
                "posts/rye.md": RYE,
            },
            "/blog/{slug}/",
            "/blog/rye/",
        ),
    ],
)
def test_addresses_that_only_code_can_tell_are_guessed_and_explained(
    tmp_path: Path, files: dict[str, str], template: str, url: str
) -> None:
    for path, text in files.items():
        write(tmp_path, path, text)

    run = searchsvc(tmp_path, "init")
    searchsvc(tmp_path, "reindex")

    assert run.returncode == 0
    assert f"addresses:  a guess, {template}: look at `url_template` in the file\n" in run.stdout
    assert "This is a guess" in (tmp_path / "searchsvc.toml").read_text()
    assert json.loads(searchsvc(tmp_path, "search", "--json").stdout)["hits"][0]["url"] == url


def test_a_file_of_many_posts_gets_its_settings_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "data/posts.jsonl", '{"url": "https://a.example/rye/", "title": "Rye"}\n')

    run = searchsvc(tmp_path, "init", "data/posts.jsonl")

    assert "address:    https://a.example\n" in run.stdout
    assert settings(tmp_path / "data/searchsvc.toml").content == (tmp_path / "data/posts.jsonl",)


def test_where_no_posts_are_it_says_what_it_looked_for_and_what_may_be_meant(
    tmp_path: Path,
) -> None:
    write(tmp_path, "here/astro.config.mjs", "export default {}")

    run = searchsvc(tmp_path, "init")

    assert (run.returncode, run.stdout) == (2, "")
    assert "no posts found. Looked for Markdown" in run.stderr
    assert "searchsvc init FOLDER. In here there is this: Astro site" in run.stderr
    assert not (tmp_path / "searchsvc.toml").exists()
