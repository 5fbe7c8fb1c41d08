"""Resolving: what an index knows of the units of a query.

In turn, for each unit: it is known as it was typed; its last word is the
beginning of a longer one; the parts of a name are known; it was misspelt. What
remains is left out, and told.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, Protocol

from searchsvc.corrections import MAX_CORRECTED, Guess, Words, guesses, is_correctable
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
    known, ignored = _known(asked, lexicon)
    units, neighbours = _distinct(known, lexicon)
    return Resolved(units, neighbours, ignored, _corrected(asked.text, known))


def _known(asked: Plan, lexicon: Lexicon) -> tuple[Collection[Unit], tuple[str, ...]]:
    """What some visible posts have of a plan, or what stands for it; and what none has."""
    are_known = [_is_known(unit, lexicon) for unit in asked.typed]
    # As a rule all words are, and finished besides.
    if all(are_known) and not asked.unfinished:
        return asked.typed, asked.ignored
    resolving = _Resolving(asked, lexicon)
    typed = list(asked.typed if asked.exact else _joined(asked, lexicon))
    for number, unit in enumerate(typed):
        is_last = number == len(typed) - 1 and not unit.instead
        resolving.add(unit, asked.last if is_last else "")
    return resolving.known, (*dict.fromkeys(resolving.ignored), *asked.ignored)


class _Resolving:
    """What is known so far of the units of a plan.

    Attributes:
        known: units that some visible posts have, at most ``MAX_UNITS``.
        ignored: texts of the others.
    """

    def __init__(self, asked: Plan, lexicon: Lexicon) -> None:
        self.known: list[Unit] = []
        self.ignored: list[str] = []
        self._asked = asked
        self._lexicon = lexicon
        self._corrections_left = 0 if asked.exact else MAX_CORRECTED

    def add(self, unit: Unit, beginning: str) -> None:
        """Keep the unit, or what stands for it; tell what no visible post has.

        Args:
            beginning: of what the unit may be the beginning; "" for a finished one.
        """
        # A name that is replaced by its parts gives more units than were typed.
        if len(self.known) == MAX_UNITS:
            self.ignored.append(unit.text)
            return
        is_known = bool(unit.guesses) or _is_known(unit, self._lexicon)
        may_begin = beginning and (self._asked.unfinished or not is_known)
        if may_begin and self._lexicon.has_beginning(beginning):
            self.known.append(unit._replace(beginning=beginning))
        elif is_known:
            self.known.append(unit)
        elif unit.parts:
            for part in unit.parts:
                is_last = part is unit.parts[-1] and beginning
                self.add(part, part.literal if is_last else "")
        else:
            self._correct(unit)

    def _correct(self, unit: Unit) -> None:
        meant: tuple[Guess, ...] = ()
        if self._corrections_left and is_correctable(unit.literal):
            self._corrections_left -= 1
            meant = guesses(unit.literal, self._lexicon)
        if meant:
            instead = " ".join(meant[0].words)
            self.known.append(unit._replace(forms=(), guesses=meant, instead=instead))
        else:
            self.ignored.append(unit.text)


def _is_known(unit: Unit, lexicon: Lexicon) -> bool:
    for form in unit.forms:
        if lexicon.has_form(form):
            return True
    return any(lexicon.posts_with(*row) for row in unit.rows)


def _joined(asked: Plan, lexicon: Lexicon) -> Iterator[Unit]:
    """The units, two of them changed where posts have them as one word: `back end`, `backend`.

    A half that posts have stays what it is; one that none has is taken for the joined word.
    """
    units = iter(asked.typed)
    first = next(units, None)
    for second in units:
        assert first is not None
        halves = _as_one(first, second, asked, lexicon)
        *done, first = halves or (first, second)
        yield from done
    if first is not None:
        yield first


def _as_one(
    first: Unit, second: Unit, asked: Plan, lexicon: Lexicon
) -> tuple[Unit] | tuple[Unit, Unit] | None:
    if first.parts or second.parts or first.instead:
        return None
    has_first = _is_known(first, lexicon)
    has_second = _is_known(second, lexicon) or _is_begun(second, asked, lexicon)
    # As a rule posts have both words, and then the joined one need not be looked up.
    if has_first and has_second:
        return None
    word = first.literal + second.literal
    if not is_correctable(word) or not lexicon.posts_with(word):
        return None
    at = (first.at[0], second.at[1])
    joined = Unit(asked.text[slice(*at)], (), at, guesses=(Guess((word,), 1.0),), instead=word)
    if has_first:
        return first, joined._replace(text=second.text)
    return (joined._replace(text=first.text), second) if has_second else (joined,)


def _is_begun(unit: Unit, asked: Plan, lexicon: Lexicon) -> bool:
    """Whether a unit is the last word, and some visible post has a word that begins so."""
    return bool(asked.last) and unit is asked.typed[-1] and lexicon.has_beginning(asked.last)


def _distinct(
    known: Collection[Unit], lexicon: Lexicon
) -> tuple[tuple[Unit, ...], tuple[tuple[int, int], ...]]:
    """Units that differ in what posts have them, and which of them were typed side by side."""
    if len(known) <= 1:
        return tuple(known), ()
    seen: dict[object, int] = {}
    units: list[Unit] = []
    order: list[int] = []
    for unit in known:
        stems = tuple([stem for form in unit.forms for stem in lexicon.stems(form)])
        key = (unit.beginning, stems, unit.rows, unit.guesses)
        if key not in seen:
            seen[key] = len(units)
            units.append(unit)
        order.append(seen[key])
    neighbours = dict.fromkeys([(a, b) for a, b in pairwise(order) if a != b])
    return tuple(units), tuple(neighbours)


def _corrected(text: str, units: Iterable[Unit]) -> str | None:
    """The text with what is searched instead of some of its words; None if there are none."""
    pieces: list[str] = []
    at = 0
    for unit in units:
        if unit.instead:
            pieces += [text[at : unit.at[0]], unit.instead]
            at = max(at, unit.at[1])
    return "".join([*pieces, text[at:]]) if pieces else None
