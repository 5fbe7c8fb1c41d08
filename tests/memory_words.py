"""The words of posts and what they are worth: ``docs/ranking.md``, by plain loops.

The lower half of the engine in memory. Meant to be read beside that page, as
its second statement; so nothing here is quick, and nothing is clever.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from searchsvc.documents import Document
from searchsvc.queries import FACETS, FacetName
from searchsvc.ranking import (
    FUNCTION_WORD_WEIGHT,
    LENGTH_PARTS,
    LITERAL_WEIGHT,
    MIN_NEAR_PREFIX,
    NEAR_PLACES,
    NEAR_WEIGHT,
    NEXT_WEIGHT,
    WEIGHTS,
    idf,
    steady,
)
from searchsvc.text.analysis import Analyzer
from searchsvc.text.folding import fold
from searchsvc.units import Resolved, Unit
from searchsvc.units import Sequence as Row

TITLE, TAGS, EXCERPT, BODY = range(4)


class Word(NamedTuple):
    """A word at its place. ``text`` tells the values of the field ``tags`` apart."""

    word: str
    stem: str
    field: int
    text: int
    place: int
    is_part: bool


Test = Callable[[Word], bool]


@dataclass(frozen=True)
class Read:
    """A document, its words, and how many parts each field has."""

    document: Document
    words: tuple[Word, ...]
    lengths: tuple[int, ...]

    def having(self, test: Test) -> list[Word]:
        """The words that pass a test."""
        return [word for word in self.words if test(word)]


def read(document: Document, analyzer: Analyzer) -> Read:
    """Cut a document into its words."""
    fields = [
        [document.title],
        [*document.categories, *document.tags],
        [document.excerpt],
        [document.body],
    ]
    words = [
        Word(token.word, analyzer.stem(token.word), field, number, token.place, token.is_part)
        for field, texts in enumerate(fields)
        for number, text in enumerate(texts)
        for token in analyzer.tokens(text)
    ]
    lengths = [sum(w.is_part for w in words if w.field == field) for field in range(4)]
    return Read(document, tuple(words), tuple(lengths))


def values(name: FacetName, document: Document) -> tuple[str, ...]:
    """What a document has of a facet."""
    if name == "year":
        return (str(document.date.year),) if document.date else ()
    return document.tags if name == "tag" else document.categories


class Blog:
    """All posts of an index, visible or not, and what is told of them together."""

    def __init__(self, documents: Iterable[Document], analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.posts = [read(document, analyzer) for document in documents]
        self._average = [self._average_length(field) for field in range(4)]
        self._having = Counter(stem for p in self.posts for stem in {w.stem for w in p.words})
        self._spellings: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for post in self.posts:
            for name in FACETS:
                for value in values(name, post.document):
                    self._spellings[name, fold(value)][value] += 1

    def z(self, post: Read, words: Iterable[Word]) -> float:
        """How much a post is about something that stands at these words of it."""
        counts = [0, 0, 0, 0]
        for word in words:
            counts[word.field] += 1
        total = 0.0
        for tf, length, average, w, b in zip(
            counts, post.lengths, self._average, WEIGHTS, LENGTH_PARTS, strict=True
        ):
            total += w * tf / (1 - b + b * length / average)
        return total

    def title_idf(self, post: Read) -> float:
        """T: what the distinct stems of the title's parts tell together, among all posts."""
        stems = {w.stem for w in post.words if w.field == TITLE and w.is_part}
        return sum(idf(len(self.posts), self._having[stem]) for stem in stems)

    def spelling(self, name: FacetName, value: str) -> str:
        """A value in the spelling that most posts have; as it is given when none has it."""
        known = self._spellings.get((name, fold(value)), Counter({value: 1}))
        return min(known, key=lambda own: (-known[own], own))

    def _average_length(self, field: int) -> float:
        filled = [n for post in self.posts if (n := post.lengths[field])]
        return steady(sum(filled) / len(filled) if filled else 0.0)


class Visible:
    """The posts of a blog that are visible at an instant. A ``Lexicon``."""

    def __init__(self, blog: Blog, at: datetime) -> None:
        self.blog = blog
        self.posts = [post for post in blog.posts if _is_visible(post.document, at)]

    def has_stem(self, stem: str) -> bool:
        """Whether some visible post has a word with this stem."""
        return _count(self.posts, _is_stem(stem)) > 0

    def has_beginning(self, beginning: str) -> bool:
        """Whether some visible post has a word that begins so."""
        return _count(self.posts, lambda w: w.word.startswith(beginning)) > 0

    def idf(self, test: Test) -> float:
        """What it tells that a post has a word that passes the test."""
        return idf(len(self.posts), _count(self.posts, test))


def _is_visible(document: Document, at: datetime) -> bool:
    begun = document.visible_from is None or document.visible_from <= at
    ended = document.visible_until is not None and document.visible_until <= at
    return begun and not ended


class Scorer:
    """What each unit of a query weighs, and the score of a post."""

    def __init__(self, asked: Resolved, visible: Visible) -> None:
        self._visible = visible
        self._blog = visible.blog
        self.units = asked.units
        self.tests = [is_unit(unit, self._blog.analyzer) for unit in asked.units]
        factors = _factors(asked.units, self._blog.analyzer)
        self.weights = [
            factor * visible.idf(test) for factor, test in zip(factors, self.tests, strict=True)
        ]
        self._literals = [_is_word(unit.forms[0]) for unit in asked.units]
        self._literal_weights = [
            factor * visible.idf(test) for factor, test in zip(factors, self._literals, strict=True)
        ]
        self._pairs = [pair for pair in asked.neighbours if all(map(self._is_long, pair))]
        self._pair_idfs = [self._pair_idf(pair) for pair in self._pairs]

    def has(self, post: Read) -> list[bool]:
        """For each unit, whether the post has it."""
        return [bool(post.having(test)) for test in self.tests]

    def in_title(self, post: Read) -> list[bool]:
        """For each unit, whether the title has it."""
        return [any(w.field == TITLE for w in post.having(test)) for test in self.tests]

    def score(self, post: Read) -> float:
        """The sum of the four parts of the score."""
        words = _saturated_sum(self._blog, post, self.tests, self.weights)
        literal = _saturated_sum(self._blog, post, self._literals, self._literal_weights)
        return words + LITERAL_WEIGHT * literal + self._nearness(post) + self._title(post)

    def _nearness(self, post: Read) -> float:
        total = 0.0
        for (first, second), pair_idf in zip(self._pairs, self._pair_idfs, strict=True):
            following, near = _near(post, self.tests[first], self.tests[second])
            z_next, z_near = self._blog.z(post, following), self._blog.z(post, near)
            total += pair_idf * (NEXT_WEIGHT * _steep(z_next) + NEAR_WEIGHT * _steep(z_near))
        return total

    def _title(self, post: Read) -> float:
        own = sum(
            weight
            for weight, is_there in zip(self.weights, self.in_title(post), strict=True)
            if is_there
        )
        return own * min(1.0, own / self._blog.title_idf(post)) if own else 0.0

    def _is_long(self, unit: int) -> bool:
        beginning = self.units[unit].beginning
        return not beginning or len(beginning) >= MIN_NEAR_PREFIX

    def _pair_idf(self, pair: tuple[int, int]) -> float:
        tests = [self.tests[unit] for unit in pair]
        having = [post for post in self._visible.posts if _near(post, *tests)[1]]
        return idf(len(self._visible.posts), len(having))


def is_unit(unit: Unit, analyzer: Analyzer) -> Test:
    """Whether a word is what the unit asks for."""
    stems = {analyzer.stem(form) for form in unit.forms}
    return lambda w: w.stem in stems or (unit.beginning != "" and w.word.startswith(unit.beginning))


def has_row(post: Read, row: Row) -> bool:
    """Whether the words stand one after the other in the post, or one of the wholes stands."""
    if any(w.word in row.wholes for w in post.words):
        return True
    standing = {(w.field, w.text, w.place, w.word) for w in post.words}
    return any(
        all((w.field, w.text, w.place + n, word) in standing for n, word in enumerate(row.words))
        for w in post.words
    )


def _near(post: Read, first: Test, second: Test) -> tuple[list[Word], list[Word]]:
    """Places of the first: those the second follows at once, and those that have it near.

    Each place is given once, by one of its words.
    """
    places = {(w.field, w.text, w.place): w for w in post.having(first)}
    others = {(w.field, w.text, w.place) for w in post.having(second)}
    following = [word for (f, t, p), word in places.items() if (f, t, p + 1) in others]
    steps = [step for step in range(-NEAR_PLACES, NEAR_PLACES + 1) if step != 0]
    near = [
        word
        for (f, t, p), word in places.items()
        if any((f, t, p + step) in others for step in steps)
    ]
    return following, near


def _factors(units: Sequence[Unit], analyzer: Analyzer) -> list[float]:
    """g: function words weigh next to nothing beside others; a beginning is never one."""
    functional = [analyzer.is_function_word(u.forms[0]) and not u.beginning for u in units]
    if all(functional):
        return [1.0 for _ in units]
    return [FUNCTION_WORD_WEIGHT if is_functional else 1.0 for is_functional in functional]


def _saturated_sum(
    blog: Blog, post: Read, tests: Sequence[Test], weights: Sequence[float]
) -> float:
    total = 0.0
    for test, weight in zip(tests, weights, strict=True):
        z = blog.z(post, post.having(test))
        total += weight * 2.6 * z / (z + 1.6)
    return total


def _steep(z: float) -> float:
    return 4 * z / (z + 3)


def _count(posts: Iterable[Read], test: Test) -> int:
    return sum(any(map(test, post.words)) for post in posts)


def _is_stem(stem: str) -> Test:
    return lambda w: w.stem == stem


def _is_word(word: str) -> Test:
    return lambda w: w.word == word
