"""What is asked, what should be found, and in which half it is.

Half of the cases are for choosing numbers by, the other half for telling how good
they are: a number that was chosen on the cases it is praised for proves nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from bench.quality.data import Corpus, Data
from searchsvc.documents import Document
from searchsvc.text.analysis import Analyzer

HALVES = ("choose", "report", "all")
TYPO_KINDS = ("one word", "two words")
# Misspelt words, and good words that the blog lacks, are many: so many are asked of each
# kind and half. A share of 500 is known to some two hundredths.
ENOUGH = 500
# Shorter words have more words near them than a correction could choose from.
MIN_MISSPELT = 4
ANALYZER = Analyzer("english")


@dataclass(frozen=True)
class Case:
    """One query of the benchmark.

    Attributes:
        id: the same in every run; it decides about the half.
        grades: what should be found.
        strict: the one post that it was made from, if it was made from one.
        right: the right word for the misspelt one, if there is one.
    """

    id: str
    text: str
    kind: str
    grades: Mapping[str, float]
    strict: str = ""
    right: str = ""


def in_half(cases: Iterable[Case], half: str) -> list[Case]:
    """The cases of ``choose``, of ``report``, or ``all``."""
    return [case for case in cases if half in ("all", _half(case.id))]


def judged(data: Data, corpus: Corpus) -> list[Case]:
    """The judged queries of a corpus. With and without bodies, halves are the same."""
    return [Case(f"{corpus.source}:{q.id}", q.text, q.kind, q.grades) for q in data.queries(corpus)]


def titles(corpus: Corpus) -> list[Case]:
    """The title of each post, to be typed letter by letter until the post is shown."""
    return [
        Case(f"{corpus.source}:{d.id}", d.title, "", {d.id: 1.0}, strict=d.id)
        for d in corpus.documents
    ]


def typos(data: Data, corpus: Corpus) -> list[Case]:
    """Words of titles, one misspelt: alone, and beside the next (or last) word of the title.

    Neither the misspelling nor its stem is a word of the blog. Every post whose title
    has the words, in any of their forms, should be found.
    """
    known = _Words(corpus)
    made = [
        case
        for document in corpus.documents
        for case in _typos_of(document, known, data.misspellings)
    ]
    return [c for kind in TYPO_KINDS for c in _enough([c for c in made if c.kind == kind])]


def good_words(data: Data, corpus: Corpus) -> list[Case]:
    """Words that are right, but that no post has in any form; nothing is misspelt."""
    known = _Words(corpus)
    words = (word for word in data.misspellings if word not in known)
    return _enough([Case(f"{corpus.source}:good:{word}", word, "", {}) for word in words])


class _Words:
    """The words and stems of a corpus, and which posts have a stem in their title."""

    def __init__(self, corpus: Corpus) -> None:
        self.words: set[str] = set()
        self.titled: dict[str, set[str]] = {}
        for d in corpus.documents:
            for text in (d.title, d.excerpt, d.body, *d.tags, *d.categories):
                self.words |= {token.word for token in ANALYZER.tokens(text)}
            for token in ANALYZER.tokens(d.title):
                self.titled.setdefault(ANALYZER.stem(token.word), set()).add(d.id)
        self.stems = {ANALYZER.stem(word) for word in self.words}

    def __contains__(self, word: str) -> bool:
        return word in self.words or ANALYZER.stem(word) in self.stems

    def posts_titled(self, *words: str) -> dict[str, float]:
        """The posts whose titles have all of the words."""
        found = [self.titled[ANALYZER.stem(word)] for word in words]
        return dict.fromkeys(sorted(set.intersection(*found)), 1.0)


def _typos_of(
    document: Document, known: _Words, misspellings: Mapping[str, list[str]]
) -> Iterator[Case]:
    words = [
        token.word
        for token in ANALYZER.tokens(document.title)
        if token.is_part and token.word.isalpha() and not ANALYZER.is_function_word(token.word)
    ]
    for word in dict.fromkeys(words):
        id_ = f"{document.id}:{word}"
        choice = [wrong for wrong in misspellings.get(word, ()) if wrong not in known]
        if len(word) < MIN_MISSPELT or not choice:
            continue
        wrong = min(choice, key=lambda w: _digest(f"{id_}:{w}"))
        alone, two = TYPO_KINDS
        asked = [(id_, alone, (word,))]
        if pair := _neighbour(words, word):
            asked.append((f"{id_}:two", two, pair))
        for case_id, kind, right in asked:
            text = " ".join(wrong if w == word else w for w in right)
            grades = known.posts_titled(*right)
            yield Case(case_id, text, kind, grades, strict=document.id, right=word)


def _neighbour(words: list[str], word: str) -> tuple[str, str] | None:
    """The word with the next one of the title, or the last with the one before."""
    at = words.index(word)
    pair = words[at : at + 2] if at + 1 < len(words) else words[-2:]
    return (pair[0], pair[1]) if len(pair) == 2 and pair[0] != pair[1] else None


def _enough(cases: list[Case]) -> list[Case]:
    """A part of the cases, from all over the corpus."""
    shuffled = sorted(cases, key=lambda case: _digest(case.id))
    return [c for half in HALVES[:2] for c in in_half(shuffled, half)[:ENOUGH]]


def _half(id_: str) -> str:
    return HALVES[int(_digest(id_)[-1], 16) % 2]


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
