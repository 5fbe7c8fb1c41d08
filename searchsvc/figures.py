"""Figures: how good an order of posts is, by what is known to be useful.

All lie between 0 and 1, 1 being best, and are means over queries:

- *hit@k*: a useful post is among the first k;
- *MRR@k*: 1 / rank of the first useful post; 0 when it is not among the first k;
- *nDCG@k*: usefulness, counted less the further down it stands, against the best
  order there could be (Järvelin & Kekäläinen 2002; with plain grades, and every
  rank discounted by log2(rank + 1), as most tools do).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from math import log2

# How far down a reader looks.
K = 10
Grades = Mapping[str, float]


def hit(found: Sequence[str], grades: Grades, *, k: int = K) -> float:
    """1.0 when one of the first ``k`` ids has a grade above 0, else 0.0."""
    return float(any(grades.get(id_, 0) > 0 for id_ in found[:k]))


def reciprocal_rank(found: Sequence[str], grades: Grades, *, k: int = K) -> float:
    """1 / rank of the first id with a grade above 0; 0.0 when none of the first ``k`` has one."""
    rank = rank_of(found[:k], grades)
    return 1 / rank if rank else 0.0


def ndcg(found: Sequence[str], grades: Grades, *, k: int = K) -> float:
    """Score an order of ids against the best order of all that were judged.

    Args:
        found: ids, best first; none twice.
        grades: 0 or more for each judged id; the others count as 0.

    Returns:
        1.0 for the best order, 0.0 when none of the first ``k`` is useful; 1.0 also
        when no judged id is, as no order could be better.
    """
    best = _discounted(sorted(grades.values(), reverse=True)[:k])
    return _discounted([grades.get(id_, 0) for id_ in found[:k]]) / best if best else 1.0


def _discounted(grades: Sequence[float]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def rank_of(found: Sequence[str], grades: Grades) -> int | None:
    """The place of the first id with a grade above 0, counted from 1; None when there is none."""
    return next((n for n, id_ in enumerate(found, 1) if grades.get(id_, 0) > 0), None)


@dataclass(frozen=True, slots=True)
class Figures:
    """How well one query was answered; or, as ``mean_of`` gives it, several."""

    hit_1: float
    hit_10: float
    mrr_10: float
    ndcg_10: float

    @classmethod
    def of(cls, found: Sequence[str], grades: Grades) -> "Figures":
        """The figures of one answer."""
        return cls(
            hit(found, grades, k=1),
            hit(found, grades),
            reciprocal_rank(found, grades),
            ndcg(found, grades),
        )

    @classmethod
    def mean_of(cls, figures: Iterable["Figures"]) -> "Figures":
        """Their means; of none, 0."""
        rows = [astuple(f) for f in figures] or [(0.0,) * 4]
        return cls(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))
