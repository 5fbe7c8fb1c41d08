"""Reading: the files of one site → Readings, with what stands for each (``posts.origins``)."""

import os
from collections.abc import Mapping

from searchsvc.posts.encoding import clean
from searchsvc.posts.files import FoundFile, read_file
from searchsvc.posts.generators.base import Site, problem
from searchsvc.posts.gitfiles import blob_id
from searchsvc.posts.origins import Origins
from searchsvc.posts.post import Made, Post, Reading, Unchanged
from searchsvc.posts.surroundings import surroundings
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings


def surroundings_of(site: Site, settings: Settings) -> bytes | None:
    """A digest of what posts depend on besides their files; None where it cannot be told."""
    if not site.is_rereadable:
        return None
    return surroundings(site.root, without=settings.index_dir)


class Reader:
    """Reads files of a site, each by itself.

    Attributes:
        around: what ``surroundings_of`` tells of the site.
    """

    def __init__(self, site: Site, settings: Settings, around: bytes | None) -> None:
        self.site = site
        self.around = around
        self._origins = (
            None if around is None else Origins(settings, site.name, site.own_settings(), around)
        )

    def unchanged(self, file: FoundFile, known: Mapping[bytes, Made]) -> Unchanged | None:
        """What stands for a file of which the same post would be made as before, if it is so."""
        if self._origins is None:
            return None
        try:
            content = self._content(file)
        except Unusable:
            return None
        return None if content is None else self.unchanged_blob(file, blob_id(content), known)

    def unchanged_blob(
        self, file: FoundFile, blob: bytes, known: Mapping[bytes, Made]
    ) -> Unchanged | None:
        """The same, of a file whose bytes have this digest (``gitfiles.blob_id``)."""
        origin = self._origin(file.path, blob)
        made = known.get(origin) if origin else None
        return Unchanged(file.path, made.url, origin) if made else None

    def read(self, file: FoundFile) -> Reading | None:
        """What a file holds; None when it is no post, or has vanished."""
        place = clean(str(self.site.root / file.path))
        try:
            content = self._content(file)
        except Unusable as error:
            return problem(clean(file.path), place, error, withdrawn=False)
        if content is None:
            return None
        reading = self.site.reading(file.path, place, content)
        if isinstance(reading, Post):
            reading.origin = self._origin(file.path, blob_id(content))
        return reading

    def _content(self, file: FoundFile) -> bytes | None:
        if clean(file.path) != file.path:
            raise Unusable("The file's name is not UTF-8. Rename it")
        if file.is_folder:
            raise Unusable(
                "This is a link to a folder, which is not followed. Put the folder in its "
                "place, or name it as content too"
            )
        return read_file(self.site.root, file.path)

    def _origin(self, path: str, blob: bytes) -> bytes:
        # Much of a post follows from its path: its address, perhaps its date and title.
        return self._origins.of(os.fsencode(path) + b"\0" + blob) if self._origins else b""
