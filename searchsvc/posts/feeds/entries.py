"""EntryFile: a file that holds many posts, and what is the same in all of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from searchsvc.posts.encoding import clean
from searchsvc.posts.generators.base import problem
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.post import LeftOut, Made, Post, Problem, Reading
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings

NONE_OF_THEM: Told[Sequence[str]] = Told((), "")

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Row]):
    """One post in a file of many, before it is read.

    Attributes:
        id: stable over edits; "" when the entry has none.
        line: where in the file it begins, counted from 1; None when that is not known.
        row: what the file says of it.
    """

    id: str
    line: int | None
    row: Row


class EntryFile(ABC, Generic[Row]):
    """A file of posts, read by the rules of what has written it.

    Attributes:
        name: as in the setting ``generator``.
        title: what this file is called.
        path: the file.
    """

    name: ClassVar[str]

    def __init__(
        self, path: Path, settings: Settings, title: str, entries: Iterable[Entry[Row]]
    ) -> None:
        """Take the entries of a file, in its order."""
        self.path = path
        self.settings = settings
        self.title = title
        self._by_id = sorted(self._with_ids(entries), key=lambda one: one[:2])

    @abstractmethod
    def read(self, post_id: str, row: Row) -> Post | str:
        """One entry; as text: why it is no post for readers, in a word or two.

        Raises:
            Unusable: it cannot be used.
        """

    @property
    def description(self) -> str:
        return f"{self.title} {self.path}"

    def place_of(self, post_id: str) -> str:
        """Where a post stands."""
        return f"{self.path}, id {post_id}"

    def __len__(self) -> int:
        return len(self._by_id)

    def readings(self, known: Mapping[bytes, Made]) -> Iterator[Reading]:  # noqa: ARG002
        """What the entries hold, by id; made anew each time, as the file is read as a whole."""
        earlier: tuple[str, str] | None = None
        for post_id, number, entry in self._by_id:
            if earlier and earlier[0] == post_id:
                yield self._duplicate(post_id, number, entry, earlier[1])
            else:
                earlier = (post_id, self._place(entry))
                yield self._reading(post_id, entry)

    def _with_ids(self, entries: Iterable[Entry[Row]]) -> Iterator[tuple[str, int, Entry[Row]]]:
        for number, entry in enumerate(entries, start=1):
            yield clean(entry.id).strip() or f"{self.path.name}:{number}", number, entry

    def _reading(self, post_id: str, entry: Entry[Row]) -> Reading:
        try:
            found = self.read(post_id, entry.row)
        except Unusable as error:
            told = Unusable(f"The post {shown(post_id)}: {error}", error.line or entry.line)
            return problem(post_id, str(self.path), told, withdrawn=False)
        return found if isinstance(found, Post) else LeftOut(post_id, self._place(entry), found)

    def _duplicate(self, post_id: str, number: int, entry: Entry[Row], earlier: str) -> Problem:
        # Not under the id itself: that one has a post, and it is not this.
        message = f"Its id is {shown(post_id)}, as in {earlier}. Give each post its own id"
        return Problem(f"{self.path.name}:{number}", self._place(entry), message)

    def _place(self, entry: Entry[Row]) -> str:
        return str(self.path) if entry.line is None else f"{self.path}:{entry.line}"
