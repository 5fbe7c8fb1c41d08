"""Plain literals in JavaScript: texts, numbers, lists and objects, found without running anything.

Configurations and data files of Node's generators are programs. What is written in them as it
is can be read; everything else stays ``Code``, so that whoever asks can say that it is not known.
"""

import re
from collections.abc import Iterator

from searchsvc.posts.plainyaml import Value

_SPACE = re.compile(r"\s*")
# Comments, and the texts in which nothing is a comment.
_COMMENT = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)"""
    r"|//[^\n]*|/\*.*?\*/",
    re.DOTALL,
)
_TEXT = re.compile(r"""(["'])((?:(?!\1)[^\\\n]|\\.)*)\1|`((?:[^`\\$]|\$(?!\{)|\\.)*)`""", re.DOTALL)
_WORD = re.compile(r"-?[\w$][\w$.]*")
_KEY = re.compile(r"""(?:(?P<name>[\w$]+)|(?P<quoted>"[^"\n]*"|'[^'\n]*'))\s*(?P<then>[:,}(])?""")
_CONSTANT = re.compile(r"\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?=[\"'`])")
_STATEMENT = re.compile(r"^\s*(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*=\s*", re.MULTILINE)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
_OPENING, _CLOSING = "([{", ")]}"
_LITERAL_WORDS = {"true": "true", "false": "false", "null": "", "undefined": ""}
_NUMBER = re.compile(r"-?\d[\d_]*(?:\.\d+)?")
MAX_DEPTH = 20


class Code(str):
    """What stands in the place of a value and is no literal, as written."""

    __slots__ = ()


class Script:
    """A JavaScript file, to be searched."""

    def __init__(self, source: str) -> None:
        self.text = _COMMENT.sub(lambda found: found["text"] or " ", source)
        self._constants: dict[str, str] = {}
        for found in _CONSTANT.finditer(self.text):
            value, _ = self._literal(found.end(), 0)
            if not isinstance(value, Code) and isinstance(value, str):
                self._constants[found[1]] = value

    def after(self, opening: str) -> Iterator[Value]:
        """The value after each place that a pattern finds: an argument, or what a key holds."""
        for found in re.finditer(opening, self.text):
            yield self.value(found.end())

    def value(self, at: int) -> Value:
        """The value that begins at a place; ``Code`` when it is none."""
        return self._value(at, 0)[0]

    def statements(self) -> dict[str, Value]:
        """What the variables of the script are set to."""
        return {found[1]: self.value(found.end()) for found in _STATEMENT.finditer(self.text)}

    def exported(self) -> Value:
        """What a data file gives: the object that it exports, or that its function returns."""
        export = re.search(r"\bexport\s+default\b|\bmodule\.exports\s*=(?!=)", self.text)
        if export is None:
            return self.statements()
        at = _SPACE.match(self.text, export.end()).end()  # type: ignore[union-attr]
        if self.text[at : at + 1] == "{":
            return self.value(at)
        returned = re.compile(r"\breturn\s*(?=\{)|=>\s*\(\s*(?=\{)").search(self.text, at)
        return self.value(returned.end()) if returned else self._named(at)

    def _named(self, at: int) -> Value:
        """``export default data`` for a variable that is an object."""
        word = _WORD.match(self.text, at)
        return self.statements().get(word[0], Code("")) if word else Code("")

    def _value(self, start: int, depth: int) -> tuple[Value, int]:
        """A whole value and where it ends; a literal that something is done with is code."""
        start = self._skip(start)
        value, end = self._literal(start, depth)
        after = self._skip(end)
        then, on_next_line = self.text[after : after + 1], "\n" in self.text[end:after]
        ends = then in ("", *",;)]}") or (on_next_line and then not in "+.?[(|&*/-")
        if not isinstance(value, Code) and ends:
            return value, end
        end = self._end_of_code(start)
        return self._constant(self.text[start:end].strip()), end

    def _constant(self, code: str) -> Value:
        return self._constants.get(code, Code(code))

    def _literal(self, at: int, depth: int) -> tuple[Value, int]:
        sign = self.text[at : at + 1]
        if depth > MAX_DEPTH:
            return Code(""), at
        if sign == "{":
            return self._object(at + 1, depth + 1)
        if sign == "[":
            return self._list(at + 1, depth + 1)
        if text := _TEXT.match(self.text, at):
            inner = text[2] if text[1] else text[3]
            return _ESCAPE.sub(_unescaped, inner), text.end()
        word = _WORD.match(self.text, at)
        if word and word[0] in _LITERAL_WORDS:
            return _LITERAL_WORDS[word[0]], word.end()
        if word and _NUMBER.fullmatch(word[0]):
            return word[0], word.end()
        return Code(""), at

    def _list(self, at: int, depth: int) -> tuple[Value, int]:
        items: list[Value] = []
        while (at := self._skip(at)) < len(self.text) and self.text[at] != "]":
            value, end = self._value(at, depth)
            if not isinstance(value, Code):
                items.append(value)
            at = self._past_comma(max(end, at + 1))
        return items, at + 1

    def _object(self, at: int, depth: int) -> tuple[Value, int]:
        found: dict[str, Value] = {}
        while (at := self._skip(at)) < len(self.text) and self.text[at] != "}":
            key = _KEY.match(self.text, at)
            if key and key["then"] == ":":
                value, end = self._value(key.end(), depth)
            else:
                # A method, a short form, or ``...rest``.
                end = self._end_of_code(at)
                value = self._constant(self.text[at:end].strip())
            if key:
                found[key["name"] or key["quoted"][1:-1]] = value
            at = self._past_comma(max(end, at + 1))
        return found, at + 1

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self.text, at)
        return space.end() if space else at

    def _past_comma(self, at: int) -> int:
        at = self._skip(at)
        return at + 1 if self.text[at : at + 1] == "," else at

    def _end_of_code(self, at: int) -> int:
        """Where an expression ends: at a comma or bracket that does not belong to it."""
        depth = 0
        while at < len(self.text):
            sign = self.text[at]
            if text := _TEXT.match(self.text, at) if sign in "\"'`" else None:
                at = text.end()
                continue
            if depth == 0 and (sign in ",;" or sign in _CLOSING):
                break
            depth += (sign in _OPENING) - (sign in _CLOSING)
            at += 1
        return at


def _unescaped(found: re.Match[str]) -> str:
    sign = found[1]
    if sign[0] in "ux" and len(sign) > 1:
        return chr(int(sign[1:], 16))
    return {"n": "\n", "t": "\t", "r": "\r", "\n": ""}.get(sign, sign)


def without_code(value: Value) -> Value | None:
    """A value without what is code in it; None when it is code itself."""
    if isinstance(value, Code):
        return None
    if isinstance(value, dict):
        pairs = ((key, without_code(inner)) for key, inner in value.items())
        return {key: inner for key, inner in pairs if inner is not None}
    if isinstance(value, list):
        return [inner for inner in map(without_code, value) if inner is not None]
    return value
