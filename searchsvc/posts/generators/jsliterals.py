"""Literals: what a JavaScript or TypeScript configuration says as plain text, numbers and objects.

Nothing is run. Constants of the same file are followed, ``a ?? b`` is ``b`` when ``a`` is not
known; all else that would have to be computed becomes a mapping with the one key ``COMPUTED``.
"""

import re
from collections.abc import Container, Iterator

from searchsvc.posts.encoding import clean
from searchsvc.posts.plainyaml import Value

COMPUTED = "computed"
_STRING = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"
_REGEX = r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*"
_COMMENT = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
_NOT_CODE = re.compile(
    rf"(?P<string>{_STRING})|(?P<regex>[:=(,\[!&|?]\s*{_REGEX})|{_COMMENT}", re.DOTALL
)
_TOKEN = re.compile(
    rf"\s*(?:(?P<string>{_STRING})|(?P<number>-?\d[\w.]*)|(?P<name>[\w$]+(?:\??\.[\w$]+)*)"
    r"|(?P<sign>=>|\?\?|\|\||\.\.\.|[^\s]))",
    re.DOTALL,
)
_REGEX_HERE = re.compile(rf"\s*(?P<regex>{_REGEX})")
_EXPORTS = re.compile(r"\bexport\s+default\b|\b(?:module\.exports|exports\.default)\s*=(?!=)")
_OBJECT = re.compile(r"(?:\breturn\b|=>|[^=!<>]=(?!=|>)|\()\s*\(?\s*(?=\{)")
_SUBSTITUTE = re.compile(r"\$\{([\w$]+)\}")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_ENDS = frozenset(",;)]}")
# Words after which the type of a value follows, and no part of it.
_TYPES = frozenset({"satisfies", "as"})
# Calls that are what stands in them: defineConfig({…}), require.resolve("…"), glob({…}).
_TRANSPARENT = ("define", "require", "glob")
_MAX_DEPTH = 20
_MAX_CANDIDATES = 20


def literals_of(script: str, wanted: Container[str]) -> dict[str, Value]:
    """The object that a configuration exports.

    Args:
        wanted: names of which it has at least one; needed where the object is made by a function.

    Returns:
        Its names and values; empty when no such object is found.
    """
    reader = _Reader(without_comments(script))
    return next((found for found in reader.objects() if any(name in wanted for name in found)), {})


def constant_of(script: str, name: str) -> Value | None:
    """The value of a constant of a script; computed when there is none."""
    return _Reader(without_comments(script)).constant(name)


def without_comments(script: str) -> str:
    """The script, with a space for each comment."""
    return _NOT_CODE.sub(lambda found: found["string"] or found["regex"] or " ", script)


def is_computed(value: object) -> bool:
    """Whether a value is one that only running the configuration would tell."""
    return isinstance(value, dict) and set(value) == {COMPUTED}


class _Reader:
    """Reads values out of a script without comments."""

    def __init__(self, script: str) -> None:
        self._script = script
        self._constants: dict[str, Value | None] = {}

    def objects(self) -> Iterator[dict[str, Value]]:
        """What is exported; failing that, objects that are given back or assigned."""
        exported = list(_EXPORTS.finditer(self._script))[-1:]
        places = [found.end() for found in exported]
        for at, found in enumerate(_OBJECT.finditer(self._script)):
            if at < _MAX_CANDIDATES:
                places.append(found.end())
        for place in places:
            value, _ = self._value(place, 0)
            if isinstance(value, dict) and not is_computed(value):
                yield value

    def constant(self, name: str, depth: int = 0) -> Value | None:
        """The value of a constant, each read once."""
        if name not in self._constants:
            # Should it be made of itself.
            self._constants[name] = {COMPUTED: name}
            pattern = rf"\b(?:const|let|var)\s+{re.escape(name)}\b[^=;\n]*=(?![=>])"
            if "." not in name and (found := re.search(pattern, self._script)):
                self._constants[name] = self._value(found.end(), depth + 1)[0]
        return self._constants[name]

    def _token(self, at: int) -> re.Match[str] | None:
        return _TOKEN.match(self._script, at)

    def _next(self, at: int) -> tuple[str, int]:
        """The next token's text and where it ends; "" at the end of the script."""
        token = self._token(at)
        return (token[0].strip(), token.end()) if token else ("", len(self._script))

    def _value(self, at: int, depth: int) -> tuple[Value | None, int]:
        """The value that begins here, and where it ends."""
        if depth > _MAX_DEPTH:
            return self._computed(at)
        value, end = self._primary(at, depth)
        text, after = self._next(end)
        if text in ("??", "||"):
            other, end = self._value(after, depth + 1)
            return (other if is_computed(value) or value is None else value), end
        if text == "+" and isinstance(value, str):
            other, other_end = self._value(after, depth + 1)
            if isinstance(other, str):
                return value + other, other_end
        if text in _TYPES:
            return value, self._end_of_expression(after)
        return self._computed(at) if self._goes_on(end) else (value, end)

    def _goes_on(self, at: int) -> bool:
        """Whether an expression goes on here; on a new line, only with an operator."""
        token = self._token(at)
        if token is None or token["sign"] in _ENDS:
            return False
        on_new_line = "\n" in token[0][: len(token[0]) - len(token[0].lstrip())]
        return not (on_new_line and token["sign"] is None)

    def _primary(self, at: int, depth: int) -> tuple[Value | None, int]:
        if found := _REGEX_HERE.match(self._script, at):
            return found["regex"], found.end()
        token = self._token(at)
        if token is None:
            return None, len(self._script)
        if token["string"]:
            text = self._text(token["string"], depth)
            return self._computed(at)[0] if text is None else text, token.end()
        if token["number"]:
            return token["number"], token.end()
        if token["name"]:
            return self._named(token, depth)
        if token["sign"] == "{":
            return self._object(token.end(), depth)
        if token["sign"] == "[":
            return self._list(token.end(), depth)
        if token["sign"] == "(":
            value, end = self._value(token.end(), depth + 1)
            closing, after = self._next(end)
            return (value, after) if closing == ")" else self._computed(at)
        return self._computed(at)

    def _named(self, token: re.Match[str], depth: int) -> tuple[Value | None, int]:
        """A word: a literal of the language, a constant, or a call."""
        name, end = token["name"], token.end()
        if name in ("true", "false"):
            return name, end
        if name in ("null", "undefined"):
            return None, end
        text, after = self._next(end)
        if text != "(":
            return self.constant(name, depth), end
        value, inner_end = self._value(after, depth + 1)
        closing, last = self._next(inner_end)
        is_known = name.startswith(_TRANSPARENT) and closing == ")"
        return (value, last) if is_known else self._computed(token.start())

    def _object(self, at: int, depth: int) -> tuple[Value, int]:
        values: dict[str, Value] = {}
        while True:
            token = self._token(at)
            if token is None or token["sign"] == "}":
                return values, token.end() if token else len(self._script)
            key = token["name"] or token["number"]
            if token["string"]:
                key = _unescaped(token["string"][1:-1])
            sign, after = self._next(token.end())
            if token["sign"] == "...":
                value, at = self._value(token.end(), depth + 1)
                values |= value if isinstance(value, dict) and not is_computed(value) else {}
            elif key is None or sign not in (":", ",", "}"):
                at = self._end_of_expression(token.start())
            else:
                short = sign != ":"
                value, at = (
                    (self.constant(key, depth), token.end())
                    if short
                    else self._value(after, depth + 1)
                )
                values.pop(key, None)
                if value is not None:
                    values[key] = value
            comma, after = self._next(at)
            at = after if comma == "," else at
            if comma not in (",", "}"):
                return values, len(self._script)

    def _list(self, at: int, depth: int) -> tuple[Value, int]:
        values: list[Value] = []
        while True:
            sign, after = self._next(at)
            if sign in ("", "]"):
                return values, after
            if sign == ",":
                at = after
                continue
            spread = sign == "..."
            value, at = self._value(after if spread else at, depth + 1)
            if spread and isinstance(value, list):
                values.extend(value)
            elif value is not None and not spread:
                values.append(value)
            if self._next(at)[0] not in (",", "]"):
                return values, len(self._script)

    def _text(self, literal: str, depth: int) -> str | None:
        """The text of a string; None for a template that has something computed in it."""
        inner = literal[1:-1]
        if literal[0] != "`" or "${" not in inner:
            return _unescaped(inner)
        for name in set(_SUBSTITUTE.findall(inner)):
            value = self.constant(name, depth)
            if isinstance(value, str):
                inner = inner.replace(f"${{{name}}}", value)
        return None if "${" in inner else _unescaped(inner)

    def _computed(self, at: int) -> tuple[Value, int]:
        end = self._end_of_expression(at)
        return {COMPUTED: " ".join(self._script[at:end].split())}, end

    def _end_of_expression(self, at: int) -> int:
        """Where what begins here is followed by a comma or the end of what it stands in."""
        open_signs: list[str] = []
        while token := self._token(at):
            sign = token["sign"] or ""
            if not open_signs and sign in _ENDS:
                return token.end() - 1
            if sign in _CLOSERS:
                open_signs.append(_CLOSERS[sign])
            elif open_signs and sign == open_signs[-1]:
                open_signs.pop()
            at = token.end()
        return len(self._script)


def _unescaped(text: str) -> str:
    return clean(_ESCAPE.sub(_character, text)) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else ""
    return _CONTROLS.get(found[4], found[4])
