"""Source: the folders and files that the settings name → Readings, one after the other."""

import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from searchsvc.errors import ContentError
from searchsvc.posts.feeds.opening import SUFFIXES as ENTRY_SUFFIXES
from searchsvc.posts.feeds.opening import open_entry_file
from searchsvc.posts.folder import Folder
from searchsvc.posts.gitfiles import Since
from searchsvc.posts.jsonlines import SUFFIXES, JsonLines
from searchsvc.posts.post import Made, Post, Reading, Unchanged
from searchsvc.posts.twins import Twins
from searchsvc.settings import Settings
from searchsvc.text.aliases import Aliases

_LANG_RULE = "lang of the source"
_MERGED_RULE = "merged by the setting tag_aliases"


class Part(Protocol):
    """One content: what ``Source`` is put together from."""

    @property
    def description(self) -> str:
        """What is read, in a few words."""

    def __len__(self) -> int:
        """How many files or lines will be read."""

    def readings(self, known: Mapping[bytes, Made]) -> Iterator[Reading]:
        """What has been read, by id; see ``posts.post.Rereadable``."""

    def place_of(self, post_id: str) -> str:
        """Where a post of this part is written, as the user knows it."""


@dataclass(frozen=True)
class Content:
    """One thing to read.

    Attributes:
        name: as the owner calls it; None for one without a name.
        settings: those that hold for it, its path as the only ``content``.
        lang: the language of its posts that name none.
    """

    name: str | None
    settings: Settings
    lang: str | None = None

    @cached_property
    def aliases(self) -> Aliases:
        return Aliases(self.settings.tag_aliases)

    @property
    def path(self) -> Path:
        return self.settings.content[0]


class Source:
    """Everything that the settings name as ``content`` and ``sources``.

    It can be gone through more than once; the same files give the same Readings in the
    same order: by id. No two posts have one id or one address.
    """

    def __init__(self, parts: Iterable[tuple[str, Content, Part]]) -> None:
        """Put parts together; each comes with the prefix of its ids, empty for a single one."""
        self._parts = sorted(parts, key=lambda part: part[0])

    @property
    def description(self) -> str:
        """What is read, such as ``Jekyll site blog/``."""
        return ", ".join(part.description for _, _, part in self._parts)

    def __len__(self) -> int:
        """How many files or lines will be read; a few of them may turn out to hold nothing."""
        return sum(len(part) for _, _, part in self._parts)

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders of sites, and the files, that all of it depends on."""
        parts = ((content, part) for _, content, part in self._parts)
        return tuple(
            part.root if isinstance(part, Folder) else content.path for content, part in parts
        )

    def concerns(self, path: Path) -> bool:
        """Whether a change of this path, below a folder of ``roots``, may change what is read."""
        return any(isinstance(part, Folder) and part.concerns(path) for _, _, part in self._parts)

    def __iter__(self) -> Iterator[Reading]:
        return self.readings({})

    def readings(self, known: Mapping[bytes, Made]) -> Iterator[Reading]:
        """The same; what has been made to a post before is ``Unchanged``."""
        twins = Twins()
        for prefix, content, part in self._parts:
            for reading in part.readings(_own(known, prefix) if prefix else known):
                place = partial(part.place_of, _id_of(reading))
                found = _of_source(reading, prefix, content)
                if isinstance(found, Post | Unchanged):
                    yield twins.met(_id_of(found), found.url, place) or found
                else:
                    yield found


def open_source(settings: Settings, *, since: Since | None = None, jobs: int = 1) -> Source:
    """Look at what the settings name as content: names in folders, feeds and exports whole.

    Args:
        since: what has not changed since then need not be read, where git can tell.
        jobs: how many processes read a folder of many files. More than one is for programs
            that do nothing else meanwhile, as the command line (``posts.workers``).

    Raises:
        ContentError: no content is named, it is not there, or it holds nothing
            that could be a post. It says the remedy.
    """
    contents = contents_of(settings)
    if not contents:
        raise ContentError(
            "No content is named. Name the folder of your blog: as an argument, "
            "or as the setting 'content'"
        )
    return Source((prefix, content, _part(content, since, jobs)) for prefix, content in contents)


def contents_of(settings: Settings) -> list[tuple[str, Content]]:
    """All that the settings name to read, each with the prefix of its ids.

    Raises:
        ContentError: two of them would have the same prefix.
    """
    simple = [
        Content(None, settings.model_copy(update={"content": (path,), "sources": ()}))
        for path in settings.content
    ]
    own = [Content(one.name, one.over(settings), one.lang) for one in settings.sources]
    contents = [*simple, *own]
    return list(zip(_prefixes(contents), contents, strict=True))


def _part(content: Content, since: Since | None, jobs: int) -> Part:
    """What reads a content; errors of a source with a name begin with it."""
    try:
        return open_part(content.path, content.settings, since=since, jobs=jobs)
    except ContentError as error:
        if not content.name:
            raise
        raise ContentError(f"source {content.name!r}: {error}") from error


def open_part(path: Path, settings: Settings, *, since: Since | None = None, jobs: int = 1) -> Part:
    """What reads a folder, or a file of many posts.

    Raises:
        ContentError: it is not there, or neither of these.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise ContentError(f"{path}: there is no such folder or file. Check the name") from error
    if stat.S_ISDIR(mode):
        return Folder(path, settings, since=since, jobs=jobs)
    if since:
        since.cannot_ask(path, "this is no folder")
    if path.suffix.lower() in SUFFIXES and stat.S_ISREG(mode):
        return JsonLines(path, settings)
    if path.suffix.lower() in ENTRY_SUFFIXES and stat.S_ISREG(mode):
        return open_entry_file(path, settings)
    raise ContentError(
        f"{path}: this is neither a folder nor a file of many posts: JSON Lines "
        f"({', '.join(SUFFIXES)}), a feed or an export ({', '.join(ENTRY_SUFFIXES)}). "
        "Name the folder that it lies in"
    )


def _prefixes(contents: Sequence[Content]) -> list[str]:
    """What stands before the ids of each content: its name, when there are several."""
    several = len(contents) > 1
    names = [
        content.path.resolve().name if content.name is None and several else content.name or ""
        for content in contents
    ]
    for name, times in Counter(names).items():
        if times > 1:
            raise ContentError(
                f"Two contents are named {name!r}, so that their posts could not be told apart. "
                "Rename one, or give it another name in [[sources]]"
            )
    return [f"{name}:" if name else "" for name in names]


def _own(known: Mapping[bytes, Made], prefix: str) -> dict[bytes, Made]:
    """What is known of one part, whose own ids have no prefix."""
    return {
        origin: made._replace(id=made.id.removeprefix(prefix))
        for origin, made in known.items()
        if made.id.startswith(prefix)
    }


def _id_of(reading: Reading) -> str:
    return reading.id if isinstance(reading, Post) else reading.post_id


def _of_source(reading: Reading, prefix: str, content: Content) -> Reading:
    """A reading as its source has it: the prefix of its ids, its language, the tags meant."""
    if isinstance(reading, Post):
        if content.lang and not reading.lang:
            rules = {**reading.rules, "lang": _LANG_RULE}
            reading = replace(reading, lang=content.lang, rules=rules)
        if content.aliases and (tags := content.aliases.merged(reading.tags)) != reading.tags:
            rule = "; ".join(filter(None, (reading.rules.get("tags"), _MERGED_RULE)))
            reading = replace(reading, tags=tags, rules={**reading.rules, "tags": rule})
        return replace(reading, id=prefix + reading.id) if prefix else reading
    return replace(reading, post_id=prefix + reading.post_id) if prefix else reading
