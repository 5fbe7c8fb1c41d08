"""GhostTables: the tables in an export of Ghost that bear on posts, joined.

An export is ``{"db": [{"meta": …, "data": {"posts": […], "tags": […], …}}]}``, or the same
without the list around it. Sources: https://docs.ghost.org/migration/custom, and the
wiki page "Import format" of Ghost for the versions before 1.0.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a post; ``#name`` and what is called internal is not for readers."""

    name: str
    slug: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class GhostTables:
    """The export as tables.

    Attributes:
        posts: the rows, pages and drafts among them.
        tags: of each post, by its ``id``, in the author's order.
        users: the slug of each user, by ``id``.
        settings: texts by key.
    """

    posts: list[object]
    tags: Mapping[str, list[Tag]] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, export: Mapping[str, object]) -> "GhostTables | None":
        """The tables of an export; None when a document is none."""
        db = export.get("db")
        first = db[0] if isinstance(db, list) and db else export
        data = first.get("data") if isinstance(first, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("posts"), list):
            return None
        return cls(
            posts=data["posts"],
            tags=_tags(data),
            users={_text(row, "id"): _text(row, "slug") for row in _rows(data, "users")},
            settings={_text(row, "key"): _text(row, "value") for row in _rows(data, "settings")},
        )


def _tags(data: Row) -> dict[str, list[Tag]]:
    known = {_text(row, "id"): _tag(row) for row in _rows(data, "tags")}
    pairs = list(_rows(data, "posts_tags"))
    pairs.sort(key=lambda row: _number(row.get("sort_order")))
    found: dict[str, list[Tag]] = {}
    for row in pairs:
        if tag := known.get(_text(row, "tag_id")):
            found.setdefault(_text(row, "post_id"), []).append(tag)
    return found


def _tag(row: Row) -> Tag:
    name, visibility = _text(row, "name").strip(), _text(row, "visibility") or "public"
    return Tag(name, _text(row, "slug"), visibility == "public" and not name.startswith("#"))


def _rows(data: Row, table: str) -> Iterator[Row]:
    rows = data.get(table)
    return (row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict))


def _text(row: Row, key: str) -> str:
    """A value as text; ids are numbers in old exports."""
    value = row.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0
