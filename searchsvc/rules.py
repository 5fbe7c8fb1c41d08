"""Rules: what an owner has set for answers, in the words of an index."""

from collections.abc import Mapping
from dataclasses import dataclass

from searchsvc.queries import parse_query
from searchsvc.settings import Settings
from searchsvc.synonyms import Synonyms
from searchsvc.text.analysis import Analyzer
from searchsvc.units import Plan, plan


@dataclass(frozen=True, slots=True)
class Rules:
    """How queries are answered.

    Attributes:
        enough_hits: with ``match=auto`` so many of the best are found in any case.
        timeout_s: longest time for one answer, seconds.
        recency_days: half-life of what being recent is worth; 0 for nothing.
        synonyms: the owner's.
        pinned: ids or addresses of posts, by the words of the query they are pinned for.
    """

    enough_hits: int
    timeout_s: float
    recency_days: float
    synonyms: Synonyms
    pinned: Mapping[tuple[str, ...], tuple[str, ...]]

    def pinned_for(self, asked: Plan) -> tuple[str, ...]:
        """The posts that are pinned for a query, first one first."""
        return self.pinned.get(_words(asked), ()) if self.pinned else ()


def rules_of(settings: Settings, analyzer: Analyzer) -> Rules:
    """The rules that settings make for an index whose words an analyzer cuts."""
    return Rules(
        enough_hits=settings.enough_hits,
        timeout_s=settings.answer_timeout_s,
        recency_days=settings.recency_days,
        synonyms=Synonyms(settings.synonyms, analyzer),
        pinned={_words(plan(parse_query(text))): ids for text, ids in settings.pinned.items()},
    )


def _words(asked: Plan) -> tuple[str, ...]:
    return tuple(unit.literal for unit in asked.typed)
