"""YAML in which every scalar is the text the author wrote; the only user of PyYAML.

``tags: [no, 1.10, 012]`` are three words for a blogger and False, 1.1 and 10
for YAML. So nothing is converted here: who asks for a date or a yes knows it.

The text is read event by event and not as YAML's own objects. That gives the
line of each key, and bounds: nesting ends at libyaml's limit or ours, and an
alias counts as all that it stands for, so that no bomb goes off.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from searchsvc.posts.encoding import clean
from searchsvc.posts.unusable import Unusable

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
# What to make of a value that has a tag, such as ``!ENV``.
Tagged: TypeAlias = Callable[[str, Value | None], Value | None]

# More values than any front matter or site configuration has.
MAX_VALUES = 20_000
MAX_DEPTH = 50
# Signs that mean something to YAML at the beginning of a value.
_SIGN = re.compile(r"\s*[\w-]+:\s+([*&!@`%{\[\"'])")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# The C loader is about ten times as quick; it is missing in some builds of PyYAML.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Parsed:
    """What a text holds.

    Attributes:
        value: the mapping, list or text; None for nothing. Nulls are left out.
        lines: the line on which each key of the outermost mapping stands, from 1.
        quoted: those keys whose value is text in quotes or a block.
    """

    value: Value | None = None
    lines: dict[str, int] = field(default_factory=dict)
    quoted: set[str] = field(default_factory=set)


def parse_yaml(text: str, *, tagged: Tagged | None = None, empty_nulls: bool = False) -> Parsed:
    """Read the first document of a YAML text.

    Args:
        tagged: what a value with a tag stands for; without it, tags are passed over.
        empty_nulls: a null is the empty text, so that its key is not lost.

    Raises:
        Unusable: the text is not YAML, or is nested or repeated beyond reason.
            Its line counts from the text's first line.
    """
    builder = _Builder(tagged, empty_nulls)
    try:
        for event in _events(text):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            builder.take(event)
    except yaml.YAMLError as error:
        raise _explained(error, text) from error
    except RecursionError as error:
        raise Unusable("The front matter is nested too deeply") from error
    return builder.parsed


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
    return events


class _Builder:
    """Puts events together; the open containers are kept in a list, not on the stack."""

    def __init__(self, tagged: Tagged | None = None, empty_nulls: bool = False) -> None:
        self.parsed = Parsed()
        self._tagged = tagged
        self._null: str | None = "" if empty_nulls else None
        self._open: list[_Container] = []
        self._anchors: dict[str, tuple[Value | None, int]] = {}
        self._count = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        plain = not event.style
        null = plain and event.value in _NULLS
        value = self._meant(event.tag, self._null if null else clean(event.value))
        self._counted(1, event)
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        outer = self._open[-1] if len(self._open) == 1 else None
        if outer is not None and outer.is_mapping:
            if not outer.has_key:
                self.parsed.lines[event.value] = _line(event)
                self.parsed.quoted.discard(event.value)
            elif not plain and outer.key is not None:
                self.parsed.quoted.add(outer.key)
        self._put(value, event.value)

    def _alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self._anchors:
            raise Unusable(f"*{event.anchor} stands for nothing", _line(event))
        value, size = self._anchors[event.anchor]
        self._counted(size, event)
        self._put(value, value)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise Unusable("The front matter is nested too deeply", _line(event))
        self._counted(1, event)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Container(is_mapping, event.anchor, self._count, event.tag))

    def _end(self) -> None:
        done = self._open.pop()
        value = self._meant(done.tag, done.value())
        if done.anchor:
            self._anchors[done.anchor] = (value, self._count - done.count_before + 1)
        self._put(value, None)

    def _meant(self, tag: str | None, value: Value | None) -> Value | None:
        return self._tagged(tag, value) if tag and self._tagged else value

    def _put(self, value: Value | None, as_key: object) -> None:
        if self._open:
            self._open[-1].add(value, as_key)
        else:
            self.parsed.value = value

    def _counted(self, size: int, event: yaml.Event) -> None:
        self._count += size
        if self._count > MAX_VALUES:
            raise Unusable(
                f"The front matter holds more than {MAX_VALUES} values. Shorten it",
                _line(event),
            )


class _Container:
    """A mapping or list that is still open."""

    def __init__(
        self, is_mapping: bool, anchor: str | None, count_before: int, tag: str | None = None
    ) -> None:
        self.is_mapping = is_mapping
        self.tag = tag
        self.anchor = anchor
        self.count_before = count_before
        self.has_key = False
        self.key: str | None = None
        self._items: list[Value] = []
        self._mapping: dict[str, Value] = {}
        self._merged: dict[str, Value] = {}

    def add(self, value: Value | None, as_key: object) -> None:
        """Take the next key or value. A list or mapping as a key is left out with its value."""
        if not self.is_mapping:
            if value is not None:
                self._items.append(value)
        elif not self.has_key:
            self.has_key = True
            self.key = as_key if isinstance(as_key, str) else None
        else:
            self._set(value)
            self.has_key = False

    def _set(self, value: Value | None) -> None:
        if self.key == "<<" and isinstance(value, dict | list):
            for mapping in value if isinstance(value, list) else [value]:
                if isinstance(mapping, dict):
                    self._merged = mapping | self._merged
        elif self.key is not None:
            # The last of equal keys holds, as for the generators, even when it is null.
            self._mapping.pop(self.key, None)
            if value is not None:
                self._mapping[self.key] = value

    def value(self) -> Value:
        return self._merged | self._mapping if self.is_mapping else self._items


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _explained(error: yaml.YAMLError, text: str) -> Unusable:
    mark = getattr(error, "problem_mark", None)
    if mark and "nesting depth" in str(getattr(error, "problem", "")):
        return Unusable("The front matter is nested too deeply", mark.line + 1)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    if mark is None:
        position = getattr(error, "position", 0)
        return Unusable(f"The YAML {what}. Remove that", text.count("\n", 0, position) + 1)
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    return Unusable(f"This is not YAML. {_remedy(what, line)}", mark.line + 1)


def _remedy(what: str, line: str) -> str:
    if "\t" in line:
        return "Put spaces in the place of the tab"
    if "mapping values" in what:
        return "Put the value in quotes: it holds a colon"
    if sign := _SIGN.match(line):
        return f"Put the value in quotes: it begins with {sign[1]!r}"
    return f"Mend what is near this line ({what}), or put the value in quotes"
