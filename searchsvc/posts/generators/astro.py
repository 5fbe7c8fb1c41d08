"""Astro: posts are the entries of its content collections, and pages of Markdown with a date.

What the fields of posts are called, every site decides for itself: the names that most
sites use are known here.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from searchsvc.posts.frontmatter import as_flag
from searchsvc.posts.generators.addresses import filled
from searchsvc.posts.generators.astro_config import (
    NAMES,
    Collection,
    read_astro_config,
)
from searchsvc.posts.generators.astro_routes import id_of_path
from searchsvc.posts.generators.base import NOTHING, Site, language_of
from searchsvc.posts.generators.excerpts import first_paragraph, own_excerpt
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.postfile import MARKDOWN, PostFile, Told, suffix_of
from searchsvc.posts.generators.roots import has_any, overlap, root_above
from searchsvc.posts.markup import plain_title
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings

_DATES = (
    *("pubDate", "pubDatetime", "publishDate", "publishedDate", "publishedAt", "publicationDate"),
    *("datePublished", "published", "date", "createdAt", "created"),
)
# What a field "status" says of posts that are not for readers.
_UNSEEN = frozenset({"draft", "private", "unpublished"})
_PAGES = MARKDOWN | {".mdx"}


class Astro(Site):
    """A site made with Astro."""

    name = "astro"
    title = "Astro site"
    looked_for = "Markdown and MDX files in its content collections, and with a date in src/pages"

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_astro_config(root, needs_address=not settings.site_url)
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return root_above(folder, lambda root: has_any(root, NAMES), _homes_of)

    def own_address(self) -> str:
        return self.config.address

    def enters(self, folder: str) -> bool:
        name = folder.rpartition("/")[2]
        homes = [self.config.pages, *(found.folder for found in self.config.collections)]
        return (
            name != "node_modules"
            and not name.startswith(".")
            and any(overlap(folder, home) for home in homes)
        )

    def is_post(self, path: str) -> bool:
        if suffix_of(path) not in _PAGES:
            return False
        if self._is_page(path):
            return not any(part.startswith("_") for part in self._inner(path).split("/"))
        return self._collection_of(path) is not None

    def is_none(self, file: PostFile) -> bool:
        # A page of Markdown may as well be the imprint.
        return self._is_page(file.path) and self.date_of(file).value is None

    def hidden(self, file: PostFile) -> str:
        if as_flag(file.fields.text("publish") or "") is False:
            return "unpublished"
        marks = {"isDraft": "draft", "unlisted": "unlisted", "hidden": "hidden"}
        if str(file.fields.values.get("status")).lower() in _UNSEEN:
            return "draft"
        marked = (reason for key, reason in marks.items() if file.fields.says_something(key))
        return super().hidden(file) or next(marked, "")

    def title_of(self, file: PostFile) -> Told[str]:
        if own := plain_title(file.fields.text("title") or ""):
            return Told(own, "front matter: title")
        if heading := file.page.heading:
            return Told(heading, "first heading of the body")
        raise Unusable("There is no title. Write one into the front matter: title: …")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        for key in _DATES:
            # published may be a yes or no as well.
            is_flag = key == "published" and as_flag(file.fields.text(key) or "") is not None
            if not is_flag and (own := file.fields.date(self.zone, key)):
                return Told(own, f"front matter: {key}")
        return NOTHING

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        return NOTHING

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        return _values(file.fields, "categories", "category")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        found = _values(file.fields, "tags", "tag")
        return found if found.value else _values(file.fields, "keywords")

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:  # noqa: ARG002
        if self._is_page(file.path):
            path = f"/{self._inner(file.path)}".removesuffix("/index")
            return Told(path + (self.config.ending if path else "/"), "path of the page")
        found = self._collection_of(file.path)
        assert found is not None, "is_post lets no other file pass"
        own, inner = file.fields.text("slug"), self._inner(file.path)
        identity = own or id_of_path(inner)
        if template := self.settings.url_template:
            folder = f"{found.name}/{identity}".rpartition("/")[0]
            slug = identity.rpartition("/")[2]
            url = filled(template, path=identity, folder=folder, slug=slug, date=date)
            return Told(url, "setting url_template")
        if found.route is None or not found.has_usual_ids:
            raise Unusable(
                f"Where the posts of the collection {found.name} live is not said plainly by a "
                "page in src/pages. Say it with the setting url_template, such as "
                f"/{found.name}/{{path}}/"
            )
        rule = "front matter: slug" if own else f"page for {found.route}"
        return Told(found.route.replace("{id}", identity).rstrip("/") + self.config.ending, rule)

    def excerpt_of(self, file: PostFile) -> Told[str]:
        return own_excerpt(file, "excerpt", "description", "summary") or first_paragraph(file)

    def lang_of(self, file: PostFile) -> Told[str | None]:
        own = super().lang_of(file)
        folder = self._inner(file.path).partition("/")[0]
        if own.value:
            return own
        if folder in self.config.locales:
            return Told(language_of(folder), "folder of a language")
        return self.lang_of_site(self.config.default_locale, "astro.config: i18n.defaultLocale")

    # Where things are

    def _is_page(self, path: str) -> bool:
        return path.startswith(f"{self.config.pages}/")

    def _collection_of(self, path: str) -> Collection | None:
        for found in self.config.collections:
            home = f"{found.folder}/" if found.folder else ""
            if path.startswith(home) and found.files.take(path.removeprefix(home)):
                return found
        return None

    def _inner(self, path: str) -> str:
        """A path below the pages or the collection, without its suffix."""
        found = None if self._is_page(path) else self._collection_of(path)
        home = found.folder if found else self.config.pages
        return path.removeprefix(f"{home}/").removesuffix(path[-len(suffix_of(path)) :])


def _values(fields: Fields, *names: str) -> Told[Sequence[str]]:
    found = [
        value for name in names for value in fields.strings(name, lambda text: text.split(","))
    ]
    return Told(found, f"front matter: {', '.join(names)}" if found else "")


def _homes_of(root: Path) -> Iterator[str]:
    config = read_astro_config(root, needs_address=False)
    yield config.pages
    yield from (found.folder for found in config.collections)
