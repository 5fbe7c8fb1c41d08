"""Feed: a file with a feed, whatever its format → posts.

What a feed shows, everybody may see; so nothing in it waits for its date. It often
shows the newest posts of a blog only.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from searchsvc.posts.dates import parse_date
from searchsvc.posts.feeds.atom import atom_entries
from searchsvc.posts.feeds.entries import Entry, EntryFile
from searchsvc.posts.feeds.items import Item
from searchsvc.posts.feeds.jsonfeed import VERSION, json_entries
from searchsvc.posts.feeds.rss import rss_entries
from searchsvc.posts.generators.addresses import address_of
from searchsvc.posts.generators.assembling import told_post
from searchsvc.posts.generators.base import NOTHING, language_of
from searchsvc.posts.generators.fields import MAX_VALUES
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.markup import Page, page_of_rendered, shorten
from searchsvc.posts.post import Post
from searchsvc.posts.trees import Element, local_name
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings, check_timezone

# A summary longer than this is a whole post.
SUMMARY_CHARS = 500
# A post without title is called by so much of its text.
TITLE_CHARS = 80
_XML_FORMATS = {"rss": "RSS feed", "rdf": "RSS feed", "feed": "Atom feed"}


class Feed(EntryFile[Item]):
    """RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed."""

    name = "feed"

    def __init__(
        self, path: Path, settings: Settings, title: str, entries: Iterable[Entry[Item]]
    ) -> None:
        super().__init__(path, settings, title, entries)
        self._zone = check_timezone(settings.timezone or "UTC")

    @classmethod
    def of_xml(cls, path: Path, settings: Settings, root: Element) -> "Feed | None":
        """The feed that an XML document is; None when it is another one."""
        title = _XML_FORMATS.get(local_name(root).lower())
        if title is None:
            return None
        entries = atom_entries(root) if title == "Atom feed" else rss_entries(root)
        return cls(path, settings, title, entries)

    @classmethod
    def of_json(cls, path: Path, settings: Settings, value: Mapping[str, object]) -> "Feed | None":
        """The feed that a JSON document is; None when it is another one."""
        if not str(value.get("version")).startswith(VERSION):
            return None
        return cls(path, settings, "JSON feed", json_entries(value))

    def read(self, post_id: str, row: Item) -> Post | str:
        if row.left_out:
            return row.left_out
        if not row.url.value:
            raise Unusable("It has no link. Give it one: the address where readers find it")
        if len(row.tags.value) > MAX_VALUES:
            raise Unusable(f"It has {len(row.tags.value)} tags. Leave {MAX_VALUES} at most")
        page, date = page_of_rendered(row.body.value), self._date(row.date)
        return told_post(
            post_id,
            body=page.text if self.settings.index_body else "",
            url=Told(address_of(row.url.value, self.settings.site_url), row.url.rule),
            title=_title(row, page),
            excerpt=_excerpt(row, page),
            categories=row.categories,
            tags=row.tags,
            date=date,
            opens=date if row.scheduled else NOTHING,
            closes=NOTHING,
            lang=Told(language_of(row.lang.value), row.lang.rule),
        )

    def _date(self, date: Told[str]) -> Told[datetime | None]:
        if not date.value:
            return NOTHING
        try:
            found: datetime | None = parse_date(date.value, self._zone)
        except ValueError as error:
            found = _as_in_mail(date.value, self._zone)
            if not found:
                raise Unusable(f"{date.rule} is {shown(date.value)}. {error}") from error
        # Hugo writes the first day of the calendar for a page without a date.
        return Told(found, date.rule) if found and found.year > 1 else NOTHING


def _as_in_mail(text: str, zone: ZoneInfo) -> datetime | None:
    """A date as in the heads of mails, with years of two digits and the like."""
    try:
        found = parsedate_to_datetime(text[:100])
        return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _title(row: Item, page: Page) -> Told[str]:
    if row.title.value:
        return row.title
    if text := shorten(page.first_paragraph, TITLE_CHARS):
        return Told(text, "first words of the text")
    raise Unusable("It has neither a title nor text. Give it a title")


def _excerpt(row: Item, page: Page) -> Told[str]:
    if row.summary.value:
        text = shorten(page_of_rendered(row.summary.value).text, SUMMARY_CHARS)
        if text:
            return Told(text, row.summary.rule)
    return Told(shorten(page.first_paragraph), f"first paragraph of {row.body.rule}".rstrip())
