"""Plain folders of Markdown: no generator's rules, but what most of them have in common.

A folder that Obsidian has opened is one too, with its links, tags and comments.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from searchsvc.posts.dates import parse_date
from searchsvc.posts.frontmatter import FrontMatter, as_flag, read_front_matter
from searchsvc.posts.generators.addresses import escaped, filled
from searchsvc.posts.generators.base import NOTHING, Site
from searchsvc.posts.generators.excerpts import first_paragraph, own_excerpt
from searchsvc.posts.generators.fields import MAX_VALUES, Fields, Split
from searchsvc.posts.generators.obsidian import (
    is_only_tags,
    markdown_of_note,
    tags_in,
    vault_of,
    without_tag_lines,
)
from searchsvc.posts.generators.postfile import HTML, MARKDOWN, PostFile, Told, suffix_of
from searchsvc.posts.markup import plain_title, shorten
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings

# README.md, README.de.md and LICENSE-MIT.md; but readme-driven-development.md is a post.
_NOT_POSTS = re.compile(
    r"(?:readme(?:\.[a-z-]+)?|licen[sc]e(?:[-.](?:mit|apache|bsd|gpl|cc|content)[\w.-]*)?)\.\w+",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(?P<slug>.+))?")
_DATE_KEYS = ("date", "publishdate", "publish_date", "pubdate")
# As note-taking programs and their plugins write it.
_CREATED_KEYS = ("created", "date created", "date_created")


class Plain(Site):
    """A folder whose Markdown files are posts.

    HTML files are posts when they have front matter. ``README`` and ``LICENSE``
    are none, nor is anything whose name begins with ``_`` or ``.``.
    """

    name = "plain"
    title = "Folder"
    looked_for = "Markdown files (.md, .markdown), or HTML files with front matter"

    def __init__(self, root: Path, settings: Settings) -> None:
        super().__init__(root, settings)
        self.vault = vault_of(root)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        return folder

    def enters(self, folder: str) -> bool:
        name = folder.rpartition("/")[2]
        if self.vault and self.vault.holds_templates(folder):
            return False
        return not name.startswith(("_", ".")) and name != "node_modules"

    def is_post(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        known = suffix_of(path) in MARKDOWN | HTML
        return known and not name.startswith(("_", ".")) and not _NOT_POSTS.fullmatch(name)

    def front_matter(self, path: str, content: bytes) -> FrontMatter:
        front = read_front_matter(content)
        if self.vault and suffix_of(path) in MARKDOWN:
            return replace(front, body=markdown_of_note(front.body))
        return front

    def fields(self, path: str, front: FrontMatter) -> Fields:  # noqa: ARG002
        return Fields.without_case(front)

    def hidden(self, file: PostFile) -> str:
        for key in ("publish", "dg-publish") if self.vault else ():
            if as_flag(file.fields.text(key) or "") is False:
                return "unpublished"
        return super().hidden(file)

    def is_none(self, file: PostFile) -> bool:
        return file.suffix in HTML and not file.front.found

    def title_of(self, file: PostFile) -> Told[str]:
        if title := plain_title(file.fields.text("title") or ""):
            return Told(title, "front matter: title")
        heading = file.page.heading
        # In a vault the name is the title, unless a note begins with another.
        if heading and not (self.vault and not file.page.html.startswith("<h1")):
            return Told(heading, "first heading of the body")
        if name := _title_in_name(file.path):
            return Told(name, "name of the file")
        raise Unusable("There is no title. Write one into the front matter: title: …")

    def date_of(self, file: PostFile) -> Told[datetime | None]:
        fields = file.fields
        created = fields.values.get("date")
        if isinstance(created, dict) and "created" in created:
            # As Material for MkDocs has it: created and updated.
            fields = fields.over_with("date", created["created"])
        as_date = as_flag(fields.text("published") or "true") is None
        for key in (*_DATE_KEYS, *(["published"] if as_date else []), *_CREATED_KEYS):
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
        if not self.vault:
            return _values(file.fields, "tags", "tag")
        own = _values(file.fields, "tags", "tag", split=_by_comma_or_space)
        found = list(tags_in(file.front.body))[:MAX_VALUES]
        rules = [own.rule, "tags in the body" if found else ""]
        tags = [tag.lstrip("#") for tag in own.value] + found
        return Told(tags, "; ".join(rule for rule in rules if rule))

    def excerpt_of(self, file: PostFile) -> Told[str]:
        if own := own_excerpt(file, "excerpt", "summary", "description"):
            return own
        first = first_paragraph(file)
        if self.vault and is_only_tags(first.value):
            page = file.page_of(without_tag_lines(file.front.body))
            return Told(shorten(page.first_paragraph), first.rule)
        return first


def _by_comma(text: str) -> list[str]:
    return text.split(",")


def _by_comma_or_space(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _values(fields: Fields, *names: str, split: Split = _by_comma) -> Told[Sequence[str]]:
    """The values of all the names, Hugo's and Zola's ``taxonomies`` included."""
    inner = fields.values.get("taxonomies")
    both = [fields, Fields(inner)] if isinstance(inner, dict) else [fields]
    found = [value for some in both for name in names for value in some.strings(name, split)]
    return Told(found, f"front matter: {', '.join(names)}" if found else "")


def _title_in_name(path: str) -> str:
    """``How to bake rye`` for ``2024-01-02 How to bake rye.md`` and for ``how-to-bake-rye.md``.

    A name that is all a date is its title. Empty for one without letters and figures.
    """
    name = _name_of(path)
    dated = _DATED.fullmatch(name)
    if dated and not dated["slug"]:
        return name
    title = dated["slug"] if dated else name
    if " " not in title:
        title = re.sub(r"[-_]+", " ", title).strip()
        title = title[:1].upper() + title[1:] if title.islower() else title
    return title.strip() if any(char.isalnum() for char in title) else ""


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
