"""The configuration of Docusaurus: what in ``docusaurus.config.*`` bears on posts.

It is a program, of which only what is plainly written is read (``scriptconfig``).
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from searchsvc.posts.generators.globs import Globs
from searchsvc.posts.generators.scriptconfig import (
    address_in,
    known,
    known_texts,
    read_script_config,
)
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.jsliterals import Code
from searchsvc.posts.plainyaml import Value, parse_yaml

NAMES = tuple(f"docusaurus.config.{end}" for end in ("ts", "mts", "cts", "js", "mjs", "cjs"))
_WANTED = frozenset({"presets", "plugins", "baseUrl", "url", "title", "i18n"})
_FOLDER = "docusaurus-plugin-content-blog"
_MARKER = re.compile(r"<!--\s*truncate\s*-->|\{/\*\s*truncate\s*\*/\}")
_INCLUDED = ("**/*.{md,mdx}",)
_EXCLUDED = (
    *("**/_*.{js,jsx,ts,tsx,md,mdx}", "**/_*/**"),
    *("**/*.test.{js,jsx,ts,tsx}", "**/__tests__/**"),
)


@dataclass(frozen=True, slots=True)
class Blog:
    """One blog: an instance of the plugin.

    Attributes:
        folder: of its posts, below the root.
        translated: the name of the folder of its posts within that of a locale.
        route: where it is published, without slashes at its ends.
        files: those that are posts, below the folder.
        marker: what ends an excerpt.
        tags_file: the name of the file with labels of tags; "" without one.
    """

    folder: str
    translated: str
    route: str
    files: Globs
    marker: re.Pattern[str]
    tags_file: str


@dataclass(frozen=True, slots=True)
class Locale:
    """One language of the site.

    Attributes:
        folder: of its translations, below the root.
        base: put before its addresses, without slashes at its ends.
        home: its own address where that is not below the site's; else empty.
    """

    folder: str
    base: str
    home: str
    language: str


@dataclass(frozen=True, slots=True)
class DocusaurusConfig:
    """The configuration of a site.

    Attributes:
        locales: the default one first.
        trailing_slash: None when addresses stay as they are.
        is_mdx: whether files named ``.md`` are MDX too.
    """

    place: str
    address: str
    blogs: tuple[Blog, ...]
    locales: tuple[Locale, ...]
    trailing_slash: bool | None
    is_mdx: bool


def read_docusaurus_config(root: Path, *, needs_address: bool = True) -> DocusaurusConfig:
    """Read the configuration of a site.

    Args:
        needs_address: False when a setting says where the site lives.

    Raises:
        ContentError: the file cannot be read, or what is needed is computed in it.
    """
    config = read_script_config(root, NAMES, wanted=_WANTED)
    return DocusaurusConfig(
        place=config.place,
        address=address_in(config, "url", "baseUrl") if needs_address else "",
        blogs=tuple(_blogs(config)),
        locales=_locales(config),
        trailing_slash={"true": True, "false": False}.get(known(config, "trailingSlash")),
        is_mdx=known(config, "markdown.format") not in ("md", "detect"),
    )


def labels_of_tags(root: Path, names: list[str]) -> Mapping[str, str]:
    """What the tags are called for which a file of tags has an id, by id."""
    config = read_config(root, names, parse=lambda text: parse_yaml(text, empty_nulls=True).value)
    return {
        tag: SiteConfig(config.place, options).text("label", tag.capitalize())
        if isinstance(options, dict)
        else tag.capitalize()
        for tag, options in config.values.items()
    }


def _locales(config: SiteConfig) -> tuple[Locale, ...]:
    default = known(config, "i18n.defaultLocale")
    ordered = dict.fromkeys([default, *known_texts(config.get("i18n.locales"))])
    return tuple(
        _locale(config, name, is_default=name == default)
        for name in ordered
        if known(config, f"i18n.localeConfigs.{name}.translate") != "false" or name == default
    )


def _locale(config: SiteConfig, name: str, *, is_default: bool) -> Locale:
    own = f"i18n.localeConfigs.{name}"
    folder = known(config, f"{own}.path") or name
    base, home = _base(config, own, "" if is_default else name)
    return Locale(
        folder=posixpath.join(known(config, "i18n.path") or "i18n", folder) if name else "",
        base=base,
        home=home,
        language=known(config, f"{own}.htmlLang") or name,
    )


def _base(config: SiteConfig, own: str, usual: str) -> tuple[str, str]:
    """Where a locale lives: below the site, or at an address of its own."""
    url, base = known(config, f"{own}.url"), known(config, f"{own}.baseUrl").strip("/")
    whole = known(config, "baseUrl").strip("/")
    if not url and not base:
        return usual, ""
    if not url and f"{base}/".startswith(f"{whole}/" if whole else ""):
        return base[len(whole) :].strip("/"), ""
    url = (url or known(config, "url")).rstrip("/")
    return "", f"{url}/{base}".rstrip("/")


def _blogs(config: SiteConfig) -> Iterator[Blog]:
    """The blogs of presets and plugins; with nothing that can be read, the usual one."""
    if not config.values.keys() & {"presets", "plugins"}:
        yield _blog(SiteConfig(config.place), {})
    for _, options in _entries(config.get("presets")):
        inner = options.get("blog", {})
        if inner != "false":
            yield _blog(config, inner)
    for name, options in _entries(config.get("plugins")):
        if re.search(r"content-blog$|blog-plugin", name):
            yield _blog(config, options)


def _entries(value: Value | None) -> Iterator[tuple[str, dict[str, Value]]]:
    """Each preset or plugin: its name, and its options."""
    for entry in value if isinstance(value, list) else []:
        name, *rest = entry if isinstance(entry, list) and entry else [entry]
        options = rest[0] if rest else {}
        yield str(name), options if isinstance(options, dict) else {}


def _blog(config: SiteConfig, value: Value) -> Blog:
    options = SiteConfig(config.place, value if isinstance(value, dict) else {})
    if isinstance(value, Code):
        raise SiteConfig(config.place, {"blog": value}).complaint(
            "blog", "Write its options as plain text into this file"
        )
    folder, name = posixpath.normpath(options.text("path", "blog")), options.text("id", "default")
    if folder.startswith(("..", "/")):
        raise options.complaint(
            "path",
            "Put the folder below that of the site, or read it as content of its own, "
            "with generator and url_template",
        )
    return Blog(
        folder=folder,
        translated=_FOLDER if name == "default" else f"{_FOLDER}-{name}",
        route=_route(options),
        files=Globs(
            tuple(options.texts("include")) or _INCLUDED,
            tuple(options.texts("exclude")) if "exclude" in options.values else _EXCLUDED,
        ),
        marker=_marker(known(options, "truncateMarker")),
        tags_file=_tags_file(options),
    )


def _route(options: SiteConfig) -> str:
    # An empty one is the root of the site, and not the usual one.
    return (options.text("routeBasePath") if "routeBasePath" in options.values else "blog").strip(
        "/"
    )


def _tags_file(options: SiteConfig) -> str:
    name = known(options, "tags")
    return "" if name == "false" else name or "tags.yml"


def _marker(literal: str) -> re.Pattern[str]:
    """A JavaScript expression as one of Python; Docusaurus' own when it cannot be one."""
    pattern, slash, flags = literal[1:].rpartition("/")
    try:
        flag = re.IGNORECASE if "i" in flags else 0
        return re.compile(pattern.replace("(?<", "(?P<"), flag) if slash else _MARKER
    except re.error:
        return _MARKER
