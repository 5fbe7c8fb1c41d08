"""Overlay: what depends on all segments of a generation together.

Segments never change; which of their documents still count, how rare a title's
words are, and how a tag is usually spelled do. These columns are made anew for
each generation. Documents of all segments are numbered one segment after the
other.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchsvc.engines.local.columns import Array, offsets, rising, string_columns
from searchsvc.engines.local.segment import Segment
from searchsvc.engines.local.tokens import ALWAYS, FOREVER
from searchsvc.text.folding import fold

# A document's first labels stand in a matrix, where counting is fastest; further ones beside it.
MATRIX_WIDTH = 12
CATEGORY, TAG, YEAR = "category", "tag", "year"
KINDS = (CATEGORY, TAG, YEAR)
# The ordinal of 1970-01-01, where numpy begins to count days.
_EPOCH = 719_163

Deleted = Sequence[NDArray[np.bool_]]


def overlay_columns(segments: Sequence[Segment], deleted: Deleted) -> dict[str, Array]:
    """The columns of a generation that consists of these segments.

    Args:
        deleted: for each segment which of its documents are gone.
    """
    return {
        "deleted": np.concatenate(deleted),
        "rank": _rank(segments),
        "languages": _languages(segments, deleted),
        "title_weight": _title_weights(segments, deleted),
        "changes": _changes(segments, deleted),
        **_facet_columns(segments, np.concatenate(deleted)),
    }


def value_key(kind: str, value: str) -> str:
    """What a facet's value is looked up by, whatever its spelling."""
    return f"{kind}:{fold(value)}"


def _languages(segments: Sequence[Segment], deleted: Deleted) -> NDArray[np.uint8]:
    """The languages that documents are in, in the order of their numbers."""
    own = [s.columns["langs"][~gone] for s, gone in zip(segments, deleted, strict=True)]
    return rising(np.concatenate(own)).astype(np.uint8)


def _changes(segments: Sequence[Segment], deleted: Deleted) -> NDArray[np.int64]:
    """The instants at which some document appears or goes, rising."""
    own = [s.columns["visible"][~gone] for s, gone in zip(segments, deleted, strict=True)]
    instants = rising(np.concatenate(own).ravel())
    inner: NDArray[np.int64] = instants[(instants != ALWAYS) & (instants != FOREVER)]
    return inner


def _rank(segments: Sequence[Segment]) -> NDArray[np.int32]:
    """Each document's place in the order of ties."""
    days = np.concatenate([s.columns["days"] for s in segments])
    order = np.argsort(-days, kind="stable")
    if len(segments) > 1:
        _order_shared_days(segments, days, order)
    rank = np.empty(len(days), np.int32)
    rank[order] = np.arange(len(days), dtype=np.int32)
    return rank


def _order_shared_days(segments: Sequence[Segment], days: Array, order: Array) -> None:
    """Put the documents of each day by id. Those of one segment stand so already."""
    bases = offsets(np.array([len(s) for s in segments]))
    owner = np.repeat(np.arange(len(segments)), np.diff(bases))[order]
    firsts = np.flatnonzero(np.diff(days[order], prepend=-1))
    shared = np.minimum.reduceat(owner, firsts) != np.maximum.reduceat(owner, firsts)

    def id_of(number: int) -> str:
        segment = int(np.searchsorted(bases, number, "right")) - 1
        return segments[segment].texts[(number - int(bases[segment])) * 4]

    ends = np.append(firsts[1:], len(days))
    for first, end in zip(firsts[shared].tolist(), ends[shared].tolist(), strict=True):
        order[first:end] = sorted(order[first:end].tolist(), key=id_of)


def _title_weights(segments: Sequence[Segment], deleted: Deleted) -> NDArray[np.float32]:
    """For each document the sum of idf over the distinct stems of its title; never 0."""
    posts = sum(int((~gone).sum()) for gone in deleted)
    weights = []
    for segment, df in zip(segments, _stem_frequencies(segments, deleted), strict=True):
        idf = np.log(1 + (posts - df + 0.5) / (df + 0.5))
        document = np.repeat(np.arange(len(segment)), np.diff(segment.columns["title_stems_at"]))
        of_stem = idf[segment.columns["title_stems"]]
        weights.append(np.bincount(document, of_stem, len(segment)))
    return np.maximum(np.concatenate(weights), 1e-9).astype(np.float32)


def _stem_frequencies(segments: Sequence[Segment], deleted: Deleted) -> list[NDArray[np.int64]]:
    """For each segment, how many documents of the generation have each of its stems."""
    own = [_own_frequencies(s, gone) for s, gone in zip(segments, deleted, strict=True)]
    if len(segments) == 1:
        return own
    # One segment is far larger than the others as a rule, so its stems are only looked up.
    largest = max(range(len(segments)), key=lambda n: len(own[n]))
    keys = [[] if n == largest else s.stems.keys.all() for n, s in enumerate(segments)]
    total: Counter[str] = Counter()
    for of_segment, counts in zip(keys, own, strict=True):
        total.update(dict(zip(of_segment, counts.tolist(), strict=False)))
    in_largest = own[largest].copy()
    for key, count in list(total.items()):
        number = segments[largest].stems.find(key)
        if number >= 0:
            total[key] += int(own[largest][number])
            in_largest[number] += count
    own[largest] = in_largest
    return [
        counts if n == largest else np.array([total[key] for key in keys[n]], np.int64)
        for n, counts in enumerate(own)
    ]


def _own_frequencies(segment: Segment, gone: NDArray[np.bool_]) -> NDArray[np.int64]:
    at = segment.columns["stem_posts_at"]
    counts: NDArray[np.int64] = np.diff(at)
    if gone.any():
        # Few are gone as a rule, so their stems are looked up.
        lost = np.flatnonzero(gone[segment.columns["stem_docs"]])
        stems = np.searchsorted(at, lost, "right") - 1
        counts = counts - np.bincount(stems, minlength=len(counts))
    return counts


def _facet_columns(segments: Sequence[Segment], gone: NDArray[np.bool_]) -> dict[str, Array]:
    spellings, docs, spelling, is_tag, position = _labels(segments)
    counted = ~gone[docs]
    values, maps = _values(spellings, spelling[counted], is_tag[counted])
    years = _years(np.concatenate([s.columns["days"] for s in segments]))
    all_years = rising(years[~gone & (years > 0)])
    year_base = 1 + len(values)
    code = np.where(is_tag, maps[1][spelling], maps[0][spelling])
    year_code = np.where(years > 0, year_base + np.searchsorted(all_years, years), 0)
    names = [*values, *((YEAR, str(y), str(y)) for y in all_years.tolist())]
    keys = sorted((value_key(kind, key), n + 1) for n, (kind, key, _) in enumerate(names))
    kinds = Counter(kind for kind, _, _ in names)
    return {
        **_code_columns(docs, code, position, year_code=year_code, gone=gone, size=len(names) + 1),
        **string_columns("values", ["", *(label for _, _, label in names)]),
        "kinds_at": 1 + offsets(np.array([kinds[k] for k in KINDS])),
        **string_columns("value_keys", [key for key, _ in keys]),
        "value_codes": np.array([n for _, n in keys], np.int32),
    }


def _labels(segments: Sequence[Segment]) -> tuple[list[str], Array, Array, Array, Array]:
    """All spellings; then for each label its document, spelling, role and place in the document."""
    spellings: list[str] = []
    docs, numbers, is_tag, positions = [], [], [], []
    base = 0
    for segment in segments:
        counts = segment.columns["label_counts"]
        per_doc = counts.sum(axis=1)
        within = np.arange(int(per_doc.sum())) - np.repeat(offsets(per_doc)[:-1], per_doc)
        docs.append(base + np.repeat(np.arange(len(segment)), per_doc))
        numbers.append(segment.columns["labels"] + len(spellings))
        is_tag.append(within >= np.repeat(counts[:, 0], per_doc))
        positions.append(within)
        spellings += segment.spellings.all()
        base += len(segment)
    return spellings, *(np.concatenate(part) for part in (docs, numbers, is_tag, positions))  # type: ignore[return-value]


def _values(
    spellings: Sequence[str], spelling: Array, is_tag: Array
) -> tuple[list[tuple[str, str, str]], tuple[Array, Array]]:
    """Kind, key and commonest spelling of each value, and for each role spelling → code."""
    values: list[tuple[str, str, str]] = []
    maps = []
    for kind, chosen in ((CATEGORY, ~is_tag), (TAG, is_tag)):
        counts = np.bincount(spelling[chosen], minlength=len(spellings)).tolist()
        commonest = _commonest(spellings, counts)
        ordered = sorted(commonest.items(), key=lambda item: item[1])
        code = {key: len(values) + n + 1 for n, (key, _) in enumerate(ordered)}
        values += [(kind, key, label) for key, label in ordered]
        maps.append(np.array([code.get(fold(s), 0) for s in spellings], np.int32))
    return values, (maps[0], maps[1])


def _commonest(spellings: Sequence[str], counts: Sequence[int]) -> dict[str, str]:
    """For each key its commonest spelling; of equally common ones the first in code-point order."""
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for text, count in zip(spellings, counts, strict=True):
        if count:
            by_key[fold(text)][text] += count
    return {key: min(texts, key=lambda text: (-texts[text], text)) for key, texts in by_key.items()}


def _years(days: NDArray[np.int32]) -> NDArray[np.int64]:
    years = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(days > 0, years, 0)


def _code_columns(
    docs: Array, code: Array, position: Array, *, year_code: Array, gone: Array, size: int
) -> dict[str, Array]:
    """The matrix of codes with what does not fit in it, and the documents of each code."""
    width = min(MATRIX_WIDTH, 2 + int(position.max(initial=-1)))
    matrix = np.zeros((len(gone), width), np.int32)
    matrix[:, 0] = year_code
    fits = position + 1 < width
    matrix[docs[fits], position[fits] + 1] = code[fits]
    matrix[gone] = 0
    every_doc = np.concatenate([docs, np.arange(len(gone))])
    every_code = np.concatenate([code, year_code])
    every_code = np.where(gone[every_doc], 0, every_code)
    # Sorted as one number each, which is several times as quick as by two keys.
    docs_of_codes = np.sort(every_code.astype(np.int64) * len(gone) + every_doc) % max(1, len(gone))
    return {
        "matrix": matrix,
        "overflow_docs": docs[~fits].astype(np.int32),
        "overflow_codes": code[~fits].astype(np.int32),
        "value_docs": docs_of_codes.astype(np.int32),
        "value_docs_at": offsets(np.bincount(every_code, minlength=size)),
    }
