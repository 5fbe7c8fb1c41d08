"""Dates: the forms in which authors write them → an instant in the blog's time zone."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_REMEDY = "Write it as YYYY-MM-DD"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"(?:\s*(?P<half>[ap])\.?m(?![a-z])\.?)?"
)
_ZONE = r"(?P<zone>z|[+-]\d{1,2}(?::?\d{2})?|[a-z][a-z0-9/_+-]*)"
_THEN = rf"(?:(?:\s*[T,]\s*|\s+)(?:at\s+)?{_TIME}(?:\s*\(?{_ZONE}\)?)?)?\s*"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        # 2024-01-02 and 2013/7/13 20:46:25, with or without time and zone
        rf"\s*{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){_DAY}{_THEN}",
        # 20240102
        r"\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})\s*",
        # 2 January 2006 and Mon, 02 Jan 2006 15:04:05 -0700
        rf"\s*{_WEEKDAY}{_DAY}[\s-]+(?:of\s+)?{_MONTH}[,\s-]+{_YEAR}{_THEN}",
        # Jan 2, 2006 and Monday, January 2nd 2006
        rf"\s*{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}{_THEN}",
        # Mon Jan 2 15:04:05 MST 2006
        rf"\s*{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_TIME}(?:\s+{_ZONE})?\s+{_YEAR}\s*",
    )
)
_HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
    "jst": 9,
}  # fmt: skip


# Many posts share a date, and each is read twice when it is also the instant of publication.
@lru_cache(maxsize=20_000)
def parse_date(
    text: str, zone: ZoneInfo, *, unzoned: tzinfo | None = None, as_written: bool = False
) -> datetime:
    """Read a date, with or without time, as authors write them.

    Args:
        zone: the blog's time zone: that of the result, and of a text without one.
        unzoned: the zone meant by a text that has a time but no zone, if not the blog's.
        as_written: leave the instant in the zone that the text names, so that the day stays
            the one that the author wrote.

    Returns:
        The instant in the blog's zone, so that its ``date()`` is the day readers
        see. Without a time it is the beginning of that day.

    Raises:
        ValueError: there is no such date, or the form is not known; says the remedy.

    >>> parse_date("2024-01-02 23:30 -0500", ZoneInfo("Europe/Paris")).isoformat()
    '2024-01-03T05:30:00+01:00'
    """
    for form in _FORMS:
        if len(text) < 100 and (found := form.fullmatch(text)):
            instant = _instant(found.groupdict(), zone, unzoned)
            return instant if as_written else _in_zone(instant, zone)
    raise ValueError(_REMEDY)


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC; at the ends of the calendar, the last one that UTC can tell."""
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        end = datetime.max if instant.year > 1 else datetime.min
        return end.replace(tzinfo=UTC)


def _instant(parts: dict[str, str | None], zone: ZoneInfo, unzoned: tzinfo | None) -> datetime:
    given = _zone(parts.get("zone"))
    has_time = parts.get("hour") is not None
    there = given or (unzoned if has_time and unzoned else zone)
    try:
        return datetime(
            int(parts["year"] or 0),
            _month(parts),
            int(parts["day"] or 0),
            _hour(parts),
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            int((parts.get("fraction") or "0").ljust(6, "0")[:6]),
            tzinfo=there,
        )
    except ValueError as error:
        raise ValueError(f"There is no such day or time. {_REMEDY}") from error


def _in_zone(instant: datetime, zone: ZoneInfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except OverflowError as error:
        raise ValueError(f"That is too near the end of the calendar. {_REMEDY}") from error


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("name")
    return _MONTHS.index(name[:3].lower()) + 1 if name else int(parts["month"] or 0)


def _hour(parts: dict[str, str | None]) -> int:
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("a clock of twelve hours")
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name.lower() in _HOURS:
        return timezone(timedelta(hours=_HOURS[name.lower()]))
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        if offset >= timedelta(hours=24) or int(minutes) > 59:
            raise ValueError(f"There is no zone {name}. {_REMEDY} HH:MM +HHMM")
        return timezone(-offset if name[0] == "-" else offset)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"There is no zone {name}. {_REMEDY} HH:MM +HHMM") from error
