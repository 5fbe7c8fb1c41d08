"""Ghost's bodies: HTML, or one of the two formats of its editors, and what of it all may see.

Sources: ``post-gating.js`` and ``gated-blocks.js`` of Ghost for what readers who are not
members see; the Lexical and Mobiledoc formats as Ghost's own renderers read them.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.trees import escaped_text

# What stands behind it is for members, in a post that is.
_PAYWALL = re.compile(r"<!--\s*members-only\s*-->", re.IGNORECASE)
# Without an end it goes on to that of the post: better too little than too much.
_GATED = re.compile(
    r"<!--\s*kg-gated-block:begin\b(?P<for>[^>]*?)-->(?P<inner>.*?)"
    r"(?:<!--\s*kg-gated-block:end\s*-->|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_FOR_ALL = re.compile(r"\bnonMember:[\"']?true\b")
# Cards that are in mails only.
_MAIL_CARDS = frozenset({"email", "email-cta"})
# The keys of cards whose values are text or HTML for readers.
_CARD_TEXTS = (
    *("markdown", "html", "code", "heading", "content", "calloutText", "title", "description"),
    *("caption", "textValue", "productTitle", "productDescription", "header", "subheader"),
)
_AS_TEXT = frozenset({"code", "title", "description", "productTitle"})
# Deeper than lists and quotes ever are.
_MAX_DEPTH = 50
_MAX_JSON = 2_000_000


def public_html(fields: Fields) -> str:
    """What of a post's body everybody may see, as HTML; "" when that is nothing."""
    html = _whole_html(fields)
    if (fields.text("visibility") or "public") != "public":
        before = _PAYWALL.split(html, maxsplit=1)
        html = before[0] if len(before) == 2 else ""
    return _GATED.sub(lambda block: block["inner"] if _FOR_ALL.search(block["for"]) else "", html)


def _whole_html(fields: Fields) -> str:
    if html := fields.text("html"):
        return html
    for key, render in (("lexical", _lexical), ("mobiledoc", _mobiledoc)):
        if html := render(_document(fields.text(key) or "")):
            return html
    paragraphs = escaped_text(fields.text("plaintext") or "").split("\n\n")
    return "".join(f"<p>{one}</p>" for one in paragraphs if one.strip())


def _document(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text) if text and len(text) <= _MAX_JSON else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _lexical(document: dict[str, Any]) -> str:
    return "".join(_lexical_node(document.get("root"), 0))


def _lexical_node(node: object, depth: int) -> Iterator[str]:
    if not isinstance(node, dict) or depth > _MAX_DEPTH:
        return
    kind, children = node.get("type"), node.get("children")
    if isinstance(children, list):
        inner = "".join(part for child in children for part in _lexical_node(child, depth + 1))
        yield inner if kind in ("link", "autolink") else f"<{_tag_of(node)}>{inner}</p>"
    elif kind == "linebreak":
        yield "<br>"
    elif isinstance(node.get("text"), str):
        yield escaped_text(node["text"])
    else:
        yield _card(str(kind), node)


def _tag_of(node: dict[str, Any]) -> str:
    """Only headings are told apart: they are no first paragraph."""
    tag = str(node.get("tag"))
    return tag if re.fullmatch("h[1-6]", tag) else "p"


def _mobiledoc(document: dict[str, Any]) -> str:
    cards = document.get("cards")
    sections = document.get("sections")
    return "".join(
        _section(section, cards if isinstance(cards, list) else [])
        for section in (sections if isinstance(sections, list) else ())
        if isinstance(section, list) and len(section) > 1
    )


def _section(section: list[Any], cards: list[Any]) -> str:
    """One section: 1 is a paragraph or heading, 3 a list, 10 a card."""
    kind, which, markers = section[0], section[1], section[-1]
    if kind == 10 and isinstance(which, int) and 0 <= which < len(cards):
        card = cards[which]
        if isinstance(card, list) and len(card) > 1 and isinstance(card[1], dict):
            return _card(str(card[0]), card[1])
    if kind == 1:
        return f"<p>{_markers(markers)}</p>"
    if kind == 3 and isinstance(markers, list):
        return "".join(f"<li>{_markers(item)}</li>" for item in markers)
    return ""


def _markers(markers: object) -> str:
    """The texts of a paragraph: the last value of each marker."""
    texts = (one[-1] for one in (markers if isinstance(markers, list) else ()) if one)
    return "".join(escaped_text(text) for text in texts if isinstance(text, str))


def _card(kind: str, card: dict[str, Any]) -> str:
    if kind == "paywall":
        return "<!--members-only-->"
    if kind in _MAIL_CARDS or not _is_for_all(card.get("visibility")):
        return ""
    found = [(key, card[key]) for key in _CARD_TEXTS if isinstance(card.get(key), str)]
    return "".join(
        f"<p>{escaped_text(text) if key in _AS_TEXT else text}</p>" for key, text in found
    )


def _is_for_all(visibility: object) -> bool:
    if not isinstance(visibility, dict):
        return True
    web = visibility.get("web")
    if isinstance(web, dict):
        return web.get("nonMember") is not False
    return visibility.get("showOnWeb") is not False
