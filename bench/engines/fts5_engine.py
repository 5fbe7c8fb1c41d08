"""SQLite's full-text index FTS5, tuned.

Three things make it many times as quick as what one writes at first: filters are
kept from driving the search (the plus before ``rowid``), what was found is read once and
drives the joins that count (``MATERIALIZED``, ``CROSS JOIN``), and one pass counts both.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench import blog
from bench.blog import Post
from bench.engines import PER_PAGE, TAGS_SHOWN, Answer
from bench.queries import Asked

_TABLES = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE posts (
        number INTEGER PRIMARY KEY, id TEXT, title TEXT, excerpt TEXT, labels TEXT, category TEXT,
        date TEXT
    );
    CREATE TABLE tags (number INTEGER, tag TEXT, PRIMARY KEY (number, tag)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE words USING fts5 (
        title, excerpt, labels, content = 'posts', content_rowid = 'number',
        tokenize = 'unicode61', prefix = '2 3 4'
    );
"""
_INDEXES = """
    INSERT INTO words (words) VALUES ('optimize');
    CREATE INDEX by_tag ON tags (tag, number);
    CREATE INDEX by_category ON posts (category);
    CREATE INDEX by_date ON posts (date);
    ANALYZE;
"""
_COUNT_CATEGORIES = (
    "SELECT 'category', category, count(*) FROM found CROSS JOIN posts USING (number) GROUP BY 2"
)
_COUNT_TAGS = f"""SELECT * FROM (
    SELECT 'tag', tag, count(*) FROM found CROSS JOIN tags USING (number)
    GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {TAGS_SHOWN})"""
# Without words or filters, whole tables are counted along their indexes.
_COUNT_ALL = f"""
    SELECT 'category', category, count(*) FROM posts GROUP BY 2
    UNION ALL SELECT * FROM (
        SELECT 'tag', tag, count(*) FROM tags GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {TAGS_SHOWN})
"""


class _Given(NamedTuple):
    total: int
    html: list[tuple[str, str]]
    tags: dict[str, int] | None
    categories: dict[str, int] | None


class Fts5Engine:
    """One connection; corrections are no part of what Python ships."""

    lacks = ("typo",)
    sources = (Path(__file__),)

    def version(self) -> str:
        return sqlite3.sqlite_version

    def prepare(self, posts: Path) -> list[Post]:
        return list(blog.read(posts))

    def build(self, prepared: Sequence[Post], folder: Path) -> None:
        connection = sqlite3.connect(folder / "posts.db")
        connection.executescript(_TABLES)
        rows = [
            (n, *p[:3], " ".join((p.category, *p.tags)), p.category, p.date)
            for n, p in enumerate(prepared)
        ]
        tags = [(n, tag) for n, post in enumerate(prepared) for tag in post.tags]
        with connection:
            connection.executemany("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            connection.executemany("INSERT INTO tags VALUES (?, ?)", tags)
            connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        connection.executescript(_INDEXES)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def open(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "posts.db")
        self._connection.execute("PRAGMA cache_size = -65536")
        self._connection.execute("PRAGMA mmap_size = 1073741824")

    def ask(self, asked: Asked, *, counts: bool) -> _Given:
        found, values = _found(asked)
        html = self._connection.execute(_page(asked), values).fetchall()
        if not counts:
            (total,) = self._connection.execute(
                f"SELECT count(*) FROM ({found})", values
            ).fetchone()
            return _Given(total, html, None, None)
        if not values:
            rows = self._connection.execute(_COUNT_ALL).fetchall()
        else:
            rows = self._counted(asked)
        counted: dict[str, dict[str, int]] = {"tag": {}, "category": {}}
        for facet, value, count in rows:
            counted[facet][value] = count
        categories = counted["category"]
        total = categories.get(asked.category, 0) if asked.category else sum(categories.values())
        return _Given(total, html, counted["tag"], categories)

    def read(self, given: _Given) -> Answer:
        marked = sum("<b>" in title + excerpt for title, excerpt in given.html)
        return Answer(given.total, len(given.html), marked, given.tags, given.categories)

    def _counted(self, asked: Asked) -> list[tuple[str, str, int]]:
        """Counts of tags and categories; the latter leave out their own filter."""
        if not asked.category:
            return self._rows(
                asked, f"{_COUNT_CATEGORIES} UNION ALL {_COUNT_TAGS}", leave_out=False
            )
        return [
            *self._rows(asked, _COUNT_CATEGORIES, leave_out=True),
            *self._rows(asked, _COUNT_TAGS, leave_out=False),
        ]

    def _rows(self, asked: Asked, counting: str, *, leave_out: bool) -> list[tuple[str, str, int]]:
        found, values = _found(asked, leave_out_category=leave_out)
        sql = f"WITH found (number) AS MATERIALIZED ({found}) {counting}"
        return self._connection.execute(sql, values).fetchall()


def _found(asked: Asked, *, leave_out_category: bool = False) -> tuple[str, dict[str, str]]:
    """Which posts are found: a selection of their numbers, and the values in it."""
    values = {"match": _match(asked), "tag": asked.tag, "category": asked.category}
    if leave_out_category:
        values["category"] = ""
    values = {name: value for name, value in values.items() if value}
    return f"SELECT {_number(asked)} FROM {_table(asked)} {_where(asked, values)}", values


def _table(asked: Asked) -> str:
    return "words" if asked.words else "posts"


def _number(asked: Asked) -> str:
    return "rowid" if asked.words else "number"


def _where(asked: Asked, values: dict[str, str]) -> str:
    # The plus: search for the words once, rather than once for each post with the tag.
    number = "+rowid" if asked.words else "number"
    conditions = {
        "match": "words MATCH :match",
        "tag": f"{number} IN (SELECT number FROM tags WHERE tag = :tag)",
        "category": f"{number} IN (SELECT number FROM posts WHERE category = :category)"
        if asked.words
        else "category = :category",
    }
    chosen = [conditions[name] for name in values]
    return f"WHERE {' AND '.join(chosen)}" if chosen else ""


def _page(asked: Asked) -> str:
    """The statement for the hits of the page."""
    values = _found(asked)[1]
    limit = f"LIMIT {PER_PAGE} OFFSET {(asked.page - 1) * PER_PAGE}"
    if not asked.words:
        return (
            f"SELECT title, excerpt FROM posts {_where(asked, values)} ORDER BY date DESC {limit}"
        )
    marked = ", ".join(f"highlight(words, {column}, '<b>', '</b>')" for column in (0, 1))
    ranked = "AND rank MATCH 'bm25(3.0, 1.0, 3.0)' ORDER BY rank"
    return f"SELECT {marked} FROM words {_where(asked, values)} {ranked} {limit}"


def _match(asked: Asked) -> str:
    """The query in the language of FTS5."""
    words = [f'"{word}"' for word in asked.words]
    if asked.phrase:
        return '{title excerpt}: "' + " ".join(asked.words) + '"'
    if asked.prefix:
        words[-1] += "*"
    return (" OR " if asked.match == "any" else " AND ").join(words)


engine = Fts5Engine
