"""Comparing: what a source has given, and how that differs from what is live."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from searchsvc.documents import Document, document_of
from searchsvc.posts.post import LeftOut, Made, Post, Problem, Reading, Rereadable, Unchanged


@dataclass
class Found:
    """What a source has given.

    Attributes:
        documents: those of posts, by id.
        unchanged: ids of posts that were not made again, as they would be the same.
        origins: what the posts were made of, with ids and addresses (``posts.origins``).
        problems: by the id of the post that cannot be used.
        left_out: how many files are no posts for readers, by reason.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    origins: dict[bytes, Made] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def add(self, reading: Reading, *, with_body: bool) -> None:
        """Put in one more reading."""
        match reading:
            case Unchanged():
                self.unchanged.add(reading.post_id)
                self.origins[reading.origin] = Made(reading.post_id, reading.url)
            case Post():
                self.documents[reading.id] = document_of(reading, with_body=with_body)
                if reading.origin:
                    self.origins[reading.origin] = Made(reading.id, reading.url)
            case Problem():
                self.problems[reading.post_id] = reading
            case LeftOut():
                self.left_out[reading.reason] = self.left_out.get(reading.reason, 0) + 1


def read_all(
    source: Iterable[Reading],
    known: Mapping[bytes, Made],
    *,
    with_body: bool,
    on_read: Callable[[], None],
) -> Found:
    """Go through a source.

    Args:
        known: posts that are live, by their origins.
        on_read: called after each reading.
    """
    found = Found()
    for reading in source.readings(known) if isinstance(source, Rereadable) else source:
        found.add(reading, with_body=with_body)
        on_read()
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a source has given, against what is live. All are ids."""

    added: frozenset[str]
    changed: frozenset[str]
    removed: frozenset[str]
    kept: frozenset[str]

    @property
    def put_in(self) -> frozenset[str]:
        """Those whose documents are not in the index as they are."""
        return self.added | self.changed


def compare(found: Found, old: Mapping[str, str]) -> Comparison:
    """Tell what has changed.

    Args:
        old: for each id that is live the fingerprint of its document.
    """
    documents, problems = found.documents, found.problems
    kept = {id_ for id_, problem in problems.items() if id_ in old and not problem.withdrawn}
    return Comparison(
        added=frozenset(documents.keys() - old.keys()),
        changed=frozenset(
            id_ for id_, new in documents.items() if old.get(id_, "") not in ("", new.fingerprint)
        ),
        removed=frozenset(old.keys() - documents.keys() - found.unchanged - kept),
        kept=frozenset(kept),
    )
