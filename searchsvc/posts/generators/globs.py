"""Patterns of paths as JavaScript, Rust and ``.gitignore`` have them: ``**/*.{md,mdx}``.

Python's own ``fnmatch`` lets ``*`` cross slashes and knows neither ``**`` nor braces. Source: the
documentation of micromatch (Hexo, Docusaurus, Astro), tinyglobby (Eleventy), globset (Zola) and
git, which agree on what is written here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# Each sign with its meaning, the longer ones first; what is none of them stands for itself.
_PIECE = re.compile(
    r"(?P<folders>(?:^|(?<=[/{,]))\*\*/)"
    r"|(?P<all>(?:^|(?<=[/{,]))\*\*(?=$|[,}]))"
    r"|(?P<some>\*+)"
    r"|(?P<one>\?)"
    r"|(?P<set>\[(?P<not>[!^]?)(?P<inside>\]?[^\]/]+)\])"
    r"|(?P<open>\{)|(?P<close>\})|(?P<comma>,)"
    r"|\\(?P<escaped>.)"
    r"|(?P<plain>.)",
    re.DOTALL,
)
_MEANING = {"folders": "(?:.+/)?", "all": ".*", "some": "[^/]*", "one": "[^/]"}
_IN_BRACES = {"open": "(?:", "close": ")", "comma": "|"}


def covers(patterns: Iterable[str], path: str, *, crossing: bool = False) -> bool:
    """Whether one of the patterns covers a whole path; one that makes no sense covers none.

    Args:
        crossing: a single ``*`` crosses slashes too, as in Rust.

    >>> covers(["**/*.{md,mdx}"], "a/b.mdx")
    True
    """
    return any(_compiled(pattern, crossing=crossing).fullmatch(path) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Globs:
    """Which files below a folder are meant, hidden ones never."""

    included: tuple[str, ...]
    excluded: tuple[str, ...]

    def take(self, path: str) -> bool:
        """Whether a file is meant, by its path below the folder."""
        if any(part.startswith(".") for part in path.split("/")):
            return False
        return covers(self.included, path) and not covers(self.excluded, path)


class Ignored:
    """The paths that a list like ``.gitignore`` means: the last pattern that fits decides."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rules = [rule for line in lines if (rule := _rule(line))]

    def __call__(self, path: str) -> bool:
        """Whether a file, named by its path without a slash at the front, is meant."""
        fitting = [ignores for rule, ignores in self._rules if rule.fullmatch(path)]
        return bool(fitting) and fitting[-1]


def _rule(line: str) -> tuple[re.Pattern[str], bool] | None:
    """The expression of a line, and whether it ignores or takes back."""
    pattern = line.strip()
    if not pattern or pattern.startswith("#"):
        return None
    ignores = not pattern.startswith("!")
    pattern = pattern.removeprefix("!")
    below = "/.*" if pattern.endswith("/") else "(?:/.*)?"
    pattern = pattern.rstrip("/")
    anchored = "/" in pattern
    inner = _compiled(pattern.lstrip("/"), braces=False).pattern
    return re.compile(("" if anchored else "(?:.+/)?") + inner + below, re.DOTALL), ignores


@lru_cache(maxsize=500)
def _compiled(pattern: str, *, crossing: bool = False, braces: bool = True) -> re.Pattern[str]:
    """A pattern as an expression for ``fullmatch``; braces without a partner are plain."""
    meaning = {**_MEANING, "some": ".*", "one": "."} if crossing else _MEANING
    braces = braces and pattern.count("{") == pattern.count("}")
    depth, parts = 0, []
    for found in _PIECE.finditer(pattern.removeprefix("./")):
        kind, text = found.lastgroup or "plain", found[found.lastgroup or "plain"]
        if kind == "set":
            parts.append(_one_sign(found["not"], found["inside"]))
        elif kind in _IN_BRACES and braces and (kind == "open" or depth):
            parts.append(_IN_BRACES[kind])
            depth += (kind == "open") - (kind == "close")
        else:
            parts.append(meaning.get(kind) or re.escape(text))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return re.compile(r"(?!)")


def _one_sign(negation: str, inside: str) -> str:
    signs = inside.replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
    return f"[^/{signs}]" if negation else f"[{signs}]"
