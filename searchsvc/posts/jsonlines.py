"""JSON Lines: one post a line, for blogs whose posts are in a database or a feed.

``jsonlines.schema.json`` beside this file says the same for other programs.
"""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

import orjson

from searchsvc.documents import distinct
from searchsvc.errors import ContentError
from searchsvc.posts.dates import in_utc
from searchsvc.posts.encoding import clean, decode
from searchsvc.posts.files import MAX_FILE_BYTES
from searchsvc.posts.generators.base import address_of, excerpt_of, language_of
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.markup import page_of_markdown, plain_title
from searchsvc.posts.origins import Origins
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.post import LeftOut, Post, Problem, Reading, Unchanged
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings, check_timezone

SUFFIXES = (".jsonl", ".ndjson")
NAME, TEXT, LIST, FLAG = "text", "text in quotes", "a list of texts", "true or false"
# Every field and what it holds; all but url and title may be missing or null.
KINDS = {
    "id": NAME,
    "url": TEXT,
    "title": NAME,
    "excerpt": TEXT,
    "body": TEXT,
    "categories": LIST,
    "tags": LIST,
    "date": TEXT,
    "lang": TEXT,
    "visible_from": TEXT,
    "visible_until": TEXT,
    "draft": FLAG,
    "published": FLAG,
}
# Fields that begin so are the owner's own and are not looked at.
OWN_PREFIXES = ("_", "x_")
_ID = re.compile(rb'"(id|url)"\s*:\s*("(?:[^"\\]|\\.)*")')
# A quote that no backslash stands before, and a colon behind the next one: that is a key.
_PLAIN_ID = re.compile(rb'(?<!\\)"id"\s*+:\s*+"([!#-\[\]-~]++)"')
_ESCAPED_I_OR_D = re.compile(rb"\\u006[49]")
_WITHDRAWN = re.compile(rb'"draft"\s*:\s*true|"published"\s*:\s*false')
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class _Line(NamedTuple):
    """A line that is not blank.

    Attributes:
        number: counts from 1.
        offset: where it begins in the file, bytes.
        origin: when it is known from before; else empty.
    """

    post_id: str
    number: int
    offset: int
    origin: bytes


class JsonLines:
    """A file of JSON Lines in UTF-8. Lines are read one at a time, so the file may be big."""

    def __init__(self, path: Path, settings: Settings, *, prefix: str = "") -> None:
        """Look at the file.

        Args:
            prefix: what all ids begin with.

        Raises:
            ContentError: it cannot be read or is not UTF-8.
        """
        self._path = path
        self._settings = settings
        self._prefix = prefix
        self._origins = Origins("JSON Lines", prefix, settings)
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

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        # Only for who shows how far it is: the whole file is read for it.
        with self._path.open("rb") as file:
            first = file.readline().removeprefix(codecs.BOM_UTF8)
            return bool(first.strip()) + sum(not line.isspace() for line in file)

    def __iter__(self) -> Iterator[Reading]:
        return self.readings({})

    def readings(self, known: Mapping[bytes, str]) -> Iterator[Reading]:
        """What the lines hold, by id; lines that are known are not parsed."""
        with self._path.open("rb") as file:
            earlier = _Line("", 0, 0, b"")
            # Once for the ids, to sort by, and once for the posts: they need not fit into memory.
            for line in sorted(self._index(file, known)):
                if line.post_id == earlier.post_id:
                    yield self._duplicate(line.post_id, line.number, earlier.number)
                    continue
                earlier = line
                if line.origin:
                    yield Unchanged(line.post_id, line.origin)
                else:
                    file.seek(line.offset)
                    yield self._reading(line.post_id, line.number, _read_line(file, line.number))

    def _index(self, file: BinaryIO, known: Mapping[bytes, str]) -> Iterator[_Line]:
        number, offset = 1, 0
        while line := _read_line(file, number):
            if not line.isspace():
                origin = self._origins.of(line) if known else b""
                if post_id := known.get(origin):
                    yield _Line(post_id, number, offset, origin)
                else:
                    yield _Line(self._id_of(line, number), number, offset, b"")
            while len(line) > MAX_FILE_BYTES and not line.endswith(b"\n"):
                line = file.readline(MAX_FILE_BYTES + 1)
            number, offset = number + 1, file.tell()

    def _id_of(self, line: bytes, number: int) -> str:
        return self._prefix + (_id_of(line) or f"{self._path.name}:{number}")

    def _reading(self, post_id: str, number: int, line: bytes) -> Reading:
        try:
            fields = _fields(line)
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
        page = page_of_markdown(fields.text("body") or "")
        date = fields.date(self._zone, "date")
        opens = fields.date(self._zone, "visible_from") if "visible_from" in fields.values else date
        closes = fields.date(self._zone, "visible_until")
        return Post(
            id=post_id,
            url=address_of(url, self._settings.site_url),
            title=title,
            excerpt=excerpt_of(fields.text("excerpt"), page),
            body=page.text,
            categories=distinct(fields.strings("categories", _one)),
            tags=distinct(fields.strings("tags", _one)),
            date=date.date() if date else None,
            visible_from=in_utc(opens) if opens else None,
            visible_until=in_utc(closes) if closes else None,
            lang=language_of(fields),
            origin=origin,
        )

    def _duplicate(self, post_id: str, number: int, earlier: int) -> Problem:
        # Not under the id itself: that one has a post, and it is not this.
        return Problem(
            f"{self._prefix}{self._path.name}:{number}",
            self._place(number),
            f"id is {shown(post_id.removeprefix(self._prefix))}, as in {self._place(earlier)}. "
            "Give each post its own id",
        )


def _read_line(file: BinaryIO, number: int) -> bytes:
    """A line, or its beginning; the first one without a byte-order mark."""
    line = file.readline(MAX_FILE_BYTES + 1)
    if number > 1:
        return line
    # Only a mark and a newline are a blank line.
    return line.removeprefix(codecs.BOM_UTF8) or (b"\n" if line else b"")


def _values(line: bytes) -> dict[str, object]:
    if len(line) > MAX_FILE_BYTES:
        raise Unusable(f"The line is longer than {MAX_FILE_BYTES // 1_000_000} MB. Split the post")
    try:
        values: object = orjson.loads(line)
        if isinstance(values, dict) and float not in map(type, values.values()):
            return values
    except orjson.JSONDecodeError:
        pass
    return _values_slowly(line)


def _values_slowly(line: bytes) -> dict[str, object]:
    """The same for what is not strict JSON, of which the rest can be read or is complained of."""
    try:
        # It also reads numbers of any length, where orjson makes fractions of long ones.
        values = json.loads(decode(line).strip())
    except json.JSONDecodeError as error:
        raise Unusable(f"This is not JSON: {error.msg}, column {error.colno}. Mend it") from error
    except (RecursionError, ValueError) as error:
        raise Unusable("This is not JSON that can be read: too deep, or a huge number") from error
    if not isinstance(values, dict):
        raise Unusable('This is no post. Write each as {"url": …, "title": …} on a line of its own')
    return values


def _id_of(line: bytes) -> str:
    """The id of a line, also of one that is no JSON as a whole; empty when there is none."""
    plain = _PLAIN_ID.search(line)
    if (
        plain
        and line.count(b"{") == line.count(b'"id"') == 1
        and not (b"\\u006" in line and _ESCAPED_I_OR_D.search(line))
    ):
        # The usual form, told without reading the line twice: nothing is nested, and no other
        # key can be the id.
        return plain[1].decode()
    try:
        values = _values(line)
    except Unusable:
        values = {}
        for name, quoted in reversed(_ID.findall(line[:MAX_FILE_BYTES])):
            with suppress(ValueError):
                values[name.decode()] = json.loads(quoted)
    for value in (values.get("id"), values.get("url")):
        if isinstance(value, str | int) and not isinstance(value, bool):
            text = clean(str(value)).strip()
            if text:
                return text
    return ""


def _fields(line: bytes) -> Fields:
    checked: dict[str, Value] = {}
    for key, value in _values(line).items():
        kind = KINDS.get(key)
        if type(value) is str and kind is not None and kind is not FLAG:
            # By far the most usual, so with one call only.
            checked[key] = value if value.isprintable() else clean(value)
        elif kind is None:
            if not key.startswith(OWN_PREFIXES):
                raise _unknown(key)
        elif value is not None:
            checked[key] = _checked(key, kind, value)
        elif key == "visible_from":
            # There and null: always, where a missing one means from its date on.
            checked[key] = ""
    return Fields(checked)


def _unknown(key: str) -> Unusable:
    near = get_close_matches(key, KINDS, n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    return Unusable(
        f"There is no field {shown(key)}.{guess} Fields: {', '.join(KINDS)}; "
        "a name of your own begins with x_"
    )


def _checked(key: str, kind: str, value: object) -> Value:
    """A value as front matter would have it, when it is of the type of its field."""
    if isinstance(value, bool):
        if kind is FLAG:
            return "true" if value else "false"
    elif isinstance(value, int) and kind is NAME:
        return str(value)
    elif isinstance(value, list) and kind is LIST and set(map(type, value)) <= {str}:
        return value if "".join(value).isprintable() else list(map(clean, value))
    raise Unusable(f"{key} is {shown(value)}. Write it as {kind}")


def _one(text: str) -> list[str]:
    return [text]
