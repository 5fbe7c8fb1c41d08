"""Evaluation: how well an engine answers queries whose answers are known."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from searchsvc.documents import Document
from searchsvc.engines.protocol import Engine
from searchsvc.figures import Figures, rank_of
from searchsvc.judged import Judged, Remark
from searchsvc.posts.unusable import shown
from searchsvc.queries import MAX_HITS_PAGED, MAX_PER_PAGE, parse_query
from searchsvc.results import Hit

# Guesses at what was meant are made for so many posts only: each takes a look at all ids.
MAX_GUESSES = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one query was answered.

    Attributes:
        judged: what was asked; its grades are by id, without posts that are not there.
        found: ids of the first hits, best first.
        rank: where the first useful post stands, from 1; None when it is not among ``found``.
        expected: that post's id; when there is none, the id of the most useful one.
        first_title: the title of the post that stands first, "" when nothing was found.
    """

    judged: Judged
    found: tuple[str, ...]
    rank: int | None
    expected: str
    first_title: str

    @property
    def figures(self) -> Figures:
        """The figures of this query."""
        return Figures.of(self.found, self.judged.grades)

    def to_json(self) -> dict[str, Any]:
        """For programs; ``docs/quality.md`` shows one."""
        return {
            "q": self.judged.text,
            "kind": self.judged.kind,
            "expected": self.expected,
            "rank": self.rank,
            "first": self.found[0] if self.found else None,
            **_rounded(self.figures),
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How the queries of a list were answered.

    Attributes:
        outcomes: one for each query that could be asked, in the order of the list.
        remarks: posts of the list that the index does not show.
        depth: how many hits of each answer were looked at.
    """

    outcomes: tuple[Outcome, ...]
    remarks: tuple[Remark, ...]
    depth: int

    @property
    def figures(self) -> Figures:
        """Means over all queries."""
        return Figures.mean_of(o.figures for o in self.outcomes)

    def by_kind(self) -> dict[str, tuple[int, Figures]]:
        """For each kind, in the order of the list, its number of queries and its means."""
        kinds: dict[str, list[Figures]] = {}
        for outcome in self.outcomes:
            kinds.setdefault(outcome.judged.kind, []).append(outcome.figures)
        return {kind: (len(f), Figures.mean_of(f)) for kind, f in kinds.items()}

    def worst(self, count: int) -> list[Outcome]:
        """The queries that were answered worst, but none whose useful post stands first."""
        behind = [outcome for outcome in self.outcomes if outcome.rank != 1]
        return sorted(behind, key=lambda o: -(o.rank or self.depth + 1))[:count]

    def to_json(self) -> dict[str, Any]:
        """For programs; ``docs/quality.md`` shows one."""
        return {
            "queries": len(self.outcomes),
            **_rounded(self.figures),
            "kinds": {
                kind: {"queries": count, **_rounded(figures)}
                for kind, (count, figures) in self.by_kind().items()
            },
            "outcomes": [outcome.to_json() for outcome in self.outcomes],
        }


def evaluate(
    engine: Engine,
    judged: Iterable[Judged],
    *,
    depth: int = MAX_PER_PAGE,
    browsed: int = MAX_HITS_PAGED,
) -> Evaluation:
    """Ask each query and see where the posts stand that should come.

    A post that the index does not show is a remark and takes no part in the figures;
    neither does a query that is left with no useful post.

    Args:
        depth: how many hits of each answer are looked at; 10 to 100.
        browsed: so many of the newest and of the oldest posts are known by their urls,
            others by their ids only; 100 to 10,000.

    Raises:
        IndexMissing, IndexDamaged, IndexUnreadable: there is no index to ask.
    """
    posts = _Posts(engine, browsed // MAX_PER_PAGE)
    outcomes = []
    remarks: list[Remark] = []
    for query in judged:
        known, unknown = posts.known(query)
        remarks += unknown
        if any(known.grades.values()):
            outcomes.append(_outcome(engine, known, depth))
    return Evaluation(tuple(outcomes), tuple(remarks), depth)


def _outcome(engine: Engine, judged: Judged, depth: int) -> Outcome:
    page = engine.search(
        parse_query(judged.text, prefix=judged.unfinished, per_page=depth, facets=())
    )
    found = tuple(shown_hit.id for shown_hit in page.hits)
    rank = rank_of(found, judged.grades)
    return Outcome(
        judged=judged,
        found=found,
        rank=rank,
        expected=found[rank - 1] if rank else max(judged.grades, key=judged.grades.__getitem__),
        first_title=page.hits[0].title if page.hits else "",
    )


def _rounded(figures: Figures) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(figures).items()}


class _Posts:
    """The posts that an index shows, by id and by url."""

    def __init__(self, engine: Engine, pages: int) -> None:
        self._engine = engine
        self._pages = pages
        self._guesses = 0
        self._ids = self._browsed()
        # Hidden ones too.
        self._every = engine.fingerprints().keys()

    def known(self, judged: Judged) -> tuple[Judged, list[Remark]]:
        """The query with its grades by id, and a remark for each post that is not shown."""
        grades: dict[str, float] = {}
        remarks = []
        for post, grade in judged.grades.items():
            if id_ := self._id_of(post):
                grades[id_] = max(grade, grades.get(id_, 0))
            else:
                remarks.append(Remark(judged.places.get(post, ""), self._why_not(post)))
        if remarks and not any(grades.values()):
            message = f"{shown(judged.text)} is left out: no post is left that should come"
            remarks.append(Remark(remarks[-1].place, message))
        return replace(judged, grades=grades), remarks

    def _browsed(self) -> dict[str, str]:
        """The id for each id and url that can be browsed to, from both ends."""
        posts = {post.id: post.url for sort in ("newest", "oldest") for post in self._hits(sort)}
        return {url: id_ for id_, url in posts.items()} | {id_: id_ for id_ in posts}

    def _hits(self, sort: str) -> Iterator[Hit]:
        for number in range(1, self._pages + 1):
            page = self._engine.search(
                parse_query(sort=sort, page=number, per_page=MAX_PER_PAGE, facets=())
            )
            yield from page.hits
            if number >= page.pages:
                return

    def _id_of(self, post: str) -> str | None:
        if post in self._ids:
            return self._ids[post]
        if post not in self._every:
            return None
        # In the middle of a blog that is too long to be browsed whole.
        document = self._engine.get(post)
        return post if document and _is_visible(document) else None

    def _why_not(self, post: str) -> str:
        if post in self._every:
            return f"The post {shown(post)} is hidden now, by its dates. Take it out, or wait"
        return f"No post has the id or url {shown(post)}.{self._guess(post)}"

    def _guess(self, post: str) -> str:
        self._guesses += 1
        near = get_close_matches(post, self._ids, n=1) if self._guesses <= MAX_GUESSES else []
        if near:
            return f" Did you mean {near[0]!r}?"
        return " `searchsvc search --json` shows ids and urls"


def _is_visible(document: Document) -> bool:
    now = datetime.now(UTC)
    opens, closes = document.visible_from, document.visible_until
    return (opens is None or opens <= now) and (closes is None or now < closes)
