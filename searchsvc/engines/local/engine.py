"""LocalEngine: one machine. Whoosh stores, numpy answers, generations are swapped whole."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from searchsvc.documents import Change, Delete, Document
from searchsvc.engines.local import building, store
from searchsvc.engines.local.answering import answer
from searchsvc.engines.local.building import Edits, MergeRule
from searchsvc.engines.local.generations import REBUILD, STORE, Generations, read_manifest
from searchsvc.engines.local.lock import WriteLock
from searchsvc.engines.local.opening import (
    Live,
    open_as_built,
    open_live,
    other_settings,
    other_versions,
)
from searchsvc.engines.local.snapshot import Snapshot
from searchsvc.engines.protocol import EngineStatus
from searchsvc.errors import IndexDamaged, IndexMismatch, IndexMissing
from searchsvc.queries import Clause, Query
from searchsvc.results import ResultPage
from searchsvc.settings import Settings
from searchsvc.text.analysis import Analyzer, chunks
from searchsvc.units import MAX_UNITS

# How often, at most, a reader looks whether another generation is live.
LOOK_EVERY_S = 0.25


def _nothing(_step: str) -> None:
    pass


class LocalEngine:
    """An ``Engine`` in a folder. See ``engines.protocol`` for what its methods promise.

    Several processes may use one folder at a time: any number read, one writes.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        merge_rule: MergeRule = MergeRule(),  # noqa: B008 - frozen
        on_step: Callable[[str], None] = _nothing,
    ) -> None:
        self._settings = settings
        self._analyzer = Analyzer(settings.language)
        self._merge_rule = merge_rule
        self._on_step = on_step
        self._generations = Generations(settings.index_dir, on_step)
        self._lock = WriteLock(settings.index_dir)
        self._opening = threading.Lock()
        self._live: Live | None = None
        self._stamp: tuple[int, int] | None = None
        self._looked_at = float("-inf")

    def search(self, query: Query) -> ResultPage:
        """Answer a query from the live generation."""
        live = self._current()
        if live is None:
            raise IndexMissing(
                f"There is no index in {self._settings.index_dir} yet. Build it: searchsvc reindex"
            )
        if reason := other_settings(live.manifest, self._settings):
            raise IndexMismatch(f"{reason}. Rebuild it: searchsvc reindex")
        return self._answer(query, live.snapshot, timeout_s=self._settings.answer_timeout_s)

    def get(self, id: str) -> Document | None:
        """The document with this id as Whoosh has stored it."""
        live = self._current()
        return store.document(live.folder / STORE, id) if live else None

    def writing(self, *, wait_s: float = 0.0) -> AbstractContextManager[None]:
        """Hold the write lock of the folder."""
        return self._lock.held(wait_s)

    def apply(self, changes: Iterable[Change]) -> None:
        """Publish a generation with the changes; one that is stale is built anew in whole."""
        edits = self._edits(changes)
        with self.writing():
            live = self._current(look=True)
            if live is None or self._stale(live):
                kept = store.documents(live.folder / STORE) if live else ()
                documents = {d.id: self._indexed(d) for d in kept if d.id not in edits.touched}
                edits, live = Edits({**documents, **edits.upserts}, frozenset()), None
            elif not edits.touched:
                return
            self._publish(edits, live)

    def replace_all(self, documents: Iterable[Document]) -> None:
        """Publish a generation with these documents, built from nothing."""
        upserts = {d.id: self._indexed(d) for d in documents}
        with self.writing():
            self._publish(Edits(upserts, frozenset()), None)

    def fingerprints(self) -> Mapping[str, str]:
        """For each id its document's fingerprint."""
        try:
            live = self._current(look=True)
        except IndexDamaged:
            return {}
        return live.snapshot.fingerprints() if live else {}

    def status(self) -> EngineStatus | None:
        """What the live generation says of itself."""
        live = self._current(look=True)
        if live is None:
            return None
        said = self._generations.current()
        manifest = live.manifest
        return EngineStatus(
            generation=int(manifest["generation"]),
            build_id=str(manifest["build_id"]),
            posts=int(manifest["posts"]),
            built_at=datetime.fromisoformat(manifest["built_at"]),
            settings=str(manifest["settings_fingerprint"]),
            versions=dict(manifest["versions"]),
            size_bytes=_size(live.folder),
            kept=(said.previous,) if said and said.previous else (),
            stale=self._stale(live),
        )

    def rollback(self) -> EngineStatus:
        """Switch to the other kept generation."""
        with self.writing():
            self._generations.rollback()
        status = self.status()
        assert status is not None
        return status

    def close(self) -> None:
        """Let go of the snapshot; its files are closed when the last answer is done with it."""
        self._live = None

    def _edits(self, changes: Iterable[Change]) -> Edits:
        """What several changes in a row come to."""
        upserts: dict[str, Document] = {}
        deletes: set[str] = set()
        for change in changes:
            if isinstance(change, Delete):
                upserts.pop(change.id, None)
                deletes.add(change.id)
            else:
                upserts[change.document.id] = self._indexed(change.document)
        return Edits(upserts, frozenset(deletes))

    def _indexed(self, document: Document) -> Document:
        if document.body and not self._settings.index_body:
            return replace(document, body="")
        return document

    def _publish(self, edits: Edits, live: Live | None) -> None:
        def build(folder: Path, number: int) -> None:
            building.build(
                folder,
                number,
                edits=edits,
                live=live,
                settings=self._settings,
                analyzer=self._analyzer,
                merge_rule=self._merge_rule,
                on_step=self._on_step,
            )
            new = open_as_built(folder, read_manifest(folder))
            building.verify(new, answers=self._try_out)
            self._on_step("verified")

        self._generations.publish(build)
        self._current(look=True)

    def _try_out(self, snapshot: Snapshot) -> None:
        """Ask for the newest post by its title, as it is while it is visible."""
        if not snapshot.size:
            return
        segment, number = snapshot.locate(0)
        title = segment.texts[number * 4 + 2]
        # Not parsed as what a reader types: a title may well say `tag:x`.
        words = tuple(Clause(chunk.text) for chunk in islice(chunks(title), MAX_UNITS))
        page = self._answer(Query(clauses=words, match="any"), snapshot, timeout_s=60)
        if page.index.posts == snapshot.size and words and not page.total:
            raise IndexDamaged(f"The new index does not find {title!r}. {REBUILD}")

    def _answer(self, query: Query, snapshot: Snapshot, *, timeout_s: float) -> ResultPage:
        return answer(
            query,
            snapshot,
            self._analyzer,
            enough_hits=self._settings.enough_hits,
            timeout_s=timeout_s,
        )

    def _stale(self, live: Live) -> str:
        return (
            live.in_memory
            or other_versions(live.manifest)
            or other_settings(live.manifest, self._settings)
        )

    def _current(self, *, look: bool = False) -> Live | None:
        """The live generation, looked for anew if the last look is some time ago.

        While one thread opens a new generation, others go on with the old one.
        """
        recent = time.monotonic() - self._looked_at < LOOK_EVERY_S
        if self._live is not None and recent and not look:
            return self._live
        if not self._opening.acquire(blocking=look or self._live is None):
            return self._live
        try:
            self._look()
            return self._live
        finally:
            self._opening.release()

    def _look(self) -> None:
        stamp = self._generations.stamp()
        self._looked_at = time.monotonic()
        if stamp == self._stamp and self._live is not None:
            return
        self._live = self._open()
        self._stamp = stamp

    def _open(self) -> Live | None:
        for _ in range(5):
            if (said := self._generations.current()) is None:
                return None
            try:
                return open_live(self._generations.folder(said.live), self._analyzer)
            except FileNotFoundError:
                # It was replaced and removed between the two looks.
                continue
        raise IndexDamaged(
            f"The generation that is live in {self._settings.index_dir} is not there. {REBUILD}"
        )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
