"""Posts, indexes and processes of the benchmark: made once, kept in ``bench/results``.

Each engine runs in a process of its own, with one thread, on one core where the system
lets us choose. What is kept is made anew when what it was made from has changed.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import blog
from bench.engines import IN_NODE, engine
from bench.queries import Asked, queries

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/results"
_NODE = ROOT / "bench/node"
_NODE_WORKER = _NODE / "worker.mjs"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Missing(Exception):
    """An engine is not installed here; says how to get it."""


@dataclass(frozen=True)
class Blog:
    """Posts of one size and what is asked about them."""

    count: int
    folder: Path
    warm_up: Sequence[Asked]
    measured: Sequence[Asked]

    @property
    def posts(self) -> Path:
        return self.folder / "posts.jsonl"


@dataclass(frozen=True)
class Built:
    """An index of one engine.

    Attributes:
        lacks: kinds of queries the engine has nothing for.
        cpu_s: what building it has taken, seconds of CPU.
    """

    name: str
    version: str
    lacks: Sequence[str]
    folder: Path
    cpu_s: float


def sizes(text: str) -> list[int]:
    """Numbers of posts, as given on a command line: ``1000,10000``."""
    return [int(size) for size in text.split(",")]


def prepare(count: int) -> Blog:
    """The made-up blog of this size, with its queries."""
    folder = RESULTS / f"{count}-posts-{_digest([Path(blog.__file__)])}"
    posts = folder / "posts.jsonl"
    if not posts.exists():
        for outdated in RESULTS.glob(f"{count}-posts-*"):
            shutil.rmtree(outdated)
        folder.mkdir(parents=True)
        blog.write(posts, blog.posts(count))
    return Blog(count, folder, *queries(list(blog.read(posts))))


def build(name: str, of: Blog, *, rebuild: bool) -> Built:
    """An engine's index of a blog: the one that is kept, if it is still of use.

    Raises:
        Missing: the engine is not installed.
    """
    version, lacks, sources = _of_node(name) if name in IN_NODE else _of_python(name)
    folder = of.folder / f"{name}-{_digest(sources, version, sys.version)}"
    said = folder / "built.json"
    if rebuild or not said.exists():
        for outdated in of.folder.glob(f"{name}-*"):
            shutil.rmtree(outdated)
        (folder / "index").mkdir(parents=True)
        job = {"do": "build", "posts": str(of.posts), "folder": str(folder / "index")}
        said.write_text(json.dumps(run(name, job)), encoding="utf-8")
    cpu_s = json.loads(said.read_text(encoding="utf-8"))["cpu_s"]
    return Built(name, version, lacks, folder / "index", cpu_s)


def ask(
    built: Built, of: Blog, *, warm_up: Sequence[Asked], asked: Sequence[Asked], counts: bool = True
) -> dict[str, Any]:
    """Ask queries in a new process, after some to warm up; see ``worker.py`` for what it gives."""
    job = {
        "do": "ask",
        "posts": str(of.posts),
        "folder": str(built.folder),
        "warm_up": [asdict(query) for query in warm_up],
        "asked": [asdict(query) for query in asked],
        "counts": counts,
    }
    return run(built.name, job)


def run(name: str, job: dict[str, Any]) -> dict[str, Any]:
    """Let a worker do a job."""
    if name in IN_NODE:
        # Above its default, V8 could not hold the index of 100,000 posts.
        command = ["node", "--max-old-space-size=8000", str(_NODE_WORKER)]
    else:
        command = [sys.executable, "-m", "bench.worker"]
    done: dict[str, Any] = json.loads(in_a_process(command, json.dumps({"engine": name, **job})))
    return done


def in_a_process(command: Sequence[str], text: str = "") -> str:
    """What a process with one thread on one core prints, given a text."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=_environment(),
        input=text,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        preexec_fn=_stay_on_one_core,
    )
    return done.stdout


def _stay_on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _environment() -> dict[str, str]:
    """Ours without settings of searchsvc, and with one thread for each library."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SEARCHSVC_")}
    return {**kept, **dict.fromkeys(_THREADS, "1")}


def _of_python(name: str) -> tuple[str, Sequence[str], Sequence[Path]]:
    try:
        found = engine(name)
    except ImportError as error:
        raise Missing(f"{name} is left out: {error}. Install it: make bench") from error
    return found.version(), found.lacks, found.sources


def _of_node(name: str) -> tuple[str, Sequence[str], Sequence[Path]]:
    package = _NODE / "node_modules" / name.lower() / "package.json"
    if not shutil.which("node") or not package.exists():
        raise Missing(f"{name} is left out: it needs Node and npm. Install them, then: make bench")
    version: str = json.loads(package.read_text(encoding="utf-8"))["version"]
    return version, ("phrase",), (_NODE_WORKER,)


def _digest(sources: Iterable[Path], *texts: str) -> str:
    """8 hexadecimal digits that change with the sources and the texts."""
    digest = hashlib.blake2b(repr(texts).encode(), digest_size=4)
    for source in sources:
        files = [source] if source.is_file() else sorted(source.rglob("*.py"))
        for path in files:
            digest.update(path.read_bytes())
    return digest.hexdigest()
