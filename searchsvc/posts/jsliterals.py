"""Literals: what JavaScript or TypeScript says as plain texts, numbers, lists and objects.

Configurations and data files of Node's generators are programs. Nothing of them is run. Constants
of the same file are followed, ``a ?? b`` is ``b`` when ``a`` is not known; all else that would
have to be computed is ``Code``, so that whoever asks can say that it is not known. Nulls are left
out.
"""

import re
from collections.abc import Container, Iterator

from searchsvc.posts.jstokens import Tokens, unescaped
from searchsvc.posts.plainyaml import Value

_EXPORTS = re.compile(r"\bexport\s+default\b|\b(?:module\.exports|exports\.default)\s*=(?!=)")
_OBJECT = re.compile(r"(?:\breturn\b|=>|[^=!<>]=(?!=|>)|\()\s*\(?\s*(?=\{)")
_RETURNED = re.compile(r"\breturn\s*(?=\{)|=>\s*\(\s*(?=\{)")
_STATEMENT = re.compile(r"^\s*(?:export\s+)?(?:const|let|var)\s+([\w$]+)\b[^=;\n]*=(?![=>])", re.M)
_SUBSTITUTE = re.compile(r"\$\{([\w$]+)\}")
# Words after which the type of a value follows, and no part of it.
_TYPES = frozenset({"satisfies", "as"})
_MAX_DEPTH = 20
_MAX_CANDIDATES = 20


class Code(str):
    """What stands in the place of a value and would have to be computed, as it is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return " ".join(self.split())


class Script:
    """A script, to be searched for values."""

    def __init__(self, source: str, *, seen_through: tuple[str, ...] = ()) -> None:
        """Look at a script.

        Args:
            seen_through: beginnings of the names of calls that stand for what is in them, as
                ``defineConfig({…})`` does.
        """
        self._tokens = Tokens(source)
        self._seen_through = seen_through
        self._constants: dict[str, Value | None] = {}

    @property
    def text(self) -> str:
        """The script, with a space for each comment."""
        return self._tokens.text

    # What is asked

    def value(self, at: int) -> Value | None:
        """The value that begins at a place; None for null."""
        return self._value(at, 0)[0]

    def after(self, opening: str) -> Iterator[Value]:
        """The value after each place that a pattern finds: an argument, or what a key holds."""
        for found in re.finditer(opening, self.text):
            value = self.value(found.end())
            if value is not None:
                yield value

    def statements(self) -> dict[str, Value]:
        """What the variables of the script are set to."""
        values = {name: self.constant(name) for name in _STATEMENT.findall(self.text)}
        return {name: value for name, value in values.items() if value is not None}

    def constant(self, name: str, depth: int = 0) -> Value | None:
        """The value of a constant; code when there is none."""
        if name not in self._constants:
            # Should it be made of itself.
            self._constants[name] = Code(name)
            pattern = rf"\b(?:const|let|var)\s+{re.escape(name)}\b[^=;\n]*=(?![=>])"
            if "." not in name and (found := re.search(pattern, self.text)):
                self._constants[name] = self._value(found.end(), depth + 1)[0]
        return self._constants[name]

    def exported(self) -> dict[str, Value]:
        """What a data file gives: the object that it exports, or that its function returns.

        Without any, what its variables are set to.
        """
        export = _EXPORTS.search(self.text)
        if export is None:
            return self.statements()
        value = self.value(export.end())
        if isinstance(value, Code) and (found := _RETURNED.search(self.text, export.end())):
            value = self.value(found.end())
        return value if isinstance(value, dict) else {}

    def object_with(self, names: Container[str]) -> dict[str, Value]:
        """The object that a configuration exports, be it made by a function.

        Args:
            names: it has at least one of them, as other objects have not.
        """
        places = [found.end() for found in _EXPORTS.finditer(self.text)][-1:]
        for at, found in enumerate(_OBJECT.finditer(self.text)):
            if at < _MAX_CANDIDATES:
                places.append(found.end())
        for value in map(self.value, places):
            if isinstance(value, dict) and any(name in names for name in value):
                return value
        return {}

    # How it is read: each gives a value, and where it ends

    def _value(self, at: int, depth: int) -> tuple[Value | None, int]:
        """A whole value; a literal that something else is done with is code."""
        if depth > _MAX_DEPTH:
            return self._code(at)
        value, end = self._primary(at, depth)
        text, after = self._tokens.next(end)
        if text in ("??", "||"):
            other, end = self._value(after, depth + 1)
            return (other if isinstance(value, Code) or value is None else value), end
        if text == "+" and _is_text(value):
            other, other_end = self._value(after, depth + 1)
            if _is_text(other):
                return f"{value}{other}", other_end
        if text in _TYPES:
            return value, self._tokens.end_of_expression(after)
        return self._code(at) if self._tokens.goes_on(end) else (value, end)

    def _primary(self, at: int, depth: int) -> tuple[Value | None, int]:
        if found := self._tokens.regex(at):
            return found["regex"], found.end()
        token = self._tokens.at(at)
        if token is None:
            return None, len(self.text)
        if token["string"]:
            text = self._text(token["string"], depth)
            return self._code(at)[0] if text is None else text, token.end()
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
            closing, after = self._tokens.next(end)
            return (value, after) if closing == ")" else self._code(at)
        return self._code(at)

    def _named(self, token: re.Match[str], depth: int) -> tuple[Value | None, int]:
        """A word: a literal of the language, a constant, or a call."""
        name, end = token["name"], token.end()
        if name in ("true", "false"):
            return name, end
        if name in ("null", "undefined"):
            return None, end
        text, after = self._tokens.next(end)
        if text != "(":
            return self.constant(name, depth), end
        value, inner_end = self._value(after, depth + 1)
        closing, last = self._tokens.next(inner_end)
        is_known = name.startswith(self._seen_through) and closing == ")"
        return (value, last) if is_known else self._code(token.start())

    def _object(self, at: int, depth: int) -> tuple[Value, int]:
        values: dict[str, Value] = {}
        while (token := self._tokens.at(at)) and token["sign"] != "}":
            if token["sign"] == "...":
                inner, at = self._value(token.end(), depth + 1)
                values |= inner if isinstance(inner, dict) else {}
            else:
                key, value, at = self._member(token, depth)
                values.pop(key, None)
                if key and value is not None:
                    values[key] = value
            comma, after = self._tokens.next(at)
            at = after if comma == "," else at
            if comma not in (",", "}"):
                return values, len(self.text)
        return values, token.end() if token else len(self.text)

    def _member(self, token: re.Match[str], depth: int) -> tuple[str, Value | None, int]:
        """One name of an object, its value, and where that ends; without a name, what is none."""
        key = token["name"] or token["number"] or unescaped((token["string"] or "")[1:-1])
        sign, after = self._tokens.next(token.end())
        if key and sign == ":":
            value, end = self._value(after, depth + 1)
            return key, value, end
        if key and sign in (",", "}"):
            return key, self.constant(key, depth), token.end()
        code, end = self._code(token.start())
        return key if sign == "(" else "", code, end

    def _list(self, at: int, depth: int) -> tuple[Value, int]:
        values: list[Value] = []
        while True:
            sign, after = self._tokens.next(at)
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
            if self._tokens.next(at)[0] not in (",", "]"):
                return values, len(self.text)

    def _text(self, literal: str, depth: int) -> str | None:
        """The text of a string; None for a template that has something computed in it."""
        inner = literal[1:-1]
        if literal[0] != "`" or "${" not in inner:
            return unescaped(inner)
        for name in set(_SUBSTITUTE.findall(inner)):
            value = self.constant(name, depth)
            if isinstance(value, str) and not isinstance(value, Code):
                inner = inner.replace(f"${{{name}}}", value)
        return None if "${" in inner else unescaped(inner)

    def _code(self, at: int) -> tuple[Value, int]:
        end = self._tokens.end_of_expression(at)
        return Code(self.text[at:end].strip()), end


def _is_text(value: Value | None) -> bool:
    return isinstance(value, str) and not isinstance(value, Code)


def without_code(value: Value | None) -> Value | None:
    """A value without what is code in it; None when it is code itself."""
    if isinstance(value, Code):
        return None
    if isinstance(value, dict):
        pairs = ((key, without_code(inner)) for key, inner in value.items())
        return {key: inner for key, inner in pairs if inner is not None}
    if isinstance(value, list):
        return [inner for inner in map(without_code, value) if inner is not None]
    return value
