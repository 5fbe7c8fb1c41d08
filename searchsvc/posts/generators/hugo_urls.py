"""Addresses of Hugo's pages: patterns, their tokens, and what becomes of a path.

Source: Hugo's documentation (URL management, Permalinks) and Hugo 0.168, whose ways with odd
signs were found by trying them.
"""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from searchsvc.errors import ContentError
from searchsvc.posts.generators.hugo_config import Language
from searchsvc.posts.generators.hugo_names import escaped, sanitized
from searchsvc.posts.generators.hugo_targets import permalinks_of
from searchsvc.posts.generators.hugo_tree import Place
from searchsvc.posts.unusable import Unusable

_TOKEN = re.compile(r"\\:|:(?P<name>\w+)(?P<part>\[.+?\])?")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# Go writes a form by what the second of January 2006 looks like in it.
_GO_FORMS: Mapping[str, Callable[[datetime], str]] = {
    "2006": lambda date: f"{date.year:04}", "January": lambda date: _MONTHS[date.month - 1],
    "Monday": lambda date: _DAYS[date.weekday()], "002": lambda date: f"{date:%j}",
    "Jan": lambda date: _MONTHS[date.month - 1][:3], "Mon": lambda date: _DAYS[date.weekday()][:3],
    "01": lambda date: f"{date.month:02}", "02": lambda date: f"{date.day:02}",
    "06": lambda date: f"{date.year % 100:02}", "15": lambda date: f"{date.hour:02}",
    "04": lambda date: f"{date.minute:02}", "05": lambda date: f"{date.second:02}",
    "1": lambda date: str(date.month), "2": lambda date: str(date.day),
}  # fmt: skip
_GO_FORM = re.compile("|".join(_GO_FORMS))


@dataclass(frozen=True, slots=True)
class Words:
    """What the tokens of a pattern stand for.

    Attributes:
        slug: of the page; empty without one.
        sections: the names of those it stands in, the outermost first.
        section_slugs: gives for each of them its slug, or title.
    """

    place: Place
    date: datetime | None
    title: str
    slug: str
    sections: Sequence[str]
    section_slugs: Callable[[], Sequence[str]]


class Urls:
    """How the addresses of a language are made."""

    def __init__(self, language: Language) -> None:
        config = language.config
        self._language = language
        self._permalinks = permalinks_of(config)
        for _, pattern in self._permalinks:
            _check(pattern, config.place)
        self._lower = not config.flag("disablepathtolower", default=False)
        self._accents = not config.flag("removepathaccents", default=False)
        ugly = config.get("uglyurls")
        self._ugly = ugly if isinstance(ugly, dict) else config.flag("uglyurls", default=False)

    def pattern_for(self, place: Place) -> str | None:
        """The pattern of the site for a page."""
        for target, pattern in self._permalinks:
            if target.covers(place.path, "page", self._language.name):
                return pattern
        return None

    def of_pattern(self, pattern: str, words: Words) -> str:
        return self._page(self._filled(pattern, words), words.place.section)

    def of_path(self, words: Words, folders: Sequence[str]) -> str:
        """The address by the page's place: folders as they are called there, slug or name."""
        name = self._clean(words.slug) or words.place.name.replace(" ", "-")
        inner = "" if name == "index" else name
        return self._page("/".join([*folders, inner]), words.place.section)

    def of_url(self, url: str, words: Words) -> str:
        """The address that the front matter gives; with ``/`` before it, as it is."""
        if url.lower().startswith(("http://", "https://")):
            raise Unusable(f"url is {url!r}, which Hugo does not take. Write a path: /notes/rye/")
        path = self._filled(url, words) if ":" in url else url
        joined = posixpath.normpath("/" + path).lstrip("/")
        if path.endswith("/") or "." not in path:
            joined += "/"
        if joined.endswith("/index.html") or joined == "index.html":
            joined = joined[: -len("index.html")]
        prefix = "" if path.startswith("/") else self._language.prefix
        return self._language.address + prefix + "/" + escaped(joined.lstrip("/"))

    def _page(self, path: str, section: str) -> str:
        joined = posixpath.normpath("/" + path).strip("/")
        clean = self._clean(joined)
        ugly = self._ugly.get(section) == "true" if isinstance(self._ugly, dict) else self._ugly
        ending = ".html" if ugly and clean else "/" if clean else ""
        return f"{self._language.address}{self._language.prefix}/{escaped(clean)}{ending}"

    def _filled(self, pattern: str, words: Words) -> str:
        def value(token: re.Match[str]) -> str:
            return self._value(token, words) if token["name"] else ":"

        return _TOKEN.sub(value, pattern)

    def _value(self, token: re.Match[str], words: Words) -> str:
        name, part = token["name"], token["part"]
        if name in ("sections", "sectionslugs"):
            named = words.sections if name == "sections" else self._section_slugs(words)
            return "/".join(_cut(named, part) if part else named)
        if part:
            raise Unusable(f"The address has {token[0]}, which Hugo does not know")
        own = self._values(words).get(name)
        if own is not None:
            return own()
        date = words.date or datetime(1, 1, 1)
        return _dated(name, date)

    def _values(self, words: Words) -> Mapping[str, Callable[[], str]]:
        name, slug = words.place.name, words.slug
        return {
            "section": lambda: words.place.section,
            "sectionslug": lambda: self._section_slugs(words)[0],
            "title": lambda: self._title(words),
            "slug": lambda: self._fit(slug) if slug else self._title(words),
            "filename": lambda: self._fit(name),
            "contentbasename": lambda: self._fit(name),
            "slugorfilename": lambda: self._fit(slug or name),
            "slugorcontentbasename": lambda: self._fit(slug or name),
        }

    def _title(self, words: Words) -> str:
        return self._fit(re.sub(r"[/\\]", "-", words.title))

    def _section_slugs(self, words: Words) -> list[str]:
        return [self._fit(slug) for slug in words.section_slugs()] or [""]

    def _fit(self, text: str) -> str:
        """A text as a part of a path; Hugo takes what it has escaped back, and + for a space."""
        return unquote_plus(self._clean(text))

    def _clean(self, text: str) -> str:
        return sanitized(text, lower=self._lower, accents=self._accents)


def _dated(name: str, date: datetime) -> str:
    values = {
        "year": str(date.year),
        "month": f"{date.month:02}",
        "monthname": _MONTHS[date.month - 1],
        "day": f"{date.day:02}",
        "weekday": str(date.isoweekday() % 7),
        "weekdayname": _DAYS[date.weekday()],
        "yearday": str(date.timetuple().tm_yday),
    }
    return values.get(name) or _GO_FORM.sub(lambda form: _GO_FORMS[form[0]](date), name)


def _cut(values: Sequence[str], part: str) -> Sequence[str]:
    """A part of a list as ``[0]``, ``[last]``, ``[1:]`` and ``[:2]`` name it."""
    low, colon, high = part.strip("[]").lower().partition(":")
    begin = _place_in(values, low, 0)
    if begin >= len(values):
        return ()
    if not colon:
        return values[begin : begin + 1]
    return values[begin : _place_in(values, high, len(values))]


def _place_in(values: Sequence[str], text: str, default: int) -> int:
    if text == "last":
        return max(len(values) - 1, 0)
    return int(text) if text.isdecimal() else default


def _check(pattern: str, place: str) -> None:
    for token in _TOKEN.finditer(pattern):
        name = token["name"]
        if name and name not in _TOKENS and not _GO_FORM.search(name):
            known = ", ".join(f":{each}" for each in _TOKENS)
            raise ContentError(
                f"{place}: permalinks has {pattern!r} with :{name}, which Hugo does not know. "
                f"It knows {known}"
            )


_TOKENS = (
    *("year", "month", "monthname", "day", "weekday", "weekdayname", "yearday"),
    *("section", "sections", "sectionslug", "sectionslugs", "title", "slug", "filename"),
    *("slugorfilename", "contentbasename", "slugorcontentbasename"),
)
