"""JSON Feed, versions 1 and 1.1. Source: https://www.jsonfeed.org/version/1.1/."""

from collections.abc import Iterator, Mapping

from searchsvc.posts.feeds.entries import NONE_OF_THEM, Entry
from searchsvc.posts.feeds.items import SAYS_NOTHING, Item
from searchsvc.posts.formats import as_text
from searchsvc.posts.generators.addresses import joined
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.trees import escaped_text

VERSION = "https://jsonfeed.org/version/"


def json_entries(feed: Mapping[str, object]) -> Iterator[Entry[Item]]:
    """The items of a feed; a value of another kind than the format has counts as none."""
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        row = as_text(item)
        fields = Fields(row if isinstance(row, dict) else {})
        url = _url(fields, str(feed.get("home_page_url") or ""))
        yield Entry(_first(fields, "id").value or url.value, None, _item(fields, url, feed))


def _item(fields: Fields, url: Told[str], feed: Mapping[str, object]) -> Item:
    body, plain = _first(fields, "content_html"), _first(fields, "content_text")
    if not body.value and plain.value:
        paragraphs = escaped_text(plain.value).split("\n\n")
        body = Told("".join(f"<p>{one}</p>" for one in paragraphs), plain.rule)
    summary = _first(fields, "summary")
    summary = Told(escaped_text(summary.value), summary.rule)
    title = _first(fields, "title")
    return Item(
        url=url,
        title=Told(" ".join(title.value.split()), title.rule),
        date=_first(fields, "date_published", "date_modified"),
        tags=Told(fields.strings("tags", lambda tag: [tag]), "tags")
        if fields.values.get("tags")
        else NONE_OF_THEM,
        summary=summary if body.value else SAYS_NOTHING,
        body=body if body.value else summary,
        lang=_language(fields, feed),
    )


def _url(fields: Fields, home: str) -> Told[str]:
    """``external_url`` is where a post about another page leads, and not where it lives."""
    post_id = _first(fields, "id")
    found = _first(fields, "url")
    if not found.value and post_id.value.startswith(("http://", "https://")):
        found = post_id
    return Told(joined(home, found.value), found.rule) if found.value else SAYS_NOTHING


def _language(fields: Fields, feed: Mapping[str, object]) -> Told[str]:
    own, whole = _first(fields, "language"), str(feed.get("language") or "")
    return own if own.value else Told(whole, "feed: language" if whole else "")


def _first(fields: Fields, *names: str) -> Told[str]:
    for name in names:
        value = fields.values.get(name)
        if isinstance(value, str) and value.strip():
            return Told(value.strip(), name)
    return SAYS_NOTHING
