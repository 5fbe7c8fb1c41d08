"""Fields: front matter asked key by key, each answer checked and each complaint with its line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from searchsvc.posts.dates import parse_date
from searchsvc.posts.frontmatter import FrontMatter, as_flag
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable, shown

Split = Callable[[str], list[str]]


# More tags than this are a mistake, and would make every list of tags useless.
MAX_VALUES = 500


# One is made for every post, and frozen ones take twice as long to make.
@dataclass(slots=True)
class Fields:
    """The metadata of one post, over the defaults of its site. Not to be changed.

    Every method takes names for one thing, the first one that is there counts.
    All raise ``Unusable`` for a value that has no meaning.
    """

    values: Mapping[str, Value]
    lines: Mapping[str, int] = field(default_factory=dict)
    quoted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, front: FrontMatter) -> "Fields":
        return cls(front.metadata, front.lines, front.quoted)

    @classmethod
    def without_case(cls, front: FrontMatter) -> "Fields":
        """Keys in any case; one in small letters counts before its twins."""
        small = [key for key in front.metadata if key == key.lower()]
        order = [key for key in front.metadata if key not in small] + small
        return cls(
            values={key.lower(): front.metadata[key] for key in order},
            lines={k.lower(): front.lines[k] for k in order if k in front.lines},
            quoted=frozenset(key.lower() for key in front.quoted),
        )

    def over(self, defaults: Mapping[str, Value]) -> "Fields":
        """The same with values for what is not there."""
        return Fields({**defaults, **self.values}, self.lines, self.quoted)

    def over_with(self, name: str, value: Value) -> "Fields":
        """The same with another value for one key."""
        return Fields({**self.values, name: value}, self.lines, self.quoted)

    def says_something(self, name: str) -> bool:
        """Whether a key is there with a value that is neither empty nor a no."""
        value = self.values.get(name)
        return bool(value) and not (isinstance(value, str) and as_flag(value) is False)

    def text(self, *names: str) -> str | None:
        """The text of a key, without spaces around; None when there is none or it is empty."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str):
                if text := value.strip():
                    return text
            elif value is not None:
                kind = "list" if isinstance(value, list) else "mapping"
                raise self.complaint(name, f"That is a {kind}. Write it as text, in quotes")
        return None

    def flag(self, name: str) -> bool | None:
        """Whether a key says yes or no; None when it is not there."""
        text = self.text(name) if name in self.values else None
        if text is None:
            return None
        flag = as_flag(text)
        if flag is None:
            raise self.complaint(name, "Write it as true or false")
        return flag

    def strings(self, name: str, split: Split) -> list[str]:
        """The texts of a key: of a list, its items; of one text, what ``split`` makes of it."""
        value = self.values.get(name)
        found = split(value) if isinstance(value, str) else list(_flat(value or []))
        if len(found) > MAX_VALUES:
            raise Unusable(
                f"{name} holds {len(found)} values. Leave {MAX_VALUES} at most",
                self.lines.get(name),
            )
        return found

    def date(
        self,
        zone: ZoneInfo,
        *names: str,
        unzoned: tzinfo | None = None,
        as_written: bool = False,
    ) -> datetime | None:
        """The instant of a key, in the blog's zone or as written (``dates.parse_date``)."""
        for name in names:
            if text := self.text(name):
                try:
                    return parse_date(text, zone, unzoned=unzoned, as_written=as_written)
                except ValueError as error:
                    raise self.complaint(name, str(error)) from error
        return None

    def complaint(self, name: str, remedy: str) -> Unusable:
        value = self.values.get(name, "")
        return Unusable(f"{name} is {shown(value)}. {remedy}", self.lines.get(name))


def _flat(value: Value) -> Iterable[str]:
    """The texts in nested lists, in order; of a mapping its ``label`` or ``name``."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif label := value.get("label") or value.get("name"):
        yield from _flat(label)
