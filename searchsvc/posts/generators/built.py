"""A built site: the HTML pages that a generator has left on disk, whichever it was.

For blogs whose source is elsewhere, or made by a program that we do not know. The pages
are those that the site's sitemap names; without one, all of them. Readers see these
pages as they are: nothing in them is a draft or waits for its hour.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from searchsvc.posts.dates import parse_date
from searchsvc.posts.files import find_files, read_file
from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.addresses import escaped, filled
from searchsvc.posts.generators.base import NOTHING, Site, language_of, problem
from searchsvc.posts.generators.built_urls import BuiltUrls, site_above
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.pages import HtmlPage, read_page
from searchsvc.posts.generators.postfile import HTML, PostFile, Told, suffix_of
from searchsvc.posts.generators.sitemap import read_sitemap
from searchsvc.posts.markup import MAX_TITLE_CHARS, Page, page_of_rendered, shorten
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.post import LeftOut, Reading
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings

_NO_POSTS = frozenset({"index.html", "index.htm", "404.html", "404/index.html"})
# Folders of pages that list others, as generators and themes call them.
_LISTS = frozenset(
    "archive archives author authors categories category page search series tag tags topics".split()
)
_DATES = (
    "json-ld: datepublished",
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.created",
)
_DESCRIPTIONS = ("description", "og:description", "json-ld: description")


class _BuiltFile(PostFile):
    """A page as its rules look at it: its fields are lists of texts."""

    def __init__(self, path: str, html: HtmlPage) -> None:
        values: dict[str, Value] = {name: list(texts) for name, texts in html.values.items()}
        super().__init__(path, FrontMatter(body=html.body), Fields(values))
        self.html = html

    def page_of(self, body: str) -> Page:
        return page_of_rendered(body)


class Built(Site):
    """A folder of HTML pages.

    Where some pages say that they are articles (Open Graph, JSON-LD), those are the posts.
    Where none does and some have one ``<article>``, it is those; else all pages are,
    but for lists of others, which the names of their folders tell.
    """

    name = "site"
    title = "Built site"
    looked_for = "HTML pages, those of sitemap.xml if there is one"

    def __init__(self, root: Path, settings: Settings) -> None:
        super().__init__(root, settings)
        self._sitemap = read_sitemap(root)
        self._urls = BuiltUrls(root, self._sitemap, settings.site_url)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return folder if read_sitemap(folder) else site_above(folder)

    @property
    def is_rereadable(self) -> bool:
        # Which pages are posts, all of them together tell.
        return False

    def own_address(self) -> str:
        return self._urls.own

    def enters(self, folder: str) -> bool:
        name = folder.rpartition("/")[2]
        hidden = "." if self._sitemap else (".", "_")
        return not name.startswith(hidden) and name != "node_modules"

    def is_post(self, path: str) -> bool:
        if path in _NO_POSTS or suffix_of(path) not in HTML:
            return False
        return self._sitemap is None or path in self._sitemap.pages

    def reading(self, path: str, place: str, content: bytes) -> Reading | None:
        try:
            file = _BuiltFile(path, read_page(content))
            if reason := self._left_out(file):
                return LeftOut(path, place, reason)
            return self.post(file)
        except Unusable as error:
            return problem(path, place, error, withdrawn=False)

    # Which pages are posts

    def _left_out(self, file: _BuiltFile) -> str:
        robots = _first(file, "robots").value.lower()
        if "noindex" in robots or robots == "none":
            return "noindex"
        if "refresh" in file.html.values:
            return "redirect"
        if self._urls.copied_from(_first(file, "canonical").value) not in ("", file.path):
            return "copy of another page"
        return "" if self._is_post(file) else "no post"

    def _is_post(self, file: _BuiltFile) -> bool:
        if self._sign == "says":
            return file.html.says_post
        if not _LISTS.isdisjoint(file.path.lower().split("/")[:-1]):
            return False
        return file.html.has_article or self._sign != "article"

    @cached_property
    def _sign(self) -> str:
        """By what this site's posts are told: ``says``, ``article``, or "" for nothing."""
        found = ""
        for page in self._pages():
            if page.says_post:
                return "says"
            if page.has_article:
                found = "article"
        return found

    def _pages(self) -> Iterator[HtmlPage]:
        """All pages, one after the other; what cannot be read is told when it is read as a post."""
        files = find_files(
            self.root, enters=self.enters, wanted=self.is_post, loses=lambda _path, _out: False
        )
        for file in files:
            try:
                yield read_page(read_file(self.root, file.path) or b"")
            except Unusable:
                continue

    # What a page says

    def title_of(self, file: PostFile) -> Told[str]:
        own = _first(file, "json-ld: headline", "og:title", "h1")
        found = own if own.value else _title_of_window(file)
        if not found.value:
            raise Unusable("There is no title. Give the page one: <title>…</title>")
        return Told(found.value[:MAX_TITLE_CHARS], found.rule)

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        if (said := _first(file, *_DATES)).value:
            return Told(Fields({said.rule: said.value}).date(self.zone, said.rule), said.rule)
        for text in _all(file, "time").value:
            try:
                return Told(parse_date(text, self.zone), "<time>")
            except ValueError:
                # It may be a duration, or an hour of the day.
                continue
        return NOTHING

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        return NOTHING

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:  # noqa: ARG002
        if canonical := self._urls.canonical(_first(file, "canonical").value):
            return Told(canonical, "canonical link")
        if named := self._urls.named(file.path):
            return Told(named, "sitemap")
        path = _shown_path(file.path)
        if template := self.settings.url_template:
            bare = path.strip("/").removesuffix(file.suffix)
            folder, _, slug = bare.rpartition("/")
            url = filled(template, path=bare, folder=folder, slug=slug, date=date)
            return Told(url, "setting url_template")
        return Told(escaped(path), "path of the file")

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        return _all(file, "json-ld: articlesection", "article:section", "rel=category")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        found = _all(file, "article:tag", "json-ld: keywords", "rel=tag", "p-category", "keywords")
        if found.rule.endswith("keywords") and len(found.value) == 1:
            return Told([one.strip() for one in found.value[0].split(",")], found.rule)
        return found

    def excerpt_of(self, file: PostFile) -> Told[str]:
        for name in _DESCRIPTIONS:
            if (said := _first(file, name).value) and said not in self._of_whole_site:
                return Told(said, name)
        return Told(shorten(file.page.first_paragraph), "first paragraph of the main text")

    def lang_of(self, file: PostFile) -> Told[str | None]:
        found = _first(file, "html lang", "json-ld: inlanguage")
        return Told(language_of(found.value), found.rule)

    @cached_property
    def _of_whole_site(self) -> frozenset[str]:
        """How the home page is described: what other pages say alike is not about them."""
        try:
            home = read_page(read_file(self.root, "index.html") or b"")
        except Unusable:
            return frozenset()
        return frozenset(text for name in _DESCRIPTIONS for text in home.values.get(name, ()))


def _all(file: PostFile, *names: str) -> Told[Sequence[str]]:
    """The texts of the first name that has some."""
    for name in names:
        if texts := file.fields.strings(name, lambda text: [text]):
            return Told(texts, name)
    return Told((), "")


def _first(file: PostFile, *names: str) -> Told[str]:
    """The first of them; "" without any."""
    found = _all(file, *names)
    return Told(found.value[0], found.rule) if found.value else Told("", "")


def _title_of_window(file: PostFile) -> Told[str]:
    """``<title>`` without the name of the site, which mostly stands at its end."""
    whole, heading = _first(file, "title"), _first(file, "h1 above")
    if heading.value and whole.value.startswith(heading.value):
        # A heading above the article; one that says something else is the name of the site.
        return heading
    name = _first(file, "og:site_name").value
    without = whole.value.removesuffix(name).rstrip(" |–—-·:") if name else whole.value
    return Told(without or whole.value, whole.rule)


def _shown_path(path: str) -> str:
    """The path under which a server shows a file."""
    folder, _, name = path.rpartition("/")
    return f"/{folder}/" if name in ("index.html", "index.htm") else f"/{path}"
