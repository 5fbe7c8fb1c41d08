"""Hexo: posts are what lies in ``source/_posts``, with a name as ``new_post_name`` has it.

Sources: Hexo's documentation (Configuration, Front-matter, Permalinks) and, of Hexo 8,
``processor/post.ts``, ``models/post.ts``, ``models/category.ts`` and ``filter/post_permalink.ts``.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from searchsvc.posts.fences import HEXO
from searchsvc.posts.frontmatter import FrontMatter, as_flag
from searchsvc.posts.generators.addresses import filled
from searchsvc.posts.generators.base import NOTHING, Site, zone_named
from searchsvc.posts.generators.excerpts import (
    MORE,
    excerpt_before,
    first_paragraph,
    own_excerpt,
)
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.globs import covers
from searchsvc.posts.generators.hexo_config import is_hexo, read_hexo_config
from searchsvc.posts.generators.hexo_dates import date_of_front_matter, date_of_name
from searchsvc.posts.generators.hexo_names import values_of_name
from searchsvc.posts.generators.hexo_urls import permalink, tidy
from searchsvc.posts.generators.postfile import HTML, PostFile, Told, suffix_of
from searchsvc.posts.generators.roots import root_above
from searchsvc.posts.markup import plain_title
from searchsvc.posts.post import LeftOut, Reading
from searchsvc.settings import Settings

# What the renderers of Hexo take, those for other markup being read as Markdown.
_SUFFIXES = HTML | {
    *(".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext"),
    *(".adoc", ".org", ".rst", ".textile"),
}
_POSTS, _DRAFTS = "_posts", "_drafts"
# What the name of a file does not put into the front matter.
_OF_NAME_ONLY = frozenset({"title", "year", "month", "day", "i_month", "i_day", "hash"})


class Hexo(Site):
    """A Hexo site."""

    name = "hexo"
    title = "Hexo site"
    looked_for = "Markdown files in source/_posts"
    formats = HEXO

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_hexo_config(root)
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return root_above(folder, is_hexo, lambda root: [read_hexo_config(root).source])

    def own_timezone(self) -> str:
        name = self.config.timezone
        return zone_named(name, self.config.place).key if name else ""

    def own_address(self) -> str:
        return self.config.address

    # Which files

    def enters(self, folder: str) -> bool:
        on_the_way = any(f"{home}/".startswith(f"{folder}/") for home in self._homes())
        return on_the_way or self._is_shown(folder)

    def loses(self, folder: str, leads_out: bool) -> bool:  # noqa: ARG002 (Hexo follows any link)
        return True

    def is_post(self, path: str) -> bool:
        if not self._is_shown(path) or path.endswith(("~", "%")):
            return False
        if self.config.has_asset_folders:
            # The rest are pictures and downloads of the posts.
            return suffix_of(path) == suffix_of(self.config.new_post_name)
        return suffix_of(path) in _SUFFIXES

    def _homes(self) -> tuple[str, ...]:
        return tuple(f"{self.config.source}/{part}".lstrip("/") for part in (_POSTS, _DRAFTS))

    def _is_shown(self, path: str) -> bool:
        """Whether a file or folder lies in ``_posts`` or ``_drafts``, and not hidden there."""
        for home in self._homes():
            if path == home or path.startswith(f"{home}/"):
                hidden = any(part[:1] in ("_", ".") for part in path[len(home) + 1 :].split("/"))
                return not hidden and not covers(self.config.ignored, f"/{path}")
        return False

    def _inner(self, path: str) -> str:
        """The path below ``_posts``."""
        home = next(home for home in self._homes() if path.startswith(f"{home}/"))
        return path[len(home) + 1 :]

    def reading(self, path: str, place: str, content: bytes) -> Reading | None:
        _, drafts = self._homes()
        if path.startswith(f"{drafts}/") and not self.config.shows_drafts:
            return LeftOut(path, place, "draft")
        if covers(self.config.skip_render, path.removeprefix(f"{self.config.source}/")):
            return LeftOut(path, place, "not rendered")
        return super().reading(path, place, content)

    # What a file says

    def fields(self, path: str, front: FrontMatter) -> Fields:
        fields = Fields.of(front)
        for name, value in values_of_name(self.config.new_post_name, self._inner(path)).items():
            if name not in _OF_NAME_ONLY:
                fields = fields.over_with(name, value)
        return fields

    def hidden(self, file: PostFile) -> str:
        if self._has_password(file):
            return "password"
        for key in self.config.hiding_keys:
            if as_flag(file.fields.text(key) or "") is True:
                return "unlisted"
        if as_flag(file.fields.text("indexing") or "") is False:
            return "not indexed"
        reason = super().hidden(file)
        return "" if reason == "unpublished" and self.config.shows_drafts else reason

    def _has_password(self, file: PostFile) -> bool:
        """Whether a plugin encrypts the post. An empty password says that it does not."""
        if "password" in file.fields.values:
            return bool(file.fields.text("password"))
        return not self.config.secret_tags.isdisjoint(self.tags_of(file).value)

    def title_of(self, file: PostFile) -> Told[str]:
        if own := plain_title(file.fields.text("title") or ""):
            return Told(own, "front matter: title")
        return Told(self._slug(file), "name of the file")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        if own := date_of_front_matter(file.fields, self.zone):
            return Told(own, "front matter: date")
        name = values_of_name(self.config.new_post_name, self._inner(file.path))
        if in_name := date_of_name(name, self.zone):
            return Told(in_name, "name of the file")
        return NOTHING

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        return NOTHING if self.config.future else date

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        """Each level of each path by its own name, parents first."""
        key = _first(file.fields, "categories", "category")
        found = [name for name in file.fields.strings(key, _one) if name]
        return Told(found, f"front matter: {key}" if found else "")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        key = _first(file.fields, "tags", "tag")
        found = [name for name in file.fields.strings(key, _one) if name]
        return Told(found, f"front matter: {key}" if found else "")

    def lang_of(self, file: PostFile) -> Told[str | None]:
        own = super().lang_of(file)
        site = self.lang_of_site(self.config.lang, "_config.yml: language")
        return own if own.value else site

    def excerpt_of(self, file: PostFile) -> Told[str]:
        return (
            own_excerpt(file, "excerpt")
            or excerpt_before(file, MORE)
            or own_excerpt(file, "description")
            or first_paragraph(file)
        )

    # Where it lives

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:  # noqa: ARG002
        if own := file.fields.text("permalink"):
            return Told(tidy(self.config, own), "front matter: permalink")
        inner, slug = self._inner(file.path), self._slug(file)
        if template := self.settings.url_template:
            path, last = inner[: len(inner) - len(file.suffix)], slug.rpartition("/")[2]
            folder = path.rpartition("/")[0]
            url = filled(template, path=path, folder=folder, slug=last, date=date)
            return Told(url, "setting url_template")
        url = permalink(self.config, file.fields, slug, date)
        return Told(
            tidy(self.config, url), f"{self.config.place}: permalink {self.config.permalink}"
        )

    def _slug(self, file: PostFile) -> str:
        return values_of_name(self.config.new_post_name, self._inner(file.path))["title"]


def _one(text: str) -> list[str]:
    return [text]


def _first(fields: Fields, *names: str) -> str:
    """The first name that says anything; the last one when none does."""
    return next((name for name in names if fields.values.get(name)), names[-1])
