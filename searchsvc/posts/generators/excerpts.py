"""Excerpts: the author's own, what stands before a marker, or the first paragraph."""

import re

from searchsvc.posts.generators.postfile import PostFile, Told
from searchsvc.posts.markup import Page, plain_text, shorten

# ``<!--more-->``, ``<!-- more -->``
MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(?P<ticks>`{3,}|~{3,})", re.MULTILINE)


def own_excerpt(file: PostFile, *names: str) -> Told[str] | None:
    """What a key of the front matter says, as plain text and whole; None when it says nothing."""
    for name in names:
        own = file.fields.text(name)
        if own and (text := plain_text(own).replace("\n", " ")):
            return Told(text, f"front matter: {name}")
    return None


def excerpt_before(file: PostFile, marker: re.Pattern[str]) -> Told[str] | None:
    """What stands in the body before a marker, shortened; None without one, or when it is nothing.

    A marker within a fence of code is code.
    """
    body = file.front.body
    fences = _Fences(body)
    for found in marker.finditer(body):
        if not fences.hold(found.start()):
            text = shorten(file.page_of(body[: found.start()]).text)
            return Told(text, f"body before {found[0]}") if text else None
    return None


def excerpt_of(own: str | None, page: Page) -> str:
    """An excerpt as plain text on one line and whole, else the first paragraph, shortened."""
    text = plain_text(own).replace("\n", " ") if own else ""
    return text or shorten(page.first_paragraph)


def first_paragraph(file: PostFile) -> Told[str]:
    """The first paragraph of the body, shortened."""
    return Told(shorten(file.page.first_paragraph), "first paragraph of the body")


class _Fences:
    """Which places of a body lie in fences of code; asked from front to back, in one pass."""

    def __init__(self, body: str) -> None:
        self._fences = _FENCE.finditer(body)
        self._next = next(self._fences, None)
        self._open = ""

    def hold(self, at: int) -> bool:
        while self._next and self._next.start() < at:
            ticks = self._next["ticks"]
            if not self._open:
                self._open = ticks
            elif ticks.startswith(self._open):
                self._open = ""
            self._next = next(self._fences, None)
        return bool(self._open)
