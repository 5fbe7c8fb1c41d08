"""Judged queries: what readers ask, and which posts should come; read from a file.

A line that begins with ``{`` is JSON, any other is a query and a post with a tab
between. Lines of the same query count as one query with several posts. A line that
cannot be used is told and left out, as a post would be.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from searchsvc.errors import JudgedUnusable
from searchsvc.posts.encoding import decode
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.text.folding import valid

FIELDS = ("q", "relevant", "kind", "prefix")
MAX_GRADE = 100.0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the list that is not as it should be.

    Attributes:
        place: file and line.
        message: what is wrong and what to do.
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class Judged:
    """A query whose answer is known.

    Attributes:
        text: what a reader types.
        grades: how useful each post is, by id or url: 0 for not at all, up to 100. Posts
            that are not named count as 0.
        kind: a name of the owner's own, by which figures are grouped; "" for none.
        unfinished: the last word may be the beginning of one, as in a search box.
        places: where each post was read, as ``file:line``.
    """

    text: str
    grades: Mapping[str, float]
    kind: str = ""
    unfinished: bool = False
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass
class JudgedList:
    """What a file holds: queries in the order of the file, and remarks on its bad lines."""

    queries: list[Judged] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_judged(path: Path) -> JudgedList:
    """Read a file of judged queries.

    Raises:
        JudgedUnusable: it cannot be read, is not UTF-8, or no line of it can be used.
    """
    read = JudgedList()
    found: dict[tuple[str, bool, str], Judged] = {}
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            judged = _judged(line, f"{path}:{number}")
        except Unusable as error:
            read.remarks.append(Remark(f"{path}:{number}", str(error)))
            continue
        key = (judged.text, judged.unfinished, judged.kind)
        earlier = found.get(key)
        found[key] = _joined(earlier, judged) if earlier else judged
    read.queries = list(found.values())
    if not read.queries:
        told = "".join(f"{remark}\n" for remark in read.remarks)
        raise JudgedUnusable(f"{told}{path}: no query can be used. {_HOW}")
    return read


_HOW = 'Write {"q": "go concurrency", "relevant": ["posts/x.md"]}, or a query, a tab and an id'


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise JudgedUnusable(
            f"{path}: cannot be read ({error.strerror}). Check the name"
        ) from error
    except Unusable as error:
        raise JudgedUnusable(f"{path}:{error.line or 1}: {error}") from error


def _joined(first: Judged, second: Judged) -> Judged:
    grades, places = {**first.grades, **second.grades}, {**first.places, **second.places}
    return replace(first, grades=grades, places=places)


def _judged(line: str, place: str) -> Judged:
    values = _values(line)
    text = _checked(values, "q", lambda v: isinstance(v, str) and v.strip(), "a text, as typed")
    text = valid(text)
    kind = _checked(values, "kind", lambda v: isinstance(v, str), "text", default="")
    prefix = _checked(values, "prefix", lambda v: isinstance(v, bool), "true or false", False)
    # Outer spaces are kept where they mean something: one after a word says that it is finished.
    grades = _grades(values.get("relevant"))
    return Judged(text, grades, valid(kind), prefix, dict.fromkeys(grades, place))


def _values(line: str) -> dict[str, Any]:
    """The fields of a line, whichever way it is written."""
    if not line.lstrip().startswith("{"):
        query, tab, post = line.partition("\t")
        if not tab:
            raise Unusable(f"{shown(line)} has no tab. {_HOW}")
        return {"q": query.strip(), "relevant": [post.strip()]}
    try:
        values: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError as error:
        reason = f"{error.msg}, column {error.colno}"
        raise Unusable(f"{shown(line)} is not JSON: {reason}. {_HOW}") from error
    except (ValueError, RecursionError) as error:
        raise Unusable(f"{shown(line)} is too deep, or holds a huge number. {_HOW}") from error
    for name in values:
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            guess = f" Did you mean {near[0]!r}?" if near else ""
            raise Unusable(f"There is no field {shown(name)}.{guess} Fields: {', '.join(FIELDS)}")
    return values


def _checked(
    values: Mapping[str, Any],
    name: str,
    is_right: Callable[[Any], object],
    meant: str,
    default: object = None,
) -> Any:
    value = values.get(name, default)
    if not is_right(value):
        raise Unusable(f"{name} is {shown(value)}. Write it as {meant}")
    return value


def _grades(relevant: object) -> dict[str, float]:
    """Grades by id or url; a list stands for posts that are all equally useful."""
    if isinstance(relevant, str):
        relevant = [relevant]
    given = relevant if isinstance(relevant, dict) else dict.fromkeys(_listed(relevant), 1)
    grades = dict(_graded(given))
    if not any(grades.values()):
        raise Unusable(
            f"relevant is {shown(relevant)}. Name at least one post that should be found, "
            'by its id or url: ["posts/x.md"], or with a grade above 0: {"posts/x.md": 2}'
        )
    return grades


def _listed(relevant: object) -> list[str]:
    if isinstance(relevant, list) and all(isinstance(post, str) for post in relevant):
        return [post for post in relevant if post.strip()]
    raise Unusable(
        f'relevant is {shown(relevant)}. Write a list of ids or urls, ["posts/x.md"], '
        'or grades by them, {"posts/x.md": 2}'
    )


def _graded(given: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    for post, grade in given.items():
        is_number = isinstance(grade, int | float) and not isinstance(grade, bool)
        if not is_number or not 0 <= grade <= MAX_GRADE:  # type: ignore[operator]
            raise Unusable(
                f"The grade of {shown(post)} is {shown(grade)}. Write a number from 0 (of no use) "
                f"to {MAX_GRADE:g}"
            )
        yield post, float(grade)  # type: ignore[arg-type]
