"""Aliases: names of tags that an owner merges into one tag, such as `nodejs` into `Node.js`."""

from collections.abc import Iterable, Iterator, Mapping

from searchsvc.text.analysis import chunks
from searchsvc.text.folding import fold

Table = Mapping[str, tuple[str, ...]]


class Aliases:
    """Which tag is meant by each name; case and accents make no difference."""

    def __init__(self, table: Table) -> None:
        self._tags = {fold(name): tag for tag, names in table.items() for name in (tag, *names)}

    def __bool__(self) -> bool:
        return bool(self._tags)

    def tag(self, name: str) -> str:
        """The tag that is meant, as the owner writes it; a name that is no alias stays."""
        return self._tags.get(fold(name), name)

    def merged(self, names: Iterable[str]) -> tuple[str, ...]:
        """The tags that are meant by some names, each once, in their order."""
        return tuple(dict.fromkeys(map(self.tag, names)))


def alias_pairs(table: Table) -> Iterator[tuple[str, str]]:
    """What is asked for, and what is then found too: each tag and its aliases, both ways."""
    for tag, names in table.items():
        for name in names:
            # A tag of signs alone is no word that could be asked for.
            if any(chunks(tag)) and any(chunks(name)):
                yield from ((name, tag), (tag, name))


def check_aliases(table: Table) -> None:
    """Raise ``ValueError`` with a remedy when a name would mean two tags, or none."""
    tags: dict[str, str] = {}
    for tag in table:
        if not fold(tag):
            raise ValueError("A tag without a name cannot be shown. Give it one")
        if (first := tags.setdefault(fold(tag), tag)) is not tag:
            raise ValueError(f"{first!r} and {tag!r} are one tag anyway. Put them into one entry")
    meant: dict[str, str] = {}
    for tag, names in table.items():
        if not names:
            raise ValueError(f"{tag!r} has no aliases. Name some, or remove it")
        for name in names:
            _check_alias(name, tag, tags=tags, meant=meant)


def _check_alias(name: str, tag: str, *, tags: dict[str, str], meant: dict[str, str]) -> None:
    key = fold(name)
    if not key:
        raise ValueError(f"{tag!r} has an alias without a name. Remove it")
    if tags.get(key) == tag:
        raise ValueError(f"{name!r} is {tag!r} anyway: case and accents do not count. Remove it")
    if key in tags:
        raise ValueError(
            f"{name!r} is an alias of {tag!r}, and has aliases of its own. "
            f"Put those into the list of {tag!r}"
        )
    if (first := meant.setdefault(key, tag)) != tag:
        raise ValueError(f"{name!r} is an alias of {first!r} and of {tag!r}. Remove one of them")
