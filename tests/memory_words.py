"""The words of posts and what they are worth: ``docs/ranking.md``, by plain loops.

The lower half of the engine in memory. Meant to be read beside that page, as
its second statement; so nothing here is quick, and nothing is clever.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from searchsvc import explanation
from searchsvc.documents import Document, address_words
from searchsvc.explanation import Reason, literal_reason, near_reason, unit_reason
from searchsvc.queries import FACETS, FacetName
from searchsvc.ranking import (
    CORRECTED_WEIGHT,
    FUNCTION_WORD_WEIGHT,
    LENGTH_PARTS,
    LITERAL_WEIGHT,
    MAX_NEAR_POSTS,
    MIN_NEAR_PREFIX,
    NEAR_PLACES,
    NEAR_WEIGHT,
    NEXT_FACTOR,
    field_weights,
    idf,
    steady,
)
from searchsvc.resolving import Resolved
from searchsvc.text.analysis import Analyzer
from searchsvc.text.folding import fold
from searchsvc.units import Sequence as Row
from searchsvc.units import Unit

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
        [*document.categories, *document.tags, address_words(document.url)],
        [document.excerpt],
        [document.body],
    ]
    stem = analyzer.stem_in(analyzer.language_of(document.lang))
    words = [
        Word(token.word, stem(token.word), field, number, token.place, token.is_part)
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
        self.languages = sorted({analyzer.language_of(p.document.lang) for p in self.posts})
        self._average = [self._average_length(field) for field in range(4)]
        self._weights = field_weights(self._average)
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
            counts, post.lengths, self._average, self._weights, LENGTH_PARTS, strict=True
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

    def stems(self, word: str) -> tuple[str, ...]:
        """The stems of a word in each language that posts are in."""
        return self.blog.analyzer.stems(word, self.blog.languages)

    def posts_with(self, *words: str) -> int:
        """How many visible posts have this very word, or several in a row."""
        return sum(has_row(post, Row(words)) for post in self.posts)

    def count(self) -> int:
        """How many posts are visible."""
        return len(self.posts)

    def near(self, word: str, *, posts: int) -> dict[str, tuple[int, int]]:
        """Words of letters only within one edit; or two, if so many visible posts have them.

        With each its edits, and how many visible posts have it.
        """
        known = {w.word for post in self.posts for w in post.words if w.word.isalpha()}
        near = {w: (edits_between(word, w), self.posts_with(w)) for w in known}
        return {
            w: (edits, count)
            for w, (edits, count) in near.items()
            if edits <= 1 or (edits == 2 and count >= posts)
        }

    def has_form(self, word: str) -> bool:
        """Whether some visible post has a word with the stem of this one."""
        stems = self.stems(word)
        return _count(self.posts, lambda w: w.stem in stems) > 0

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
        self._ways = [ways(unit, visible) for unit in asked.units]
        factors = _factors(asked.units, self._blog.analyzer)
        self.weights = [
            factor * idf(len(visible.posts), sum(_having(post, own) for post in visible.posts))
            for factor, own in zip(factors, self._ways, strict=True)
        ]
        self._literals = [_is_word(unit.literal) for unit in asked.units]
        self._literal_weights = [
            factor * visible.idf(test) for factor, test in zip(factors, self._literals, strict=True)
        ]
        counts = [sum(_having(post, own) for post in visible.posts) for own in self._ways]
        self._pairs = [
            (first, second)
            for first, second in asked.neighbours
            if self._is_long(first) and self._is_long(second)
            if min(counts[first], counts[second]) <= MAX_NEAR_POSTS
        ]

    def has(self, post: Read) -> list[bool]:
        """For each unit, whether the post has it."""
        return [_having(post, own) for own in self._ways]

    def in_title(self, post: Read) -> list[bool]:
        """For each unit, whether the title has it."""
        return [any(w.field == TITLE for w in _standing(post, own)) for own in self._ways]

    def is_whole_title(self, post: Read) -> bool:
        """Whether the title has all units, function words aside."""
        telling = self._telling(self.in_title(post))
        return bool(telling) and all(has for _, has in telling)

    def is_literal(self, post: Read) -> bool:
        """Whether it has a word as it was typed, function words aside, or none is corrected."""
        literal = [has for unit, has in self._telling(self.has(post)) if not unit.guesses]
        return any(literal) or not literal or not any(unit.guesses for unit in self.units)

    def _telling(self, answers: list[bool]) -> list[tuple[Unit, bool]]:
        """The units that are no function words, each with its answer; all if there are no such."""
        factors = _factors(self.units, self._blog.analyzer)
        return [
            (unit, answer)
            for unit, factor, answer in zip(self.units, factors, answers, strict=True)
            if factor != FUNCTION_WORD_WEIGHT
        ]

    def reasons(self, post: Read) -> Iterator[Reason]:
        """The parts of the score that are not 0."""
        every = (*self._words(post), *self._nearness(post), *self._title_reason(post))
        return (reason for reason in every if reason.score)

    def _words(self, post: Read) -> Iterator[Reason]:
        """What the post gets for each unit, and for its literal form."""
        for unit, own, weight, literal, literal_weight in zip(
            self.units, self._ways, self.weights, self._literals, self._literal_weights, strict=True
        ):
            z = sum(way.weight * self._blog.z(post, way.words(post)) for way in own)
            fields = {w.field for w in _standing(post, own)}
            yield Reason(unit_reason(unit, sum(1 << f for f in fields)), weight * _saturated(z))
            z = self._blog.z(post, post.having(literal))
            scored = LITERAL_WEIGHT * literal_weight * _saturated(z)
            yield Reason(literal_reason(unit), scored)

    def _nearness(self, post: Read) -> Iterator[Reason]:
        for first, second in self._pairs:
            following, near = _near(post, self._ways[first], self._ways[second])
            z = self._blog.z(post, near) + NEXT_FACTOR * self._blog.z(post, following)
            weight = (self.weights[first] + self.weights[second]) / 2
            worth = weight * NEAR_WEIGHT * 4 * z / (z + 3)
            yield Reason(near_reason(self.units[first], self.units[second]), worth)

    def _title_reason(self, post: Read) -> Iterator[Reason]:
        yield Reason(explanation.TITLE_COVERED, self._title(post))

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


class Way(NamedTuple):
    """One of the ways in which a post can have a unit.

    Attributes:
        words: the words of a post that are, or begin, what is asked for.
        weight: how much an occurrence counts.
    """

    words: Callable[[Read], list[Word]]
    weight: float


def ways(unit: Unit, visible: Visible) -> list[Way]:
    """All ways to have a unit; an occurrence that is of two of the first kind counts once."""
    stems = {stem for form in unit.forms for stem in visible.stems(form)}

    def is_asked(word: Word) -> bool:
        begins = unit.beginning != "" and word.word.startswith(unit.beginning)
        return word.stem in stems or begins

    own = [Way(lambda post: post.having(is_asked), 1.0)]
    own += [_in_a_row(row, 1.0) for row in unit.rows]
    for guess in unit.guesses:
        if len(guess.words) > 1:
            own.append(_in_a_row(guess.words, guess.weight))
        else:
            own.append(_by_stem(set(visible.stems(guess.words[0])), guess.weight))
    return own


def is_unit(unit: Unit, visible: Visible) -> Test:
    """Whether a word is what a plain unit asks for."""
    stems = {stem for form in unit.forms for stem in visible.stems(form)}
    return lambda word: word.stem in stems


def _in_a_row(row: tuple[str, ...], weight: float) -> Way:
    return Way(lambda post: _row_starts(post, row), weight)


def _by_stem(stems: set[str], weight: float) -> Way:
    return Way(lambda post: post.having(lambda w: w.stem in stems), weight)


def _standing(post: Read, own: Iterable[Way]) -> list[Word]:
    return [word for way in own for word in way.words(post)]


def _having(post: Read, own: Iterable[Way]) -> bool:
    return bool(_standing(post, own))


def has_word(post: Read, word: str, analyzer: Analyzer) -> bool:
    """Whether the post has a word with the stem of this one, in its language."""
    stem = analyzer.stem_in(analyzer.language_of(post.document.lang))(word)
    return any(w.stem == stem for w in post.words)


@cache
def edits_between(a: str, b: str) -> int:
    """Letters added, left out, changed, or neighbours that have changed places."""
    if not a or not b:
        return len(a) + len(b)
    ways = [
        edits_between(a[1:], b) + 1,
        edits_between(a, b[1:]) + 1,
        edits_between(a[1:], b[1:]) + (a[0] != b[0]),
    ]
    if a[:2] == b[1::-1] and len(a) > 1:
        ways.append(edits_between(a[2:], b[2:]) + 1)
    return min(ways)


def has_row(post: Read, row: Row) -> bool:
    """Whether the words stand one after the other in the post, or one of the wholes stands."""
    return any(w.word in row.wholes for w in post.words) or bool(_row_starts(post, row.words))


def _row_starts(post: Read, row: tuple[str, ...]) -> list[Word]:
    """Where words stand one after the other: the first of them, each time."""
    standing = {(w.field, w.text, w.place, w.word) for w in post.words}
    return [
        w
        for w in post.words
        if w.word == row[0]
        and all((w.field, w.text, w.place + n, word) in standing for n, word in enumerate(row))
    ]


def _near(post: Read, first: Sequence[Way], second: Sequence[Way]) -> tuple[list[Word], list[Word]]:
    """Places of the first: those the second follows at once, and those that have it near.

    Each place is given once, by one of its words.
    """
    places = {(w.field, w.text, w.place): w for w in _standing(post, first)}
    others = {(w.field, w.text, w.place) for w in _standing(post, second)}
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
    functional = [analyzer.is_function_word(u.literal) and not u.beginning for u in units]
    usual = [CORRECTED_WEIGHT if unit.guesses else 1.0 for unit in units]
    if all(functional):
        return usual
    return [FUNCTION_WORD_WEIGHT if f else u for f, u in zip(functional, usual, strict=True)]


def _saturated(z: float) -> float:
    return 2.6 * z / (z + 1.6)


def _count(posts: Iterable[Read], test: Test) -> int:
    return sum(any(map(test, post.words)) for post in posts)


def _is_word(word: str) -> Test:
    return lambda w: w.word == word
