"""Zola: posts are the pages in ``content``; a page that lies at its top needs a date to be one.

After Zola's documentation (Page, Section, Multilingual sites, Taxonomies) and, of its source,
``page.rs``, ``file_info.rs``, ``front_matter/`` and ``site/src/lib.rs``.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from searchsvc.posts.dates import parse_date
from searchsvc.posts.frontmatter import as_flag
from searchsvc.posts.generators.addresses import escaped, filled
from searchsvc.posts.generators.base import NOTHING, Site, language_of
from searchsvc.posts.generators.excerpts import (
    MORE,
    excerpt_before,
    first_paragraph,
    own_excerpt,
)
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.globs import covers
from searchsvc.posts.generators.postfile import PostFile, Told
from searchsvc.posts.generators.roots import is_within, root_above
from searchsvc.posts.generators.zola_config import is_zola, read_zola_config
from searchsvc.posts.generators.zola_sections import Sections
from searchsvc.posts.generators.zola_urls import Named, named, slug_for_path
from searchsvc.posts.markup import plain_title
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings

_CONTENT = "content"
_CATEGORIES = ("categories", "category")


class Zola(Site):
    """A Zola site."""

    name = "zola"
    title = "Zola site"
    looked_for = "Markdown files (.md) in content, except _index.md"

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_zola_config(root)
        self._sections = Sections(root, self.config.other_languages)
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return root_above(folder, is_zola, lambda _: [_CONTENT])

    def own_address(self) -> str:
        return self.config.address

    # Which files

    def enters(self, folder: str) -> bool:
        return is_within(folder, _CONTENT) and not folder.endswith("/.git")

    def is_post(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        if not path.startswith(f"{_CONTENT}/") or not name.endswith(".md"):
            return False
        return not name.startswith((".", "_index.")) and not self._is_ignored(path)

    def _is_ignored(self, path: str) -> bool:
        return covers(self.config.ignored, f"/{path}", crossing=True)

    def is_none(self, file: PostFile) -> bool:
        """Whether it is a page like "About": at the top, and without a date."""
        name = self._named(file)
        has_date = "date" in file.front.metadata or name.date
        return name.is_home or not (name.folders or has_date)

    # What a file says

    def _named(self, file: PostFile) -> Named:
        path = file.path.removeprefix(f"{_CONTENT}/")
        return named(path, self.config.language, self.config.other_languages)

    def hidden(self, file: PostFile) -> str:
        name = self._named(file)
        section = "/".join((_CONTENT, *name.folders))
        if self._sections.is_draft(section):
            return "draft"
        if as_flag(file.fields.text("render") or "") is False:
            return "not rendered"
        in_index = as_flag(file.fields.text("in_search_index") or "") is not False
        if not in_index or not self._sections.is_searched(section, name.lang):
            return "not indexed"
        return super().hidden(file)

    def title_of(self, file: PostFile) -> Told[str]:
        if title := plain_title(file.fields.text("title") or ""):
            return Told(title, "front matter: title")
        if heading := file.page.heading:
            return Told(heading, "first heading of the body")
        raise Unusable("There is no title. Write one into the front matter: title = …")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        if own := file.fields.date(
            self.zone, "date", unzoned=UTC, as_written=not self.settings.timezone
        ):
            return Told(own, "front matter: date")
        in_name = self._named(file).date
        if not in_name:
            return NOTHING
        try:
            date = parse_date(
                in_name, self.zone, unzoned=UTC, as_written=not self.settings.timezone
            )
        except ValueError:
            # 2024-02-30 is a name.
            return NOTHING
        return Told(date, "name of the file")

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        # Zola publishes what is dated in the future at once.
        return NOTHING

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        return self._terms(file, categories=True)

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        """The terms of all taxonomies but that of categories, whatever the site calls them."""
        return self._terms(file, categories=False)

    def _terms(self, file: PostFile, *, categories: bool) -> Told[Sequence[str]]:
        inner = file.fields.values.get("taxonomies")
        taxonomies = Fields(inner if isinstance(inner, dict) else {}, file.fields.lines)
        names = [name for name in taxonomies.values if (name in _CATEGORIES) is categories]
        # Tags before the rest, such as series.
        names.sort(key=lambda name: name != "tags")
        found = [term for name in names for term in taxonomies.strings(name, _one)]
        return Told(found, f"front matter: taxonomies {', '.join(names)}" if found else "")

    def excerpt_of(self, file: PostFile) -> Told[str]:
        return (
            excerpt_before(file, MORE) or own_excerpt(file, "description") or first_paragraph(file)
        )

    def lang_of(self, file: PostFile) -> Told[str | None]:
        if not self.config.other_languages:
            return self.lang_of_site(self.config.lang, "config.toml: default_language")
        return Told(language_of(self._named(file).lang), "name of the file")

    # Where it lives

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:  # noqa: ARG002
        if own := file.fields.text("path"):
            return Told(_with_slashes(own), "front matter: path")
        name = self._named(file)
        slug, rule = self._slug(file, name)
        folder = "/".join(name.folders)
        path = f"{folder}/{slug}".lstrip("/")
        if template := self.settings.url_template:
            url = filled(template, path=path, folder=folder, slug=slug, date=date)
            return Told(url, "setting url_template")
        prefix = "" if name.lang == self.config.language else f"{name.lang}/"
        return Told(_with_slashes(escaped(prefix + path)), rule)

    def _slug(self, file: PostFile, name: Named) -> tuple[str, str]:
        if own := file.fields.text("slug"):
            return slug_for_path(own, self.config.slugs), "front matter: slug"
        text = name.name if self.config.keeps_dates else name.undated()
        return slug_for_path(text, self.config.slugs), "path of the file"


def _one(text: str) -> list[str]:
    return [text]


def _with_slashes(path: str) -> str:
    return f"/{path.strip().strip('/')}/"
