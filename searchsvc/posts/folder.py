"""Folder: the files of a site → Readings, by the rules of its generator."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import clean
from searchsvc.posts.feeds.opening import FILE_GENERATORS
from searchsvc.posts.files import FoundFile, find_files, read_file
from searchsvc.posts.generators import site_in
from searchsvc.posts.generators.base import Site, problem
from searchsvc.posts.generators.roots import below_root
from searchsvc.posts.origins import Origins
from searchsvc.posts.post import Made, Post, Reading, Unchanged
from searchsvc.posts.surroundings import surroundings
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings


class Folder:
    """A folder of posts."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Look which files there are; none is read yet.

        Raises:
            ContentError: none of them could be a post, or the site's own
                configuration cannot be used.
        """
        if settings.generator in (kind.name for kind in FILE_GENERATORS):
            raise ContentError(
                f"{folder}: this is a folder, and the generator {settings.generator!r} reads a "
                "file. Name that file"
            )
        self._site: Site = site_in(folder, settings)
        self._folder = folder
        self._settings = settings
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
        root = self._site.root
        if self._folder in root.parents:
            return f"{self._site.title} {root}/, found in {self._folder}/"
        return f"{self._site.title} {self._folder}/"

    def place_of(self, post_id: str) -> str:
        return str(self._site.root / post_id)

    def __len__(self) -> int:
        return len(self._files)

    def readings(self, known: Mapping[bytes, Made]) -> Iterator[Reading]:
        for file in self._files:
            reading = self._read(file, known)
            if reading is not None:
                yield reading

    @cached_property
    def _origins(self) -> Origins | None:
        """None where a post cannot be told from what lies around it."""
        if not self._site.is_rereadable:
            return None
        around = surroundings(self._site.root, without=self._settings.index_dir)
        if around is None:
            return None
        return Origins(self._settings, self._site.name, self._site.own_settings(), around)

    def _read(self, file: FoundFile, known: Mapping[bytes, Made]) -> Reading | None:
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

    def _reading(self, path: str, content: bytes, known: Mapping[bytes, Made]) -> Reading | None:
        # Much of a post follows from its path: its address, perhaps its date and title.
        origin = self._origins.of(path.encode() + b"\0" + content) if self._origins else b""
        if origin and (made := known.get(origin)):
            return Unchanged(path, made.url, origin)
        reading = self._site.reading(path, self._place(path), content)
        if isinstance(reading, Post):
            reading.origin = origin
        return reading

    def _place(self, path: str) -> str:
        return clean(str(self._site.root / path))
