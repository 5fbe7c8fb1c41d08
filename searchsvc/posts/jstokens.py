"""Pieces of JavaScript and TypeScript: texts, words and signs, and where an expression ends."""

import re

from searchsvc.posts.encoding import clean

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
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_ENDS = frozenset(",;)]}")


class Tokens:
    """A script, looked at from a place in it.

    Attributes:
        text: the script, with a space for each comment.
    """

    def __init__(self, script: str) -> None:
        self.text = without_comments(script)

    def at(self, place: int) -> re.Match[str] | None:
        """The next ``string``, ``number``, ``name`` or ``sign``; None at the end."""
        return _TOKEN.match(self.text, place)

    def regex(self, place: int) -> re.Match[str] | None:
        """The regular expression that comes next, where a value is expected."""
        return _REGEX_HERE.match(self.text, place)

    def next(self, place: int) -> tuple[str, int]:
        """The next token's text and where it ends; "" at the end of the script."""
        token = self.at(place)
        return (token[0].strip(), token.end()) if token else ("", len(self.text))

    def goes_on(self, place: int) -> bool:
        """Whether an expression goes on here; on a new line, only with an operator."""
        token = self.at(place)
        if token is None or token["sign"] in _ENDS:
            return False
        on_new_line = "\n" in token[0][: len(token[0]) - len(token[0].lstrip())]
        return not (on_new_line and token["sign"] is None)

    def end_of_expression(self, place: int) -> int:
        """Where what begins here is followed by a comma or the end of what it stands in."""
        open_signs: list[str] = []
        while token := self.at(place):
            sign = token["sign"] or ""
            if not open_signs and sign in _ENDS:
                return token.end() - 1
            if sign in _CLOSERS:
                open_signs.append(_CLOSERS[sign])
            elif open_signs and sign == open_signs[-1]:
                open_signs.pop()
            place = token.end()
        return len(self.text)


def without_comments(script: str) -> str:
    """The script, with a space for each comment."""
    return _NOT_CODE.sub(lambda found: found["string"] or found["regex"] or " ", script)


def unescaped(text: str) -> str:
    """What a text in quotes says, with its escapes as the characters that they stand for."""
    return clean(_ESCAPE.sub(_character, text)) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else ""
    return _CONTROLS.get(found[4], found[4])
