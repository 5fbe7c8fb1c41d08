"""Synonyms: words that the owner of a blog says mean the same.

``k8s, kubernetes`` works both ways; ``js => javascript`` one way: who asks for
`js` also finds posts with `javascript`. A synonym may have several words, which
then stand in a row: ``ml, machine learning``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from searchsvc.text.analysis import Analyzer, chunks
from searchsvc.units import Plan, Unit, units_of

T = TypeVar("T")
# Each further one is looked up for every query with the word.
MAX_SYNONYMS_OF_A_WORD = 20


class Synonyms:
    """The owner's synonyms, by the stems of a blog's language."""

    def __init__(self, pairs: Iterable[tuple[str, str]], analyzer: Analyzer) -> None:
        """Take pairs of what is asked for, and what is then found too."""
        self._analyzer = analyzer
        self._rows: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for asked, meant in pairs:
            key = self._key(units_of(asked))
            self._rows[key] += (row for row in _rows(meant) if row not in self._rows[key])
        self._longest = max(map(len, self._rows), default=0)

    def added_to(self, plan: Plan) -> Plan:
        """The plan, with posts that have a synonym having the unit too."""
        if not self._rows:
            return plan
        units = list(plan.typed)
        for length in range(1, self._longest + 1):
            for first in range(len(units) - length + 1):
                key = self._key(plan.typed[first : first + length])
                for row in self._rows.get(key, ())[:MAX_SYNONYMS_OF_A_WORD]:
                    # A post with the synonym of several words has each of them.
                    for number in range(first, first + length):
                        units[number] = _with(units[number], row)
        return plan._replace(typed=tuple(units))

    def _key(self, units: Iterable[Unit]) -> tuple[str, ...]:
        return tuple(self._analyzer.stem(unit.forms[0]) for unit in units)


def _rows(text: str) -> list[tuple[str, ...]]:
    """The words, or rows of words, of which each is the synonym."""
    cut = list(chunks(text))
    wholes: list[tuple[str, ...]] = []
    if len(cut) == 1:
        wholes = [(whole,) for whole in cut[0].wholes]
    parts = tuple(part.word for chunk in cut for part in chunk.parts)
    return wholes if wholes and cut[0].is_name else [*wholes, parts]


def _with(unit: Unit, row: Sequence[str]) -> Unit:
    if len(row) == 1:
        return unit._replace(forms=_and(unit.forms, row[0]), has_synonyms=True)
    return unit._replace(rows=_and(unit.rows, tuple(row)), has_synonyms=True)


def _and(items: tuple[T, ...], item: T) -> tuple[T, ...]:
    return items if item in items else (*items, item)
