"""Document: what an index knows of a post, and the fingerprint that tells a changed one."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from searchsvc.posts.post import Post
from searchsvc.text.folding import composed, fold, valid


@dataclass(frozen=True, slots=True)
class Document:
    """A post as the engines hold it. Fields mean what they mean in ``Post``.

    ``body`` is empty unless the owner asked for bodies to be searched. Of
    categories, and of tags, that differ in case and accents only, the first is kept.
    Texts are made valid and composed Unicode, and instants are put in UTC.
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

    def __post_init__(self) -> None:
        # Many are made in every run, nearly all as they should be: then nothing is set again.
        texts = (self.id, self.url, self.title, self.excerpt, self.body)
        if not all(map(str.isascii, texts)):
            self._set(id=valid(self.id), url=valid(self.url))
            self._set(**{n: composed(getattr(self, n)) for n in ("title", "excerpt", "body")})
        if (categories := distinct(self.categories)) is not self.categories:
            self._set(categories=categories)
        if (tags := distinct(self.tags)) is not self.tags:
            self._set(tags=tags)
        if self.visible_from and self.visible_from.tzinfo is not dt.UTC:
            self._set(visible_from=self.visible_from.astimezone(dt.UTC))
        if self.visible_until and self.visible_until.tzinfo is not dt.UTC:
            self._set(visible_until=self.visible_until.astimezone(dt.UTC))

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits; two documents share them only when all fields are equal."""
        texts = (self.id, self.url, self.title, self.excerpt, self.body)
        times = tuple(map(_written, (self.date, self.visible_from, self.visible_until)))
        said = repr((texts, self.categories, self.tags, times, self.lang))
        digest = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16)
        return digest.hexdigest()


# Many posts share a date, and writing it out would take most of a fingerprint's time.
_written = lru_cache(maxsize=20_000)(str)


# What stands in an address before and behind the words of a post: host, date, suffix.
_HOST = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,4}$", re.IGNORECASE)


def path_of(url: str) -> str:
    """An address without scheme and host."""
    return _HOST.sub("", url)


def address_words(url: str) -> str:
    """The words that an author gave a post's address, with spaces; often those of its title.

    >>> address_words("https://example.com/blog/2025-01-31-rye-bread.html?from=feed")
    'rye bread'
    """
    path = path_of(re.split("[?#]", url, maxsplit=1)[0])
    last = unquote(path.rstrip("/").rsplit("/", 1)[-1])
    words = re.split(r"[-_+\s]+", _SUFFIX.sub("", _DATE.sub("", last)))
    return composed(" ".join(word for word in words if word and not word.isdigit()))


@dataclass(frozen=True, slots=True)
class Upsert:
    """Put this document into the index, in the place of one with the same id."""

    document: Document


@dataclass(frozen=True, slots=True)
class Delete:
    """Take the document with this id out of the index, if it is there."""

    id: str


Change = Upsert | Delete


def document_of(post: Post, *, with_body: bool) -> Document:
    """Make the document that stands for a post."""
    return Document(
        id=post.id,
        url=post.url,
        title=post.title,
        excerpt=post.excerpt,
        body=post.body if with_body else "",
        categories=post.categories,
        tags=post.tags,
        date=post.date,
        visible_from=post.visible_from,
        visible_until=post.visible_until,
        lang=post.lang,
    )


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Drop empty values, and those that an earlier one equals but for case, accents, spaces."""
    return _distinct(tuple(values))


# A post's labels are looked at when it is read and when it becomes a document.
@lru_cache(maxsize=1_000)
def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for value in values:
        key, label = _key_and_label(value) if len(value) < 100 else _key_and_label_anew(value)
        if key:
            kept.setdefault(key, label)
    return tuple(kept.values())


def _key_and_label_anew(value: str) -> tuple[str, str]:
    label = composed(value)
    return fold(label), label.strip()


# A blog has few labels, and each of them on many posts.
_key_and_label = lru_cache(maxsize=20_000)(_key_and_label_anew)
