"""Matching: which documents have a unit, a phrase, a tag; asked for one query.

What a query has looked up once is kept until it is answered.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from searchsvc.corrections import Guess
from searchsvc.engines.local.columns import rising
from searchsvc.engines.local.inverting import PREPARED_LETTERS
from searchsvc.engines.local.nearness import (
    Docs,
    Places,
    contained,
    documents_of,
    fields_of,
    starts,
)
from searchsvc.engines.local.segment import Postings
from searchsvc.engines.local.snapshot import View, concatenated
from searchsvc.text.analysis import Analyzer
from searchsvc.text.stemming import NO_STEMMING, languages
from searchsvc.units import Sequence, Unit

_NO_DOCS: Docs = np.empty(0, np.intp)
_NO_PLACES: Places = np.empty(0, np.int64)


class Matcher:
    """The words of a view, looked up for one query. A ``Lexicon``."""

    def __init__(self, view: View, analyzer: Analyzer) -> None:
        self.view = view
        self._analyzer = analyzer
        self._languages = view.snapshot.languages
        self._segments = view.snapshot.placed_segments
        # Each answer asks for the same few words again and again.
        self._stems_of_words: dict[str, tuple[str, ...]] = {}
        self._forms: dict[str, list[Postings]] = {}
        self._stems: dict[str, Postings | None] = {}
        self._beginnings: dict[str, Postings | None] = {}
        self._words: dict[str, Postings | None] = {}
        self._rows: dict[tuple[str, ...], tuple[Places, Docs]] = {}

    def stems(self, word: str) -> tuple[str, ...]:
        """The stems of a word in each language that documents are in."""
        stems = self._stems_of_words.get(word)
        if stems is None:
            stems = self._analyzer.stems(word, self._languages)
            self._stems_of_words[word] = stems
        return stems

    def has_form(self, word: str) -> bool:
        """Whether some visible document has a word with the stem of this one."""
        return bool(self._of_form(word))

    def has_beginning(self, beginning: str) -> bool:
        """Whether some visible document has a word that begins so."""
        return self._of_beginning(beginning) is not None

    def posts_with(self, *words: str) -> int:
        """How many visible documents have this very word, or several in a row."""
        if len(words) == 1:
            found = self.word(words[0])
            return found.count if found else 0
        return len(rising(self._in_a_row(words)[1]))

    def count(self) -> int:
        """How many documents are visible."""
        return self.view.posts

    def near(self, word: str, *, posts: int) -> Mapping[str, tuple[int, int]]:
        """Words within one edit; or two, if so many visible documents have them.

        With each its edits, and how many visible documents have it.
        """
        segments = self.view.snapshot.segments
        # One of the segments has at least its share of the documents.
        share = -(-posts // len(segments))
        edits: dict[str, int] = {}
        for segment in segments:
            edits.update(segment.words_near(word, posts=share))
        near = {other: (few, self.posts_with(other)) for other, few in edits.items()}
        return {w: (few, n) for w, (few, n) in near.items() if n >= (posts if few > 1 else 1)}

    def unit(self, unit: Unit) -> Postings:
        """The documents that have a known unit, each once, in rising order."""
        if unit.beginning:
            found = self._with_beginning(unit)
        elif len(unit.forms) == 1:
            found = self._of_form(unit.forms[0])
        else:
            found = [p for stem in self._stems_of(unit) if (p := self._of_stem(stem))]
        if not unit.rows and not unit.guesses:
            # Of what begins so, a document may come several times.
            is_single = len(found) == 1 and len(unit.beginning) <= PREPARED_LETTERS
            return found[0] if is_single else _summed(found)
        found = list(found)
        found += [p for row in unit.rows if (p := self._row(row))]
        found += [p for guess in unit.guesses if (p := self._guessed(guess))]
        return _summed(found)

    def word(self, word: str) -> Postings | None:
        """The documents that have this very word."""
        if word not in self._words:
            self._words[word] = self.view.word(word)
        return self._words[word]

    def literal(self, unit: Unit, postings: Postings) -> Postings | None:
        """The documents that have the very word of a unit, which ``postings`` are those of."""
        if len(unit.forms) == 1 and not unit.beginning and not unit.rows:
            stems = self.stems(unit.literal)
            if len(stems) == 1 and self._is_only_word(unit.literal, stems[0]):
                return postings
        return self.word(unit.literal) if unit.forms else None

    def _is_only_word(self, word: str, stem: str) -> bool:
        """Whether no other word has this stem, so that the postings of both are the same."""
        if stem == word and self._analyzer.language == NO_STEMMING:
            return True
        return all(s.is_only_word(word, stem) for s in self.view.snapshot.segments)

    def places(self, unit: Unit) -> Places:
        """Where a unit stands, visible or not, in rising order; a row stands at its first word."""
        lists = self.place_lists(unit)
        return lists[0] if len(lists) == 1 else rising(np.concatenate(lists))

    def place_lists(self, unit: Unit) -> list[Places]:
        """``places`` in several lists that are in rising order, and may have some in common."""
        stems = self._stems_of(unit)
        rows = list(unit.rows)
        for guess in unit.guesses:
            if len(guess.words) == 1:
                stems += self.stems(guess.words[0])
            else:
                rows.append(guess.words)
        lists = [places for stem in dict.fromkeys(stems) for places in self._stem_places(stem)]
        if unit.beginning:
            for segment, base in self._segments:
                by_word = segment.places(*segment.words.beginning(unit.beginning))
                lists.append(np.sort(by_word) + base)
        return lists + [self._in_a_row(row)[0] for row in rows]

    def with_sequence(self, sequence: Sequence) -> Docs:
        """The visible documents where the words stand in a row, or that have one of the wholes."""
        alone = sequence.words if len(sequence.words) == 1 else ()
        found = [p.docs for p in map(self.word, (*alone, *sequence.wholes)) if p]
        if len(sequence.words) > 1:
            found.append(self._in_a_row(sequence.words)[1])
        if not found:
            return _NO_DOCS
        return rising(found[0] if len(found) == 1 else np.concatenate(found))

    def with_word(self, word: str) -> Docs:
        """The visible documents that have a word with the stem of this one, each perhaps twice."""
        found = [p.docs for p in self._of_form(word)]
        return np.concatenate(found) if found else _NO_DOCS

    def _with_beginning(self, unit: Unit) -> list[Postings]:
        """Words that begin so, and those with the stem that begin otherwise: `run` for `runn`."""
        found = [self._of_beginning(unit.beginning)]
        for stem in self._stems_of(unit):
            language = self._analyzer.language_of_stem(stem)
            for word in sorted(self._other_words(stem, but=unit.beginning)):
                if postings := self.word(word):
                    found.append(self.view.in_language(postings, language))
        return [p for p in found if p]

    def _guessed(self, guess: Guess) -> Postings | None:
        """The documents with a guessed word, by its stem, or with guessed words in a row."""
        if len(guess.words) > 1:
            found = [self._row(guess.words)]
        else:
            found = list(self._of_form(guess.words[0]))
        postings = [Postings(p.docs, p.z * guess.weight, p.fields) for p in found if p]
        return concatenated(postings) if postings else None

    def _row(self, words: tuple[str, ...]) -> Postings | None:
        """The documents where words stand in a row; one comes as often as they do so."""
        places, docs = self._in_a_row(words)
        if not len(docs):
            return None
        if self.view.visible is not None:
            places = places[self.view.visible[documents_of(places)]]
        field = fields_of(places)
        gains = self.view.snapshot.field_gains[field].astype(np.float64)
        return Postings(docs, gains, (1 << (field & 3)).astype(np.uint8))

    def _in_a_row(self, words: tuple[str, ...]) -> tuple[Places, Docs]:
        """Where words stand in a row, visible or not; and each time the document, if visible."""
        if words not in self._rows:
            standing = [self._word_places(word) for word in words]
            counts = [len(places) for places in standing]
            rarest = counts.index(min(counts))
            first = standing[rarest] - rarest
            for offset, places in enumerate(standing):
                if offset != rarest:
                    first = first[contained(first + offset, places)]
            docs = documents_of(first)
            visible = self.view.visible
            self._rows[words] = first, docs if visible is None else docs[visible[docs]]
        return self._rows[words]

    def _stem_places(self, stem: str) -> Iterable[Places]:
        """Where the words of a stem stand in documents of its language, by word."""
        found = [
            segment.places(number, number + 1) + base
            if base
            else segment.places(number, number + 1)
            for segment, base in self._segments
            for number in segment.words_of_stem(stem)
        ]
        if len(self._languages) == 1:
            return found
        language = languages().index(self._analyzer.language_of_stem(stem))
        langs = self.view.snapshot.langs
        return [places[langs[documents_of(places)] == language] for places in found]

    def _word_places(self, word: str) -> Places:
        pieces = [
            segment.places(number, number + 1) + base
            if base
            else segment.places(number, number + 1)
            for segment, base in self._segments
            if (number := segment.words.find(word)) >= 0
        ]
        if not pieces:
            return _NO_PLACES
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _stems_of(self, unit: Unit) -> list[str]:
        if len(unit.forms) == 1:
            return list(self.stems(unit.forms[0]))
        return list(dict.fromkeys(stem for form in unit.forms for stem in self.stems(form)))

    def _other_words(self, stem: str, *, but: str) -> set[str]:
        """The words of a stem that do not begin so."""
        words = (
            segment.words.keys[number]
            for segment in self.view.snapshot.segments
            for number in segment.words_of_stem(stem)
        )
        return {word for word in words if not word.startswith(but)}

    def _of_form(self, word: str) -> list[Postings]:
        """The visible documents that have the stem of a word, for each language."""
        if word not in self._forms:
            self._forms[word] = [p for s in self.stems(word) if (p := self._of_stem(s))]
        return self._forms[word]

    def _of_stem(self, stem: str) -> Postings | None:
        if stem not in self._stems:
            self._stems[stem] = self.view.stem(stem)
        return self._stems[stem]

    def _of_beginning(self, beginning: str) -> Postings | None:
        if beginning not in self._beginnings:
            self._beginnings[beginning] = self.view.beginning(beginning)
        return self._beginnings[beginning]


def _summed(found: list[Postings]) -> Postings:
    """Each document once, with the sum of its z and all its fields."""
    joined = found[0] if len(found) == 1 else concatenated(found)
    docs = joined.docs
    if (docs[1:] > docs[:-1]).all():
        return joined
    order = docs.argsort(kind="stable")
    docs = docs[order]
    firsts = starts(docs)
    return Postings(
        docs[firsts],
        np.add.reduceat(joined.z[order], firsts),
        np.bitwise_or.reduceat(joined.fields[order], firsts),
    )
