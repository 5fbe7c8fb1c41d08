"""Docusaurus: posts are those of its blog plugin, and their translations.

Sources: ``plugin-content-blog``, ``utils/markdownUtils`` and ``core/server/i18n`` of
Docusaurus 3.10.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from searchsvc.posts.dates import parse_date
from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.addresses import escaped, filled
from searchsvc.posts.generators.base import NOTHING, Site, language_of
from searchsvc.posts.generators.docusaurus_config import (
    NAMES,
    Blog,
    Locale,
    labels_of_tags,
    read_docusaurus_config,
)
from searchsvc.posts.generators.excerpts import excerpt_before, first_paragraph, own_excerpt
from searchsvc.posts.generators.postfile import PostFile, Told
from searchsvc.posts.generators.roots import has_any, overlap, root_above
from searchsvc.posts.markup import MAX_TITLE_CHARS, Page, page_of_mdx, plain_title
from searchsvc.settings import Settings

_NAME = re.compile(
    r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*?)(?:/index)?\.mdx?"
)
_INDEX = re.compile(r"(?:/index)?\.mdx?$")
_TITLE = re.compile(r"#[ \t]+(?P<title>[^ \t\n].*)(?:\n|\Z)")
_UNDERLINED = re.compile(r"(?P<title>.*)\n=+[ \t]*(?:\n|\Z)")
_ANCHOR = re.compile(r"(?:\{#*[\w-]+\}|#+)$")


class Place(NamedTuple):
    """Where a post belongs.

    Attributes:
        path: of its file, below the folder of the blog.
    """

    blog: Blog
    locale: Locale
    path: str


class MdxFile(PostFile):
    """A file that is MDX whatever its suffix."""

    def page_of(self, body: str) -> Page:
        return page_of_mdx(body)


class Docusaurus(Site):
    """A site made with Docusaurus."""

    name = "docusaurus"
    title = "Docusaurus site"
    looked_for = "Markdown and MDX files in the folder of its blog plugin"

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_docusaurus_config(root, needs_address=not settings.site_url)
        self._labels = {
            (blog, locale): labels_of_tags(root, self._tag_files(blog, locale))
            for blog in self.config.blogs
            for locale in self.config.locales
        }
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return root_above(folder, lambda root: has_any(root, NAMES), _homes_of)

    def own_address(self) -> str:
        return self.config.address

    def enters(self, folder: str) -> bool:
        return any(overlap(folder, home) for home, _, _ in self._homes())

    def is_post(self, path: str) -> bool:
        place = self._place(path)
        if place is None or not place.blog.files.take(place.path):
            return False
        source = f"{place.blog.folder}/{place.path}"
        if path != source:
            return (self.root / source).is_file()
        default = self.config.locales[0]
        translated = self.root / default.folder / place.blog.translated / place.path
        return not (default.folder and translated.is_file())

    def file(self, path: str, front: FrontMatter) -> PostFile:
        is_mdx = self.config.is_mdx or path.endswith(".mdx")
        return (MdxFile if is_mdx else PostFile)(path, front, self.fields(path, front))

    def hidden(self, file: PostFile) -> str:
        return super().hidden(file) or ("unlisted" if file.fields.flag("unlisted") else "")

    def title_of(self, file: PostFile) -> Told[str]:
        if own := plain_title(file.fields.text("title") or ""):
            return Told(own, "front matter: title")
        if heading := _heading(file.front.body):
            return Told(heading, "first heading of the body")
        path = self._placed(file).path
        dated = _NAME.fullmatch(path)
        return Told((dated and dated["text"]) or _INDEX.sub("", path), "name of the file")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        if own := file.fields.date(self.zone, "date"):
            return Told(own, "front matter: date")
        dated = _NAME.fullmatch(self._placed(file).path)
        try:
            date = parse_date(dated["date"], self.zone) if dated else None
        except ValueError:
            # 2024-99-99 in a name is no date but a name.
            date = None
        return Told(date, "name of the file") if date else NOTHING

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        return NOTHING

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:  # noqa: ARG002
        return Told((), "")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        place = self._placed(file)
        labels = self._labels[place.blog, place.locale]
        tags = file.fields.strings("tags", lambda text: [text])
        return Told([labels.get(tag, tag) for tag in tags], "front matter: tags" if tags else "")

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:  # noqa: ARG002
        blog, locale, path = self._placed(file)
        own, named = file.fields.text("slug"), _slug_of(path)
        if not own and (template := self.settings.url_template):
            bare = _INDEX.sub("", path)
            folder, slug = bare.rpartition("/")[0], named.rpartition("/")[2]
            url = filled(template, path=bare, folder=folder, slug=slug, date=date)
            return Told(url, "setting url_template")
        url = re.sub("/{2,}", "/", f"/{locale.base}/{blog.route}/{own or named}")
        if self.config.trailing_slash is not None:
            url = url.rstrip("/") + "/" * self.config.trailing_slash
        url = locale.home + escaped(url) if locale.home else url
        return Told(url, "front matter: slug" if own else "path of the file")

    def excerpt_of(self, file: PostFile) -> Told[str]:
        body = _without_heading(file.front.body)
        untitled = self.file(file.path, replace(file.front, body=body))
        found = excerpt_before(untitled, self._placed(file).blog.marker)
        return found or own_excerpt(file, "description") or first_paragraph(file)

    def lang_of(self, file: PostFile) -> Told[str | None]:
        name, rule = self._placed(file).locale.language, "docusaurus.config: i18n"
        if len(self.config.locales) == 1:
            return self.lang_of_site(name, rule)
        return Told(language_of(name), rule)

    # Where things are

    def _homes(self) -> Iterator[tuple[str, Blog, Locale]]:
        """The folders that hold posts, with the blog and the language that they are of."""
        for blog in self.config.blogs:
            yield blog.folder, blog, self.config.locales[0]
            for locale in self.config.locales:
                if locale.folder:
                    yield f"{locale.folder}/{blog.translated}", blog, locale

    def _place(self, path: str) -> Place | None:
        for home, blog, locale in self._homes():
            if path.startswith(f"{home}/"):
                return Place(blog, locale, path.removeprefix(f"{home}/"))
        return None

    def _placed(self, file: PostFile) -> Place:
        place = self._place(file.path)
        assert place is not None, "is_post lets no other file pass"
        return place

    def _tag_files(self, blog: Blog, locale: Locale) -> list[str]:
        folders = [f"{locale.folder}/{blog.translated}"] if locale.folder else []
        return [f"{home}/{blog.tags_file}" for home in (*folders, blog.folder) if blog.tags_file]


def _homes_of(root: Path) -> Iterator[str]:
    config = read_docusaurus_config(root, needs_address=False)
    yield from (blog.folder for blog in config.blogs)
    yield from (locale.folder for locale in config.locales if locale.folder)


def _slug_of(path: str) -> str:
    """The end of the address that the name of a file stands for."""
    if dated := _NAME.fullmatch(path):
        return f"{dated['date'].replace('-', '/')}/{dated['folder']}{dated['text']}"
    return _INDEX.sub("", path)


def _without_imports(body: str) -> str:
    """The body from its first paragraph on."""
    body = body.lstrip()
    while body.startswith(("import ", "import\t")):
        body = body.partition("\n\n")[2].lstrip()
    return body


def _found_heading(body: str) -> re.Match[str] | None:
    start = _without_imports(body)
    return _TITLE.match(start) or _UNDERLINED.match(start)


def _heading(body: str) -> str:
    """The heading that a body begins with, as text; "" without one."""
    found = _found_heading(body)
    title = found["title"].strip()[:MAX_TITLE_CHARS] if found else ""
    return plain_title(_ANCHOR.sub("", title).strip())


def _without_heading(body: str) -> str:
    found = _found_heading(body)
    return found.string[found.end() :] if found else body
