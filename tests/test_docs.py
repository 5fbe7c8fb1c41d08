"""The docs are true: tables are up to date, links lead somewhere, examples run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from searchsvc import Settings, open_engine, parse_query, related_query, suggest_query
from searchsvc.checking import check
from searchsvc.cli_explain_post import explanation_json
from searchsvc.documents import Document
from searchsvc.evaluation import evaluate
from searchsvc.indexing import IndexReport
from searchsvc.judged import Judged, read_judged
from searchsvc.posts.one import One
from searchsvc.posts.post import LeftOut, Post, Problem
from searchsvc.wire import page_json, related_json, suggestions_json

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("index/*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(#[^)\s]+)?\)")
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def read(name: str) -> str:
    """A page by its name."""
    return (ROOT / name).read_text(encoding="utf-8")


def fences(name: str, language: str) -> list[str]:
    """The examples of a page in one language."""
    return [text for kind, text in FENCE.findall(read(name)) if kind == language]


def printed_by(command: str) -> Any:
    """What the commands page shows as the JSON of a command."""
    text = read("docs/cli.md").partition(f"`searchsvc {command} --json` prints one object:")[2]
    found = FENCE.search(text)
    assert found is not None, f"docs/cli.md shows no JSON of {command}"
    return json.loads(found[2])


def test_tables_and_help_texts_are_those_of_the_code() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs/make.py", "--check"], capture_output=True, text=True
    )

    assert done.stdout == ""
    assert done.returncode == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = [target for target, _ in LINK.findall(page.read_text(encoding="utf-8"))]

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_python_example_of_the_readme_runs(tmp_path: Path) -> None:
    engine = open_engine(Settings(index_dir=tmp_path / "index"))
    engine.replace_all([Document(id="1", url="/go/", title="Go concurrency", tags=("go",))])
    (example,) = fences("README.md", "python")

    done = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert done.stdout == "Go concurrency /go/\n"


def test_the_answer_in_the_api_page_has_the_fields_of_a_real_one(tmp_path: Path) -> None:
    engine = open_engine(Settings(index_dir=tmp_path))
    engine.replace_all([Document(id="1", url="/go/", title="Go", categories=("go",))])

    shown = json.loads(fences("docs/api.md", "json")[0])
    real = page_json(engine.search(parse_query("go")))

    assert list(shown) == list(real)
    assert list(shown["query"]) == list(real["query"])
    assert list(shown["index"]) == list(real["index"])
    assert list(shown["hits"][0]) == list(real["hits"][0])
    assert list(shown["facets"]) == list(real["facets"])


def test_the_suggestions_in_the_api_page_have_the_fields_of_real_ones(tmp_path: Path) -> None:
    engine = open_engine(Settings(index_dir=tmp_path))
    engine.replace_all([Document(id="1", url="/go/", title="Go", tags=("golang",))])

    shown = json.loads(fences("docs/api.md", "json")[1])
    real = suggestions_json(engine.suggest(suggest_query("go")))

    assert list(shown) == list(real)
    assert list(shown["query"]) == list(real["query"])
    assert [list(one) for one in shown["suggestions"]] == [list(one) for one in real["suggestions"]]


def test_the_related_posts_in_the_api_page_have_the_fields_of_real_ones(tmp_path: Path) -> None:
    engine = open_engine(Settings(index_dir=tmp_path))
    engine.replace_all([Document(id=id, url="/go/", title="Go") for id in "ab"])

    shown = json.loads(fences("docs/api.md", "json")[2])
    real = related_json(engine.related(related_query("a")))

    assert list(shown) == list(real)
    assert list(shown["hits"][0]) == list(real["hits"][0])
    assert list(shown["hits"][0]["shared"]) == list(real["hits"][0]["shared"])


def test_the_report_in_the_commands_page_has_the_fields_of_a_real_one() -> None:
    report = IndexReport(
        added=(), changed=(), removed=(), unchanged=0, problems=(), kept=(), left_out={},
        rebuilt="", published=False, generation=0, posts=0, seconds=0.0,
    )  # fmt: skip

    assert list(printed_by("reindex")) == list(report.to_json())


def test_the_check_in_the_commands_page_has_the_fields_of_a_real_one() -> None:
    readings = [
        Post("a", "/a/", "A", tags=("Node.js",)),
        Post("b", "/b/", "B", tags=("nodejs",)),
        Problem("c", "c.md:1", "It is empty"),
        LeftOut("d", "d.md", "draft"),
    ]
    report = check(readings, language="english", tag_aliases={}).to_json()

    shown = printed_by("check")

    assert list(shown) == list(report)
    assert list(shown["tags"]) == list(report["tags"])
    for name in ("problems", "left_out"):
        assert list(shown[name][0]) == list(report[name][0])
    assert list(shown["tags"]["alike"][0]) == list(report["tags"]["alike"][0])


def test_the_explanation_in_the_commands_page_has_the_fields_of_a_real_one() -> None:
    one = One("a.md", "Folder blog/", Post("a", "/a/", "A"), "path below the root of the site")

    shown = printed_by("explain-post FILE")

    assert list(shown) == list(explanation_json(one))
    assert list(shown["fields"]) == list(explanation_json(one)["fields"])


def test_the_judged_queries_of_the_quality_page_can_be_read(tmp_path: Path) -> None:
    lines, _ = fences("docs/quality.md", "json")
    (tmp_path / "queries.jsonl").write_text(lines, encoding="utf-8")

    read = read_judged(tmp_path / "queries.jsonl")

    assert len(read.queries) == len(lines.splitlines())
    assert read.remarks == []


def test_the_evaluation_in_the_quality_page_has_the_fields_of_a_real_one(tmp_path: Path) -> None:
    engine = open_engine(Settings(index_dir=tmp_path))
    engine.replace_all([Document(id="1", url="/go/", title="Go")])

    shown = json.loads(fences("docs/quality.md", "json")[1])
    real = evaluate(engine, [Judged("go", {"1": 1.0}, kind="baking")]).to_json()

    assert list(shown) == [*real, "remarks"]
    assert list(shown["kinds"]["baking"]) == list(real["kinds"]["baking"])
    assert list(shown["outcomes"][0]) == list(real["outcomes"][0])


def test_the_lines_of_the_json_lines_page_can_be_indexed(tmp_path: Path) -> None:
    (lines,) = fences("docs/jsonlines.md", "json")
    (tmp_path / "posts.jsonl").write_text(lines, encoding="utf-8")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SEARCHSVC_")}

    done = subprocess.run(
        [sys.executable, "-m", "searchsvc", "reindex", "posts.jsonl"],
        cwd=tmp_path, env=clean, capture_output=True, text=True,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (
        0,
        "JSON Lines posts.jsonl: reading 2 posts\nindexing 2 posts\n",
    )
    assert "added: 2" in done.stdout


def test_the_settings_files_of_the_settings_page_are_accepted(tmp_path: Path) -> None:
    from searchsvc.loading import load_settings

    examples = fences("docs/settings.md", "toml")
    for number, example in enumerate(examples):
        (tmp_path / f"{number}.toml").write_text(example, encoding="utf-8")

    whole, several = (load_settings(tmp_path / f"{n}.toml", environment={}) for n in range(2))

    assert len(examples) == 2
    assert whole.index_body is True
    assert whole.content == (tmp_path,)
    assert [source.name for source in several.sources] == ["", "notes"]


def test_the_readme_names_the_commands_that_the_makefile_has() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))

    named = set(re.findall(r"\bmake ([a-z]+)\b", read("README.md")))

    assert {"demo", "test", "check", "bench", "setup"} <= named
    assert named <= targets
