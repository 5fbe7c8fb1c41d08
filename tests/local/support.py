"""What the tests of the local engine share."""

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from searchsvc import Settings, parse_query
from searchsvc.documents import Document
from searchsvc.engines.local.engine import LocalEngine
from searchsvc.queries import Query
from searchsvc.results import ResultPage


def loaf(number: int, title: str = "A loaf of rye", **more: object) -> Document:
    """A small post of its own."""
    return Document(
        id=f"loaf-{number}.md",
        url=f"/{number}/",
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


WORDS = ["rye", "wheat", "oven", "salt", "flour", "water", "c#", "node.js", "wi-fi", "crust"]
WORDS += ["baking", "bakes", "baked", "starter"]


def blog(count: int, seed: int = 1) -> list[Document]:
    """Posts of few words, so that words meet often."""
    chosen = random.Random(seed)
    return [
        loaf(
            number,
            " ".join(chosen.choices(WORDS, k=3)),
            excerpt=" ".join(chosen.choices(WORDS, k=8)),
            tags=tuple(chosen.sample(("bread", "Bread", "rye", "oven"), 2)),
            categories=("Baking",) if number % 3 else ("Tools", "baking"),
        )
        for number in range(count)
    ]


def asked() -> list[Query]:
    """Queries that meet every part of an index."""
    texts = [*WORDS, "rye salt", '"rye wheat"', "bak", "oven -salt", "c# node", "flour water crust"]
    return [
        parse_query(text, match=match, per_page=100, prefix=prefix)
        for text in texts
        for match, prefix in (("auto", False), ("all", True), ("any", False))
    ]


def answers(engine: LocalEngine) -> list[object]:
    """All that answers say, but for the generation and the time."""
    return [_said(engine.search(query)) for query in asked()]


def _said(page: ResultPage) -> object:
    return page.total, page.hits, page.facets, page.ignored
