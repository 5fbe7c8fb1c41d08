"""`searchsvc suggest` and `searchsvc related` from outside."""

import json
from pathlib import Path

import pytest
from builders import a_document
from test_cli import searchsvc

from searchsvc import Settings, open_engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an index of three posts."""
    open_engine(Settings(index_dir=tmp_path / "index")).replace_all(
        [
            a_document("_posts/rye.md", "Rye bread", tags="rye", category="Baking"),
            a_document("_posts/sour.md", "Sourdough of rye", tags="rye", category="Baking"),
            a_document("_posts/oven.md", "Clay \x1b[31m oven", tags="tools"),
        ]
    )
    return tmp_path


def test_suggest_shows_what_goes_on_from_a_text(folder: Path) -> None:
    done = searchsvc(folder, "suggest", "ry")

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "tag:      rye (2 posts)",
        "title:    Rye bread",
        "title:    Sourdough of rye",
    ]


def test_suggest_says_so_when_nothing_goes_on(folder: Path) -> None:
    done = searchsvc(folder, "suggest", "zymurgy")

    assert done.returncode == 0
    assert "Nothing goes on from that" in done.stdout


def test_related_shows_posts_and_what_they_share(folder: Path) -> None:
    done = searchsvc(folder, "related", "_posts/rye.md")

    assert done.returncode == 0
    assert "  1. Sourdough of rye" in done.stdout
    assert "     shares: Baking, #rye" in done.stdout
    assert "oven" not in done.stdout


def test_related_says_so_when_no_post_is(folder: Path) -> None:
    done = searchsvc(folder, "related", "_posts/oven.md")

    assert done.returncode == 0
    assert "No other post shares enough with this one" in done.stdout


def test_json_is_the_answer_of_the_api(folder: Path) -> None:
    suggested = json.loads(searchsvc(folder, "suggest", "ry", "--limit", "2", "--json").stdout)
    related = json.loads(searchsvc(folder, "related", "_posts/rye.md", "--json").stdout)

    assert [s["kind"] for s in suggested["suggestions"]] == ["tag", "title"]
    assert suggested["suggestions"][1]["highlights"]["text"] == "<mark>Rye</mark> bread"
    assert [hit["id"] for hit in related["hits"]] == ["_posts/sour.md"]
    assert related["hits"][0]["shared"] == {"categories": ["Baking"], "tags": ["rye"], "words": []}


def test_control_characters_do_not_reach_the_terminal(folder: Path) -> None:
    done = searchsvc(folder, "suggest", "clay")

    assert "title:    Clay" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["related", "nowhere.md"], "There is no post with the id 'nowhere.md'"),
        (["related", ""], "id is ''. Give the id of a post"),
        (["related"], "Missing argument 'ID'"),
        (["suggest"], "Missing argument 'TEXT'"),
        (["suggest", "ry", "--limit", "21"], "--limit"),
        (["suggest", "ry", "--index", "elsewhere"], "There is no index in elsewhere yet"),
        (["related", "a", "--index", "elsewhere"], "There is no index in elsewhere yet"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(
    folder: Path, arguments: list[str], said: str
) -> None:
    done = searchsvc(folder, *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
