"""A page of a Hugo site, with what holds for the pages of its language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.hugo_config import Language
from searchsvc.posts.generators.hugo_dates import Dates, date_keys, dates_of
from searchsvc.posts.generators.hugo_tree import Place
from searchsvc.posts.generators.hugo_urls import Urls
from searchsvc.posts.generators.postfile import PostFile
from searchsvc.posts.generators.siteconfig import SiteConfig

# categories, Kategorien, catégories
_CATEGORY = re.compile(r"[ck]at[eé]g", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for the pages of one language.

    Attributes:
        zone: of dates without one.
        date_keys: what gives each date.
        categories: the taxonomy that counts as categories; "" when there is none.
        tags: all others.
    """

    language: Language
    zone: ZoneInfo
    urls: Urls
    date_keys: Mapping[str, tuple[str, ...]]
    categories: str
    tags: tuple[str, ...]

    @classmethod
    def of(cls, language: Language, zone: ZoneInfo) -> "Rules":
        names = _taxonomies(language.config)
        like = [name for name in names if _CATEGORY.match(name)]
        categories = "categories" if "categories" in like else "".join(like[:1])
        return cls(
            language=language,
            zone=zone,
            urls=Urls(language),
            date_keys=date_keys(language.config),
            categories=categories,
            tags=tuple(name for name in names if name != categories),
        )


class HugoPage(PostFile):
    """A page of a Hugo site.

    Attributes:
        place: where it stands.
        rules: of its language.
        given: names of values that it has from sections or the site.
    """

    def __init__(
        self,
        path: str,
        front: FrontMatter,
        fields: Fields,
        *,
        root: Path,
        place: Place,
        rules: Rules,
        given: frozenset[str],
    ) -> None:
        super().__init__(path, front, fields)
        self.place = place
        self.rules = rules
        self.given = given
        self._file = root / path

    @cached_property
    def dates(self) -> Dates:
        rules = self.rules
        return dates_of(
            self.fields, rules.date_keys, name=self.place.name, file=self._file, zone=rules.zone
        )

    def rule(self, names: Iterable[str]) -> str:
        """The rule for the first of some keys that has a value."""
        name = next((name for name in names if self.fields.values.get(name)), "")
        return f"front matter: {name}" if name else ""

    def source(self, rule: str) -> str:
        """A rule with the name of where its value stands, which may be a section."""
        _, _, name = rule.partition("front matter: ")
        return f"cascade: {name}" if name in self.given else rule

    def slug(self) -> str:
        """Its slug, or that of a name with a date where the site reads those."""
        own = self.fields.text("slug")
        return own.strip("-") if own else self.dates.slug


def _taxonomies(config: SiteConfig) -> Sequence[str]:
    """The site's own as front matter names them; ``tags`` before others."""
    if config.get("taxonomies") is None:
        return ("categories", "tags")
    names = [name for name in config.table("taxonomies").values() if isinstance(name, str)]
    return sorted((name.lower() for name in names), key=lambda name: name != "tags")
