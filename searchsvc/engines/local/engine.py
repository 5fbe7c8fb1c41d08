"""LocalEngine: one machine. Whoosh stores, numpy answers, generations are swapped whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from searchsvc.documents import Change, Delete, Document
from searchsvc.engines.local import building, origins, verifying
from searchsvc.engines.local.answering import answer
from searchsvc.engines.local.building import Edits
from searchsvc.engines.local.generations import REBUILD, STORE, Generations, read_manifest
from searchsvc.engines.local.lock import WriteLock
from searchsvc.engines.local.merging import MergeRule
from searchsvc.engines.local.opening import (
    Live,
    open_as_built,
    open_live,
    other_settings,
    other_versions,
)
from searchsvc.engines.local.reader import Reader, damaged_status, readable, size_of
from searchsvc.engines.local.relating import related
from searchsvc.engines.local.suggesting import suggest
from searchsvc.engines.protocol import EngineStatus
from searchsvc.errors import IndexDamaged, IndexMissing, RollbackImpossible
from searchsvc.posts.post import Made
from searchsvc.queries import Clause, Query
from searchsvc.relations import RelatedQuery
from searchsvc.results import RelatedPosts, ResultPage, Suggestions
from searchsvc.rules import Rules, rules_of
from searchsvc.settings import Settings
from searchsvc.suggestions import SuggestQuery
from searchsvc.text.analysis import Analyzer, chunks
from searchsvc.units import MAX_UNITS

T = TypeVar("T")


def _nothing(_step: str) -> None:
    pass


def _check_sound(folder: Path) -> None:
    verifying.check_files(open_live(folder))


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
        self._merge_rule = merge_rule
        self._on_step = on_step
        self._generations = Generations(settings.index_dir, on_step)
        self._reader = Reader(self._generations)
        self._lock = WriteLock(settings.index_dir)
        self._rules_by_language: dict[str, Rules] = {}
        # The build whose files were compared: a run asks several times, and reads them once.
        self._checked = ""

    def search(self, query: Query) -> ResultPage:
        """Answer a query from the live generation."""
        return self._ask(
            lambda live: answer(query, live.snapshot, live.analyzer, self._rules(live.analyzer))
        )

    def suggest(self, query: SuggestQuery) -> Suggestions:
        """Suggest titles, tags and categories of the live generation."""
        return self._ask(lambda live: suggest(query, live.snapshot, live.analyzer, live.values))

    def related(self, query: RelatedQuery) -> RelatedPosts:
        """Posts of the live generation like one of them."""
        return self._ask(lambda live: related(query, live.snapshot, live.analyzer))

    def get(self, id: str) -> Document | None:
        """The document with this id as the newest readable store of Whoosh has it."""

        def read(folder: Path) -> Document | None:
            from searchsvc.engines.local import store  # Whoosh: answering does without it

            return store.document(folder, id)

        return self._from_store(read)

    def documents(self) -> list[Document]:
        """All documents of the newest store that can be read, which is the live one if any."""

        def read(folder: Path) -> list[Document]:
            from searchsvc.engines.local import store  # as in ``get``

            return sorted(store.documents(folder), key=lambda document: document.id)

        return self._from_store(read) or []

    @contextmanager
    def writing(self, *, wait_s: float = 0.0) -> Iterator[None]:
        """Hold the write lock of the folder. What is live is compared anew, and then once."""
        with self._lock.held(wait_s) as first:
            if first:
                self._checked = ""
            yield

    def apply(self, changes: Iterable[Change]) -> None:
        """Publish a generation with the changes; one that is stale or worn is built anew in whole.

        Raises:
            IndexDamaged: what is live cannot be read in full, and nothing was
                changed; ``replace_all`` mends it.
        """
        edits = self._edits(changes)
        with self.writing():
            live, damage = self._sound()
            if damage or (live and (self._stale(live) or building.is_worn(live))):
                kept = {d.id: self._indexed(d) for d in self.documents()}
                left = {k: d for k, d in kept.items() if k not in edits.touched}
                edits, live = Edits({**left, **edits.upserts}, frozenset()), None
            elif live and not edits.touched:
                return
            self._publish(edits, live)

    def replace_all(self, documents: Iterable[Document]) -> None:
        """Publish a generation with these documents, built from nothing."""
        upserts = {d.id: self._indexed(d) for d in documents}
        with self.writing():
            self._publish(Edits(upserts, frozenset()), None)

    def fingerprints(self) -> Mapping[str, str]:
        """For each id its document's fingerprint."""
        live, damage = self._sound()
        if damage:
            return {document.id: document.fingerprint for document in self.documents()}
        return live.snapshot.fingerprints() if live else {}

    def origins(self) -> Mapping[bytes, Made]:
        """What the documents of the live generation were made of."""
        live, _ = self._sound()
        return origins.read(self._settings.index_dir, live.snapshot.build_id) if live else {}

    def remember(self, origins_of_posts: Mapping[bytes, Made]) -> None:
        """Keep what the documents of the live generation were made of."""
        live, _ = self._sound()
        if live:
            origins.write(self._settings.index_dir, live.snapshot.build_id, origins_of_posts)

    def status(self) -> EngineStatus | None:
        """What the live generation says of itself, and whether it is what was written."""
        live, damage = self._sound()
        if live is None:
            return damaged_status(self._generations, damage) if damage else None
        said = self._generations.current()
        manifest = live.manifest
        return EngineStatus(
            generation=int(manifest["generation"]),
            build_id=str(manifest["build_id"]),
            posts=int(manifest["posts"]),
            built_at=datetime.fromisoformat(manifest["built_at"]),
            settings=str(manifest["settings_fingerprint"]),
            versions=dict(manifest["versions"]),
            size_bytes=size_of(live.folder),
            kept=(said.previous,) if said and said.previous else (),
            stale=self._stale(live),
        )

    def rollback(self) -> EngineStatus:
        """Switch to the other kept generation."""
        if self._generations.current() is None:
            raise RollbackImpossible(f"There is no index in {self._settings.index_dir} yet")
        with self.writing():
            self._generations.rollback(check=_check_sound)
            self._reader.now()
        status = self.status()
        assert status is not None
        return status

    def close(self) -> None:
        """Let go of the snapshot; its files are closed when the last answer is done with it."""
        self._reader.let_go()

    def _ask(self, answered: Callable[[Live], T]) -> T:
        """An answer of the live generation."""
        live = self._reader.recent()
        if live is None:
            raise IndexMissing(
                f"There is no index in {self._settings.index_dir} yet. Build it: searchsvc reindex"
            )
        try:
            return answered(live)
        except (ArithmeticError, LookupError, ValueError) as error:
            # Numbers that make no sense: damage that opening does not see, or a bug of ours.
            verifying.check_files(live)
            raise error

    def _sound(self) -> tuple[Live | None, str]:
        """What is live, as it lies on the disk, and why it cannot be relied on, or ""."""
        with readable(self._settings.index_dir):
            try:
                said = self._generations.current()
                if said is None:
                    return None, ""
                folder = self._generations.folder(said.live)
                live = open_as_built(folder, read_manifest(folder))
                if live.snapshot.build_id != self._checked:
                    verifying.check_files(live)
                    self._checked = live.snapshot.build_id
            except (IndexDamaged, FileNotFoundError) as error:
                return None, str(error)
        return live, ""

    def _from_store(self, read: Callable[[Path], T]) -> T | None:
        # Between looking and reading, others may publish and remove what was seen.
        with readable(self._settings.index_dir):
            for _ in range(3):
                for folder in self._generations.complete():
                    with suppress(IndexDamaged):
                        return read(folder / STORE)
        return None

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
            written = building.build(
                folder,
                number,
                edits=edits,
                live=live,
                settings=self._settings,
                merge_rule=self._merge_rule,
                on_step=self._on_step,
            )
            new = open_as_built(folder, read_manifest(folder))
            verifying.verify(new, written, answers=self._try_out)
            self._checked = new.snapshot.build_id
            self._on_step("verified")

        self._generations.publish(build)
        self._reader.now()

    def _try_out(self, new: Live) -> None:
        """Ask for the newest post by its title, as it is while it is visible."""
        if not new.snapshot.size:
            return
        segment, number = new.snapshot.locate(0)
        title = segment.texts[number * 4 + 2]
        # Not parsed as what a reader types: a title may well say `tag:x`.
        words = tuple(Clause(chunk.text) for chunk in islice(chunks(title), MAX_UNITS))
        rules = replace(self._rules(new.analyzer), timeout_s=60)
        page = answer(Query(clauses=words, match="any"), new.snapshot, new.analyzer, rules)
        if page.index.posts == new.snapshot.size and words and not page.total:
            raise IndexDamaged(f"The new index does not find {title!r}. {REBUILD}")

    def _rules(self, analyzer: Analyzer) -> Rules:
        # Few languages ever; made once for each.
        if analyzer.language not in self._rules_by_language:
            self._rules_by_language[analyzer.language] = rules_of(self._settings, analyzer)
        return self._rules_by_language[analyzer.language]

    def _stale(self, live: Live) -> str:
        return other_versions(live.manifest) or other_settings(live.manifest, self._settings)
