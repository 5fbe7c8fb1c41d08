"""Unusable: why one post cannot be used. It never leaves ``posts``: a Problem takes its place."""

from searchsvc.errors import ContentError


class Unusable(ContentError):
    """What is wrong with a post, and what to do.

    Attributes:
        line: where in the file, counted from 1; None when no line can be named.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def shown(value: object, limit: int = 60) -> str:
    """A value as messages show it: short, on one line, a text in quotes."""
    text = repr(value)
    quote = text[0] if text[:1] in ("'", '"') else ""
    return text if len(text) <= limit else f"{text[: limit - 1]}…{quote}"
