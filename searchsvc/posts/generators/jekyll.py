"""Jekyll: posts are what lies in ``_posts`` under a name with a date.

Sources: Jekyll's documentation (Posts, Permalinks, Front Matter, Front Matter
Defaults) and ``document.rb``, ``utils.rb``, ``url_drop.rb`` of Jekyll 4.
"""

import os
import re
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from searchsvc.documents import distinct
from searchsvc.posts.dates import in_utc, parse_date
from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.base import (
    HTML,
    MARKDOWN,
    Site,
    excerpt_of,
    language_of,
    page_of,
    suffix_of,
    zone_named,
)
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.jekyll_config import JekyllConfig, read_config
from searchsvc.posts.generators.jekyll_urls import fill, placeholders, template_of
from searchsvc.posts.markup import Page, plain_title, shorten
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.post import LeftOut, Post, Reading
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings

_NAME = re.compile(r"(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>[^/]*)\.[^./]+")
# Formats that a plugin turns into HTML: read as Markdown, which is near enough for words.
_OTHER = frozenset({".textile", ".adoc", ".asciidoc", ".rst", ".org", ".rmd", ".txt"})
# What is HTML or text already keeps its suffix in the URL.
_KEPT_SUFFIXES = frozenset({".htm", ".txt"})
_NEVER = frozenset({"vendor", "node_modules"})
_OURS = ("_posts", "_drafts")
_SPECIAL = ("_", ".", "#", "~")
_LINK_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.+$", re.MULTILINE)
# The form that YAML itself reads as a time, which it takes for UTC (Jekyll's issue 3879).
_YAML_TIME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?")


class Jekyll(Site):
    """A Jekyll site, or a folder with ``_posts`` in it."""

    name = "jekyll"
    title = "Jekyll site"
    looked_for = "_posts folders with files named YYYY-MM-DD-title.md"

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_config(root)
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        if folder.name == "_posts":
            return folder.parent
        if folder.resolve().name == "_posts":
            return folder.resolve().parent
        return folder if _has_posts(folder) else None

    def own_settings(self) -> JekyllConfig:
        return self.config

    def own_timezone(self) -> str:
        name = self.config.timezone
        return zone_named(name, self.config.place).key if name else ""

    def own_address(self) -> str:
        return self.config.address

    def enters(self, folder: str) -> bool:
        parts = folder.split("/")
        if folder == self.config.home or (parts[-1] in _OURS and not _inside(parts[:-1])):
            return True
        return _is_open(parts[-1]) and not self._excluded(folder)

    def loses(self, folder: str, leads_out: bool) -> bool:  # noqa: ARG002
        return _inside(folder.split("/"))

    def is_post(self, path: str) -> bool:
        folders, name = path.split("/")[:-1], path.rpartition("/")[2]
        if self._excluded(path) or name.startswith(_SPECIAL) or name.endswith("~"):
            return False
        if suffix_of(path) not in MARKDOWN | HTML | _OTHER:
            return False
        return "_drafts" in folders or ("_posts" in folders and bool(_NAME.fullmatch(name)))

    def reading(self, path: str, place: str, content: bytes) -> Reading | None:
        if "_drafts" in path.split("/"):
            return LeftOut(path, place, "draft")
        return super().reading(path, place, content)

    def fields(self, path: str, front: FrontMatter) -> Fields:
        fields = Fields.of(front)
        defaults = self.config.defaults(path)
        own, given = fields.values.get("categories"), defaults.get("categories")
        if own is not None and given is not None:
            # The one list that Jekyll joins instead of replacing.
            both: list[Value] = [*_words(given), *_words(own)]
            return fields.over(defaults).over_with("categories", both)
        return fields.over(defaults)

    def post(self, path: str, fields: Fields, front: FrontMatter) -> Post | None:
        if suffix_of(path) in _OTHER and not front.found:
            return None
        page = page_of(path, front.body)
        name = _NAME.fullmatch(path.rpartition("/")[2])
        slug = name["slug"].rstrip(".") if name else ""
        date = self._date(fields, name["date"] if name else "")
        categories = self._categories(path, fields)
        return Post(
            id=path,
            url=self.address(self._url(path, fields, date=date, slug=slug, categories=categories)),
            title=_title(fields, slug),
            excerpt=self._excerpt(fields, page, path, front.body),
            body=page.text,
            categories=distinct(categories),
            tags=distinct(_tags(fields)),
            date=date.date(),
            visible_from=None if self.config.future else in_utc(date),
            lang=language_of(fields),
        )

    def _excluded(self, path: str) -> bool:
        for pattern in self.config.excluded:
            if path == pattern or path.startswith(pattern + "/") or fnmatchcase(path, pattern):
                return True
        return False

    def _date(self, fields: Fields, in_name: str) -> datetime:
        text = fields.text("date") or ""
        as_yaml = _YAML_TIME.fullmatch(text) and "date" not in fields.quoted
        own = fields.date(self.zone, "date", unzoned=UTC if as_yaml else None)
        if own is not None:
            return own
        year, rest = in_name.split("-", 1)
        try:
            return parse_date(f"{_century(year)}-{rest}", self.zone)
        except ValueError as error:
            raise Unusable(f"The name has the date {shown(in_name)}. {error}") from error

    def _categories(self, path: str, fields: Fields) -> list[str]:
        """From the folders above ``_posts``, then ``categories``, then ``category``."""
        above = self.config.from_home(path).split("_posts/")[0]
        folders = [folder for folder in above.split("/") if folder]
        return [*folders, *fields.strings("categories", str.split), *_one(fields, "category")]

    def _url(
        self, path: str, fields: Fields, *, date: datetime, slug: str, categories: list[str]
    ) -> str:
        template = fields.text("permalink") or template_of(self.config.permalink)
        if template.lower().startswith(("http://", "https://")):
            return template
        inner = ("/" + path).partition("/_posts/")[2]
        suffix = suffix_of(path)
        values = placeholders(
            date,
            slug=fields.text("slug") or slug,
            categories=categories,
            path=inner[: len(inner) - len(suffix)],
            suffix=suffix if suffix in _KEPT_SUFFIXES else ".html",
        )
        return fill(template, values)

    def _excerpt(self, fields: Fields, page: Page, path: str, body: str) -> str:
        own = fields.text("excerpt")
        separator = fields.values.get("excerpt_separator") or self.config.excerpt_separator
        if not own and isinstance(separator, str) and separator.strip() and separator in body:
            before, _, after = body.partition(separator)
            # Links may be defined at the end of the post.
            links = "\n".join(_LINK_DEFINITION.findall(after))
            if text := shorten(page_of(path, f"{before}\n\n{links}").text):
                return text
        return excerpt_of(own, page)


def _title(fields: Fields, slug: str) -> str:
    own = plain_title(fields.text("title") or "")
    title = own or " ".join(part.capitalize() for part in slug.split("-")).strip()
    if not title:
        raise Unusable("There is no title. Write one into the front matter: title: …")
    return title


def _tags(fields: Fields) -> list[str]:
    """``tag`` beats ``tags``; only the latter is cut at spaces."""
    return _one(fields, "tag") or fields.strings("tags", str.split)


def _one(fields: Fields, name: str) -> list[str]:
    return fields.strings(name, lambda text: [text])


def _words(value: Value) -> list[str]:
    return Fields({"categories": value}).strings("categories", str.split)


def _century(year: str) -> str:
    """Years of two digits as Ruby reads them: 69 and later in the last century."""
    if len(year) != 2:
        return year.zfill(4)
    return f"{19 if int(year) >= 69 else 20}{year}"


def _is_open(name: str) -> bool:
    return not name.startswith(_SPECIAL) and name not in _NEVER


def _inside(parts: list[str]) -> bool:
    return any(part in _OURS for part in parts)


def _has_posts(folder: Path) -> bool:
    """Whether a ``_posts`` lies below a folder, where Jekyll would look for it."""
    for _, names, _ in os.walk(folder):
        if "_posts" in names:
            return True
        names[:] = [name for name in names if _is_open(name)]
    return False
