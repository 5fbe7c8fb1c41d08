"""Eleventy's addresses: the default, and those permalinks that can be filled in without a template
engine.

After ``TemplatePermalink.js``, ``TemplateFileSlug.js`` and ``Template.js`` of Eleventy 3.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from searchsvc.posts.generators.addresses import escaped
from searchsvc.posts.generators.eleventy_slugs import slug, slugify
from searchsvc.posts.jsliterals import Code
from searchsvc.posts.plainyaml import Value

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-(.*)", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?\s*(.+?)\s*-?\}\}")
_NAME = re.compile(r"[A-Za-z_][\w.]*")
_QUOTED = re.compile(r"""(["'])((?:(?!\1).)*)\1""")
_FILTER = re.compile(r"""\|\s*(\w+)(?:\s*\(\s*(["'])(.*?)\2\s*\)|\s*:\s*(["'])(.*?)\4)?\s*""")
_STRFTIME = re.compile(r"(?:%-?[YymdHMSj]|[^%A-Za-z])+")
# The signs of Luxon and date-fns, and those of Moment and Day.js: a format is of one kind.
_TOKENS = (
    {"yyyy": "%Y", "yy": "%y", "MM": "%m", "LL": "%m", "dd": "%d", "M": "%-m", "L": "%-m",
     "d": "%-d", "HH": "%H", "mm": "%M", "ss": "%S"},
    {"YYYY": "%Y", "YY": "%y", "MM": "%m", "DD": "%d", "M": "%-m", "D": "%-d", "HH": "%H",
     "mm": "%M", "ss": "%S"},
)  # fmt: skip
_DAY_FILTERS = frozenset({"htmlDateString", "isoDate", "dateIso", "date_to_xmlschema_day"})
Piece: TypeAlias = str | datetime


def slug_of(folder: str, name: str) -> str:
    """``page.fileSlug``: the name without its date; of an index, that of its folder."""
    plain = undated(name)
    return undated(folder.rpartition("/")[2]) if plain == "index" else plain


def undated(name: str) -> str:
    found = _DATED.search(name)
    return found[1] if found else name


def default_address(folder: str, name: str) -> str:
    """Where a file goes that has no permalink: its path, which keeps dates."""
    parts = [part for part in folder.split("/") if part]
    if name != "index" and parts[-1:] != [name]:
        parts.append(name)
    return escaped("/" + "".join(f"{part}/" for part in parts))


def address_of(link: str) -> str:
    """``page.url`` of a permalink that is filled in."""
    path = re.sub("/{2,}", "/", "/" + link.strip())
    for ending in ("/index.html", "/index/", "/index"):
        if path.endswith(ending):
            return path.removesuffix(ending) + "/"
    return path


def built(permalink: Value) -> Value:
    """The part of a permalink that says where a page goes; ``false`` when it goes nowhere."""
    return (
        permalink.get("build", "false") if isinstance(permalink, dict) and permalink else permalink
    )


def leaves_address(permalink: Value) -> bool:
    """Whether a permalink that is code is there for drafts, as Eleventy's own examples have it."""
    return isinstance(permalink, Code) and "draft" in permalink


def filled_in(
    template: str, values: Mapping[str, Piece], own_filters: frozenset[str]
) -> str | None:
    """A permalink with its places filled in; None when that takes more than is known here.

    Args:
        values: what the names in a template stand for.
        own_filters: the site's filters, of which nothing is known but their names.
    """
    if isinstance(template, Code):
        return None
    parts, end = [], 0
    for found in _OUTPUT.finditer(template):
        value = _output(found[1], values, own_filters)
        if value is None:
            return None
        parts += [template[end : found.start()], escaped(value)]
        end = found.end()
    link = "".join(parts) + template[end:]
    return None if "{%" in link or "{{" in link else link


def _output(code: str, values: Mapping[str, Piece], own_filters: frozenset[str]) -> str | None:
    """What a name with its filters gives."""
    start = _QUOTED.match(code) or _NAME.match(code)
    if start is None:
        return None
    value = start[2] if start.re is _QUOTED else values.get(start[0])
    end = len(code) - len(code[start.end() :].lstrip())
    while value is not None and end < len(code):
        found = _FILTER.match(code, end)
        if found is None:
            return None
        value = _filtered(value, found[1], found[3] or found[5] or "", own_filters)
        end = found.end()
    return value if isinstance(value, str) else None


def _filtered(value: Piece, name: str, said: str, own_filters: frozenset[str]) -> Piece | None:
    if isinstance(value, datetime):
        return _day(value, name, said)
    known: dict[str, Callable[[str], str]] = {
        "slugify": slugify, "slug": slug, "lower": str.lower, "downcase": str.lower,
        "trim": str.strip, "strip": str.strip, "safe": str, "string": str,
    }  # fmt: skip
    return known[name](value) if name in known and name not in own_filters and not said else None


def _day(date: datetime, name: str, said: str) -> str | None:
    """A date by its format, whatever the filter is called, when the format has numbers only."""
    form = "%Y-%m-%d" if name in _DAY_FILTERS and not said else said
    if form and "%" not in form:
        form = next((known for tokens in _TOKENS if (known := _as_strftime(form, tokens))), "")
    if not form or not _STRFTIME.fullmatch(form):
        return None
    return re.sub(
        r"%(-?)(.)",
        lambda found: _number(date.strftime(f"%{found[2]}"), bare=bool(found[1])),
        form,
    )


def _number(text: str, *, bare: bool) -> str:
    return text.lstrip("0") or "0" if bare else text


def _as_strftime(form: str, tokens: Mapping[str, str]) -> str:
    """A format with letters as one with ``%``; empty when it has other letters."""
    found = re.sub("([A-Za-z])\\1*", lambda run: tokens.get(run[0], "?"), form)
    return "" if "?" in found else found
