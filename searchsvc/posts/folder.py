"""Folder: the files of a site → Readings, by the rules of its generator."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePath, PurePosixPath
from posixpath import join

from searchsvc.errors import ContentError
from searchsvc.posts.feeds.opening import FILE_GENERATORS
from searchsvc.posts.files import FoundFile, find_files
from searchsvc.posts.generators import site_in
from searchsvc.posts.generators.base import Site
from searchsvc.posts.generators.roots import below_root
from searchsvc.posts.gitfiles import Since
from searchsvc.posts.post import Made, Reading, Unchanged
from searchsvc.posts.reading import Reader, surroundings_of
from searchsvc.posts.surroundings import is_foreign, is_surrounding
from searchsvc.posts.unentered import where_posts_may_lie
from searchsvc.posts.workers import MANY_FILES, read_in_workers
from searchsvc.settings import Settings


class Folder:
    """A folder of posts."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        *,
        since: Since | None = None,
        only: str | None = None,
        jobs: int = 1,
    ) -> None:
        """Look which files there are; none is read yet.

        Args:
            since: files that have not changed since then need not be read, if they are known.
            only: a file below the folder, to read no other.
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
        self._since = since
        self._below = below_root(self._site.root, folder)
        self._files = self._found() if only is None else [FoundFile(join(self._below, only))]
        if not self._files:
            elsewhere = where_posts_may_lie(self._site.root, self._below, self._site.enters)
            raise ContentError(
                f"{folder}: no posts found. Looked for {self._site.looked_for}. {elsewhere}"
                "Name another folder, or choose other rules with the setting 'generator'"
            )

    def _found(self) -> list[FoundFile]:
        return find_files(
            self._site.root,
            enters=self._site.enters,
            wanted=self._site.is_post,
            loses=self._site.loses,
            below=self._below,
        )

    def passes_over(self, file: str) -> str:
        """Why no post is looked for in a file below the folder; empty when one is."""
        path = join(self._below, file)
        rules = f"The generator {self._site.name!r}"
        for folder in reversed(PurePosixPath(path).parents[:-1]):
            if (self._site.root / folder).is_symlink():
                return f"{folder}/ is a link, which is not followed"
            if not self._site.enters(str(folder)):
                return f"{rules} does not look into {folder}/"
        if not self._site.is_post(path):
            return f"{rules} does not read {path}. It looks for {self._site.looked_for}"
        return ""

    @property
    def description(self) -> str:
        root = self._site.root
        if self._folder in root.parents:
            return f"{self._site.title} {root}/, found in {self._folder}/"
        return f"{self._site.title} {self._folder}/"

    @property
    def root(self) -> Path:
        """The folder that all of it depends on: that of the site."""
        return self._site.root

    def concerns(self, path: Path) -> bool:
        """Whether something else may be read when a path has changed, come or gone.

        Args:
            path: without links above it, as ``root.resolve()`` is.
        """
        if not path.is_relative_to(self._real_root) or path.is_relative_to(self._index_dir):
            return False
        inside = path.relative_to(self._real_root)
        if is_foreign(inside):
            return False
        return is_surrounding(inside) or self._may_hold_posts(inside, path)

    def _may_hold_posts(self, inside: PurePath, path: Path) -> bool:
        above = inside.as_posix().split("/")[:-1]
        if not all(self._site.enters("/".join(above[: n + 1])) for n in range(len(above))):
            return False
        if self._site.is_post(inside.as_posix()):
            return True
        # What is gone may have been a folder.
        may_be_folder = os.path.isdir(path) or not os.path.lexists(path)  # noqa: PTH112
        return may_be_folder and self._site.enters(inside.as_posix())

    @cached_property
    def _real_root(self) -> Path:
        return self._site.root.resolve()

    @cached_property
    def _index_dir(self) -> Path:
        return self._settings.index_dir.resolve()

    def place_of(self, post_id: str) -> str:
        return str(self._site.root / post_id)

    def __len__(self) -> int:
        return len(self._files)

    def readings(self, known: Mapping[bytes, Made]) -> Iterator[Reading]:
        blobs = self._since.blobs(self._site.root) if self._since and known else {}
        # Reading and digesting is quick, so what has not changed is told apart first, and here.
        unchanged = {file: self._unchanged(file, blobs, known) for file in self._files if known}
        read = self._read([file for file in self._files if not unchanged.get(file)])
        for file in self._files:
            reading = unchanged.get(file) or next(read)
            if reading is not None:
                yield reading

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._site, self._settings, surroundings_of(self._site, self._settings))

    def _unchanged(
        self, file: FoundFile, blobs: Mapping[str, bytes], known: Mapping[bytes, Made]
    ) -> Unchanged | None:
        """A post that is known and whose file has not changed, if git knows so without reading."""
        blob = blobs.get(file.path)
        unread = self._reader.unchanged_blob(file, blob, known) if blob else None
        if unread and self._since:
            self._since.unread += 1
        return unread or self._reader.unchanged(file, known)

    def _read(self, files: Sequence[FoundFile]) -> Iterator[Reading | None]:
        if self._jobs == 1 or len(files) < MANY_FILES:
            return map(self._reader.read, files)
        return read_in_workers(self._reader, files, self._folder, self._settings, jobs=self._jobs)
