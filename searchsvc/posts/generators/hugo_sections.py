"""The sections of a Hugo site: what their ``_index.md`` says to the pages below them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from searchsvc.posts.files import read_file
from searchsvc.posts.frontmatter import read_front_matter
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.hugo_org import FORMATS
from searchsvc.posts.generators.hugo_targets import Cascade, cascades_of, with_params
from searchsvc.posts.generators.hugo_tree import Place, Tree, page_path
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable


@dataclass(frozen=True, slots=True)
class Section:
    """What the ``_index.md`` of a folder says.

    Attributes:
        fields: its own front matter.
        cascades: what it gives the pages below it.
        trouble: why it cannot be read, though it seems to give them something.
    """

    fields: Fields
    cascades: tuple[Cascade, ...] = ()
    trouble: str = ""


class Sections:
    """The sections of a site, each read when first asked for."""

    def __init__(self, root: Path, tree: Tree, cascade: Value | None) -> None:
        """Take the ``cascade`` of the site's configuration, which is the farthest of all."""
        self._root = root
        self._tree = tree
        self._of_site = tuple(cascades_of(cascade))
        self._at = cache(self._read)

    def cascade(self, place: Place) -> Mapping[str, Value]:
        """What sections and site give a page; the nearest one that has a name counts.

        Raises:
            Unusable: a section that might give something cannot be read.
        """
        return self._given(place.folder, place.path, "page", place.language.name)

    def folders(self, place: Place) -> list[str]:
        """The sections that a page stands in: the top folder, and those with an ``_index.md``."""
        above = list(_down_to(place.folder))
        return [
            folder
            for folder in above
            if "/" not in folder or self._at(folder, place.language.name) is not None
        ]

    def field(self, folder: str, language: str, name: str) -> str:
        """A text that the ``_index.md`` of a folder has, or is given; "" without one."""
        section = self._at(folder, language)
        if section is None:
            return ""
        given = self._given(folder, page_path(folder), "section", language)
        return section.fields.over(given).text(name) or ""

    def _given(self, folder: str, path: str, kind: str, language: str) -> Mapping[str, Value]:
        found: dict[str, Value] = {}
        for cascade in self._cascades(folder, language):
            if cascade.target.covers(path, kind, language):
                found = {**cascade.values, **found}
        return found

    def _cascades(self, folder: str, language: str) -> Iterator[Cascade]:
        """From the nearest section to the site."""
        for above in ("", *_down_to(folder))[::-1]:
            if section := self._at(above, language):
                if section.trouble:
                    raise Unusable(section.trouble)
                yield from section.cascades
        yield from self._of_site

    def _read(self, folder: str, language: str) -> Section | None:
        path = next(self._tree.branch_files(folder, language), None)
        if path is None:
            return None
        content = b"cascade"
        try:
            content = read_file(self._root, path) or b""
            fields = Fields.without_case(read_front_matter(content, FORMATS))
        except Unusable as error:
            place = f"{self._root / path}:{error.line or 1}"
            trouble = f"{place}: {error}. What it gives to this page cannot be known before"
            return Section(Fields({}), trouble=trouble if b"cascade" in content.lower() else "")
        values = with_params(fields.values)
        return Section(replace(fields, values=values), tuple(cascades_of(values.get("cascade"))))


def _down_to(folder: str) -> Iterator[str]:
    """``a``, ``a/b``, ``a/b/c`` for a/b/c."""
    parts = folder.split("/") if folder else []
    for count in range(1, len(parts) + 1):
        yield "/".join(parts[:count])
