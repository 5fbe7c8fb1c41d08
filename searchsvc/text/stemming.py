"""Stemming: words without their endings, by Snowball; the only user of PyStemmer.

``running`` and ``runs`` share the stem ``run``. Stems are for finding only and
are never shown.
"""

import re
import threading
from collections.abc import Callable
from functools import lru_cache

import Stemmer

NO_STEMMING = "none"
_LETTERS_ONLY = re.compile(r"[^\W\d_]+")
# Languages by their codes of ISO 639-1; Snowball's own names are known besides.
_BY_CODE = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def languages() -> list[str]:
    """The names that ``stemmer_for`` knows, in alphabetical order but for the first, ``none``."""
    return [NO_STEMMING, *Stemmer.algorithms()]


def snowball_version() -> str:
    """The version of the stemmers; another may give other stems."""
    return str(Stemmer.version())


@lru_cache(maxsize=1_000)
def language_named(name: str) -> str | None:
    """The one of ``languages`` that is meant by a name or code: ``german`` by ``de``, ``de-AT``.

    None when it is no language that has a stemmer.
    """
    code = re.split("[-_]", name.strip().lower())[0]
    known = _BY_CODE.get(code, code)
    return known if known in languages() else None


def stemmer_for(language: str) -> Callable[[str], str]:
    """A function from a folded word to its stem.

    Words with digits or signs (``k8s``, ``c++``) and words of one or two letters
    stay whole: Snowball would cut ``js`` to ``j``.

    Safe to call from several threads: a Snowball stemmer is not, so each thread
    gets its own.
    """
    if language == NO_STEMMING:
        return _unchanged
    own = threading.local()

    def stem(word: str) -> str:
        if len(word) < 3 or not _LETTERS_ONLY.fullmatch(word):
            return word
        try:
            stem_word = own.stem_word
        except AttributeError:
            stem_word = own.stem_word = Stemmer.Stemmer(language).stemWord
        return str(stem_word(word))

    return stem


def _unchanged(word: str) -> str:
    return word
