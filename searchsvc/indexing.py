"""Indexing: what changed in the blog since the last run, applied to the index.

Nothing is lost by accident: a run that would remove most of the index stops, a
post that cannot be read keeps its last good version, and a run that fails leaves
what was live before.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from searchsvc.documents import Change, Delete, Document, Upsert, document_of
from searchsvc.engines.protocol import Engine, EngineStatus
from searchsvc.errors import IndexDamaged, ReindexRefused, RemovalRefused
from searchsvc.posts.post import LeftOut, Post, Problem, Reading

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


@dataclass
class _Read:
    """What a source has given."""

    documents: dict[str, Document] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def add(self, reading: Reading, *, with_body: bool) -> None:
        match reading:
            case Post():
                self.documents[reading.id] = document_of(reading, with_body=with_body)
            case Problem():
                self.problems[reading.post_id] = reading
            case LeftOut():
                self.left_out[reading.reason] = self.left_out.get(reading.reason, 0) + 1


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
        source: every post of the blog; what it lacks is removed from the index.
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
    with engine.writing(wait_s=wait_s), _without_collector():
        read = _Read()
        for reading in source:
            read.add(reading, with_body=with_body)
            on_read()
        if strict and read.problems:
            raise ReindexRefused(_refusal(read.problems.values()))
        before, old = engine.status(), engine.fingerprints()
        compared = _compare(read, old)
        if not allow_removals:
            _check_removals(len(compared.removed), len(old))
        rebuilt = _apply(engine, read, compared, full=full, before=before, on_index=on_index)
        return _report(
            read,
            compared,
            rebuilt=rebuilt,
            before=before,
            after=engine.status(),
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


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What a source has given, against what is live. All are ids."""

    added: frozenset[str]
    changed: frozenset[str]
    removed: frozenset[str]
    kept: frozenset[str]

    @property
    def put_in(self) -> frozenset[str]:
        return self.added | self.changed


def _compare(read: _Read, old: Mapping[str, str]) -> _Comparison:
    documents = read.documents
    kept = {id_ for id_, problem in read.problems.items() if id_ in old and not problem.withdrawn}
    return _Comparison(
        added=frozenset(documents.keys() - old.keys()),
        changed=frozenset(
            id_ for id_, new in documents.items() if old.get(id_, "") not in ("", new.fingerprint)
        ),
        removed=frozenset(old.keys() - documents.keys() - kept),
        kept=frozenset(kept),
    )


def _apply(
    engine: Engine,
    read: _Read,
    compared: _Comparison,
    *,
    full: bool,
    before: EngineStatus | None,
    on_index: Callable[[int], None],
) -> str:
    """Make the index what the source says; returns why all was indexed anew, or ""."""
    rebuilt = before.stale if before else ""
    if full:
        on_index(len(read.documents))
        engine.replace_all([*read.documents.values(), *_last_good(engine, compared.kept)])
        return "--full was given" if before else ""
    if before is None or rebuilt or compared.put_in or compared.removed:
        on_index(len(read.documents) if rebuilt else len(compared.put_in))
        try:
            engine.apply(_changes(read, compared))
        except IndexDamaged as damage:
            # What is live cannot be added to; but every post is at hand.
            engine.replace_all([*read.documents.values(), *_last_good(engine, compared.kept)])
            return str(damage)
    return rebuilt


def _report(
    read: _Read,
    compared: _Comparison,
    *,
    rebuilt: str,
    before: EngineStatus | None,
    after: EngineStatus | None,
    seconds: float,
) -> IndexReport:
    return IndexReport(
        added=tuple(sorted(compared.added)),
        changed=tuple(sorted(compared.changed)),
        removed=tuple(sorted(compared.removed)),
        unchanged=len(read.documents) - len(compared.put_in),
        problems=tuple(sorted(read.problems.values(), key=lambda p: p.place)),
        kept=tuple(sorted(compared.kept)),
        left_out=read.left_out,
        rebuilt=rebuilt,
        published=(after.build_id if after else "") != (before.build_id if before else ""),
        generation=after.generation if after else 0,
        posts=after.posts if after else 0,
        seconds=seconds,
    )


def _changes(read: _Read, compared: _Comparison) -> Iterator[Change]:
    yield from (Delete(id_) for id_ in sorted(compared.removed))
    yield from (Upsert(read.documents[id_]) for id_ in sorted(compared.put_in))


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
