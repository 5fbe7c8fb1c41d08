"""Measuring: rounds in which each engine is asked in turn, and whether all answer alike."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench import running
from bench.engines import TAGS_SHOWN
from bench.queries import KINDS, OF_EACH, WARM_UP_OF_EACH, Asked
from bench.running import Blog, Built, Missing

# Without their counts of tags and categories, these two are compared once more.
BARE = ("searchsvc", "tantivy")
# Plain Whoosh is some hundred times as slow: one round, and of many posts a few queries each.
SLOW = "Whoosh"
MANY_POSTS = 20_000
OF_EACH_IF_SLOW = 2

# For each kind of query the CPU microseconds of each query.
Times = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Measured:
    """What was measured at one size; all mappings are by engine.

    Attributes:
        posts: how many.
        versions: what was measured.
        build_s: CPU seconds to build the index.
        times: of each query the least of the rounds, microseconds.
        bare_times: the same without counts.
        answers: of the first round: posts found, hits shown and hits with marks, by kind.
        differences: where engines that should answer alike do not, a line each.
    """

    posts: int
    versions: dict[str, str] = field(default_factory=dict)
    build_s: dict[str, float] = field(default_factory=dict)
    times: dict[str, Times] = field(default_factory=dict)
    bare_times: dict[str, Times] = field(default_factory=dict)
    answers: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)


def measure(
    posts: int, names: Sequence[str], *, rounds: int, rebuild: bool, tell: Callable[[str], None]
) -> Measured:
    """Build what is not there yet, then ask all engines in each round.

    Args:
        tell: told in a line what is being done, or what is left out.
    """
    tell(f"{posts:,} posts")
    blog = running.prepare(posts)
    measured = Measured(posts)
    built = list(_built(blog, names, rebuild=rebuild, tell=tell))
    measured.versions.update({b.name: b.version for b in built})
    measured.build_s.update({b.name: b.cpu_s for b in built})
    done = _rounds(built, blog, rounds, tell=tell)
    for index in built:
        asked = _asked(index, blog)[1]
        measured.times[index.name] = _times(asked, done[index.name, True])
        measured.answers[index.name] = _summary(asked, done[index.name, True][0]["answers"])
        if index.name in BARE:
            measured.bare_times[index.name] = _times(asked, done[index.name, False])
    measured.differences.extend(differences(built, blog, done))
    return measured


def _rounds(
    built: Sequence[Built], blog: Blog, rounds: int, *, tell: Callable[[str], None]
) -> Mapping[tuple[str, bool], Sequence[Any]]:
    """What each engine gave in each round, by its name and whether it counted."""
    done: dict[tuple[str, bool], list[Any]] = defaultdict(list)
    for number in range(rounds):
        tell(f"  round {number + 1} of {rounds}")
        for index in built:
            if number == 0 or index.name != SLOW:
                done[index.name, True].append(_ask(index, blog, counts=True))
            if index.name in BARE:
                done[index.name, False].append(_ask(index, blog, counts=False))
    return done


def _built(
    blog: Blog, names: Sequence[str], *, rebuild: bool, tell: Callable[[str], None]
) -> Iterator[Built]:
    for name in names:
        try:
            tell(f"  {name}: index")
            yield running.build(name, blog, rebuild=rebuild)
        except Missing as missing:
            tell(f"  {missing}")


def _ask(index: Built, blog: Blog, *, counts: bool) -> dict[str, Any]:
    warm_up, asked = _asked(index, blog)
    return running.ask(index, blog, warm_up=warm_up, asked=asked, counts=counts)


def _asked(index: Built, blog: Blog) -> tuple[Sequence[Asked], Sequence[Asked]]:
    """What an engine is asked to warm up, and what is measured."""
    is_sampled = index.name == SLOW and blog.count > MANY_POSTS
    warm_up = _of_each(blog.warm_up, index.lacks, 1 if is_sampled else WARM_UP_OF_EACH)
    return warm_up, _of_each(blog.measured, index.lacks, OF_EACH_IF_SLOW if is_sampled else OF_EACH)


def _of_each(queries: Sequence[Asked], lacks: Sequence[str], wanted: int) -> list[Asked]:
    chosen = [
        query
        for kind in KINDS
        if kind not in lacks
        for query in [q for q in queries if q.kind == kind][:wanted]
    ]
    return [query for query in queries if query in chosen]


def _times(asked: Sequence[Asked], rounds: Sequence[Any]) -> Times:
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for query, *of_rounds in zip(asked, *(one["cpu_us"] for one in rounds), strict=True):
        # What else the machine does only ever adds; the least of several is the steadiest.
        times[query.kind].append(min(of_rounds))
    return {kind: of_kind for kind, of_kind in times.items() if of_kind}


def _summary(asked: Sequence[Asked], answers: Sequence[Any]) -> dict[str, dict[str, int]]:
    summary: dict[str, dict[str, int]] = {}
    for query, answer in zip(asked, answers, strict=True):
        of_kind = summary.setdefault(
            query.kind, {"queries": 0, "found": 0, "shown": 0, "marked": 0}
        )
        of_kind["queries"] += 1
        of_kind["found"] += answer["total"] > 0
        of_kind["shown"] += answer["shown"]
        of_kind["marked"] += answer["marked"]
    return summary


def differences(
    built: Sequence[Built], blog: Blog, done: Mapping[tuple[str, bool], Sequence[Any]]
) -> Iterator[str]:
    """One line for each query that an engine answers otherwise than the first one does."""
    by_query = {
        index.name: dict(
            zip(_asked(index, blog)[1], done[index.name, True][0]["answers"], strict=True)
        )
        for index in built
    }
    first, *others = by_query
    for name in others:
        for query, answer in by_query[name].items():
            # What is near enough to a misspelt word is for each engine to say.
            if query.kind == "typo" or query not in by_query[first]:
                continue
            ours, theirs = _comparable(by_query[first][query]), _comparable(answer)
            for what in ours:
                if ours[what] != theirs[what]:
                    yield (f"{query}: {what} of {first} is {ours[what]}, of {name} {theirs[what]}")


def _comparable(answer: Any) -> dict[str, Any]:
    tags = dict(answer["tags"])
    least = min(tags.values(), default=0)
    # Of tags that are equally common at the end of the list, each engine shows others.
    sure = tags if len(tags) < TAGS_SHOWN else {t: n for t, n in tags.items() if n > least}
    return {
        "total": answer["total"],
        "hits shown": answer["shown"],
        "tags": sure,
        "counts of tags": sorted(tags.values()),
        "categories": dict(answer["categories"]),
    }
