"""Dates of Hugo's pages: which keys give them, by the site's ``[frontmatter]``.

Source: Hugo's documentation (Configuration: front matter) and Hugo 0.168. Passed over is
``:git``: what the history says is not looked at.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from searchsvc.posts.dates import parse_date
from searchsvc.posts.frontmatter import as_flag
from searchsvc.posts.generators.base import NOTHING
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.generators.siteconfig import SiteConfig

# When the file was changed, as `[frontmatter]` names it, in small letters.
FILE_TIME = ":filemodtime"
_DEFAULTS = {
    "date": ("date", "publishdate", "lastmod"),
    "publishdate": ("publishdate", "date"),
    "expirydate": ("expirydate",),
}
_OTHER_NAMES = {
    "lastmod": ("modified",),
    "publishdate": ("pubdate", "published"),
    "expirydate": ("unpublishdate",),
}
_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?)(?P<rest>.*)")

ToldDate = Told[datetime | None]


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one page, and the slug where its name gave a date."""

    date: ToldDate
    opens: ToldDate
    closes: ToldDate
    slug: str = ""


def date_keys(config: SiteConfig) -> Mapping[str, tuple[str, ...]]:
    """The keys for each date in the order in which they count."""
    return {name: tuple(_keys(config, name)) for name in _DEFAULTS}


def _keys(config: SiteConfig, name: str) -> Iterable[str]:
    given = [key.lower() for key in config.texts(f"frontmatter.{name}")] or [":default"]
    for key in given:
        for each in _DEFAULTS[name] if key == ":default" else (key,):
            yield from (each, *_OTHER_NAMES.get(each, ()))


def dates_of(
    fields: Fields, keys: Mapping[str, tuple[str, ...]], *, name: str, file: Path, zone: ZoneInfo
) -> Dates:
    """Find the dates of a page.

    Args:
        name: of the file or bundle, without language and suffix.
        file: where it is, for ``:fileModTime``.

    Raises:
        Unusable: a key holds no date.
    """
    search = _Search(fields, name, file, zone)
    date = search.first(keys["date"])
    # Once found, the date stands for a missing key of that name.
    opens = search.first(keys["publishdate"], {"date": date})
    return Dates(date, opens, search.first(keys["expirydate"]), search.slug)


class _Search:
    def __init__(self, fields: Fields, name: str, file: Path, zone: ZoneInfo) -> None:
        self._fields, self._file, self._zone = fields, file, zone
        # Hugo takes .2 in a name like 2024-01-02-v1.2 for a suffix.
        self._dated = _DATED.fullmatch(name.rpartition(".")[0] or name)
        self.slug = ""

    def first(self, keys: Iterable[str], found: Mapping[str, ToldDate] | None = None) -> ToldDate:
        for key in keys:
            told = self._told(key)
            if told.value is None and found and key in found:
                told = found[key]
            if told.value is not None:
                return told
        return NOTHING

    def _told(self, key: str) -> ToldDate:
        if key == ":filename":
            return self._from_name()
        if key == FILE_TIME:
            return self._from_file()
        if key.startswith(":") or self._is_flag(key):
            return NOTHING
        date = self._fields.date(self._zone, key, as_written=True)
        # Archetypes write 0001-01-01 for none.
        return Told(date, f"front matter: {key}") if date and date.year > 1 else NOTHING

    def _is_flag(self, key: str) -> bool:
        """``published: true`` says whether, not when."""
        return key == "published" and as_flag(self._fields.text(key) or "") is not None

    def _from_file(self) -> ToldDate:
        try:
            changed = int(self._file.stat().st_mtime)
        except OSError:
            return NOTHING
        return Told(datetime.fromtimestamp(changed, UTC).astimezone(self._zone), "time of the file")

    def _from_name(self) -> ToldDate:
        if self._dated is None:
            return NOTHING
        try:
            date = parse_date(self._dated["date"], self._zone)
        except ValueError:
            # 2024-99-99 is a name.
            return NOTHING
        self.slug = self._dated["rest"].strip(" -_")
        return Told(date, "name of the file")
