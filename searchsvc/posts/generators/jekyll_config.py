"""Jekyll's ``_config.yml``: what in it bears on posts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from searchsvc.posts.generators.jekyll_urls import template_of
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.plainyaml import Value

CONFIG_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
_GLOB = re.compile(
    r"(?P<deep>\*\*/)|(?P<any>\*+)|(?P<one>\?)|\{(?P<choice>[^{}]*)\}|(?P<set>\[[^\]]+\])"
)


@dataclass(frozen=True)
class JekyllConfig:
    """The site's configuration.

    Attributes:
        place: the file as the user knows it.
        address: ``url`` and ``baseurl``, or ``baseurl`` alone.
        future: posts with a date to come are shown.
        excerpt_separator: None when the site names none.
        exclude: patterns, or beginnings, of paths that are not part of the site.
        include: the same of those that are in spite of it.
        source: the folder in which the site begins, below the root; empty for the root itself.
        collections_dir: the folder with ``_posts``, below the source. Folders from there
            on are categories.
        destination: where Jekyll puts the pages, below the source.
        lang: of the whole site, as themes and jekyll-seo-tag have it.
    """

    place: str = CONFIG_NAMES[0]
    permalink: str = "date"
    timezone: str = ""
    address: str = ""
    future: bool = False
    excerpt_separator: str | None = None
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    source: str = ""
    collections_dir: str = ""
    destination: str = "_site"
    lang: str = ""
    scopes: tuple["Scope", ...] = field(default=())

    @cached_property
    def name(self) -> str:
        """The name of the file."""
        return self.place.rpartition("/")[2]

    @cached_property
    def home(self) -> str:
        """The folder from which paths count for Jekyll; empty for the root."""
        return "/".join(part for part in (self.source, self.collections_dir) if part)

    def defaults(self, path: str) -> dict[str, Value]:
        """The front matter that the site gives a post at this path."""
        inner = self.from_home(path)
        found: dict[str, Value] = {}
        for scope in self.scopes:
            if scope.covers(inner):
                found |= scope.values
        return found

    def from_home(self, path: str) -> str:
        """A path below the root as one from where paths count."""
        return path.removeprefix(self.home + "/") if self.home else path

    def from_source(self, path: str) -> str | None:
        """A path below the root as one from where the site begins; None for what is outside."""
        if not self.source:
            return path
        inner = path.removeprefix(self.source + "/")
        return None if inner == path else inner


@dataclass(frozen=True)
class Scope:
    """One entry of ``defaults``: front matter for the posts below a path."""

    path: str
    has_type: bool
    values: Mapping[str, Value]

    def covers(self, path: str) -> bool:
        return bool(self._pattern.match(path))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """A path is covered by its beginning; one with a star is a pattern for whole names."""
        if "*" not in self.path:
            return re.compile(re.escape(self.path))
        return re.compile(_as_expression(self.path.rstrip("/")) + "(?:/|$)")


def read_jekyll_config(root: Path) -> JekyllConfig:
    """Read the configuration of a site; without a file, Jekyll's defaults.

    Raises:
        ContentError: the file cannot be read, or is not YAML.
    """
    config = read_config(root, CONFIG_NAMES)
    return JekyllConfig(
        place=config.place or CONFIG_NAMES[0],
        permalink=_permalink(config),
        timezone=config.text("timezone"),
        address=_address(config),
        future=config.flag("future", default=False),
        excerpt_separator=_as_written(config, "excerpt_separator"),
        exclude=_patterns(config, "exclude"),
        include=_patterns(config, "include"),
        source=config.text("source").strip("./"),
        collections_dir=(collections_dir := config.text("collections_dir").strip("./")),
        destination=config.text("destination", "_site").strip("./"),
        lang=config.text("lang"),
        scopes=_scopes(config.get("defaults"), collections_dir),
    )


def _patterns(config: SiteConfig, name: str) -> tuple[str, ...]:
    return tuple(path for text in config.texts(name) if (path := text.lstrip("/")))


def _as_written(config: SiteConfig, name: str) -> str | None:
    """A text with the white space around it, which may be all of it."""
    value = config.get(name)
    config.text(name)
    return value if isinstance(value, str) and value else None


def _permalink(config: SiteConfig) -> str:
    """The template of the collection ``posts``, where styles have no names, else the site's."""
    collections = config.get("collections")
    own = config.text("collections.posts.permalink") if isinstance(collections, dict) else ""
    return own or template_of(config.text("permalink", "date"))


def _address(config: SiteConfig) -> str:
    base = config.text("baseurl").strip("/")
    return config.address("url") + (f"/{base}" if base else "")


def _scopes(value: Value | None, collections_dir: str) -> tuple[Scope, ...]:
    """The entries that bear on posts, the ones that win last."""
    entries = value if isinstance(value, list) else []
    found = [scope for entry in entries if (scope := _scope(entry, collections_dir))]
    return tuple(sorted(found, key=lambda scope: (len(scope.path), scope.has_type)))


def _scope(entry: Value, collections_dir: str) -> Scope | None:
    if not isinstance(entry, dict) or not isinstance(values := entry.get("values"), dict):
        return None
    given = entry.get("scope")
    scope = SiteConfig(values=given if isinstance(given, dict) else {})
    kind = scope.text("type")
    if kind not in ("", "posts", "post"):
        return None
    path = scope.text("path").lstrip("/").removeprefix(f"{collections_dir}/")
    return Scope(path, bool(kind), values)


def _as_expression(glob: str) -> str:
    """Ruby's ``Dir.glob``: a star is within one name, ``**/`` is any folders."""
    expression, at = "", 0
    for found in _GLOB.finditer(glob):
        expression += re.escape(glob[at : found.start()]) + _as_part(found)
        at = found.end()
    return expression + re.escape(glob[at:])


def _as_part(found: re.Match[str]) -> str:
    if (choice := found["choice"]) is not None:
        return f"(?:{'|'.join(re.escape(name) for name in choice.split(','))})"
    if found["set"]:
        return found["set"].replace("[!", "[^")
    return {"deep": "(?:[^/]+/)*", "any": "[^/]*", "one": "[^/]"}[found.lastgroup or ""]
