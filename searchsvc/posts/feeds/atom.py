"""Atom, and what Blogger exports, which is Atom too.

Sources: RFC 4287 (Atom), RFC 5023 (``app:draft``), Atom 0.3 for ``issued`` and ``modified``;
Blogger's kinds and states are those that its own exports hold.
"""

from collections.abc import Iterator, Sequence

from searchsvc.posts.feeds.entries import Entry
from searchsvc.posts.feeds.items import SAYS_NOTHING, Item, Named
from searchsvc.posts.generators.addresses import joined
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.html_text import text_of_html
from searchsvc.posts.markup import plain_title
from searchsvc.posts.trees import (
    Element,
    escaped_text,
    html_within,
    language_at,
    local_name,
    text_of,
)

_ALTERNATE = ("", "alternate", "http://www.iana.org/assignments/relation/alternate")
_HTML_TYPES = ("html", "text/html")
_XHTML_TYPES = ("xhtml", "application/xhtml+xml")
_TEXT_TYPES = ("", "text", "text/plain")
_DATES = ("published", "issued", "created", "updated", "modified")
# A category of this scheme tells what kind of thing an entry is.
_KIND_SCHEME = "http://schemas.google.com/g/2005#kind"


def atom_entries(root: Element) -> Iterator[Entry[Item]]:
    """The entries of a feed."""
    home = _link(Named(root))
    for element in root:
        if local_name(element) == "entry":
            entry = Named(element)
            item = _item(entry, home)
            yield Entry(entry.text("id").value or item.url.value, element.sourceline, item)


def _item(entry: Named, home: str) -> Item:
    body, summary = _first_html(entry, "content"), _first_html(entry, "summary")
    lang = language_at(entry.element)
    return Item(
        url=_url(entry, home),
        title=_title(entry),
        date=entry.text(*_DATES),
        tags=_tags(entry),
        summary=summary if body.value else SAYS_NOTHING,
        body=body if body.value else summary,
        lang=Told(lang, "xml:lang" if lang else ""),
        left_out=_left_out(entry),
    )


def _url(entry: Named, home: str) -> Told[str]:
    if link := _link(entry):
        return Told(joined(entry.element.base or home, link), "link")
    # Newer exports of Blogger hold the path alone.
    return entry.text("blogger:filename")


def _link(of: Named) -> str:
    """Where a feed or an entry leads, a page before anything else."""
    links = [one for one in of.all("link") if one.get("rel", "") in _ALTERNATE and one.get("href")]
    links.sort(key=lambda one: one.get("type", "text/html") not in ("text/html", *_XHTML_TYPES))
    return joined(links[0].base or "", links[0].get("href").strip()) if links else ""


def _title(entry: Named) -> Told[str]:
    if not entry.all("title"):
        return SAYS_NOTHING
    title = entry.all("title")[0]
    kind, text = title.get("type", ""), " ".join(text_of(title).split())
    if kind in _HTML_TYPES:
        # Not only without its tags: ``&lt;b&gt;`` in it means a sign that readers see.
        text = " ".join(text_of_html(text).split()) or plain_title(text, markdown=False)
    return Told(text, "title")


def _first_html(entry: Named, name: str) -> Told[str]:
    """The text of an element as HTML, whatever its type says; "" for pictures and the like."""
    for element in entry.all(name):
        kind, escaped = element.get("type", "").lower(), element.get("mode") == "escaped"
        if kind in _HTML_TYPES or escaped:
            return Told(text_of(element), name)
        if kind in _XHTML_TYPES:
            return Told(html_within(element), name)
        if kind in _TEXT_TYPES:
            paragraphs = escaped_text(text_of(element)).split("\n\n")
            return Told("".join(f"<p>{one}</p>" for one in paragraphs if one.strip()), name)
    return SAYS_NOTHING


def _tags(entry: Named) -> Told[Sequence[str]]:
    found = [
        one.get("label", "").strip() or one.get("term", "")
        for one in entry.all("category")
        if one.get("scheme") != _KIND_SCHEME
    ]
    return Told(found, "category" if found else "")


def _left_out(entry: Named) -> str:
    """What an export holds beside posts: comments, templates, drafts."""
    kinds = [o.get("term", "") for o in entry.all("category") if o.get("scheme") == _KIND_SCHEME]
    kind = entry.text("blogger:type").value or (kinds[0].rpartition("#")[2] if kinds else "post")
    if kind.lower() != "post":
        return kind.lower()
    if any(Named(control).text("draft").value == "yes" for control in entry.all("app:control")):
        return "draft"
    status = entry.text("blogger:status").value or "LIVE"
    return "" if status == "LIVE" else status.lower()
