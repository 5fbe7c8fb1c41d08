"""What it costs to think that one word was meant by another, and which guess is likeliest."""

from collections.abc import Mapping

import pytest
from memory_words import edits_between

from searchsvc.corrections import MAX_GUESSES, edit_cost, guesses


class Words:
    """Words and how many of a hundred posts have each."""

    def __init__(self, **posts: int) -> None:
        self._posts = posts

    def count(self) -> int:
        return 100

    def posts_with(self, *words: str) -> int:
        return self._posts.get("_".join(words), 0)

    def near(self, word: str, *, posts: int) -> Mapping[str, tuple[int, int]]:
        near = {w: (edits_between(word, w), n) for w, n in self._posts.items() if "_" not in w}
        return {w: (e, n) for w, (e, n) in near.items() if e <= 1 or (e == 2 and n >= posts)}


@pytest.mark.parametrize(
    ("typed", "likelier", "than"),
    [
        ("braed", "bread", "brand"),  # neighbours that changed places, before a changed letter
        ("bresd", "bread", "breed"),  # a neighbouring key, before another letter
        ("brood", "bread", "brxxd"),  # vowels for vowels
        ("breadd", "bread", "breads"),  # a doubled letter too many, before another letter
        ("brexd", "breexd", "bred"),  # a letter left out, before one too many
        ("breadd", "bread", "broadd"),  # a doubled letter, before a vowel for a vowel
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


@pytest.mark.parametrize(
    ("typed", "meant", "posts", "is_guessed"),
    [
        ("kubrentes", "kubernetes", 1, True),
        ("kbrntes", "kubernetes", 1, False),  # three edits
        ("desgin", "design", 1, True),  # one edit is always thought of
        ("dsiegn", "design", 1, False),  # of two, a short word has to be frequent
        ("dsiegn", "design", 30, True),
        ("dsgin", "design", 30, True),
        ("dgin", "design", 99, False),  # and not too short
    ],
)
def test_two_edits_are_made_in_long_words_and_for_frequent_ones(
    typed: str, meant: str, posts: int, is_guessed: bool
) -> None:
    found = guesses(typed, Words(**{meant: posts}))

    assert [guess.words for guess in found] == ([(meant,)] if is_guessed else [])


def test_a_frequent_word_two_edits_away_may_be_likelier_than_a_rare_one_nearer_by() -> None:
    found = guesses("serive", Words(serife=1, service=90))

    assert [guess.words for guess in found] == [("service",), ("serife",)]


def test_a_word_is_split_only_where_both_halves_have_three_letters() -> None:
    halves = Words(rye=1, bread=1, rye_bread=1, ry=1, ebread=1, ry_ebread=9)

    assert [guess.words for guess in guesses("ryebread", halves) if len(guess.words) > 1] == [
        ("rye", "bread")
    ]


@pytest.mark.parametrize("word", ["rye", "b2b4", "c++", "3.11", ""])
def test_short_words_and_words_with_signs_are_left_alone(word: str) -> None:
    assert guesses(word, Words(ryes=1, rye=1)) == ()
