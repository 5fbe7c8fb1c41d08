"""Hexo's names: what the name of a file says, and how a text becomes part of an address.

After ``permalink.ts``, ``slugize.ts`` and ``escape_diacritic.ts`` of hexo-util 3.
"""

import re
import unicodedata
from functools import lru_cache

# ``:year-:title`` has two places, ``:year_`` one and an underscore.
PLACE = re.compile(r":(\w*[^\W_])", re.ASCII)
_DIGITS = {
    "year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}", "i_month": r"\d{1,2}",
    "i_day": r"\d{1,2}", "hash": "[0-9a-f]{12}",
}  # fmt: skip
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_CONTROL = re.compile(r"[\x00-\x1f]")
# Letters that are no sign on top of another one; the long s is Hexo's own mistake.
_LETTERS = {
    "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "ß": "s", "ẞ": "S", "Đ": "D", "đ": "d", "Ħ": "H",
    "ħ": "h", "ı": "i", "Ł": "L", "ł": "l", "Œ": "OE", "œ": "oe", "Ŧ": "T", "ŧ": "t", "ſ": "l",
    "Ɖ": "D", "ɖ": "d", "Ɛ": "E", "ɛ": "e", "Ɔ": "O", "ɔ": "o", "Ɲ": "N", "ɲ": "n",
}  # fmt: skip


def values_of_name(rule: str, path: str) -> dict[str, str]:
    """What the path of a post says by the setting ``new_post_name``; its ``title`` at least.

    Args:
        path: below ``_posts``, with its suffix.
    """
    path, names = _without_suffix(path), PLACE.findall(_without_suffix(rule))
    found = _pattern(_without_suffix(rule)).fullmatch(path)
    values = dict(zip(names, found.groups(), strict=True)) if found else {}
    return {"title": slugize(path), **values}


@lru_cache(maxsize=10)
def _pattern(rule: str) -> re.Pattern[str]:
    parts = PLACE.split(rule)
    return re.compile(
        "".join(
            f"({_DIGITS.get(part, '.+?')})" if place % 2 else re.escape(part)
            for place, part in enumerate(parts)
        ),
        re.ASCII | re.DOTALL,
    )


def slugize(text: str, case: int = 0) -> str:
    """A text without accents, with hyphens for signs; ``case`` 1 for small letters, 2 for capitals.

    >>> slugize("Crème brûlée, à la Rosé!")
    'Creme-brulee-a-la-Rose'
    """
    plain = "".join(_letter(char) for char in text)
    slug = _SPECIAL.sub("-", _CONTROL.sub("", plain)).strip("-")
    return slug.lower() if case == 1 else slug.upper() if case == 2 else slug


def _letter(char: str) -> str:
    """A Latin letter without the signs on it, and of the usual width; others as they are."""
    if char.isascii():
        return char
    if char in _LETTERS:
        return _LETTERS[char]
    wide = unicodedata.decomposition(char).startswith(("<wide>", "<circle>"))
    apart = unicodedata.normalize("NFKD" if wide else "NFD", char)
    base = "".join(part for part in apart if not unicodedata.combining(part))
    return base if base.isascii() and base.isalpha() else char


def _without_suffix(path: str) -> str:
    """Without what Node takes for the suffix: from the last dot of the name on."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return path[: len(path) - (len(name) - dot)] if dot > 0 else path
