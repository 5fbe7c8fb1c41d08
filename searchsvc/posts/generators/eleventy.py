"""Eleventy: posts are pages with a date, in a collection, or in a folder that is called so.

Eleventy itself knows pages only, and collections. What is a post is decided in ``eleventy_posts``.
Sources: Eleventy's documentation (Collections, Dates, Permalinks, Data Cascade) and, of Eleventy 3,
``Template.js``, ``TemplateData.js`` and ``EleventyFiles.js``.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from searchsvc.posts.dates import parse_date
from searchsvc.posts.fences import ELEVENTY
from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.addresses import filled
from searchsvc.posts.generators.base import NOTHING, Site, language_of
from searchsvc.posts.generators.eleventy_config import is_eleventy, read_eleventy_config
from searchsvc.posts.generators.eleventy_data import Cascade, listed, merged, resolved
from searchsvc.posts.generators.eleventy_posts import DAY, NO_TOPICS, inner_path, is_post, topics
from searchsvc.posts.generators.eleventy_urls import (
    Piece,
    address_of,
    built,
    default_address,
    filled_in,
    leaves_address,
    slug_of,
    undated,
)
from searchsvc.posts.generators.excerpts import (
    MORE,
    excerpt_before,
    first_paragraph,
    own_excerpt,
)
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.globs import covers
from searchsvc.posts.generators.postfile import PostFile, Told, suffix_of
from searchsvc.posts.generators.roots import root_above
from searchsvc.posts.markup import plain_title
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings

_SUFFIXES = frozenset({".md", ".markdown", ".html", ".njk", ".liquid", ".webc"})
_FROM_THE_SYSTEM = frozenset({"last modified", "created", "git last modified", "git created"})
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,4})?")


class Eleventy(Site):
    """An Eleventy site."""

    name = "eleventy"
    title = "Eleventy site"
    looked_for = "Markdown files (.md) in the folder of the contents, as dir.input names it"
    formats = ELEVENTY

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_eleventy_config(root)
        self.cascade = Cascade(root, self.config)
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return root_above(folder, is_eleventy, lambda root: [read_eleventy_config(root).input])

    def own_address(self) -> str:
        url, prefix = self.cascade.address, self.config.path_prefix
        return f"{url}/{prefix}" if prefix and not url.endswith(f"/{prefix}") else url

    # Which files

    def enters(self, folder: str) -> bool:
        name, home = folder.rpartition("/")[2], self.config.input
        if name == "node_modules" or name.startswith(".") or folder in self.config.not_read:
            return False
        return f"{home}/".startswith(f"{folder}/") or self._is_content(folder)

    def is_post(self, path: str) -> bool:
        suffix = suffix_of(path)
        is_page = suffix in _SUFFIXES and suffix[1:] in self.config.formats
        return is_page and self._is_content(path)

    def _is_content(self, path: str) -> bool:
        home = self.config.input
        inside = not home or path.startswith(f"{home}/")
        return inside and not covers(self.config.ignored, path)

    def is_none(self, file: PostFile) -> bool:
        return not is_post(self.config, file, self._collections(file))

    # What a file says

    def fields(self, path: str, front: FrontMatter) -> Fields:
        folder, name = path.rpartition("/")[0], path.rpartition("/")[2]
        name = name[: len(name) - len(suffix_of(path))]
        data = merged(
            self.cascade.of_all,
            self.cascade.of_folder(folder),
            self.cascade.of_file(folder, name),
            listed(front.metadata),
        )
        return Fields(resolved(data), front.lines, front.quoted)

    def hidden(self, file: PostFile) -> str:
        if self.is_none(file):
            return ""
        if _is_false(built(file.fields.values.get("permalink", ""))):
            return "not rendered"
        if _is_true(file.fields.values.get("eleventyExcludeFromCollections", "")):
            return "unlisted"
        return super().hidden(file)

    def title_of(self, file: PostFile) -> Told[str]:
        if title := plain_title(file.fields.text("title") or ""):
            return Told(title, _said_by(file, "title"))
        if heading := file.page.heading:
            return Told(heading, "first heading of the body")
        raise Unusable("There is no title. Write one into the front matter: title: …")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        text = file.fields.text("date") or ""
        if text.lower() in _FROM_THE_SYSTEM:
            return Told(None, f"date: {text}, which is not looked up")
        if own := file.fields.date(self.zone, "date", unzoned=UTC):
            return Told(own, _said_by(file, "date"))
        in_path = DAY.search(file.path)
        try:
            return Told(parse_date(in_path[0], self.zone), "path") if in_path else NOTHING
        except ValueError:
            # 2024-99-99 is a name.
            return NOTHING

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        # Eleventy publishes what is dated in the future at once.
        return NOTHING

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        """The key of the post, else the collections of its folder that say more than "post"."""
        for key in ("categories", "category"):
            if own := file.fields.strings(key, lambda text: [text]):
                return Told(own, _said_by(file, key))
        found = [name for name in self._collections(file) if name.lower() not in NO_TOPICS]
        return Told(found, "directory data: tags" if found else "")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        found = topics(file.fields, self._collections(file))
        return Told(found, _said_by(file, "tags") if found else "")

    def excerpt_of(self, file: PostFile) -> Told[str]:
        separator = self.config.excerpt_separator
        marked = excerpt_before(file, re.compile(re.escape(separator))) if separator else None
        return (
            own_excerpt(file, "excerpt", "summary")
            or marked
            or own_excerpt(file, "description")
            or excerpt_before(file, MORE)
            or first_paragraph(file)
        )

    def lang_of(self, file: PostFile) -> Told[str | None]:
        if own := language_of(file.fields.text("lang", "locale", "language")):
            return Told(own, "lang")
        first = inner_path(self.config, file.path).partition("/")[0]
        if self.config.has_languages and _LANGUAGE.fullmatch(first):
            return Told(language_of(first), "path")
        return NOTHING

    def _collections(self, file: PostFile) -> list[str]:
        """The tags that the folder of a file gives it."""
        return Fields(self.cascade.of_folder(file.folder)).strings("tags", str.split)

    # Where it lives

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:  # noqa: ARG002
        permalink = built(file.fields.values.get("permalink", ""))
        template = self.settings.url_template
        is_own = "permalink" in file.front.metadata
        if permalink and not leaves_address(permalink) and (is_own or not template):
            link = self._filled_in(file, permalink, date)
            if link is not None and not self.config.moves_urls:
                return Told(address_of(link), _said_by(file, "permalink"))
            if not template:
                raise _unknown(file, permalink)
        folder = inner_path(self.config, file.path).rpartition("/")[0]
        if template:
            return Told(self._by_template(file, folder, date), "setting url_template")
        if self.config.moves_urls:
            raise _unknown(file, "addUrlTransform")
        return Told(default_address(folder, file.name), "path of the file")

    def _by_template(self, file: PostFile, folder: str, date: datetime | None) -> str:
        path = default_address(folder, file.name)
        slug = slug_of(folder, file.name)
        return filled(self.settings.url_template, path=path, folder=folder, slug=slug, date=date)

    def _filled_in(self, file: PostFile, permalink: Value, date: datetime | None) -> str | None:
        if not isinstance(permalink, str):
            return None
        if _is_false(file.fields.values.get("dynamicPermalink", "")):
            return permalink
        return filled_in(permalink, self._values(file, date), self.config.own_filters)

    def _values(self, file: PostFile, date: datetime | None) -> Mapping[str, Piece]:
        folder = inner_path(self.config, file.path).rpartition("/")[0]
        stem = f"{folder}/{undated(file.name)}".lstrip("/")
        plain = {key: text for key, text in file.fields.values.items() if isinstance(text, str)}
        pages: dict[str, Piece] = {
            "page.fileSlug": slug_of(folder, file.name),
            "page.filePathStem": f"/{stem}",
        }
        dates: dict[str, Piece] = {"page.date": date, "date": date} if date else {}
        return {**plain, **pages, **dates}


def _is_false(value: Value) -> bool:
    return isinstance(value, str) and value.strip().lower() == "false"


def _is_true(value: Value) -> bool:
    return isinstance(value, str) and value.strip().lower() == "true"


def _said_by(file: PostFile, key: str) -> str:
    return f"front matter: {key}" if key in file.front.metadata else f"data files: {key}"


def _unknown(file: PostFile, said: Value) -> Unusable:
    return Unusable(
        f"Its address is made by {shown(said)}, which only Eleventy can run. Set url_template, "
        "such as /blog/{slug}/, or write the address into the front matter: permalink: …",
        file.fields.lines.get("permalink"),
    )
