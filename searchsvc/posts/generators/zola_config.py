"""Zola's configuration: what in it bears on posts, and whether a folder is a Zola site at all."""

import re
from dataclasses import dataclass
from pathlib import Path

from searchsvc.posts.generators.roots import head_of
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config

_NAMES = ("zola.toml", "config.toml")
# The one key that Zola demands; Hugo's is baseURL.
_BASE_URL = re.compile(r"^\s*base_url\s*=", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ZolaConfig:
    """The site's configuration, with Zola's defaults for what it does not say.

    Attributes:
        place: the file as the user knows it.
        address: where the site lives.
        language: its own one.
        lang: the same where it is written, else empty.
        other_languages: those that it has besides; empty for most sites.
        slugs: how pieces of addresses are made: ``on``, ``safe`` or ``off``.
        keeps_dates: a date in a name stays in its address.
        ignored: patterns of paths, in which ``*`` crosses slashes.
    """

    place: str = _NAMES[1]
    address: str = ""
    language: str = "en"
    lang: str = ""
    other_languages: frozenset[str] = frozenset()
    slugs: str = "on"
    keeps_dates: bool = False
    ignored: tuple[str, ...] = ()


def is_zola(root: Path) -> bool:
    """Whether a folder is the root of a Zola site: a configuration with Zola's key, and content."""
    has_key = any(_BASE_URL.search(head_of(root / name)) for name in _NAMES)
    return has_key and (root / "content").is_dir()


def read_zola_config(root: Path) -> ZolaConfig:
    """Read the configuration of a site; without a file, Zola's defaults.

    Raises:
        ContentError: the file cannot be read, or a value makes no sense.
    """
    config, usual = read_config(root, _NAMES), ZolaConfig()
    language = config.text("default_language", usual.language)
    slugs = config.text("slugify.paths", usual.slugs)
    if slugs not in ("on", "safe", "off"):
        raise config.complaint("slugify.paths", "Write it as on, safe or off")
    return ZolaConfig(
        place=config.place or usual.place,
        address=config.address("base_url"),
        language=language,
        lang=config.text("default_language"),
        other_languages=_languages(config) - {language},
        slugs=slugs,
        keeps_dates=config.flag("slugify.paths_keep_dates", default=False),
        ignored=tuple(config.texts("ignored_content")),
    )


def _languages(config: SiteConfig) -> frozenset[str]:
    """``[languages.fr]``, or as older sites have it ``languages = [{code = "fr"}]``."""
    listed = config.get("languages")
    if not isinstance(listed, list):
        return frozenset(config.table("languages"))
    codes = [entry.get("code") for entry in listed if isinstance(entry, dict)]
    return frozenset(code for code in codes if isinstance(code, str))
