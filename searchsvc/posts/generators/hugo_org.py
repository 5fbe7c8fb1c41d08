"""Front matter of Org files, ``#+title: Rye``, beside the formats that all generators know.

Source: Hugo's documentation (Front matter: Emacs Org Mode).
"""

import re

from searchsvc.posts.formats import FORMATS as USUAL
from searchsvc.posts.formats import Format, Formats, Part
from searchsvc.posts.plainyaml import Parsed, Value

_LINE = re.compile(r"#\+(?P<key>[\w-]+)(?P<list>\[\])?:(?P<value>.*)")
# <2024-01-02 Tue 10:00>
_STAMP = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})(?:\s+[^\W\d]+\.?)?(?:\s+(\d{1,2}:\d{2}))?[>\]]")


class Org(Format):
    """Lines of ``#+key: value`` at the beginning; ``#+key[]: a b`` is a list."""

    FM_BOUNDARY = re.compile(r"\s*^#\+[\w-]+(?:\[\])?:", re.MULTILINE)

    def part(self, text: str) -> Part | None:
        lines = text.split("\n")
        end = next(
            (at for at, line in enumerate(lines) if line.strip() and not _LINE.match(line)),
            len(lines),
        )
        return Part("\n".join(lines[:end]), "\n".join(lines[end:]), 0)

    def parse(self, metadata: str) -> Parsed:
        parsed, values = Parsed(), dict[str, Value]()
        for number, line in enumerate(metadata.split("\n"), start=1):
            if found := _LINE.match(line):
                text = _STAMP.sub(_as_date, found["value"].strip())
                values[found["key"]] = [*text.split()] if found["list"] else text
                parsed.lines[found["key"]] = number
        parsed.value = values
        return parsed


FORMATS: Formats = (*USUAL, Org())


def _as_date(stamp: re.Match[str]) -> str:
    return " ".join(part for part in stamp.groups() if part)
