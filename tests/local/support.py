"""What the tests of the local engine share."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from searchsvc import Settings, parse_query
from searchsvc.documents import Document
from searchsvc.engines.local.building import MergeRule
from searchsvc.engines.local.engine import LocalEngine

# So that a few posts make several segments.
TINY_SEGMENTS = MergeRule(small_tokens=10, lost_part=0.5, max_segments=3)


def loaf(number: int, title: str = "A loaf of rye", **more: object) -> Document:
    """A small post of its own."""
    return Document(
        id=f"loaf-{number}.md",
        url=f"/loaf-{number}/",
        title=f"{title} {number}",
        **more,  # type: ignore[arg-type]
    )


def local_engine(index_dir: Path, **settings: object) -> LocalEngine:
    """An engine on a folder."""
    return LocalEngine(Settings(index_dir=index_dir, **settings))  # type: ignore[arg-type]


def found(engine: LocalEngine, text: str = "") -> list[str]:
    """Ids of what a query finds, in order."""
    return [hit.id for hit in engine.search(parse_query(text, per_page=100)).hits]


def run_python(
    code: str, *arguments: object, timeout_s: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, where this folder can be imported from."""
    return subprocess.run(
        python_command(code, *arguments),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def python_command(code: str, *arguments: object) -> Sequence[str]:
    """The command that runs code with this folder on the path."""
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    return [sys.executable, "-c", start + code, *map(str, arguments)]
