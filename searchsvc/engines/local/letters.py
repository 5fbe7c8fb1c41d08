"""Letters: the letters of each word as a set of bits, to find words that are nearly alike.

An edit changes at most two letters of the set, so most words are ruled out by one
operation on arrays, and no list of deletions need be kept.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.columns import Array


def letter_columns(words: Sequence[str]) -> dict[str, Array]:
    """The letters of each word as bits, and how many it has; 0 when it has other signs."""
    return {
        "word_letters": letter_bits(words),
        "word_length": np.array([len(w) if w.isalpha() else 0 for w in words], np.uint8),
    }


def letter_bits(words: Sequence[str]) -> NDArray[np.uint32]:
    """The set of each word's letters, as bits; far letters of the alphabet may share one."""
    lengths = np.array([len(word) for word in words], np.intp)
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = np.left_shift(np.uint32(1), codes % 32, dtype=np.uint32)
    if not len(words):
        return bits
    return np.bitwise_or.reduceat(bits, np.cumsum(lengths) - lengths)


def letters_of(word: str) -> np.uint32:
    """``letter_bits`` of one word."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 32
    return np.uint32(bits)
