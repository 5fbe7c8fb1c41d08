"""Units: a query in the words of an index, the same for every engine.

A *unit* is one thing that a post can have or lack: usually a word with its
stem, sometimes a name such as ``node.js`` with the forms it is written in.
``plan`` cuts a query into units without looking at the index; ``resolving`` then
asks what the index knows.
"""

from collections.abc import Iterable
from typing import NamedTuple

from searchsvc.corrections import Guess
from searchsvc.queries import Clause, Query
from searchsvc.text.analysis import Chunk, chunks

# More words than a reader types; what follows them is told in ``query.ignored``.
MAX_UNITS = 32
# Words of all phrases of a query, and of all excluded phrases; longer or further ones are left out.
MAX_SEQUENCE_WORDS = 32


class Unit(NamedTuple):
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
        has_synonyms: whether some forms or rows are the owner's synonyms.
    """

    text: str
    forms: tuple[str, ...]
    at: tuple[int, int] = (0, 0)
    parts: tuple["Unit", ...] = ()
    beginning: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    guesses: tuple[Guess, ...] = ()
    instead: str = ""
    has_synonyms: bool = False

    @property
    def literal(self) -> str:
        """The word as typed, folded; "" when no post has it."""
        return self.forms[0] if self.forms else ""


class Sequence(NamedTuple):
    """Words that stand one after the other, literally; or any of the wholes."""

    words: tuple[str, ...]
    wholes: tuple[str, ...] = ()


class Plan(NamedTuple):
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
    cut = [(clause, list(chunks(clause.text))) for clause in query.clauses]
    typed = [unit for clause, pieces in cut for unit in _units(pieces, clause.start)]
    is_last_a_word = cut and not cut[-1][0].is_phrase and len(typed) <= MAX_UNITS
    excluded, excluded_words = _excluded(query.excluded)
    return Plan(
        text=query.text,
        typed=tuple(typed[:MAX_UNITS]),
        phrases=_sequences([pieces for clause, pieces in cut if clause.is_phrase]),
        excluded=excluded,
        excluded_words=excluded_words,
        last=_last_word(cut[-1][1]) if is_last_a_word else "",
        unfinished=query.unfinished,
        exact=query.exact,
        beginning=_parts(c for _, pieces in cut for c in pieces) if query.unfinished else "",
        ignored=tuple([unit.text for unit in typed[MAX_UNITS:]]),
    )


def units_of(text: str) -> list[Unit]:
    """The units of a text."""
    return _units(chunks(text), 0)


def _units(pieces: Iterable[Chunk], start: int) -> list[Unit]:
    """The units of the chunks of a text that begins at ``start`` of a query's."""
    units: list[Unit] = []
    for text, at, parts, wholes, is_name in pieces:
        first = start + at
        own = [Unit(text[a:b], (word, *wholes), (first + a, first + b)) for word, a, b, _ in parts]
        if is_name:
            words = tuple([unit._replace(forms=unit.forms[:1]) for unit in own])
            units.append(Unit(text, wholes, (first, first + len(text)), words))
        else:
            # A post with the joined word has each of its parts.
            units += own
    return units


def _excluded(clauses: Iterable[Clause]) -> tuple[tuple[Sequence, ...], tuple[str, ...]]:
    """What must not occur: in a row; and plain words without quotes."""
    rows: list[list[Chunk]] = []
    words: list[str] = []
    for clause in clauses:
        pieces = list(chunks(clause.text))
        if not clause.is_phrase and len(pieces) == 1 and _is_one_word(pieces[0]):
            words.append(pieces[0].parts[0].word)
        else:
            rows.append(pieces)
    return _sequences(rows), tuple(dict.fromkeys(words))


def _is_one_word(chunk: Chunk) -> bool:
    return len(chunk.parts) == 1 and not chunk.wholes


def _sequences(cut: Iterable[list[Chunk]]) -> tuple[Sequence, ...]:
    """What each clause asks for in a row: each once, and ``MAX_SEQUENCE_WORDS`` together."""
    kept: dict[Sequence, None] = {}
    words = 0
    for pieces in cut:
        wholes = pieces[0].wholes if len(pieces) == 1 else ()
        sequence = Sequence(tuple([p.word for chunk in pieces for p in chunk.parts]), wholes)
        if not sequence.words or sequence in kept:
            continue
        words += len(sequence.words)
        if words > MAX_SEQUENCE_WORDS:
            break
        kept[sequence] = None
    return tuple(kept)


def _last_word(pieces: list[Chunk]) -> str:
    """The last word as it stands."""
    if not pieces:
        return ""
    return pieces[-1].wholes[0] if pieces[-1].is_name else pieces[-1].parts[-1].word


def _parts(pieces: Iterable[Chunk]) -> str:
    """The words of the parts, a space between them."""
    return " ".join(part.word for chunk in pieces for part in chunk.parts)
