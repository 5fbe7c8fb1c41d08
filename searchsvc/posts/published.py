"""Published: the pages that a site shows its readers, as they lie on this machine.

A folder of built pages, a sitemap, a list of addresses, or a feed. What an index holds can
be compared with it (``verifying``). Nothing is fetched.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.dates import parse_date
from searchsvc.posts.encoding import decode_leniently
from searchsvc.posts.feeds.opening import SUFFIXES, open_entry_file
from searchsvc.posts.files import FoundFile, find_files, read_file
from searchsvc.posts.generators.built import Built
from searchsvc.posts.generators.postfile import HTML, PostFile, suffix_of
from searchsvc.posts.generators.sitemap import NAMES, is_sitemap, named_addresses
from searchsvc.posts.post import LeftOut, Post, Reading
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings

_ADDRESS = re.compile(r"https?://\S+|/\S*", re.IGNORECASE)
_HTML_NAME = re.compile(r"(?:(?<=/)index)?\.html?$")
_SITEMAPS = (".xml", ".gz")


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One page of a site.

    Attributes:
        addresses: where it is shown, the one to tell people first; paths alone where
            nothing says the host. Several may be ways to write one.
        title: "" where nothing tells it.
        days: those that readers may take its date for, likeliest first; empty without one.
        is_post: whether it is a post; None where only its address is known.
        leads_on: it only sends its readers to another page.
    """

    addresses: tuple[str, ...]
    title: str = ""
    days: tuple[dt.date, ...] = ()
    is_post: bool | None = None
    leads_on: bool = False


class Published:
    """What is known of a site: a description, how many pages it has, and the pages."""

    def __init__(
        self,
        description: str,
        count: int,
        pages: Callable[[], Iterable[PublishedPage]],
        *,
        is_whole: bool = True,
    ) -> None:
        """Note where the pages come from; they are read when they are asked for.

        Args:
            is_whole: these are all pages of the site; a feed has only some.
        """
        self.description = description
        self.is_whole = is_whole
        self._count = count
        self._pages = pages

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[PublishedPage]:
        return iter(self._pages())


def open_published(path: Path, settings: Settings) -> Published:
    """Look at a site: a folder of built pages, a sitemap, a feed, or a list of addresses.

    Args:
        settings: the time zone counts, of a date that names none.

    Raises:
        ContentError: it is not there, is something else, or holds no page.
    """
    if str(path).lower().startswith(("http:/", "https:/")):
        # Path takes one of two slashes off.
        raise ContentError(
            f"{path}: pages are not fetched. Name the folder of the built site, or save the "
            "site's sitemap or feed and name that file"
        )
    if path.is_dir():
        return _folder(path, settings)
    if not path.is_file():
        raise ContentError(f"{path}: there is no such folder or file. Check the name")
    if path.suffix.lower() in _SITEMAPS and is_sitemap(path):
        return _sitemap(path, settings)
    if path.suffix.lower() in SUFFIXES:
        return _feed(path, settings)
    return _list(path)


def _folder(path: Path, settings: Settings) -> Published:
    # Without an address: where the site says that it lives is to be compared.
    own = {"generator": "site", "site_url": "", "url_template": "", "index_body": False}
    site = _PublishedSite(Built.root_of(path) or path, settings.model_copy(update=own))
    files = site.all_pages()
    if not files:
        raise ContentError(
            f"{path}: there are no HTML pages. Name the folder that the site is built into, "
            "such as _site, public or dist"
        )
    return Published(f"built site {path}/", len(files), lambda: map(site.page, files))


def _sitemap(path: Path, settings: Settings) -> Published:
    """The pages beside a sitemap when they are there, since they tell more; else its addresses."""
    if path.name in NAMES and Built.root_of(path.parent) == path.parent:
        return _folder(path.parent, settings)
    addresses = named_addresses(path)
    return Published(f"sitemap {path}", len(addresses), lambda: map(_of_address, addresses))


def _list(path: Path) -> Published:
    try:
        lines = decode_leniently(path.read_bytes()).splitlines()
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror})") from error
    addresses = []
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if not _ADDRESS.fullmatch(text):
            raise ContentError(
                f"{path}:{number}: {shown(text)} is no address. Write one on each line, "
                "such as https://example.com/rye/ or /rye/"
            )
        addresses.append(text)
    if not addresses:
        raise ContentError(f"{path}: there are no addresses in it. Write one on each line")
    return Published(f"list {path}", len(addresses), lambda: map(_of_address, addresses))


def _of_address(address: str) -> PublishedPage:
    return PublishedPage((address,))


def _feed(path: Path, settings: Settings) -> Published:
    feed = open_entry_file(path, settings.model_copy(update={"generator": "auto"}))

    def pages() -> Iterator[PublishedPage]:
        for reading in feed.readings({}):
            if isinstance(reading, Post):
                yield PublishedPage(
                    (reading.url,), reading.title, _around(reading.date), is_post=True
                )

    return Published(feed.description, len(feed), pages, is_whole=False)


def _around(day: dt.date | None) -> tuple[dt.date, ...]:
    """Feeds tell instants, mostly in UTC: the day is another one in some zone."""
    return tuple(day + dt.timedelta(days=step) for step in (0, -1, 1)) if day else ()


class _PublishedSite(Built):
    """A built site with all its pages: those that are no posts too, named by a sitemap or not."""

    def __init__(self, root: Path, settings: Settings) -> None:
        super().__init__(root, settings)
        self._days: dict[str, tuple[dt.date, ...]] = {}

    def all_pages(self) -> list[FoundFile]:
        return find_files(
            self.root,
            enters=lambda folder: not folder.rpartition("/")[2].startswith("."),
            wanted=lambda path: suffix_of(path) in HTML,
            loses=lambda _path, _leads_out: False,
        )

    def page(self, file: FoundFile) -> PublishedPage:
        """What a page says of itself; one that cannot be read is a page all the same."""
        # Servers show rye.html as /rye too.
        places = tuple(self.address(path) for path in (_HTML_NAME.sub("", file.path), file.path))
        match self._read(file.path):
            case Post() as post:
                days = self._days.pop(post.id, ())
                return PublishedPage((post.url, *places), post.title, days, is_post=True)
            case LeftOut(reason="redirect"):
                return PublishedPage(places, is_post=False, leads_on=True)
            case _:
                return PublishedPage(places, is_post=False)

    def _read(self, path: str) -> Reading | None:
        if not self.is_post(path):
            return None
        try:
            return self.reading(path, path, read_file(self.root, path) or b"")
        except Unusable:
            return None

    def post(self, file: PostFile) -> Post:
        """The post; the days that readers may take its date for are noted beside it."""
        post = super().post(file)
        if post.date:
            texts = file.fields.strings(post.rules["date"].strip("<>"), lambda text: [text])
            self._days[post.id] = tuple(self._as_written(texts, post.date))
        return post

    def _as_written(self, texts: Iterable[str], in_zone: dt.date) -> Iterator[dt.date]:
        """The day of the first date as it is written, which is mostly what the page shows.

        What is written in UTC may be shown in the blog's zone.
        """
        for text in texts:
            try:
                written = parse_date(text, self.zone, as_written=True)
            except ValueError:
                continue
            yield written.date()
            if not written.utcoffset():
                yield in_zone
            return
