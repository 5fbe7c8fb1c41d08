"""bm25s: its own tokenizer with PyStemmer's English and its English stop words.

It knows no fields: one text stands for a post, in which the title is repeated, which is
how boosts are given there. It has nothing for misspelt or unfinished words.
"""

from collections.abc import Sequence
from typing import Any

import bm25s
import Stemmer

from bench.quality.data import Corpus
from bench.quality.engines import SHOWN, Variants
from searchsvc.documents import Document

VARIANTS: Variants = {
    "judged": {
        "title four times": {"repeats": (4, 1)},
        "title six times": {"repeats": (6, 1)},
        "title five times, tags twice": {"repeats": (5, 2)},
        "stop words kept": {"stopwords": None},
        "method lucene": {"method": "lucene"},
        "method bm25+": {"method": "bm25+"},
        "k1 1.5": {"k1": 1.5},
        "k1 2.5": {"k1": 2.5},
        "b 0.5": {"b": 0.5},
        "b 0.75": {"b": 0.75},
    },
}


class Bm25s:
    """A sparse matrix of the scores of all words in all posts."""

    mistyped = None
    typing = None
    corrected = None

    def __init__(
        self, corpus: Corpus, repeats: tuple[int, int], stopwords: str | None, **bm25: Any
    ) -> None:
        self._ids = corpus.ids
        self._stopwords = stopwords or []
        self._stemmer = Stemmer.Stemmer("english")
        texts = [_text(document, *repeats) for document in corpus.documents]
        self._bm25 = bm25s.BM25(**bm25)
        self._bm25.index(self._tokens(texts), show_progress=False)

    def search(self, text: str) -> Sequence[str]:
        """Posts with any of the words."""
        tokens = self._tokens([text])
        numbers, scores = self._bm25.retrieve(tokens, k=SHOWN, show_progress=False)
        return [self._ids[n] for n, s in zip(numbers[0], scores[0], strict=True) if s > 0]

    def _tokens(self, texts: list[str]) -> Any:
        return bm25s.tokenize(
            texts, stopwords=self._stopwords, stemmer=self._stemmer, show_progress=False
        )


def open_engine(
    corpus: Corpus,
    repeats: tuple[int, int] = (5, 1),
    method: str = "bm25l",
    k1: float = 2.0,
    b: float = 0.6,
    stopwords: str | None = "en",
) -> Bm25s:
    """Index a corpus."""
    return Bm25s(corpus, repeats, stopwords, method=method, k1=k1, b=b)


def _text(document: Document, title: int, tags: int) -> str:
    labels = " ".join((*document.categories, *document.tags))
    pieces = [document.title] * title + [labels] * tags + [document.excerpt, document.body]
    return " ".join(pieces)
