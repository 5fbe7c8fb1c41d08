"""One run at a time writes an index, and who waits is told for whom."""

import re
import subprocess
from pathlib import Path

import pytest
from support import found, loaf, local_engine, python_command

from searchsvc.documents import Upsert
from searchsvc.errors import IndexLocked

HOLDER = """
from pathlib import Path
from support import local_engine
with local_engine(Path(sys.argv[1])).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def hold_lock(index_dir: Path) -> "subprocess.Popen[str]":
    """A process that holds the lock until its input is closed."""
    holder = subprocess.Popen(
        python_command(HOLDER, index_dir), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_run_is_told_who_holds_the_lock_and_since_when(tmp_path: Path) -> None:
    with hold_lock(tmp_path) as holder:
        with pytest.raises(IndexLocked) as caught:
            local_engine(tmp_path).replace_all([loaf(1)])
        holder.communicate()

    assert caught.value.pid == holder.pid
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:]{8}\+00:00", caught.value.since or "")
    assert f"process {holder.pid}, since 20" in str(caught.value)


def test_a_second_run_that_waits_goes_on_when_the_first_ends(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)
    with hold_lock(tmp_path) as holder:
        assert holder.stdin is not None
        holder.stdin.close()

        with engine.writing(wait_s=30):
            engine.apply([Upsert(loaf(1))])

    assert found(engine) == ["loaf-1.md"]


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    with hold_lock(tmp_path) as holder:
        holder.kill()
        holder.wait()

    engine = local_engine(tmp_path)
    engine.replace_all([loaf(1)])

    assert found(engine) == ["loaf-1.md"]


def test_who_holds_the_lock_may_take_it_again(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)

    with engine.writing(), engine.writing():
        engine.apply([Upsert(loaf(1))])
        engine.apply([Upsert(loaf(2))])

    assert found(engine) == ["loaf-1.md", "loaf-2.md"]


def test_the_folder_of_an_index_explains_itself_and_is_ignored_by_git(tmp_path: Path) -> None:
    local_engine(tmp_path / "deep" / "index").replace_all([loaf(1)])

    assert "may it be deleted" in (tmp_path / "deep/index/README.md").read_text()
    assert "*\n" in (tmp_path / "deep/index/.gitignore").read_text()


def test_the_projects_own_index_folder_holds_the_same_explanation() -> None:
    project = Path(__file__).parents[2]
    packaged = project / "searchsvc/engines/local"

    assert (project / "index/README.md").read_text() == (packaged / "index-readme.md").read_text()
    assert (project / "index/.gitignore").read_text() == (packaged / "index-gitignore").read_text()
