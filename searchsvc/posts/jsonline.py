"""JSON line: what one line of JSON Lines says, checked field by field."""

import json
import re
from contextlib import suppress
from difflib import get_close_matches

import orjson

from searchsvc.posts.encoding import clean, decode
from searchsvc.posts.files import MAX_FILE_BYTES
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable, shown

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


def fields_of(line: bytes) -> Fields:
    """What a line holds, by field, as front matter would have it.

    Raises:
        Unusable: it is no JSON, or a field is not known or not of its type.
    """
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


def id_of(line: bytes) -> str:
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
