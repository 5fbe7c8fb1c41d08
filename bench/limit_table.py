"""The limits themselves, and how they are written down. ``limits.py`` measures them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

PLAIN = "Whoosh"
# With many posts, a run leaves the large segment as it is and writes a small one beside it.
RUNS_IF_MANY = 20
MANY_POSTS = 100_000


@dataclass(frozen=True)
class Limit:
    """One figure at each size.

    Attributes:
        name: what is measured, with its unit.
        bound_by: what it is made of, so that one knows where to look.
        targets: the most that it may be, by number of posts; none where it is only told.
        values: what it is, by number of posts.
    """

    name: str
    bound_by: str
    targets: dict[int, float]
    values: dict[int, float] = field(default_factory=dict)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Limit":
        """What ``asdict`` and JSON have made of one: there numbers of posts are texts."""
        for name in ("targets", "values"):
            values[name] = {int(size): value for size, value in values[name].items()}
        return cls(**values)

    def is_exceeded(self) -> bool:
        """Whether some value is above its target."""
        return any(value > self.targets.get(n, math.inf) for n, value in self.values.items())


def _everywhere(target: float) -> dict[int, float]:
    return dict.fromkeys((1_000, 10_000, 100_000), target)


def limits(runs: int) -> dict[str, Limit]:
    """All limits, nothing measured yet.

    Args:
        runs: how many runs with one edited post each go before "after many runs".
    """
    return {
        "first": Limit(
            "first-asked query, p99, ms of CPU",
            "page faults, cold caches of the processor",
            {1_000: 3, 10_000: 3, 100_000: 10},
        ),
        "open": Limit(
            "opening an index, ms of CPU",
            "JSON of the manifest and headers; the checksum of the overlay",
            _everywhere(5),
        ),
        "import": Limit(
            "importing the engine, ms of CPU", "pydantic and the settings, numpy", _everywhere(250)
        ),
        "build": Limit(
            f"building, of {PLAIN}'s CPU",
            "words are cut; Whoosh's own files are written",
            _everywhere(0.5),
        ),
        "reindex": Limit(
            "reindex, one edited post, s of CPU",
            "imports; each line is read and its digest looked up",
            {100_000: 4},
        ),
        "reindex wall": Limit("the same, s by the clock", "the same, and the disk", {100_000: 4}),
        "apply": Limit(
            "of these applying and publishing, s of CPU",
            "importing Whoosh, its commit, the overlay, ids of all posts",
            {100_000: 0.5},
        ),
        "apply wall": Limit(
            "the same, s by the clock", "the same, and flushing to the disk", {100_000: 0.5}
        ),
        "unchanged": Limit(
            "reindex of Markdown, none edited, s of CPU",
            "imports; each file is read and its digest looked up",
            {10_000: 1},
        ),
        "memory": Limit(
            "a worker's private dirty memory, MB", "Python and its libraries", {100_000: 100}
        ),
        "rss": Limit("the same, with what is shared, MB", "the columns that were read", {}),
        "peak": Limit("the most it has held, MB", "the same", {10_000: 200}),
        "runs": Limit(
            f"query after {runs} one-post runs (at {MANY_POSTS:,} posts: {RUNS_IF_MANY}),"
            " of a fresh index",
            "the number of segments",
            _everywhere(1.3),
        ),
        "run": Limit("one such run, s of CPU", "as applying above", {}),
    }


def table(found: Sequence[Limit], sizes: Sequence[int]) -> Iterator[str]:
    """The limits as Markdown; what exceeds its target is in bold."""
    yield f"| limit | {' | '.join(f'{n:,} posts' for n in sizes)} | at most | made of |"
    yield f"|---{'|--:' * (len(sizes) + 1)}|---|"
    for limit in found:
        cells = [_cell(limit, size) for size in sizes]
        yield f"| {limit.name} | {' | '.join(cells)} | {_target(limit)} | {limit.bound_by} |"


def _cell(limit: Limit, size: int) -> str:
    if size not in limit.values:
        return "–"
    value = limit.values[size]
    shown = f"{value:.0f}" if value >= 100 else f"{value:.3g}"
    return f"**{shown}**" if value > limit.targets.get(size, math.inf) else shown


def _target(limit: Limit) -> str:
    targets = list(limit.targets.values())
    if len(set(targets)) == 1:
        size = next(iter(limit.targets))
        return f"{targets[0]:g}" + (f" at {size:,}" if len(targets) == 1 else "")
    return " / ".join(f"{target:g}" for target in targets)
