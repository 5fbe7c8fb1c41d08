"""A made-up blog and made-up queries, of any size, the same each time.

Words are invented from syllables and drawn as words are in real texts: the n-th
commonest about n times as rarely as the commonest (Zipf). Posts of one category
share some words, so that words occur together as they do in a blog.
"""

import bisect
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from searchsvc.documents import Document

SEED = 20_261_124
_FUNCTION_WORDS = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from"
)
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
VOCABULARY = 30_000


@dataclass(frozen=True)
class Asked:
    """One query of the benchmark; ``kind`` groups the figures."""

    kind: str
    text: str
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class _Zipf:
    """Draws from a sequence, the earlier items the more often."""

    def __init__(self, items: Sequence[str], exponent: float = 1.0) -> None:
        self._items = items
        weights = (1 / (n + 2) ** exponent for n in range(len(items)))
        self._sums = list(itertools.accumulate(weights))

    def draw(self, random_: random.Random) -> str:
        at = bisect.bisect_left(self._sums, random_.random() * self._sums[-1])
        return self._items[at]


def words() -> list[str]:
    """The vocabulary, commonest first."""
    random_ = random.Random(SEED)
    invented: dict[str, None] = dict.fromkeys(_FUNCTION_WORDS.split())
    while len(invented) < VOCABULARY:
        invented["".join(random_.choices(_SYLLABLES, k=random_.choice((2, 2, 3, 3, 3, 4))))] = None
    return list(invented)


def posts(count: int) -> Iterator[Document]:
    """Posts with title, excerpt, three to five tags and one of twenty categories."""
    random_ = random.Random(SEED + 1)
    vocabulary = words()
    every = _Zipf(vocabulary)
    tags = _Zipf(vocabulary[100:4_100:8])
    categories = _Zipf([word.capitalize() for word in vocabulary[5_000:5_020]], 0.8)
    topics = {c: _Zipf(random_.sample(vocabulary[30:3_000], 60), 0.8) for c in categories._items}
    for number in range(count):
        category = categories.draw(random_)

        def text(length: int, topic: _Zipf = topics[category]) -> str:
            drawn = (topic if random_.random() < 0.15 else every for _ in range(length))
            return " ".join(source.draw(random_) for source in drawn)

        yield Document(
            id=f"posts/{number:06}.md",
            url=f"/posts/{number:06}/",
            title=text(random_.randint(4, 9)).capitalize(),
            excerpt=text(random_.randint(25, 40)).capitalize() + ".",
            tags=tuple(tags.draw(random_) for _ in range(random_.randint(3, 5))),
            categories=(category,),
            date=date(2012, 1, 1) + timedelta(days=random_.randrange(5_000)),
        )


def queries(blog: Sequence[Document], of_each: int) -> list[Asked]:
    """Queries of several kinds, from words that posts have."""
    random_ = random.Random(SEED + 2)
    asked = []
    for _ in range(of_each):
        post = random_.choice(blog)
        content = [w for w in post.excerpt.lower().rstrip(".").split() if len(w) > 3]
        one, two, three = random_.sample(content, 3)
        row = post.excerpt.rstrip(".").lower().split()
        start = random_.randrange(len(row) - 1)
        asked += [
            Asked("one word", one),
            Asked("two words", f"{one} {two}"),
            Asked("three words", f"{one} {two} {three}"),
            Asked("phrase", f'"{row[start]} {row[start + 1]}"'),
            Asked("with a tag", one, tags=(random_.choice(post.tags),)),
            Asked("in a category", one, categories=post.categories),
        ]
    return asked
