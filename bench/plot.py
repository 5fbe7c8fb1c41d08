"""The plot of ``docs/speed.svg``: CPU per query by kind at one size, and ratios at all sizes.

An SVG by hand, as it is little more than rectangles: it has colours for light and for dark
pages, which plotting libraries do not write. All lengths are pixels.
"""

import math
import statistics
from collections.abc import Callable, Collection, Iterator, Sequence

from bench.measuring import Measured
from bench.queries import KINDS
from bench.tables import PEER, can_answer, mean_ratio, shown

SHOWN_SIZE = 10_000
_WIDTH, _LEFT, _RIGHT, _TOP = 860, 130, 64, 74
_BAR, _GAP = 11, 11
_STYLE = """
  svg {
    --paper: #ffffff; --ink: #1f2328; --faint: #d5dae0; --quiet: #59636e; --searchsvc: #d1410c;
    --tantivy: #2f6fdd; --fts5: #1a7f64; --minisearch: #9a6700; --whoosh: #8b949e;
  }
  @media (prefers-color-scheme: dark) {
    svg {
      --paper: #0d1117; --ink: #e6edf3; --faint: #30363d; --quiet: #9aa4af; --searchsvc: #ff8a5c;
      --tantivy: #6ea8ff; --fts5: #4ec9a5; --minisearch: #e0b341; --whoosh: #8b949e;
    }
  }
  text { font: 12px system-ui, sans-serif; fill: var(--ink); }
  .title { font-size: 15px; font-weight: 600; }
  .value { fill: var(--quiet); font-size: 10px; }
  .grid { stroke: var(--faint); }
  .paper { fill: var(--paper); }
"""


class _LogScale:
    """Puts numbers between two powers of ten along a stretch of pixels."""

    def __init__(self, numbers: Sequence[float], start: float, end: float) -> None:
        self.low = math.floor(math.log10(min(numbers)))
        self.high = math.ceil(math.log10(max(numbers)))
        self._start, self._end = start, end

    def at(self, number: float) -> float:
        part = (math.log10(number) - self.low) / (self.high - self.low)
        return round(self._start + part * (self._end - self._start), 1)

    def powers(self) -> Iterator[float]:
        return (10.0**power for power in range(self.low, self.high + 1))


def svg(measured: Sequence[Measured]) -> str:
    """The plot as a file of its own; the times are of ``SHOWN_SIZE`` if that was measured."""
    of_size = next((m for m in measured if m.posts == SHOWN_SIZE), measured[-1])
    names = list(of_size.times)
    times_end = _TOP + len(KINDS) * _group_height(names)
    ratios_top = times_end + 70
    height = ratios_top + len(measured) * _group_height(names[1:]) + 30
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" role="img">',
        "<title>CPU per query of searchsvc and other engines</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{_WIDTH}" height="{height}" rx="6"/>',
        _text(
            16, 26, f"CPU per query, {of_size.posts:,} posts (median): shorter is better", "title"
        ),
        *_legend(names),
        *_times(of_size),
        _text(
            16, ratios_top - 26, f"CPU per query, times that of {PEER} (geometric mean)", "title"
        ),
        *_ratios(measured, ratios_top),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _legend(names: Sequence[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        x = 16 + 110 * number
        yield f'<rect x="{x}" y="40" width="11" height="11" rx="2" fill="{_colour(name)}"/>'
        yield _text(x + 17, 50, name)


def _times(of_size: Measured) -> Iterator[str]:
    """A group of bars for each kind of query, one bar for each engine."""
    medians = {
        (name, kind): statistics.median(times)
        for name, of_name in of_size.times.items()
        for kind, times in of_name.items()
    }
    scale = _LogScale(list(medians.values()), _LEFT, _WIDTH - _RIGHT)
    yield from _grid(scale, _TOP, _TOP + len(KINDS) * _group_height(of_size.times), _duration)
    for group, kind in enumerate(KINDS):
        yield from _group_name(kind, _TOP, group, of_size.times)
        for y, name in _rows(_TOP, group, of_size.times):
            median = medians.get((name, kind))
            if median is None:
                yield _text(_LEFT + 4, y + _BAR - 2, f"{name} has none", "value")
            else:
                fails = not can_answer(of_size, name, kind)
                label = f"{_duration(median)}{', finds nothing' if fails else ''}"
                yield from _bar(name, _LEFT, scale.at(median), y, label=label, is_faint=fails)


def _ratios(measured: Sequence[Measured], top: float) -> Iterator[str]:
    """A group of bars for each size, which begin at tantivy's time."""
    names = [name for name in measured[0].times if name != PEER]
    ratios = {(name, m.posts): mean_ratio(m, name) for name in names for m in measured}
    scale = _LogScale([1.0, *(r for r in ratios.values() if r)], _LEFT, _WIDTH - _RIGHT)
    yield from _grid(scale, top, top + len(measured) * _group_height(names), lambda r: f"× {r:g}")
    for group, of_size in enumerate(measured):
        yield from _group_name(f"{of_size.posts:,} posts", top, group, names)
        for y, name in _rows(top, group, names):
            if of_name := ratios[name, of_size.posts]:
                yield from _bar(name, scale.at(1), scale.at(of_name), y, label=shown(of_name))


def _grid(scale: _LogScale, top: float, end: float, label: Callable[[float], str]) -> Iterator[str]:
    for power in scale.powers():
        x = scale.at(power)
        yield f'<line class="grid" x1="{x}" x2="{x}" y1="{top - 8}" y2="{end}"/>'
        yield _text(x, end + 14, label(power), "value", anchor="middle")


def _group_name(text: str, top: float, group: int, names: Collection[str]) -> Iterator[str]:
    middle = top + group * _group_height(names) + len(names) * _BAR / 2 + 4
    yield _text(_LEFT - 10, middle, text, anchor="end")


def _rows(top: float, group: int, names: Collection[str]) -> Iterator[tuple[float, str]]:
    """Where the bar of each engine begins, from above."""
    for number, name in enumerate(names):
        yield top + group * _group_height(names) + number * _BAR, name


def _bar(
    name: str, start: float, end: float, y: float, *, label: str, is_faint: bool = False
) -> Iterator[str]:
    left, right = sorted((start, end))
    faint = ' opacity="0.35"' if is_faint else ""
    yield (
        f'<rect x="{left}" y="{y}" width="{round(right - left, 1)}" height="{_BAR - 1}"'
        f' fill="{_colour(name)}"{faint}/>'
    )
    yield _text(right + 4, y + _BAR - 2, label, "value")


def _text(x: float, y: float, text: str, kind: str = "", *, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{text}</text>'


def _colour(name: str) -> str:
    return f"var(--{name.lower()})"


def _group_height(names: Collection[str]) -> int:
    return len(names) * _BAR + _GAP


def _duration(us: float) -> str:
    """Microseconds as a reader says them, to three digits."""
    return f"{us:.3g} µs" if us < 1_000 else f"{us / 1_000:.3g} ms"
