"""Names made fit for addresses as Hugo does it: ``My Post: 1`` becomes ``my-post-1``."""

import re
import unicodedata
from urllib.parse import quote

# Most names have nothing else.
_PLAIN = re.compile(r"[A-Za-z0-9./_-]*")
_SPACES = re.compile(r"\s+")
_SIGNS = frozenset("./\\_#+~-@")
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
# What Hugo leaves as it is in an address.
_SAFE = "/-._~!$&'()*+,;=:@?"


def small(text: str) -> str:
    """A text in small letters, sign by sign as Go does it: ``İ`` is one ``i``."""
    return text.lower() if text.isascii() else "".join(sign.lower()[:1] for sign in text)


def sanitized(text: str, *, lower: bool, accents: bool) -> str:
    """A text as a part of a path: spaces are hyphens, other signs go.

    Args:
        lower: in small letters; else as written (``disablePathToLower``).
        accents: keep them; else letters without theirs (``removePathAccents``).
    """
    if _PLAIN.fullmatch(text):
        return text.lower() if lower else text
    text = text if accents else _without_accents(text)
    kept = "".join(
        sign
        for at, sign in enumerate(text)
        if _is_allowed(sign) or (sign == "%" and _ESCAPE.match(text, at))
    ).strip()
    joined = _SPACES.sub(lambda found: _hyphen(kept, found), kept)
    return small(joined) if lower else joined


def escaped(path: str) -> str:
    """A path as part of an address; what is escaped already stays."""
    return "".join(
        piece if _ESCAPE.fullmatch(piece) else quote(piece, safe=_SAFE)
        for piece in re.split("(%[0-9A-Fa-f]{2})", path)
    )


def _is_allowed(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return sign in _SIGNS or sign.isspace() or kind[0] in "LM" or kind == "Nd"


def _hyphen(text: str, spaces: re.Match[str]) -> str:
    """What stands for spaces: nothing beside a hyphen that is there already."""
    beside = text[spaces.start() - 1], text[spaces.end()]
    return "" if "-" in beside else "-"


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", bare)
