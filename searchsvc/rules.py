"""Rules: what an owner has set for answers, in the words of an index."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from searchsvc.queries import Query, parse_query
from searchsvc.settings import Settings
from searchsvc.synonyms import Synonyms
from searchsvc.text.aliases import Aliases, alias_pairs
from searchsvc.text.analysis import Analyzer
from searchsvc.text.synonyms import synonym_pairs
from searchsvc.units import Plan, plan


@dataclass(frozen=True, slots=True)
class Rules:
    """How queries are answered.

    Attributes:
        enough_hits: with ``match=auto`` so many of the best are found in any case.
        timeout_s: longest time for one answer, seconds.
        recency_days: half-life of what being recent is worth; 0 for nothing.
        synonyms: the owner's; a tag and its aliases are synonyms, too.
        aliases: which tag is meant by a name to filter by.
        pinned: ids or addresses of posts, by the words of the query they are pinned for.
    """

    enough_hits: int
    timeout_s: float
    recency_days: float
    synonyms: Synonyms
    aliases: Aliases
    pinned: Mapping[tuple[str, ...], tuple[str, ...]]

    def asked(self, query: Query) -> Query:
        """The query, with the tags that are meant instead of their aliases."""
        if not query.tags or not self.aliases:
            return query
        return query._replace(tags=self.aliases.merged(query.tags))

    def pinned_for(self, asked: Plan) -> tuple[str, ...]:
        """The posts that are pinned for a query, first one first."""
        return self.pinned.get(_words(asked), ()) if self.pinned else ()


def rules_of(settings: Settings, analyzer: Analyzer) -> Rules:
    """The rules that settings make for an index whose words an analyzer cuts."""
    return Rules(
        enough_hits=settings.enough_hits,
        timeout_s=settings.answer_timeout_s,
        recency_days=settings.recency_days,
        synonyms=Synonyms(_synonyms(settings), analyzer),
        aliases=Aliases(settings.tag_aliases),
        pinned={_words(plan(parse_query(text))): ids for text, ids in settings.pinned.items()},
    )


def _synonyms(settings: Settings) -> Iterator[tuple[str, str]]:
    for entry in settings.synonyms:
        yield from synonym_pairs(entry)
    yield from alias_pairs(settings.tag_aliases)


def _words(asked: Plan) -> tuple[str, ...]:
    return tuple(unit.literal for unit in asked.typed)
