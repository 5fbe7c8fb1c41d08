"""Hexo's dates: of the front matter as YAML and JavaScript read them, and of a file's name.

Hexo reads dates in the zone of the machine it runs on and moves them to the site's. Here that
machine is taken to be in the site's zone.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.unusable import Unusable, shown

_UTC = ZoneInfo("UTC")
# A time with a zone in the form of YAML, of which Hexo keeps the hours in UTC.
_YAML_ZONED = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?\s*(?:Z|[-+]\d{1,2}(?::\d{2})?)"
)
# As JavaScript has it, a day alone in quotes begins in UTC.
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def date_of_front_matter(fields: Fields, zone: ZoneInfo) -> datetime | None:
    """The instant of the key ``date``, in the zone of the site.

    Raises:
        Unusable: it is no date.
    """
    text, quoted = fields.text("date") or "", "date" in fields.quoted
    if not quoted and _YAML_ZONED.fullmatch(text):
        written = fields.date(_UTC, "date")
        return written and written.replace(tzinfo=zone)
    if quoted and _ISO_DAY.fullmatch(text):
        written = fields.date(_UTC, "date")
        return written and written.astimezone(zone)
    return fields.date(zone, "date")


def date_of_name(values: Mapping[str, str], zone: ZoneInfo) -> datetime | None:
    """The beginning of the day in what the name of a file says; None without a whole day.

    Raises:
        Unusable: there is no such day.
    """
    year = values.get("year")
    month, day = (values.get(key) or values.get(f"i_{key}") for key in ("month", "day"))
    if not (year and month and day):
        return None
    try:
        return datetime(int(year), int(month), int(day), tzinfo=zone)
    except ValueError as error:
        raise Unusable(
            f"The name has the date {shown(f'{year}-{month}-{day}')}. There is no such day. "
            "Rename the file, or write the date into the front matter"
        ) from error
