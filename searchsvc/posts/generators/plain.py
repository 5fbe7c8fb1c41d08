"""Plain folders of Markdown: no generator's rules, but what most of them have in common."""

import re
from datetime import datetime
from pathlib import Path

from searchsvc.documents import distinct
from searchsvc.posts.dates import in_utc, parse_date
from searchsvc.posts.frontmatter import FrontMatter, as_flag
from searchsvc.posts.generators.base import (
    HTML,
    MARKDOWN,
    Site,
    escaped,
    excerpt_of,
    language_of,
    page_of,
    suffix_of,
)
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.markup import Page, plain_title
from searchsvc.posts.post import Post
from searchsvc.posts.unusable import Unusable

# README.md, README.de.md and LICENSE-MIT.md; but readme-driven-development.md is a post.
_NOT_POSTS = re.compile(
    r"(?:readme(?:\.[a-z-]+)?|licen[sc]e(?:[-.](?:mit|apache|bsd|gpl|cc|content)[\w.-]*)?)\.\w+",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(?P<slug>.+))?")
_DATE_KEYS = ("date", "publishdate", "publish_date", "pubdate")


class Plain(Site):
    """A folder whose Markdown files are posts.

    HTML files are posts when they have front matter. ``README`` and ``LICENSE``
    are none, nor is anything whose name begins with ``_`` or ``.``.
    """

    name = "plain"
    title = "Folder"
    looked_for = "Markdown files (.md, .markdown), or HTML files with front matter"

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return folder

    def enters(self, folder: str) -> bool:
        name = folder.rpartition("/")[2]
        return not name.startswith(("_", ".")) and name != "node_modules"

    def is_post(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        known = suffix_of(path) in MARKDOWN | HTML
        return known and not name.startswith(("_", ".")) and not _NOT_POSTS.fullmatch(name)

    def fields(self, path: str, front: FrontMatter) -> Fields:  # noqa: ARG002
        return Fields.without_case(front)

    def post(self, path: str, fields: Fields, front: FrontMatter) -> Post | None:
        if suffix_of(path) in HTML and not front.found:
            return None
        page = page_of(path, front.body)
        date = self._date(path, fields)
        until = fields.date(self.zone, "expirydate", "expiry_date", "expires")
        opens = fields.date(self.zone, "publishdate", "publish_date") or date
        return Post(
            id=path,
            url=self.address(self._url(path, fields, date)),
            title=_title(fields, page),
            excerpt=excerpt_of(fields.text("excerpt", "summary", "description"), page),
            body=page.text,
            categories=distinct(_values(fields, "categories", "category")),
            tags=distinct(_values(fields, "tags", "tag")),
            date=date.date() if date else None,
            visible_from=in_utc(opens) if opens else None,
            visible_until=in_utc(until) if until else None,
            lang=language_of(fields),
        )

    def _date(self, path: str, fields: Fields) -> datetime | None:
        created = fields.values.get("date")
        if isinstance(created, dict) and "created" in created:
            # As Material for MkDocs has it: created and updated.
            fields = fields.over_with("date", created["created"])
        as_date = as_flag(fields.text("published") or "true") is None
        own = fields.date(self.zone, *_DATE_KEYS, *(["published"] if as_date else []))
        dated = _DATED.fullmatch(_name_of(path))
        if own or not dated:
            return own
        try:
            return parse_date(dated["date"], self.zone)
        except ValueError:
            # 2024-99-99 in a name is no date but a name.
            return None

    def _url(self, path: str, fields: Fields, date: datetime | None) -> str:
        if own := fields.text("permalink", "url"):
            return own
        if not self.settings.url_template:
            return escaped(_default_path(path, fields.text("slug")))
        return escaped(self._filled(path, fields.text("slug"), date))

    def _filled(self, path: str, slug: str | None, date: datetime | None) -> str:
        template = self.settings.url_template
        if date is None and re.search(r"\{(?:year|month|day)", template):
            raise Unusable(f"The address {template} needs a date. Give the post one: date: …")
        name = _name_of(path)
        dated = _DATED.fullmatch(name)
        url = template.format(
            path=_default_path(path, slug).strip("/"),
            folder=_folder_of(path),
            slug=slug or (dated and dated["slug"]) or name,
            year=f"{date.year:04}" if date else "",
            month=f"{date.month:02}" if date else "",
            day=f"{date.day:02}" if date else "",
        )
        return re.sub("/{2,}", "/", url)


def _title(fields: Fields, page: Page) -> str:
    own = fields.text("title")
    title = plain_title(own) if own else ""
    title = title or page.heading
    if not title:
        raise Unusable("There is no title. Write one into the front matter: title: …")
    return title


def _values(fields: Fields, *names: str) -> list[str]:
    """The values of all the names, Hugo's and Zola's ``taxonomies`` included."""
    inner = fields.values.get("taxonomies")
    both = [fields, Fields(inner)] if isinstance(inner, dict) else [fields]
    return [value for some in both for name in names for value in some.strings(name, _by_comma)]


def _by_comma(text: str) -> list[str]:
    return text.split(",")


def _default_path(path: str, slug: str | None) -> str:
    """``/notes/rye`` for ``notes/rye.md``, ``/notes/rye/`` for ``notes/rye/index.md``."""
    last = slug.strip("/") if slug else _name_of(path)
    whole = "/" + "/".join(part for part in (_folder_of(path), last) if part)
    return whole + "/" if _is_index(path) and whole != "/" else whole


def _name_of(path: str) -> str:
    """The name of a post: of its file, or of its folder when the file is an index."""
    return _home_of(path).rpartition("/")[2]


def _folder_of(path: str) -> str:
    return _home_of(path).rpartition("/")[0]


def _home_of(path: str) -> str:
    without = path[: len(path) - len(suffix_of(path))]
    return without.removesuffix("index").rstrip("/") if _is_index(path) else without


def _is_index(path: str) -> bool:
    return path.rpartition("/")[2].rpartition(".")[0] == "index"
