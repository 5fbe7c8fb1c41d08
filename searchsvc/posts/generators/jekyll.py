"""Jekyll: posts are what lies in ``_posts`` under a name with a date.

Sources: Jekyll's documentation (Posts, Permalinks, Front Matter, Front Matter
Defaults) and ``document.rb``, ``utils.rb``, ``url_drop.rb`` of Jekyll 4.
"""

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from searchsvc.posts.dates import parse_date
from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.addresses import filled
from searchsvc.posts.generators.base import NOTHING, Site, zone_named
from searchsvc.posts.generators.excerpts import first_paragraph, own_excerpt
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.jekyll_config import read_jekyll_config
from searchsvc.posts.generators.jekyll_urls import fill, placeholders, template_of
from searchsvc.posts.generators.postfile import HTML, MARKDOWN, PostFile, Told, suffix_of
from searchsvc.posts.markup import plain_title, shorten
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.post import LeftOut, Reading
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings

_NAME = re.compile(r"(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>[^/]*)\.[^./]+")
# Formats that a plugin turns into HTML: read as Markdown, which is near enough for words.
_OTHER = frozenset({".textile", ".adoc", ".asciidoc", ".rst", ".org", ".rmd", ".txt"})
# What is HTML or text already keeps its suffix in the URL.
_KEPT_SUFFIXES = frozenset({".htm", ".txt"})
_NEVER = frozenset({"vendor", "node_modules"})
_OURS = ("_posts", "_drafts")
_SPECIAL = ("_", ".", "#", "~")
_LINK_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.+$", re.MULTILINE)
# The form that YAML itself reads as a time, which it takes for UTC (Jekyll's issue 3879).
_YAML_TIME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?")


class Jekyll(Site):
    """A Jekyll site, or a folder with ``_posts`` in it."""

    name = "jekyll"
    title = "Jekyll site"
    looked_for = "_posts folders with files named YYYY-MM-DD-title.md"

    def __init__(self, root: Path, settings: Settings) -> None:
        self.config = read_jekyll_config(root)
        super().__init__(root, settings)

    @classmethod
    def root_of(cls, folder: Path) -> Path | None:
        if folder.name == "_posts":
            return folder.parent
        if folder.resolve().name == "_posts":
            return folder.resolve().parent
        return folder if _has_posts(folder) else None

    def own_timezone(self) -> str:
        name = self.config.timezone
        return zone_named(name, self.config.place).key if name else ""

    def own_address(self) -> str:
        return self.config.address

    def enters(self, folder: str) -> bool:
        parts = folder.split("/")
        if folder == self.config.home or (parts[-1] in _OURS and not _inside(parts[:-1])):
            return True
        return _is_open(parts[-1]) and not self._excluded(folder)

    def loses(self, folder: str, leads_out: bool) -> bool:  # noqa: ARG002
        return _inside(folder.split("/"))

    def is_post(self, path: str) -> bool:
        folders, name = path.split("/")[:-1], path.rpartition("/")[2]
        if self._excluded(path) or name.startswith(_SPECIAL) or name.endswith("~"):
            return False
        if suffix_of(path) not in MARKDOWN | HTML | _OTHER:
            return False
        return "_drafts" in folders or ("_posts" in folders and bool(_NAME.fullmatch(name)))

    def reading(self, path: str, place: str, content: bytes) -> Reading | None:
        if "_drafts" in path.split("/"):
            return LeftOut(path, place, "draft")
        return super().reading(path, place, content)

    def fields(self, path: str, front: FrontMatter) -> Fields:
        fields = Fields.of(front)
        defaults = self.config.defaults(path)
        own, given = fields.values.get("categories"), defaults.get("categories")
        if own is not None and given is not None:
            # The one list that Jekyll joins instead of replacing.
            both: list[Value] = [*_words(given), *_words(own)]
            return fields.over(defaults).over_with("categories", both)
        return fields.over(defaults)

    def is_none(self, file: PostFile) -> bool:
        return file.suffix in _OTHER and not file.front.found

    def title_of(self, file: PostFile) -> Told[str]:
        if own := plain_title(file.fields.text("title") or ""):
            return Told(own, "front matter: title")
        words = " ".join(part.capitalize() for part in _slug(file).split("-")).strip()
        if not words:
            raise Unusable("There is no title. Write one into the front matter: title: …")
        return Told(words, "name of the file")

    def date_of(self, file: PostFile) -> Told[datetime]:
        text = file.fields.text("date") or ""
        as_yaml = _YAML_TIME.fullmatch(text) and "date" not in file.fields.quoted
        own = file.fields.date(self.zone, "date", unzoned=UTC if as_yaml else None)
        if own is not None:
            return Told(own, "front matter: date")
        in_name = _name(file.path)["date"]
        year, rest = in_name.split("-", 1)
        try:
            return Told(parse_date(f"{_century(year)}-{rest}", self.zone), "name of the file")
        except ValueError as error:
            raise Unusable(f"The name has the date {shown(in_name)}. {error}") from error

    def opens(self, file: PostFile, date: Told[datetime | None]) -> Told[datetime | None]:  # noqa: ARG002
        return NOTHING if self.config.future else date

    def categories_of(self, file: PostFile) -> Told[Sequence[str]]:
        """From the folders above ``_posts``, then ``categories``, then ``category``."""
        above = self.config.from_home(file.path).split("_posts/")[0]
        found = {
            "folders above _posts": [folder for folder in above.split("/") if folder],
            "front matter: categories": file.fields.strings("categories", str.split),
            "front matter: category": _one(file.fields, "category"),
        }
        rules = [rule for rule, values in found.items() if values]
        return Told([value for values in found.values() for value in values], "; ".join(rules))

    def tags_of(self, file: PostFile) -> Told[Sequence[str]]:
        """``tag`` beats ``tags``; only the latter is cut at spaces."""
        if tag := _one(file.fields, "tag"):
            return Told(tag, "front matter: tag")
        tags = file.fields.strings("tags", str.split)
        return Told(tags, "front matter: tags" if tags else "")

    def url_of(self, file: PostFile, date: datetime | None, categories: Sequence[str]) -> Told[str]:
        assert date is not None
        own, slug = file.fields.text("permalink"), file.fields.text("slug") or _slug(file)
        inner = ("/" + file.path).partition("/_posts/")[2]
        path = inner[: len(inner) - len(file.suffix)]
        if not own and (template := self.settings.url_template):
            folder = path.rpartition("/")[0]
            url = filled(template, path=path, folder=folder, slug=slug, date=date)
            return Told(url, "setting url_template")
        template = own or template_of(self.config.permalink)
        rule = f"permalink {template} of " + ("the post" if own else "the site")
        if template.lower().startswith(("http://", "https://")):
            return Told(template, rule)
        suffix = file.suffix if file.suffix in _KEPT_SUFFIXES else ".html"
        values = placeholders(date, slug=slug, categories=categories, path=path, suffix=suffix)
        return Told(fill(template, values), rule)

    def excerpt_of(self, file: PostFile) -> Told[str]:
        own = own_excerpt(file, "excerpt")
        return own or self._before_separator(file) or first_paragraph(file)

    def _excluded(self, path: str) -> bool:
        for pattern in self.config.excluded:
            if path == pattern or path.startswith(pattern + "/") or fnmatchcase(path, pattern):
                return True
        return False

    def _before_separator(self, file: PostFile) -> Told[str] | None:
        separator = file.fields.values.get("excerpt_separator") or self.config.excerpt_separator
        body = file.front.body
        if not isinstance(separator, str) or not separator.strip() or separator not in body:
            return None
        before, _, after = body.partition(separator)
        # Links may be defined at the end of the post.
        links = "\n".join(_LINK_DEFINITION.findall(after))
        text = shorten(file.page_of(f"{before}\n\n{links}").text)
        return Told(text, f"body before {separator}") if text else None


def _name(path: str) -> re.Match[str]:
    name = _NAME.fullmatch(path.rpartition("/")[2])
    assert name is not None, "is_post lets no other file pass"
    return name


def _slug(file: PostFile) -> str:
    return _name(file.path)["slug"].rstrip(".")


def _one(fields: Fields, name: str) -> list[str]:
    return fields.strings(name, lambda text: [text])


def _words(value: Value) -> list[str]:
    return Fields({"categories": value}).strings("categories", str.split)


def _century(year: str) -> str:
    """Years of two digits as Ruby reads them: 69 and later in the last century."""
    if len(year) != 2:
        return year.zfill(4)
    return f"{19 if int(year) >= 69 else 20}{year}"


def _is_open(name: str) -> bool:
    return not name.startswith(_SPECIAL) and name not in _NEVER


def _inside(parts: list[str]) -> bool:
    return any(part in _OURS for part in parts)


def _has_posts(folder: Path) -> bool:
    """Whether a ``_posts`` lies below a folder, where Jekyll would look for it."""
    for _, names, _ in os.walk(folder):
        if "_posts" in names:
            return True
        names[:] = [name for name in names if _is_open(name)]
    return False
