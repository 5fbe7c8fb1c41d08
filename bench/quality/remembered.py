"""What others have answered before.

Nothing here is random, so the same version of an engine, asked the same in the same way,
answers the same: it is asked once, and a second run of the benchmark takes seconds.
"""

import json
import sqlite3
from collections.abc import Callable
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.quality.engines import Kind
from bench.quality.measuring import Asked

FOLDER = Path(__file__).parents[1] / "results" / "quality"


def remembered(
    kind: Kind, path: Path, asked: Asked, answer: Callable[[], dict[str, Any]], *, fresh: bool
) -> dict[str, Any]:
    """The answers of an engine to some cases, from the last run or anew.

    Args:
        path: a file of its own for each set, half and engine.
        fresh: ask again, whatever is remembered.
    """
    key = _key(kind, asked)
    if not fresh and path.exists():
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if kept["key"] == key:
            return dict(kept["answers"])
    answers = answer()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"key": key, "answers": answers}), encoding="utf-8")
    return answers


def _key(kind: Kind, asked: Asked) -> str:
    """What the answers depend on: the version, how it is asked, the posts, the queries."""
    spec = find_spec(kind.home)
    assert spec is not None
    assert spec.origin is not None
    parts = (
        version(kind.package) if kind.package else sqlite3.sqlite_version,
        Path(spec.origin).read_text(encoding="utf-8"),
        asked.corpus.fingerprint,
        json.dumps(asked.texts),
    )
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
