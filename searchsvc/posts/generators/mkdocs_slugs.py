"""Slugs and dates in the addresses of Material for MkDocs.

Sources: ``pymdownx/slugs.py`` of PyMdown Extensions, the extension ``toc`` of Python-Markdown,
and the date patterns of Unicode's CLDR (UTS 35), which Babel fills in.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Literal, cast, get_args
from urllib.parse import quote

from searchsvc.posts.plainyaml import Value

# Text and separator → slug.
Slugify = Callable[[str, str], str]
Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

_TAGS = re.compile(r"</?[^>]*>")
_CASES: Mapping[str, Callable[[str], str]] = {
    "none": lambda text: text,
    "lower": str.lower,
    "lower-ascii": lambda text: re.sub("[A-Z]", lambda letter: letter[0].lower(), text),
    "fold": str.casefold,
}
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_PIECES = re.compile(r"'(?P<text>(?:[^']|'')*)'|(?P<letter>[A-Za-z])(?P=letter)*")


def pymdownx_slug(
    text: str, separator: str, *, case: str = "none", normalize: Form = "NFC", percent: bool = False
) -> str:
    """The slug that ``pymdownx.slugs.slugify`` makes: only word signs, spaces and dashes stay."""
    slug = _TAGS.sub("", unicodedata.normalize(normalize, text)).strip()
    slug = re.sub(r"[^\w\- ]", "", _CASES[case](slug)).replace(" ", separator)
    return quote(slug) if percent else slug


def toc_slug(text: str, separator: str, *, ascii_only: bool = True) -> str:
    """The slug that ``markdown.extensions.toc.slugify`` makes: accents folded, spaces joined."""
    if ascii_only:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^\w\s-]", "", text).strip().lower()
    return re.sub(rf"[{re.escape(separator)}\s]+", lambda _: separator, slug)


LOWER: Slugify = partial(pymdownx_slug, case="lower")
_KNOWN: Mapping[str, Slugify] = {
    "markdown.extensions.toc.slugify": toc_slug,
    "markdown.extensions.toc.slugify_unicode": partial(toc_slug, ascii_only=False),
    "pymdownx.slugs.uslugify": LOWER,
    "pymdownx.slugs.uslugify_cased": pymdownx_slug,
    "pymdownx.slugs.uslugify_encoded": partial(pymdownx_slug, case="lower", percent=True),
    "pymdownx.slugs.uslugify_cased_encoded": partial(pymdownx_slug, percent=True),
}


def slugify_named(function: str, keywords: Mapping[str, Value]) -> Slugify | None:
    """The function that a configuration names; None for one that we do not know."""
    if function != "pymdownx.slugs.slugify":
        return _KNOWN.get(function)
    case, form = str(keywords.get("case", "none")), str(keywords.get("normalize", "NFC"))
    if case not in _CASES or form not in get_args(Form):
        return None
    percent = str(keywords.get("percent_encode", "")).lower() in ("true", "yes", "on")
    return partial(pymdownx_slug, case=case, normalize=cast(Form, form), percent=percent)


def formatted(date: datetime, pattern: str, language: str) -> str | None:
    """A date in a pattern such as ``yyyy/MM/dd``.

    Names of months and days are known in English only.

    Returns:
        None when the pattern holds something that is not known.

    >>> formatted(datetime(2024, 1, 2), "yy-M-d 'at' HH", "en")
    '24-1-2 at 00'
    """
    if any(_field(date, found, language) is None for found in _PIECES.finditer(pattern)):
        return None
    return _PIECES.sub(lambda found: _field(date, found, language) or "", pattern)


def _field(date: datetime, found: re.Match[str], language: str) -> str | None:
    if found["letter"] is None:
        return found["text"].replace("''", "'") or "'"
    letter, width = found["letter"], len(found[0])
    if (letter in "ML" and width in (3, 4)) or letter == "E":
        return _name(date, letter, width) if language == "en" and width <= 4 else None
    if letter == "y" and width == 2:
        return f"{date:%y}"
    numbers = {
        "y": date.year, "M": date.month, "L": date.month, "d": date.day,
        "D": date.timetuple().tm_yday, "H": date.hour, "m": date.minute, "s": date.second,
    }  # fmt: skip
    if letter not in numbers or width > (4 if letter == "y" else 3 if letter == "D" else 2):
        return None
    return f"{numbers[letter]:0{width}}"


def _name(date: datetime, letter: str, width: int) -> str:
    names, at = (_DAYS, date.weekday()) if letter == "E" else (_MONTHS, date.month - 1)
    name = names.split()[at]
    return name if width == 4 else name[:3]
