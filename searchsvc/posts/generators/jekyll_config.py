"""Jekyll's ``_config.yml``: what in it bears on posts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.plainyaml import Value

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


def read_jekyll_config(root: Path) -> JekyllConfig:
    """Read the configuration of a site; without a file, Jekyll's defaults.

    Raises:
        ContentError: the file cannot be read, or is not YAML.
    """
    config = read_config(root, _NAMES)
    return JekyllConfig(
        place=config.place,
        permalink=_permalink(config),
        timezone=config.text("timezone"),
        address=_address(config),
        future=config.flag("future", default=False),
        excerpt_separator=_as_written(config, "excerpt_separator"),
        excluded=tuple(p.strip("/") for p in config.texts("exclude") if p.strip("/")),
        home="/".join(config.text(key).strip("./") for key in ("source", "collections_dir")).strip(
            "/"
        ),
        scopes=_scopes(config.get("defaults")),
    )


def _as_written(config: SiteConfig, name: str) -> str | None:
    """A text with the white space around it, which may be all of it."""
    value = config.get(name)
    config.text(name)
    return value if isinstance(value, str) and value else None


def _permalink(config: SiteConfig) -> str:
    """That of the collection ``posts``, else that of the site."""
    collections = config.get("collections")
    own = config.text("collections.posts.permalink") if isinstance(collections, dict) else ""
    return own or config.text("permalink", "date")


def _address(config: SiteConfig) -> str:
    base = config.text("baseurl").strip("/")
    return config.address("url") + (f"/{base}" if base else "")


def _scopes(value: Value | None) -> tuple[Scope, ...]:
    """The entries that bear on posts, the ones that win last."""
    entries = value if isinstance(value, list) else []
    found = [scope for entry in entries if (scope := _scope(entry))]
    return tuple(sorted(found, key=lambda scope: (len(scope.path), scope.has_type)))


def _scope(entry: Value) -> Scope | None:
    if not isinstance(entry, dict) or not isinstance(values := entry.get("values"), dict):
        return None
    given = entry.get("scope")
    scope = SiteConfig(values=given if isinstance(given, dict) else {})
    kind = scope.text("type")
    if kind not in ("", "posts", "post"):
        return None
    return Scope(scope.text("path").strip("/"), bool(kind), values)
