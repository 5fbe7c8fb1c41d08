"""Whoosh, plainly used: stemming analyzer, a parser over several fields, any of the words.

``limit=None`` and a cut afterwards: with a limit it skips blocks of postings by bounds
that do not hold for several fields, and the wrong ten come. Misspelt words are
corrected by ``Searcher.correct_query`` from a field of unstemmed words, which its
documentation recommends for that. While typing, the last word is a ``Prefix``, on
fields that are not stemmed.
"""

import atexit
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from whoosh import fields, qparser, query
from whoosh.analysis import StandardAnalyzer, StemmingAnalyzer
from whoosh.index import FileIndex, create_in

from bench.quality.data import Corpus
from bench.quality.engines import SHOWN, Variants

BOOSTS = {"title": 3.0, "tags": 1.0, "excerpt": 1.0, "body": 0.5}
# Unstemmed, for words that are not finished.
TYPED = {"title_typed": 4.0, "tags_typed": 3.0, "excerpt_typed": 1.0}
VARIANTS: Variants = {
    "typing": {
        "typing any word": {"finished": query.Or},
        "all prefixes alike": {"constant": True},
    },
    "typos": {
        "one edit": {"edits": 1},
        "first letter may be wrong": {"first": 0},
        "two first letters right": {"first": 2},
    },
    "judged": {
        "title 2": {"boosts": {**BOOSTS, "title": 2.0}},
        "title 4": {"boosts": {**BOOSTS, "title": 4.0}},
        "tags 3": {"boosts": {**BOOSTS, "tags": 3.0}},
        "body 0.2": {"boosts": {**BOOSTS, "body": 0.2}},
        "body 1": {"boosts": {**BOOSTS, "body": 1.0}},
        "more words, more": {"group": qparser.OrGroup.factory(0.9)},
    },
}
# As its analyzers cut words: `go1.18` is one.
_WORD = re.compile(r"\w+(?:\.\w+)*")


class Whoosh:
    """A searcher and parsers."""

    def __init__(
        self,
        corpus: Corpus,
        *,
        boosts: Mapping[str, float] = BOOSTS,
        group: Any = qparser.OrGroup,
        edits: int = 2,
        first: int = 1,
        finished: Any = query.And,
        constant: bool = False,
    ) -> None:
        self._edits, self._first = edits, first
        self._finished, self._constant = finished, constant
        self._taken_for: dict[str, str | None] = {}
        index = _index(corpus)
        self._searcher = index.searcher()
        self._parser = qparser.MultifieldParser(
            list(boosts), index.schema, fieldboosts=dict(boosts), group=group
        )
        self._words = qparser.QueryParser("words", index.schema, group=qparser.OrGroup)

    def search(self, text: str) -> Sequence[str]:
        """Posts with any of the words."""
        return self._found(self._parser.parse(_plain(text)))

    def mistyped(self, text: str) -> Sequence[str]:
        """Posts with any of the words that it takes the query for."""
        return self.search(self.corrected(text) or text)

    def corrected(self, text: str) -> str | None:
        """The query with words of the index for those that are not in it."""
        if text not in self._taken_for:
            plain = _plain(text)
            correction = self._searcher.correct_query(
                self._words.parse(plain), plain, maxdist=self._edits, prefix=self._first
            )
            changed = correction.string != plain
            self._taken_for[text] = str(correction.string) if changed else None
        return self._taken_for[text]

    def typing(self, text: str) -> Sequence[str]:
        """Posts with all words, the last of which may be unfinished."""
        words = _plain(text).split()
        parts = [_any(query.Term, word) for word in words]
        if words and not text[-1].isspace():
            parts[-1] = _any(query.Prefix, words[-1], constantscore=self._constant)
        return self._found(self._finished(parts)) if parts else []

    def _found(self, asked: query.Query) -> Sequence[str]:
        hits = self._searcher.search(asked, limit=None)
        return [hits[n]["id"] for n in range(min(SHOWN, hits.scored_length()))]


def open_engine(corpus: Corpus, **variant: Any) -> Whoosh:
    """Index a corpus."""
    return Whoosh(corpus, **variant)


def _any(kind: Any, word: str, **options: Any) -> query.Query:
    """A word, finished or not, in any field."""
    return query.Or([kind(name, word, boost=boost, **options) for name, boost in TYPED.items()])


@cache
def _index(corpus: Corpus) -> FileIndex:
    """An index in a folder of its own. Kept, as it takes long and boosts are no part of it."""
    stems = fields.TEXT(analyzer=StemmingAnalyzer(), stored=False)
    words = fields.TEXT(analyzer=StandardAnalyzer(stoplist=None, minsize=1), phrase=False)
    # Its storage in memory shares a folder for temporary files with all that run meanwhile.
    folder = tempfile.mkdtemp(prefix="searchsvc-quality-")
    atexit.register(shutil.rmtree, folder)
    index: FileIndex = create_in(
        folder,
        fields.Schema(
            id=fields.ID(stored=True),
            words=fields.TEXT(analyzer=StandardAnalyzer(), phrase=False),
            **dict.fromkeys(BOOSTS, stems),
            **dict.fromkeys(TYPED, words),
        ),
    )
    writer = index.writer(limitmb=512)
    for d in corpus.documents:
        labels = " ".join((*d.categories, *d.tags))
        texts = {"title": d.title, "tags": labels, "excerpt": d.excerpt, "body": d.body}
        typed = {name: texts[name.removesuffix("_typed")] for name in TYPED}
        writer.add_document(id=d.id, words=" ".join(texts.values()), **texts, **typed)
    writer.commit()
    return index


def _plain(text: str) -> str:
    """Words only: what else is typed has a meaning for the parser that readers do not mean."""
    return " ".join(_WORD.findall(text)).lower()
