"""`searchsvc reindex --since`: what git knows to be unchanged is not read, and nothing is missed.

Whether a file was read shows when it has changed in a way that git does not see.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from searchsvc import Settings, open_engine, parse_query
from searchsvc.cli import cli
from searchsvc.indexing import IndexReport, reindex
from searchsvc.posts.gitfiles import Since, blob_id
from searchsvc.posts.source import open_source
from searchsvc.process import DONE, NOTHING_DONE
from searchsvc.process import run as run_command


def git(folder: Path, *arguments: str) -> str:
    """Run git without the settings of whoever runs the tests."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    name = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=A baker", "-c", "user.email=baker@example.org"]
    command = ["git", "-C", str(folder), *who, *arguments]
    done = subprocess.run(command, env=clean | name, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def write(folder: Path, **titles: str) -> None:
    """Posts of these names and titles."""
    for name, title in titles.items():
        (folder / f"{name}.md").write_text(f"---\ntitle: {title}\n---\nA loaf.\n")


def commit(folder: Path) -> str:
    """All as it lies there, as a commit; returns its name."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Baked")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A folder of three posts in a repository of git, committed and indexed."""
    folder = tmp_path / "blog"
    folder.mkdir()
    git(folder, "init", "--quiet")
    write(folder, oat="Oat", rye="Rye", wheat="Wheat")
    commit(folder)
    run(folder)
    return folder


def settings_for(*content: Path) -> Settings:
    return Settings(content=content, index_dir=content[0].parent / "index")


def run(*content: Path, since: Since | None = None, **options: Any) -> IndexReport:
    """A run of its own."""
    settings = settings_for(*content)
    source = open_source(settings, since=since)
    return reindex(open_engine(settings), source, with_body=False, **options)


def titles(folder: Path) -> dict[str, str]:
    """Title by id of everything that is found."""
    page = open_engine(settings_for(folder)).search(parse_query(per_page=100))
    return {hit.id: hit.title for hit in page.hits}


def change_unseen(path: Path, old: str, new: str) -> None:
    """Change a file so that git does not see it: it keeps its size, its times and its inode."""
    assert len(old) == len(new)
    # What was written in the second of the index is compared byte by byte.
    os.utime(path, (1_000_000_000, 1_000_000_000))
    git(path.parent, "config", "core.trustctime", "false")
    git(path.parent, "status")
    path.write_text(path.read_text().replace(old, new))
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert git(path.parent, "status", "--porcelain") == ""


def test_a_file_that_git_tells_to_be_unchanged_is_not_read(blog: Path) -> None:
    change_unseen(blog / "rye.md", "Rye", "Bun")

    run(blog, since=Since("HEAD"))

    assert titles(blog)["rye.md"] == "Rye"
    assert run(blog).changed == ("rye.md",)


def test_what_is_committed_staged_saved_new_renamed_or_gone_is_seen(blog: Path) -> None:
    first = git(blog, "rev-parse", "HEAD")
    write(blog, barley="Barley", spelt="Spelt", millet="Millet")
    commit(blog)
    run(blog)
    write(blog, oat="Oat, committed")
    commit(blog)
    write(blog, rye="Rye, staged")
    git(blog, "add", "rye.md")
    write(blog, barley="Barley, saved", new="New")
    git(blog, "mv", "spelt.md", "emmer.md")
    (blog / "wheat.md").unlink()
    since = Since("HEAD~1")

    report = run(blog, since=since)

    assert report.added == ("emmer.md", "new.md")
    assert report.changed == ("barley.md", "oat.md", "rye.md")
    assert report.removed == ("spelt.md", "wheat.md")
    assert since.unread == 1
    assert run(blog, since=Since(first)).published is False


def test_posts_that_the_index_has_otherwise_are_read_whatever_revision_is_named(
    blog: Path,
) -> None:
    write(blog, rye="Rye, never committed")
    run(blog)
    git(blog, "checkout", "--quiet", "rye.md")

    report = run(blog, since=Since("HEAD"))

    assert report.changed == ("rye.md",)
    assert titles(blog)["rye.md"] == "Rye"


def test_commits_that_were_never_indexed_are_not_passed_over(blog: Path) -> None:
    write(blog, rye="Rye, not indexed")
    commit(blog)
    write(blog, oat="Oat, not indexed")
    commit(blog)

    report = run(blog, since=Since("HEAD~1"))

    assert report.changed == ("oat.md", "rye.md")


def test_when_the_sites_configuration_changes_every_file_is_read(blog: Path) -> None:
    (blog / "data.yml").write_text("crust: thin\n")
    since = Since("HEAD")

    run(blog, since=since)

    assert since.unread == 0


def test_a_file_that_git_was_told_not_to_look_at_is_read(blog: Path) -> None:
    git(blog, "update-index", "--assume-unchanged", "rye.md")
    git(blog, "update-index", "--skip-worktree", "oat.md")
    write(blog, rye="Rye, hidden", oat="Oat, hidden")

    report = run(blog, since=Since("HEAD"))

    assert report.changed == ("oat.md", "rye.md")


def test_a_file_that_git_keeps_in_another_form_is_read(blog: Path) -> None:
    git(blog, "config", "filter.bakery.clean", "sed s/Bun/Rye/")
    (blog / ".gitattributes").write_text("rye.md filter=bakery\n")
    write(blog, rye="Bun")
    assert "rye" not in git(blog, "status", "--porcelain")

    report = run(blog, since=Since("HEAD"))

    assert report.changed == ("rye.md",)


def test_a_site_in_a_folder_of_its_repository_is_looked_at_alone(tmp_path: Path) -> None:
    blog = tmp_path / "site" / "blog"
    blog.mkdir(parents=True)
    git(tmp_path, "init", "--quiet")
    write(blog, oat="Oat", rye="Rye")
    commit(tmp_path)
    run(blog)
    write(blog, rye="Rye bread")
    write(tmp_path, oat="Another oat")
    since = Since("HEAD")

    report = run(blog, since=since)

    assert (report.changed, since.unread) == (("rye.md",), 1)


def test_names_of_any_signs_are_understood(blog: Path) -> None:
    for name in ("-v", "two words", "naïve “quotes”", "line\nbreak", "[a]*"):
        write(blog, **{name: "A loaf"})
    commit(blog)
    run(blog)
    since = Since("HEAD")

    assert run(blog, since=since).published is False
    assert since.unread == 8


@pytest.mark.parametrize("revision", ["v9", "-h", "--output=x", "", "HEAD^{tree}"])
def test_with_an_unknown_revision_everything_is_read(blog: Path, revision: str) -> None:
    change_unseen(blog / "rye.md", "Rye", "Bun")
    since = Since(revision)

    report = run(blog, since=since)

    assert report.changed == ("rye.md",)
    (remark,) = since.remarks
    assert remark.startswith(f"{blog}: ")
    assert repr(revision) in remark
    assert remark.endswith("--since has no effect here; all of it is read")


def test_without_a_repository_everything_is_read(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    blog.mkdir()
    write(blog, rye="Rye")
    run(blog)
    write(blog, rye="Rye bread")
    since = Since("HEAD")

    report = run(blog, since=since)

    assert report.changed == ("rye.md",)
    assert "not a git repository" in since.remarks[0]


def test_without_the_program_everything_is_read(
    blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(blog))
    since = Since("HEAD")

    run(blog, since=since)

    assert since.unread == 0
    assert "there is no program git" in since.remarks[0]


def test_a_file_of_posts_is_read_as_ever_beside_a_folder(blog: Path) -> None:
    lines = blog.parent / "posts.jsonl"
    lines.write_text(json.dumps({"id": "bun", "url": "/bun/", "title": "Bun"}))
    run(blog, lines, allow_removals=True)
    since = Since("HEAD")

    report = run(blog, lines, since=since)

    assert (report.unchanged, since.unread) == (4, 3)
    assert since.remarks == [
        f"{lines}: this is no folder. --since has no effect here; all of it is read"
    ]


def test_ids_of_bytes_are_those_of_git(blog: Path) -> None:
    assert blob_id((blog / "rye.md").read_bytes()).hex() == git(blog, "hash-object", "rye.md")


def test_the_command_tells_what_it_did_not_read(
    blog: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["reindex", str(blog), "--index", str(blog.parent / "index")]

    assert run_command(cli, [*arguments, "--since", "HEAD"]) == DONE
    assert "since HEAD: 3 of 3 files were not read" in capfd.readouterr().err
    assert run_command(cli, [*arguments, "--since", "v9", "--json"]) == DONE
    told = capfd.readouterr()
    assert json.loads(told.out)["unchanged"] == 3
    assert "no revision 'v9'" in told.err


def test_everything_and_only_what_has_changed_cannot_both_be_asked_for(
    blog: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_command(cli, ["reindex", str(blog), "--full", "--since", "HEAD"]) == NOTHING_DONE
    assert "Leave one out" in capfd.readouterr().err
