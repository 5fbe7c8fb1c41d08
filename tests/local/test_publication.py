"""A generation goes live all at once, whatever happens."""

import random
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import found, loaf, local_engine, python_command, run_python

from searchsvc.documents import Upsert
from searchsvc.engines.local.generations import STEPS
from searchsvc.errors import IndexDamaged, IndexUnwritable, RollbackImpossible
from searchsvc.queries import parse_query

OLD = ["loaf-1.md", "loaf-2.md"]
NEW = ["loaf-1.md", "loaf-2.md", "loaf-3.md"]

KILLED_AT_A_STEP = """
import os, signal
from pathlib import Path
from support import loaf, Settings, LocalEngine
from searchsvc.documents import Upsert

def kill_at(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

engine = LocalEngine(Settings(index_dir=Path(sys.argv[1])), on_step=kill_at)
engine.apply([Upsert(loaf(3))])
"""

BUSY_WRITER = """
from pathlib import Path
from support import loaf, local_engine
engine = local_engine(Path(sys.argv[1]))
print("ready", flush=True)
for round in range(10_000):
    engine.replace_all([loaf(n, f"Round {round} loaf") for n in range(20)])
"""


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    """An index of two posts."""
    local_engine(tmp_path / "index").replace_all([loaf(1), loaf(2)])
    return tmp_path / "index"


@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_at_any_step_leaves_the_old_or_the_new_posts(
    index_dir: Path, step: str
) -> None:
    killed = run_python(KILLED_AT_A_STEP, index_dir, step)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    after = STEPS.index(step) >= STEPS.index("published")
    engine = local_engine(index_dir)
    assert found(engine) == (NEW if after else OLD)
    status = engine.status()
    assert status is not None
    assert status.generation == (2 if after else 1)


@pytest.mark.parametrize("step", STEPS)
def test_the_run_after_a_killed_one_succeeds_and_leaves_nothing_behind(
    index_dir: Path, step: str
) -> None:
    run_python(KILLED_AT_A_STEP, index_dir, step)
    engine = local_engine(index_dir)

    engine.apply([Upsert(loaf(3)), Upsert(loaf(4))])

    assert found(engine) == [*NEW, "loaf-4.md"]
    said = engine._generations.current()
    assert said is not None
    kept = {str(said.live), str(said.previous)}
    assert {path.name for path in (index_dir / "generations").iterdir()} == kept


def test_what_killed_runs_leave_does_not_pile_up(index_dir: Path) -> None:
    for _ in range(3):
        run_python(KILLED_AT_A_STEP, index_dir, "verified")

    assert len(list((index_dir / "generations").glob("*.building"))) == 1
    assert found(local_engine(index_dir)) == OLD


def test_a_writer_killed_at_random_moments_never_leaves_a_mixed_index(index_dir: Path) -> None:
    # The seed decides the moments, as far as a busy machine lets it.
    moments = random.Random(7)
    for _ in range(6):
        writer = subprocess.Popen(
            python_command(BUSY_WRITER, index_dir), stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(timeout=moments.uniform(0.0, 0.5))
        writer.kill()
        writer.wait()
        writer.stdout.close()

        engine = local_engine(index_dir)
        titles = {
            hit.title.rsplit(" ", 1)[0] for hit in engine.search(parse_query(per_page=100)).hits
        }
        assert len(titles) == 1


def test_a_full_disk_leaves_the_old_posts_and_says_so(index_dir: Path) -> None:
    code = """
import resource
from pathlib import Path
from support import loaf, local_engine
from searchsvc.errors import IndexDamaged, IndexUnwritable
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
try:
    local_engine(Path(sys.argv[1])).replace_all([loaf(n, "x" * 300) for n in range(50)])
except IndexUnwritable as error:
    print(error)
"""
    done = run_python(code, index_dir)

    assert "no room left on the disk" in done.stdout, done.stderr
    engine = local_engine(index_dir)
    assert found(engine) == OLD
    assert not list((index_dir / "generations").glob("*.building"))
    engine.apply([Upsert(loaf(3))])
    assert found(engine) == NEW


@pytest.fixture
def world_readable() -> Iterator[Path]:
    """A folder that other users can reach, unlike ``tmp_path``."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_an_index_that_cannot_be_written_is_served_and_not_changed(world_readable: Path) -> None:
    index_dir = world_readable / "index"
    local_engine(index_dir).replace_all([loaf(1), loaf(2)])
    for path in [index_dir, *index_dir.rglob("*")]:
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o222 | 0o444)
    code = """
import os
from pathlib import Path
from support import found, loaf, local_engine
from searchsvc.errors import IndexDamaged, IndexUnwritable
if os.getuid() == 0:
    os.setuid(65534)  # after the imports: the interpreter may lie where only root can read
engine = local_engine(Path(sys.argv[1]))
print(found(engine))
try:
    engine.replace_all([loaf(9)])
except IndexUnwritable as error:
    print(error)
"""

    done = run_python(code, index_dir)

    for path in [index_dir, *index_dir.rglob("*")]:
        path.chmod(stat.S_IMODE(path.stat().st_mode) | 0o200)
    lines = done.stdout.splitlines()
    assert lines[0] == str(OLD), done.stderr
    assert "cannot be written" in lines[1]
    assert "--index" in lines[1]


def test_an_index_that_may_not_be_read_is_told_with_the_remedy(world_readable: Path) -> None:
    index_dir = world_readable / "index"
    local_engine(index_dir).replace_all([loaf(1)])
    (index_dir / "generations").chmod(0o000)
    code = """
import os
from pathlib import Path
from support import found, local_engine
from searchsvc.errors import IndexUnreadable
if os.getuid() == 0:
    os.setuid(65534)
for ask in (found, lambda engine: engine.get("x"), lambda engine: engine.status()):
    try:
        print(ask(local_engine(Path(sys.argv[1]))))
    except IndexUnreadable as error:
        print(error)
"""

    done = run_python(code, index_dir)

    (index_dir / "generations").chmod(0o755)
    assert done.stderr == ""
    assert [line.split(". ")[1][:31] for line in done.stdout.splitlines()] == [
        "Give this user the right to rea"
    ] * 3


def test_a_build_that_fails_half_way_leaves_the_old_posts(index_dir: Path) -> None:
    def fail(step: str) -> None:
        if step == "inverted":
            raise OSError(28, "No space left on device")

    engine = type(local_engine(index_dir))(local_engine(index_dir)._settings, on_step=fail)

    with pytest.raises(IndexUnwritable, match="Nothing was changed"):
        engine.apply([Upsert(loaf(3))])

    assert found(local_engine(index_dir)) == OLD
    assert [path.name for path in (index_dir / "generations").iterdir()] == ["1"]


def test_rollback_goes_back_and_forth_and_numbers_are_never_used_twice(index_dir: Path) -> None:
    engine = local_engine(index_dir)
    engine.apply([Upsert(loaf(3))])

    assert engine.rollback().generation == 1
    assert found(engine) == OLD
    assert engine.rollback().generation == 2
    assert found(engine) == NEW
    engine.rollback()
    engine.apply([Upsert(loaf(4))])

    status = engine.status()
    assert status is not None
    assert status.generation == 3
    assert status.kept == (1,)
    assert found(engine) == [*OLD, "loaf-4.md"]


def test_rollback_to_a_generation_that_cannot_be_read_changes_nothing(index_dir: Path) -> None:
    engine = local_engine(index_dir)
    engine.apply([Upsert(loaf(3))])
    (index_dir / "generations/1/manifest.json").write_text("{}")

    with pytest.raises(IndexDamaged, match="is damaged"):
        engine.rollback()

    assert found(local_engine(index_dir)) == NEW


def test_rollback_needs_a_second_generation(index_dir: Path) -> None:
    with pytest.raises(RollbackImpossible, match="no other generation"):
        local_engine(index_dir).rollback()


def test_a_reader_in_another_process_sees_a_new_generation_within_a_second(
    index_dir: Path,
) -> None:
    reader = local_engine(index_dir)
    assert found(reader) == OLD

    local_engine(index_dir).apply([Upsert(loaf(3))])

    deadline = time.monotonic() + 1.0
    while found(reader) != NEW:
        assert time.monotonic() < deadline
    assert found(reader) == NEW


def test_unchanged_files_of_whoosh_are_shared_between_generations(index_dir: Path) -> None:
    engine = local_engine(index_dir)
    before = {p.name: p.stat().st_ino for p in (index_dir / "generations/1/whoosh").glob("*.seg")}

    engine.apply([])
    engine.replace_all([loaf(n) for n in range(50)])
    first = {p.stat().st_ino for p in (index_dir / "generations/2/whoosh").glob("*.seg")}
    engine.apply([Upsert(loaf(99))])

    second = {p.stat().st_ino for p in (index_dir / "generations/3/whoosh").glob("*.seg")}
    assert before
    assert first <= second
    one, other = (index_dir / f"generations/{n}/whoosh/MAIN_WRITELOCK" for n in (2, 3))
    assert not one.samefile(other)
