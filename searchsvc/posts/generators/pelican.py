"""Pelican: articles are Markdown, reStructuredText and HTML files with a title and a date.

Sources: Pelican's documentation (Writing content, Settings) and ``readers.py``, ``contents.py``,
``generators.py`` and ``settings.py`` of Pelican 4.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from zoneinfo import ZoneInfo

from searchsvc.posts.frontmatter import FrontMatter, read_front_matter
from searchsvc.posts.generators.addresses import filled
from searchsvc.posts.generators.base import NOTHING, Site, language_of, zone_named
from searchsvc.posts.generators.excerpts import excerpt_before, first_paragraph, own_excerpt
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.pelican_config import (
    CONFIG_NAMES,
    address_of_site,
    read_pelican_config,
)
from searchsvc.posts.generators.pelican_dates import instant_of
from searchsvc.posts.generators.pelican_headers import (
    ends_early,
    html_with_meta,
    markdown_with_headers,
    rst_with_fields,
    shows_status,
)
from searchsvc.posts.generators.pelican_metadata import Given, metadata_of
from searchsvc.posts.generators.pelican_urls import in_pattern
from searchsvc.posts.generators.postfile import HTML, PostFile, Told, suffix_of
from searchsvc.posts.generators.roots import has_any, is_within, root_above
from searchsvc.posts.markup import plain_title, shorten
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings

# As they are written: Pelican looks at the case.
_SUFFIXES = (".md", ".markdown", ".mkd", ".mdown", ".rst", ".html", ".htm")
_STATUSES = {"draft": "draft", "hidden": "unlisted", "skip": "skipped", "published": ""}
_END_OF_SUMMARY = re.compile(r"<!--\s*PELICAN_END_SUMMARY\s*-->")


class Pelican(Site):
    """A folder with a ``pelicanconf.py``, or the content of one."""

    name = "pelican"
    title = "Pelican site"
    looked_for = "articles (.md, .rst, .html) in the folder that PATH of pelicanconf.py names"

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config, self._python = read_pelican_config(root)
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return root_above(
            folder,
            lambda root: has_any(root, CONFIG_NAMES),
            lambda root: [read_pelican_config(root)[0].content],
        )

    @property
    def is_rereadable(self) -> bool:
        return self.config.default_date != "fs"

    def own_timezone(self) -> str:
        name = self._python.text("TIMEZONE")
        return zone_named(name, self.config.place).key if name else ""

    def own_address(self) -> str:
        return address_of_site(self._python)

    # Which files

    def enters(self, folder: str) -> bool:
        if is_within(self.config.content, folder):
            return True
        path = self._below_content(folder)
        if path is None or path in self.config.excluded or folder == self.config.not_below_root:
            return False
        holds = any(is_within(articles, path) for articles in self.config.articles)
        return (holds or self._has_articles(path)) and not self._is_ignored(path)

    def is_post(self, path: str) -> bool:
        inner = self._below_content(path)
        if inner is None or not inner.endswith(_SUFFIXES) or suffix_of(path) in self.config.unread:
            return False
        return self._has_articles(inner) and not self._is_ignored(inner)

    def _below_content(self, path: str) -> str | None:
        content = self.config.content
        if not content:
            return path
        return path.removeprefix(f"{content}/") if path.startswith(f"{content}/") else None

    def _has_articles(self, path: str) -> bool:
        paths = self.config.articles
        return any(is_within(path, inner) for inner in paths)

    def _is_ignored(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        patterns = self.config.ignored
        return name.startswith(".") or any(fnmatchcase(name, pattern) for pattern in patterns)

    # What a file says

    def front_matter(self, path: str, content: bytes) -> FrontMatter:
        suffix = suffix_of(path)
        if suffix in HTML:
            return html_with_meta(content)
        if suffix == ".rst":
            return rst_with_fields(content)
        if self.config.yaml or (self.config.yaml is None and ends_early(content)):
            return read_front_matter(content)
        return markdown_with_headers(content)

    def is_withdrawn(self, content: bytes) -> bool:
        return shows_status(content)

    def fields(self, path: str, front: FrontMatter) -> Fields:
        own = Fields.without_case(front)
        return own.over({key: told.value for key, told in self._given(path).items()})

    def _given(self, path: str) -> Given:
        """What the site says of a file, key by key, each with its rule."""
        return metadata_of(self._below_content(path) or path, self.config)

    def _rule(self, file: PostFile, key: str) -> str:
        if any(name.lower() == key for name in file.front.metadata):
            return f"header: {key.capitalize()}"
        given = self._given(file.path)
        return given[key].rule if key in given else ""

    def hidden(self, file: PostFile) -> str:
        status = (file.fields.text("status") or "published").lower()
        if status not in _STATUSES:
            raise file.fields.complaint("status", f"Write one of {', '.join(_STATUSES)}")
        return _STATUSES[status]

    def is_none(self, file: PostFile) -> bool:
        says = file.fields.says_something
        return file.suffix in HTML and not (says("title") and self._has_date(file))

    def _has_date(self, file: PostFile) -> bool:
        return file.fields.says_something("date") or self.config.default_date == "fs"

    def title_of(self, file: PostFile) -> Told[str]:
        if title := plain_title(file.fields.text("title") or ""):
            return Told(title, self._rule(file, "title"))
        raise Unusable("There is no title. Write one into the header: Title: …")

    def date_of(self, file: PostFile) -> Told[datetime]:
        """In the zone that the author wrote, as Pelican leaves it; else in that of the site."""
        zone = self._zone_of(file)
        if text := file.fields.text("date"):
            try:
                return Told(instant_of(text, zone), self._rule(file, "date"))
            except ValueError as error:
                raise file.fields.complaint("date", str(error)) from error
        if self.config.default_date == "fs":
            seconds = (self.root / file.path).stat().st_mtime
            return Told(datetime.fromtimestamp(seconds, zone), "DEFAULT_DATE: time of the file")
        raise Unusable(
            "There is no date, and Pelican publishes no article without one. "
            "Write one into the header: Date: YYYY-MM-DD"
        )

    def _zone_of(self, file: PostFile) -> ZoneInfo:
        name = file.fields.text("timezone")
        try:
            return ZoneInfo(name) if name else self.zone
        except (KeyError, ValueError, OSError) as error:
            raise file.fields.complaint("timezone", "There is no such time zone") from error

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        return NOTHING if self.config.future else date

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:
        for key in ("url", "save_as"):
            if own := file.fields.text(key):
                return Told(own, self._rule(file, key))
        path = self._below_content(file.path) or file.path
        if template := self.settings.url_template:
            bare, folder = path.removesuffix(file.suffix), path.rpartition("/")[0]
            url = filled(template, path=bare, folder=folder, slug=self._slug(file), date=date)
            return Told(url, "setting url_template")
        name, pattern = self._pattern(file)
        values = {
            **{key: text for key, text in file.fields.values.items() if isinstance(text, str)},
            "path": path,
            "slug": self._slug(file),
            "lang": file.fields.text("lang") or self.config.lang or "en",
            "author": self._author(file),
            "category": self.config.category_slugs.slug_of(categories[0]) if categories else "",
        }
        return Told(in_pattern(pattern, values, date), f"{self.config.name}: {name}")

    def _pattern(self, file: PostFile) -> tuple[str, str]:
        """The setting that gives the address, and its value."""
        site = self.config.lang or "en"
        other = (file.fields.text("lang") or site) != site
        kind, default = ("_LANG", "{slug}-{lang}.html") if other else ("", "{slug}.html")
        for name in (f"ARTICLE{kind}_URL", f"ARTICLE{kind}_SAVE_AS"):
            if own := self._python.text(name):
                return name, own
        return f"ARTICLE{kind}_URL", default

    def _slug(self, file: PostFile) -> str:
        if own := file.fields.text("slug"):
            return own
        title = file.fields.text("title") if self.config.slug_from_title else file.name
        return self.config.slugs.slug_of(title or "")

    def _author(self, file: PostFile) -> str:
        names = file.fields.text("author") or _listed(file.fields.text("authors") or "")[:1]
        name = names if isinstance(names, str) else "".join(names)
        return self.config.author_slugs.slug_of(name or self.config.author)

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        category = file.fields.strings("category", lambda text: [text])[:1]
        return Told(category, self._rule(file, "category") if category else "")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        tags = file.fields.strings("tags", _listed)
        return Told(tags, self._rule(file, "tags") if tags else "")

    def excerpt_of(self, file: PostFile) -> Told[str]:
        own = own_excerpt(file, "summary") or excerpt_before(file, _END_OF_SUMMARY)
        limit = self.config.summary_words
        if own or limit == 0 or self.config.summary_is_paragraph:
            return own or first_paragraph(file)
        words = file.page.text.split()
        cut = " ".join(words[:limit]) + ("…" if limit and len(words) > limit else "")
        return Told(shorten(cut), f"first {limit} words of the body" if limit else "body")

    def lang_of(self, file: PostFile) -> Told[str | None]:
        if own := language_of(file.fields.text("lang")):
            return Told(own, self._rule(file, "lang"))
        return self.lang_of_site(self.config.lang, f"{self.config.name}: DEFAULT_LANG")


def _listed(text: str) -> list[str]:
    """Cut at semicolons where there are some, else at commas."""
    return [value for part in text.split(";" if ";" in text else ",") if (value := part.strip())]
