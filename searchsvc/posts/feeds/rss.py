"""RSS 2.0 and its forerunners, RSS 1.0 (RDF), and what WordPress exports, which is RSS too.

Sources: the RSS 2.0 specification (RSS Advisory Board), RDF Site Summary 1.0 and its modules
content and dc; for exports the file ``export.php`` of WordPress.
"""

from collections.abc import Iterator
from dataclasses import replace

from searchsvc.posts.feeds.entries import Entry
from searchsvc.posts.feeds.items import SAYS_NOTHING, Item, Named
from searchsvc.posts.generators.addresses import joined
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.markup import plain_title
from searchsvc.posts.trees import Element, language_at, local_name, text_of

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def rss_entries(root: Element) -> Iterator[Entry[Item]]:
    """The items of a feed, of its channel or beside it."""
    channels = [child for child in root if local_name(child) == "channel"]
    channel = Named(channels[0]) if channels else Named(root)
    for parent in (*channels, root):
        for element in parent:
            if local_name(element) == "item":
                yield _entry(Named(element), channel)


def _entry(item: Named, channel: Named) -> Entry[Item]:
    url = _url(item, channel)
    post_id = text_of(item.all("guid")[0]) if item.all("guid") else ""
    row = _item(item, channel, url)
    if item.all("wp:status"):
        row = _exported(item, row)
    return Entry(post_id or item.element.get(_ABOUT, "") or url.value, item.element.sourceline, row)


def _item(item: Named, channel: Named, url: Told[str]) -> Item:
    title = item.text("title")
    body = item.text("content:encoded", "description")
    return Item(
        url=url,
        title=Told(plain_title(title.value, markdown=False), title.rule),
        date=item.text("pubDate", "dc:date"),
        tags=item.texts("category", "dc:subject"),
        summary=item.text("description") if body.rule == "content:encoded" else SAYS_NOTHING,
        body=body,
        lang=_language(item, channel),
    )


def _url(item: Named, channel: Named) -> Told[str]:
    found = item.text("feedburner:origLink", "link")
    guids = [guid for guid in item.all("guid") if guid.get("isPermaLink", "true") != "false"]
    if not found.value and guids and text_of(guids[0]).startswith(("http://", "https://")):
        found = Told(text_of(guids[0]), "guid")
    home = item.element.base or channel.text("link").value
    return Told(joined(home, found.value), found.rule) if found.value else SAYS_NOTHING


def _language(item: Named, channel: Named) -> Told[str]:
    if own := language_at(item.element):
        return Told(own, "xml:lang")
    own_name = item.text("dc:language")
    whole = channel.text("language", "dc:language")
    return own_name if own_name.value else Told(whole.value, whole.rule and f"feed: {whole.rule}")


def _exported(item: Named, row: Item) -> Item:
    """An item of an export by WordPress, which holds drafts, pages and pictures too."""
    status, kind = item.text("wp:status").value, item.text("wp:post_type").value or "post"
    categories, tags = _of_domain(item, "category"), _of_domain(item, "post_tag")
    reason = kind if kind != "post" else "" if status in ("publish", "future") else status
    return replace(
        row,
        categories=Told(categories, "category" if categories else ""),
        tags=Told(tags, "category: post_tag" if tags else ""),
        summary=item.text("excerpt:encoded"),
        left_out=reason or ("password" if item.text("wp:post_password").value else ""),
        scheduled=status == "future",
    )


def _of_domain(item: Named, domain: str) -> list[str]:
    return [text_of(one) for one in item.all("category") if one.get("domain") == domain]
