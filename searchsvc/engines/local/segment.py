"""Segment: one immutable set of documents, looked up by word, stem and beginning."""

import zlib
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from searchsvc.engines.local.columns import FORMAT_VERSION, Columns, Strings
from searchsvc.engines.local.inverting import PREPARED_LETTERS
from searchsvc.engines.local.letters import letters_of
from searchsvc.engines.local.tokens import TokenTable
from searchsvc.errors import IndexDamaged
from searchsvc.ranking import FIELDS

# Keys of late queries, whose indexes are kept.
_REMEMBERED = 1_000
# So many ids are looked for one by one, in a thousandth of a second each among 100,000.
_FEW_IDS = 8


class Postings:
    """The documents that have a word, in rising order.

    Attributes:
        count: how many.
        fields: for each document a bit for each field the word occurs in; bit 0 is the title.
        narrow_docs, narrow_z: ``docs`` and ``z`` as they lie in the columns. Making them
            wide is a pass over all of them, which looking a few up does not need.
    """

    __slots__ = ("_docs", "_z", "count", "fields", "narrow_docs", "narrow_z")

    def __init__(
        self, docs: NDArray[np.integer], z: NDArray[np.floating], fields: NDArray[np.uint8]
    ) -> None:
        self.count = len(docs)
        self.narrow_docs = docs
        self.narrow_z = z
        self.fields = fields
        self._docs: NDArray[np.intp] | None = None
        self._z: NDArray[np.float64] | None = None

    @property
    def docs(self) -> NDArray[np.intp]:
        """Document numbers; as indexes numpy takes these several times faster than narrow ones."""
        if self._docs is None:
            self._docs = self.narrow_docs.astype(np.intp, copy=False)
        return self._docs

    @property
    def z(self) -> NDArray[np.float64]:
        """How much each document is about the word."""
        if self._z is None:
            self._z = self.narrow_z.astype(np.float64, copy=False)
        return self._z


class KeyList:
    """Sorted keys with their postings."""

    def __init__(self, columns: Columns, name: str) -> None:
        self.keys = Strings(columns, name)
        self._known: dict[str, int] = {}
        self._ranges: dict[str, tuple[int, int]] = {}
        self._slots = columns[f"{name}_slots"].data
        self._at = columns[f"{name}_posts_at"].data
        self._docs = columns[f"{name}_docs"]
        self._z = columns[f"{name}_z"]
        self._fields = columns[f"{name}_fields"]

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many postings each key has."""
        return np.diff(self._at)

    def find(self, key: str) -> int:
        """The index of a key, or -1."""
        # One query asks for a key several times: to find, to place, to mark.
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._looked_up(key)
        return known

    def _looked_up(self, key: str) -> int:
        encoded = key.encode("utf-8", "surrogatepass")
        mask = len(self._slots) - 1
        slot = zlib.crc32(encoded) & mask
        while (number := self._slots[slot]) >= 0:
            if self.keys.raw(number) == encoded:
                return int(number)
            slot = (slot + 1) & mask
        return -1

    def beginning(self, beginning: str) -> tuple[int, int]:
        """The range of keys that begin so."""
        known = self._ranges.get(beginning)
        if known is None:
            if len(self._ranges) >= _REMEMBERED:
                self._ranges.clear()
            known = self._ranges[beginning] = self.keys.beginning(beginning)
        return known

    def postings(self, first: int, last: int) -> Postings:
        """The postings of a range of keys, one key after the other."""
        a, b = self._at[first], self._at[last]
        return Postings(self._docs[a:b], self._z[a:b], self._fields[a:b])


class Segment:
    """One file of columns. Safe to share between threads."""

    def __init__(self, columns: Columns) -> None:
        if columns.meta.get("format") != FORMAT_VERSION:
            raise IndexDamaged(
                f"The index has format {columns.meta.get('format')}, not {FORMAT_VERSION}. "
                "Rebuild it: searchsvc reindex --full"
            )
        self.columns = columns
        self.words = KeyList(columns, "word")
        self.stems = KeyList(columns, "stem")
        self.starts = KeyList(columns, "start")
        self.texts = Strings(columns, "texts")
        self.spellings = Strings(columns, "spellings")
        self._titles = Strings(columns, "titles")
        self._stem_words_at = columns["stem_words_at"].data
        self._stem_words = columns["stem_words"]
        self._word_letters = columns["word_letters"]
        self._word_length = columns["word_length"]
        self.langs = columns["langs"].data
        self._places_at = columns["places_at"].data
        self._places = columns["places"]
        self._field_tokens_at = columns["field_tokens_at"].data
        self.token_words = columns["token_word"].data
        self.token_start = columns["token_start"].data
        self.token_length = columns["token_length"].data
        self._text_bytes, self._texts_at = columns["texts"].data, columns["texts_at"].data
        self._text_cuts = columns["text_cuts"].ravel().data
        self.days = columns["days"].data

    @classmethod
    def open(cls, path: Path) -> "Segment":
        """Open a file; errors as ``Columns.open``."""
        return cls(Columns.open(path))

    def __len__(self) -> int:
        return len(self.columns["days"])

    def words_of_stem(self, stem: str) -> list[int]:
        """The words with this stem."""
        number = self.stems.find(stem)
        if number < 0:
            return []
        words: list[int] = self._stem_words[
            self._stem_words_at[number] : self._stem_words_at[number + 1]
        ].tolist()
        return words

    def is_only_word(self, word: str, stem: str) -> bool:
        """Whether documents have a stem from no other word than this one."""
        number = self.stems.find(stem)
        if number < 0:
            return True
        first, last = self._stem_words_at[number], self._stem_words_at[number + 1]
        return bool(last - first == 1) and self.words.keys[self._stem_words[first]] == word

    def stem_postings(self, stem: str) -> Postings | None:
        """The documents that have a word with this stem."""
        number = self.stems.find(stem)
        return self.stems.postings(number, number + 1) if number >= 0 else None

    def word_postings(self, word: str) -> Postings | None:
        """The documents that have this very word."""
        number = self.words.find(word)
        return self.words.postings(number, number + 1) if number >= 0 else None

    def beginning_postings(self, beginning: str) -> Postings | None:
        """The documents that have a word that begins so; a document may come several times."""
        if len(beginning) <= PREPARED_LETTERS:
            number = self.starts.find(beginning)
            return self.starts.postings(number, number + 1) if number >= 0 else None
        first, last = self.words.beginning(beginning)
        return self.words.postings(first, last) if first < last else None

    def words_near(self, word: str, *, posts: int) -> dict[str, int]:
        """The words of letters only within one edit; or two, if so many documents have them.

        With each its edits. An edit is a letter added, left out or changed, or two
        neighbours that have changed places (optimal string alignment). It takes at most
        one letter out of the set and puts one in, so most words are ruled out by their bits.
        """
        own = letters_of(word)
        more, fewer = self._word_letters & ~own, own & ~self._word_letters
        apart = np.maximum(np.bitwise_count(more), np.bitwise_count(fewer))
        # Below 0 numbers without a sign are very large, so one comparison has both bounds.
        longer = self._word_length - np.uint8(len(word) - 2)
        possible = (apart <= 1) & (longer - np.uint8(1) <= 2)
        if posts <= len(self):
            possible |= (apart <= 2) & (longer <= 4) & (self.words.counts >= posts)
        keys, counts = self.words.keys, self.words.counts
        near: dict[str, int] = {}
        for number in possible.nonzero()[0].tolist():
            edits = OSA.distance(word, other := keys[number], score_cutoff=2)
            if edits <= 1 or (edits == 2 and counts[number] >= posts):
                near[other] = edits
        return near

    def titled(self, beginning: str) -> NDArray[np.int32]:
        """The documents whose title's words, with spaces between them, begin so."""
        first, last = self._titles.beginning(beginning)
        titled: NDArray[np.int32] = self.columns["title_docs"][first:last]
        return titled

    def places(self, first: int, last: int) -> NDArray[np.int64]:
        """Where a range of words stands, one word after the other."""
        return self._places[self._places_at[first] : self._places_at[last]]

    def shown(self, document: int) -> tuple[str, str, str, str]:
        """Id, url, title and excerpt of a document, decoded as one text and then cut."""
        at = self._texts_at
        encoded = self._text_bytes[at[4 * document] : at[4 * document + 4]]
        whole = str(encoded, "utf-8", "surrogatepass")
        a, b, c = self._text_cuts[3 * document : 3 * document + 3].tolist()
        return whole[:a], whole[a:b], whole[b:c], whole[c:]

    def field_tokens(self, document: int) -> list[int]:
        """The numbers of the first tokens of a document's title, tags, excerpt and body."""
        slot = document * len(FIELDS)
        numbers: list[int] = self._field_tokens_at[slot : slot + len(FIELDS)].tolist()
        return numbers

    def ids(self) -> list[str]:
        """The id of each document."""
        return self.texts.all(step=4)

    def numbers_of(self, ids: Collection[str]) -> list[int]:
        """The numbers of the documents with some of these ids."""
        if len(ids) > _FEW_IDS:
            return [number for number, id_ in enumerate(self.ids()) if id_ in ids]
        encoded = [id_.encode("utf-8", "surrogatepass") for id_ in ids]
        return [number for id_ in encoded for number in self._numbers_with(id_)]

    def _numbers_with(self, id_: bytes) -> list[int]:
        starts, ends = self.columns["texts_at"][:-1:4], self.columns["texts_at"][1::4]
        found = np.flatnonzero(ends - starts == len(id_))
        # Ids differ near their end as a rule: after a few bytes hardly any are left.
        for place in reversed(range(len(id_))):
            found = found[self.columns["texts"][starts[found] + place] == id_[place]]
        return found.tolist()

    def stored(self) -> Iterator[tuple[str, str]]:
        """The id and fingerprint of each document."""
        marks = self.columns["fingerprints"].tobytes().hex()
        each = [marks[at : at + 32] for at in range(0, len(marks), 32)]
        return zip(self.ids(), each, strict=True)

    def table(self) -> TokenTable:
        """What it was inverted from, to be merged."""
        columns = self.columns
        counts = np.diff(columns["field_tokens_at"])
        return TokenTable(
            words=self.words.keys.all(),
            token_word=columns["token_word"],
            token_place=columns["token_place"],
            token_start=columns["token_start"],
            token_length=columns["token_length"],
            field_tokens=counts.astype(np.int32).reshape(len(self), len(FIELDS)),
            texts=self.texts.all(),
            fingerprints=columns["fingerprints"],
            days=columns["days"],
            visible=columns["visible"],
            langs=columns["langs"],
            spellings=self.spellings.all(),
            labels=columns["labels"],
            label_counts=columns["label_counts"],
        )
