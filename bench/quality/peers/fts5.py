"""SQLite FTS5: ``porter unicode61``, ``bm25()`` with a weight for each column.

A query is the OR of its words; while typing, all finished words and a prefix of the
last, which its documentation shows for that. It has nothing for misspelt words but
the extension ``spellfix1``, which does not come with SQLite.
"""

import re
import sqlite3
from collections.abc import Sequence

from bench.quality.data import Corpus
from bench.quality.engines import SHOWN, Variants

COLUMNS = ("title", "tags", "excerpt", "body")
BOOSTS = (8.0, 1.0, 1.0, 0.4)
VARIANTS: Variants = {
    "typing": {
        "typing any word": {"typing": " OR "},
    },
    "judged": {
        "title 12": {"boosts": (12.0, 1.0, 1.0, 0.4)},
        "title 6": {"boosts": (6.0, 1.0, 1.0, 0.4)},
        "tags 2": {"boosts": (8.0, 2.0, 1.0, 0.4)},
        "body 0.2": {"boosts": (8.0, 1.0, 1.0, 0.2)},
        "body 0.6": {"boosts": (8.0, 1.0, 1.0, 0.6)},
        "body 1": {"boosts": (8.0, 1.0, 1.0, 1.0)},
    },
}
_WORD = re.compile(r"\w+")


class Fts5:
    """A table in memory."""

    mistyped = None
    corrected = None

    def __init__(self, corpus: Corpus, boosts: Sequence[float], typing: str) -> None:
        self._ids = corpus.ids
        self._joint = typing
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            f"CREATE VIRTUAL TABLE posts USING fts5({', '.join(COLUMNS)},"
            " tokenize = 'porter unicode61')"
        )
        self._db.executemany(
            "INSERT INTO posts(rowid, title, tags, excerpt, body) VALUES (?, ?, ?, ?, ?)",
            (
                (number, d.title, " ".join((*d.categories, *d.tags)), d.excerpt, d.body)
                for number, d in enumerate(corpus.documents)
            ),
        )
        weights = ", ".join(map(str, boosts))
        self._sql = (
            f"SELECT rowid FROM posts WHERE posts MATCH ? ORDER BY bm25(posts, {weights}), rowid"
            f" LIMIT {SHOWN}"
        )

    def search(self, text: str) -> Sequence[str]:
        """Posts with any of the words."""
        return self._found(" OR ".join(_quoted(text)))

    def typing(self, text: str) -> Sequence[str]:
        """Posts with all words, the last of which may be unfinished."""
        unfinished = "*" if text and not text[-1].isspace() else ""
        words = _quoted(text)
        return self._found(self._joint.join(words) + unfinished if words else "")

    def _found(self, match: str) -> Sequence[str]:
        if not match:
            return []
        return [self._ids[number] for (number,) in self._db.execute(self._sql, (match,))]


def open_engine(corpus: Corpus, boosts: Sequence[float] = BOOSTS, typing: str = " AND ") -> Fts5:
    """Index a corpus."""
    return Fts5(corpus, boosts, typing)


def _quoted(text: str) -> list[str]:
    return [f'"{word}"' for word in _WORD.findall(text)]
