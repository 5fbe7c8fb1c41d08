"""Pace: how far a long run has come, how fast it was so far, and how long it may still take."""

from collections.abc import Callable
from time import perf_counter

# A run that ends sooner says nothing in between.
_EVERY_S = 5.0


class Pace:
    """Counts what is done. It tells no more than it has seen: rates are those of the whole run.

    Args:
        total: how many there are to do; it may turn out to be fewer.
        clock: seconds, from any zero.

    Attributes:
        done: how many were counted.
    """

    def __init__(self, total: int, *, clock: Callable[[], float] = perf_counter) -> None:
        self._total = total
        self._clock = clock
        self.done = 0
        self._started = self._told = clock()

    def one_more(self) -> None:
        """Count one."""
        self.done += 1

    def is_due(self) -> bool:
        """Whether it is time to say something again; True only once every few seconds."""
        now = self._clock()
        if now - self._told < _EVERY_S:
            return False
        self._told = now
        return True

    @property
    def rate(self) -> str:
        """Such as ``900 a second``; empty before anything can be said."""
        seconds = self._clock() - self._started
        if not self.done or seconds <= 0:
            return ""
        a_second = self.done / seconds
        return f"{a_second:,.0f} a second" if a_second >= 1 else f"{a_second * 60:.0f} a minute"

    @property
    def line(self) -> str:
        """Such as ``2,000 of 10,000 posts, 900 a second, 9 seconds left``."""
        seconds = self._clock() - self._started
        left = seconds / self.done * max(0, self._total - self.done) if self.done else 0
        told = [f"{self.done:,} of {self._total:,} posts", self.rate, _left(left)]
        return ", ".join(filter(None, told))


def _left(seconds: float) -> str:
    whole = round(seconds)
    if whole < 1:
        return ""
    if whole >= 120:
        return f"{whole // 60} minutes left"
    return "1 second left" if whole == 1 else f"{whole} seconds left"
