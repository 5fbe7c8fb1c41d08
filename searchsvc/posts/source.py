"""Source: the folders and files that the settings name → Readings, one after the other."""

import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import clean
from searchsvc.posts.files import FoundFile, find_files, read_file
from searchsvc.posts.generators import site_in
from searchsvc.posts.generators.base import Site, problem
from searchsvc.posts.jsonlines import SUFFIXES, JsonLines
from searchsvc.posts.origins import Origins
from searchsvc.posts.post import Post, Reading, Unchanged
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings


class Part(Protocol):
    """One content: what ``Source`` is put together from. Its ids begin with a prefix of its own."""

    @property
    def description(self) -> str:
        """What is read, in a few words."""

    def __len__(self) -> int:
        """How many files or lines will be read."""

    def readings(self, known: Mapping[bytes, str]) -> Iterator[Reading]:
        """What has been read, by id; see ``posts.post.Rereadable``."""


class Source:
    """Everything that the settings' ``content`` names.

    It can be gone through more than once; each time the files are read again.
    The same files give the same Readings in the same order: by id.
    """

    def __init__(self, parts: Iterable[Part]) -> None:
        """Put parts together, in the order of their prefixes."""
        self._parts = tuple(parts)

    @property
    def description(self) -> str:
        """What is read, such as ``Jekyll site blog/``."""
        return ", ".join(part.description for part in self._parts)

    def __len__(self) -> int:
        """How many files or lines will be read; a few of them may turn out to hold nothing."""
        return sum(len(part) for part in self._parts)

    def __iter__(self) -> Iterator[Reading]:
        return self.readings({})

    def readings(self, known: Mapping[bytes, str]) -> Iterator[Reading]:
        """The same; what has been made to a post before is ``Unchanged``."""
        return chain.from_iterable(part.readings(known) for part in self._parts)


def open_source(settings: Settings) -> Source:
    """Look at what the settings name as content. Nothing is read yet but names.

    Raises:
        ContentError: no content is named, it is not there, or it holds nothing
            that could be a post. It says the remedy.
    """
    if not settings.content:
        raise ContentError(
            "No content is named. Name the folder of your blog: as an argument, "
            "or as the setting 'content'"
        )
    prefixes = _prefixes(settings.content) if len(settings.content) > 1 else [""]
    parts = zip(prefixes, settings.content, strict=True)
    return Source([_part(path, settings, prefix) for prefix, path in sorted(parts)])


def _part(path: Path, settings: Settings, prefix: str) -> Part:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise ContentError(f"{path}: there is no such folder or file. Check the name") from error
    if stat.S_ISDIR(mode):
        return _Folder(path, settings, prefix)
    if path.suffix.lower() in SUFFIXES and stat.S_ISREG(mode):
        return JsonLines(path, settings, prefix=prefix)
    raise ContentError(
        f"{path}: this is neither a folder nor a JSON Lines file "
        f"({', '.join(SUFFIXES)}). Name the folder that it lies in"
    )


class _Folder:
    """A folder of posts, read by the rules of its generator."""

    def __init__(self, folder: Path, settings: Settings, prefix: str) -> None:
        self._site: Site = site_in(folder, settings)
        self._folder = folder
        self._prefix = prefix
        self._origins = Origins(self._site.name, self._site.own_settings(), prefix, settings)
        self._files = find_files(
            self._site.root,
            enters=self._site.enters,
            wanted=self._site.is_post,
            loses=self._site.loses,
            below=_between(self._site.root, folder),
        )
        if not self._files:
            raise ContentError(
                f"{folder}: no posts found. Looked for {self._site.looked_for}. "
                "Name another folder, or choose other rules with the setting 'generator'"
            )

    @property
    def description(self) -> str:
        return f"{self._site.title} {self._folder}/"

    def __len__(self) -> int:
        return len(self._files)

    def readings(self, known: Mapping[bytes, str]) -> Iterator[Reading]:
        for file in self._files:
            reading = self._read(file, known)
            if reading is not None:
                yield self._prefixed(reading) if self._prefix else reading

    def _read(self, file: FoundFile, known: Mapping[bytes, str]) -> Reading | None:
        try:
            content = self._content(file)
        except Unusable as error:
            place = self._place(file.path)
            return problem(clean(file.path), place, error, withdrawn=False)
        return None if content is None else self._reading(file.path, content, known)

    def _content(self, file: FoundFile) -> bytes | None:
        if clean(file.path) != file.path:
            raise Unusable("The file's name is not UTF-8. Rename it")
        if file.is_folder:
            raise Unusable(
                "This is a link to a folder, which is not followed. Put the folder in its "
                "place, or name it as content too"
            )
        return read_file(self._site.root, file.path)

    def _reading(self, path: str, content: bytes, known: Mapping[bytes, str]) -> Reading | None:
        # Much of a post follows from its path: its address, perhaps its date and title.
        origin = self._origins.of(path.encode() + b"\0" + content)
        if origin in known:
            return Unchanged(path, origin)
        reading = self._site.reading(path, self._place(path), content)
        if isinstance(reading, Post):
            reading.origin = origin
        return reading

    def _place(self, path: str) -> str:
        return clean(str(self._site.root / path))

    def _prefixed(self, reading: Reading) -> Reading:
        if isinstance(reading, Post):
            return replace(reading, id=self._prefix + reading.id)
        return replace(reading, post_id=self._prefix + reading.post_id)


def _between(root: Path, folder: Path) -> str:
    """The folder below the root of its site, empty when it is the root."""
    if root == folder:
        return ""
    return folder.name if folder.parent == root else folder.resolve().name


def _prefixes(paths: Iterable[Path]) -> list[str]:
    """A prefix for the ids of each content: its name."""
    names = [path.resolve().name for path in paths]
    for name, times in Counter(names).items():
        if times > 1:
            raise ContentError(
                f"Two contents are named {name!r}, so that their posts could not be told apart. "
                "Rename one"
            )
    return [f"{name}:" for name in names]
