"""Tables of what was measured, as Markdown, for the terminal and for ``docs/speed.md``."""

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.measuring import MANY_POSTS, OF_EACH_IF_SLOW, SLOW, Measured, Times
from bench.queries import KINDS, OF_EACH

US, PEER = "searchsvc", "tantivy"
# Counts of everything are ready in every engine of some age, so it would flatter the mean.
LEFT_OUT_OF_MEANS = "everything"


@dataclass(frozen=True)
class How:
    """Which times are compared, and by which middle of a kind's queries."""

    middle: Callable[[Sequence[float]], float]
    counted: bool = True

    def times(self, of_size: Measured) -> Mapping[str, Times]:
        return of_size.times if self.counted else of_size.bare_times


MEDIAN, MEAN = How(statistics.median), How(statistics.mean)


def speed_tables(measured: Sequence[Measured]) -> Iterator[str]:
    """All tables of speed, one size after the other, then the ratios of all sizes."""
    for of_size in measured:
        yield f"### CPU per query, {of_size.posts:,} posts\n"
        yield from _by_kind(of_size, counted=True)
        yield from _notes(of_size)
        if len(of_size.bare_times) > 1:
            yield f"\n### The same without counts, {of_size.posts:,} posts\n"
            yield from _by_kind(of_size, counted=False)
        yield ""
    yield "### Ratios\n"
    yield from _ratios(measured)
    yield f"\n### What was answered, {measured[-1].posts:,} posts\n"
    yield from _answers(measured[-1])
    yield "\n### Building the index, seconds of CPU\n"
    yield from _building(measured)


def shown(number: float | None) -> str:
    """Three digits that count, no more."""
    if number is None:
        return "–"
    decimals = max(0, 2 - math.floor(math.log10(number))) if number > 0 else 0
    return f"{number:,.{min(decimals, 2)}f}"


def ratio(of_size: Measured, name: str, kind: str, *, how: How) -> float | None:
    """How many times tantivy's CPU an engine takes; None when one lacks the kind."""
    mine, other = (how.times(of_size).get(n, {}).get(kind) for n in (name, PEER))
    return how.middle(mine) / how.middle(other) if mine and other else None


def mean_ratio(of_size: Measured, name: str, *, how: How = MEDIAN) -> float | None:
    """The geometric mean of the ratios over the kinds that both can answer."""
    ratios = [r for r, _ in _ratios_that_count(of_size, name, how)]
    return statistics.geometric_mean(ratios) if ratios else None


def _ratios_that_count(of_size: Measured, name: str, how: How) -> Iterator[tuple[float, str]]:
    for kind in KINDS:
        of_kind = ratio(of_size, name, kind, how=how)
        if of_kind and kind != LEFT_OUT_OF_MEANS and can_answer(of_size, name, kind):
            yield of_kind, kind


def can_answer(of_size: Measured, name: str, kind: str) -> bool:
    """Whether an engine finds something at least half as often as tantivy: failing is quick."""
    shares = [
        of_kind["found"] / of_kind["queries"]
        for n in (name, PEER)
        if (of_kind := of_size.answers.get(n, {}).get(kind))
    ]
    return len(shares) < 2 or 2 * shares[0] >= shares[1]


def speedup(of_size: Measured) -> float | None:
    """How many times as quick as plain Whoosh we are: the geometric mean of medians."""
    ours, theirs = of_size.times.get(US, {}), of_size.times.get(SLOW, {})
    ratios = [
        statistics.median(theirs[kind]) / statistics.median(ours[kind])
        for kind in ours
        if kind in theirs and kind != LEFT_OUT_OF_MEANS and can_answer(of_size, US, kind)
    ]
    return statistics.geometric_mean(ratios) if ratios else None


def _by_kind(of_size: Measured, *, counted: bool) -> Iterator[str]:
    """µs by kind: median and mean of each engine, then our ratios to tantivy."""
    hows = [How(statistics.median, counted), How(statistics.mean, counted)]
    times = hows[0].times(of_size)
    yield from _row("median (mean), µs", *times, f"{US} / {PEER}")
    yield _line(len(times) + 2)
    for kind in KINDS:
        cells = [_cell(of_size, name, kind, times) for name in times]
        yield from _row(kind, *cells, _pair(*(ratio(of_size, US, kind, how=h) for h in hows)))
    means = {name: _pair(*(mean_ratio(of_size, name, how=h) for h in hows)) for name in times}
    yield from _row(f"**× {PEER}**", *means.values(), f"**{means.get(US, '–')}**")


def _cell(of_size: Measured, name: str, kind: str, times: Mapping[str, Times]) -> str:
    of_kind = times[name].get(kind)
    if not of_kind:
        return "–"
    mark = "" if can_answer(of_size, name, kind) else "\\*"
    return f"{shown(statistics.median(of_kind))} ({shown(statistics.mean(of_kind))}){mark}"


def _notes(of_size: Measured) -> Iterator[str]:
    """What must be known to read the table of one size."""
    if SLOW in of_size.times:
        many = of_size.posts > MANY_POSTS
        each = f"{OF_EACH_IF_SLOW} of the {OF_EACH} queries of each kind" if many else "all queries"
        yield f"\n{SLOW}: {each}, in one round."
    failing = [
        f"{name} ({kind})"
        for name, of_name in of_size.answers.items()
        for kind in of_name
        if not can_answer(of_size, name, kind)
    ]
    if failing:
        left_out = ", ".join(failing)
        yield f"\n\\* Finds nothing for most of them, so left out of the mean: {left_out}."


def _ratios(measured: Sequence[Measured]) -> Iterator[str]:
    """Each engine at each size: the geometric mean of its ratios to tantivy, and the worst kind."""
    yield from _row(f"× {PEER}, geometric mean; worst", *(f"{m.posts:,} posts" for m in measured))
    yield _line(len(measured) + 1)
    for name in measured[0].times:
        if name != PEER:
            yield from _row(name, *(_mean_and_worst(m, name, MEDIAN) for m in measured))
    bare = How(statistics.median, counted=False)
    yield from _row(f"{US}, both without counts", *(_mean_and_worst(m, US, bare) for m in measured))


def _mean_and_worst(of_size: Measured, name: str, how: How) -> str:
    mean = mean_ratio(of_size, name, how=how)
    most, kind = max(_ratios_that_count(of_size, name, how), default=(0.0, ""))
    return f"{shown(mean)}; {shown(most)} ({kind})" if mean else "–"


def _answers(of_size: Measured) -> Iterator[str]:
    """For the kinds where engines differ: queries that found something, hits with marks."""
    yield from _row("found (hits with marks)", *of_size.answers)
    yield _line(len(of_size.answers) + 1)
    for kind in KINDS[:-1]:
        cells = []
        for name in of_size.answers:
            of_kind = of_size.answers[name].get(kind)
            cells.append(
                f"{of_kind['found']} of {of_kind['queries']} ({of_kind['marked']} of"
                f" {of_kind['shown']})"
                if of_kind
                else "has none"
            )
        yield from _row(kind, *cells)


def _building(measured: Sequence[Measured]) -> Iterator[str]:
    yield from _row("posts", *measured[0].build_s, f"{US} / {SLOW}")
    yield _line(len(measured[0].build_s) + 2)
    for of_size in measured:
        seconds = of_size.build_s
        of_whoosh = seconds[US] / seconds[SLOW] if {US, SLOW} <= seconds.keys() else None
        yield from _row(f"{of_size.posts:,}", *map(shown, seconds.values()), shown(of_whoosh))


def _pair(first: float | None, second: float | None) -> str:
    return f"{shown(first)} ({shown(second)})" if first and second else "–"


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _line(cells: int) -> str:
    return "|---" + "|--:" * (cells - 1) + "|"
