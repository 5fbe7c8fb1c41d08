"""Units: a query in the words of the index, the same for every engine.

A *unit* is one thing that a post can have or lack: usually a word with its
stem, sometimes a name such as ``node.js`` with the forms it is written in.
``plan`` cuts a query into units without looking at the index; ``resolve`` then
asks what the index knows: beginnings of words, names that are known by their
parts only, words that no post has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from searchsvc.queries import Clause, Query
from searchsvc.text.analysis import Analyzer, Chunk, chunks

T = TypeVar("T")
# More words than a reader types; what follows them is told in ``query.ignored``.
MAX_UNITS = 32
# Words of all phrases of a query, and of all excluded phrases; longer or further ones are left out.
MAX_SEQUENCE_WORDS = 32


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a post has or lacks.

    Attributes:
        text: as typed; told in ``missing`` and ``ignored``.
        forms: folded words, the literal one first. A post has the unit when it
            has a word with the stem of any of them.
        parts: what to look for instead when no post has the unit: the parts of
            a name. Empty for others.
        beginning: a post also has the unit when it has a word that begins so;
            "" for a finished word.
    """

    text: str
    forms: tuple[str, ...]
    parts: tuple["Unit", ...] = ()
    beginning: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Words that stand one after the other, literally; or any of the wholes."""

    words: tuple[str, ...]
    wholes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a query asks for, in words.

    Attributes:
        typed: units in the order typed, repeated where they were.
        phrases: must occur.
        excluded: must not occur.
        excluded_words: must not occur, with their stems.
        last: what the last of ``typed`` begins with, should it be unfinished; ""
            when the query does not end in a word.
        unfinished: the asker says that the last word may be unfinished.
        ignored: what was typed beyond ``MAX_UNITS``.
    """

    typed: tuple[Unit, ...]
    phrases: tuple[Sequence, ...]
    excluded: tuple[Sequence, ...]
    excluded_words: tuple[str, ...]
    last: str
    unfinished: bool
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The units of a plan that an index knows.

    Attributes:
        units: distinct ones, in the order typed; each is in some visible post.
        neighbours: pairs of indexes into ``units`` that were typed side by side.
        ignored: what was typed and no visible post has.
    """

    units: tuple[Unit, ...]
    neighbours: tuple[tuple[int, int], ...]
    ignored: tuple[str, ...]


class Lexicon(Protocol):
    """The words of the posts that are visible at the moment of asking."""

    def has_stem(self, stem: str) -> bool:
        """Whether some visible post has a word with this stem."""

    def has_beginning(self, beginning: str) -> bool:
        """Whether some visible post has a word that begins so."""


def plan(query: Query, analyzer: Analyzer) -> Plan:
    """Put a query into words, as this analyzer cuts them."""
    typed = [unit for clause in query.clauses for unit in units_of(clause.text)]
    phrases = [c for c in query.clauses if c.is_phrase]
    sequences = list(_sequences(query.excluded))
    return Plan(
        typed=tuple(typed[:MAX_UNITS]),
        phrases=_within_bound(s for s, _ in _sequences(phrases)),
        excluded=_within_bound(s for s, is_word in sequences if not is_word),
        excluded_words=_once(analyzer.stem(s.words[0]) for s, is_word in sequences if is_word),
        last="" if len(typed) > MAX_UNITS else _last_word(query),
        unfinished=query.unfinished,
        ignored=tuple(unit.text for unit in typed[MAX_UNITS:]),
    )


def resolve(asked: Plan, lexicon: Lexicon, analyzer: Analyzer) -> Resolved:
    """Keep what the index knows of a plan, and tell the rest."""
    known: list[Unit] = []
    ignored: list[str] = []
    last = len(asked.typed) - 1
    for number, unit in enumerate(asked.typed):
        beginning = asked.last if number == last else ""
        found = list(_known(unit, beginning, asked.unfinished, lexicon, analyzer))
        known.extend(u for u, is_known in found if is_known)
        ignored.extend(u.text for u, is_known in found if not is_known)
    # A name that is replaced by its parts gives more units than were typed.
    ignored.extend(unit.text for unit in known[MAX_UNITS:])
    units, order = _distinct(known[:MAX_UNITS], analyzer)
    neighbours = dict.fromkeys((a, b) for a, b in pairwise(order) if a != b)
    return Resolved(units, tuple(neighbours), (*dict.fromkeys(ignored), *asked.ignored))


def _known(
    unit: Unit, beginning: str, unfinished: bool, lexicon: Lexicon, analyzer: Analyzer
) -> Iterator[tuple[Unit, bool]]:
    """The unit, or what stands for it, each with whether some visible post has it."""
    by_stem = any(lexicon.has_stem(analyzer.stem(form)) for form in unit.forms)
    if beginning and (unfinished or not by_stem) and lexicon.has_beginning(beginning):
        yield replace(unit, beginning=beginning), True
    elif by_stem or not unit.parts:
        yield unit, by_stem
    else:
        *first, last = unit.parts
        for part in first:
            yield from _known(part, "", unfinished, lexicon, analyzer)
        yield from _known(last, last.forms[0] if beginning else "", unfinished, lexicon, analyzer)


def units_of(text: str) -> Iterator[Unit]:
    """The units of a text, in order, repeated where they are."""
    for chunk in chunks(text):
        parts = tuple(Unit(chunk.text[p.start : p.end], (p.word,)) for p in chunk.parts)
        if chunk.is_name:
            yield Unit(chunk.text, chunk.wholes, parts)
        else:
            # A post with the joined word has each of its parts.
            yield from (Unit(p.text, (*p.forms, *chunk.wholes)) for p in parts)


def _distinct(known: list[Unit], analyzer: Analyzer) -> tuple[tuple[Unit, ...], list[int]]:
    """Units that differ in stems or beginning, and for each known one its index among them."""
    seen: dict[tuple[str, ...], int] = {}
    units: list[Unit] = []
    order: list[int] = []
    for unit in known:
        key = (unit.beginning, *(analyzer.stem(form) for form in unit.forms))
        if key not in seen:
            seen[key] = len(units)
            units.append(unit)
        order.append(seen[key])
    return tuple(units), order


def _sequences(clauses: Iterable[Clause]) -> Iterator[tuple[Sequence, bool]]:
    """Each clause that holds words, and whether it is a single plain word without quotes."""
    for clause in clauses:
        pieces = list(chunks(clause.text))
        words = tuple(part.word for chunk in pieces for part in chunk.parts)
        if words:
            wholes = pieces[0].wholes if len(pieces) == 1 else ()
            yield Sequence(words, wholes), not (clause.is_phrase or wholes or len(words) > 1)


def _within_bound(sequences: Iterable[Sequence]) -> tuple[Sequence, ...]:
    """Each once, and no more than have ``MAX_SEQUENCE_WORDS`` words together."""
    kept: list[Sequence] = []
    words = 0
    for sequence in _once(sequences):
        words += len(sequence.words)
        if words > MAX_SEQUENCE_WORDS:
            break
        kept.append(sequence)
    return tuple(kept)


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _last_word(query: Query) -> str:
    """The last word as it stands, when it is a word and not a phrase."""
    if not query.clauses or query.clauses[-1].is_phrase:
        return ""
    pieces: list[Chunk] = list(chunks(query.clauses[-1].text))
    if not pieces:
        return ""
    return pieces[-1].wholes[0] if pieces[-1].is_name else pieces[-1].parts[-1].word
