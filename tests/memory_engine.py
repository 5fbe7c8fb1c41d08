"""The engine in memory: the oracle that every other engine is compared with.

It answers from ``docs/ranking.md`` by plain loops (``memory_answer.py``,
``memory_words.py``, ``memory_suggest.py``, ``memory_related.py``) and shares with
the others only what a word is (``searchsvc.text``), what is asked for
(``searchsvc.units``, ``suggestions``, ``relations``) and the numbers of
``searchsvc.ranking``.
"""

import os
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from memory_answer import answer
from memory_related import related
from memory_suggest import suggest
from memory_words import Blog

from searchsvc import __version__
from searchsvc.documents import Change, Delete, Document
from searchsvc.engines.protocol import EngineStatus
from searchsvc.errors import IndexLocked, IndexMissing, RollbackImpossible
from searchsvc.posts.post import Made
from searchsvc.queries import Query
from searchsvc.relations import RelatedQuery
from searchsvc.results import IndexInfo, RelatedPosts, ResultPage, Suggestions
from searchsvc.rules import rules_of
from searchsvc.settings import Settings
from searchsvc.suggestions import SuggestQuery
from searchsvc.text.analysis import Analyzer


@dataclass(frozen=True)
class Generation:
    """One complete index. Never changed once it is made."""

    number: int
    build_id: str
    built_at: datetime
    documents: Mapping[str, Document]
    blog: Blog

    def info(self, posts: int) -> IndexInfo:
        """What an answer tells of it."""
        return IndexInfo(self.number, self.build_id, posts, self.built_at)


class MemoryEngine:
    """An ``Engine`` without files. See ``engines.protocol`` for what its methods promise."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._analyzer = Analyzer(settings.language)
        self._rules = rules_of(settings, self._analyzer)
        self._live: Generation | None = None
        self._other: Generation | None = None
        self._highest = 0
        self._origins: tuple[str, Mapping[bytes, Made]] = ("", {})
        self._lock = threading.RLock()

    def search(self, query: Query) -> ResultPage:
        """Answer a query from the live generation."""
        live = self._generation()
        return answer(
            query,
            live.blog,
            self._rules,
            info=live.info,
        )

    def suggest(self, query: SuggestQuery) -> Suggestions:
        """Suggest titles, tags and categories of the live generation."""
        live = self._generation()
        return suggest(query, live.blog, info=live.info)

    def related(self, query: RelatedQuery) -> RelatedPosts:
        """Posts of the live generation like one of them."""
        live = self._generation()
        return related(query, live.blog, info=live.info)

    @contextmanager
    def writing(self, *, wait_s: float = 0.0) -> Iterator[None]:
        """Hold the lock; the thread that holds it may take it again."""
        if not self._lock.acquire(timeout=wait_s):
            raise IndexLocked("Another thread is writing", pid=os.getpid(), since=None)
        try:
            yield
        finally:
            self._lock.release()

    def get(self, id: str) -> Document | None:
        """The document with this id."""
        return self._documents().get(id)

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return sorted(self._documents().values(), key=lambda document: document.id)

    def apply(self, changes: Iterable[Change]) -> None:
        """Make a generation with the changes, and let it be the live one."""
        with self.writing():
            documents = dict(self._documents())
            for change in changes:
                if isinstance(change, Delete):
                    documents.pop(change.id, None)
                else:
                    documents[change.document.id] = self._indexed(change.document)
            self._publish(documents)

    def replace_all(self, documents: Iterable[Document]) -> None:
        """Make a generation with these documents, and let it be the live one."""
        with self.writing():
            self._publish({d.id: self._indexed(d) for d in documents})

    def fingerprints(self) -> Mapping[str, str]:
        """For each id its document's fingerprint."""
        return {id: document.fingerprint for id, document in self._documents().items()}

    def origins(self) -> Mapping[bytes, Made]:
        """What the documents of the live generation were made of."""
        build_id, origins = self._origins
        return origins if self._live and self._live.build_id == build_id else {}

    def remember(self, origins: Mapping[bytes, Made]) -> None:
        """Keep what the documents of the live generation were made of."""
        if self._live:
            self._origins = self._live.build_id, dict(origins)

    def status(self) -> EngineStatus | None:
        """What there is to tell of the live generation."""
        live, other = self._live, self._other
        if live is None:
            return None
        return EngineStatus(
            generation=live.number,
            build_id=live.build_id,
            posts=len(live.documents),
            built_at=live.built_at,
            settings=self._settings.fingerprint,
            versions={"searchsvc": __version__},
            size_bytes=0,
            kept=(other.number,) if other else (),
            stale="",
        )

    def rollback(self) -> EngineStatus:
        """Let the live generation and the other one change places."""
        with self.writing():
            if self._other is None:
                raise RollbackImpossible("No other generation is kept to go back to")
            self._live, self._other = self._other, self._live
            status = self.status()
        assert status is not None
        return status

    def close(self) -> None:
        """Let go of everything."""
        self._live = self._other = None

    def _generation(self) -> Generation:
        if self._live is None:
            raise IndexMissing("There is no index yet. Build it: searchsvc reindex")
        return self._live

    def _documents(self) -> Mapping[str, Document]:
        return self._live.documents if self._live else {}

    def _indexed(self, document: Document) -> Document:
        return document if self._settings.index_body else replace(document, body="")

    def _publish(self, documents: Mapping[str, Document]) -> None:
        self._highest += 1
        new = Generation(
            number=self._highest,
            build_id=uuid.uuid4().hex,
            built_at=datetime.now(UTC),
            documents=documents,
            blog=Blog(documents.values(), self._analyzer),
        )
        self._live, self._other = new, self._live
