"""Page: what a built HTML page says of itself in all the ways that pages have.

Open Graph (https://ogp.me), JSON-LD with the words of schema.org, ``<meta>``, ``<time>``,
``rel="tag"``, headings. Each value is kept under the name that its author would look for,
in small letters: ``og:title``, ``json-ld: datepublished``, ``h1``.
"""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from searchsvc.posts.trees import Element, html_within, outermost, parse_html, text_of

# What in a page is not its text, in lines of its own and within them. Headers hold the title
# and the date once more.
_BLOCKS = frozenset("nav header footer aside form noscript iframe".split())
_INLINE = frozenset("script style template button svg".split())
_POST_TYPES = frozenset(
    "Article BlogPosting LiveBlogPosting NewsArticle Report ScholarlyArticle SocialMediaPosting "
    "TechArticle AdvertiserContentArticle OpinionNewsArticle Review".split()
)
# More of them are no page that somebody wrote.
_MAX_NODES, _MAX_LABELS = 10_000, 100


@dataclass(slots=True)
class HtmlPage:
    """One page.

    Attributes:
        values: the texts of each name, in the order of the page.
        says_post: it says of itself that it is an article or a post.
        has_article: there is exactly one ``<article>`` that can be the post.
        body: its main text as HTML.
    """

    values: dict[str, list[str]] = field(default_factory=dict)
    says_post: bool = False
    has_article: bool = False
    body: str = ""


def read_page(content: bytes) -> HtmlPage:
    """Take a page apart.

    Raises:
        Unusable: it is empty, of no known encoding, or nested beyond reason.
    """
    root = parse_html(content)
    page = HtmlPage()
    for node in _linked_data(root):
        _note_linked_data(page, node)
    for element in root.iter("meta", "link", "title", "html"):
        _note_head(page, element)
    kinds = {kind.lower() for kind in page.values.get("og:type", ())}
    page.says_post |= "article" in kinds or "article:published_time" in page.values
    main = _main_of(root, page)
    _note_body(page, main)
    page.body = _text_within(main)
    return page


def _note_head(page: HtmlPage, element: Element) -> None:
    """One element of the head."""
    tag = element.tag
    if tag == "meta":
        name = element.get("property") or element.get("name") or element.get("itemprop")
        _note(page, name or "", element.get("content"))
        if (element.get("http-equiv") or "").lower() == "refresh":
            _note(page, "refresh", element.get("content"))
    elif tag == "link" and "canonical" in (element.get("rel") or "").lower().split():
        _note(page, "canonical", element.get("href"))
    elif tag == "title" and element.getparent().tag == "head":
        _note(page, "title", text_of(element))
    elif tag == "html":
        _note(page, "html lang", element.get("lang"))


def _note(page: HtmlPage, name: str, text: object) -> None:
    if name and isinstance(text, str | int) and (line := " ".join(str(text).split())):
        page.values.setdefault(name if name == "html lang" else name.lower(), []).append(line)


# JSON-LD


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Every object of a page's JSON-LD, from the outside in."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            try:
                waiting: deque[object] = deque([json.loads(script.text or "")])
            except (ValueError, RecursionError):
                continue
            for _ in range(_MAX_NODES):
                if not waiting:
                    break
                node = waiting.popleft()
                if isinstance(node, dict):
                    yield node
                    waiting.extend(node.get(key) for key in ("@graph", "mainEntity"))
                elif isinstance(node, list):
                    waiting.extend(node)


def _note_linked_data(page: HtmlPage, node: dict[str, Any]) -> None:
    """What the first object that is a post says; others speak of the site."""
    kinds = node.get("@type")
    if page.says_post or not _POST_TYPES & set(
        map(str, kinds if isinstance(kinds, list) else [kinds])
    ):
        return
    page.says_post = True
    for key in ("headline", "datePublished", "description", "inLanguage"):
        _note(page, f"json-ld: {key}", node.get(key))
    for key in ("keywords", "articleSection"):
        value = node.get(key)
        for one in value if isinstance(value, list) else [value]:
            _note(page, f"json-ld: {key}", one.get("name") if isinstance(one, dict) else one)


# The body


def _main_of(root: Element, page: HtmlPage) -> Element:
    """Where the text of the page is: its article, else its main part, else all of it."""
    outer = outermost(root, "article")
    titled = [one for one in outer if one.find(".//h1") is not None]
    fitting = titled if len(outer) > 1 else outer
    page.has_article = len(fitting) == 1
    if page.has_article:
        return fitting[0]
    return next(iter(root.xpath("//main | //*[@role='main']") or root.findall("body")), root)


def _note_body(page: HtmlPage, main: Element) -> None:
    root = main.getroottree().getroot()
    for name, part in (("h1", main), ("h1 above", root)):
        for heading in islice(part.iter("h1"), 1):
            _note(page, name, text_of(heading).rstrip("¶ "))
    _note_times(page, main)
    if "time" not in page.values:
        # In the margin of the page, then; unless it is the margin that lists other posts.
        beside = HtmlPage()
        _note_times(beside, root)
        if len(set(beside.values.get("time", ()))) == 1:
            page.values["time"] = beside.values["time"]
    for link in main.iter("a"):
        relations = (link.get("rel") or "").lower().split()
        if "tag" in relations:
            # As WordPress has it: categories are tags too.
            name = "rel=category" if "category" in relations else "rel=tag"
            _note(page, name, text_of(link).removeprefix("#"))
    for label in islice(_of_class(main, "p-category"), _MAX_LABELS):
        _note(page, "p-category", text_of(label))


def _note_times(page: HtmlPage, part: Element) -> None:
    """When a part of a page says that it was written, the surest first."""
    times = list(part.iter("time"))
    sure = [
        t for t in times if t.get("itemprop") == "datePublished" or t.get("pubdate") is not None
    ]
    # The microformats hAtom and h-entry.
    marked = [*_of_class(part, "dt-published"), *_of_class(part, "published")]
    for element in (*sure, *marked, *times):
        _note(page, "time", element.get("datetime") or element.get("title"))


def _of_class(part: Element, name: str) -> list[Element]:
    found = part.xpath("descendant::*[contains(@class, $name)]", name=name)
    return [one for one in found if name in one.get("class").split()]


def _text_within(main: Element) -> str:
    for element in list(main.iter()):
        if element.tag in _BLOCKS | _INLINE and element is not main:
            # Emptied and not removed: what follows it stays where it is.
            is_block = element.tag in _BLOCKS
            element.clear(keep_tail=True)
            element.tag = "div" if is_block else "span"
    return html_within(main)
