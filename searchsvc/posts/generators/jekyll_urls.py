"""Jekyll's URLs: permalink styles, their placeholders, and slugs.

After Jekyll's documentation ("Permalinks") and behaviour: ``:title`` keeps its
case, ``:categories`` are in small letters but keep their spaces.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from searchsvc.posts.generators.addresses import escaped

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_DATES = {
    "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S",
    "short_year": "%y", "w_day": "%u", "y_day": "%j",
}  # fmt: skip
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_PLACEHOLDER = re.compile(":([a-z_]+)")


def template_of(style: str) -> str:
    """The template of a style; a template is its own."""
    return _STYLES.get(style, style)


def fill(template: str, values: dict[str, str]) -> str:
    """Fill in a template and tidy the path as Jekyll does; unknown placeholders stay."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name in values:
            return escaped(values[name])
        # ":year_:month": the underscore belongs to the template.
        if name.endswith("_") and name[:-1] in values:
            return escaped(values[name[:-1]]) + "_"
        return found[0]

    path = "/" + _PLACEHOLDER.sub(value, template)
    return re.sub("/{2,}", "/", path.replace("..", "/").replace("./", ""))


def placeholders(
    date: datetime, *, slug: str, categories: Sequence[str], path: str, suffix: str
) -> dict[str, str]:
    """What each placeholder stands for.

    Args:
        date: in the site's time zone.
        slug: the ``slug`` of the post, else the name of its file without the date.
        path: of the file below ``_posts``, without its suffix.
    """
    day, month = _DAYS[date.weekday()], _MONTHS[date.month - 1]
    year, week, _ = date.isocalendar()
    title = slugify(slug, pretty=True)
    return {name: date.strftime(form) for name, form in _DATES.items()} | {
        "year": f"{date.year:04}",
        "i_month": str(date.month),
        "i_day": str(date.day),
        "short_month": month[:3],
        "long_month": month,
        "short_day": day[:3],
        "long_day": day,
        "w_year": f"{year:04}",
        "week": f"{week:02}",
        "title": title,
        "slug": slugify(slug, pretty=False),
        "name": slugify(path.rpartition("/")[2], pretty=False),
        "basename": path.rpartition("/")[2],
        "path": path,
        "collection": "posts",
        "categories": "/".join(dict.fromkeys(c.lower() for c in categories)),
        "slugified_categories": "/".join(
            dict.fromkeys(slugify(c, pretty=False) for c in categories)
        ),
        "output_ext": suffix,
    }


# What most names are already.
_SLUG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def slugify(text: str, *, pretty: bool) -> str:
    """Jekyll's slug: ``pretty`` keeps the case and ``._~!$&'()+,;=@``, else small letters only."""
    if _SLUG.fullmatch(text):
        return text if pretty else text.lower()
    extra = "._~!$&'()+,;=@" if pretty else ""
    kept = "".join(c if _is_word(c) or c in extra else "\0" for c in text)
    slug = re.sub("\0+", "-", kept)
    slug = slug.removeprefix("-").removesuffix("-")
    return slug if pretty else slug.lower()


def _is_word(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"
