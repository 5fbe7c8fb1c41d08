"""Jekyll's ``_config.yml``: what in it bears on posts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import decode
from searchsvc.posts.frontmatter import as_flag
from searchsvc.posts.plainyaml import Value, parse_yaml
from searchsvc.posts.unusable import Unusable, shown

_TEXTS = (
    *("permalink", "timezone", "url", "baseurl", "future", "excerpt_separator"),
    *("source", "collections_dir"),
)
_NAMES = ("_config.yml", "_config.yaml")


@dataclass(frozen=True, slots=True)
class JekyllConfig:
    """The site's configuration.

    Attributes:
        place: the file as the user knows it.
        address: ``url`` and ``baseurl``, or ``baseurl`` alone.
        future: posts with a date to come are shown.
        excerpt_separator: None when the site names none.
        excluded: patterns of paths that are not part of the site.
        home: the folder in which the site begins (``source`` and ``collections_dir``);
            empty for the root. Folders from there on are categories.
    """

    place: str = _NAMES[0]
    permalink: str = "date"
    timezone: str = ""
    address: str = ""
    future: bool = False
    excerpt_separator: str | None = None
    excluded: tuple[str, ...] = ()
    home: str = ""
    scopes: tuple["Scope", ...] = field(default=())

    def defaults(self, path: str) -> dict[str, Value]:
        """The front matter that the site gives a post at this path."""
        inner = self.from_home(path)
        found: dict[str, Value] = {}
        for scope in self.scopes:
            if scope.covers(path) or scope.covers(inner):
                found |= scope.values
        return found

    def from_home(self, path: str) -> str:
        """A path below the root as one from where the site begins."""
        return path.removeprefix(self.home + "/") if self.home else path


@dataclass(frozen=True, slots=True)
class Scope:
    """One entry of ``defaults``: front matter for the posts below a path."""

    path: str
    has_type: bool
    values: Mapping[str, Value]

    def covers(self, path: str) -> bool:
        if "*" not in self.path:
            return path.startswith(self.path)
        return fnmatchcase(path, self.path) or fnmatchcase(path, self.path.rstrip("*") + "*/*")


def read_config(root: Path) -> JekyllConfig:
    """Read the configuration of a site; without a file, Jekyll's defaults.

    Raises:
        ContentError: the file cannot be read, or is not YAML.
    """
    path = next((root / name for name in _NAMES if (root / name).is_file()), None)
    if path is None:
        return JekyllConfig()
    try:
        value = parse_yaml(decode(path.read_bytes())).value
    except Unusable as error:
        where = path if error.line is None else f"{path}:{error.line}"
        raise ContentError(f"{where}: {error}") from error
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror})") from error
    values = {} if value in (None, "") else value
    if complaint := _complaint(values):
        raise ContentError(f"{path}: {complaint}")
    assert isinstance(values, dict)
    return _config(str(path), values)


def _complaint(values: Value | None) -> str:
    """What is wrong with a configuration, and what to do; "" when nothing is."""
    if not isinstance(values, dict):
        return "It holds no settings. Write them as `name: value`"
    for name in _TEXTS:
        if not isinstance(values.get(name) or "", str):
            return f"{name} is {shown(values[name])}. Write it as text"
    future, url = _text(values, "future"), _text(values, "url").strip()
    if future and as_flag(future) is None:
        return f"future is {shown(future)}. Write it as true or false"
    if url and not re.match(r"https?://", url):
        return f"url is {shown(url)}. Write it like https://example.com"
    return ""


def _config(place: str, values: Mapping[str, Value]) -> JekyllConfig:
    return JekyllConfig(
        place=place,
        permalink=_permalink(values) or "date",
        timezone=_text(values, "timezone"),
        address=_address(values),
        future=as_flag(_text(values, "future")) is True,
        excerpt_separator=_text(values, "excerpt_separator") or None,
        excluded=tuple(p.strip("/") for p in _texts(values.get("exclude")) if p.strip("/")),
        home="/".join(
            _text(values, key).strip("./") for key in ("source", "collections_dir")
        ).strip("/"),
        scopes=_scopes(values.get("defaults")),
    )


def _permalink(values: Mapping[str, Value]) -> str:
    """That of the collection ``posts``, else that of the site."""
    collections = values.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    own = _text(posts, "permalink") if isinstance(posts, dict) else ""
    return own or _text(values, "permalink")


def _address(values: Mapping[str, Value]) -> str:
    base = _text(values, "baseurl").strip().strip("/")
    return _text(values, "url").strip().rstrip("/") + (f"/{base}" if base else "")


def _scopes(value: Value | None) -> tuple[Scope, ...]:
    """The entries that bear on posts, the ones that win last."""
    entries = value if isinstance(value, list) else []
    found = [scope for entry in entries if (scope := _scope(entry))]
    return tuple(sorted(found, key=lambda scope: (len(scope.path), scope.has_type)))


def _scope(entry: Value) -> Scope | None:
    if not isinstance(entry, dict) or not isinstance(values := entry.get("values"), dict):
        return None
    scope = entry.get("scope")
    scope = scope if isinstance(scope, dict) else {}
    kind = _text(scope, "type")
    if kind not in ("", "posts", "post"):
        return None
    return Scope(_text(scope, "path").strip("/"), bool(kind), values)


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _texts(value: Value | None) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
