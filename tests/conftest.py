"""The engines that tests run on, and how hypothesis runs in CI."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import EngineMaker
from hypothesis import settings as hypothesis_settings
from memory_engine import MemoryEngine

from searchsvc import Settings, open_engine
from searchsvc.engines.protocol import Engine

# In CI a run must say the same twice; at a desk it may find something new each time.
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.register_profile("desk", deadline=None)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything that tests need is there: a test that was skipped has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


ENGINES = ("memory", "local")


def open_by_name(name: str, settings: Settings) -> Engine:
    """An engine of the kind that is called so."""
    return MemoryEngine(settings) if name == "memory" else open_engine(settings)


@pytest.fixture(params=ENGINES)
def make_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EngineMaker]:
    """Makes an empty engine of each kind, with settings of one's own."""
    made: list[Engine] = []

    def make(**values: Any) -> Engine:
        index_dir = tmp_path / f"index-{len(made)}"
        made.append(open_by_name(request.param, Settings(index_dir=index_dir, **values)))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


@pytest.fixture
def engine(make_engine: EngineMaker) -> Engine:
    """An empty engine of each kind, with the settings as they come."""
    return make_engine()
