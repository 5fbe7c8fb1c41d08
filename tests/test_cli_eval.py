"""`searchsvc eval` from outside: what is printed, and with which exit code it ends."""

import json
from pathlib import Path

import pytest
from test_cli import searchsvc


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the index of three posts."""
    posts = [
        {"url": "/rye/", "title": "Rye bread", "excerpt": "Dark and sour."},
        {"url": "/oats/", "title": "Oat cakes", "excerpt": "Better than rye."},
        {"url": "/tea/", "title": "Tea\u202e"},
    ]
    lines = "".join(json.dumps(post) + "\n" for post in posts)
    (tmp_path / "posts.jsonl").write_text(lines)
    assert searchsvc(tmp_path, "reindex", "posts.jsonl").returncode == 0
    return tmp_path


def test_figures_and_the_worst_answers_are_shown(folder: Path) -> None:
    (folder / "queries.tsv").write_text("rye bread\t/rye/\nrye\t/oats/\nzebra\t/tea/\n")

    run = searchsvc(folder, "eval", "queries.tsv")

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == (
        "     queries    hit@1   hit@10   MRR@10  nDCG@10\n"
        "all        3    0.333    0.667    0.500    0.544\n"
        "\n"
        "worst first:\n"
        "  zebra\n"
        "    expected  /tea/  (not among the first 100)\n"
        "    first     nothing is found\n"
        "  rye\n"
        "    expected  /oats/  (place 2)\n"
        "    first     /rye/  Rye bread\n"
    )


def test_kinds_have_figures_of_their_own(folder: Path) -> None:
    (folder / "queries.jsonl").write_text(
        '{"q": "rye bread", "relevant": ["/rye/"], "kind": "title"}\n'
        '{"q": "sour", "relevant": ["/rye/"]}\n'
    )

    run = searchsvc(folder, "eval", "queries.jsonl", "--worst", "0")

    assert [line.split()[:-4] for line in run.stdout.splitlines()[1:]] == [
        ["all", "2"],
        ["title", "1"],
        ["(no", "kind)", "1"],
    ]


def test_bad_lines_and_unknown_posts_are_told_and_it_ends_with_1(folder: Path) -> None:
    (folder / "queries.tsv").write_text("rye\nrye bread\t/rye/\noats\t/oat/\n")

    run = searchsvc(folder, "eval", "queries.tsv")

    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        "queries.tsv:1: 'rye' has no tab. Write "
        '{"q": "go concurrency", "relevant": ["posts/x.md"]}, or a query, a tab and an id',
        "queries.tsv:3: No post has the id or url '/oat/'. Did you mean '/oats/'?",
        "queries.tsv:3: 'oats' is left out: no post is left that should come",
    ]
    assert "all        1    1.000" in run.stdout
    assert "remarks: 3 (told above)" in run.stdout


def test_json_has_the_figures_each_outcome_and_the_remarks(folder: Path) -> None:
    (folder / "queries.tsv").write_text("rye\t/oats/\nrye\n")

    run = searchsvc(folder, "eval", "queries.tsv", "--json")

    said = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (1, "")
    assert (said["queries"], said["hit_1"], said["mrr_10"]) == (1, 0.0, 0.5)
    assert said["outcomes"][0] == {
        "q": "rye", "kind": "", "expected": "/oats/", "rank": 2, "first": "/rye/",
        "hit_1": 0.0, "hit_10": 1.0, "mrr_10": 0.5, "ndcg_10": 0.6309,
    }  # fmt: skip
    assert said["remarks"][0].startswith("queries.tsv:2: 'rye' has no tab.")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("rye\n", "queries.tsv: no query can be used."),
        ("rye\tnowhere\n", "queries.tsv: none of the posts are in the index. Is it the index"),
        (None, "queries.tsv: cannot be read (No such file or directory). Check the name"),
    ],
)
def test_a_list_of_no_use_ends_with_2_and_says_why(
    lines: str | None, said: str, folder: Path
) -> None:
    if lines is not None:
        (folder / "queries.tsv").write_text(lines)

    run = searchsvc(folder, "eval", "queries.tsv")

    assert run.returncode == 2
    assert said in run.stderr
    assert run.stdout == ""


def test_an_index_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "queries.tsv").write_text("rye\t/rye/\n")

    run = searchsvc(tmp_path, "eval", "queries.tsv")

    assert run.returncode == 2
    assert "There is no index in index yet. Build it: searchsvc reindex" in run.stderr


def test_control_characters_of_posts_and_lists_do_not_reach_the_terminal(folder: Path) -> None:
    (folder / "queries.tsv").write_text("tea\t/rye/\nrye\t\u202e\n")

    run = searchsvc(folder, "eval", "queries.tsv")

    assert "\u202e" not in run.stdout + run.stderr
    assert "/tea/  Tea" in run.stdout
