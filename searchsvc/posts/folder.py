"""Folder: the files of a site → Readings, by the rules of its generator."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.feeds.opening import FILE_GENERATORS
from searchsvc.posts.files import FoundFile, find_files
from searchsvc.posts.generators import site_in
from searchsvc.posts.generators.base import Site
from searchsvc.posts.generators.roots import below_root
from searchsvc.posts.post import Made, Reading
from searchsvc.posts.reading import Reader, surroundings_of
from searchsvc.posts.workers import MANY_FILES, read_in_workers
from searchsvc.settings import Settings


class Folder:
    """A folder of posts."""

    def __init__(self, folder: Path, settings: Settings, *, jobs: int = 1) -> None:
        """Look which files there are; none is read yet.

        Args:
            jobs: how many processes read them when they are many.

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
        self._jobs = jobs
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
        return f"{self._site.title} {self._folder}/"

    def place_of(self, post_id: str) -> str:
        return str(self._site.root / post_id)

    def __len__(self) -> int:
        return len(self._files)

    def readings(self, known: Mapping[bytes, Made]) -> Iterator[Reading]:
        reader = self._reader
        # Reading and digesting is quick, so what has not changed is told apart first, and here.
        unchanged = {file: reader.unchanged(file, known) for file in self._files if known}
        to_read = [file for file in self._files if not unchanged.get(file)]
        read = self._read(to_read)
        for file in self._files:
            reading = unchanged.get(file) or next(read)
            if reading is not None:
                yield reading

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._site, self._settings, surroundings_of(self._site, self._settings))

    def _read(self, files: Sequence[FoundFile]) -> Iterator[Reading | None]:
        if self._jobs == 1 or len(files) < MANY_FILES:
            return map(self._reader.read, files)
        return read_in_workers(self._reader, files, self._folder, self._settings, jobs=self._jobs)
