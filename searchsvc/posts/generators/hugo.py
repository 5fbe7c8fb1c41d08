"""Hugo: every regular page of the content is a post, those at the top such as /about/ as well.

Sources: Hugo's documentation (Front matter, Build options, URL management, Taxonomies,
Multilingual mode) and what Hugo 0.168 made of small sites.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.addresses import filled
from searchsvc.posts.generators.base import NOTHING, Site, language_of, zone_named
from searchsvc.posts.generators.excerpts import excerpt_before, first_paragraph, own_excerpt
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.hugo_config import (
    Language,
    base_address,
    is_below,
    is_hugo_site,
    read_hugo_config,
)
from searchsvc.posts.generators.hugo_dates import FILE_TIME
from searchsvc.posts.generators.hugo_hidden import kept_back
from searchsvc.posts.generators.hugo_org import FORMATS
from searchsvc.posts.generators.hugo_page import HugoPage, Rules
from searchsvc.posts.generators.hugo_sections import Sections
from searchsvc.posts.generators.hugo_targets import with_params
from searchsvc.posts.generators.hugo_tree import Tree, page_path
from searchsvc.posts.generators.hugo_urls import Words
from searchsvc.posts.generators.postfile import HTML, PostFile, Told
from searchsvc.posts.generators.roots import root_above
from searchsvc.posts.generators.siteconfig import SiteConfig
from searchsvc.posts.markup import plain_title
from searchsvc.posts.post import Post
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings, check_timezone

# No other spelling counts for Hugo.
_MORE = re.compile("<!--more-->")
_MORE_IN_ORG = re.compile(r"^# more[ \t]*$", re.MULTILINE)


class Hugo(Site):
    """A Hugo site."""

    name = "hugo"
    title = "Hugo site"
    looked_for = "pages such as content/posts/rye.md or content/posts/rye/index.md"
    formats = FORMATS

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_hugo_config(root)
        super().__init__(root, settings)
        site = self.config.site
        self._tree = Tree(root, self.config, _ignored(site))
        self._sections = Sections(root, self._tree, site.get("cascade"))
        self._rules = {
            name: Rules.of(language, self._zone_of(language))
            for name, language in self.config.languages.items()
        }
        self._drafts = site.flag("builddrafts", default=False)
        self._future = site.flag("buildfuture", default=False)
        self._expired = site.flag("buildexpired", default=False)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return root_above(folder, is_hugo_site, _homes_of)

    def enters(self, folder: str) -> bool:
        return self._tree.enters(folder)

    def loses(self, folder: str, leads_out: bool) -> bool:  # noqa: ARG002
        # Hugo follows no links but one in the place of a whole folder of content.
        return any(is_below(mount.folder + "/", folder) for mount in self.config.mounts)

    def is_post(self, path: str) -> bool:
        return self._tree.is_page(path)

    @property
    def is_rereadable(self) -> bool:
        """Not where the time of a file may be a date: that is no part of what is remembered."""
        keys = (key for rules in self._rules.values() for key in rules.date_keys.values())
        return not any(FILE_TIME in names for names in keys)

    def own_timezone(self) -> str:
        return _timezone(self.config.site)

    def own_address(self) -> str:
        return base_address(self.config.site)

    def file(self, path: str, front: FrontMatter) -> HugoPage:
        place = self._tree.place_of(path)
        rules = self._rules[place.language.name]
        fields = Fields.without_case(front)
        if "params" in fields.values:
            fields = replace(fields, values=with_params(fields.values))
        values = self._sections.cascade(place)
        given = frozenset(values.keys() - fields.values.keys())
        fields = fields.over(values) if given else fields
        return HugoPage(path, front, fields, root=self.root, place=place, rules=rules, given=given)

    def post(self, file: PostFile) -> Post:
        post = super().post(file)
        return replace(post, rules={k: _page(file).source(v) for k, v in post.rules.items()})

    def hidden(self, file: PostFile) -> str:
        reason = super().hidden(file)
        if reason and not (self._drafts and reason in ("draft", "unpublished")):
            return reason
        return kept_back(file)

    def is_none(self, file: PostFile) -> bool:
        return file.suffix in HTML and not file.front.found

    def title_of(self, file: PostFile) -> Told[str]:
        page = _page(file)
        if own := plain_title(page.fields.text("title") or ""):
            return Told(own, page.rule(["title"]))
        # Hugo leaves the title empty, so readers see that of the body.
        if heading := page.page.heading:
            return Told(heading, "first heading of the body")
        raise Unusable("There is no title. Write one into the front matter: title: …")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        return _page(file).dates.date

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        return NOTHING if self._future else _page(file).dates.opens

    def closes(self, file: PostFile) -> Told[datetime | None]:
        return NOTHING if self._expired else _page(file).dates.closes

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:  # noqa: ARG002
        page = _page(file)
        place, urls, words = page.place, page.rules.urls, self._words(page)
        if own := page.fields.text("url"):
            return Told(urls.of_url(own, words), page.rule(["url"]))
        if template := self.settings.url_template:
            slug = words.slug or place.name
            url = filled(template, path=place.path, folder=place.folder, slug=slug, date=date)
            return Told(url, "setting url_template")
        if pattern := urls.pattern_for(place):
            return Told(urls.of_pattern(pattern, words), f"permalinks: {pattern}")
        rule = f"path of the page{', slug' if words.slug else ''}"
        return Told(urls.of_path(words, self._folders(page)), rule)

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        page = _page(file)
        if own := _terms(page.fields, page.rules.categories):
            return Told(own, page.rule([page.rules.categories]))
        section = page.place.section
        return Told([section] if section else [], "section" if section else "")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        page = _page(file)
        tags = [term for name in page.rules.tags for term in _terms(page.fields, name)]
        return Told(tags, page.rule(page.rules.tags))

    def excerpt_of(self, file: PostFile) -> Told[str]:
        marker = _MORE_IN_ORG if file.suffix == ".org" else _MORE
        own = excerpt_before(file, marker) or own_excerpt(file, "summary", "description")
        return own or first_paragraph(file)

    def lang_of(self, file: PostFile) -> Told[str | None]:
        language = _page(file).rules.language
        said = language.config.text("locale") or language.config.text("languagecode")
        named = bool(
            self.config.site.get("languages") or language.config.get("defaultcontentlanguage")
        )
        code = language_of(said) or (language_of(language.name) if named else None)
        rule = f"language {language.name} of the site"
        if len(self.config.languages) == 1:
            return self.lang_of_site(code or "", rule)
        return Told(code, rule) if code else NOTHING

    def _zone_of(self, language: Language) -> ZoneInfo:
        if self.settings.timezone:
            return self.zone
        return check_timezone(_timezone(language.config) or "UTC")

    def _words(self, page: HugoPage) -> Words:
        folders = self._sections.folders(page.place)

        def slugs() -> list[str]:
            return [self._slug_of(folder, page) for folder in folders]

        return Words(
            place=page.place,
            date=page.dates.date.value,
            title=page.fields.text("title") or "",
            slug=page.slug(),
            sections=[PurePosixPath(page_path(folder)).name for folder in folders],
            section_slugs=slugs,
        )

    def _slug_of(self, folder: str, page: HugoPage) -> str:
        """The slug of a section, else its title."""
        for key in ("slug", "title"):
            if text := self._sections.field(folder, page.place.language.name, key):
                return text
        remedy = f"Write one into {folder}/_index.md"
        raise Unusable(f"The address needs the title of the section {folder}/. {remedy}")

    def _folders(self, page: HugoPage) -> list[str]:
        """The folders above a page as they are called in addresses: by the slug of the section."""
        folders: list[str] = []
        parts = page.place.folder.split("/") if page.place.folder else []
        for depth, part in enumerate(parts, start=1):
            folder, language = "/".join(parts[:depth]), page.place.language.name
            folders.append(self._sections.field(folder, language, "slug") or part.replace(" ", "-"))
        return folders


def _page(file: PostFile) -> HugoPage:
    assert isinstance(file, HugoPage)
    return file


def _homes_of(root: Path) -> list[str]:
    return [mount.folder for mount in read_hugo_config(root).mounts]


def _timezone(config: SiteConfig) -> str:
    name = config.text("timezone")
    return zone_named(name, config.place).key if name else ""


def _ignored(site: SiteConfig) -> list[re.Pattern[str]]:
    try:
        return [re.compile(pattern) for pattern in site.texts("ignorefiles")]
    except re.error as error:
        raise site.complaint("ignorefiles", f"That is no regular expression ({error})") from error


def _terms(fields: Fields, name: str) -> list[str]:
    """The terms of a taxonomy; a text is one."""
    return fields.strings(name, lambda text: [text]) if name else []
