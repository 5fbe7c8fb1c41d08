"""TokenTable: analysed documents as arrays, from which a segment is inverted.

Analysing is the slow part of indexing, so it is done once for each version of a
document. What it gives is kept in the segment, and segments are merged from
there: a merged segment equals one that is analysed anew.

Documents stand in the order of ties: newest first, those without a date last,
then by id. So a document's number is its rank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.columns import Array
from searchsvc.ranking import NEAR_PLACES

# Between fields, and between tags: so far that no two words across it are near.
GAP = NEAR_PLACES + 1
# Places of one field that are told apart; what is behind two million counts as one place.
PLACE_BITS = 21
FOREVER = np.iinfo(np.int64).max
ALWAYS = np.iinfo(np.int64).min
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHOWN = ("id", "url", "title", "excerpt")


@dataclass(frozen=True)
class TokenTable:
    """Documents and their tokens.

    Attributes:
        words: distinct words, in any order.
        token_word: for each token the index of its word. Tokens stand by document,
            field and place.
        token_place: counted from the beginning of its field.
        token_start, token_length: its stretch of the field's text, in code points.
        field_tokens: how many tokens each field has; shape (documents, 4).
        texts: id, url, title and excerpt of each document, one after the other.
        fingerprints: 16 bytes for each document; shape (documents, 16).
        days: the date as a proleptic ordinal, 0 for none.
        visible: from and until, microseconds since 1970 UTC; shape (documents, 2).
        langs: the language of each document, as an index into ``languages()``.
        spellings: categories and tags as written, for ``labels``.
        labels: for each document its categories' and tags' indexes into ``spellings``.
        label_counts: how many categories and how many tags; shape (documents, 2).
    """

    words: Sequence[str]
    token_word: NDArray[np.int32]
    token_place: NDArray[np.int32]
    token_start: NDArray[np.uint32]
    token_length: NDArray[np.uint16]
    field_tokens: NDArray[np.int32]
    texts: Sequence[str]
    fingerprints: NDArray[np.uint8]
    days: NDArray[np.int32]
    visible: NDArray[np.int64]
    langs: NDArray[np.uint8]
    spellings: Sequence[str]
    labels: NDArray[np.int32]
    label_counts: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.days)


def merge(tables: Sequence[TokenTable]) -> TokenTable:
    """One table with the documents of several; one id must not come twice."""
    if len(tables) == 1:
        return tables[0]
    words, word_maps = _united([t.words for t in tables])
    spellings, spelling_maps = _united([t.spellings for t in tables])
    texts = [text for t in tables for text in t.texts]
    days = np.concatenate([t.days for t in tables])
    order = _order_of_ties(texts[:: len(SHOWN)], days)
    field_tokens = np.concatenate([t.field_tokens for t in tables])
    label_counts = np.concatenate([t.label_counts for t in tables])
    by_token = gather(field_tokens.sum(axis=1), order)
    by_label = gather(label_counts.sum(axis=1), order)
    return TokenTable(
        words=words,
        token_word=_mapped([t.token_word for t in tables], word_maps)[by_token],
        token_place=np.concatenate([t.token_place for t in tables])[by_token],
        token_start=np.concatenate([t.token_start for t in tables])[by_token],
        token_length=np.concatenate([t.token_length for t in tables])[by_token],
        field_tokens=field_tokens[order],
        texts=[texts[d * len(SHOWN) + f] for d in order.tolist() for f in range(len(SHOWN))],
        fingerprints=np.concatenate([t.fingerprints for t in tables])[order],
        days=days[order],
        visible=np.concatenate([t.visible for t in tables])[order],
        langs=np.concatenate([t.langs for t in tables])[order],
        spellings=spellings,
        labels=_mapped([t.labels for t in tables], spelling_maps)[by_label],
        label_counts=label_counts[order],
    )


def keep(table: TokenTable, kept: NDArray[np.bool_]) -> TokenTable:
    """The table with only the documents that ``kept`` names. Unused words may stay."""
    order = np.flatnonzero(kept)
    by_token = gather(table.field_tokens.sum(axis=1), order)
    by_label = gather(table.label_counts.sum(axis=1), order)
    width = len(SHOWN)
    return TokenTable(
        words=table.words,
        token_word=table.token_word[by_token],
        token_place=table.token_place[by_token],
        token_start=table.token_start[by_token],
        token_length=table.token_length[by_token],
        field_tokens=table.field_tokens[order],
        texts=[table.texts[d * width + f] for d in order.tolist() for f in range(width)],
        fingerprints=table.fingerprints[order],
        days=table.days[order],
        visible=table.visible[order],
        langs=table.langs[order],
        spellings=table.spellings,
        labels=table.labels[by_label],
        label_counts=table.label_counts[order],
    )


def microseconds(instant: datetime) -> int:
    """An instant as whole microseconds since 1970 UTC."""
    since = instant - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _united(lists: Sequence[Sequence[str]]) -> tuple[list[str], list[NDArray[np.int32]]]:
    """All distinct strings, and for each list where its strings are among them."""
    united: dict[str, int] = {}
    maps = [
        np.array([united.setdefault(s, len(united)) for s in strings], np.int32)
        for strings in lists
    ]
    return list(united), maps


def _mapped(arrays: Sequence[Array], maps: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate([m[a] if len(a) else a for a, m in zip(arrays, maps, strict=True)])


def _order_of_ties(ids: Sequence[str], days: NDArray[np.int32]) -> NDArray[np.intp]:
    by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.intp)
    return by_id[np.argsort(-days[by_id], kind="stable")]


def gather(counts: Array, order: Array) -> NDArray[np.intp]:
    """Indexes of the elements of each group, groups taken in another order."""
    starts = np.cumsum(counts) - counts
    chosen = counts[order]
    shift = np.repeat(starts[order] - (np.cumsum(chosen) - chosen), chosen)
    return shift + np.arange(len(shift))
