"""Explanation: why a hit stands where it stands, in words, with numbers that add up.

Every engine gives the same reasons; ``docs/ranking.md`` tells where the numbers come from.
"""

from typing import NamedTuple

from searchsvc.ranking import FIELDS
from searchsvc.units import Unit

_FIELD_NAMES = dict(zip(FIELDS, ("title", "tags or address", "excerpt", "body"), strict=True))

PINNED = "pinned by the owner for this query"
WHOLE_TITLE = "the title has all the words"
TITLE_BEGINS = "the title begins with what was typed"
TITLE_COVERED = "the title is made of words of the query"


class Reason(NamedTuple):
    """A part of a score: what for, and how much."""

    text: str
    score: float


def unit_reason(unit: Unit, fields: int) -> str:
    """What a post gets for having a unit.

    Args:
        fields: a bit for each field that has it, in the order of ``FIELDS``.
    """
    names = [_FIELD_NAMES[name] for n, name in enumerate(FIELDS) if fields >> n & 1]
    return f"{unit_name(unit)} in the {' and '.join(names)}"


def unit_name(unit: Unit) -> str:
    """A unit as it is searched."""
    if unit.beginning:
        return f"“{unit.beginning}…”"
    if unit.guesses:
        meant = " or ".join(f"“{' '.join(guess.words)}”" for guess in unit.guesses)
        return f"{meant} for “{unit.text}”"
    return f"“{unit.text}” or a synonym" if unit.has_synonyms else f"“{unit.text}”"


def literal_reason(unit: Unit) -> str:
    """What a post gets for having the very word."""
    return f"“{unit.literal}” as it is written"


def near_reason(first: Unit, second: Unit) -> str:
    """What a post gets for two units that were typed side by side and are near each other."""
    return f"{unit_name(first)} near {unit_name(second)}"


def recency_reason(days: int) -> str:
    """What a post gets for being recent."""
    return f"{days} days old" if days != 1 else "1 day old"
