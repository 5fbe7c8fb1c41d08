"""SiteConfig: a site's own configuration, read as data and never run.

YAML, TOML and JSON become the same plain values as front matter: text, lists
and mappings of text.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import decode
from searchsvc.posts.files import MAX_FILE_BYTES, whole_of
from searchsvc.posts.frontmatter import as_flag
from searchsvc.posts.jsliterals import Code
from searchsvc.posts.plainyaml import Value, parse_yaml
from searchsvc.posts.unusable import Unusable, shown
from searchsvc.posts.values import as_text, parse_toml

Parse = Callable[[str], Value | None]


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The values of a configuration, asked one by one.

    Every method raises ``ContentError``, with the file and the remedy, for a value of
    another kind. A name may lead inside: ``blog.posts``.

    Attributes:
        place: the file as the user knows it; "" when the site has none.
        values: what it holds.
    """

    place: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    def get(self, name: str) -> Value | None:
        """The value of a name as it is; None when there is none."""
        at: Value | None = dict(self.values)
        for key in name.split("."):
            at = at.get(key) if isinstance(at, dict) else None
        return at

    def text(self, name: str, default: str = "") -> str:
        """The text of a name; the default when it is not there, or empty."""
        value = self.get(name)
        if isinstance(value, list | dict | Code):
            raise self.complaint(name, "Write it as text")
        return (value or "").strip() or default

    def texts(self, name: str) -> list[str]:
        """The texts of a list; one text, cut at commas, is a list too."""
        value = self.get(name)
        if isinstance(value, dict | Code):
            raise self.complaint(name, "Write it as a list")
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return [i for i in value or () if isinstance(i, str) and not isinstance(i, Code)]

    def flag(self, name: str, *, default: bool) -> bool:
        """The yes or no of a name."""
        text = self.text(name)
        flag = as_flag(text) if text else default
        if flag is None:
            raise self.complaint(name, "Write it as true or false")
        return flag

    def table(self, name: str) -> Mapping[str, Value]:
        """The mapping of a name; empty when it is not there."""
        value = self.get(name) or {}
        if not isinstance(value, dict):
            raise self.complaint(name, "Write it as a table of names and values")
        return value

    def address(self, name: str) -> str:
        """The address of a name, like ``https://example.com/blog``, without a slash at its end.

        It may be a path alone, as some write whose site can move.
        """
        url = self.text(name)
        if url and not re.match(r"https?://|/(?!/)", url, re.IGNORECASE):
            raise self.complaint(name, "Write it like https://example.com")
        return url.rstrip("/")

    def complaint(self, name: str, remedy: str) -> ContentError:
        """What is wrong with the value of a name, and what to do."""
        return ContentError(f"{self.place}: {name} is {shown(self.get(name))}. {remedy}")


def read_config(root: Path, names: Iterable[str], *, parse: Parse | None = None) -> SiteConfig:
    """Read the first of some files that is there; without any, an empty configuration.

    Args:
        names: of files below the root.
        parse: how to read them; by default what the suffix says: TOML, JSON, else YAML.

    Raises:
        ContentError: the file cannot be read, or is not what its name says.
    """
    path = next((root / name for name in names if (root / name).is_file()), None)
    if path is None:
        return SiteConfig()
    content = whole_of(path, MAX_FILE_BYTES, remedy="Shorten it")
    try:
        value = (parse or _PARSERS.get(path.suffix.lower(), _yaml))(decode(content))
    except Unusable as error:
        where = path if error.line is None else f"{path}:{error.line}"
        raise ContentError(f"{where}: {error}") from error
    if not isinstance(value or {}, dict):
        raise ContentError(f"{path}: It holds no settings. Write them as `name: value`")
    return SiteConfig(str(path), value if isinstance(value, dict) else {})


def _yaml(text: str) -> Value | None:
    return parse_yaml(text).value


def _toml(text: str) -> Value | None:
    return as_text(parse_toml(text))


def _json(text: str) -> Value | None:
    try:
        return as_text(json.loads(text, parse_float=str, parse_int=str))
    except json.JSONDecodeError as error:
        raise Unusable(f"This is not JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise Unusable("This is nested too deeply") from error


_PARSERS: Mapping[str, Parse] = {".toml": _toml, ".json": _json}
