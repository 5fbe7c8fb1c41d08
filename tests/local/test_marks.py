"""Marks are found by the numbers of words; which words these are depends on all of a blog."""

from pathlib import Path

import pytest
from builders import a_document, fill, marked
from support import local_engine

from searchsvc import parse_query

# In alphabetical order, as they are numbered: w000 is 0.
WORDS = [f"w{number:03}" for number in range(400)]


@pytest.mark.parametrize("word", ["w000", "w001", "w255", "w256", "w257"])
def test_a_word_is_marked_and_none_whose_number_looks_alike(tmp_path: Path, word: str) -> None:
    engine = local_engine(tmp_path)
    fill(engine, a_document("a", "w256 w000 w001 w000 w257", " ".join(WORDS)))

    hit = engine.search(parse_query(word)).hits[0]

    assert marked(hit.title_snippet) == "w256 w000 w001 w000 w257".replace(word, f"[{word}]")


def test_all_of_very_many_words_that_begin_alike_are_marked(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)
    fill(engine, a_document("a", "w000 v w399", " ".join(WORDS)))

    hit = engine.search(parse_query("w", prefix=True)).hits[0]

    assert marked(hit.title_snippet) == "[w000] v [w399]"


def test_all_words_of_a_long_query_are_marked(tmp_path: Path) -> None:
    engine = local_engine(tmp_path)
    fill(engine, a_document("a", "w000 w001 v w010", " ".join(WORDS)))

    hit = engine.search(parse_query(" ".join(WORDS[:12]))).hits[0]

    assert marked(hit.title_snippet) == "[w000] [w001] v [w010]"
