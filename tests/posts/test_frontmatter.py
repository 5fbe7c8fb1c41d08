"""Front matter: bytes → metadata, body, and the line of each key."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.posts import plainyaml
from searchsvc.posts.frontmatter import FrontMatter, read_front_matter, shows_withdrawal
from searchsvc.posts.unusable import Unusable


def front(text: str | bytes) -> FrontMatter:
    return read_front_matter(text.encode() if isinstance(text, str) else text)


def complaint(text: str | bytes) -> Unusable:
    with pytest.raises(Unusable) as caught:
        front(text)
    return caught.value


def test_metadata_and_body_are_parted_and_each_key_has_its_line() -> None:
    found = front("---\ntitle: Rye\ntags:\n  - bread\ndate: 2024-01-02\n---\nA loaf.\n")

    assert found.metadata == {"title": "Rye", "tags": ["bread"], "date": "2024-01-02"}
    assert found.body == "A loaf.\n"
    assert found.lines == {"title": 2, "tags": 3, "date": 5}


@pytest.mark.parametrize(
    "written",
    ["1.10", "no", "012", "12:30", "2024", "0x1F", "1e3", "True", "2024-01-02", "=", "1_0"],
)
def test_a_value_stays_the_text_that_was_written(written: str) -> None:
    found = front(f"---\ntags: [{written}]\ntitle: {written}\n---\n")

    assert found.metadata == {"tags": [written], "title": written}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null"])
def test_null_becomes_nothing(nothing: str) -> None:
    found = front(f"---\ntitle: {nothing}\ntags: [a, {nothing or '~'}]\n---\n")

    assert found.metadata == {"tags": ["a"]}


def test_null_in_quotes_is_a_word() -> None:
    assert front("---\ntitle: 'null'\n---\n").metadata == {"title": "null"}


def test_the_last_of_equal_keys_holds() -> None:
    found = front("---\ntitle: Old\ntitle: New\ndate: 2024-01-01\ndate:\n---\n")

    assert found.metadata == {"title": "New"}
    assert found.lines["title"] == 3


def test_three_dots_close_front_matter() -> None:
    found = front("---\ntitle: Rye\n...\nA loaf.\n\n---\n\nMore.\n")

    assert found.metadata == {"title": "Rye"}
    assert found.body == "A loaf.\n\n---\n\nMore.\n"


def test_lone_rules_in_the_body_stay_there() -> None:
    found = front("---\ntitle: Rye\n---\nA loaf.\n\n---\n\nMore.\n\n---\n")

    assert found.body.count("---") == 2


def test_text_between_two_rules_is_text() -> None:
    text = "---\n\nA loaf, and: nothing else.\n\n---\n\nMore.\n"

    found = front(text)

    assert found == FrontMatter(body=text)


def test_a_file_that_begins_with_a_rule_and_has_no_other_is_text() -> None:
    assert front("---\n\nA loaf.\n").body == "---\n\nA loaf.\n"


def test_front_matter_without_an_end_is_told() -> None:
    error = complaint("---\ntitle: Rye\n\nA loaf.\n")

    assert error.line == 1
    assert "has no end. Write --- on a line of its own" in str(error)


@pytest.mark.parametrize("text", ["---\n---\nA loaf.\n", "---\n\n# nothing yet\n---\nA loaf.\n"])
def test_front_matter_may_be_empty(text: str) -> None:
    found = front(text)

    assert found.found
    assert found.metadata == {}
    assert found.body == "A loaf.\n"


def test_spaces_after_the_fence_and_blank_lines_before_it_do_no_harm() -> None:
    found = front("\n--- \t\ntitle: Rye\n---  \nA loaf.\n")

    assert found.metadata == {"title": "Rye"}
    assert found.lines == {"title": 3}


def test_toml_is_read() -> None:
    found = front(
        '+++\ntitle = "Rye"\ndate = 2024-01-02T10:00:00Z\ndraft = false\nweight = 1.10\n'
        '[taxonomies]\ntags = ["bread", "rye"]\n+++\nA loaf.\n'
    )

    assert found.metadata == {
        "title": "Rye",
        "date": "2024-01-02T10:00:00+00:00",
        "draft": "false",
        "weight": "1.10",
        "taxonomies": {"tags": ["bread", "rye"]},
    }
    assert found.lines["date"] == 3
    assert found.body == "A loaf.\n"


def test_broken_toml_is_told_with_its_line() -> None:
    error = complaint('+++\ntitle = "Rye"\ndate = yesterday\n+++\n')

    assert error.line == 3
    assert "This is not TOML" in str(error)


def test_json_is_read_with_braces_in_column_0() -> None:
    found = front(
        '{\n"title": "Rye {1}",\n"cover":\n{\n"image": "a.png"\n},\n"v": 1.10, "x": null\n}\n'
        "A loaf.\n"
    )

    assert found.metadata == {"title": "Rye {1}", "cover": {"image": "a.png"}, "v": "1.10"}
    assert found.lines["cover"] == 3
    assert found.body == "A loaf.\n"


def test_broken_json_is_told_with_its_line() -> None:
    error = complaint('{\n"title": "Rye",\n"date": \n}\nA loaf.\n')

    assert error.line == 4
    assert "This is not JSON" in str(error)


@pytest.mark.parametrize(
    "text", ["{% include a.html %}\n", "{{< note >}}\n", "{:.lead}\nA loaf.\n"]
)
def test_a_body_that_begins_with_a_brace_is_no_json(text: str) -> None:
    assert front(text) == FrontMatter(body=text)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(mark: bytes, codec: str) -> None:
    found = front(mark + "---\r\ntitle: Brötchen\r\n---\r\nEin Laib 🍞.\r\n".encode(codec))

    assert found.metadata == {"title": "Brötchen"}
    assert found.body == "Ein Laib 🍞.\n"


def test_a_byte_that_is_not_utf8_is_told_with_offset_and_line() -> None:
    error = complaint(b"---\ntitle: Br\xf6tchen\n---\n")

    assert str(error) == "Byte 0xf6 at offset 13 is not UTF-8. Save the file as UTF-8"
    assert error.line == 2


def test_line_ends_of_all_kinds_are_one_kind() -> None:
    assert front("---\r\ntitle: Rye\n---\r\none\rtwo\r\n").body == "one\ntwo\n"


def test_control_characters_vanish() -> None:
    found = front('---\ntitle: "R\\0ye\x07"\n---\nA \x00loaf.\n')

    assert found.metadata == {"title": "Rye"}
    assert found.body == "A loaf.\n"


def test_a_value_with_a_colon_is_told_with_the_remedy() -> None:
    error = complaint("---\nlayout: post\ntitle: Rye: a loaf\n---\n")

    assert error.line == 3
    assert str(error) == "This is not YAML. Put the value in quotes: it holds a colon"


def test_a_value_that_begins_with_a_sign_of_yaml_is_told_with_the_remedy() -> None:
    error = complaint("---\ntitle: *Rye*\n---\n")

    assert error.line == 2
    assert str(error) == "This is not YAML. Put the value in quotes: it begins with '*'"


def test_a_tab_is_told_with_the_remedy() -> None:
    error = complaint("---\ntitle: Rye\ntags:\n\t- bread\n---\n")

    assert error.line == 4
    assert "Put spaces in the place of the tab" in str(error)


def test_a_text_of_several_lines_and_its_end_are_understood() -> None:
    found = front("---\ntitle: >\n  Rye\n  bread\nsummary: |\n  A loaf.\n---\n")

    assert found.metadata == {"title": "Rye bread\n", "summary": "A loaf.\n"}


def test_merged_mappings_give_what_is_not_given_itself() -> None:
    found = front("---\nbase: &base {a: 1, b: 2}\nown:\n  <<: *base\n  b: 3\n---\n")

    assert found.metadata["own"] == {"a": "1", "b": "3"}


def test_of_several_merged_mappings_the_first_holds() -> None:
    found = front("---\nx: &x {a: 1}\ny: &y {a: 2, b: 2}\nown:\n  <<: [*x, *y]\n---\n")

    assert found.metadata["own"] == {"a": "1", "b": "2"}


def test_objects_of_a_program_are_only_text() -> None:
    found = front("---\ntitle: !!python/object/apply:os.system [ls]\n---\n")

    assert found.metadata == {"title": ["ls"]}


def test_a_bomb_of_aliases_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]

    error = complaint("---\n" + "\n".join(lines) + "\n---\n")

    assert f"more than {plainyaml.MAX_VALUES} values" in str(error)


def test_a_list_in_itself_is_refused() -> None:
    assert "stands for nothing" in str(complaint("---\na: &a [*a]\n---\n"))


@pytest.mark.parametrize(
    "deep",
    [
        "---\na: " + "[" * 100_000 + "\n---\n",
        "---\na: " + "[" * 60 + "]" * 60 + "\n---\n",
        "---\na:\n" + "".join("  " * n + "- \n" for n in range(1, 200)) + "---\n",
        '{"a": ' + "[" * 100_000,
        '{"a": ' + "[" * 60 + "]" * 60 + "}",
        "+++\na = " + "[" * 100_000 + "\n+++\n",
    ],
)
def test_deep_nesting_is_told_and_nothing_breaks(deep: str) -> None:
    assert complaint(deep)


@pytest.mark.parametrize(
    ("text", "withdrawn"),
    [
        ("---\ntitle: a: b\ndraft: true\n---\n", True),
        ("---\ntitle: a: b\nDraft: Yes\n---\n", True),
        ("---\ntitle: a: b\npublished: false\n---\n", True),
        ("+++\ntitle = a\ndraft = true\n+++\n", True),
        ('{"title": "a", "draft": true\n', True),
        ("---\ntitle: never closed\ndraft: true\n\nA loaf.\n", True),
        ("---\ntitle: Br\xf6t\ndraft: true\n---\n", True),
        ("---\ntitle: a: b\ndraft: false\n---\n", False),
        ("---\ntitle: a: b\npublished: true\n---\n", False),
        ("---\ntitle: a: b\n---\n\ndraft: true\n", False),
        ("draft: true\n", False),
    ],
)
def test_broken_front_matter_still_shows_that_nobody_may_see_it(text: str, withdrawn: bool) -> None:
    assert shows_withdrawal(text.encode("latin-1")) is withdrawn


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(), max_size=5))
def test_whatever_is_quoted_properly_comes_back(values: dict[str, str]) -> None:
    quoted = {key: value.replace("'", "''") for key, value in values.items()}
    text = "".join(f"{key}: '{value}'\n" for key, value in quoted.items() if value.isprintable())

    found = front(f"---\n{text}---\n")

    assert found.metadata == {k: v for k, v in values.items() if v.isprintable()}


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for fence in (b"", b"---\n", b"+++\n", b'{"a": '):
        with suppress(Unusable):
            assert isinstance(read_front_matter(fence + content), FrontMatter)
        assert shows_withdrawal(fence + content) in (True, False)


def test_what_tags_of_yaml_mean_is_for_the_reader_of_a_configuration_to_say() -> None:
    text = "a: !X one\nb: !Y [two, !X three]\nc: !Z {d: four}\ne:\n"

    tagged = plainyaml.parse_yaml(text, tagged=lambda tag, value: [tag, value or ""])
    plain = plainyaml.parse_yaml(text, empty_nulls=True)

    assert tagged.value == {
        "a": ["!X", "one"],
        "b": ["!Y", ["two", ["!X", "three"]]],
        "c": ["!Z", {"d": "four"}],
    }
    assert plain.value == {"a": "one", "b": ["two", "three"], "c": {"d": "four"}, "e": ""}
