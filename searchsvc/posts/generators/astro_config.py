"""The configuration of Astro and of its content collections: what in them bears on posts.

Both are programs, of which only what is plainly written is read (``scriptconfig``).
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.generators.astro_routes import routes_in
from searchsvc.posts.generators.globs import Globs
from searchsvc.posts.generators.scriptconfig import (
    address_in,
    known,
    known_texts,
    read_script_config,
    script_of,
)
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import shown

NAMES = tuple(f"astro.config.{end}" for end in ("mjs", "js", "ts", "mts", "cjs", "cts"))
_WANTED = frozenset(
    {"site", "base", "srcDir", "integrations", "output", "build", "trailingSlash", "i18n", "vite"}
)
_COLLECTIONS = tuple(
    f"{name}.{end}"
    for name in ("content.config", "content/config")
    for end in ("ts", "mts", "js", "mjs")
)
_MARKDOWN = "**/*.{md,mdx}"
# What a collection without a loader leaves out.
_UNDERSCORED = "**/_*", "**/_*/**"


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection of content.

    Attributes:
        folder: of its files, below the root; "" for the root itself.
        files: those that are entries, below the folder.
        route: its address with ``{id}`` in it; None when no page of the site tells it.
        has_usual_ids: its entries are known by their paths, or their ``slug``.
    """

    name: str
    folder: str
    files: Globs
    route: str | None
    has_usual_ids: bool


@dataclass(frozen=True, slots=True)
class AstroConfig:
    """The configuration of a site.

    Attributes:
        pages: the folder of its pages, below the root.
        ending: what addresses end in: ``/``, ``.html`` or nothing.
        collections: those that have pages of their own; all where none is known to have.
        locales: its languages; empty when it names none.
        default_locale: the language of what lies in no folder of a language.
    """

    place: str
    address: str
    pages: str
    ending: str
    collections: tuple[Collection, ...]
    locales: frozenset[str]
    default_locale: str


def read_astro_config(root: Path, *, needs_address: bool = True) -> AstroConfig:
    """Read the configuration of a site.

    Args:
        needs_address: False when a setting says where the site lives.

    Raises:
        ContentError: a file cannot be read, or what is needed is computed in it.
    """
    config = read_script_config(root, NAMES, wanted=_WANTED)
    source = posixpath.normpath(known(config, "srcDir") or "src")
    return AstroConfig(
        place=config.place,
        address=address_in(config, "site", "base") if needs_address else "",
        pages=f"{source}/pages",
        ending=_ending(config),
        collections=tuple(_collections(root, source)),
        default_locale=known(config, "i18n.defaultLocale"),
        locales=frozenset(known_texts(config.get("i18n.locales"))),
    )


def _ending(config: SiteConfig) -> str:
    slash = known(config, "trailingSlash")
    if known(config, "build.format") == "file" and slash != "always":
        return ".html"
    return "" if slash == "never" else "/"


def _collections(root: Path, source: str) -> Iterator[Collection]:
    """The collections that have pages; all when none is known to have."""
    found = dict(_declared(root, source))
    routes = routes_in(root / source / "pages", set(found))
    for name, value in found.items():
        if name in routes or not routes:
            yield _collection(name, value, source, routes.get(name))


def _declared(root: Path, source: str) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Collections of Markdown by name, with what is said of them."""
    config = read_config(root / source, _COLLECTIONS, parse=_collections_in)
    if not config.place:
        content = root / source / "content"
        folders = sorted(content.iterdir()) if content.is_dir() else []
        yield from ((folder.name, {}) for folder in folders if folder.is_dir())
    for name, value in config.values.items():
        options = value if isinstance(value, dict) else {}
        loader, folder = options.get("loader"), root / source / "content" / name
        # What another loader brings is no file, or lies where Astro's own would look for it.
        if options.get("type") != "data" and (_is_glob(loader) or folder.is_dir()):
            yield name, options


def _collections_in(script: str) -> Value | None:
    value = script_of(script).constant("collections")
    return value if isinstance(value, dict) else None


def _is_glob(loader: Value | None) -> bool:
    return isinstance(loader, dict) and "pattern" in loader and bool(_texts(loader.get("base")))


def _collection(
    name: str, options: Mapping[str, Value], source: str, route: str | None
) -> Collection:
    loader, folder = options.get("loader"), f"{source}/content/{name}"
    if not isinstance(loader, dict) or not _is_glob(loader):
        loader = {"pattern": _MARKDOWN, "base": folder}
    patterns = _texts(loader["pattern"]) or [_MARKDOWN]
    excluded = tuple(pattern[1:] for pattern in patterns if pattern.startswith("!"))
    base = posixpath.normpath(str(loader["base"]))
    if base.startswith(("..", "/")):
        raise ContentError(
            f"The collection {name} has the base {shown(base)}, outside of its site. Put the "
            "folder below that of the site, or read it as content of its own, "
            "with generator and url_template"
        )
    return Collection(
        name=name,
        folder="" if base == "." else base,
        files=Globs(
            tuple(pattern for pattern in patterns if pattern[:1] != "!"),
            excluded if "loader" in options else _UNDERSCORED,
        ),
        route=route,
        has_usual_ids="generateId" not in loader,
    )


def _texts(value: Value | None) -> list[str]:
    """The texts of a list, or one alone, as far as they are known."""
    return known_texts(value if isinstance(value, list) else [value or ""])
