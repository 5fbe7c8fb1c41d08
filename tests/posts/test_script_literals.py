"""Literals in JavaScript are found; nothing is run, and what is no literal is known as such."""

import pytest

from searchsvc.posts.jsliterals import Code, Script, without_code


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("export default { a: 'x', \"b\": `y` };", {"a": "x", "b": "y"}),
        ("export default { c: [1, -2.5, true,], };", {"c": ["1", "-2.5", "true"]}),
        ("module.exports = { a: { b: { c: null } } }", {"a": {"b": {"c": ""}}}),
        ("module.exports = function (x) { const y = 1; return { a: 'b' }; };", {"a": "b"}),
        ("export default async () => ({ a: 'b' })", {"a": "b"}),
        ("const data = { a: 'b' };\nexport default data;", {"a": "b"}),
        ("export const a = 'b'\nexport const c = ['d']", {"a": "b", "c": ["d"]}),
        ("const NAME = 'x';\nexport default { a: NAME, NAME }", {"a": "x", "NAME": "x"}),
        (r"export default { a: 'it\'s', b: '\u00e9\x41\n' }", {"a": "it's", "b": "éA\n"}),
        ("export default { /* a: 1, */ b: 'http://x', // c\n d: 2 }", {"b": "http://x", "d": "2"}),
        ("export default { a: f({ b: ')' }), c: (x) => { y; }, d: 'e' }", {"d": "e"}),
        ("export default { a: `${b}`, c: 'd' + e, f: 'g' }", {"f": "g"}),
        ("export default { a() { return { b: 1 }; }, ...rest, c: 'd' }", {"c": "d"}),
        ("export default {", {}),
        ("export default", None),
        ("module.exports = require('./x');", None),
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
