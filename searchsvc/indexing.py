"""Indexing: what changed in the blog since the last run, applied to the index.

Nothing is lost by accident: a run that would remove most of the index stops, a
post that cannot be read keeps its last good version, and a run that fails leaves
what was live before.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from searchsvc.comparing import Comparison, Found, compare, read_all
from searchsvc.documents import Change, Delete, Document, Upsert
from searchsvc.engines.protocol import Engine, EngineStatus
from searchsvc.errors import IndexDamaged, ReindexRefused, RemovalRefused
from searchsvc.posts.post import Made, Problem, Reading

# An index with fewer posts may lose more than half of them without asking.
MANY_POSTS = 20


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run has done.

    Attributes:
        added, changed, removed: ids of posts, sorted.
        unchanged: how many posts are as they were.
        problems: posts that cannot be used, each with its reason.
        kept: ids of those whose last good version stays in the index.
        left_out: how many files are no posts for readers, by reason.
        rebuilt: why everything was indexed anew, or "".
        published: whether a new generation went live.
        generation: the one that is live now; 0 when there is none.
        posts: how many it has.
        seconds: how long the run took.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    kept: tuple[str, ...]
    left_out: Mapping[str, int]
    rebuilt: str
    published: bool
    generation: int
    posts: int
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The report for programs; ``docs/cli.md`` shows one."""
        return {
            "added": list(self.added),
            "changed": list(self.changed),
            "removed": list(self.removed),
            "unchanged": self.unchanged,
            "skipped": [
                {"id": p.post_id, "place": p.place, "reason": p.message, "kept": p.post_id in kept}
                for kept in [set(self.kept)]
                for p in self.problems
            ],
            "left_out": dict(self.left_out),
            "rebuilt": self.rebuilt or None,
            "published": self.published,
            "generation": self.generation,
            "posts": self.posts,
            "seconds": round(self.seconds, 3),
        }


def reindex(
    engine: Engine,
    source: Iterable[Reading],
    *,
    with_body: bool,
    full: bool = False,
    strict: bool = False,
    allow_removals: bool = False,
    wait_s: float = 0.0,
    on_read: Callable[[], None] = lambda: None,
    on_index: Callable[[int], None] = lambda _posts: None,
) -> IndexReport:
    """Bring an index up to date with a blog.

    Args:
        source: every post of the blog; what it lacks is removed from the index. If it is
            ``Rereadable``, only what has changed is made to posts again.
        full: index every post anew, changed or not.
        strict: refuse the whole run when a post cannot be used.
        allow_removals: remove as many posts as the blog has lost.
        wait_s: how long to wait for another run to end, seconds.
        on_read: called after each reading, for a progress bar.
        on_index: told how many posts are indexed now, when all are read.

    Raises:
        ReindexRefused, RemovalRefused, IndexLocked, IndexUnwritable: nothing was changed.
    """
    started = perf_counter()

    def compared(
        known: Mapping[bytes, Made], on_read: Callable[[], None]
    ) -> tuple[Found, Comparison]:
        found = read_all(source, known, with_body=with_body, on_read=on_read)
        if strict and found.problems:
            raise ReindexRefused(_refusal(found.problems.values()))
        comparison = compare(found, old)
        if not allow_removals:
            _check_removals(len(comparison.removed), len(old))
        return found, comparison

    with engine.writing(wait_s=wait_s), _without_collector():
        before, old = engine.status(), engine.fingerprints()
        # To index everything anew, every post is needed.
        is_whole = full or before is None or bool(before.stale)
        known = {} if is_whole else engine.origins()
        found, comparison = compared(known, on_read)
        try:
            rebuilt = _apply(engine, found, comparison, full=full, before=before, on_index=on_index)
        except IndexDamaged as damage:
            if full:
                raise
            # What is live cannot be added to.
            if found.unchanged:
                found, comparison = compared({}, lambda: None)
            _replace_all(engine, found, comparison)
            rebuilt = str(damage)
        after = engine.status()
        if found.origins != known or _is_published(before, after):
            engine.remember(found.origins)
        return _report(
            found,
            comparison,
            rebuilt=rebuilt,
            before=before,
            after=after,
            seconds=perf_counter() - started,
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Do not look for circles of objects in ever more posts, a tenth of a run; posts have none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _apply(
    engine: Engine,
    found: Found,
    comparison: Comparison,
    *,
    full: bool,
    before: EngineStatus | None,
    on_index: Callable[[int], None],
) -> str:
    """Make the index what the source says; returns why all was indexed anew, or ""."""
    rebuilt = before.stale if before else ""
    if full:
        on_index(len(found.documents))
        _replace_all(engine, found, comparison)
        return "--full was given" if before else ""
    if before is None or rebuilt or comparison.put_in or comparison.removed:
        on_index(len(found.documents) if rebuilt else len(comparison.put_in))
        engine.apply(_changes(found, comparison))
    return rebuilt


def _replace_all(engine: Engine, found: Found, comparison: Comparison) -> None:
    engine.replace_all([*found.documents.values(), *_last_good(engine, comparison.kept)])


def _report(
    found: Found,
    comparison: Comparison,
    *,
    rebuilt: str,
    before: EngineStatus | None,
    after: EngineStatus | None,
    seconds: float,
) -> IndexReport:
    return IndexReport(
        added=tuple(sorted(comparison.added)),
        changed=tuple(sorted(comparison.changed)),
        removed=tuple(sorted(comparison.removed)),
        unchanged=len(found.unchanged) + len(found.documents) - len(comparison.put_in),
        problems=tuple(sorted(found.problems.values(), key=lambda p: p.place)),
        kept=tuple(sorted(comparison.kept)),
        left_out=found.left_out,
        rebuilt=rebuilt,
        published=_is_published(before, after),
        generation=after.generation if after else 0,
        posts=after.posts if after else 0,
        seconds=seconds,
    )


def _is_published(before: EngineStatus | None, after: EngineStatus | None) -> bool:
    return (after.build_id if after else "") != (before.build_id if before else "")


def _changes(found: Found, comparison: Comparison) -> Iterator[Change]:
    yield from (Delete(id_) for id_ in sorted(comparison.removed))
    yield from (Upsert(found.documents[id_]) for id_ in sorted(comparison.put_in))


def _last_good(engine: Engine, ids: Iterable[str]) -> Iterator[Document]:
    for id_ in sorted(ids):
        if document := engine.get(id_):
            yield document


def _check_removals(removed: int, of: int) -> None:
    everything = 0 < removed == of
    most = of >= MANY_POSTS and removed * 2 > of
    if everything or most:
        raise RemovalRefused(removed, of)


def _refusal(problems: Iterable[Problem]) -> str:
    listed = [str(problem) for problem in problems]
    return "\n".join(
        [*listed, f"--strict: {len(listed)} posts cannot be used. Nothing was changed"]
    )
