"""What indexing costs: all posts beside plain Whoosh, then one edited post by a run over all.

    .venv/bin/python bench/indexing.py 1000 10000 100000

The blog is written as JSON Lines and read as ``searchsvc reindex`` reads it. CPU time
is steadier than the clock on a busy machine; ratios hold on other machines too.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.blog import posts
from bench.plain_whoosh import PlainWhoosh
from bench.speed import _peak_memory_mb
from searchsvc import Settings, open_engine
from searchsvc.documents import Document
from searchsvc.engines.protocol import Engine
from searchsvc.indexing import reindex
from searchsvc.posts.source import open_source


def main() -> None:
    """Print one line for each size that is given."""
    print(f"{'posts':>8} {'build':>8} {'Whoosh':>8} {'ratio':>6}  run over all with one edited")
    for size in map(int, sys.argv[1:] or ["1000", "10000"]):
        with tempfile.TemporaryDirectory() as folder:
            _measure(list(posts(size)), Path(folder))
    print(f"most memory held: {_peak_memory_mb():.0f} MB")


def _measure(blog: list[Document], folder: Path) -> None:
    source = folder / "blog.jsonl"
    settings = Settings(index_dir=folder / "index", content=(source,))
    engine = open_engine(settings)
    ours, _ = _timed(lambda: engine.replace_all(blog))
    _write(source, blog)
    _run(engine, settings)
    blog[7] = replace(blog[7], title="An edited post")
    _write(source, blog)
    run, clock = _timed(lambda: _run(engine, settings))
    (folder / "whoosh").mkdir()
    theirs, _ = _timed(lambda: PlainWhoosh(folder / "whoosh").build(blog))
    print(
        f"{len(blog):8,} {ours:6.2f} s {theirs:6.2f} s {ours / theirs:6.2f}"
        f"  {run:.2f} s of CPU, {clock:.2f} s by the clock"
    )


def _run(engine: Engine, settings: Settings) -> None:
    report = reindex(engine, open_source(settings), with_body=False)
    assert not report.problems


def _write(path: Path, blog: Sequence[Document]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for post in blog:
            said = {"id": post.id, "url": post.url, "title": post.title, "excerpt": post.excerpt}
            said |= {"date": str(post.date)}
            json.dump(said | {"tags": post.tags, "categories": post.categories}, file)
            file.write("\n")


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of CPU and by the clock."""
    cpu, clock = process_time(), perf_counter()
    work()
    return process_time() - cpu, perf_counter() - clock


if __name__ == "__main__":
    main()
