"""A local engine that makes several segments of a few posts."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from searchsvc import Settings
from searchsvc.engines.local.engine import LocalEngine
from searchsvc.engines.local.merging import MergeRule

TINY_SEGMENTS = MergeRule(small_tokens=10, smaller_than=0.5, lost_part=0.5, max_segments=3)


@contextmanager
def local_engine(**settings: Any) -> Iterator[LocalEngine]:
    """A local engine in a folder of its own, with tiny segments."""
    with tempfile.TemporaryDirectory() as folder:
        engine = LocalEngine(Settings(index_dir=Path(folder), **settings), merge_rule=TINY_SEGMENTS)
        yield engine
        engine.close()
