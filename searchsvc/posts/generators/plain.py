"""Plain folders of Markdown: no generator's rules, but what most of them have in common."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from searchsvc.posts.dates import parse_date
from searchsvc.posts.frontmatter import FrontMatter, as_flag
from searchsvc.posts.generators.addresses import escaped, filled
from searchsvc.posts.generators.base import NOTHING, Site
from searchsvc.posts.generators.excerpts import first_paragraph, own_excerpt
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.postfile import HTML, MARKDOWN, PostFile, Told, suffix_of
from searchsvc.posts.markup import plain_title
from searchsvc.posts.unusable import Unusable

# README.md, README.de.md and LICENSE-MIT.md; but readme-driven-development.md is a post.
_NOT_POSTS = re.compile(
    r"(?:readme(?:\.[a-z-]+)?|licen[sc]e(?:[-.](?:mit|apache|bsd|gpl|cc|content)[\w.-]*)?)\.\w+",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(?P<slug>.+))?")
_DATE_KEYS = ("date", "publishdate", "publish_date", "pubdate")


class Plain(Site):
    """A folder whose Markdown files are posts.

    HTML files are posts when they have front matter. ``README`` and ``LICENSE``
    are none, nor is anything whose name begins with ``_`` or ``.``.
    """

    name = "plain"
    title = "Folder"
    looked_for = "Markdown files (.md, .markdown), or HTML files with front matter"

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return folder

    def enters(self, folder: str) -> bool:
        name = folder.rpartition("/")[2]
        return not name.startswith(("_", ".")) and name != "node_modules"

    def is_post(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        known = suffix_of(path) in MARKDOWN | HTML
        return known and not name.startswith(("_", ".")) and not _NOT_POSTS.fullmatch(name)

    def fields(self, path: str, front: FrontMatter) -> Fields:  # noqa: ARG002
        return Fields.without_case(front)

    def is_none(self, file: PostFile) -> bool:
        return file.suffix in HTML and not file.front.found

    def title_of(self, file: PostFile) -> Told[str]:
        if title := plain_title(file.fields.text("title") or ""):
            return Told(title, "front matter: title")
        if heading := file.page.heading:
            return Told(heading, "first heading of the body")
        raise Unusable("There is no title. Write one into the front matter: title: …")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        fields = file.fields
        created = fields.values.get("date")
        if isinstance(created, dict) and "created" in created:
            # As Material for MkDocs has it: created and updated.
            fields = fields.over_with("date", created["created"])
        as_date = as_flag(fields.text("published") or "true") is None
        for key in (*_DATE_KEYS, *(["published"] if as_date else [])):
            if own := fields.date(self.zone, key):
                return Told(own, f"front matter: {key}")
        dated = _DATED.fullmatch(_name_of(file.path))
        try:
            return (
                Told(parse_date(dated["date"], self.zone), "name of the file") if dated else NOTHING
            )
        except ValueError:
            # 2024-99-99 in a name is no date but a name.
            return NOTHING

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:
        for key in ("publishdate", "publish_date"):
            if opens := file.fields.date(self.zone, key):
                return Told(opens, f"front matter: {key}")
        return date

    def closes(self, file: PostFile) -> Told[datetime | None]:
        for key in ("expirydate", "expiry_date", "expires"):
            if closes := file.fields.date(self.zone, key):
                return Told(closes, f"front matter: {key}")
        return NOTHING

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:  # noqa: ARG002
        for key in ("permalink", "url"):
            if own := file.fields.text(key):
                return Told(own, f"front matter: {key}")
        slug = file.fields.text("slug")
        path = _default_path(file.path, slug)
        if not (template := self.settings.url_template):
            return Told(escaped(path), "path of the file")
        name = _name_of(file.path)
        dated = _DATED.fullmatch(name)
        slug = slug or (dated and dated["slug"]) or name
        url = filled(template, path=path, folder=_folder_of(file.path), slug=slug, date=date)
        return Told(url, "setting url_template")

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        return _values(file.fields, "categories", "category")

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        return _values(file.fields, "tags", "tag")

    def excerpt_of(self, file: PostFile) -> Told[str]:
        return own_excerpt(file, "excerpt", "summary", "description") or first_paragraph(file)


def _values(fields: Fields, *names: str) -> Told[Sequence[str]]:
    """The values of all the names, Hugo's and Zola's ``taxonomies`` included."""
    inner = fields.values.get("taxonomies")
    both = [fields, Fields(inner)] if isinstance(inner, dict) else [fields]
    found = [value for some in both for name in names for value in some.strings(name, _by_comma)]
    return Told(found, f"front matter: {', '.join(names)}" if found else "")


def _by_comma(text: str) -> list[str]:
    return text.split(",")


def _default_path(path: str, slug: str | None) -> str:
    """``/notes/rye`` for ``notes/rye.md``, ``/notes/rye/`` for ``notes/rye/index.md``."""
    last = slug.strip("/") if slug else _name_of(path)
    whole = "/" + "/".join(part for part in (_folder_of(path), last) if part)
    return whole + "/" if _is_index(path) and whole != "/" else whole


def _name_of(path: str) -> str:
    """The name of a post: of its file, or of its folder when the file is an index."""
    return _home_of(path).rpartition("/")[2]


def _folder_of(path: str) -> str:
    return _home_of(path).rpartition("/")[0]


def _home_of(path: str) -> str:
    without = path[: len(path) - len(suffix_of(path))]
    return without.removesuffix("index").rstrip("/") if _is_index(path) else without


def _is_index(path: str) -> bool:
    return path.rpartition("/")[2].rpartition(".")[0] == "index"
