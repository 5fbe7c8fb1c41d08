"""Zola's addresses: what the name of a file says, and the three ways to make a slug.

After ``page.rs``, ``file_info.rs`` and ``slugs.rs`` of Zola, and the package slug 0.1 that it uses.
That one spells out every alphabet by long tables; here are the Latin letters.
"""

import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple

from searchsvc.posts.unusable import Unusable, shown

# RFC 3339, with or without the time, then ``-`` or ``_`` and the slug.
_DATED = re.compile(
    r"(?P<date>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)"
    r"(?:\s?[_-](?P<slug>.+))?",
    re.DOTALL,
)
_LETTERS = {
    "Æ": "ae", "æ": "ae", "Ø": "o", "ø": "o", "ß": "ss", "ẞ": "ss", "Ð": "d", "ð": "d",
    "Þ": "th", "þ": "th", "Đ": "d", "đ": "d", "Ħ": "h", "ħ": "h", "ı": "i", "ĸ": "k", "Ŀ": "l",
    "ŀ": "l", "Ł": "l", "ł": "l", "ŉ": "'n", "Œ": "oe", "œ": "oe", "Ŧ": "t", "ŧ": "t", "ſ": "s",
    "Ĳ": "ij", "ĳ": "ij", "Ŋ": "ng", "ŋ": "ng", "ª": "a", "º": "o",
    "§": "ss", "¶": "p",
}  # fmt: skip
# What a file may not be called on Windows.
_UNSAFE = re.compile(r"[<>:\"/\\|?*#\n\r]")


class Named(NamedTuple):
    """What the place of a page says.

    Attributes:
        folders: those that are part of its address.
        name: of the file without its language, or of its folder when it is an index.
        lang: its language.
        is_home: it lies where the site begins, and is an index.
    """

    folders: tuple[str, ...]
    name: str
    lang: str
    is_home: bool

    @property
    def date(self) -> str:
        """The date in the name; "" without one."""
        found = _DATED.match(self.name)
        return found["date"] if found else ""

    def undated(self) -> str:
        found = _DATED.match(self.name)
        return (found and found["slug"]) or self.name


def named(path: str, default: str, others: Collection[str]) -> Named:
    """Look at the path of a page.

    Args:
        path: below ``content``.
        default: the site's own language.
        others: those that it has besides.

    Raises:
        Unusable: the name ends in a language that the site does not have.
    """
    *folders, file = path.split("/")
    stem = file.rpartition(".")[0]
    name, lang = stem, default
    if others and "." in stem:
        before, _, code = stem.partition(".")
        if code in others:
            name, lang = before, code
        elif code != default:
            raise Unusable(
                f"The name has the language {shown(code)}, which is none of the site's. Add it to "
                "the languages of its configuration, or rename the file"
            )
    is_index = stem.partition(".")[0] == "index"
    inner = tuple(folders[:-1] if is_index else folders)
    is_home = not folders and name == "index"
    return Named(inner, folders[-1] if name == "index" and folders else name, lang, is_home)


def slug_for_path(text: str, strategy: str) -> str:
    """A piece of an address: strategy ``on``, ``safe`` (signs that files cannot have) or ``off``.

    Raises:
        Unusable: its letters would have to be spelt out.
    """
    if strategy == "off":
        return text
    return _UNSAFE.sub("", text.rstrip(" .")) if strategy == "safe" else slugify(text)


def slugify(text: str) -> str:
    """Small letters and digits, with hyphens for the rest.

    >>> slugify("Naïve Œuvre: it's 1.0!")
    'naive-oeuvre-it-s-1-0'
    """
    letters = "".join(_spelt(char, text) for char in unicodedata.normalize("NFC", text))
    return re.sub("[^a-z0-9]+", "-", letters.lower()).strip("-")


def _spelt(char: str, text: str) -> str:
    if char.isascii() or char in _LETTERS:
        return _LETTERS.get(char, char)
    kind, at = unicodedata.category(char)[0], ord(char)
    if (kind == "C" and at < 0xA1) or 0x300 <= at < 0x363 or at == 0xAD:
        return ""
    if kind in "PZ" and (at < 0x250 or 0x2000 <= at < 0x3040):
        return "-"
    apart = unicodedata.normalize("NFD", char)
    base = "".join(part for part in apart if not unicodedata.combining(part))
    if base and base.isascii():
        return base
    raise Unusable(
        f"The address is made from {shown(text)}, whose letters Zola spells out by a table of its "
        "own. Write it into the front matter: slug = …"
    )
