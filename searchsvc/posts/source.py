"""Source: the folders and files that the settings name → Readings, one after the other."""

import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import clean
from searchsvc.posts.feeds.opening import FILE_GENERATORS, open_entry_file
from searchsvc.posts.feeds.opening import SUFFIXES as ENTRY_SUFFIXES
from searchsvc.posts.files import FoundFile, find_files, read_file
from searchsvc.posts.generators import site_in
from searchsvc.posts.generators.base import Site, problem
from searchsvc.posts.generators.roots import below_root
from searchsvc.posts.jsonlines import SUFFIXES, JsonLines
from searchsvc.posts.post import Post, Problem, Reading
from searchsvc.posts.twins import Twins
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings


class Part(Protocol):
    """One content: what ``Source`` is put together from."""

    @property
    def description(self) -> str:
        """What is read, in a few words."""

    def __len__(self) -> int:
        """How many files or lines will be read."""

    def __iter__(self) -> Iterator[Reading]:
        """What has been read, by id."""

    def place_of(self, post_id: str) -> str:
        """Where a post of this part is written, as the user knows it."""


@dataclass(frozen=True, slots=True)
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

    def __iter__(self) -> Iterator[Reading]:
        twins = Twins()
        for prefix, content, part in self._parts:
            for reading in part:
                found = _prefixed(reading, prefix) if prefix else reading
                if not isinstance(found, Post):
                    yield found
                    continue
                if content.lang and not found.lang:
                    rules = {**found.rules, "lang": "lang of the source"}
                    found = replace(found, lang=content.lang, rules=rules)
                place = partial(part.place_of, found.id.removeprefix(prefix))
                yield twins.met(found, place) or found


def open_source(settings: Settings) -> Source:
    """Look at what the settings name as content: names in folders, feeds and exports whole.

    Raises:
        ContentError: no content is named, it is not there, or it holds nothing
            that could be a post. It says the remedy.
    """
    simple = [
        Content(None, settings.model_copy(update={"content": (path,), "sources": ()}))
        for path in settings.content
    ]
    own = [Content(one.name, one.over(settings), one.lang) for one in settings.sources]
    contents = [*simple, *own]
    if not contents:
        raise ContentError(
            "No content is named. Name the folder of your blog: as an argument, "
            "or as the setting 'content'"
        )
    return Source(zip(_prefixes(contents), contents, map(_part, contents), strict=True))


def _part(content: Content) -> Part:
    """What reads a content; errors of a source with a name begin with it."""
    try:
        return _opened(content.path, content.settings)
    except ContentError as error:
        if not content.name:
            raise
        raise ContentError(f"source {content.name!r}: {error}") from error


def _opened(path: Path, settings: Settings) -> Part:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise ContentError(f"{path}: there is no such folder or file. Check the name") from error
    if stat.S_ISDIR(mode):
        return _Folder(path, settings)
    if path.suffix.lower() in SUFFIXES and stat.S_ISREG(mode):
        return JsonLines(path, settings)
    if path.suffix.lower() in ENTRY_SUFFIXES and stat.S_ISREG(mode):
        return open_entry_file(path, settings)
    raise ContentError(
        f"{path}: this is neither a folder nor a file of many posts: JSON Lines "
        f"({', '.join(SUFFIXES)}), a feed or an export ({', '.join(ENTRY_SUFFIXES)}). "
        "Name the folder that it lies in"
    )


class _Folder:
    """A folder of posts, read by the rules of its generator."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        if settings.generator in (kind.name for kind in FILE_GENERATORS):
            raise ContentError(
                f"{folder}: this is a folder, and the generator {settings.generator!r} reads a "
                "file. Name that file"
            )
        self._site: Site = site_in(folder, settings)
        self._folder = folder
        self._files = find_files(
            self._site.root,
            enters=self._site.enters,
            wanted=self._site.is_post,
            loses=self._site.loses,
            below=below_root(self._site.root, folder),
        )
        if not self._files:
            raise ContentError(
                f"{folder}: no posts found. Looked for {self._site.looked_for}. "
                "Name another folder, or choose other rules with the setting 'generator'"
            )

    @property
    def description(self) -> str:
        return f"{self._site.title} {self._folder}/"

    def place_of(self, post_id: str) -> str:
        return str(self._site.root / post_id)

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[Reading]:
        for file in self._files:
            reading = self._read(file)
            if reading is not None:
                yield reading

    def _read(self, file: FoundFile) -> Reading | None:
        path = clean(file.path)
        place = clean(str(self._site.root / file.path))
        try:
            if path != file.path:
                raise Unusable("The file's name is not UTF-8. Rename it")
            if file.is_folder:
                raise Unusable(
                    "This is a link to a folder, which is not followed. Put the folder in its "
                    "place, or name it as content too"
                )
            content = read_file(self._site.root, file.path)
        except Unusable as error:
            return problem(path, place, error, withdrawn=False)
        return None if content is None else self._site.reading(path, place, content)


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


def _prefixed(reading: Reading, prefix: str) -> Reading:
    if isinstance(reading, Post):
        return replace(reading, id=prefix + reading.id)
    if isinstance(reading, Problem):
        return replace(reading, post_id=prefix + reading.post_id)
    return replace(reading, post_id=prefix + reading.post_id)
