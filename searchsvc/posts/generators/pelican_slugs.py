"""Pelican's slugs: a title in ASCII, by the expressions of ``SLUG_REGEX_SUBSTITUTIONS``.

After ``utils.py`` of Pelican 4. It writes other scripts in ASCII with the package Unidecode,
whose tables are large; here are Latin, Cyrillic and Greek. A title in any other script needs
a ``Slug``.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from searchsvc.posts.markup import MAX_TITLE_CHARS
from searchsvc.posts.unusable import Unusable, shown

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
    "ŋ": "ng", "ħ": "h", "ŧ": "t",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "io", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "'", "ы": "y", "ь": "'", "э": "e", "ю": "iu", "я": "ia", "і": "i",
    "ї": "yi", "є": "ie", "ґ": "g'", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "tsh", "џ": "dzh",
    "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "e", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "u", "φ": "ph", "χ": "kh", "ψ": "ps", "ω": "o",
    "–": "-", "—": "--", "―": "--", "‐": "-", "‑": "-", "−": "-", "→": "-", "←": "-", "\u200b": " ",
    "×": "x", "÷": "/", "€": "EUR", "£": "PS", "¥": "Y=", "©": "(c)", "®": "(r)", "°": "deg",
    "§": "SS", "¶": "P",
}  # fmt: skip


@dataclass(frozen=True)
class SlugRules:
    """How a title becomes a slug.

    Attributes:
        substitutions: expressions and what takes the place of what they find, in order.
        keeps_case: ``SLUGIFY_PRESERVE_CASE``.
        keeps_script: ``SLUGIFY_USE_UNICODE``.
    """

    substitutions: Sequence[tuple[re.Pattern[str], str]]
    keeps_case: bool = False
    keeps_script: bool = False

    def slug_of(self, title: str) -> str:
        """The slug of a title, a category or an author.

        Raises:
            Unusable: it is written in a script that we cannot write in ASCII.
        """
        slug = " ".join(unescape(_TAG.sub("", title[:MAX_TITLE_CHARS])).split())
        slug = unicodedata.normalize("NFKC", slug)
        if not self.keeps_script:
            slug = _in_ascii(slug)
        for pattern, replacement in self.substitutions:
            slug = pattern.sub(replacement, slug)
        return (slug if self.keeps_case else slug.lower()).strip()


def _in_ascii(text: str) -> str:
    return text if text.isascii() else "".join(_letter_in_ascii(char, text) for char in text)


def _letter_in_ascii(char: str, text: str) -> str:
    if char.isascii():
        return char
    if known := _LETTERS.get(char.lower()):
        return known.capitalize() if char.isupper() else known
    bare = unicodedata.normalize("NFKD", char)[0]
    if bare != char:
        return _letter_in_ascii(bare, text)
    if unicodedata.category(char)[0] in "LN":
        raise Unusable(
            f"The address is not known: {char!r} in {shown(text)} has no letters in ASCII that we "
            "know. Write a slug into the header: Slug: …"
        )
    return ""
