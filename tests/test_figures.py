"""The figures by which answers are measured, checked against numbers worked out by hand."""

from itertools import permutations
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.figures import Figures, hit, ndcg, rank_of, reciprocal_rank


def test_a_hit_is_a_useful_post_among_the_first_k() -> None:
    found, grades = ["a", "b", "c"], {"c": 1.0}

    assert hit(found, grades, k=2) == 0.0
    assert hit(found, grades, k=3) == 1.0


def test_the_reciprocal_rank_is_that_of_the_first_useful_post() -> None:
    found = ["a", "b", "c", "d"]

    assert reciprocal_rank(found, {"d": 3.0, "b": 1.0}) == 1 / 2
    assert reciprocal_rank(found, {"d": 1.0}, k=3) == 0.0


def test_a_post_judged_to_be_of_no_use_is_as_good_as_not_judged() -> None:
    found, grades = ["a", "b"], {"a": 0.0, "b": 1.0}

    assert rank_of(found, grades) == 2
    assert hit(found, grades, k=1) == 0.0
    assert ndcg(found, grades) == pytest.approx(1 / log2(3))


def test_ndcg_counts_grades_less_the_further_down_they_stand() -> None:
    found, grades = ["a", "x", "b"], {"a": 1.0, "b": 3.0}

    worth = 1 / log2(2) + 3 / log2(4)
    best = 3 / log2(2) + 1 / log2(3)
    assert ndcg(found, grades) == pytest.approx(worth / best)


def test_the_best_order_is_one_of_all_judged_posts_found_or_not() -> None:
    assert ndcg(["a"], {"a": 1.0, "b": 1.0}) == pytest.approx(1 / (1 + 1 / log2(3)))


def test_only_the_first_k_count_in_the_best_order_too() -> None:
    grades = dict.fromkeys("abc", 1.0)

    assert ndcg(["a", "b"], grades, k=2) == 1.0


def test_no_order_is_better_when_nothing_is_useful() -> None:
    assert ndcg(["a"], {"a": 0.0}) == 1.0


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 3), min_size=1))
def test_ndcg_is_1_for_the_best_order_and_never_more(grades: dict[str, int]) -> None:
    best = sorted(grades, key=lambda id_: -grades[id_])

    values = [ndcg(order, grades) for order in permutations(grades)]

    assert ndcg(best, grades) == pytest.approx(1.0)
    assert all(0 <= value <= 1 + 1e-9 for value in values)


def test_means_are_taken_figure_by_figure() -> None:
    first, second = Figures(1, 1, 1, 1), Figures(0, 1, 0.5, 0.6)

    assert Figures.mean_of([first, second]) == Figures(0.5, 1, 0.75, 0.8)
    assert Figures.mean_of([]) == Figures(0, 0, 0, 0)
