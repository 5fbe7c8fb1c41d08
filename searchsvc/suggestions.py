"""Suggestions: what is asked while a reader types, the same for every engine.

A request of its own and no ``Query``: what is typed into a box stands for the
beginning of a title, a tag or a category, so quotes, dashes and ``tag:`` mean
nothing here. ``docs/ranking.md`` says what is suggested.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from searchsvc.errors import QueryError
from searchsvc.queries import MAX_QUERY_CHARS
from searchsvc.text.analysis import Chunk, chunks
from searchsvc.text.folding import composed

SUGGESTED = 8
MAX_SUGGESTED = 20
# So that titles are not crowded out.
MAX_CATEGORIES = 2
MAX_TAGS = 3
# Many posts may have one title, which is given once: no more are looked at to find others.
MAX_TITLES_READ = 1_000
# Nobody types further to find a title; what is longer is a text that was pasted.
MAX_TYPED_PARTS = 32


@dataclass(frozen=True, slots=True)
class SuggestQuery:
    """A checked request. Made by ``suggest_query``.

    Attributes:
        text: what was typed, with the white space around it.
        limit: how many suggestions are wanted.
        at: the instant of asking; None for now.
    """

    text: str
    limit: int = SUGGESTED
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TypedWord:
    """What a reader takes for one word: a text has it by any whole, or by all the parts.

    ``parts`` is empty for a name such as ``node.js``, whose parts mean something else.
    """

    parts: tuple[str, ...]
    wholes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, in words of the index.

    Attributes:
        words: a text must have them all; empty when there is nothing to go on from.
        row: the parts of all words. A text begins with what was typed when they
            stand at its first places.
        unfinished: the last word, and the last of ``row``, may be the beginning of
            a longer one.
    """

    words: tuple[TypedWord, ...]
    row: tuple[str, ...]
    unfinished: bool


def suggest_query(text: str, *, limit: int = SUGGESTED, at: datetime | None = None) -> SuggestQuery:
    """Check a request for suggestions.

    Args:
        text: any text at all; beyond ``MAX_QUERY_CHARS`` it is cut.
        limit: 1 to ``MAX_SUGGESTED``.
        at: the instant of asking; None for now.

    Raises:
        QueryError: the limit is out of range; never for ``text``.
    """
    if not 1 <= limit <= MAX_SUGGESTED:
        raise QueryError("limit", str(limit), f"It can be 1 to {MAX_SUGGESTED}")
    return SuggestQuery(composed(text[:MAX_QUERY_CHARS]), limit, at)


def typed(text: str) -> Typed:
    """Cut what was typed into words. White space behind the last one says that it is finished."""
    pieces = list(chunks(text))
    row = tuple(chain.from_iterable((p.word for p in piece.parts) for piece in pieces))
    if len(row) > MAX_TYPED_PARTS:
        return Typed((), (), False)
    return Typed(tuple(map(_word, pieces)), row, not text[-1:].isspace())


def _word(chunk: Chunk) -> TypedWord:
    parts = () if chunk.is_name else tuple(part.word for part in chunk.parts)
    return TypedWord(parts, chunk.wholes)
