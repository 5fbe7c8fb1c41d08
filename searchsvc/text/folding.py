"""Folding: writing differences that readers do not mean, taken away.

Case, accents, width and spacing do not matter when words, tags and categories
are compared: ``Café``, ``CAFE`` and ``cafe`` are one. Marks that make another
letter stay: the two strokes of Japanese ``が``, the vowel signs of Hindi.
"""

import re
import unicodedata

# Combining accents of Latin, Greek and Cyrillic; Hebrew points; Arabic vowel marks.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0652]")
# Letters whose stroke or ligature Unicode does not decompose.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i"})


def valid(text: str) -> str:
    """The text with a question mark for each lone surrogate, which no UTF-8 can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def composed(text: str) -> str:
    """Valid text whose letters and accents are one sign where there is one.

    Some systems write Korean, Japanese and accented letters in pieces; words are
    cut the same way then.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", valid(text))


def fold(text: str) -> str:
    """The form in which two tags, categories or phrases are compared."""
    return " ".join(fold_word(text).split())


def fold_word(text: str) -> str:
    """Fold case, accents and compatibility forms; white space stays as it is.

    ASCII, by far the most usual case, takes a short way that gives the same.
    """
    if text.isascii():
        return text.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFKC", bare.casefold().translate(_STROKES))
