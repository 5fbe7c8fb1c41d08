"""The command line from outside: what is printed, and with which exit code it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from searchsvc.cli import cli

RYE = """---
title: Rye bread
tags: [bread, rye]
category: Baking
date: 2025-03-01
---
Dark and sour.
"""
# Commands that look at posts alone.
WITHOUT_INDEX = ("check", "explain-post", "init")
OAT = "---\ntitle: Oat cakes\ntags: [oats]\ndate: 2024-02-01\n---\nFlat and crisp.\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A folder of two posts."""
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "rye.md").write_text(RYE)
    (folder / "oat.md").write_text(OAT)
    return folder


def searchsvc(
    folder: Path, *arguments: object, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, without settings of whoever runs the tests."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SEARCHSVC_")}
    return subprocess.run(
        [sys.executable, "-m", "searchsvc", *map(str, arguments)],
        cwd=folder,
        env=clean | (env or {}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_two_commands_lead_from_posts_to_hits(blog: Path) -> None:
    indexed = searchsvc(blog.parent, "reindex", blog)
    found = searchsvc(blog.parent, "search", "rye")

    assert indexed.returncode == found.returncode == 0
    assert "added: 2" in indexed.stdout
    assert "generation 1 is live with 2 posts" in indexed.stdout
    assert "  1. Rye bread" in found.stdout
    assert "1 post found" in found.stdout
    assert (blog.parent / "index/current").exists()


def test_a_second_run_says_that_there_was_nothing_to_do(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)

    again = searchsvc(blog.parent, "reindex", blog)

    assert again.returncode == 0
    assert "nothing to do: generation 1 is live with 2 posts" in again.stdout


def test_a_bad_post_is_named_with_file_line_and_remedy_and_the_run_ends_with_1(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)
    (blog / "rye.md").write_text(RYE.replace("2025-03-01", "last Tuesday"))

    run = searchsvc(blog.parent, "reindex", "blog")

    assert run.returncode == 1
    assert "blog/rye.md:5: date is 'last Tuesday'" in run.stderr
    assert "YYYY-MM-DD" in run.stderr
    assert "(its last good version is kept)" in run.stderr
    assert "Rye bread" in searchsvc(blog.parent, "search", "rye").stdout


def test_a_strict_run_with_a_bad_post_ends_with_2_and_changes_nothing(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)
    (blog / "rye.md").write_text("---\ntitle: [broken\n---\n")
    (blog / "new.md").write_text(OAT)

    run = searchsvc(blog.parent, "reindex", blog, "--strict")

    assert run.returncode == 2
    assert "rye.md:" in run.stderr
    assert "Nothing was changed" in run.stderr
    assert "2 posts found" in searchsvc(blog.parent, "search").stdout


def test_the_report_as_json_has_all_that_scripts_need(blog: Path) -> None:
    (blog / "bad.md").write_text("---\ndate: soon\n---\n")

    run = searchsvc(blog.parent, "reindex", blog, "--json")

    report = json.loads(run.stdout)
    assert run.returncode == 1
    assert report["added"] == ["oat.md", "rye.md"]
    assert report["generation"] == 1
    assert report["published"] is True
    assert report["skipped"][0]["id"] == "bad.md"
    assert report["skipped"][0]["kept"] is False
    assert "date is 'soon'" in report["skipped"][0]["reason"]
    assert run.stderr == ""
    assert set(report) == {
        *("added", "changed", "removed", "unchanged", "skipped", "left_out", "rebuilt"),
        *("published", "generation", "posts", "seconds"),
    }


def test_removing_everything_is_refused_with_the_way_to_insist(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)
    (blog / "rye.md").unlink()
    (blog / "oat.md").unlink()
    (blog / "new.md").write_text(OAT)

    refused = searchsvc(blog.parent, "reindex", blog)
    allowed = searchsvc(blog.parent, "reindex", blog, "--allow-removals")

    assert refused.returncode == 2
    assert "would remove 2 of 2 posts" in refused.stderr
    assert "--allow-removals" in refused.stderr
    assert allowed.returncode == 0
    assert "removed: 2: oat.md, rye.md" in allowed.stdout


def test_search_as_json_is_the_answer_of_the_api(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)

    page = json.loads(searchsvc(blog.parent, "search", "rye", "--tag", "BREAD", "--json").stdout)

    assert page["total"] == 1
    assert page["hits"][0]["url"] == "/rye"
    assert page["hits"][0]["highlights"]["title"] == "<mark>Rye</mark> bread"
    assert {"value": "bread", "count": 1, "selected": True} in page["facets"]["tag"]


def test_words_after_two_dashes_may_begin_with_a_dash(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)

    found = searchsvc(blog.parent, "search", "--", "-rye")

    assert "Oat cakes" in found.stdout
    assert "Rye bread" not in found.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "rye"], "There is no index in index yet. Build it: searchsvc reindex"),
        (["status"], "There is no index in index yet"),
        (["rollback"], "There is no index in index yet"),
        (["reindex"], "content"),
        (["reindex", "nowhere"], "nowhere"),
        (["reindex", "--wait", "-1"], "--wait"),
        (["serve", "--port", "99999"], "--port"),
        (["serve", "--host", "ü..x"], "host is 'ü..x'"),
        (["rollback", "--wait", "nan"], "nan is not in the range"),
        (["reindex", "--wait", "inf"], "inf is not in the range"),
        (["no-such-command"], "No such command"),
        (["status", "--config", "missing.toml"], "missing.toml: there is no such file"),
        (["search", "--after", "tomorrow"], "after is 'tomorrow'. Write it as YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = searchsvc(tmp_path, *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_debug_shows_where_an_error_came_from(tmp_path: Path) -> None:
    assert "Traceback" in searchsvc(tmp_path, "status", "--debug").stderr


def test_settings_come_from_file_then_environment_then_options(blog: Path) -> None:
    (blog.parent / "searchsvc.toml").write_text('content = "blog"\nindex_dir = "from-file"\n')

    searchsvc(blog.parent, "reindex")
    searchsvc(blog.parent, "reindex", env={"SEARCHSVC_INDEX_DIR": "from-variable"})
    searchsvc(
        blog.parent,
        "reindex",
        "--index",
        "from-option",
        env={"SEARCHSVC_INDEX_DIR": "from-variable-2"},
    )

    assert (blog.parent / "from-file/current").exists()
    assert (blog.parent / "from-variable/current").exists()
    assert (blog.parent / "from-option/current").exists()
    assert not (blog.parent / "from-variable-2").exists()


def test_a_wrong_setting_stops_with_its_place_name_value_and_what_is_allowed(blog: Path) -> None:
    (blog.parent / "searchsvc.toml").write_text("per_page = 1000\n")

    done = searchsvc(blog.parent, "search", "rye")

    assert done.returncode == 2
    assert "searchsvc.toml: per_page is 1000. It is out of range, 1 to 100" in (done.stderr)


def test_status_tells_what_is_live(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)
    searchsvc(blog.parent, "reindex", blog, "--full")

    said = json.loads(searchsvc(blog.parent, "status", "--json").stdout)
    shown = searchsvc(blog.parent, "status").stdout

    assert (said["generation"], said["posts"], said["kept"], said["stale"]) == (2, 2, [1], None)
    assert said["size_bytes"] > 1000
    assert said["age_s"] >= 0
    assert {"searchsvc", "whoosh", "format", "analysis"} <= set(said["versions"])
    for name in ("generation:", "posts:", "built:", "size:", "versions:"):
        assert name in shown


def test_status_of_an_index_with_other_settings_ends_with_1(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)

    said = searchsvc(blog.parent, "status", env={"SEARCHSVC_LANGUAGE": "german"})

    assert said.returncode == 1
    assert "language 'english', now 'german'" in said.stderr


def test_rollback_switches_to_the_other_generation(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)
    (blog / "rye.md").write_text(RYE.replace("Rye bread", "New rye"))
    searchsvc(blog.parent, "reindex", blog)

    back = searchsvc(blog.parent, "rollback")

    assert back.returncode == 0
    assert "Generation 1 is live: 2 posts" in back.stdout
    assert "Rye bread" in searchsvc(blog.parent, "search", "rye").stdout


def test_output_may_be_cut_short_by_its_reader(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)
    command = [sys.executable, "-m", "searchsvc", "search", "--json"]

    with subprocess.Popen(
        command, cwd=blog.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, said = process.communicate(timeout=60)

    assert b"Traceback" not in said
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_output_that_cannot_be_written_is_told_and_is_no_bug(blog: Path) -> None:
    command = [sys.executable, "-m", "searchsvc", "reindex", str(blog)]

    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            command, cwd=blog.parent, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 1
    assert "The output cannot be written" in done.stderr
    assert "2 posts found" in searchsvc(blog.parent, "search").stdout


def test_control_characters_of_posts_do_not_reach_the_terminal(blog: Path) -> None:
    (blog / "evil.md").write_text('---\ntitle: "evil \\e[31m rye"\n---\nText.\n')
    searchsvc(blog.parent, "reindex", blog)

    found = searchsvc(blog.parent, "search", "evil")

    assert "evil" in found.stdout
    assert "\x1b" not in found.stdout


def test_python_users_get_the_same_page(blog: Path) -> None:
    searchsvc(blog.parent, "reindex", blog)
    code = (
        "from searchsvc import Settings, open_engine, parse_query\n"
        "engine = open_engine(Settings(index_dir='index'))\n"
        "page = engine.search(parse_query('rye', tags=['bread']))\n"
        "print([hit.title for hit in page.hits], page.total)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=blog.parent, capture_output=True, text=True, check=True
    )

    assert done.stdout == "['Rye bread'] 1\n"


def test_a_terminal_sees_a_progress_bar_and_then_what_is_indexed(blog: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "searchsvc", "reindex", str(blog)]

    with subprocess.Popen(
        command, cwd=blog.parent, stdout=subprocess.DEVNULL, stderr=theirs
    ) as process:
        process.wait(timeout=60)
        os.close(theirs)
        shown = os.read(ours, 100_000).decode()
    os.close(ours)

    assert "2/2" in shown
    assert "a second" in shown
    assert "indexing 2 posts" in shown
    assert process.returncode == 0


@pytest.mark.parametrize("name", [name for name in cli.commands if name != "demo"])
def test_every_command_takes_a_configuration_and_an_index_if_it_needs_one(name: str) -> None:
    options = {option for parameter in cli.commands[name].params for option in parameter.opts}

    # `init` writes the configuration.
    assert {"--config", "--debug"} - options <= ({"--config"} if name == "init" else set())
    assert ("--index" in options) is (name not in WITHOUT_INDEX)


def test_sources_of_the_settings_file_feed_one_index(blog: Path) -> None:
    (blog.parent / "feed.json").write_text(
        '{"version": "https://jsonfeed.org/version/1.1", "items": ['
        '{"id": "1", "url": "/spelt", "title": "Spelt"}, {"id": "2", "url": "/rye", "title": "X"}]}'
    )
    (blog.parent / "searchsvc.toml").write_text(
        '[[sources]]\ncontent = "blog"\nname = ""\n[[sources]]\ncontent = "feed.json"\nname = "f"\n'
    )

    both = searchsvc(blog.parent, "reindex", "--json")
    alone = searchsvc(blog.parent, "reindex", "blog", "--json")

    assert both.returncode == 1
    report = json.loads(both.stdout)
    assert report["added"] == ["f:1", "oat.md", "rye.md"]
    assert [(one["id"], one["kept"]) for one in report["skipped"]] == [("f:2", False)]
    assert "Its address /rye is also that of blog/rye.md, which stays" in both.stdout
    assert json.loads(alone.stdout)["removed"] == ["f:1"]
