"""Corrections: what a word that no post has was probably meant to be.

A reader who types `kubernets` wants `kubernetes`. Words within one edit are tried,
those within two that are likely enough, and the word in two halves (`eventsourcing`).
An edit is a letter left out, added or changed, or two neighbours that have changed
places. Several guesses are tried together, the likelier ones weighing more.

Two edits away from a short word there is nearly always some other word. So it has to be
a frequent one, or the word long: what a reader types may be right, and merely not there.

Source of the numbers: chosen on misspelt title words of two blogs and a collection, and
on good words that these lack; ``docs/quality.md`` has the figures of other ones.
"""

import math
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise, permutations
from typing import NamedTuple, Protocol

# Shorter words are too near to too many others.
MIN_LETTERS = 4
# Of so many letters, two edits leave enough to know a word by.
TWO_EDITS_FROM = 5
MAX_GUESSES = 5
# Words of one query; each takes as long as many that are known.
MAX_CORRECTED = 6
# Each half of a split word has at least so many letters.
MIN_HALF = 3

_LETTERS_ONLY = re.compile(r"[^\W\d_]+")
_COST_WEIGHT = 1.3
_FREQUENCY_WEIGHT = 0.6
# How unlikely a guess may be that is two edits away: the more so, the more letters there are.
_BOUND, _BOUND_PER_LETTER = 3.0, 0.5
# One edit away from a word as likely as this, words two edits away are not looked for: it takes
# as long as a quarter of an answer, and finds next to nothing.
_LIKELY = -5.0
# No word is so likely, by far.
_NEVER = 12.0
# Of fewer posts the share that has a word says little.
_FEW_POSTS = 250
_TRANSPOSED = 0.4
_LEFT_OUT = 0.6
_DOUBLED = 0.6
_NEIGHBOURING_KEY = 0.9
_VOWEL_FOR_VOWEL = 1.0
_ADDED = 1.3
_CHANGED = 1.8
_FIRST_LETTER = 1.0
_SPLIT = 0.5
_SECOND_EDIT = 0.8
_LEAST_OF_TWO = 2 * _TRANSPOSED + _SECOND_EDIT
_LESSER, _STEEPNESS = 0.8, 2.0
_VOWELS = frozenset("aeiouy")
_ROWS_OF_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Guess(NamedTuple):
    """What may have been meant: one word, or several that stand in a row.

    Attributes:
        weight: 1 for the likeliest, less for others.
    """

    words: tuple[str, ...]
    weight: float


class Words(Protocol):
    """The words of the posts that are visible at the moment of asking."""

    def posts_with(self, *words: str) -> int:
        """How many visible posts have this very word; of several words, in a row."""

    def count(self) -> int:
        """How many posts are visible."""

    def near(self, word: str, *, posts: int) -> Mapping[str, tuple[int, int]]:
        """Words of letters only within one edit; or two, if so many visible posts have them.

        With each its edits, and how many visible posts have it.
        """


def is_correctable(word: str) -> bool:
    """Whether a word is one that could be misspelt: letters only, and enough of them."""
    return len(word) >= MIN_LETTERS and bool(_LETTERS_ONLY.fullmatch(word))


def guesses(word: str, words: Words) -> tuple[Guess, ...]:
    """What a folded word that no post has may have been meant to be, likeliest first.

    Empty when nothing is near.
    """
    if not is_correctable(word):
        return ()
    found = dict(_halves(word, words))
    # No word has more posts than there are: so none is two edits away.
    found |= _near(word, words, bound=_NEVER, fewest=words.count() + 1)
    share = _FREQUENCY_WEIGHT * math.log(max(words.count(), _FEW_POSTS))
    if len(word) >= TWO_EDITS_FROM and max(found.values(), default=-_NEVER) < share + _LIKELY:
        bound = share - _BOUND - _BOUND_PER_LETTER * len(word)
        # Most words are too rare to be two edits away, whatever these are: a quick way to say so.
        fewest = math.ceil(math.exp((bound + _COST_WEIGHT * _LEAST_OF_TWO) / _FREQUENCY_WEIGHT))
        found |= _near(word, words, bound=bound, fewest=fewest)
    return _weighted(found)


def _near(word: str, words: Words, *, bound: float, fewest: int) -> dict[tuple[str, ...], float]:
    """Words near by, with how likely each is.

    Args:
        bound: how likely a word that is two edits away has to be.
        fewest: how many posts have it at least.
    """
    found: dict[tuple[str, ...], float] = {}
    for other, (edits, posts) in words.near(word, posts=fewest).items():
        cost = edit_cost(word, other) + (_SECOND_EDIT if edits > 1 else 0.0)
        likelihood = _likelihood(cost, posts)
        if edits <= 1 or likelihood >= bound:
            found[(other,)] = likelihood
    return found


def edit_cost(typed: str, meant: str) -> float:
    """What it costs to think that ``meant`` was typed so: about 1 for each edit.

    Letters that are easily taken for each other cost less, a wrong first letter more.
    """
    # A dozen words are compared with what was typed: hence one loop, and few calls.
    row = [_LEFT_OUT * letters for letters in range(len(meant) + 1)]
    above: list[float] = []
    for i, (letter, adding) in enumerate(zip(typed, _adding(typed), strict=True)):
        above, before = row, above
        row = [above[0] + adding]
        for j, other in enumerate(meant):
            cost = (
                above[j] if letter == other else above[j] + _CHANGES.get(letter + other, _CHANGED)
            )
            cost = min(cost, above[j + 1] + adding, row[j] + _LEFT_OUT)
            if i and j and letter == meant[j - 1] and other == typed[i - 1]:
                cost = min(cost, before[j - 1] + _TRANSPOSED)
            row.append(cost)
    return row[-1] + (_FIRST_LETTER if typed[0] != meant[0] else 0.0)


def _adding(typed: str) -> list[float]:
    """What each letter costs if it is one too many; less if it is the same once more."""
    return [_DOUBLED if a == b else _ADDED for a, b in zip(typed, " " + typed, strict=False)]


def _changes() -> Iterator[tuple[str, float]]:
    """Pairs of letters that are easily taken for each other, and what that costs."""
    for row in _ROWS_OF_KEYS:
        for a, b in pairwise(row):
            yield from ((a + b, _NEIGHBOURING_KEY), (b + a, _NEIGHBOURING_KEY))
    for a, b in permutations(_VOWELS, 2):
        yield a + b, _VOWEL_FOR_VOWEL


_CHANGES = dict(_changes())


def _halves(word: str, words: Words) -> Iterator[tuple[tuple[str, ...], float]]:
    """The word in two that stand side by side in some post, with how likely that is."""
    for at in range(MIN_HALF, len(word) - MIN_HALF + 1):
        halves = word[:at], word[at:]
        if all(words.posts_with(half) for half in halves) and (posts := words.posts_with(*halves)):
            yield halves, _likelihood(_SPLIT, posts)


def _likelihood(cost: float, posts: int) -> float:
    return _FREQUENCY_WEIGHT * math.log(posts) - _COST_WEIGHT * cost


def _weighted(found: Mapping[tuple[str, ...], float]) -> tuple[Guess, ...]:
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MAX_GUESSES]
    return tuple(
        Guess(words, _LESSER * math.exp(_STEEPNESS * (likelihood - ordered[0][1])) if n else 1.0)
        for n, (words, likelihood) in enumerate(ordered)
    )
