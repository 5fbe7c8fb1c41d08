"""Hexo's addresses: how the site's permalink is filled.

After ``post_permalink.ts`` and ``models/category.ts`` of Hexo 8, ``permalink.ts`` and
``pretty_urls.ts`` of hexo-util 3.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from searchsvc.posts.generators.addresses import escaped
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.hexo_config import HexoConfig
from searchsvc.posts.generators.hexo_names import PLACE, slugize
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable

# Looked at only when the permalink asks for it, as it may be missing.
Asked = Callable[[], str]


def permalink(config: HexoConfig, fields: Fields, slug: str, date: datetime | None) -> str:
    """The address that the site's pattern gives a post; ``undefined`` where Hexo says so too.

    Raises:
        Unusable: a value that the pattern asks for is not known.
    """
    values = _values(config, fields, slug, date)

    def value(name: str) -> str:
        return escaped(values[name]()) if name in values else "undefined"

    return PLACE.sub(lambda found: value(found[1]), config.permalink)


def tidy(config: HexoConfig, url: str) -> str:
    """An address as the settings ``post_asset_folder`` and ``pretty_urls`` leave it."""
    if config.has_asset_folders and not url.endswith(("/", ".html")):
        url += "/"
    if not config.keeps_index_html:
        url = url.removesuffix("index.html")
    if not config.keeps_html and not url.endswith("index.html"):
        url = url.removesuffix(".html")
    return url


def _values(
    config: HexoConfig, fields: Fields, slug: str, date: datetime | None
) -> Mapping[str, Asked]:
    """What each place of a pattern stands for: Hexo's own, else the post's, else the site's."""
    return {
        **{name: partial(str, text) for name, text in config.permalink_defaults.items()},
        "layout": partial(str, "post"),
        **{name: partial(_of_post, fields, name) for name in fields.values},
        "id": partial(_of_post, fields, "id"),
        "title": partial(str, slug),
        "slug": partial(str, slug),
        "name": partial(str, slug.rpartition("/")[2]),
        "post_title": lambda: slugize(fields.text("title") or "", 1),
        "category": partial(_category_path, config, fields),
        **_values_of_date(date, slug),
    }


def _of_post(fields: Fields, name: str) -> str:
    text = fields.text(name)
    if text is None:
        raise Unusable(
            f"Its address holds :{name}, which the post does not say and Hexo makes up anew. "
            f"Write it into the front matter: {name}: …"
        )
    return text


def _category_path(config: HexoConfig, fields: Fields) -> str:
    """The last path of categories, from its parents on."""
    value = fields.values.get("categories") or fields.values.get("category")
    path = _listed(value) if value else []
    if any(isinstance(item, list) for item in path):
        path = _listed(path[-1])
    names = [name for name in path if isinstance(name, str) and name]
    parts = [slugize(config.category_map.get(name) or name, config.filename_case) for name in names]
    return "/".join(parts) or config.default_category


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _values_of_date(date: datetime | None, slug: str) -> dict[str, Asked]:
    def told(form: Callable[[datetime], str]) -> Asked:
        return lambda: form(_needed(date))

    return {
        "year": told(lambda day: f"{day.year:04}"),
        "month": told(lambda day: f"{day.month:02}"),
        "day": told(lambda day: f"{day.day:02}"),
        "hour": told(lambda day: f"{day.hour:02}"),
        "minute": told(lambda day: f"{day.minute:02}"),
        "second": told(lambda day: f"{day.second:02}"),
        "i_month": told(lambda day: str(day.month)),
        "i_day": told(lambda day: str(day.day)),
        "timestamp": told(_seconds),
        "hash": told(lambda day: _hash(slug + _seconds(day))),
    }


def _needed(date: datetime | None) -> datetime:
    if date is None:
        raise Unusable(
            "Its address holds a date, and Hexo takes the time at which the file was made, "
            "which no copy keeps. Write the date into the front matter: date: …"
        )
    return date


def _seconds(date: datetime) -> str:
    return str(int(date.timestamp() // 1))


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]
