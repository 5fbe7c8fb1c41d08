"""`searchsvc explain-post` from outside: which rule gave each field, or why there is no post."""

import json
from pathlib import Path
from typing import Any

import pytest
from test_cli import searchsvc

RYE = "---\ntitle: Rye\ntags: [bread, nodejs]\ndate: 2025-03-01\n---\nDark and sour.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a site of Jekyll, and notes."""
    files = {
        "blog/_config.yml": "permalink: /p/:title/\n",
        "blog/_posts/2025-03-01-rye.md": RYE,
        "blog/_drafts/oats.md": "---\ntitle: Oats\n---\n",
        "blog/about/me.md": "# Me\n",
        "notes/deep/rye.md": RYE,
        "notes/bad.md": "---\ndate: soon\n---\n",
        "notes/page.html": "<p>No front matter</p>",
        "notes/_hidden/x.md": "# X\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def explained(folder: Path, *arguments: str) -> dict[str, Any]:
    """What the command says as JSON, and its exit code."""
    run = searchsvc(folder, "explain-post", *arguments, "--json")
    return {**json.loads(run.stdout), "exit": run.returncode}


def test_each_field_has_its_rule(folder: Path) -> None:
    run = searchsvc(folder, "explain-post", "blog/_posts/2025-03-01-rye.md")

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines() == [
        "blog/_posts/2025-03-01-rye.md",
        "read as: Jekyll site blog/_posts/",
        "  id             _posts/2025-03-01-rye.md",
        "                 by: path below the root of the site",
        "  address        /p/rye/",
        "                 by: permalink /p/:title/ of the site",
        "  title          Rye",
        "                 by: front matter: title",
        "  date           2025-03-01",
        "                 by: front matter: date",
        "  visible from   2025-03-01T00:00:00Z",
        "                 by: front matter: date",
        "  visible until  (none)",
        "  categories     (none)",
        "  tags           bread, nodejs",
        "                 by: front matter: tags",
        "  excerpt        Dark and sour.",
        "                 by: first paragraph of the body",
        "  language       (none)",
    ]


@pytest.mark.parametrize(
    ("file", "status", "reason"),
    [
        ("blog/_drafts/oats.md", "left out", "draft"),
        ("blog/about/me.md", "no post", "The generator 'jekyll' does not read about/me.md. It"),
        ("notes/bad.md", "problem", "notes/bad.md:2: date is 'soon'. Write it as YYYY-MM-DD"),
        ("notes/page.html", "no post", "By what is in it, it is no post"),
        ("notes/_hidden/x.md", "no post", "The generator 'plain' does not look into _hidden/"),
    ],
)
def test_why_there_is_no_post_is_told_and_it_ends_with_1(
    folder: Path, file: str, status: str, reason: str
) -> None:
    (folder / "searchsvc.toml").write_text('content = ["notes"]\n')

    said = explained(folder, file)

    assert (said["status"], said["exit"], said["fields"]) == (status, 1, {})
    assert reason in said["reason"]


def test_a_post_is_read_as_a_part_of_the_named_content(folder: Path) -> None:
    (folder / "searchsvc.toml").write_text(
        'tag_aliases = { "Node.js" = ["nodejs"] }\n'
        '[[sources]]\ncontent = "notes"\nname = "n"\nlang = "de"\n'
        '[[sources]]\ncontent = "blog"\nname = "b"\n'
    )

    fields = explained(folder, "notes/deep/rye.md")["fields"]

    assert fields["id"] == {
        "value": "n:deep/rye.md",
        "rule": "path below the root of the site, behind the name of its source",
    }
    assert fields["lang"] == {"value": "de", "rule": "lang of the source"}
    assert fields["tags"] == {
        "value": ["bread", "Node.js"],
        "rule": "front matter: tags, tag; merged by the setting tag_aliases",
    }


def test_without_a_site_around_it_is_read_as_part_of_its_own_folder(folder: Path) -> None:
    said = explained(folder, "notes/deep/rye.md", "--generator", "plain")

    assert said["read_as"] == "Folder notes/deep/"
    assert said["fields"]["id"]["value"] == "rye.md"


def test_a_line_behind_the_file_is_no_matter_for_a_post(folder: Path) -> None:
    assert explained(folder, "notes/bad.md:2", "--generator", "plain")["status"] == "problem"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with JSON Lines and a feed."""
    (tmp_path / "posts.jsonl").write_text(
        '{"id": "a:1", "url": "/a/", "title": "A", "body": "First."}\n'
        '{"id": "b", "url": "/b/", "title": "B", "draft": true}\n'
        '{"id": "c", "url": "/c/"}\n'
    )
    (tmp_path / "feed.xml").write_text(
        '<rss version="2.0"><channel><title>Blog</title><item><title>Rye</title>'
        "<link>https://a.example/rye/</link></item></channel></rss>"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["posts.jsonl", "--id", "a:1"], "post"),
        (["posts.jsonl:1"], "post"),
        (["posts.jsonl", "--id", "b"], "left out"),
        (["posts.jsonl:2"], "left out"),
        (["posts.jsonl:3"], "problem"),
        (["feed.xml"], "post"),
    ],
)
def test_a_post_of_many_is_named_by_its_id_or_its_line(
    many: Path, arguments: list[str], status: str
) -> None:
    assert explained(many, *arguments)["status"] == status


def test_fields_of_json_lines_and_feeds_have_rules(many: Path) -> None:
    line = explained(many, "posts.jsonl", "--id", "a:1")["fields"]
    entry = explained(many, "feed.xml")["fields"]

    assert line["title"] == {"value": "A", "rule": "field title"}
    assert line["excerpt"] == {"value": "First.", "rule": "first paragraph of the field body"}
    assert line["date"] == {"value": None, "rule": None}
    assert entry["url"]["value"] == "https://a.example/rye/"
    assert entry["url"]["rule"]


def test_an_id_may_stand_without_the_name_of_its_source(many: Path) -> None:
    (many / "searchsvc.toml").write_text('[[sources]]\ncontent = "posts.jsonl"\nname = "n"\n')

    for post_id in ("a:1", "n:a:1"):
        assert explained(many, "posts.jsonl", "--id", post_id)["fields"]["id"]["value"] == "n:a:1"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nope.md"], "nope.md: there is no such file"),
        (["."], "this is a folder. Name one file in it"),
        (["posts.jsonl"], "this file holds 3 posts. Name one of them, such as --id a:1"),
        (["posts.jsonl", "--id", "a:2"], "no post has the id 'a:2'. Did you mean 'a:1'?"),
    ],
)
def test_what_is_not_there_ends_with_2(many: Path, arguments: list[str], told: str) -> None:
    run = searchsvc(many, "explain-post", *arguments)

    assert (run.returncode, run.stdout) == (2, "")
    assert told in run.stderr
