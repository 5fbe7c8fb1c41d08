"""What a site generator's rules must answer, and what is the same under all of them.

One generator is one file beside this one with a subclass of ``Site``, and one
line in the list of ``generators/__init__.py``. Each answer is ``Told``: the value, and
the rule that gave it.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from searchsvc.errors import ContentError
from searchsvc.posts.formats import FORMATS, Formats
from searchsvc.posts.frontmatter import FrontMatter, as_flag, read_front_matter, shows_withdrawal
from searchsvc.posts.generators.addresses import address_of
from searchsvc.posts.generators.assembling import told_post
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.postfile import PostFile, Told
from searchsvc.posts.post import LeftOut, Post, Problem, Reading
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings, check_timezone

NOTHING: Told[None] = Told(None, "")


class Site(ABC):
    """One blog, read by the rules of its generator.

    Attributes:
        name: as in the setting ``generator``.
        title: what a site of this kind is called.
        looked_for: what counts as a post, for a folder that holds none.
        formats: of front matter that the generator knows.
        root: the folder of the site.
        zone: its time zone: the setting, else the site's own, else UTC.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    looked_for: ClassVar[str]
    formats: ClassVar[Formats] = FORMATS

    def __init__(self, root: Path, settings: Settings) -> None:
        """Read the site's own configuration, if its generator has one.

        Raises:
            ContentError: the configuration cannot be used.
        """
        self.root = root
        self.settings = settings
        self.zone = check_timezone(settings.timezone or self.own_timezone() or "UTC")

    # Which files

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

    # The site's own configuration

    @property
    def is_rereadable(self) -> bool:
        """Whether a post follows from its own file, its path and ``posts.surroundings``."""
        return True

    def own_settings(self) -> object:
        """What posts depend on besides ``posts.surroundings``; its ``repr`` tells all of it."""
        return None

    def own_timezone(self) -> str:
        """The time zone of the site's configuration; empty when it has none."""
        return ""

    def own_address(self) -> str:
        """The blog's address in its own configuration; empty when it has none."""
        return ""

    # What a file says

    def front_matter(self, path: str, content: bytes) -> FrontMatter:  # noqa: ARG002 (for subclasses)
        """A file taken apart. Raises ``Unusable`` when that cannot be done."""
        return read_front_matter(content, self.formats)

    def is_withdrawn(self, content: bytes) -> bool:
        """Whether a file that cannot be taken apart still says that nobody may see the post."""
        return shows_withdrawal(content, self.formats)

    def fields(self, path: str, front: FrontMatter) -> Fields:  # noqa: ARG002 (for subclasses)
        """The metadata of a post as the generator sees it, defaults of the site included."""
        return Fields.of(front)

    def file(self, path: str, front: FrontMatter) -> PostFile:
        """A file as the rules look at it; another kind where Markdown is not as elsewhere."""
        return PostFile(path, front, self.fields(path, front))

    def hidden(self, file: PostFile) -> str:
        """Why readers may not see a post, in a word or two; empty when they may."""
        if file.fields.flag("draft"):
            return "draft"
        # What is neither yes nor no may be a date: Hugo's second name for publishDate.
        if as_flag(file.fields.text("published") or "") is False:
            return "unpublished"
        leads_on = any(file.fields.says_something(key) for key in ("redirect", "redirect_to"))
        return "redirect" if leads_on else ""

    def is_none(self, file: PostFile) -> bool:  # noqa: ARG002 (for subclasses)
        """Whether a file turns out to be no post at all, which nobody need be told."""
        return False

    @abstractmethod
    def title_of(self, file: PostFile) -> Told[str]:
        """Plain text, never empty.

        This and what follows raise ``Unusable`` for what makes a post unusable.
        """

    @abstractmethod
    def date_of(self, file: PostFile) -> Told[datetime | None]:
        """The instant that readers see as the date, in the zone of the site."""

    @abstractmethod
    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:
        """The address: a path below that of the site, or absolute."""

    @abstractmethod
    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        """The categories as written, *the* category first."""

    @abstractmethod
    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        """The tags as written."""

    @abstractmethod
    def excerpt_of(self, file: PostFile) -> Told[str]:
        """Plain text on one line: the author's, else the beginning of the body."""

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        """From when on readers may see the post; the value None for always."""
        return date

    def closes(self, file: PostFile) -> Told[datetime | None]:  # noqa: ARG002 (for subclasses)
        """From when on they may no longer; the value None for never."""
        return NOTHING

    def lang_of(self, file: PostFile) -> Told[str | None]:
        """The ISO 639 code of a post that names its language."""
        own = language_of(file.fields.text("lang", "language"))
        return Told(own, "front matter: lang") if own else NOTHING

    def lang_of_site(self, name: str, rule: str) -> Told[str | None]:
        """The language that a site's configuration names for posts that name none.

        None where the setting ``language`` is given: what the owner sets for our words counts
        before what a theme may have come with.
        """
        if "language" in self.settings.model_fields_set:
            return NOTHING
        code = language_of(name)
        return Told(code, rule) if code else NOTHING

    # The whole

    def reading(self, path: str, place: str, content: bytes) -> Reading | None:
        """Read one file; whatever is wrong with it becomes a Problem.

        Args:
            path: below the root, with ``/``; it is the post's id.
            place: the file as the user knows it.
        """
        try:
            front = self.front_matter(path, content)
        except Unusable as error:
            return problem(path, place, error, withdrawn=self.is_withdrawn(content))
        try:
            file = self.file(path, front)
            if reason := self.hidden(file):
                return LeftOut(path, place, reason)
            return None if self.is_none(file) else self.post(file)
        except Unusable as error:
            return problem(path, place, error, withdrawn=False)

    def post(self, file: PostFile) -> Post:
        """Put together what the rules say of a file.

        Raises:
            Unusable: the post cannot be used.
        """
        # First, since what else is asked of the body then comes from what is rendered.
        body = file.page.text if self.settings.index_body else ""
        title, date = self.title_of(file), self.date_of(file)
        categories, tags = self.categories_of(file), self.tags_of(file)
        url = self.url_of(file, date.value, categories.value)
        excerpt, lang = self.excerpt_of(file), self.lang_of(file)
        opens, closes = self.opens(file, date), self.closes(file)
        return told_post(
            file.path,
            body=body,
            url=Told(self.address(url.value), url.rule),
            title=title,
            excerpt=excerpt,
            categories=categories,
            tags=tags,
            date=date,
            opens=opens,
            closes=closes,
            lang=lang,
        )

    def address(self, url: str) -> str:
        """A post's URL below the blog's address; one that is absolute already stays."""
        return address_of(url, self.settings.site_url or self.own_address())


def problem(path: str, place: str, error: Unusable, *, withdrawn: bool) -> Problem:
    """The Problem that stands for a post."""
    where = place if error.line is None else f"{place}:{error.line}"
    return Problem(path, where, str(error), withdrawn)


def language_of(text: str | None) -> str | None:
    """The ISO 639 code of a language tag: ``en`` for ``en-GB``; None when it is none."""
    code = (text or "").replace("_", "-").partition("-")[0].lower()
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
