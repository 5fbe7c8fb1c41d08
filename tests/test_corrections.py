"""What it costs to think that one word was meant by another, and which guess is likeliest."""

from collections.abc import Mapping

import pytest

from searchsvc.corrections import MAX_GUESSES, edit_cost, guesses


class Words:
    """Words and how many posts have each."""

    def __init__(self, **posts: int) -> None:
        self._posts = posts

    def posts_with(self, *words: str) -> int:
        return self._posts.get("_".join(words), 0)

    def near(self, word: str, *, edits: int) -> Mapping[str, int]:
        words = {w: n for w, n in self._posts.items() if "_" not in w and w != word}
        return words if edits == 1 else {}


@pytest.mark.parametrize(
    ("typed", "likelier", "than"),
    [
        ("braed", "bread", "brand"),  # neighbours that changed places, before a changed letter
        ("bresd", "bread", "breed"),  # a neighbouring key, before another letter
        ("brood", "bread", "brxxd"),  # vowels for vowels
        ("breadd", "bread", "breaded"),  # a doubled letter too many, before one left out
        ("comit", "commit", "comfit"),  # a doubled letter left out, before another
        ("breaxd", "bread", "breaxdy"),  # a letter too many, before one left out
        ("bredx", "bred", "bread"),
        ("vread", "vreed", "bread"),  # the first letter is seldom wrong
    ],
)
def test_some_edits_cost_less_than_others(typed: str, likelier: str, than: str) -> None:
    assert 0 < edit_cost(typed, likelier) < edit_cost(typed, than)


def test_a_word_costs_nothing_as_it_is() -> None:
    assert edit_cost("bread", "bread") == 0


def test_of_equally_near_words_the_commoner_is_likelier() -> None:
    first, second = guesses("breud", Words(bread=2, breid=9))

    assert (first.words, second.words) == (("breid",), ("bread",))
    assert first.weight == 1.0
    assert 0 < second.weight < 0.8


def test_few_guesses_are_tried() -> None:
    words = Words(**{f"brea{letter}": 1 for letter in "abcefgh"})

    assert len(guesses("bread", words)) == MAX_GUESSES


def test_a_word_is_split_only_where_both_halves_have_three_letters() -> None:
    halves = Words(rye=1, bread=1, rye_bread=1, ry=1, ebread=1, ry_ebread=9)

    assert [guess.words for guess in guesses("ryebread", halves) if len(guess.words) > 1] == [
        ("rye", "bread")
    ]


@pytest.mark.parametrize("word", ["rye", "b2b4", "c++", "3.11", ""])
def test_short_words_and_words_with_signs_are_left_alone(word: str) -> None:
    assert guesses(word, Words(ryes=1, rye=1)) == ()
