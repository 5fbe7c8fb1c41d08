"""Folder: the files of a site → Readings, by the rules of its generator."""

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePath, PurePosixPath
from posixpath import join

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import clean
from searchsvc.posts.feeds.opening import FILE_GENERATORS
from searchsvc.posts.files import FoundFile, find_files, read_file
from searchsvc.posts.generators import site_in
from searchsvc.posts.generators.base import Site, problem
from searchsvc.posts.generators.roots import below_root
from searchsvc.posts.gitfiles import Since, blob_id
from searchsvc.posts.origins import Origins
from searchsvc.posts.post import Made, Post, Reading, Unchanged
from searchsvc.posts.surroundings import is_foreign, is_surrounding, surroundings
from searchsvc.posts.unentered import where_posts_may_lie
from searchsvc.posts.unusable import Unusable
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
    ) -> None:
        """Look which files there are; none is read yet.

        Args:
            since: files that have not changed since then need not be read, if they are known.
            only: a file below the folder, to read no other.

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
        may_be_folder = os.path.isdir(path) or not os.path.lexists(path)  # noqa: PTH112 (as it never raises)
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
        for file in self._files:
            reading = self._unread(file.path, blobs, known) or self._read(file, known)
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

    def _unread(
        self, path: str, blobs: Mapping[str, bytes], known: Mapping[bytes, Made]
    ) -> Unchanged | None:
        """A post that is known and whose file has not changed, as far as git knows."""
        blob = blobs.get(path)
        origin = self._origin(path, blob) if blob else b""
        made = known.get(origin)
        if made is None or self._since is None:
            return None
        self._since.unread += 1
        return Unchanged(path, made.url, origin)

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
        origin = self._origin(path, blob_id(content))
        if origin and (made := known.get(origin)):
            return Unchanged(path, made.url, origin)
        reading = self._site.reading(path, self._place(path), content)
        if isinstance(reading, Post):
            reading.origin = origin
        return reading

    def _origin(self, path: str, blob: bytes) -> bytes:
        # Much of a post follows from its path: its address, perhaps its date and title.
        return self._origins.of(os.fsencode(path) + b"\0" + blob) if self._origins else b""

    def _place(self, path: str) -> str:
        return clean(str(self._site.root / path))
