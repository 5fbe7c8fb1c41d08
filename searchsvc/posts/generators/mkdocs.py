"""MkDocs: posts are those of Material's blog plugin; without it, all pages are.

Sources: the plugins ``blog``, ``meta`` and ``tags`` of Material for MkDocs 9.7 and
``structure/{files,pages}.py`` of MkDocs 1.6.
"""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.addresses import filled
from searchsvc.posts.generators.base import NOTHING, Site
from searchsvc.posts.generators.excerpts import excerpt_before, first_paragraph, own_excerpt
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.mkdocs_config import (
    NAMES,
    Blog,
    docs_of,
    merged,
    read_mkdocs_config,
)
from searchsvc.posts.generators.mkdocs_markdown import heading, plain_markdown, without_heading
from searchsvc.posts.generators.mkdocs_urls import address_of_page, path_in_blog, title_of_name
from searchsvc.posts.generators.postfile import PostFile, Told
from searchsvc.posts.generators.roots import has_any, root_above
from searchsvc.posts.generators.siteconfig import read_config
from searchsvc.posts.markup import Page, page_of_markdown, plain_title
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


class MkDocsFile(PostFile):
    """A page of MkDocs, written for Python-Markdown."""

    def page_of(self, body: str) -> Page:
        return page_of_markdown(plain_markdown(body))

    @property
    def name(self) -> str:
        """As MkDocs has it: a README is an index."""
        name = super().name
        return "index" if name == "README" else name


class MkDocs(Site):
    """A site made with MkDocs, with or without the blog plugin of its theme Material."""

    name = "mkdocs"
    title = "MkDocs site"
    looked_for = "Markdown files in the folder of the blog plugin's posts, or without it in docs/"

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_mkdocs_config(root)
        self._defaults: dict[str, Mapping[str, Value]] = {"": {}}
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return root_above(folder, lambda root: has_any(root, NAMES), lambda root: [docs_of(root)])

    def own_settings(self) -> object:
        # It may inherit from a file outside of the site. What is made of it holds functions,
        # whose names are others in every process.
        return self.config.written

    def own_address(self) -> str:
        return self.config.address

    def enters(self, folder: str) -> bool:
        leads_to_docs = f"{self.config.docs}/".startswith(f"{folder}/")
        inner = folder.removeprefix(f"{self.config.docs}/")
        return leads_to_docs or (inner != folder and not inner.rpartition("/")[2].startswith("."))

    def loses(self, folder: str, leads_out: bool) -> bool:
        # MkDocs follows links. A link to pictures is no loss.
        return leads_out or self._blog_of(folder) is not None

    def is_post(self, path: str) -> bool:
        inner = path.removeprefix(f"{self.config.docs}/")
        if inner == path or not path.endswith(_SUFFIXES) or self.config.ignored(inner):
            return False
        folder, name = posixpath.split(path)
        if name.startswith("README.") and (self.root / folder / "index.md").is_file():
            return False
        return not self.config.blogs or self._blog_of(path) is not None

    def file(self, path: str, front: FrontMatter) -> PostFile:
        return MkDocsFile(path, front, self.fields(path, front))

    def fields(self, path: str, front: FrontMatter) -> Fields:
        own = Fields.of(front)
        defaults = self._defaults_for(posixpath.dirname(path)) if self.config.defaults_file else {}
        return replace(own, values=_added(defaults, own.values)) if defaults else own

    def hidden(self, file: PostFile) -> str:
        search = file.fields.values.get("search")
        if isinstance(search, dict) and Fields(search).flag("exclude"):
            return "not searched"
        reason, blog = super().hidden(file), self._blog_of(file.path)
        return "" if reason == "draft" and blog and blog.shows_drafts else reason

    def title_of(self, file: PostFile) -> Told[str]:
        if own := plain_title(self.config.titles.get(self._inner(file.path), "")):
            return Told(own, "mkdocs.yml: nav")
        if own := plain_title(file.fields.text("title") or ""):
            return Told(own, "front matter: title")
        if (line := heading(file.front.body)) and (text := file.page_of(line).heading):
            return Told(text, "first heading of the body")
        if self._inner(file.path) in ("index.md", "README.md"):
            return Told("Home", "home page")
        return Told(title_of_name(file.name), "name of the file")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        fields, rule = file.fields, "front matter: date"
        created = fields.values.get("date")
        if isinstance(created, dict) and (inner := created.get("created")):
            fields, rule = fields.over_with("date", inner), "front matter: date.created"
        date = fields.date(self.zone, "date", as_written=True)
        return Told(date, rule) if date else NOTHING

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:
        blog = self._blog_of(file.path)
        said = file.fields.flag("draft") is not None
        if blog is None or not blog.hides_future or blog.shows_drafts or said:
            return NOTHING
        return Told(date.value, "mkdocs.yml: draft_if_future_date")

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        return _listed(file, "categories")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        return _listed(file, self.config.tags_key)

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:
        inner, blog = self._inner(file.path), self._blog_of(file.path)
        folder, path = posixpath.dirname(inner), posixpath.splitext(inner)[0]
        if template := self.settings.url_template:
            slug = file.fields.text("slug") or file.name
            url = filled(template, path=path, folder=folder, slug=slug, date=date)
            return Told(url, "setting url_template")
        rule = "path of the file"
        if blog is not None:
            language, rule = self.config.language, f"mkdocs.yml: post_url_format {blog.url}"
            path = path_in_blog(blog, file, date, categories=categories, language=language)
        return Told(address_of_page(path, directory_urls=self.config.directory_urls), rule)

    def excerpt_of(self, file: PostFile) -> Told[str]:
        blog = self._blog_of(file.path)
        found = None
        if blog is not None and blog.separator in file.front.body:
            body = without_heading(file.front.body)
            text = MkDocsFile(file.path, replace(file.front, body=body), file.fields)
            found = excerpt_before(text, re.compile(re.escape(blog.separator)))
        return found or own_excerpt(file, "description") or first_paragraph(file)

    def lang_of(self, file: PostFile) -> Told[str | None]:
        own = super().lang_of(file)
        site = self.lang_of_site(self.config.language, "mkdocs.yml: theme.language")
        return own if own.value else site

    # Where things are

    def _inner(self, path: str) -> str:
        """A path below the docs."""
        return path.removeprefix(f"{self.config.docs}/")

    def _blog_of(self, path: str) -> Blog | None:
        """The blog of a post; as in the plugin, ``posts-old/`` begins like ``posts``."""
        inner = self._inner(path)
        fitting = (blog for blog in self.config.blogs if inner.startswith(blog.posts))
        return next(fitting, None)

    def _defaults_for(self, folder: str) -> Mapping[str, Value]:
        """The front matter that the files of a folder, and of those above it, are given."""
        if folder not in self._defaults:
            above = self._defaults_for(posixpath.dirname(folder))
            try:
                here = read_config(self.root, [f"{folder}/{self.config.defaults_file}"]).values
            except Unusable:
                raise
            except ContentError as error:
                raise Unusable(str(error)) from error
            self._defaults[folder] = _added(above, here)
        return self._defaults[folder]


def _added(under: Mapping[str, Value], over: Mapping[str, Value]) -> dict[str, Value]:
    """Front matter over that of a folder: lists go on, mappings are laid over each other."""
    found = merged(under, over)
    for key, value in over.items():
        below = under.get(key)
        if isinstance(below, list) and isinstance(value, list):
            found[key] = [*below, *value]
    return found


def _listed(file: PostFile, name: str) -> Told[Sequence[str]]:
    values = file.fields.strings(name, lambda text: [text])
    return Told(values, f"front matter: {name}" if values else "")
