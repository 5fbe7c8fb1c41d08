"""Hexo's ``_config.yml``: what in it bears on posts, and whether a folder is a Hexo site at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from searchsvc.posts.generators.roots import folder_named, head_of
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.plainyaml import Value

_NAMES = ("_config.yml", "_config.yaml", "_config.json")
_NAMES_HEXO = re.compile(r'"hexo"\s*:')
# Keys that no other generator has; the starter of Hexo comes with all of them.
_ONLY_HEXOS = re.compile(
    r"^(?:new_post_name|default_layout|skip_render|post_asset_folder|render_drafts"
    r"|category_map|default_category)\s*:",
    re.MULTILINE,
)
# The address that a new site comes with, now and formerly.
_PLACEHOLDERS = frozenset({"example.com", "yoursite.com"})


@dataclass(frozen=True, slots=True)
class HexoConfig:
    """The site's configuration, with Hexo's defaults for what it does not say.

    Attributes:
        place: the file as the user knows it.
        source: the folder that holds ``_posts``, below the root; empty for the root.
        address: where the site lives; a path alone when only that is known.
        lang: the first of its languages; empty where it names none.
        filename_case: of categories in addresses: 1 in small letters, 2 in capitals.
        shows_drafts: drafts and unpublished posts are published all the same.
        hiding_keys: those that keep a post out of all lists, for themes and plugins.
        secret_tags: posts with one of them can be read with a password only.
    """

    place: str = _NAMES[0]
    source: str = "source"
    address: str = ""
    lang: str = ""
    permalink: str = ":year/:month/:day/:title/"
    permalink_defaults: Mapping[str, str] = field(default_factory=dict)
    new_post_name: str = ":title.md"
    timezone: str = ""
    default_category: str = "uncategorized"
    category_map: Mapping[str, str] = field(default_factory=dict)
    filename_case: int = 0
    future: bool = True
    shows_drafts: bool = False
    has_asset_folders: bool = False
    keeps_index_html: bool = True
    keeps_html: bool = True
    skip_render: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    hiding_keys: tuple[str, ...] = ("hidden", "hide")
    secret_tags: frozenset[str] = frozenset()


def is_hexo(root: Path) -> bool:
    """Whether a folder is the root of a Hexo site: it has its configuration, and signs of Hexo."""
    config = next((root / name for name in _NAMES if (root / name).is_file()), None)
    if config is None:
        return False
    has_scaffolds = (root / "scaffolds").is_dir() and (root / "source").is_dir()
    return (
        has_scaffolds
        or _NAMES_HEXO.search(head_of(root / "package.json")) is not None
        or _ONLY_HEXOS.search(head_of(config)) is not None
    )


def read_hexo_config(root: Path) -> HexoConfig:
    """Read the configuration of a site; without a file, Hexo's defaults.

    Raises:
        ContentError: the file cannot be read, or a value makes no sense.
    """
    config, usual = read_config(root, _NAMES), HexoConfig()
    return HexoConfig(
        place=config.place or usual.place,
        source=folder_named(config.text("source_dir", usual.source), config.place, "source_dir"),
        address=_address(config),
        lang=next(iter(config.texts("language")), ""),
        permalink=config.text("permalink", usual.permalink),
        permalink_defaults=_texts(config.table("permalink_defaults")),
        new_post_name=config.text("new_post_name", usual.new_post_name),
        timezone=config.text("timezone"),
        default_category=config.text("default_category", usual.default_category),
        category_map=_texts(config.table("category_map")),
        filename_case={"1": 1, "2": 2}.get(config.text("filename_case"), 0),
        future=config.flag("future", default=True),
        shows_drafts=config.flag("render_drafts", default=False),
        has_asset_folders=config.flag("post_asset_folder", default=False),
        keeps_index_html=config.flag("pretty_urls.trailing_index", default=True),
        keeps_html=config.flag("pretty_urls.trailing_html", default=True),
        skip_render=_patterns(config, "skip_render"),
        ignored=_patterns(config, "ignore"),
        hiding_keys=(*usual.hiding_keys, config.text("hide_posts.filter", "hidden")),
        secret_tags=_secret_tags(config.get("encrypt.tags")),
    )


def _address(config: SiteConfig) -> str:
    """``url``, below which ``root`` lies where that is not in it already."""
    url, root = config.address("url"), config.text("root").strip("/")
    base = f"/{root}" if root else ""
    if not url or urlsplit(url).hostname in _PLACEHOLDERS:
        return base
    return url if urlsplit(url).path.strip("/") else url + base


def _patterns(config: SiteConfig, name: str) -> tuple[str, ...]:
    """Patterns of paths; one alone may hold commas."""
    value = config.get(name)
    return (value,) if isinstance(value, str) else tuple(config.texts(name))


def _texts(table: Mapping[str, Value]) -> dict[str, str]:
    return {key: value for key, value in table.items() if isinstance(value, str)}


def _secret_tags(value: Value | None) -> frozenset[str]:
    entries = value if isinstance(value, list) else []
    names = [entry.get("name") for entry in entries if isinstance(entry, dict)]
    return frozenset(name for name in names if isinstance(name, str))
