"""One: the reading of a single file or entry, as ``Source`` would give it among all others.

What only the others show is not seen: whether one of them has the same address.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.feeds.opening import SUFFIXES as ENTRY_SUFFIXES
from searchsvc.posts.folder import Folder
from searchsvc.posts.generators import GENERATORS
from searchsvc.posts.generators.plain import Plain
from searchsvc.posts.generators.roots import is_marked
from searchsvc.posts.jsonlines import SUFFIXES, JsonLines
from searchsvc.posts.post import LeftOut, Post, Problem, Reading
from searchsvc.posts.source import Content, Part, Source, contents_of, open_part
from searchsvc.settings import Settings

_BEHIND = ", behind the name of its source"
_WITH_LINE = re.compile(r"(.+):(\d{1,9})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class One:
    """What was read.

    Attributes:
        place: the file, as it was named.
        read_as: what it was read as, such as ``Jekyll site blog/``.
        reading: what came out; None when there is no post in it.
        id_rule: what gave it its id.
        passed_over: why there is none; empty when there is one.
    """

    place: str
    read_as: str
    reading: Reading | None
    id_rule: str
    passed_over: str = ""


def read_one(named: Path, settings: Settings, *, post_id: str = "") -> One:
    """Read one file by the rules that hold for it.

    It is looked for in what the settings name; else its site is the nearest folder above
    that a generator claims, and its own folder when none does.

    Args:
        named: the file; ``:line`` behind it tells a line of JSON Lines, else nothing.
        post_id: which post of a file that holds many.

    Raises:
        ContentError: the file, or that post in it, is not there.
    """
    file, line = _file_and_line(named)
    prefix, content = _content_of(file, settings)
    if content.path.is_dir():
        return _in_folder(file, prefix, content)
    return _in_file(file, prefix, content, line=line, post_id=post_id)


def _file_and_line(named: Path) -> tuple[Path, int]:
    found = _WITH_LINE.fullmatch(str(named))
    file, line = (Path(found[1]), int(found[2])) if found and not named.exists() else (named, 0)
    if not file.is_file() and not file.is_symlink():
        what = "this is a folder. Name one file in it" if file.is_dir() else "there is no such file"
        raise ContentError(f"{file}: {what}")
    return file, line


def _content_of(file: Path, settings: Settings) -> tuple[str, Content]:
    """What the file belongs to: a named content, the innermost of several; else its site."""
    around = [one for one in contents_of(settings) if _is_within(file, one[1].path)]
    if around:
        return max(around, key=lambda one: len(one[1].path.resolve().parts))
    holds_many = file.suffix.lower() in (*SUFFIXES, *ENTRY_SUFFIXES)
    path = file if holds_many else _site_above(file, settings)
    return "", Content(None, settings.model_copy(update={"content": (path,), "sources": ()}))


def _is_within(file: Path, path: Path) -> bool:
    # The link is what lies in the folder, not what it leads to.
    real = file.parent.resolve() / file.name
    return path.resolve() in (real, file.resolve(), *real.parents)


def _site_above(file: Path, settings: Settings) -> Path:
    kinds = [
        kind
        for kind in GENERATORS
        if kind is not Plain and settings.generator in ("auto", kind.name)
    ]
    above = (*file.parent.parents, *file.parent.resolve().parents)
    for folder in (file.parent, *filter(is_marked, above)):
        if any(kind.root_of(folder) for kind in kinds):
            return folder
    return file.parent


def _in_folder(file: Path, prefix: str, content: Content) -> One:
    below = file.parent.resolve().relative_to(content.path.resolve())
    path = (below / file.name).as_posix()
    folder = Folder(content.path, content.settings, only=path)
    id_rule = f"path below the root of the site{_BEHIND if prefix else ''}"
    if why := folder.passes_over(path):
        return One(str(file), folder.description, None, id_rule, why)
    reading = next(iter(Source([(prefix, content, folder)])), None)
    why = "" if reading else "By what is in it, it is no post"
    return One(str(file), folder.description, reading, id_rule, why)


def _in_file(file: Path, prefix: str, content: Content, *, line: int, post_id: str) -> One:
    part = open_part(content.path, content.settings)
    readings = list(Source([(prefix, content, part)]))
    if line and not post_id:
        post_id = _id_at(line, readings, part)
    chosen = [one for one in readings if _id_of(one) in (post_id, prefix + post_id)]
    if not post_id and len(readings) == 1:
        chosen = readings
    if not chosen:
        raise ContentError(f"{file}: {_which(list(map(_id_of, readings)), post_id)}")
    id_rule = f"id in the file, else what stands for one{_BEHIND if prefix else ''}"
    return One(str(file), part.description, chosen[0], id_rule)


def _id_at(line: int, readings: Sequence[Reading], part: Part) -> str:
    """The id of what stands in a line; empty where that is not known."""
    for reading in readings:
        if isinstance(reading, Problem | LeftOut) and reading.place.endswith(f":{line}"):
            return reading.post_id
    return part.id_at(line) if isinstance(part, JsonLines) else ""


def _id_of(reading: Reading) -> str:
    return reading.id if isinstance(reading, Post) else reading.post_id


def _which(ids: Sequence[str], post_id: str) -> str:
    if post_id:
        near = get_close_matches(post_id, ids, n=1)
        return f"no post has the id {post_id!r}.{f' Did you mean {near[0]!r}?' if near else ''}"
    if not ids:
        return "there is no post in this file"
    return f"this file holds {len(ids)} posts. Name one of them, such as --id {ids[0]}"
