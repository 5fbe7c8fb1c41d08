"""Configurations in JavaScript and TypeScript: what is written plainly is read, and nothing run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.posts.generators.jsliterals import constant_of, is_computed, literals_of
from searchsvc.posts.plainyaml import Value


def value(expression: str, before: str = "") -> Value | None:
    """The value of an expression in a configuration."""
    return literals_of(f"{before}\nexport default {{x: {expression}, y: 1}}", {"y"}).get("x")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a'", "a"),
        ('"it\'s"', "it's"),
        ("`a`", "a"),
        ("''", ""),
        (r"'a\n\u00e9\x41\u{1F35E}\'\q'", "a\néA🍞'q"),
        ("12", "12"),
        ("-1.5", "-1.5"),
        ("true", "true"),
        ("null", None),
        ("undefined", None),
        ("['a', , 'b', ]", ["a", "b"]),
        ("['a', ...['b', 'c'], null]", ["a", "b", "c"]),
        ("{a: {'b-c': 1}, 2: 'd',}", {"a": {"b-c": "1"}, "2": "d"}),
        ("{...{a: 1}, ...other, b: 2}", {"a": "1", "b": "2"}),
        ("{f() { return {a: 1} }, get g() { return 1 }, async h() {}, b: 2}", {"b": "2"}),
        ("{[a]: 1, b: 2}", {"b": "2"}),
        ("('a')", "a"),
        ("'a' as const", "a"),
        ("{a: 1} satisfies Options<'b'>", {"a": "1"}),
        ("'a' + 'b' + `c`", "abc"),
        ("process.env.A || process.env.B || 'c'", "c"),
        ("process.env.A ?? 'c'", "c"),
        ("'a' || 'c'", "a"),
        ("require.resolve('./a')", "./a"),
        ("defineThing({a: 1})", {"a": "1"}),
        (r"/<!--\s*\/x[/]*-->/i", r"/<!--\s*\/x[/]*-->/i"),
        ("'//' /* b */ // c", "//"),
    ],
)
def test_what_is_plain_is_read(expression: str, expected: Value | None) -> None:
    assert value(expression + "\n") == expected


@pytest.mark.parametrize(
    "expression",
    [
        "process.env.A", "a ? 'b' : 'c'", "f('a')", "`a${b}`", "() => ({a: 1})", "!a",
        "new URL('a')", "1 + 2 * 3", "async function () { return 'a, b' }", "x",
        "[1].map((a) => a)", "'a'.trim()",
    ],
)  # fmt: skip
def test_what_would_have_to_be_computed_is_told(expression: str) -> None:
    assert is_computed(value(expression, "const x = x")), value(expression)


@pytest.mark.parametrize(
    ("before", "expression", "expected"),
    [
        ("const a = 'b'", "a", "b"),
        ("const a: string = 'b';\nlet c = `${a}/d`", "c", "b/d"),
        ("var a = {b: 1}", "{...a}", {"b": "1"}),
        ("const x = 'b'", "{x}", {"x": "b"}),
        ("// const a = 'c'\nconst a = 'b'", "a", "b"),
    ],
)
def test_constants_of_the_same_file_are_followed(
    before: str, expression: str, expected: Value
) -> None:
    assert value(expression, before) == expected


@pytest.mark.parametrize(
    "script",
    [
        "export default {y: 'a'}",
        "export default {y: 'a'} satisfies Config;\n",
        "export default defineConfig({y: 'a'})",
        "const config: Config = {y: 'a'}\n\nexport default config\nf()",
        "module.exports = {y: 'a'}",
        "/* export default {y: 'b'} */\nmodule.exports = {y: 'a'};",
        "module.exports = async function make() { const b = {c: 1}; return {y: 'a'} }",
        "export default () => ({y: 'a'})",
        "const text = 'export default {y: 1';\nexport default {y: 'a'}",
        "exports.default = ({y: 'a'})",
    ],
)
def test_the_object_is_the_one_that_is_exported(script: str) -> None:
    assert literals_of(script, {"y"}) == {"y": "a"}


@pytest.mark.parametrize(
    "script",
    [
        "",
        "export default",
        "export default {y:",
        "module.exports = f",
        "}",
        "export default {x: 1}",
    ],
)
def test_without_such_an_object_there_is_nothing(script: str) -> None:
    assert literals_of(script, {"y"}) in ({}, {"y": ""})


def test_a_constant_can_be_asked_for() -> None:
    script = "const a = define({b: 1});\nexport const c = {a, 'd': define({b: 2})};"

    assert constant_of(script, "c") == {"a": {"b": "1"}, "d": {"b": "2"}}
    assert is_computed(constant_of(script, "e"))


PIECES = ["{", "}", "[", "]", "(", ")", "a", ":", ",", "'", '"', "`", "${", "/", "*", "=>", "??",
          "\n", "return ", "const a=", "export default ", "...", "1", "+", "\\"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_script_is_read(script: str) -> None:
    assert isinstance(literals_of(script, {"a"}), dict)


@pytest.mark.parametrize("piece", ["{a:", "[", "(", "a??", "a+", "f(", "`${a}`+", "const a=a;"])
def test_nesting_without_end_does_no_harm(piece: str) -> None:
    assert literals_of(f"export default {piece * 10_000}", {"z"}) == {}
