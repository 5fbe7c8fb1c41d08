"""tantivy: ``en_stem`` without stop words; for each word the best of its fields.

That is better here than its own parser with ``field_boosts``, which adds up all fields.
Misspelt words: the parser's ``fuzzy_fields``, one edit. While typing: a
``phrase_prefix_query``, and for a single word ``fuzzy_term_query`` of distance 0 with
``prefix=True``, which its documentation gives for prefixes; on fields that are not
stemmed.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import tantivy
from tantivy import Occur, Query

from bench.quality.data import Corpus
from bench.quality.engines import SHOWN, Variants

BOOSTS = {"title": 1.0, "tags": 1.0, "excerpt": 1.0, "body": 1.0}
# Words that are like one count the same in each field, so boosts are all that orders them.
SIMILAR = {"title": 3.0, "tags": 0.5, "excerpt": 1.0, "body": 1.0}
# Unstemmed, for words that are not finished.
TYPED = {"title_typed": 4.0, "tags_typed": 3.0, "excerpt_typed": 1.0}
VARIANTS: Variants = {
    "typing": {
        "typing any word": {"as_phrase": False, "finished": Occur.Should},
        "typing all words": {"as_phrase": False},
    },
    "typos": {
        "similar words as the others": {"similar": BOOSTS},
        "similar words, two edits": {"edits": 2},
        "similar words, title 5": {"similar": {**SIMILAR, "title": 5.0}},
        "similar words, tags 1": {"similar": {**SIMILAR, "tags": 1.0}},
        "similar words beside the plain query": {"beside": 0.5},
    },
    "judged": {
        "title 0.7": {"boosts": {**BOOSTS, "title": 0.7}},
        "title 1.5": {"boosts": {**BOOSTS, "title": 1.5}},
        "title 2": {"boosts": {**BOOSTS, "title": 2.0}},
        "tags 1.5": {"boosts": {**BOOSTS, "tags": 1.5}},
        "tags 0.7": {"boosts": {**BOOSTS, "tags": 0.7}},
        "body 0.5": {"boosts": {**BOOSTS, "body": 0.5}},
        "body 1.5": {"boosts": {**BOOSTS, "body": 1.5}},
        "best field, the others 0.1": {"others": 0.1},
        "best field, the others 0.5": {"others": 0.5},
        "all fields, by its parser": {"by": "parser"},
        "all fields": {"by": "terms"},
        "stop words kept": {"tokenizer": "en_stem"},
    },
}
_WORD = re.compile(r"\w+")


class Tantivy:
    """An index in memory."""

    corrected = None

    def __init__(
        self,
        corpus: Corpus,
        *,
        boosts: Mapping[str, float] = BOOSTS,
        similar: Mapping[str, float] = SIMILAR,
        by: str = "best field",
        others: float = 0.3,
        tokenizer: str = "en_stop",
        edits: int = 1,
        beside: float = 0.0,
        finished: Occur = Occur.Must,
        as_phrase: bool = True,
    ) -> None:
        self._ids = corpus.ids
        self._boosts, self._similar = dict(boosts), dict(similar)
        self._by, self._others = by, others
        self._edits, self._beside = edits, beside
        self._finished, self._as_phrase = finished, as_phrase
        self._stems = _stemming()
        self._index = tantivy.Index(_schema(tokenizer))
        self._index.register_tokenizer("en_stop", self._stems)
        self._schema = self._index.schema
        _fill(self._index, corpus)
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, text: str) -> Sequence[str]:
        """Posts with any of the words."""
        return self._found(self._plain(text))

    def mistyped(self, text: str) -> Sequence[str]:
        """Posts with any of the words, or with words like them."""
        similar, _ = self._index.parse_query_lenient(
            _words(text),
            list(self._similar),
            field_boosts=self._similar,
            fuzzy_fields=dict.fromkeys(self._similar, (False, self._edits, True)),
        )
        if not self._beside:
            return self._found(similar)
        either = [
            (Occur.Should, self._plain(text)),
            (Occur.Should, Query.boost_query(similar, self._beside)),
        ]
        return self._found(Query.boolean_query(either))

    def typing(self, text: str) -> Sequence[str]:
        """Posts with the words one after the other, the last of which may be unfinished."""
        words = _words(text).split()
        if not words:
            return []
        if self._as_phrase and len(words) > 1:
            fields = [
                Query.boost_query(Query.phrase_prefix_query(self._schema, name, words), boost)
                for name, boost in TYPED.items()
            ]
            return self._found(_any(fields))
        unfinished = not text[-1].isspace()
        parts = [self._terms(word) for word in (words[:-1] if unfinished else words)]
        if unfinished:
            parts.append(self._beginning(words[-1]))
        return self._found(Query.boolean_query([(self._finished, part) for part in parts]))

    def _plain(self, text: str) -> Query:
        if self._by == "parser":
            query, _ = self._index.parse_query_lenient(
                _words(text), list(self._boosts), field_boosts=self._boosts
            )
            return query
        return _any([self._terms(word) for word in _words(text).split()])

    def _terms(self, word: str) -> Query:
        """A word in any field."""
        stems = self._stems.analyze(word)
        fields = [
            Query.boost_query(Query.term_query(self._schema, name, stem), boost)
            for name, boost in self._boosts.items()
            for stem in stems
        ]
        if self._by == "best field":
            return Query.disjunction_max_query(fields, self._others)
        return _any(fields)

    def _beginning(self, letters: str) -> Query:
        return _any(
            [
                Query.boost_query(
                    Query.fuzzy_term_query(self._schema, name, letters, distance=0, prefix=True),
                    boost,
                )
                for name, boost in TYPED.items()
            ]
        )

    def _found(self, query: Query) -> Sequence[str]:
        hits = self._searcher.search(query, SHOWN, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return [self._ids[int(number)] for number in numbers]


def open_engine(corpus: Corpus, **variant: Any) -> Tantivy:
    """Index a corpus."""
    return Tantivy(corpus, **variant)


def _schema(tokenizer: str) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
    for name in BOOSTS:
        builder.add_text_field(name, tokenizer_name=tokenizer)
    for name in TYPED:
        builder.add_text_field(name)
    return builder.build()


def _fill(index: tantivy.Index, corpus: Corpus) -> None:
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for number, d in enumerate(corpus.documents):
        labels = " ".join((*d.categories, *d.tags))
        texts = {"title": d.title, "tags": labels, "excerpt": d.excerpt, "body": d.body}
        document = tantivy.Document()
        document.add_unsigned("number", number)
        for name, text in texts.items():
            document.add_text(name, text)
            if f"{name}_typed" in TYPED:
                document.add_text(f"{name}_typed", text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _stemming() -> Any:
    """What ``en_stem`` does, and stop words are dropped."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(40),
        tantivy.Filter.lowercase(),
        tantivy.Filter.stopword("english"),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _any(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _words(text: str) -> str:
    """Words only: what else is typed has a meaning for the parser that readers do not mean."""
    return " ".join(_WORD.findall(text)).lower()
