"""Units: a query in the words of an index, the same for every engine.

A *unit* is one thing that a post can have or lack: usually a word with its
stem, sometimes a name such as ``node.js`` with the forms it is written in.
``plan`` cuts a query into units without looking at the index; ``resolving`` then
asks what the index knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from searchsvc.corrections import Guess
from searchsvc.queries import Clause, Query
from searchsvc.text.analysis import Chunk, chunks

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
        at: the stretch of the query's text, in code points, end exclusive.
        parts: what to look for instead when no post has the unit: the parts of
            a name. Empty for others.
        beginning: a post also has the unit when it has a word that begins so;
            "" for a finished word.
        rows: a post also has the unit when the words of one stand in a row, literally.
        guesses: what was probably meant, of a word that no post has.
        instead: what is searched in place of what was typed; "" for just that.
    """

    text: str
    forms: tuple[str, ...]
    at: tuple[int, int] = (0, 0)
    parts: tuple["Unit", ...] = ()
    beginning: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    guesses: tuple[Guess, ...] = ()
    instead: str = ""

    @property
    def literal(self) -> str:
        """The word as typed, folded; "" when no post has it."""
        return self.forms[0] if self.forms else ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Words that stand one after the other, literally; or any of the wholes."""

    words: tuple[str, ...]
    wholes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a query asks for, in words.

    Attributes:
        text: what was typed.
        typed: units in the order typed, repeated where they were.
        phrases: must occur.
        excluded: must not occur.
        excluded_words: must not occur, with their stems.
        last: what the last of ``typed`` begins with, should it be unfinished; ""
            when the query does not end in a word.
        unfinished: the asker says that the last word may be unfinished.
        exact: the asker wants no corrections.
        beginning: what a title begins with that is being typed, its words with a
            space between them; "" when the asker does not say that it may be unfinished.
        ignored: what was typed beyond ``MAX_UNITS``.
    """

    text: str
    typed: tuple[Unit, ...]
    phrases: tuple[Sequence, ...]
    excluded: tuple[Sequence, ...]
    excluded_words: tuple[str, ...]
    last: str
    unfinished: bool
    exact: bool
    beginning: str
    ignored: tuple[str, ...]


def plan(query: Query) -> Plan:
    """Put a query into words."""
    typed = [unit for clause in query.clauses for unit in units_of(clause.text, clause.start)]
    phrases = [c for c in query.clauses if c.is_phrase]
    sequences = list(_sequences(query.excluded))
    return Plan(
        text=query.text,
        typed=tuple(typed[:MAX_UNITS]),
        phrases=_within_bound(s for s, _ in _sequences(phrases)),
        excluded=_within_bound(s for s, is_word in sequences if not is_word),
        excluded_words=_once(s.words[0] for s, is_word in sequences if is_word),
        last="" if len(typed) > MAX_UNITS else _last_word(query),
        unfinished=query.unfinished,
        exact=query.exact,
        beginning=_title_beginning(query) if query.unfinished else "",
        ignored=tuple(unit.text for unit in typed[MAX_UNITS:]),
    )


def units_of(text: str, start: int = 0) -> Iterator[Unit]:
    """The units of a text that begins at ``start`` of a query's."""
    for chunk in chunks(text):
        first = start + chunk.start
        parts = tuple(
            Unit(chunk.text[p.start : p.end], (p.word,), (first + p.start, first + p.end))
            for p in chunk.parts
        )
        if chunk.is_name:
            yield Unit(chunk.text, chunk.wholes, (first, first + len(chunk.text)), parts)
        else:
            # A post with the joined word has each of its parts.
            yield from (Unit(p.text, (*p.forms, *chunk.wholes), p.at) for p in parts)


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


def _title_beginning(query: Query) -> str:
    words = [p.word for clause in query.clauses for c in chunks(clause.text) for p in c.parts]
    return " ".join(words)


def _last_word(query: Query) -> str:
    """The last word as it stands, when it is a word and not a phrase."""
    if not query.clauses or query.clauses[-1].is_phrase:
        return ""
    pieces: list[Chunk] = list(chunks(query.clauses[-1].text))
    if not pieces:
        return ""
    return pieces[-1].wholes[0] if pieces[-1].is_name else pieces[-1].parts[-1].word
