"""What we ask of an engine, and what it promises. Every engine does all of it.

Only our own frozen types cross this line, and errors of ``searchsvc.errors``.
``tests/test_engine_contract.py`` holds each engine to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from searchsvc.documents import Change, Document
from searchsvc.posts.post import Made
from searchsvc.queries import Query
from searchsvc.relations import RelatedQuery
from searchsvc.results import RelatedPosts, ResultPage, Suggestions
from searchsvc.suggestions import SuggestQuery


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """The index that is live.

    Attributes:
        generation: counts up; a number is never used twice.
        build_id: random, new with every build.
        posts: documents in it, visible or not.
        built_at: when it was built.
        settings: the fingerprint of the settings it was built with.
        versions: what built it, such as ``{"searchsvc": "1.0", "format": "1"}``.
        size_bytes: what it takes on disk.
        kept: other generations that ``rollback`` can switch to.
        stale: why it should be rebuilt in whole, or "" when it need not.
    """

    generation: int
    build_id: str
    posts: int
    built_at: datetime
    settings: str
    versions: Mapping[str, str]
    size_bytes: int
    kept: tuple[int, ...]
    stale: str


class Engine(Protocol):
    """An index that can be asked and changed. Safe to share between threads."""

    def search(self, query: Query) -> ResultPage:
        """Answer a query as ``docs/ranking.md`` and ``docs/query-language.md`` say.

        The words of the query are cut as those of the index were when it was built,
        whatever the settings say by now; ``status`` tells when they differ.

        Raises:
            IndexMissing: nothing has been built yet.
            IndexDamaged, IndexUnreadable: there is an index, and it cannot be read.
            AnswerTimeout: it would take longer than ``answer_timeout_s``.
        """

    def suggest(self, query: SuggestQuery) -> Suggestions:
        """Titles, tags and categories that go on from what is typed (``docs/ranking.md``).

        Raises:
            IndexMissing, IndexDamaged, IndexUnreadable: as ``search``.
        """

    def related(self, query: RelatedQuery) -> RelatedPosts:
        """Posts like the one asked for (``docs/ranking.md``).

        Raises:
            PostUnknown: there is no such post, or it is not visible at the moment of asking.
            IndexMissing, IndexDamaged, IndexUnreadable: as ``search``.
        """

    def writing(self, *, wait_s: float = 0.0) -> AbstractContextManager[None]:
        """Hold the right to change the index, so that what was read of it stays true.

        ``apply``, ``replace_all`` and ``rollback`` take it themselves when it is not held.

        Raises:
            IndexLocked: another run holds it still after ``wait_s`` seconds.
        """

    def get(self, id: str) -> Document | None:
        """The document with this id as it was put in, visible or not; None if there is none.

        An engine that does not index bodies does not keep them.
        """

    def documents(self) -> Sequence[Document]:
        """All documents of the live index as ``get`` gives them, by id; empty without an index."""

    def apply(self, changes: Iterable[Change]) -> None:
        """Add, replace and delete documents, in order.

        When this returns, every change can be found by ``search``. When it
        raises, some first part of the changes may have been made: call it
        again with the same changes, which does no harm.
        """

    def replace_all(self, documents: Iterable[Document]) -> None:
        """Make these, and only these, the documents of the index.

        All or nothing: when it raises, what was live before still is. Of two
        documents with one id the last counts.
        """

    def fingerprints(self) -> Mapping[str, str]:
        """For each id its document's fingerprint; empty when nothing has been built yet."""

    def origins(self) -> Mapping[bytes, Made]:
        """What ``remember`` was given, while the same build is live; empty when another is."""

    def remember(self, origins: Mapping[bytes, Made]) -> None:
        """Keep what the documents of the live build were made of, for the next run to ask.

        What was kept before is forgotten. It may be lost at any time, at no cost but that
        of making the documents again.

        Args:
            origins: ids and addresses of documents, by something that stands for all that
                each was made of (``posts.origins``). All keys have the same length.
        """

    def status(self) -> EngineStatus | None:
        """The live index, or None when nothing has been built yet."""

    def rollback(self) -> EngineStatus:
        """Go back to the other kept generation; a second call goes forth again.

        Raises:
            RollbackImpossible: no other generation is kept.
        """

    def close(self) -> None:
        """Let go of files and memory. Using the engine afterwards is a mistake of the caller."""
