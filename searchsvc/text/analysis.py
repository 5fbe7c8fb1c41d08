"""Analysis: what a word is, decided once for posts and for queries, for every engine.

A text is cut into *chunks*, what a reader takes for one word: ``concurrency``,
``don't``, ``node.js``, ``event-driven``, ``c#``. A chunk gives *tokens*:

- its **parts**, each at a place of its own: ``event``, ``driven``. Phrases and
  nearness count places, so a phrase finds ``node.js`` by ``"node js"`` too;
- its **wholes**, at the place of the first part: ``event-driven`` and
  ``eventdriven``, so that a joined word and a hyphenated one find each other;
- the **extras** of a part, at its place: ``GoLang`` is ``golang``, and also
  ``go`` and ``lang``; ``http2`` is also ``http``.

All tokens are folded (case, accents). Nothing is dropped for being frequent: a
stop word is a word. Chinese, Japanese and Korean, which do not put spaces where
words end, give overlapping pairs of signs.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from searchsvc.text.folding import fold_word
from searchsvc.text.function_words import function_words
from searchsvc.text.stemming import NO_STEMMING, language_named, stemmer_for

# Raised whenever a text may give other tokens than before: indexes are then rebuilt.
ANALYSIS_VERSION = 2
# Longer words are cut here, in posts and queries alike, so they still find each other.
MAX_WORD_CHARS = 64
# A longer chain, such as a path, is known by its parts, and by its beginning of so many.
MAX_PARTS_OF_A_WHOLE = 4

_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
# `\w` leaves out the combining marks that letters of many scripts need.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0981-\u0983\u09bc\u09be-\u09cd"
    "\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc\u0abe-\u0acd\u0b01-\u0b03\u0b3c\u0b3e-\u0b4d\u0b82"
    "\u0bbe-\u0bcd\u0c00-\u0c04\u0c3c\u0c3e-\u0c4d\u0c81-\u0c83\u0cbc\u0cbe-\u0ccd\u0d00-\u0d03\u0d3b-\u0d3c\u0d3e-\u0d4d"
    "\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u1ab0-\u1aff\u1dc0-\u1dff"
)
_EMOJI = "\u231a-\u23ff\u2600-\u27bf\u2b05-\u2b55\U0001f300-\U0001faff"
# Two letters of this kind are a flag.
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_LETTER = f"[^\\W_{_CJK}]"
# Possessive, so that no text makes it go back and try again: one word took seconds so.
_WORD = f"(?:{_LETTER}[{_MARKS}]*+)++"
# c# and f#, but not the "Part#" of a heading; c++, g++ and notepad++; don't and O’Reilly.
# What follows is not looked at: half a title, as it is typed, must be cut as the whole is.
_PART = rf"(?:[^\W\d_{_CJK}]#|{_WORD}(?:['’]{_WORD})*+(?:\+\+)?+)"
_JOINT = r"(?:[-‐‑_]++|[./&@]|::)"
_CHUNK = re.compile(
    rf"(?P<cjk>[{_CJK}]+)|(?P<emoji>[{_EMOJI}]|{_FLAG})"
    rf"|(?P<chain>(?:(?<![\w.])\.(?=[^\W\d_]))?{_PART}(?:{_JOINT}{_PART})*+)"
)
_PARTS = re.compile(_PART)
_POSSESSIVE = re.compile("['’]s$", re.IGNORECASE)
# Parts have none of these signs, nor have soft joints such as the hyphen.
_HARD_JOINT = re.compile("[./&@:]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS_THEN_DIGITS = re.compile(r"([^\W\d_]{2,})\d+")


class Token(NamedTuple):
    """One word at one place of a text.

    Attributes:
        word: folded.
        place: 0 for the first part of the text; parts count up by one.
        start, end: the stretch of the text, in code points, end exclusive.
        is_part: False for wholes and extras, which share a part's place.
    """

    word: str
    place: int
    start: int
    end: int
    is_part: bool


class Part(NamedTuple):
    """A stretch of a chunk that is a word of its own."""

    word: str
    start: int
    end: int
    extras: tuple[str, ...]


class Chunk(NamedTuple):
    """What a reader takes for one word.

    Attributes:
        text: as written.
        start: where it begins in the text, in code points.
        parts: at least one; their stretches count from the chunk's beginning.
        wholes: other forms of the whole chunk; empty for a plain word.
        is_name: the parts alone would mean something else (``node.js``,
            ``http/2``), unlike those of ``event-driven``.
    """

    text: str
    start: int
    parts: tuple[Part, ...]
    wholes: tuple[str, ...]
    is_name: bool


class Analyzer:
    """Cuts texts into tokens and knows stems, for the language of a blog.

    Single posts may be in other languages. The stems of those carry the language's
    name, so that they never meet those of another: German ``die`` is not ``die``.

    Safe to share between threads.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.stem = lru_cache(maxsize=100_000)(stemmer_for(language))
        self._function_words = function_words(language)
        self._stems_in = {language: self.stem}

    def language_of(self, tag: str | None) -> str:
        """The language whose stems a post has that says it is in ``de``, ``en-GB`` or nothing."""
        if self.language == NO_STEMMING:
            return NO_STEMMING
        return language_named(tag or "") or self.language

    def stem_in(self, language: str) -> Callable[[str], str]:
        """The function from a folded word to its stem in posts of a language."""
        if language not in self._stems_in:
            own = stemmer_for(language)
            self._stems_in[language] = lru_cache(maxsize=100_000)(
                lambda word: f"{own(word)}\t{language}"
            )
        return self._stems_in[language]

    def language_of_stem(self, stem: str) -> str:
        """The language whose posts have a stem."""
        return stem.partition("\t")[2] or self.language

    def stems(self, word: str, languages: Sequence[str]) -> tuple[str, ...]:
        """The stems of a folded word in posts of each of some languages."""
        if len(languages) == 1:
            return (self.stem_in(languages[0])(word),)
        return tuple([self.stem_in(language)(word) for language in languages])

    def tokens(self, text: str) -> list[Token]:
        """All tokens of a text, by place; a part comes before its extras and wholes."""
        tokens: list[Token] = []
        place = 0
        for found in _CHUNK.finditer(text):
            first, last = found.span()
            cut = _cut(found[0], found.lastgroup == "chain")
            for number, (word, start, end, extras) in enumerate(cut.parts):
                start, end = first + start, first + end
                tokens.append(Token(word, place, start, end, True))
                for extra in extras:
                    tokens.append(Token(extra, place, start, end, False))
                if number == 0:
                    for whole in cut.wholes:
                        tokens.append(Token(whole, place, first, last, False))
                place += 1
        return tokens

    def is_function_word(self, word: str) -> bool:
        """Whether a folded word says next to nothing by itself (``the``, ``of``)."""
        return word in self._function_words


def without_possessive(word: str) -> str:
    """A word as it is written, without the ``'s`` that says whose something is."""
    return _POSSESSIVE.sub("", word)


def chunks(text: str) -> Iterator[Chunk]:
    """Cut a text into what a reader takes for words, in order."""
    if text.isascii() and text.isalnum():
        # By far the most usual text of a query is a plain word.
        yield Chunk(text, 0, *_cut(text, True))
        return
    for found in _CHUNK.finditer(text):
        cut = _cut(found[0], found.lastgroup == "chain")
        if cut.parts:
            yield Chunk(found[0], found.start(), cut.parts, cut.wholes, cut.is_name)


def pieces(text: str) -> list[str]:
    """What stands between chunks, and the chunks, by turns; joined, they are the text again.

    The quick way for whoever cuts many texts: a chunk by itself gives the tokens
    that it gives in a text, so each distinct one need be cut only once.
    """
    return _around().split(text)


@cache
def _around() -> re.Pattern[str]:
    """A chunk in one group, so that splitting by it gives the chunks too.

    Not made before somebody indexes: it takes 10 ms to compile.
    """
    return re.compile(f"({re.sub('P<[a-z]+>', ':', _CHUNK.pattern)})")


class _Cut(NamedTuple):
    """A chunk without its place in a text, so that it need be made once for each spelling."""

    parts: tuple[Part, ...]
    wholes: tuple[str, ...]
    is_name: bool


def _cut(text: str, is_chain: bool) -> _Cut:
    # The same words come again and again; a freak of a megabyte should not be kept.
    return _cut_once(text, is_chain) if len(text) <= 200 else _cut_anew(text, is_chain)


def _cut_anew(text: str, is_chain: bool) -> _Cut:
    return _cut_chain(text) if is_chain else _cut_signs(text)


_cut_once = lru_cache(maxsize=200_000)(_cut_anew)


def _cut_signs(signs: str) -> _Cut:
    """Pairs of signs, for a script without spaces; a lone sign, an emoji or a flag is a word."""
    pairs = [(i, i + 2) for i in range(len(signs) - 1)] or [(0, 1)]
    return _Cut(tuple(Part(_folded(signs[a:b])[0], a, b, ()) for a, b in pairs), (), False)


def _cut_chain(text: str) -> _Cut:
    if text.isascii() and text.isalpha() and text.islower():
        # Most words are such: the same as below, several times as quick.
        return _Cut((Part(text[:MAX_WORD_CHARS], 0, len(text), ()),), (), False)
    dotted = text.startswith(".")
    parts = tuple(
        Part(word, *found.span(), extras)
        for found in _PARTS.finditer(text)
        for word, extras in [_folded(found[0])]
        if word
    )
    if len(parts) == 1 and not dotted:
        return _Cut(parts, (), False)
    if len(parts) > MAX_PARTS_OF_A_WHOLE:
        return _Cut((_with_beginning(text, parts), *parts[1:]), (), False)
    wholes = _wholes(text, parts)
    return _Cut(parts, wholes, bool(wholes) and _HARD_JOINT.search(text) is not None)


def _with_beginning(text: str, parts: tuple[Part, ...]) -> Part:
    """The first part of a long chain, such as a path: whoever types it finds it at every letter."""
    first = parts[:MAX_PARTS_OF_A_WHOLE]
    extras = (*first[0].extras, *_wholes(text[: first[-1].end], first))
    return first[0]._replace(extras=extras)


def _wholes(text: str, parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The chunk as written, and joined: ``wi-fi`` and ``wifi``; but ``3.11`` is never ``311``."""
    written = fold_word(text).replace("‐", "-").replace("‑", "-").replace("’", "'")
    forms = [written[:MAX_WORD_CHARS]]
    if len(parts) > 1 and not parts[0].word[0].isdigit():
        forms.append("".join(part.word for part in parts)[:MAX_WORD_CHARS])
    return tuple(dict.fromkeys(forms))


def _folded(part: str) -> tuple[str, tuple[str, ...]]:
    """A part's word and its extras."""
    word = re.sub(r"['’\s]", "", fold_word(without_possessive(part)))[:MAX_WORD_CHARS]
    pieces = [fold_word(piece) for piece in _CAMEL.split(part)]
    extras = pieces if len(pieces) > 1 and all(len(p) > 1 for p in pieces) else []
    if digits := _LETTERS_THEN_DIGITS.fullmatch(word):
        extras = [*extras, digits[1]]
    return word, tuple(dict.fromkeys(e for e in extras if e != word))
