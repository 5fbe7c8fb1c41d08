"""Inverting: from the tokens of documents to the columns of a segment.

A segment keeps, besides what hits show:

- three *lists*, each a sorted list of keys with the postings of each key: the
  words, their stems, and the beginnings of one to three letters. A posting is a
  document, its z (``docs/ranking.md``) and the fields it occurs in. Keys that
  begin alike stand side by side, so any beginning is one slice;
- the *places* of each word, for phrases and nearness;
- the letters of each word as a set of bits, to find those that are nearly alike;
- the titles in alphabetical order, to find those that begin with what is typed;
- the tokens themselves in order, for marks and for merging.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.columns import Array, offsets, rising, string_columns
from searchsvc.engines.local.letters import letter_columns
from searchsvc.engines.local.lists import list_columns
from searchsvc.engines.local.tokens import PLACE_BITS, TokenTable
from searchsvc.ranking import FIELDS, LENGTH_PARTS, field_weights, steady
from searchsvc.text.analysis import Analyzer
from searchsvc.text.stemming import languages

# Beginnings up to this long are prepared, as they would gather too many words.
PREPARED_LETTERS = 3
_WIDTH = len(FIELDS)


def field_lengths(table: TokenTable) -> NDArray[np.int64]:
    """How many parts each field has; shape (documents, 4)."""
    is_part = _is_part(table)
    return _sums(is_part, table.field_tokens.ravel()).reshape(-1, _WIDTH)


def steady_averages(lengths: Sequence[NDArray[np.int64]]) -> tuple[float, ...]:
    """The average length of each field over all documents, in steps.

    Documents where a field is empty do not count for it.
    """
    sums = np.sum([part.sum(axis=0) for part in lengths], axis=0)
    filled = np.sum([(part > 0).sum(axis=0) for part in lengths], axis=0)
    return tuple(
        steady(float(total) / int(count) if count else 0.0)
        for total, count in zip(sums, filled, strict=True)
    )


def invert(table: TokenTable, averages: Sequence[float], analyzer: Analyzer) -> dict[str, Array]:
    """The columns of a segment.

    Args:
        table: at least one document.
        averages: of the whole generation, from ``steady_averages``.
    """
    words, token_word = _sorted_words(table)
    lengths = field_lengths(table)
    gains = _gains(lengths, averages)
    slots = np.repeat(np.arange(table.field_tokens.size), table.field_tokens.ravel())
    stems, token_stem, stem_words = _stems(table, words, token_word, analyzer)
    starts, start_words, start_of = _beginnings(words)
    return {
        **list_columns("word", words, token_word, slots, gains=gains),
        **list_columns("stem", stems, token_stem, slots, gains=gains),
        **list_columns(
            "start",
            starts,
            *_tokens_of_starts(token_word, slots, start_words, start_of),
            gains=gains,
        ),
        **stem_words,
        **_place_columns(token_word, _absolute_places(table, slots), len(words)),
        **_title_stems(table, token_stem, slots),
        **_title_columns(table, words, token_word, slots),
        **letter_columns(words),
        "field_gains": gains.astype(np.float32).ravel(),
        "field_lengths": lengths.astype(np.int32),
        "token_word": token_word,
        "token_place": table.token_place,
        "token_start": table.token_start,
        "token_length": table.token_length,
        "field_tokens_at": offsets(table.field_tokens.ravel()),
        **_document_columns(table),
    }


def _document_columns(table: TokenTable) -> dict[str, Array]:
    used = rising(table.labels)
    renumbered = np.searchsorted(used, table.labels).astype(np.int32)
    return {
        **string_columns("texts", table.texts),
        "text_cuts": _text_cuts(table.texts),
        **string_columns("spellings", [table.spellings[n] for n in used.tolist()]),
        "fingerprints": table.fingerprints,
        "days": table.days,
        "visible": table.visible,
        "langs": table.langs,
        "labels": renumbered,
        "label_counts": table.label_counts,
    }


def _text_cuts(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Where url, title and excerpt begin in all that is shown of a document, in code points."""
    lengths = np.array([len(text) for text in texts], np.uint32).reshape(-1, 4)
    return lengths[:, :3].cumsum(axis=1, dtype=np.uint32)


def _is_part(table: TokenTable) -> NDArray[np.int64]:
    """1 for each token that is the first one at its place, as parts are; 0 for others."""
    is_part = np.ones(len(table.token_place), np.int64)
    same = table.token_place[1:] == table.token_place[:-1]
    is_part[1:][same] = 0
    starts = offsets(table.field_tokens.ravel())[:-1]
    is_part[starts[starts < len(is_part)]] = 1
    return is_part


def _sums(values: Array, counts: Array) -> NDArray[np.int64]:
    """The sum of each group of values that stand in a row; 0 for empty groups."""
    totals = np.concatenate([[0], np.cumsum(values)])
    ends = np.cumsum(counts)
    sums: NDArray[np.int64] = totals[ends] - totals[ends - counts]
    return sums


def _sorted_words(table: TokenTable) -> tuple[list[str], NDArray[np.int32]]:
    """The words that occur, in code-point order, and each token's index among them."""
    occurring = rising(table.token_word).tolist()
    occurring.sort(key=table.words.__getitem__)
    rank = np.zeros(len(table.words), np.int32)
    rank[occurring] = np.arange(len(occurring), dtype=np.int32)
    return [table.words[n] for n in occurring], rank[table.token_word]


def _grouped(keys: Sequence[str]) -> tuple[list[str], NDArray[np.int32]]:
    """The distinct keys, sorted, and the index among them of each one given."""
    distinct = sorted(set(keys))
    index = {key: n for n, key in enumerate(distinct)}
    return distinct, np.array([index[key] for key in keys], np.int32)


def _beginnings(
    words: Sequence[str],
) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
    """The prepared beginnings, and pairs of a word and one of its beginnings, by word."""
    pairs = [
        (number, word[:letters])
        for number, word in enumerate(words)
        for letters in range(1, min(len(word), PREPARED_LETTERS) + 1)
    ]
    starts, start_of = _grouped([start for _, start in pairs])
    return starts, np.array([number for number, _ in pairs], np.int32), start_of


def _tokens_of_starts(
    token_word: Array, slots: Array, start_words: Array, start_of: Array
) -> tuple[Array, Array]:
    """For each token and each beginning of its word: the beginning and the token's field."""
    counts = np.bincount(start_words, minlength=int(token_word.max(initial=-1)) + 1)
    at = offsets(counts)
    times = counts[token_word]
    first = np.repeat(at[token_word] - (np.cumsum(times) - times), times)
    return start_of[first + np.arange(len(first))], np.repeat(slots, times)


def _gains(lengths: NDArray[np.int64], averages: Sequence[float]) -> NDArray[np.float64]:
    """What one occurrence in each field adds to z; shape (documents, 4)."""
    weights, parts = np.array(field_weights(averages)), np.array(LENGTH_PARTS)
    gains: NDArray[np.float64] = weights / (1 - parts + parts * lengths / np.array(averages))
    return gains


def _stems(
    table: TokenTable, words: Sequence[str], token_word: NDArray[np.int32], analyzer: Analyzer
) -> tuple[list[str], NDArray[np.int32], dict[str, Array]]:
    """The stems, each token's index among them, and the columns of each stem's words.

    A word may have several stems, as posts in several languages have it.
    """
    token_lang = np.repeat(table.langs, table.field_tokens.sum(axis=1)).astype(np.int64)
    pairs, token_pair = _distinct_pairs(token_lang, token_word, len(words))
    names = languages()
    keys = [
        analyzer.stem_in(names[pair // len(words)])(words[pair % len(words)])
        for pair in pairs.tolist()
    ]
    stems, pair_stem = _grouped(keys)
    order = np.argsort(pair_stem, kind="stable")
    return (
        stems,
        pair_stem[token_pair],
        {
            "stem_words_at": offsets(np.bincount(pair_stem, minlength=len(stems))),
            "stem_words": (pairs[order] % max(1, len(words))).astype(np.int32),
        },
    )


def _distinct_pairs(
    langs: NDArray[np.int64], words: NDArray[np.int32], word_count: int
) -> tuple[NDArray[np.int64], Array]:
    """The pairs of a language and a word that occur, and each token's index among them."""
    if len(langs) and (langs == langs[0]).all():
        # Every word occurs, so nothing need be sorted.
        return langs[0] * word_count + np.arange(word_count, dtype=np.int64), words
    return np.unique(langs * word_count + words, return_inverse=True)


def _title_columns(
    table: TokenTable, words: Sequence[str], token_word: Array, slots: Array
) -> dict[str, Array]:
    """The titles in alphabetical order of their parts, and the document of each."""
    chosen = np.flatnonzero((slots % _WIDTH == 0) & (_is_part(table) == 1))
    titles: list[list[str]] = [[] for _ in range(len(table))]
    documents = (slots[chosen] // _WIDTH).tolist()
    for document, word in zip(documents, token_word[chosen].tolist(), strict=True):
        titles[document].append(words[word])
    joined = [" ".join(title) for title in titles]
    order = sorted(range(len(joined)), key=joined.__getitem__)
    return {
        **string_columns("titles", [joined[n] for n in order]),
        "title_docs": np.array(order, np.int32),
    }


def _absolute_places(table: TokenTable, slots: Array) -> NDArray[np.int64]:
    """Each token's field and place as one number (``nearness``)."""
    last = (1 << PLACE_BITS) - 1
    places: NDArray[np.int64] = slots << PLACE_BITS | np.minimum(table.token_place, last)
    return places


def _place_columns(
    token_word: NDArray[np.int32], places: NDArray[np.int64], word_count: int
) -> dict[str, Array]:
    order = np.argsort(token_word, kind="stable")
    return {
        "places_at": offsets(np.bincount(token_word, minlength=word_count)),
        "places": places[order],
    }


def _title_stems(table: TokenTable, token_stem: Array, slots: Array) -> dict[str, Array]:
    """The distinct stems of each title's parts."""
    chosen = (slots % _WIDTH == 0) & (_is_part(table) == 1)
    width = int(token_stem.max(initial=0)) + 1
    pairs = rising(slots[chosen] // _WIDTH * width + token_stem[chosen])
    return {
        "title_stems_at": offsets(np.bincount(pairs // width, minlength=len(table))),
        "title_stems": (pairs % width).astype(np.int32),
    }
