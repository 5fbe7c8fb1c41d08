"""How far a run has come, in words; the clock is one that the tests set."""

from searchsvc.pace import Pace


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def paced(done: int, *, of: int, seconds: float) -> Pace:
    """A run that has come so far in so many seconds."""
    clock = Clock()
    pace = Pace(of, clock=clock)
    for _ in range(done):
        pace.one_more()
    clock.seconds += seconds
    return pace


def test_the_line_has_what_is_done_how_fast_and_how_long_it_may_take() -> None:
    assert paced(2000, of=10_000, seconds=2.0).line == (
        "2,000 of 10,000 posts, 1,000 a second, 8 seconds left"
    )
    assert paced(10, of=100, seconds=60.0).line == "10 of 100 posts, 10 a minute, 9 minutes left"
    assert paced(9, of=10, seconds=9.0).line == "9 of 10 posts, 1 a second, 1 second left"


def test_the_rate_is_that_of_the_whole_run() -> None:
    clock = Clock()
    pace = Pace(100, clock=clock)
    clock.seconds += 4
    for _ in range(8):
        pace.one_more()

    assert pace.rate == "2 a second"


def test_nothing_is_said_of_a_rate_that_cannot_be_known() -> None:
    assert paced(0, of=10, seconds=3.0).line == "0 of 10 posts"
    assert paced(5, of=10, seconds=0.0).line == "5 of 10 posts"


def test_more_than_was_counted_leaves_no_time() -> None:
    assert paced(12, of=10, seconds=6.0).line == "12 of 10 posts, 2 a second"


def test_it_is_due_once_every_few_seconds_and_never_in_a_short_run() -> None:
    clock = Clock()
    pace = Pace(10, clock=clock)

    due = []
    for seconds in (104, 106, 107, 110.5, 111.5):
        clock.seconds = float(seconds)
        due.append(pace.is_due())

    assert due == [False, True, False, False, True]
