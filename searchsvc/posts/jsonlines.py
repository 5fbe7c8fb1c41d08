"""JSON Lines: one post a line, for blogs whose posts are in a database or a feed.

``jsonlines.schema.json`` beside this file says the same for other programs.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from searchsvc.documents import distinct
from searchsvc.errors import ContentError
from searchsvc.posts.dates import in_utc
from searchsvc.posts.files import MAX_FILE_BYTES
from searchsvc.posts.generators.addresses import address_of
from searchsvc.posts.generators.base import language_of
from searchsvc.posts.generators.excerpts import excerpt_of
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.jsonline import fields_of, id_of
from searchsvc.posts.markup import page_of_markdown, plain_title
from searchsvc.posts.origins import Origins
from searchsvc.posts.post import LeftOut, Made, Post, Problem, Reading, Unchanged
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings, check_timezone

SUFFIXES = (".jsonl", ".ndjson")
_WITHDRAWN = re.compile(rb'"draft"\s*:\s*true|"published"\s*:\s*false')
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class _Line(NamedTuple):
    """A line that is not blank.

    Attributes:
        number: counts from 1.
        offset: where it begins in the file, bytes.
        origin, url: of its post, when it is known from before; else empty.
    """

    post_id: str
    number: int
    offset: int
    origin: bytes = b""
    url: str = ""


class JsonLines:
    """A file of JSON Lines in UTF-8. Lines are read one at a time, so the file may be big."""

    def __init__(self, path: Path, settings: Settings) -> None:
        """Look at the file.

        Raises:
            ContentError: it cannot be read or is not UTF-8.
        """
        self._path = path
        self._settings = settings
        self._origins = Origins(settings, "JSON Lines")
        self._zone = check_timezone(settings.timezone or "UTC")
        try:
            with path.open("rb") as file:
                if file.read(4).startswith(_WIDE):
                    raise ContentError(f"{path}: this is not UTF-8. Save the file as UTF-8")
        except OSError as error:
            raise ContentError(f"{path}: cannot be read ({error.strerror})") from error

    @property
    def description(self) -> str:
        return f"JSON Lines {self._path}"

    def place_of(self, post_id: str) -> str:
        return f"{self._path}, id {post_id}"

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        # Only for who shows how far it is: the whole file is read for it.
        with self._path.open("rb") as file:
            # As a part of a line at most is held, one without an end counts a few times.
            first = file.readline(MAX_FILE_BYTES).removeprefix(codecs.BOM_UTF8)
            lines = iter(lambda: file.readline(MAX_FILE_BYTES), b"")
            return bool(first.strip()) + sum(not line.isspace() for line in lines)

    def __iter__(self) -> Iterator[Reading]:
        return self.readings({})

    def readings(self, known: Mapping[bytes, Made]) -> Iterator[Reading]:
        """What the lines hold, by id; lines that are known are not parsed."""
        with self._path.open("rb") as file:
            earlier = _Line("", 0, 0)
            # Once for the ids, to sort by, and once for the posts: they need not fit into memory.
            for line in sorted(self._index(file, known)):
                if line.post_id == earlier.post_id:
                    yield self._duplicate(line.post_id, line.number, earlier.number)
                    continue
                earlier = line
                if line.origin:
                    yield Unchanged(line.post_id, line.url, line.origin)
                else:
                    file.seek(line.offset)
                    yield self._reading(line.post_id, line.number, _read_line(file, line.number))

    def id_at(self, number: int) -> str:
        """The id of the post in a line, counted from 1; empty when there is none."""
        with self._path.open("rb") as file:
            return next((at.post_id for at in self._index(file, {}) if at.number == number), "")

    def _index(self, file: BinaryIO, known: Mapping[bytes, Made]) -> Iterator[_Line]:
        number, offset = 1, 0
        while line := _read_line(file, number):
            if not line.isspace():
                origin = self._origins.of(line) if known else b""
                if made := known.get(origin):
                    yield _Line(made.id, number, offset, origin, made.url)
                else:
                    yield _Line(self._id_of(line, number), number, offset)
            while len(line) > MAX_FILE_BYTES and not line.endswith(b"\n"):
                line = file.readline(MAX_FILE_BYTES + 1)
            number, offset = number + 1, file.tell()

    def _id_of(self, line: bytes, number: int) -> str:
        return id_of(line) or f"{self._path.name}:{number}"

    def _reading(self, post_id: str, number: int, line: bytes) -> Reading:
        try:
            fields = fields_of(line)
            if fields.flag("draft"):
                return LeftOut(post_id, self._place(number), "draft")
            if fields.flag("published") is False:
                return LeftOut(post_id, self._place(number), "unpublished")
            return self._post(post_id, fields, self._origins.of(line))
        except Unusable as error:
            withdrawn = _WITHDRAWN.search(line) is not None
            return Problem(post_id, self._place(number), str(error), withdrawn)

    def _place(self, number: int) -> str:
        return f"{self._path}:{number}"

    def _post(self, post_id: str, fields: Fields, origin: bytes) -> Post:
        url, title = fields.text("url"), plain_title(fields.text("title") or "")
        if not url:
            raise Unusable('There is no url. Give the address of the post: "url": …')
        if not title:
            raise Unusable('There is no title. Give one: "title": …')
        page, excerpt = page_of_markdown(fields.text("body") or ""), fields.text("excerpt")
        date = fields.date(self._zone, "date")
        opens = fields.date(self._zone, "visible_from") if "visible_from" in fields.values else date
        closes = fields.date(self._zone, "visible_until")
        return Post(
            id=post_id,
            url=address_of(url, self._settings.site_url),
            title=title,
            excerpt=excerpt_of(excerpt, page),
            body=page.text if self._settings.index_body else "",
            categories=distinct(fields.strings("categories", _one)),
            tags=distinct(fields.strings("tags", _one)),
            date=date.date() if date else None,
            visible_from=in_utc(opens) if opens else None,
            visible_until=in_utc(closes) if closes else None,
            lang=language_of(fields.text("lang", "language")),
            rules=_rules(tuple(fields.values), has_excerpt=bool(excerpt)),
            origin=origin,
        )

    def _duplicate(self, post_id: str, number: int, earlier: int) -> Problem:
        # Not under the id itself: that one has a post, and it is not this.
        return Problem(
            f"{self._path.name}:{number}",
            self._place(number),
            f"id is {shown(post_id)}, as in {self._place(earlier)}. Give each post its own id",
        )


def _read_line(file: BinaryIO, number: int) -> bytes:
    """A line, or its beginning; the first one without a byte-order mark."""
    line = file.readline(MAX_FILE_BYTES + 1)
    if number > 1:
        return line
    # Only a mark and a newline are a blank line.
    return line.removeprefix(codecs.BOM_UTF8) or (b"\n" if line else b"")


# Which fields of a line give the fields of a post; the first one that is there.
_GIVEN_BY = {
    "url": ("url",),
    "title": ("title",),
    "excerpt": ("excerpt",),
    "categories": ("categories",),
    "tags": ("tags",),
    "date": ("date",),
    "visible_from": ("visible_from", "date"),
    "visible_until": ("visible_until",),
    "lang": ("lang",),
}


# The lines of a file have the same fields, mostly.
@lru_cache(maxsize=1_000)
def _rules(there: tuple[str, ...], *, has_excerpt: bool) -> Mapping[str, str]:
    rules = {
        name: next((f"field {field}" for field in fields if field in there), "")
        for name, fields in _GIVEN_BY.items()
    }
    return rules if has_excerpt else {**rules, "excerpt": "first paragraph of the field body"}


def _one(text: str) -> list[str]:
    return [text]
