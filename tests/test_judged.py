"""Judged queries as owners write them, and what is said of lines that cannot be used."""

from pathlib import Path

import pytest

from searchsvc.errors import JudgedUnusable
from searchsvc.judged import Judged, read_judged

GOOD = "go\tgo.md\n"


def written(folder: Path, text: str) -> Path:
    """A file with these lines."""
    path = folder / "queries.txt"
    path.write_text(text, encoding="utf-8")
    return path


def remarks(folder: Path, line: str) -> str:
    """What is said of a line that comes after a good one, without its place."""
    (remark,) = read_judged(written(folder, GOOD + line + "\n")).remarks
    assert remark.place == f"{folder / 'queries.txt'}:2"
    return remark.message


def test_posts_can_be_listed_graded_or_named_alone(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '{"q": "rye", "relevant": ["rye.md", "/bread/"]}\n'
        '{"q": "oats", "relevant": {"oat.md": 2, "rye.md": 0.5}, "kind": "baking"}\n'
        '{"q": "conc", "relevant": "go.md", "prefix": true}\n',
    )

    rye, oats, conc = read_judged(path).queries

    assert rye == Judged(
        "rye",
        {"rye.md": 1.0, "/bread/": 1.0},
        places={"rye.md": f"{path}:1", "/bread/": f"{path}:1"},
    )
    assert (oats.grades, oats.kind) == ({"oat.md": 2.0, "rye.md": 0.5}, "baking")
    assert (conc.grades, conc.unfinished) == ({"go.md": 1.0}, True)


def test_a_query_and_a_post_may_stand_on_a_line_with_a_tab_between(tmp_path: Path) -> None:
    path = written(tmp_path, "rye bread\trye.md\r\n\n#go\tgo.md\n")

    read = read_judged(path)

    assert [(q.text, list(q.grades)) for q in read.queries] == [
        ("rye bread", ["rye.md"]),
        ("#go", ["go.md"]),
    ]
    assert read.remarks == []


def test_lines_of_one_query_count_as_one_and_remember_their_places(tmp_path: Path) -> None:
    path = written(tmp_path, 'rye\ta.md\noats\tb.md\n{"q": "rye", "relevant": {"c.md": 2}}\n')

    rye, oats = read_judged(path).queries

    assert rye.grades == {"a.md": 1.0, "c.md": 2.0}
    assert rye.places == {"a.md": f"{path}:1", "c.md": f"{path}:3"}
    assert oats.text == "oats"


def test_a_byte_order_mark_is_not_a_part_of_the_first_query(tmp_path: Path) -> None:
    (query,) = read_judged(written(tmp_path, "\ufeff" + GOOD)).queries

    assert query.text == "go"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rye bread", "'rye bread' has no tab. Write"),
        ("rye\t ", "relevant is ['']. Name at least one post"),
        ("\trye.md", "q is ''. Write it as"),
        ('{"q": "rye"', "is not JSON: Expecting ',' delimiter, column 12. Write"),
        ("{" * 100_000, "is not JSON"),
        ('{"q": "a", "relevant": ' + "[" * 100_000, "is too deep"),
        ('{"q": "rye", "relevent": ["x"]}', "'relevent'. Did you mean 'relevant'? Fields: q,"),
        ('{"q": 3, "relevant": ["x"]}', "q is 3. Write it as"),
        ('{"q": "rye"}', "relevant is None. Write a list of ids"),
        ('{"q": "rye", "relevant": []}', "relevant is []. Name at least one"),
        ('{"q": "rye", "relevant": [3]}', "relevant is [3]. Write a list of ids"),
        ('{"q": "rye", "relevant": {"x": 0}}', "relevant is {'x': 0}. Name at least one"),
        ('{"q": "rye", "relevant": {"x": -1}}', "The grade of 'x' is -1. Write a number from 0"),
        ('{"q": "rye", "relevant": {"x": NaN}}', "The grade of 'x' is nan. Write a number"),
        ('{"q": "rye", "relevant": {"x": true}}', "The grade of 'x' is True. Write a number"),
        ('{"q": "rye", "relevant": ["x"], "kind": 1}', "kind is 1. Write it as text"),
        ('{"q": "rye", "relevant": ["x"], "prefix": 1}', "prefix is 1. Write it as true or false"),
    ],
)
def test_a_bad_line_is_told_with_its_place_value_and_remedy(
    line: str, said: str, tmp_path: Path
) -> None:
    assert said in remarks(tmp_path, line)


def test_a_file_without_a_usable_line_is_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    path = written(tmp_path, "rye\noats\n")

    with pytest.raises(JudgedUnusable) as error:
        read_judged(path)

    assert f"{path}:1: 'rye' has no tab" in str(error.value)
    assert f"{path}:2: 'oats' has no tab" in str(error.value)
    assert f"{path}: no query can be used" in str(error.value)


def test_a_file_that_is_not_there_or_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("go\tgo.md\ncafé\tcafe.md\n".encode("latin-1"))

    with pytest.raises(JudgedUnusable, match=r"latin\.txt:2: Byte 0xe9"):
        read_judged(path)
    with pytest.raises(JudgedUnusable, match=r"nowhere\.txt: cannot be read"):
        read_judged(tmp_path / "nowhere.txt")
