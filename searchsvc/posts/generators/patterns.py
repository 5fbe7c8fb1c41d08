"""Patterns: which paths a site's own lists of them mean (``drafts/**/*.md``, ``/old/``)."""

import re
from collections.abc import Iterable

# The pieces of a pattern; what is none of them stands for itself.
_PIECES = re.compile(
    r"(?P<folders>\*\*/)|(?P<all>\*\*)|(?P<any>\*)|(?P<one>\?)"
    r"|(?P<set>\[[!^]?\]?[^\]/]*\])|\\(?P<plain>.)|(?P<open>\{)|(?P<comma>,)|(?P<close>\})"
)
_MEANING = {"folders": "(?:.+/)?", "all": ".*", "any": "[^/]*", "one": "[^/]"}


def glob(pattern: str, *, braces: bool = True) -> re.Pattern[str]:
    """A pattern of paths as an expression for ``fullmatch``.

    Args:
        braces: ``{md,mdx}`` stands for either, as in JavaScript's tools.

    >>> bool(glob("**/*.{md,mdx}").fullmatch("a/b.mdx"))
    True
    """
    braces = braces and pattern.count("{") == pattern.count("}")
    made, at, depth = "", 0, 0
    for piece in _PIECES.finditer(pattern):
        made += re.escape(pattern[at : piece.start()])
        at, kind = piece.end(), piece.lastgroup or ""
        if kind in ("open", "comma", "close"):
            in_braces = braces and (kind == "open" or depth > 0)
            made += {"open": "(?:", "comma": "|", "close": ")"}[kind] if in_braces else piece[0]
            depth += in_braces * {"open": 1, "comma": 0, "close": -1}[kind]
        else:
            made += _MEANING.get(kind) or _one_sign(piece)
    return re.compile(made + re.escape(pattern[at:]), re.DOTALL)


def _one_sign(piece: re.Match[str]) -> str:
    if piece["plain"]:
        return re.escape(piece["plain"])
    inner = piece["set"][1:-1]
    sign = "^" if inner[0] in "!^" else ""
    inside = inner[len(sign) :].replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
    return f"[{sign}{inside}]"


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
    inner = glob(pattern.lstrip("/"), braces=False).pattern
    return re.compile(("" if anchored else "(?:.+/)?") + inner + below, re.DOTALL), ignores
