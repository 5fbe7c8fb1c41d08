"""Ghost: the JSON file that its administration exports → posts.

What Ghost shows to readers who are not members, and no more: of a post for members the
title, the author's own excerpt, and what stands before the paywall. Sources: Ghost's
documentation (https://docs.ghost.org/migration/custom, /themes/routing) and
``replace-permalink.js``; nothing here was compared with a running Ghost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from searchsvc.posts.feeds.entries import NONE_OF_THEM, Entry, EntryFile
from searchsvc.posts.feeds.ghost_bodies import public_html
from searchsvc.posts.feeds.ghost_tables import GhostTables, Tag
from searchsvc.posts.formats import as_text
from searchsvc.posts.generators.addresses import address_of, escaped, filled
from searchsvc.posts.generators.assembling import told_post
from searchsvc.posts.generators.base import NOTHING, language_of, zone_named
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.markup import MAX_TITLE_CHARS, Page, page_of_rendered, shorten
from searchsvc.posts.post import Post
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings, check_timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_REASONS = {"sent": "sent by mail only"}
_PLACEHOLDER = re.compile(r":(slug|year|month|day|id|author)\b")


class Ghost(EntryFile[Fields]):
    """An export of Ghost, of any version."""

    name = "ghost"

    def __init__(self, path: Path, settings: Settings, tables: GhostTables) -> None:
        super().__init__(path, settings, "Ghost export", _entries(tables))
        self._tables = tables
        own = tables.settings.get("timezone") or tables.settings.get("activeTimezone") or ""
        own_zone = zone_named(own, str(path)) if own and not settings.timezone else None
        self._zone = own_zone or check_timezone(settings.timezone or "UTC")

    @classmethod
    def of_json(cls, path: Path, settings: Settings, value: Mapping[str, object]) -> "Ghost | None":
        """The export that a JSON document is; None when it is another one."""
        tables = GhostTables.of(value)
        return cls(path, settings, tables) if tables else None

    def read(self, post_id: str, row: Fields) -> Post | str:
        if reason := _hidden(row):
            return reason
        page, date = page_of_rendered(public_html(row)), self._date(row)
        tags = self._tables.tags.get(row.text("id") or "", [])
        url = self._url(row, date.value, tags)
        public = [tag.name for tag in tags if tag.is_public]
        return told_post(
            post_id,
            body=page.text if self.settings.index_body else "",
            url=Told(address_of(url.value, self.settings.site_url), url.rule),
            title=_title(row),
            excerpt=_excerpt(row, page),
            categories=Told(public[:1], "first tag") if public else NONE_OF_THEM,
            tags=Told(public, "tags") if public else NONE_OF_THEM,
            date=date,
            opens=date if row.text("status") == "scheduled" else NOTHING,
            closes=NOTHING,
            lang=self._lang(row),
        )

    def _date(self, row: Fields) -> Told[datetime | None]:
        text = row.text("published_at") or ""
        if re.fullmatch(r"\d{9,14}", text):
            # Versions before 1.0 count milliseconds.
            instant = _EPOCH + timedelta(milliseconds=int(text))
            return Told(instant.astimezone(self._zone), "published_at")
        date = row.date(self._zone, "published_at", unzoned=UTC)
        return Told(date, "published_at") if date else NOTHING

    def _url(self, row: Fields, date: datetime | None, tags: Sequence[Tag]) -> Told[str]:
        slug = row.text("slug")
        if not slug:
            raise Unusable("It has no slug, so its address is not known. Give it one in Ghost")
        if template := self.settings.url_template:
            folder = tags[0].slug if tags and tags[0].is_public else "all"
            url = filled(template, path=slug, folder=folder, slug=slug, date=date)
            return Told(url, "setting url_template")
        pattern = self._tables.settings.get("permalinks") or "/:slug/"
        rule = "permalinks of the export" if "permalinks" in self._tables.settings else "slug"
        return Told(escaped(self._by_pattern(pattern, row, slug, date)), rule)

    def _by_pattern(self, pattern: str, row: Fields, slug: str, date: datetime | None) -> str:
        """The pattern of versions before 2.0; later ones have theirs in a file of its own."""
        values = {
            "slug": slug,
            "id": row.text("id") or "",
            "author": self._tables.users.get(row.text("author_id") or "") or "undefined",
            "year": f"{date:%Y}" if date else "",
            "month": f"{date:%m}" if date else "",
            "day": f"{date:%d}" if date else "",
        }
        return _PLACEHOLDER.sub(lambda found: values[found[1]], pattern)

    def _lang(self, row: Fields) -> Told[str | None]:
        if own := language_of(row.text("locale")):
            return Told(own, "locale")
        settings = self._tables.settings
        whole = next((v for k in ("locale", "lang", "defaultLang") if (v := settings.get(k))), "")
        return Told(language_of(whole), "settings of the export" if whole else "")


def _entries(tables: GhostTables) -> Iterator[Entry[Fields]]:
    for post in tables.posts:
        row = as_text(post)
        fields = Fields(row if isinstance(row, dict) else {})
        slug = fields.values.get("slug")
        yield Entry(slug if isinstance(slug, str) else "", None, fields)


def _hidden(row: Fields) -> str:
    """Why readers may not see a post; "" when they may."""
    if row.text("type") == "page" or row.flag("page"):
        return "page"
    status = row.text("status") or "draft"
    if status == "scheduled" and not row.text("published_at"):
        return "scheduled for no date"
    return "" if status in ("published", "scheduled") else _REASONS.get(status, status)


def _title(row: Fields) -> Told[str]:
    title = " ".join((row.text("title") or "").split())[:MAX_TITLE_CHARS]
    if not title:
        raise Unusable("It has no title. Give it one in Ghost")
    return Told(title, "title")


def _excerpt(row: Fields, page: Page) -> Told[str]:
    if own := row.text("custom_excerpt"):
        return Told(" ".join(own.split()), "custom_excerpt")
    return Told(shorten(page.first_paragraph), "first paragraph of what everybody may see")
