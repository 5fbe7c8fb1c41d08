"""Relations: what makes two posts alike, the same for every engine.

A post is compared by its most telling units, the *terms*, and by its *labels*: tags
and categories.
``docs/ranking.md`` has the formula.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from searchsvc.errors import QueryError
from searchsvc.text.analysis import Analyzer, without_possessive
from searchsvc.text.folding import valid
from searchsvc.units import Unit, units_of

RELATED = 5
MAX_RELATED = 20
# An excerpt may be a whole article; what it is about is told early.
MAX_UNITS_READ = 100
MAX_TERMS = 25
# A unit that more posts have than this, and than a tenth of all, tells nothing.
FEW_POSTS = 10
COMMON_PART = 0.1
LABEL_WEIGHT = 2.0
# A post that shares less than this part of all that the asked one has is not like it.
ENOUGH_ALIKE = 0.1
MAX_SHARED_WORDS = 5


@dataclass(frozen=True, slots=True)
class RelatedQuery:
    """A checked request. Made by ``related_query``.

    Attributes:
        id: the post that others are compared with.
        limit: how many posts are wanted.
        at: the instant of asking; None for now.
    """

    id: str
    limit: int = RELATED
    at: datetime | None = None


def related_query(id: str, *, limit: int = RELATED, at: datetime | None = None) -> RelatedQuery:
    """Check a request for related posts.

    Args:
        id: any text but none; whether there is such a post, the engine knows.
        limit: 1 to ``MAX_RELATED``.
        at: the instant of asking; None for now.

    Raises:
        QueryError: there is no id, or the limit is out of range.
    """
    if not id:
        raise QueryError("id", id, "Give the id of a post, as the hits of a search tell it")
    if not 1 <= limit <= MAX_RELATED:
        raise QueryError("limit", str(limit), f"It can be 1 to {MAX_RELATED}")
    return RelatedQuery(valid(id), limit, at)


def candidates(texts: Iterable[str], analyzer: Analyzer) -> list[Unit]:
    """The units of a post that may be terms: each once, in order, no function words or numbers.

    Args:
        texts: title, categories, tags and excerpt, in this order.
    """
    chosen: dict[str, Unit] = {}
    for unit in (unit for text in texts for unit in units_of(text)):
        if len(chosen) == MAX_UNITS_READ:
            break
        literal = unit.forms[0]
        if not literal.isdigit() and not analyzer.is_function_word(literal):
            chosen.setdefault(analyzer.stem(literal), unit)
    return list(chosen.values())


def is_telling(having: int, posts: int) -> bool:
    """Whether a unit that so many of the posts have, one of them the asked one, relates them."""
    return 2 <= having <= max(FEW_POSTS, COMMON_PART * posts)


def as_told(unit: Unit) -> str:
    """How a shared word is told: as it was written, without ``'s``."""
    return without_possessive(unit.text)
