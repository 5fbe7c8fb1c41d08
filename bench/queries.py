"""What is asked: ten kinds of queries, made from the words that posts have.

No text is asked twice in one process, neither in the warm-up nor in what is
measured: an engine may remember what it has looked up.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.blog import FUNCTION_WORDS, SEED, Post

KINDS = (
    "rare word",
    "common word",
    "all words",
    "any word",
    "prefix",
    "typo",
    "phrase",
    "tag filter",
    "category filter",
    "everything",
)
OF_EACH = 20
WARM_UP_OF_EACH = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Asked:
    """One query of the benchmark.

    Attributes:
        kind: one of ``KINDS``; groups the figures.
        words: to find; none for everything.
        match: every word, or at least one.
        prefix: the last word is the beginning of one.
        typo: the word is misspelt by one letter.
        phrase: the words stand side by side.
        tag, category: filters; "" for none.
        page: of ten hits, from 1.
    """

    kind: str
    words: tuple[str, ...] = ()
    match: str = "all"
    prefix: bool = False
    typo: bool = False
    phrase: bool = False
    tag: str = ""
    category: str = ""
    page: int = 1


def queries(blog: Sequence[Post]) -> tuple[list[Asked], list[Asked]]:
    """Queries to warm up with, and queries to measure, in the order they are asked."""
    asking = _Asking(blog)
    every = {kind: _distinct(make, OF_EACH + WARM_UP_OF_EACH) for kind, make in asking.kinds()}
    warm_up = [asked for of_kind in every.values() for asked in of_kind[OF_EACH:]]
    measured = [asked for of_kind in every.values() for asked in of_kind[:OF_EACH]]
    random.Random(SEED + 3).shuffle(measured)
    return warm_up, measured


def _distinct(make: Callable[[int], Asked], count: int) -> list[Asked]:
    made: dict[Asked, None] = {}
    while len(made) < count:
        made[make(len(made))] = None
    return list(made)


class _Asking:
    """Makes queries of each kind for one blog; each function is given a running number."""

    def __init__(self, blog: Sequence[Post]) -> None:
        self._random = random.Random(SEED + 2)
        self._blog = blog
        words = [word for post in blog for word in _words_of(post)]
        self._posts_with = Counter(words)
        self._tags = _commonest(tag for post in blog for tag in post.tags)
        self._categories = _commonest(post.category for post in blog)
        names = {name.lower() for name in self._categories}
        by_posts = _commonest(words)
        content = [w for w in by_posts if _is_content(w) and w not in names]
        # Each common word is asked once only; the commonest are dealt out to three kinds.
        self._common = iter(self._random.sample(content[:90], min(90, len(content))))
        # At most one post in two thousand has it.
        few = max(1, len(blog) // 2_000)
        self._rare = [w for w in content if self._posts_with[w] <= few]
        self._known = content[90:3_000]

    def kinds(self) -> Iterator[tuple[str, Callable[[int], Asked]]]:
        """Each kind with the function that makes its queries."""
        makers = (
            self._rare_word, self._common_word, self._all_words, self._any_word, self._prefix,
            self._typo, self._phrase, self._with_tag, self._in_category, self._everything,
        )  # fmt: skip
        return zip(KINDS, makers, strict=True)

    def _rare_word(self, _number: int) -> Asked:
        return Asked(KINDS[0], (self._random.choice(self._rare),))

    def _common_word(self, _number: int) -> Asked:
        return Asked(KINDS[1], (next(self._common),))

    def _all_words(self, number: int) -> Asked:
        return Asked(KINDS[2], self._of_a_post(2 + number % 2))

    def _any_word(self, number: int) -> Asked:
        return Asked(KINDS[3], self._of_a_post(2 + number % 2), match="any")

    def _prefix(self, number: int) -> Asked:
        """The beginning of a word, 2 to 5 letters; every other time after a whole word."""
        *before, word = self._of_a_post(1 + number % 2)
        letters = min(2 + number % 4, len(word) - 1)
        return Asked(KINDS[4], (*before, word[:letters]), prefix=True)

    def _typo(self, _number: int) -> Asked:
        """A word with a letter too few, too many or wrong, that no post has."""
        while True:
            word = self._random.choice(self._known)
            at = self._random.randrange(1, len(word))
            letter = self._random.choice(_LETTERS)
            ends = (word[at + 1 :], letter + word[at:], letter + word[at + 1 :])
            misspelt = word[:at] + self._random.choice(ends)
            if len(word) > 4 and misspelt not in self._posts_with:
                return Asked(KINDS[5], (misspelt,), typo=True)

    def _phrase(self, number: int) -> Asked:
        """Two or three words in a row, neither the first nor the last a function word."""
        length = 2 + number % 2
        while True:
            row = _row(self._random.choice(self._blog).excerpt)
            start = self._random.randrange(len(row) - length)
            words = tuple(row[start : start + length])
            if _is_content(words[0]) and _is_content(words[-1]):
                return Asked(KINDS[6], words, phrase=True)

    def _with_tag(self, number: int) -> Asked:
        return Asked(KINDS[7], (next(self._common),), tag=self._tags[number % 40])

    def _in_category(self, number: int) -> Asked:
        category = self._categories[number % len(self._categories)]
        return Asked(KINDS[8], (next(self._common),), category=category)

    def _everything(self, number: int) -> Asked:
        """Browsing, in turn: further and further pages, a tag, a category, or both."""
        turn = number // 4
        tag = self._tags[number] if number % 2 else ""
        category = self._categories[number % 20] if number % 4 > 1 else ""
        page = 1 + (turn if not (tag or category) else turn % 2 if not tag else 0)
        return Asked(KINDS[9], tag=tag, category=category, page=page)

    def _of_a_post(self, count: int) -> tuple[str, ...]:
        """Words of one post, of the sort that readers remember: not its rarest ones."""
        while True:
            row = _row(self._random.choice(self._blog).excerpt)
            content = set(filter(_is_content, row))
            common = sorted(content, key=lambda w: (-self._posts_with[w], w))[:10]
            if len(common) >= count:
                return tuple(self._random.sample(common, count))


def _row(text: str) -> list[str]:
    return text.lower().rstrip(".").split()


def _words_of(post: Post) -> dict[str, None]:
    # Ordered, so that of equally common words the same ones are asked in every process.
    return dict.fromkeys(
        (*_row(post.title), *_row(post.excerpt), *post.tags, post.category.lower())
    )


def _is_content(word: str) -> bool:
    return len(word) > 3 and word not in FUNCTION_WORDS


def _commonest(values: Iterable[str]) -> list[str]:
    return [value for value, _ in Counter(values).most_common()]
