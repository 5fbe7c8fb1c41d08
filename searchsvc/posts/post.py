"""What an author wrote: a Post; and what may come in its place when a file is read."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, runtime_checkable


# Many are made in every run, and frozen ones take three times as long to make.
@dataclass(slots=True)
class Post:
    """One post, as its site's generator would publish it. Not to be changed.

    Attributes:
        id: stable over edits: the file's path below the site's root with ``/``,
            or what JSON Lines calls ``id``.
        url: the address where readers find it: a path, or absolute when the
            site's address is known.
        title: plain text, never empty.
        excerpt: plain text; the author's, else the body's first paragraph.
        body: plain text, as a reader sees it; of files only with the setting ``index_body``.
        categories: as written, the first one being *the* category.
        tags: as written, each once when compared without case and accents.
        date: in the site's time zone; None for a post without one.
        visible_from: the instant (with zone) at which readers may see it, or None for always.
        visible_until: the instant (with zone) from which they may no longer, or None for never.
        lang: an ISO 639 code such as ``en`` when the post names its language, else None.
        rules: for each field but id and body, which rule gave its value, in words for
            the author; "" where no rule did. Two posts may be equal in spite of it.
        origin: stands for all that the post was made of (``posts.origins``), or is empty.
    """

    id: str
    url: str
    title: str
    excerpt: str = ""
    body: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date: dt.date | None = None
    visible_from: dt.datetime | None = None
    visible_until: dt.datetime | None = None
    lang: str | None = None
    rules: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    origin: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """A post that is there and cannot be used.

    Attributes:
        post_id: the id it would have. The index keeps its last good version.
        place: the file as the user knows it, with ``:line`` where one is known.
        message: what is wrong and what to do, in one or two sentences.
        withdrawn: its text still shows that it must not be found (``draft: true``
            or ``published: false``), or another post has its address; so the last
            good version goes too.
    """

    post_id: str
    place: str
    message: str
    withdrawn: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is no post for readers, quietly: a draft, ``published: false``, a redirect.

    Attributes:
        reason: in a word or two: ``draft``, ``redirect`` …; docs/posts.md has them all.
    """

    post_id: str
    place: str
    reason: str


class Made(NamedTuple):
    """What is remembered of a post that was made in the run before: its id and its address."""

    id: str
    url: str


# As many as there are posts, so it is not frozen either.
@dataclass(slots=True)
class Unchanged:
    """The same post as before would be made of this, so it was not made again."""

    post_id: str
    url: str
    origin: bytes


Reading = Post | Problem | LeftOut | Unchanged


@runtime_checkable
class Rereadable(Protocol):
    """A source that makes no posts again of what is as it was."""

    def readings(self, known: Mapping[bytes, Made]) -> Iterator[Reading]:
        """What has been read, by id.

        Args:
            known: posts by their origins. What has one of these is ``Unchanged``,
                and nothing else is.
        """
