"""Stemming: words without their endings, by Snowball; the only user of PyStemmer.

``running`` and ``runs`` share the stem ``run``. Stems are for finding only and
are never shown.
"""

import re
import threading
from collections.abc import Callable

import Stemmer

NO_STEMMING = "none"
_LETTERS_ONLY = re.compile(r"[^\W\d_]+")


def languages() -> list[str]:
    """The names that ``stemmer_for`` knows; two-letter codes such as ``de`` are known too."""
    return [NO_STEMMING, *Stemmer.algorithms()]


def snowball_version() -> str:
    """The version of the stemmers; another may give other stems."""
    return str(Stemmer.version())


def is_language(name: str) -> bool:
    """Whether ``stemmer_for`` knows the name."""
    if name == NO_STEMMING:
        return True
    try:
        Stemmer.Stemmer(name)
    except KeyError:
        return False
    return True


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
