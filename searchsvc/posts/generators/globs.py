"""Patterns of paths as JavaScript and Rust tools write them: ``**/drafts/*.{md,html}``.

Python's own ``fnmatch`` lets ``*`` cross slashes and knows neither ``**`` nor braces. Source:
the documentation of micromatch (Hexo), tinyglobby (Eleventy) and globset (Zola), which agree
on what is written here.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

# Each sign with its meaning, the longer ones first.
_PIECE = re.compile(
    r"(?P<folders>(?:^|(?<=/))\*\*/)"
    r"|(?P<all>(?:^|(?<=/))\*\*$)"
    r"|(?P<some>\*+)"
    r"|(?P<one>\?)"
    r"|(?P<set>\[[^\]/]+\])"
    r"|(?P<open>\{)|(?P<close>\})|(?P<comma>,)"
    r"|\\(?P<escaped>.)"
    r"|(?P<plain>.)",
    re.DOTALL,
)
_MEANING = {
    "folders": "(?:.+/)?", "all": ".*", "some": "[^/]*", "one": "[^/]",
    "open": "(?:", "close": ")", "comma": "|",
}  # fmt: skip


def covers(patterns: Iterable[str], path: str, *, crossing: bool = False) -> bool:
    """Whether one of the patterns covers a whole path; one that makes no sense covers none.

    Args:
        crossing: a single ``*`` crosses slashes too, as in Rust.
    """
    return any(_compiled(pattern, crossing).fullmatch(path) for pattern in patterns)


@lru_cache(maxsize=500)
def _compiled(pattern: str, crossing: bool) -> re.Pattern[str]:
    meaning = {**_MEANING, "some": ".*", "one": "."} if crossing else _MEANING
    in_braces, parts = 0, []
    for found in _PIECE.finditer(pattern.removeprefix("./")):
        kind, text = found.lastgroup or "plain", found[found.lastgroup or "plain"]
        in_braces += (kind == "open") - (kind == "close")
        if kind == "set":
            parts.append("[" + text[1:-1].replace("\\", "\\\\").replace("!", "^", 1) + "]")
        elif kind in meaning and (kind != "comma" or in_braces > 0):
            parts.append(meaning[kind])
        else:
            parts.append(re.escape(text))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return re.compile(r"(?!)")
