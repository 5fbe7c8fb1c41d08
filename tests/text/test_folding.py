"""Writing differences that readers do not mean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.text.folding import composed, fold, fold_word, valid

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    "spelling", ["Café", "CAFÉ", "cafe", "cafe\u0301", "ＣＡＦＥ", "  Café\t", "ＣａＦé"]
)
def test_case_accents_width_and_outer_space_do_not_matter(spelling: str) -> None:
    assert fold(spelling) == "cafe"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Straße", "strasse"),
        ("Smørrebrød", "smorrebrod"),
        ("Łódź", "lodz"),
        ("Œuvre", "oeuvre"),
        ("İstanbul", "istanbul"),
        ("ısı", "isi"),
        ("ﬁne", "fine"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Ёлка", "елка"),
        ("שָׁלוֹם", "שלום"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_letters_of_many_scripts_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_marks_that_make_another_letter_stay() -> None:
    assert fold("が") != fold("か")
    assert fold("कि") != fold("क")


def test_inner_space_counts_once() -> None:
    assert fold("open \n source") == "open source"
    assert fold_word("open  source") == "open  source"


@given(ANY_TEXT)
def test_what_is_folded_is_not_folded_further(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert fold(composed) == fold(decomposed)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_of_ascii_gives_what_the_long_way_gives(text: str) -> None:
    long_way = fold_word(f"{text}é")

    assert fold_word(text) == long_way.removesuffix("e")


@given(ANY_TEXT)
def test_any_text_can_be_made_valid(text: str) -> None:
    mended = valid(text)

    assert mended.encode("utf-8").decode("utf-8") == mended
    assert len(mended) == len(text)


@given(st.text())
def test_valid_text_stays_as_it_is(text: str) -> None:
    assert valid(text) == text


def test_letters_written_in_pieces_are_put_together() -> None:
    assert composed("한국 カ\u3099 e\u0301") == "한국 ガ é"
