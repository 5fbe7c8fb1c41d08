"""Resolving: what an index knows of the units of a query.

In turn, for each unit: it is known as it was typed; its last word is the
beginning of a longer one; the parts of a name are known; it was misspelt. What
remains is left out, and told.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, Protocol

from searchsvc.corrections import Words, guesses, is_correctable
from searchsvc.units import MAX_UNITS, Plan, Unit


class Resolved(NamedTuple):
    """The units of a plan that an index knows.

    Attributes:
        units: distinct ones, in the order typed; each is in some visible post.
        neighbours: pairs of indexes into ``units`` that were typed side by side.
        ignored: what was typed and no visible post has.
        corrected: the text of the query with what is searched instead; None when
            it is searched as typed.
    """

    units: tuple[Unit, ...]
    neighbours: tuple[tuple[int, int], ...]
    ignored: tuple[str, ...]
    corrected: str | None


class Lexicon(Words, Protocol):
    """The words of the posts that are visible at the moment of asking."""

    def stems(self, word: str) -> tuple[str, ...]:
        """The stems of a folded word, in each language that posts are in."""

    def has_form(self, word: str) -> bool:
        """Whether some visible post has a word with the stem of this one."""

    def has_beginning(self, beginning: str) -> bool:
        """Whether some visible post has a word that begins so."""


def resolve(asked: Plan, lexicon: Lexicon) -> Resolved:
    """Keep what the index knows of a plan, correct the rest, and tell what cannot be."""
    known: list[Unit] = []
    ignored: list[str] = []
    typed = list(asked.typed if asked.exact else _joined(asked, lexicon))
    for number, unit in enumerate(typed, start=1):
        beginning = asked.last if number == len(typed) and not unit.instead else ""
        if not beginning and _is_known(unit, lexicon):
            known.append(unit)
            continue
        for found, is_known in _known(unit, beginning, asked, lexicon):
            if is_known:
                known.append(found)
            else:
                ignored.append(found.text)
    # A name that is replaced by its parts gives more units than were typed.
    ignored.extend(unit.text for unit in known[MAX_UNITS:])
    units, order = _distinct(known[:MAX_UNITS], lexicon)
    neighbours = dict.fromkeys((a, b) for a, b in pairwise(order) if a != b)
    return Resolved(
        units=units,
        neighbours=tuple(neighbours),
        ignored=(*dict.fromkeys(ignored), *asked.ignored),
        corrected=_corrected(asked.text, known[:MAX_UNITS]),
    )


def _known(
    unit: Unit, beginning: str, asked: Plan, lexicon: Lexicon
) -> Iterator[tuple[Unit, bool]]:
    """The unit, or what stands for it, each with whether some visible post has it."""
    is_known = _is_known(unit, lexicon)
    if beginning and (asked.unfinished or not is_known) and lexicon.has_beginning(beginning):
        yield unit._replace(beginning=beginning), True
    elif is_known:
        yield unit, True
    elif unit.parts:
        *first, last = unit.parts
        for part in first:
            yield from _known(part, "", asked, lexicon)
        yield from _known(last, last.literal if beginning else "", asked, lexicon)
    else:
        meant = () if asked.exact else guesses(unit.literal, lexicon)
        instead = " ".join(meant[0].words) if meant else ""
        yield (
            unit._replace(forms=(), guesses=meant, instead=instead) if meant else unit,
            bool(meant),
        )


def _is_known(unit: Unit, lexicon: Lexicon) -> bool:
    for form in unit.forms:
        if lexicon.has_form(form):
            return True
    return any(lexicon.posts_with(*row) for row in unit.rows)


def _joined(asked: Plan, lexicon: Lexicon) -> Iterator[Unit]:
    """The units, and one for two that posts only have as one word: `back end`, `backend`."""
    units = iter(asked.typed)
    first = next(units, None)
    for second in units:
        assert first is not None
        joined = _as_one(first, second, asked, lexicon)
        if joined is None:
            yield first
        first = joined or second
    if first is not None:
        yield first


def _as_one(first: Unit, second: Unit, asked: Plan, lexicon: Lexicon) -> Unit | None:
    if first.parts or second.parts or first.instead:
        return None
    # As a rule posts have both words, and then the joined one need not be looked up.
    if _is_known(first, lexicon) and (
        _is_known(second, lexicon) or _is_begun(second, asked, lexicon)
    ):
        return None
    word = first.literal + second.literal
    if not is_correctable(word) or not lexicon.posts_with(word):
        return None
    text = asked.text[first.at[0] : second.at[1]]
    return Unit(text, (word,), (first.at[0], second.at[1]), instead=word)


def _is_begun(unit: Unit, asked: Plan, lexicon: Lexicon) -> bool:
    """Whether a unit is the last word, and some visible post has a word that begins so."""
    return bool(asked.last) and unit is asked.typed[-1] and lexicon.has_beginning(asked.last)


def _distinct(known: list[Unit], lexicon: Lexicon) -> tuple[tuple[Unit, ...], list[int]]:
    """Units that differ in what posts have them, and for each known one its index among them."""
    if len(known) == 1:
        return tuple(known), [0]
    seen: dict[object, int] = {}
    units: list[Unit] = []
    order: list[int] = []
    for unit in known:
        stems = tuple(stem for form in unit.forms for stem in lexicon.stems(form))
        key = (unit.beginning, stems, unit.rows, unit.guesses)
        if key not in seen:
            seen[key] = len(units)
            units.append(unit)
        order.append(seen[key])
    return tuple(units), order


def _corrected(text: str, units: Iterable[Unit]) -> str | None:
    """The text with what is searched instead of some of its words; None if there are none."""
    pieces: list[str] = []
    at = 0
    for unit in units:
        if unit.instead:
            pieces += [text[at : unit.at[0]], unit.instead]
            at = unit.at[1]
    return "".join([*pieces, text[at:]]) if pieces else None
