"""Jekyll: posts are what lies in ``_posts`` under a name with a date.

Sources: Jekyll's documentation (Posts, Permalinks, Front Matter, Front Matter
Defaults) and ``document.rb``, ``utils.rb``, ``url_drop.rb`` of Jekyll 4.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from searchsvc.posts.dates import parse_date
from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators import jekyll_files
from searchsvc.posts.generators.addresses import filled
from searchsvc.posts.generators.base import NOTHING, Site, zone_named
from searchsvc.posts.generators.excerpts import first_paragraph, own_excerpt
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.jekyll_config import read_jekyll_config
from searchsvc.posts.generators.jekyll_files import DATED_NAME, OTHER_SUFFIXES
from searchsvc.posts.generators.jekyll_urls import fill, placeholders
from searchsvc.posts.generators.postfile import PostFile, Told
from searchsvc.posts.markup import plain_title, shorten
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.post import LeftOut, Reading
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.settings import Settings

# What is HTML or text already keeps its suffix in the URL.
_KEPT_SUFFIXES = frozenset({".htm", ".txt"})
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
        return jekyll_files.root_of(folder)

    def own_timezone(self) -> str:
        name = self.config.timezone
        return zone_named(name, self.config.place).key if name else ""

    def own_address(self) -> str:
        return self.config.address

    def enters(self, folder: str) -> bool:
        return jekyll_files.enters(self.config, folder)

    def loses(self, folder: str, leads_out: bool) -> bool:  # noqa: ARG002
        return jekyll_files.is_inside(folder.split("/"))

    def is_post(self, path: str) -> bool:
        return jekyll_files.is_post(self.config, path)

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

    def hidden(self, file: PostFile) -> str:
        """``published`` without a value is a no for Jekyll."""
        says_nothing = "published" in file.fields.lines and "published" not in file.fields.values
        return "unpublished" if says_nothing else super().hidden(file)

    def is_none(self, file: PostFile) -> bool:
        return file.suffix in OTHER_SUFFIXES and not file.front.found

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
        template = own or self.config.permalink
        rule = f"permalink {template} of " + ("the post" if own else "the site")
        if template.lower().startswith(("http://", "https://")):
            return Told(template, rule)
        suffix = file.suffix if file.suffix in _KEPT_SUFFIXES else ".html"
        values = placeholders(date, slug=slug, categories=categories, path=path, suffix=suffix)
        return Told(fill(template, values), rule)

    def excerpt_of(self, file: PostFile) -> Told[str]:
        own = own_excerpt(file, "excerpt")
        return own or self._before_separator(file) or first_paragraph(file)

    def lang_of(self, file: PostFile) -> Told[str | None]:
        own = super().lang_of(file)
        site = self.lang_of_site(self.config.lang, f"{self.config.name}: lang")
        return own if own.value else site

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
    name = DATED_NAME.fullmatch(path.rpartition("/")[2])
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
