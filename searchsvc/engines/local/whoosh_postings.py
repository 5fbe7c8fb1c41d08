"""FieldPostings: what Whoosh keeps of one field, inverted from analysed documents.

Other than in the columns, which sum a word over all fields, each field of Whoosh
has terms of its own, and categories are a field apart from tags.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.analysing import Analysed
from searchsvc.engines.local.columns import Array, offsets
from searchsvc.ranking import FIELDS


@dataclass(frozen=True)
class FieldPostings:
    """The terms of one field, with the documents that have them.

    Attributes:
        terms: stems by code point; ids in the field of ids.
        postings_at: where the postings of each term begin; and the end.
        docs: document numbers, rising within a term.
        places_at: where the places of each posting begin; and the end.
        places: of the term in the field's text, each part of a chunk counting one.
        lengths: how many tokens the field of each document has; 0 for ids.
    """

    terms: Sequence[str]
    postings_at: NDArray[np.int64]
    docs: NDArray[np.int32]
    places_at: NDArray[np.int64]
    places: NDArray[np.int32]
    lengths: NDArray[np.int64]


def field_postings(
    analysed: Analysed, stem: Callable[[str], str]
) -> Iterator[tuple[str, FieldPostings]]:
    """The postings of each field that has any, by the field's name, one at a time."""
    table = analysed.table
    of_words = [stem(word) for word in table.words]
    stems = sorted(set(of_words))
    number = {stem: n for n, stem in enumerate(stems)}
    word_stem = np.array([number[stem] for stem in of_words], np.int32)
    first_and_counts = _fields(analysed)
    for name in sorted([*first_and_counts, "id"]):
        if name == "id":
            yield name, _of_ids([document.id for document in analysed.documents])
            continue
        first, counts = first_and_counts[name]
        if counts.any():
            tokens = np.repeat(first - offsets(counts)[:-1], counts) + np.arange(counts.sum())
            doc = np.repeat(np.arange(len(table)), counts)
            place = _without_gaps(table.token_place[tokens], doc)
            yield name, _inverted(stems, word_stem[table.token_word[tokens]], doc, place, counts)


def _of_ids(ids: Sequence[str]) -> FieldPostings:
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int32)
    every = np.arange(len(ids) + 1)
    nothing = np.zeros(len(ids), np.int64)
    return FieldPostings(
        [ids[n] for n in order.tolist()], every, order, every, nothing.astype(np.int32), nothing
    )


def _fields(analysed: Analysed) -> dict[str, tuple[Array, Array]]:
    """For each field of Whoosh, where its tokens begin and how many there are, by document."""
    counts = analysed.table.field_tokens.astype(np.int64)
    starts = offsets(counts.ravel())[:-1].reshape(counts.shape)
    fields = {name: (starts[:, n], counts[:, n]) for n, name in enumerate(FIELDS)}
    first = starts[:, FIELDS.index("tags")]
    fields["categories"] = (first, analysed.category_tokens)
    fields["tags"] = (first + analysed.category_tokens, analysed.tag_tokens)
    return fields


def _without_gaps(place: Array, doc: Array) -> NDArray[np.int32]:
    """Places as they are when the texts of a field are one text: none is left out."""
    moves = np.ones(len(place), np.int32)
    moves[1:] = (place[1:] != place[:-1]) | (doc[1:] != doc[:-1])
    counted = np.cumsum(moves, dtype=np.int32)
    first = np.flatnonzero(np.diff(doc, prepend=-1))
    own = np.diff(first, append=len(doc))
    return counted - np.repeat(counted[first], own)


def _inverted(
    stems: Sequence[str], token_stem: Array, doc: Array, place: Array, lengths: Array
) -> FieldPostings:
    # One number for each token, as sorting numbers is several times as quick as sorting indexes.
    places, docs = int(place.max()) + 1, len(lengths)
    every = np.sort((token_stem * np.int64(docs) + doc) * places + place)
    posting, place = np.divmod(every, places)
    firsts = np.flatnonzero(np.diff(posting, prepend=-1))
    stem, doc = np.divmod(posting[firsts], docs)
    term_firsts = np.flatnonzero(np.diff(stem, prepend=-1))
    return FieldPostings(
        terms=[stems[n] for n in stem[term_firsts].tolist()],
        postings_at=np.append(term_firsts, len(firsts)),
        docs=doc.astype(np.int32),
        places_at=np.append(firsts, len(every)),
        places=place.astype(np.int32),
        lengths=lengths,
    )
