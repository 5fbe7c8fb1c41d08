"""Columns: what is written is what is read, and is told from what is not."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.engines.local.columns import (
    Columns,
    Strings,
    checksum,
    columns_bytes,
    file_checksum,
    rising,
    string_columns,
)

TEXTS = ["rye", "", "パン", "oat", "\ud800"]


def columns_of(**arrays: "np.ndarray[tuple[int, ...], np.dtype[np.generic]]") -> Columns:
    """Columns in memory."""
    return Columns(b"".join(columns_bytes(arrays, {"format": 0})), "columns in memory")


def test_arrays_of_every_shape_come_back() -> None:
    matrix = np.arange(12, dtype=np.int32).reshape(3, 4)

    columns = columns_of(matrix=matrix, turned=matrix.T, none=np.empty((0, 2)), bits=matrix > 4)

    assert columns["matrix"].tolist() == matrix.tolist()
    assert columns["turned"].tolist() == matrix.T.tolist()
    assert columns["none"].shape == (0, 2)
    assert columns["bits"].tolist() == (matrix > 4).tolist()


@pytest.mark.parametrize("texts", [TEXTS, ["rye", "oat", "", "corn"], []])
def test_strings_come_back_in_order_all_or_every_second_one(texts: list[str]) -> None:
    strings = Strings(columns_of(**string_columns("texts", texts * 2)), "texts")

    assert strings.all() == texts * 2
    assert strings.all(step=2) == (texts * 2)[::2]


def test_the_checksum_of_a_file_is_that_of_its_pieces_until_a_bit_is_turned(tmp_path: Path) -> None:
    path = tmp_path / "file.col"
    pieces = columns_bytes({"numbers": np.arange(400_000)}, {"format": 0})
    path.write_bytes(b"".join(pieces))
    meant = checksum(pieces)

    assert file_checksum(path) == meant
    content = bytearray(path.read_bytes())
    content[2_000_000] ^= 1
    path.write_bytes(content)
    assert file_checksum(path) != meant


@given(st.lists(st.integers(0, 9)))
def test_rising_numbers_are_distinct_and_sorted(numbers: list[int]) -> None:
    assert rising(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))
