"""Analysing: from documents to a TokenTable.

A blog says the same words again and again, so each distinct chunk is cut into
tokens once for a build. A text is only taken apart into its chunks, without a
line of Python for each, and numpy then lays out the tokens of every chunk.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchsvc.documents import Document, address_words
from searchsvc.engines.local.columns import Array, offsets
from searchsvc.engines.local.tokens import (
    ALWAYS,
    FOREVER,
    GAP,
    SHOWN,
    TokenTable,
    gather,
    microseconds,
)
from searchsvc.ranking import FIELDS
from searchsvc.text.analysis import Analyzer, pieces
from searchsvc.text.stemming import languages


@dataclass(frozen=True)
class Analysed:
    """Documents and what they were cut into.

    Attributes:
        documents: in the order of the table.
        table: one row of it for each document.
        category_tokens: how many of the tokens of each document's second field belong
            to its categories.
        tag_tokens: how many of those that follow belong to its tags.
    """

    documents: Sequence[Document]
    table: TokenTable
    category_tokens: NDArray[np.int64]
    tag_tokens: NDArray[np.int64]


def field_texts(document: Document) -> tuple[tuple[str, ...], ...]:
    """The texts of each field, in the order of ``FIELDS``."""
    labels = (*document.categories, *document.tags)
    address = address_words(document.url)
    # What an author calls a post in its address tells as much as a tag.
    named = (*labels, address) if address else labels
    return (document.title,), named, (document.excerpt,), (document.body,)


def analyse(documents: Iterable[Document], analyzer: Analyzer) -> Analysed:
    """Cut documents into tokens. One id must not come twice."""
    ordered = sorted(documents, key=lambda d: d.id)
    ordered.sort(key=_day, reverse=True)
    chunks = _Chunks(analyzer)
    texts = _Texts(chunks)
    for document in ordered:
        for of_field in field_texts(document):
            texts.add(of_field)
    layout = _Layout.of(texts, chunks)
    field_tokens = layout.of_slots.reshape(len(ordered), len(FIELDS))
    spellings, labels, label_counts = _labels(ordered)
    table = TokenTable(
        words=list(chunks.words),
        **layout.columns(chunks),
        field_tokens=field_tokens.astype(np.int32),
        texts=[getattr(d, name) for d in ordered for name in SHOWN],
        fingerprints=_fingerprints(ordered),
        days=np.array([_day(d) for d in ordered], np.int32),
        visible=np.array([_visible(d) for d in ordered], np.int64).reshape(len(ordered), 2),
        langs=_langs(ordered, analyzer),
        spellings=spellings,
        labels=labels,
        label_counts=label_counts,
    )
    of_categories = layout.of_first_texts(1, label_counts[:, 0])
    of_labels = layout.of_first_texts(1, label_counts.sum(axis=1))
    return Analysed(ordered, table, of_categories, of_labels - of_categories)


class _Chunks(dict[str, int]):
    """A number for each distinct chunk, given when it is first met, and its tokens.

    Attributes:
        words: a number for each distinct word.
        rows: word, place, start and length of every token, chunk by chunk; places
            and starts count from the chunk's beginning.
        sizes: tokens, parts and code points of each chunk.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer
        self.words: dict[str, int] = {}
        self.rows: list[tuple[int, int, int, int]] = []
        self.sizes: list[tuple[int, int, int]] = []

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = len(self)
        tokens = self._analyzer.tokens(chunk)
        for word, place, start, end, _ in tokens:
            self.rows.append(
                (self.words.setdefault(word, len(self.words)), place, start, end - start)
            )
        self.sizes.append((len(tokens), tokens[-1].place + 1 if tokens else 0, len(chunk)))
        return number


class _Texts:
    """Texts in a row, as chunks.

    Attributes:
        chunk: the number of each chunk.
        gap: how many code points stand before it, from the chunk before on.
        chunk_counts: how many chunks each text has.
        text_counts: how many texts each slot has, which is a field of a document.
    """

    def __init__(self, chunks: _Chunks) -> None:
        self._number = chunks.__getitem__
        self.chunk, self.gap = array("i"), array("I")
        self.chunk_counts, self.text_counts = array("i"), array("i")

    def add(self, texts: Sequence[str]) -> None:
        """Add a slot with its texts."""
        for text in texts:
            cut = pieces(text)
            self.chunk.extend(map(self._number, cut[1::2]))
            self.gap.extend(map(len, cut[:-1:2]))
            self.chunk_counts.append(len(cut) // 2)
        self.text_counts.append(len(texts))


@dataclass(frozen=True)
class _Layout:
    """Where the chunks of all texts stand.

    Attributes:
        chunk: the number of each chunk.
        start, place: where it begins in its text, and its first place in its slot.
        tokens_before: how many tokens stand before each text; and the end.
        texts_before: how many texts stand before each slot; and the end.
    """

    chunk: NDArray[np.int32]
    start: NDArray[np.int64]
    place: NDArray[np.int64]
    tokens_before: NDArray[np.int64]
    texts_before: NDArray[np.int64]

    @classmethod
    def of(cls, texts: _Texts, chunks: _Chunks) -> "_Layout":
        chunk, counts = np.asarray(texts.chunk), np.asarray(texts.chunk_counts)
        tokens, parts, points = np.array(chunks.sizes, np.int64).reshape(-1, 3).T
        at, texts_before = offsets(counts), offsets(np.asarray(texts.text_counts))
        gap = np.asarray(texts.gap)
        points_before, parts_before = offsets(gap + points[chunk]), offsets(parts[chunk])
        # Places go on from one text of a slot to the next, with a gap between.
        places = offsets(np.diff(parts_before[at]) - 1 + GAP)
        first = places[:-1] - np.repeat(places[texts_before[:-1]], texts.text_counts)
        return cls(
            chunk=chunk,
            start=points_before[:-1] + gap - np.repeat(points_before[at[:-1]], counts),
            place=parts_before[:-1] + np.repeat(first - parts_before[at[:-1]], counts),
            tokens_before=offsets(tokens[chunk])[at],
            texts_before=texts_before,
        )

    @property
    def of_slots(self) -> NDArray[np.int64]:
        """How many tokens each slot has."""
        return np.diff(self.tokens_before[self.texts_before])

    def of_first_texts(self, field: int, count: Array) -> NDArray[np.int64]:
        """How many tokens the first texts of a field have, for each document."""
        first = self.texts_before[field : -1 : len(FIELDS)]
        counted: NDArray[np.int64] = self.tokens_before[first + count] - self.tokens_before[first]
        return counted

    def columns(self, chunks: _Chunks) -> dict[str, Array]:
        """The columns of a TokenTable that have a row for each token."""
        word, place, start, length = np.array(chunks.rows, np.int32).reshape(-1, 4).T
        counts = np.array([tokens for tokens, _, _ in chunks.sizes], np.int64)
        rows, times = gather(counts, self.chunk), counts[self.chunk]
        return {
            "token_word": word[rows],
            "token_place": place[rows] + np.repeat(self.place.astype(np.int32), times),
            "token_start": start[rows].astype(np.uint32)
            + np.repeat(self.start.astype(np.uint32), times),
            "token_length": np.minimum(length, 0xFFFF).astype(np.uint16)[rows],
        }


def _day(document: Document) -> int:
    return document.date.toordinal() if document.date else 0


def _visible(document: Document) -> tuple[int, int]:
    start, end = document.visible_from, document.visible_until
    return (microseconds(start) if start else ALWAYS, microseconds(end) if end else FOREVER)


def _langs(documents: Sequence[Document], analyzer: Analyzer) -> NDArray[np.uint8]:
    numbers = {name: n for n, name in enumerate(languages())}
    return np.array([numbers[analyzer.language_of(d.lang)] for d in documents], np.uint8)


def _fingerprints(documents: Sequence[Document]) -> NDArray[np.uint8]:
    joined = b"".join(bytes.fromhex(d.fingerprint) for d in documents)
    return np.frombuffer(joined, np.uint8).reshape(len(documents), 16)


def _labels(
    documents: Sequence[Document],
) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
    spellings: dict[str, int] = {}
    numbers = [
        spellings.setdefault(label, len(spellings))
        for d in documents
        for label in (*d.categories, *d.tags)
    ]
    counts = [(len(d.categories), len(d.tags)) for d in documents]
    return (
        list(spellings),
        np.array(numbers, np.int32),
        np.array(counts, np.int32).reshape(len(documents), 2),
    )
