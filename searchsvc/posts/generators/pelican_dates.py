"""Pelican's dates: as dateutil reads them, and in the zone in which they were written."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from searchsvc.posts.dates import parse_date

_AMERICAN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)")


def instant_of(text: str, zone: ZoneInfo) -> datetime:
    """A date and time: the month comes first in 02/03/2024, and ``_`` is a space.

    Args:
        zone: of a text that names none. One that does stays in its own, as for Pelican, so
            that the day is the one that its author wrote.

    Raises:
        ValueError: there is no such date, or the form is not known; says the remedy.

    >>> instant_of("02/03/2024 23:30 -0500", ZoneInfo("Asia/Tokyo")).isoformat()
    '2024-02-03T23:30:00-05:00'
    """
    text = text.replace("_", " ").strip()
    if found := _AMERICAN.fullmatch(text):
        month, day, year, rest = found.groups()
        month, day = (month, day) if int(month) <= 12 else (day, month)
        text = f"{year}-{month}-{day}{rest}"
    return parse_date(text, zone, as_written=True)
