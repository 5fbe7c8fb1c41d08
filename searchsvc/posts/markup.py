"""Markup: Markdown and HTML → the plain text that a reader sees."""

import re
from functools import cached_property
from html import unescape

from searchsvc.posts.heads import html_of_head
from searchsvc.posts.html_text import (
    closed_paragraph_of_html,
    heading_of_html,
    paragraph_of_html,
    text_of_html,
)
from searchsvc.posts.mdx import markdown_of_mdx
from searchsvc.posts.rendering import html_of_markdown
from searchsvc.posts.template_tags import without_template_tags

EXCERPT_CHARS = 300
# As long as a novel; what follows is not searched. For some texts that nobody writes cmark takes
# quadratic time (10 s for ten million "[") or makes thirty times as much HTML (of ">").
MAX_MARKUP_CHARS = 500_000
_PAIRED = re.compile(
    r"<(?P<name>a|abbr|b|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup"
    r"|tt|u|var)(?:\s[^<>]*+)?>(?P<text>[^<>]*+)</(?P=name)\s*+>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.{0,500}?-->", re.DOTALL)
_BREAK = re.compile(r"<(?:br|wbr)\s*+/?>", re.IGNORECASE)
# Each with the sign that it needs: most titles have none of them.
_EMPHASIS = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("`", r"(?<!`)(?P<ticks>`+)(?P<text>[^`]{1,500})(?P=ticks)(?!`)"),
        ("[", r"!?\[(?P<text>[^\[\]]{1,500})\]\((?:[^()\s]{1,1000})\)"),
        ("*", r"(?<![*\w])\*\*(?P<text>[^\s*](?:[^*]{0,500}[^\s*])?)\*\*(?![*\w])"),
        ("*", r"(?<![*\w])\*(?P<text>[^\s*](?:[^*]{0,500}[^\s*])?)\*(?![*\w])"),
        ("_", r"(?<![\w])_(?P<text>[^\s_](?:[^_]{0,500}[^\s_])?)_(?![\w])"),
    )
)
# Every sign that means anything in Markdown, HTML or template tags, and the control characters.
_SIGNS = b"\\`*_[]<>&!~|{}#^" + bytes(range(32))


class Page:
    """A body as HTML, ready to be asked for its text."""

    def __init__(self, html: str) -> None:
        self._html = html

    @property
    def html(self) -> str:
        return self._html

    @property
    def text(self) -> str:
        return text_of_html(self.html)

    @property
    def heading(self) -> str:
        """The first heading of the first level; empty without one."""
        return heading_of_html(self.html)

    @property
    def first_paragraph(self) -> str:
        return paragraph_of_html(self.html)


class MarkdownPage(Page):
    """A body in Markdown; of which only the beginning is rendered when that answers."""

    def __init__(self, markdown: str) -> None:
        self._markdown = markdown

    @cached_property
    def html(self) -> str:
        return html_of_markdown(self._markdown)

    @cached_property
    def _head(self) -> str:
        """How the HTML begins, without the rest being rendered; empty when it is not known."""
        is_rendered = "html" in self.__dict__
        return self.html if is_rendered else html_of_head(self._markdown)

    @property
    def heading(self) -> str:
        return heading_of_html(self._head) or super().heading

    @property
    def first_paragraph(self) -> str:
        return closed_paragraph_of_html(self._head) or super().first_paragraph


def page_of_markdown(markdown: str) -> Page:
    """Render Markdown, with the HTML, Liquid, shortcodes and attributes that may be in it."""
    if not markdown:
        return Page("")
    return MarkdownPage(without_template_tags(markdown[:MAX_MARKUP_CHARS]))


def page_of_mdx(mdx: str) -> Page:
    """Render MDX: what is JavaScript in it is left out, and what its elements hold is kept."""
    return MarkdownPage(markdown_of_mdx(mdx[:MAX_MARKUP_CHARS]))


def page_of_html(html: str) -> Page:
    """Take HTML as it is, without the template tags in it."""
    return Page(without_template_tags(html[:MAX_MARKUP_CHARS], code=False))


def page_of_rendered(html: str) -> Page:
    """Take HTML that a generator has made: braces in it are text."""
    return Page(html[:MAX_MARKUP_CHARS])


def plain_text(markdown: str) -> str:
    """The text that a reader sees: a line for each paragraph, heading, item or line of code."""
    if _is_plain(markdown):
        return _on_one_line(markdown[:MAX_MARKUP_CHARS])
    return page_of_markdown(markdown).text


def _is_plain(text: str) -> bool:
    """Whether a text is one line that has no markup and cannot begin a list or a block.

    Most excerpts are so, and looking is ten times as quick as rendering.
    """
    encoded = text.encode("utf-8", "surrogatepass")
    return text[:1].isalpha() and len(encoded.translate(None, _SIGNS)) == len(encoded)


def _on_one_line(text: str) -> str:
    """The text with one space wherever there is white space, and none at its ends."""
    # The only printable white space is the space itself.
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(text.split())


def first_paragraph(markdown: str) -> str:
    """The first paragraph with text, on one line: no heading, no lone picture, no code."""
    return page_of_markdown(markdown).first_paragraph


def shorten(text: str, limit: int = EXCERPT_CHARS) -> str:
    """Cut a text at a word so that it has at most ``limit`` characters, the ellipsis counted."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    space = text.rfind(" ", limit // 2, limit)
    # No space for long: a writing without them, or one endless word.
    return text[: space if space > 0 else limit - 1].rstrip(" ,;:–—-") + "…"


# Longer than any title; some that are made up take quadratic time.
MAX_TITLE_CHARS = 2_000


def plain_title(title: str, *, markdown: bool = True) -> str:
    """A title without HTML and Markdown for emphasis, on one line.

    What only looks like a tag stays: ``The <use> element``, ``vector<int>``,
    ``a < b``. So do names such as ``C#`` and ``__init__``.

    Args:
        markdown: False for a title in which only HTML means something.

    >>> plain_title("The <use> element &amp; <em>friends</em>")
    'The <use> element & friends'
    """
    title = title[:MAX_TITLE_CHARS]
    if "<" in title:
        title = _BREAK.sub(" ", _COMMENT.sub("", title))
        while (bare := _PAIRED.sub(r"\g<text>", title)) != title:
            title = bare
    for sign, emphasis in _EMPHASIS if markdown else ():
        if sign in title:
            title = emphasis.sub(r"\g<text>", title)
    return _on_one_line(unescape(title) if "&" in title else title)
