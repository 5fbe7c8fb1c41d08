"""The two slugs of Eleventy's filters, each after the package that makes it.

``slugify`` is @sindresorhus/slugify 2, ``slug`` the older slugify 1. Both spell out other alphabets
by long tables. Those are not here: a text that needs them has no known slug.
"""

import re
import unicodedata

from searchsvc.posts.unusable import Unusable, shown

_SLUGIFY = {
    "ä": "ae", "Ä": "ae", "ö": "oe", "Ö": "oe", "ü": "ue", "Ü": "ue", "ß": "ss", "ẞ": "ss",
    "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
    "đ": "d", "Đ": "d", "ħ": "h", "Ħ": "h", "ı": "i", "ł": "l", "Ł": "l", "ĳ": "ij", "Ĳ": "ij",
    "&": " and ", "♥": " love ", "🦄": " unicorn ", "¢": "c", "¥": "y", "€": "e",
    "^": "", "`": "", "¨": "", "¯": "", "´": "", "·": "", "¸": "",
}  # fmt: skip
_SLUG = {
    "&": "and", "$": "dollar", "%": "percent", "<": "less", ">": "greater", "|": "or",
    "¢": "cent", "£": "pound", "¤": "currency", "¥": "yen", "€": "euro", "©": "(c)", "®": "(r)",
    "ª": "a", "º": "o", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ð": "d", "Ð": "D",
    "þ": "th", "Þ": "TH", "đ": "dj", "Đ": "DJ", "ı": "i", "ł": "l", "Ł": "L", "œ": "oe", "Œ": "OE",
    "ƒ": "f", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "•": "*", "-": " ", "\u00a0": " ",
}  # fmt: skip
# Letters with signs that slugify 1 does not know, and so leaves out.
_NOT_IN_SLUG = frozenset("ĈĉĊċĔĕĜĝĠġĤĥĬĭĴĵĹĺŎŏŖŗŜŝŬŭ")
_ALPHABETS = ("GREEK", "CYRILLIC", "ARABIC", "ARMENIAN", "GEORGIAN", "THAANA")


def slugify(text: str) -> str:
    """As the filter ``slugify`` makes it.

    >>> slugify("A dog's Über-day & more")
    'a-dogs-ueber-day-and-more'
    """
    plain = "".join(_SLUGIFY.get(char) or _base(char, _SLUGIFY) for char in _composed(text))
    lower = re.sub(r"([a-z\d]+)'([ts])(?=\s|$)", r"\1\2", plain.lower())
    return re.sub(r"[^a-z0-9]+", "-", lower).strip("-")


def slug(text: str) -> str:
    """As the filter ``slug`` makes it, with the signs that it keeps.

    >>> slug("It's 100% Über")
    "it's-100percent-uber"
    """
    plain = "".join(_SLUG.get(char) or _known_to_slug(char) for char in _composed(text))
    kept = re.sub(r"[^\w\s$*_+~.()'\"!\-:@]+", "", plain, flags=re.ASCII)
    return re.sub(r"\s+", "-", kept.strip()).lower()


def _composed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    for char in composed:
        if not char.isascii() and unicodedata.name(char, "").startswith(_ALPHABETS):
            raise Unusable(
                f"The address is made from {shown(text)}, whose letters Eleventy spells out by "
                "tables of its own. Write it into the front matter: permalink: …"
            )
    return composed


def _base(char: str, table: dict[str, str]) -> str:
    """A letter without the signs on it."""
    if char in table:
        return table[char]
    apart = unicodedata.normalize("NFD", char)
    return "".join(part for part in apart if not unicodedata.combining(part))


def _known_to_slug(char: str) -> str:
    """A letter of the older package's table: Western, Central European and Vietnamese ones."""
    is_known = ord(char) < 0x180 or 0x1E80 <= ord(char) <= 0x1EF9
    return _base(char, _SLUG) if is_known and char not in _NOT_IN_SLUG else ""
