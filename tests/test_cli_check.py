"""`searchsvc check` from outside: what is printed, and with which exit code it ends."""

import json
import tomllib
from pathlib import Path

import pytest
from test_cli import searchsvc


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a blog whose posts and tags have odd sides."""
    posts = {
        "rye.md": "title: Rye\ntags: [Node.js, bread]\nurl: /rye/",
        "oats.md": "title: Oats\ntags: [nodejs]\nurl: /oats/",
        "twin.md": "title: Twin\ntags: [tea]\nurl: /rye/",
        "bad.md": "title: Bad\ndate: last Tuesday",
        "draft.md": "title: Draft\ndraft: true",
    }
    blog = tmp_path / "blog"
    blog.mkdir()
    for name, front in posts.items():
        (blog / name).write_text(f"---\n{front}\n---\nText.\n")
    return tmp_path


def test_everything_is_told_and_nothing_is_written(folder: Path) -> None:
    run = searchsvc(folder, "check", "blog")

    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        "Folder blog/: reading 5 posts",
        "blog/bad.md:3: date is 'last Tuesday'. Write it as YYYY-MM-DD",
        "blog/twin.md: Its address /rye/ is also that of blog/rye.md, which stays. "
        "Give one of them another, or remove it",
    ]
    assert run.stdout.splitlines() == [
        "left out: 1 (draft): blog/draft.md",
        "tags of one post only: 1: bread",
        "tags that may be one: 1",
        "  Node.js (1), nodejs (1): alike but for spaces and signs",
        "to merge those that are, keep them in this line of searchsvc.toml, and reindex:",
        '  tag_aliases = { "Node.js" = ["nodejs"] }',
        "posts: 2; problems: 2 (told above)",
    ]
    assert [path.name for path in folder.iterdir()] == ["blog"]


def test_the_line_for_tags_can_be_pasted_and_then_they_are_one(folder: Path) -> None:
    (folder / "searchsvc.toml").write_text('content = "blog"\ntag_aliases = { loaf = ["bread"] }\n')
    first = searchsvc(folder, "check").stdout.splitlines()
    (line,) = [line for line in first if line.startswith("  tag_aliases")]

    (folder / "searchsvc.toml").write_text(f'content = "blog"\n{line}\n')
    again = searchsvc(folder, "check", "--json")

    assert tomllib.loads(line)["tag_aliases"] == {"loaf": ["bread"], "Node.js": ["nodejs"]}
    assert json.loads(again.stdout)["tags"] == {
        "counts": {"Node.js": 2, "loaf": 1}, "alike": [], "once": ["loaf"],
    }  # fmt: skip


def test_lines_are_what_editors_read(folder: Path) -> None:
    (folder / "posts.jsonl").write_text(
        '{"id": "a", "url": "/a/", "title": "A"}\n'
        '{"id": "b", "url": "/a/", "title": "B"}\n'
        '{"id": "c", "url": "/c/"}\n'
    )

    run = searchsvc(folder, "check", "blog", "posts.jsonl", "--lines")

    assert (run.returncode, run.stderr) == (1, "")
    assert [line.split(": ", 1)[0] for line in run.stdout.splitlines()] == [
        "blog/bad.md:3",
        "blog/twin.md:1",
        "posts.jsonl:1",
        "posts.jsonl:3",
    ]
    assert "posts.jsonl:1: id b: Its address /a/ is also that of" in run.stdout


def test_json_has_all_with_places(folder: Path) -> None:
    run = searchsvc(folder, "check", "blog", "--json")

    report = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (1, "")
    assert report["posts"] == 2
    assert [problem["id"] for problem in report["problems"]] == ["bad.md", "twin.md"]
    assert report["problems"][0] == {
        "id": "bad.md",
        "place": "blog/bad.md:3",
        "reason": "date is 'last Tuesday'. Write it as YYYY-MM-DD",
    }
    assert report["left_out"] == [
        {"id": "draft.md", "place": "blog/draft.md", "reason": "draft"}
    ]  # fmt: skip
    assert report["tags"] == {
        "counts": {"Node.js": 1, "bread": 1, "nodejs": 1},
        "alike": [
            {"tag": "Node.js", "others": ["nodejs"], "reason": "alike but for spaces and signs"}
        ],
        "once": ["bread"],
    }
    assert report["tag_aliases"] == {"Node.js": ["nodejs"]}


def test_odd_tags_alone_are_no_failure(folder: Path) -> None:
    (folder / "blog" / "bad.md").unlink()
    (folder / "blog" / "twin.md").unlink()

    run = searchsvc(folder, "check", "blog")
    lines = searchsvc(folder, "check", "blog", "--lines")

    assert (run.returncode, lines.returncode, lines.stdout) == (0, 0, "")
    assert run.stdout.endswith("posts: 2; problems: none\n")


def test_the_generator_may_be_named(folder: Path) -> None:
    run = searchsvc(folder, "check", "blog", "--generator", "jekyll")

    assert run.returncode == 2
    assert "no posts found" in run.stderr


def test_two_forms_at_once_are_refused(folder: Path) -> None:
    run = searchsvc(folder, "check", "blog", "--json", "--lines")

    assert run.returncode == 2
    assert "Give one of them" in run.stderr


def test_control_characters_of_posts_do_not_reach_the_terminal(folder: Path) -> None:
    (folder / "blog" / "odd.md").write_text('---\ntags: ["a\\u202eb"]\n---\nText.\n')

    run = searchsvc(folder, "check", "blog")

    assert "a b" in run.stdout
