"""Pelican's addresses: patterns such as ``{date:%Y}/{slug}.html``, as ``str.format`` fills them."""

import re
from collections.abc import Mapping
from datetime import datetime

from searchsvc.posts.generators.addresses import escaped
from searchsvc.posts.unusable import Unusable

_FIELD = re.compile(r"\{(?P<name>\w+)(?:\.(?P<part>\w+))?(?::(?P<form>[^{}]*))?\}")
_PARTS = frozenset({"year", "month", "day", "hour", "minute", "second"})


def in_pattern(pattern: str, values: Mapping[str, str], date: datetime | None) -> str:
    """Fill in a pattern. It is not given to ``format``, which would follow any attribute.

    Raises:
        Unusable: it asks for something that the post does not say.
    """

    def value(found: re.Match[str]) -> str:
        name, part = found["name"].lower(), found["part"]
        if name == "date" and date is not None and (part is None or part in _PARTS):
            return escaped(_of_date(date, part, found["form"]))
        if name in values and part is None:
            return escaped(values[name])
        raise Unusable(
            f"The address {pattern} asks for {found[0]}, which the post does not say. "
            f"Write it into the header: {name.capitalize()}: …"
        )

    return _FIELD.sub(value, pattern)


def _of_date(date: datetime, part: str | None, form: str | None) -> str:
    if part:
        return format(getattr(date, part), form or "")
    # A year before 1000 would have fewer digits on some systems.
    return date.strftime(form.replace("%Y", f"{date.year:04}") if form else "%Y-%m-%d %H:%M:%S")
