"""Template languages taken out of Markdown: Liquid, shortcodes, Nunjucks, EJS, attributes.

Readers never see them, so neither may a search. Code stays as it is: there
``{{ x }}`` is what the author wants to show. One pass from left to right; the
end of a tag that has none is looked for once only, so that a megabyte of
``{{`` takes no longer than a megabyte of prose.
"""

import re
from collections.abc import Callable
from functools import lru_cache

# Each alternative begins with a plain sign, for which the search can run ahead.
_COMMON = (
    r"(?P<ticks>`+|~~~+)"
    r"|\{%[-~]?\s*(?P<tag>\w*)"
    r"|(?P<output>\{\{[<%{]?|\{#(?=[\s-])|\{/\*)"
    r"|\{:(?P<attribute>[^{}\n,]{0,500})\}\n?"
    r"|\{(?P<anchor>(?:[#.][\w:-]{1,100}[ \t]*){1,20})\}[ \t]*$"
    r"|\*\[(?P<abbreviation>[^\]\n]{1,100})\]:[^\n]*\n?"
)
_RARE = (
    r"|(?P<script><%)"
    r"|\[\^(?P<footnote>\d{1,3})\](?!:)"
    r"|(?P<contents>(?:@?\[\[?|\$\{)_{0,2}(?i:toc)_{0,2}(?:\]\]?|\}))[ \t]*$"
)
_START = re.compile(_COMMON, re.MULTILINE)
# Links and elements begin as the rare ones do, so that looking for those costs a quarter more.
_ANY_START = re.compile(_COMMON + _RARE, re.MULTILINE)
# Without any of these there is nothing to take out.
_SIGNS = ("{", "*[")
_RARE_SIGNS = ("<%", "[^", "toc]", "TOC]", "TOC_]", "toc}", "TOC}")
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}\n?")
_CLOSERS = {
    "{{": "}}", "{{<": ">}}", "{{%": "%}}", "{{{": "}}}", "{#": "#}", "{/*": "*/}", "<%": "%>",
}  # fmt: skip
# A tag longer than this, or with a blank line in it, is a brace that somebody left open.
_MAX_TAG = 5_000


def without_template_tags(markdown: str, *, code: bool = True) -> str:
    """Take the tags out of Markdown.

    Args:
        code: leave what stands in fences and backticks; False for HTML, where
            backticks mean nothing.
    """
    if any(sign in markdown for sign in _RARE_SIGNS):
        return _RareScan(markdown, code).result()
    if any(sign in markdown for sign in _SIGNS):
        return Scan(markdown, code).result()
    return markdown


@lru_cache(maxsize=100)
def _fence(ticks: str) -> re.Pattern[str]:
    return re.compile(rf"^[ >]*{ticks}{ticks[0]}*[ \t]*$", re.MULTILINE)


class Scan:
    """One pass over a text; what is kept gathers in ``_kept``.

    Attributes:
        START: where something begins that is not to be kept as it is.
    """

    START = _START

    def __init__(self, text: str, code: bool) -> None:
        self._text = text
        self._code = code
        self._kept: list[str] = []
        self._ends: dict[str, int] = {}

    def result(self) -> str:
        at = 0
        while found := self.START.search(self._text, at):
            self._kept.append(self._text[at : found.start()])
            at = self._skip(found)
        self._kept.append(self._text[at:])
        return "".join(self._kept)

    def _skip(self, found: re.Match[str]) -> int:
        """Keep what readers see of what begins here; return where to go on."""
        steps: dict[str | None, Callable[[re.Match[str]], int]] = {
            "ticks": self._ticks,
            "tag": self._tag,
            "output": self._output,
            "script": self._output,
            "attribute": self._attribute,
            "anchor": re.Match[str].end,
            "footnote": self._footnote,
            "contents": self._contents,
            "abbreviation": self._abbreviation,
        }
        return steps[found.lastgroup](found)

    def _ticks(self, found: re.Match[str]) -> int:
        """Code between backticks or fences."""
        ticks = found["ticks"]
        if not self._code:
            return self._keep(found.start(), found.end())
        if len(ticks) >= 3 and self._opens_fence(found):
            # All until the closing fence is kept, so each character is searched once.
            closing = _fence(ticks).search(self._text, found.end())
            return self._keep_code(found.start(), closing.end() if closing else len(self._text))
        end = None if ticks[0] == "~" else self._end(ticks, found.end(), exact=True)
        return self._keep_code(found.start(), end + len(ticks) if end else found.end())

    def _opens_fence(self, found: re.Match[str]) -> bool:
        """A fence begins its line, or its item of a list, and has no backticks behind it."""
        if not self._begins_line(found.start(), " >-*+.)0123456789"):
            return False
        return "`" not in self._text[found.end() :].partition("\n")[0]

    def _begins_line(self, at: int, allowed: str = "") -> bool:
        """Whether nothing but what is allowed stands before a place on its line."""
        newline = self._text.rfind("\n", max(at - 12, 0), at)
        if newline < 0 and at > 12:
            return False
        return not self._text[newline + 1 : at].strip(allowed or None)

    def _footnote(self, found: re.Match[str]) -> int:
        """A mark whose note is not here, as in an excerpt; the others are for the renderer."""
        note = f"{found[0]}:"
        if note not in self._ends:
            self._ends[note] = self._text.find(note)
        return found.end() if self._ends[note] < 0 else self._keep(found.start(), found.end())

    def _contents(self, found: re.Match[str]) -> int:
        """``[[toc]]`` on a line of its own, where a table of contents is to be."""
        alone = self._begins_line(found.start(), " ")
        return found.end() if alone else self._keep(found.start(), found.end())

    def _attribute(self, found: re.Match[str]) -> int:
        """kramdown's ``{:.class}``; one for a table of contents takes the list before it along."""
        if found["attribute"].strip() == "toc" and self._kept:
            before, newline, item = self._kept[-1].removesuffix("\n").rpartition("\n")
            if item.startswith(("* ", "- ", "1. ")):
                self._kept[-1] = before + newline
        return found.end()

    def _abbreviation(self, found: re.Match[str]) -> int:
        if self._begins_line(found.start()):
            return found.end()
        return self._keep(found.start(), found.start() + 2)

    def _tag(self, found: re.Match[str]) -> int:
        end = self._end_of_tag("%}", found)
        if end is None:
            return self._keep(found.start(), found.start() + 2)
        after, name = end + 2, found["tag"]
        if name in ("raw", "comment"):
            return self._block(name, after)
        if name in ("highlight", "endhighlight"):
            self._kept.append("\n```\n")
        return after

    def _block(self, name: str, after: int) -> int:
        end = self._end(f"end{name}", after)
        if end is None:
            return after
        opening = self._text.rfind("{%", after, end)
        opening = end if opening < 0 else opening
        if name == "raw":
            self._keep(after, opening)
        closing = self._end("%}", end)
        return end if closing is None else closing + 2

    def _output(self, found: re.Match[str]) -> int:
        closer = _CLOSERS[found[found.lastgroup or 0]]
        end = self._end_of_tag(closer, found)
        if end is None:
            return self._keep(found.start(), found.start() + 2)
        return end + len(closer)

    def _end_of_tag(self, closer: str, found: re.Match[str]) -> int | None:
        """Where a tag ends; None for a brace that somebody left open."""
        end = self._end(closer, found.end())
        if end is None or end - found.start() > _MAX_TAG:
            return None
        return end if self._text.find("\n\n", found.start(), end) < 0 else None

    def _end(self, closer: str, start: int, *, exact: bool = False) -> int | None:
        """Where the closer stands next; what was found or not is remembered."""
        known = self._ends.get(closer, -1)
        if known < start:
            known = self._find(closer, start, exact)
            self._ends[closer] = known
        return None if known >= len(self._text) else known

    def _find(self, closer: str, start: int, exact: bool) -> int:
        if exact:
            run = re.compile(rf"(?<!`){closer}(?!`)").search(self._text, start)
            return run.start() if run else len(self._text)
        at = self._text.find(closer, start)
        return at if at >= 0 else len(self._text)

    def _keep(self, start: int, end: int) -> int:
        self._kept.append(self._text[start:end])
        return end

    def _keep_code(self, start: int, end: int) -> int:
        """Code as it is, but for the tags that keep Liquid's hands off it."""
        code = self._text[start:end]
        self._kept.append(_RAW.sub("", code) if "endraw" in code else code)
        return end


class _RareScan(Scan):
    """The same for a text in which something rare may stand."""

    START = _ANY_START
