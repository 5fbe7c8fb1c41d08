"""What a site generator's rules must answer, and what is the same under all of them.

One generator is one file beside this one with a subclass of ``Site``, and one
line in the list of ``generators/__init__.py``.
"""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from searchsvc.errors import ContentError
from searchsvc.posts.frontmatter import FrontMatter, as_flag, read_front_matter, shows_withdrawal
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.markup import Page, page_of_html, page_of_markdown, plain_text, shorten
from searchsvc.posts.post import LeftOut, Problem, Reading
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings, check_timezone

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown"})
HTML = frozenset({".html", ".htm"})
# What a URL's path may hold as it is (RFC 3986), with the signs that mean something there.
_SAFE_IN_PATH = "/-._~!$&'()*+,;=:@"
_SAFE_IN_URL = _SAFE_IN_PATH + "%?#[]"


class Site(ABC):
    """One blog, read by the rules of its generator.

    Attributes:
        name: as in the setting ``generator``.
        looked_for: what counts as a post, for a folder that holds none.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    looked_for: ClassVar[str]

    def __init__(self, root: Path, settings: Settings) -> None:
        """Read the site's own configuration, if its generator has one.

        Raises:
            ContentError: the configuration cannot be used.
        """
        self.root = root
        self.settings = settings
        self.zone = check_timezone(settings.timezone or self.own_timezone() or "UTC")

    @classmethod
    @abstractmethod
    def root_of(cls, folder: Path) -> Path | None:
        """The root of the site that this folder is or holds the posts of; None when it is none."""

    @abstractmethod
    def enters(self, folder: str) -> bool:
        """Whether posts may lie in this folder; a path below the root."""

    def loses(self, folder: str, leads_out: bool) -> bool:  # noqa: ARG002 (for subclasses)
        """Whether posts may be lost by not following a link to a folder."""
        return leads_out

    @abstractmethod
    def is_post(self, path: str) -> bool:
        """Whether a file is to be read, by its path below the root."""

    @abstractmethod
    def post(self, path: str, fields: Fields, front: FrontMatter) -> Reading | None:
        """Make a post of what a file holds; None when it is none after all.

        Raises:
            Unusable: the post cannot be used.
        """

    def fields(self, path: str, front: FrontMatter) -> Fields:  # noqa: ARG002 (for subclasses)
        """The metadata of a post as the generator sees it."""
        return Fields.of(front)

    def own_settings(self) -> object:
        """The site's configuration, as far as posts depend on it; its ``repr`` tells all of it."""
        return None

    def own_timezone(self) -> str:
        """The time zone of the site's configuration; empty when it has none."""
        return ""

    def reading(self, path: str, place: str, content: bytes) -> Reading | None:
        """Read one file; whatever is wrong with it becomes a Problem.

        Args:
            path: below the root, with ``/``; it is the post's id.
            place: the file as the user knows it.
        """
        try:
            front = read_front_matter(content)
        except Unusable as error:
            return problem(path, place, error, withdrawn=shows_withdrawal(content))
        try:
            fields = self.fields(path, front)
            if reason := self.hidden(fields):
                return LeftOut(path, place, reason)
            return self.post(path, fields, front)
        except Unusable as error:
            return problem(path, place, error, withdrawn=False)

    def hidden(self, fields: Fields) -> str:
        """Why readers may not see a post; empty when they may."""
        if fields.flag("draft"):
            return "draft"
        # What is neither yes nor no may be a date: Hugo's second name for publishDate.
        if as_flag(fields.text("published") or "") is False:
            return "unpublished"
        leads_on = any(fields.says_something(key) for key in ("redirect", "redirect_to"))
        return "redirect" if leads_on else ""

    def address(self, url: str) -> str:
        """A post's URL below the blog's address; one that is absolute already stays."""
        return address_of(url, self.settings.site_url or self.own_address())

    def own_address(self) -> str:
        """The blog's address in its own configuration; empty when it has none."""
        return ""


def problem(path: str, place: str, error: Unusable, *, withdrawn: bool) -> Problem:
    """The Problem that stands for a post."""
    where = place if error.line is None else f"{place}:{error.line}"
    return Problem(path, where, str(error), withdrawn)


def address_of(url: str, site_url: str) -> str:
    """A URL below the blog's address, or from ``/`` on; one that is absolute already stays."""
    if url.lower().startswith(("http://", "https://")):
        return "".join(url.split())
    return site_url.rstrip("/") + quote("/" + url.lstrip("/"), safe=_SAFE_IN_URL)


def escaped(path: str) -> str:
    """A piece of a URL's path, with what has no place there percent-encoded."""
    return quote(path, safe=_SAFE_IN_PATH)


def page_of(path: str, body: str) -> Page:
    return page_of_html(body) if suffix_of(path) in HTML else page_of_markdown(body)


def suffix_of(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if stem else ""


def excerpt_of(own: str | None, page: Page) -> str:
    """The author's excerpt as plain text and whole, else the first paragraph, shortened."""
    text = plain_text(own).replace("\n", " ") if own else ""
    return text or shorten(page.first_paragraph)


def language_of(fields: Fields) -> str | None:
    """The ISO 639 code of a post that names its language: ``en`` for ``en-GB``."""
    text = fields.text("lang", "language")
    if not text:
        return None
    code = text.replace("_", "-").partition("-")[0].lower()
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else None


def zone_named(name: str, place: str) -> ZoneInfo:
    """The time zone that a site's configuration names.

    Raises:
        ContentError: there is no such zone.
    """
    try:
        return check_timezone(name)
    except ValueError as error:
        raise ContentError(f"{place}: timezone is {name!r}. {error}") from error
