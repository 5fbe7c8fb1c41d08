"""JavaScript and TypeScript: what is written plainly is read; nothing is run, and that is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.posts.jsliterals import Code, Script, without_code
from searchsvc.posts.plainyaml import Value


def exported(source: str) -> dict[str, Value]:
    """The object of a configuration that has a setting named y."""
    return Script(source, seen_through=("define", "require")).object_with({"y"})


def value(expression: str, before: str = "") -> Value | None:
    """The value of an expression in a configuration."""
    return exported(f"{before}\nexport default {{x: {expression}, y: 1}}").get("x")


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
    assert without_code(value(expression + "\n")) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "process.env.A", "a ? 'b' : 'c'", "f('a')", "`a${b}`", "() => ({a: 1})", "!a",
        "new URL('a')", "1 + 2 * 3", "async function () { return 'a, b' }", "x",
        "[1].map((a) => a)", "'a'.trim()",
    ],
)  # fmt: skip
def test_what_would_have_to_be_computed_is_told(expression: str) -> None:
    assert isinstance(value(expression, "const x = x"), Code), value(expression)


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
    assert exported(script) == {"y": "a"}


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
    assert exported(script) in ({}, {"y": ""})


def test_a_constant_can_be_asked_for() -> None:
    script = "const a = define({b: 1});\nexport const c = {a, 'd': define({b: 2})};"

    found = Script(script, seen_through=("define",))
    assert found.constant("c") == {"a": {"b": "1"}, "d": {"b": "2"}}
    assert isinstance(found.constant("e"), Code)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("export default { a: 'x', \"b\": `y` };", {"a": "x", "b": "y"}),
        ("export default { c: [1, -2.5, true,], };", {"c": ["1", "-2.5", "true"]}),
        ("module.exports = { a: { b: { c: null } } }", {"a": {"b": {}}}),
        ("module.exports = function (x) { const y = 1; return { a: 'b' }; };", {"a": "b"}),
        ("export default async () => ({ a: 'b' })", {"a": "b"}),
        ("const data = { a: 'b' };\nexport default data;", {"a": "b"}),
        ("export const a = 'b'\nexport const c = ['d']", {"a": "b", "c": ["d"]}),
        ("const NAME = 'x';\nexport default { a: NAME, NAME }", {"a": "x", "NAME": "x"}),
        (r"export default { a: 'it\'s', b: '\u00e9\x41\n' }", {"a": "it's", "b": "éA\n"}),
        ("export default { /* a: 1, */ b: 'http://x', // c\n d: 2 }", {"b": "http://x", "d": "2"}),
        ("export default { a: f({ b: ')' }), c: (x) => { y; }, d: 'e' }", {"d": "e"}),
        ("export default { a: `${b}`, c: 'd' + e, f: 'g' }", {"f": "g"}),
        ("module.exports = { a: process.env.A || 'b', c: require('./d') };", {"a": "b"}),
        ("const a = { b: 'c' };\nexport default { d: a, ...a }", {"d": {"b": "c"}, "b": "c"}),
        ("export default { a() { return { b: 1 }; }, ...rest, c: 'd' }", {"c": "d"}),
        ("export default {", {}),
        ("export default", {}),
        ("module.exports = require('./x');", {}),
    ],
)  # fmt: skip
def test_what_a_file_exports_is_read_as_far_as_it_is_plain(source: str, value: object) -> None:
    assert without_code(Script(source).exported()) == value


def test_what_is_no_literal_is_told_as_it_is_written() -> None:
    exported = Script("export default { a: (data) => data.draft ? false : data.b, }").exported()

    assert isinstance(exported, dict)
    assert exported["a"] == Code("(data) => data.draft ? false : data.b")
    assert isinstance(exported["a"], Code)


def test_arguments_are_found_wherever_they_stand() -> None:
    script = Script("c.add('a'); if (x) { c.add([`b`, 'c'], 1) }\n// c.add('d')\nc.add(e)")

    assert list(script.after(r"c\.add\(")) == ["a", ["b", "c"], Code("e")]


@pytest.mark.parametrize("sign", ["[", "{a:", '"', "`", "a(", "const x = '"])
def test_brackets_that_nobody_closes_do_no_harm(sign: str) -> None:
    assert not without_code(Script(sign * 5_000).exported())


PIECES = ["{", "}", "[", "]", "(", ")", "a", ":", ",", "'", '"', "`", "${", "/", "*", "=>", "??",
          "\n", "return ", "const a=", "export default ", "...", "1", "+", "\\"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_script_is_read(script: str) -> None:
    assert isinstance(Script(script).object_with({"a"}), dict)
    assert isinstance(Script(script).exported(), dict)


@pytest.mark.parametrize("piece", ["{a:", "[", "(", "a??", "a+", "f(", "`${a}`+", "const a=a;"])
def test_nesting_without_end_does_no_harm(piece: str) -> None:
    assert Script(f"export default {piece * 10_000}").object_with({"z"}) == {}
