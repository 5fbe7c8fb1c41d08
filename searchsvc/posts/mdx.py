"""MDX: Markdown with JavaScript in it → Markdown that says the same to a reader.

Imports, exports and ``{expressions}`` go, and the tags of elements; what stands between the
tags stays. Code stays as it is. An expression that is nothing but a text in quotes is that text.

One pass from left to right. What begins like an element or an expression and never ends is plain
text; looking for ends may take a few times the length of the text, and what comes after that is
taken as Markdown. So a megabyte of ``{`` does not take a thousand times as long as half of it.
"""

import re

from searchsvc.posts.template_tags import Scan

# How many signs may be looked at in search of ends: for each sign of the text, and in any case.
_LOOKS, _LOOKS_AT_LEAST = 4, 100_000
_START = re.compile(
    r"(?P<ticks>`+|~~~+)"
    r"|(?P<escape>\\.)"
    r"|^(?P<module>import(?=\s*['\"{*]|\s+[\w$]+\s*(?:,|from\b|=)|\s+type\b)"
    r"|export(?=\s+(?:default|const|let|var|function|async|class|type|interface)\b|\s*[{*]))"
    r"|^[ \t>]{0,20}(?P<directive>:{3,})(?P<label>[^\n]*)"
    r"|(?P<comment><!--)"
    r"|<(?P<closing>/?)(?P<tag>[A-Za-z_$][\w$.:-]*|(?=>))"
    r"|(?P<brace>\{)",
    re.MULTILINE,
)
# In JavaScript: what opens, closes, or holds braces that are none.
_LITERALS = r"\"(?:\\.|[^\"\\\n])*+\"|'(?:\\.|[^'\\\n])*+'|//[^\n]*|/\*.*?(?:\*/|\Z)|\\."
_EXPRESSION = re.compile(rf"[{{}}`]|{_LITERALS}", re.DOTALL)
_MODULE = re.compile(rf"[{{}}()\[\]`]|{_LITERALS}|\n[ \t]*(?=\n)", re.DOTALL)
_TEMPLATE = re.compile(r"`|\$\{|\\.", re.DOTALL)
_IN_TAG = re.compile(r"[^<>{}\"'/]++|/(?!>)|(?P<quote>[\"'])|(?P<brace>\{)|(?P<end>/?>)")
_TEXT = re.compile(r"\{\s*(?P<quote>[\"'`])(?P<text>[^\"'`\\${}]*)(?P=quote)\s*\}")
_TITLE = re.compile(r"\s*[\w-]*\s*(?:\[(?P<label>.*)\]|(?P<rest>[^\[{]*))")
_OPENING, _CLOSING = frozenset(("{", "${", "(", "[")), frozenset("})]`")
_INDENT = re.compile(r"\n[ \t]+")
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup "
    "time u var wbr".split()
)
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
_UNSEEN = frozenset({"script", "style"})


def markdown_of_mdx(mdx: str) -> str:
    """The Markdown in some MDX."""
    return _Mdx(mdx).result()


class _Mdx(Scan):
    """One pass over MDX; within elements, lines lose their indentation, which is not code here."""

    START = _START

    def __init__(self, text: str) -> None:
        super().__init__(text, code=True)
        self._looks = _LOOKS * len(text) + _LOOKS_AT_LEAST
        self._depth = 0

    def result(self) -> str:
        at = 0
        while found := self.START.search(self._text, at):
            self._keep(at, found.start())
            at = self._skip(found)
        self._keep(at, len(self._text))
        return "".join(self._kept)

    def _skip(self, found: re.Match[str]) -> int:
        if found["ticks"]:
            return self._ticks(found)
        if found["module"] and self._follows_blank_line(found.start()):
            end = self._end_of_code(found.start(), _MODULE)
            return end or self._after("\n\n", found.start()) or len(self._text)
        if found["directive"]:
            title = _TITLE.match(found["label"])
            self._kept.append(f"\n\n{(title and (title['label'] or title['rest'])) or ''}\n\n")
            return found.end()
        if found["comment"]:
            return self._after("-->", found.end()) or self._keep(found.start(), found.end())
        if found["tag"] is not None:
            return self._tag(found)
        if found["brace"]:
            return self._expression(found)
        return self._keep(found.start(), found.end())

    def _follows_blank_line(self, at: int) -> bool:
        """Whether a line stands at the beginning or after an empty line."""
        return not self._text[self._text.rfind("\n", 0, max(at - 1, 0)) + 1 : at].strip()

    def _expression(self, found: re.Match[str]) -> int:
        end = self._end_of_code(found.start())
        if not end:
            return self._keep(found.start(), found.end())
        if text := _TEXT.fullmatch(self._text, found.start(), end):
            self._kept.append(text["text"])
        return end

    def _tag(self, found: re.Match[str]) -> int:
        end = self._end_of_tag_at(found.end())
        if not end:
            return self._keep(found.start(), found.end())
        name, is_whole = found["tag"], self._text.endswith("/>", found.start(), end)
        if name in _UNSEEN and not found["closing"] and not is_whole:
            return self._after(f"</{name}>", end) or end
        if name not in _INLINE:
            step = -1 if found["closing"] else 0 if is_whole or name in _EMPTY else 1
            self._depth = max(self._depth + step, 0)
            self._part_words(end)
        return end

    def _part_words(self, after: int) -> None:
        """Put a space where a tag stood between words of two elements."""
        before = self._kept[-1][-1:] if self._kept else ""
        behind = self._text[after : after + 1]
        if before.isalnum() and (behind.isalnum() or behind == "<"):
            self._kept.append(" ")

    def _end_of_tag_at(self, at: int) -> int:
        """The end of a tag from behind its name on; 0 when it is none."""
        start = at
        while self._looks > 0 and (found := _IN_TAG.match(self._text, at)):
            at = found.end()
            if found["end"]:
                self._looks -= at - start
                return at
            if found["quote"]:
                at = self._after(found["quote"], at)
            elif found["brace"]:
                at = self._end_of_code(found.start())
            if not at:
                break
        self._looks -= max(at - start, 1)
        return 0

    def _end_of_code(self, start: int, code: re.Pattern[str] = _EXPRESSION) -> int:
        """The end of an expression in braces, or of imports and exports; 0 when it has none.

        The latter end at the first empty line outside of all brackets.
        """
        open_signs: list[str] = []
        at, end = start, 0
        while self._looks > 0 and not end:
            in_text = open_signs[-1:] == ["`"]
            found = (_TEMPLATE if in_text else code).search(self._text, at)
            if found is None:
                end = len(self._text) if code is _MODULE and not open_signs else 0
                at = len(self._text)
                break
            at, sign = found.end(), found[0]
            if sign in _OPENING or (sign == "`" and not in_text):
                open_signs.append(sign)
            elif sign in _CLOSING and open_signs:
                open_signs.pop()
                end = at if code is _EXPRESSION and not open_signs else 0
            elif sign[0] == "\n" and not open_signs:
                end = at
        self._looks -= at - start
        return end

    def _after(self, closer: str, at: int) -> int:
        """Where the closer that stands next ends; 0 when there is none."""
        if self._looks <= 0:
            return 0
        end = self._text.find(closer, at)
        self._looks -= (end if end >= 0 else len(self._text)) - at
        return end + len(closer) if end >= 0 else 0

    def _keep(self, start: int, end: int) -> int:
        text = self._text[start:end]
        self._kept.append(_INDENT.sub("\n", text) if self._depth else text)
        return end

    def _keep_code(self, start: int, end: int) -> int:
        return self._keep(start, end)
