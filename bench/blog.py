"""A made-up blog of any size, the same each time.

Words are invented from syllables and drawn as words are in real texts: the n-th
commonest about n times as rarely as the commonest (Zipf). Posts of one category
share words, pairs of words and tags, so that things occur together as in a blog.
"""

import bisect
import itertools
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

SEED = 20_261_124
VOCABULARY = 40_000
FUNCTION_WORDS = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from"
).split()
# What comes up often stands there often.
_ONSETS = (
    "b b c c d d f g h j k l l m m n n p p r r s s t t v w y z br ch cl fl gr pr sh st th tr"
).split()
_NUCLEI = "a a a e e e e i i i o o o u u y ai ea ee ie oa ou".split()
_CODAS = "b ck d g l l m n n n nd ng nt p r r r rt s s s st t t x".split()

T = TypeVar("T")


class Post(NamedTuple):
    """One post. ``date`` is an ISO date; ``tags`` are distinct."""

    id: str
    title: str
    excerpt: str
    category: str
    tags: tuple[str, ...]
    date: str

    @property
    def url(self) -> str:
        return f"/{self.id}/"


class Zipf(Sequence[T]):
    """A sequence to draw from, its earlier items the more often."""

    def __init__(self, items: Iterable[T], *, exponent: float = 1.0) -> None:
        self._items = tuple(items)
        weights = (1 / (n + 2) ** exponent for n in range(len(self._items)))
        self._sums = list(itertools.accumulate(weights))

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, number):  # type: ignore[no-untyped-def]
        return self._items[number]

    def draw(self, random_: random.Random) -> T:
        """One item."""
        return self._items[bisect.bisect_left(self._sums, random_.random() * self._sums[-1])]


@cache
def words() -> tuple[str, ...]:
    """The vocabulary, commonest first; the commonest are the function words."""
    random_ = random.Random(SEED)
    invented = dict.fromkeys(FUNCTION_WORDS)
    while len(invented) < VOCABULARY:
        syllables = random_.choices((1, 2, 3, 4), (2, 8, 4, 1))[0]
        word = "".join(_syllable(random_) for _ in range(syllables))
        if 3 <= len(word) <= 13:
            invented[word] = None
    return tuple(invented)


def _syllable(random_: random.Random) -> str:
    coda = random_.choice(_CODAS) if random_.random() < 0.35 else ""
    return random_.choice(_ONSETS) + random_.choice(_NUCLEI) + coda


class _Topic:
    """What the posts of one category write about."""

    def __init__(self, random_: random.Random, content: Sequence[str], tags: Sequence[str]) -> None:
        self.words = Zipf(random_.sample(content[:3_000], 60), exponent=0.8)
        self.pairs = [random_.sample(self.words, 2) for _ in range(30)]
        self.tags = random_.sample(tags, 25)


def posts(count: int) -> Iterator[Post]:
    """Posts of 500 tags and twenty categories; fewer posts are the first of more."""
    random_ = random.Random(SEED + 1)
    every = Zipf(words())
    content = every[len(FUNCTION_WORDS) :]
    tags = Zipf(content[20:4_020:8])
    categories = Zipf((word.capitalize() for word in content[5_000:5_020]), exponent=0.8)
    topics = {category: _Topic(random_, content, tags) for category in categories}
    for number in range(count):
        category = categories.draw(random_)
        topic = topics[category]
        yield Post(
            id=f"post-{number:06}",
            title=_text(random_, random_.randint(4, 9), every, topic),
            excerpt=_text(random_, random_.randint(25, 40), every, topic) + ".",
            category=category,
            tags=_tags(random_, random_.randint(3, 5), tags, topic),
            date=(date(2012, 1, 1) + timedelta(days=random_.randrange(5_000))).isoformat(),
        )


def _text(random_: random.Random, length: int, every: Zipf[str], topic: _Topic) -> str:
    drawn: list[str] = []
    while len(drawn) < length:
        chance = random_.random()
        if chance < 0.03:
            drawn += random_.choice(topic.pairs)
        else:
            drawn.append((topic.words if chance < 0.13 else every).draw(random_))
    return " ".join(drawn[:length]).capitalize()


def _tags(random_: random.Random, count: int, tags: Zipf[str], topic: _Topic) -> tuple[str, ...]:
    chosen: dict[str, None] = {}
    while len(chosen) < count:
        is_topical = random_.random() < 0.4
        chosen[random_.choice(topic.tags) if is_topical else tags.draw(random_)] = None
    return tuple(chosen)


def write(path: Path, blog: Iterable[Post]) -> None:
    """Write posts as JSON Lines, which ``searchsvc reindex`` reads too."""
    with path.open("w", encoding="utf-8") as file:
        for post in blog:
            values = post._asdict()
            values["categories"] = [values.pop("category")]
            file.write(json.dumps({"url": post.url, **values}) + "\n")


def read(path: Path) -> Iterator[Post]:
    """The posts that ``write`` has written."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            values = json.loads(line)
            del values["url"]
            (values["category"],) = values.pop("categories")
            yield Post(**{**values, "tags": tuple(values["tags"])})
