"""A Hugo site's configuration: ``hugo.toml`` and its like, what lies in ``config/``, its languages.

Names count in any case, so all are in small letters here. Source: Hugo's documentation
(Configuration, Multilingual mode, Modules: mounts) and Hugo 0.168.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import decode_leniently
from searchsvc.posts.files import beginning_of
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.plainyaml import Value

_SUFFIXES = ("toml", "yaml", "yml", "json")
_FILES = tuple(f"hugo.{suffix}" for suffix in _SUFFIXES)
# Files of other programs have these names too.
_OLD_FILES = tuple(f"config.{suffix}" for suffix in _SUFFIXES)
_HUGOS_WORDS = re.compile(
    r"(?:^|[{,])\s*[\"']?(baseurl|contentdir|languagecode|defaultcontentlanguage|builddrafts"
    r"|buildfuture|disablekinds|enablerobotstxt|publishdir|themesdir)[\"']?\s*[:=]",
    re.IGNORECASE | re.MULTILINE,
)
# `hugo` alone publishes for this environment.
_FOLDERS = ("_default", "production")


@dataclass(frozen=True, slots=True)
class Language:
    """One of the languages of a site.

    Attributes:
        name: as in names of files and in addresses: ``fr``.
        config: of the whole site, with what the language has of its own in its place.
        prefix: of its paths: ``/fr``, or nothing.
        address: where every language has its own ``baseURL``, that; else empty.
    """

    name: str
    config: SiteConfig
    prefix: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder of content.

    Attributes:
        folder: below the site's root.
        target: where its pages stand in the tree of pages; "" for its root.
        language: that of files whose names have none.
    """

    folder: str
    target: str
    language: str


@dataclass(frozen=True, slots=True)
class HugoConfig:
    """What a site's configuration says.

    Attributes:
        site: for the whole site.
        languages: by their names; the one that files have without another among them.
        disabled: names of languages that are not published.
        mounts: folders of content, the deepest first.
    """

    site: SiteConfig
    languages: Mapping[str, Language]
    disabled: frozenset[str]
    mounts: tuple[Mount, ...]

    def mount_of(self, path: str) -> Mount | None:
        """The folder of content that a path lies in."""
        return next((mount for mount in self.mounts if is_below(path, mount.folder)), None)


def is_below(path: str, folder: str) -> bool:
    """Whether a path lies in a folder; "" is the folder of all."""
    return not folder or path.startswith(folder + "/")


def is_hugo_site(folder: Path) -> bool:
    """Whether a folder has a configuration that is Hugo's."""
    if any((folder / name).is_file() for name in _FILES):
        return True
    if any(_config_files(folder / "config" / "_default")):
        return True
    has_content = (folder / "content").is_dir()
    return any(_looks_like_hugo(folder / name, has_content) for name in _OLD_FILES)


def read_hugo_config(root: Path) -> HugoConfig:
    """Read the configuration of a site; without one, Hugo's defaults.

    Raises:
        ContentError: a file cannot be read, or has values that make no sense.
    """
    main = read_config(root, _FILES + _OLD_FILES)
    values = in_small(main.values)
    for folder in _FOLDERS:
        for path in _config_files(root / "config" / folder):
            values = _merged(values, _placed(path))
    site = SiteConfig(main.place or str(root / "config" / "_default"), values)
    disabled = frozenset(name.lower() for name in site.texts("disablelanguages"))
    languages = {language.name: language for language in _languages(site, disabled)}
    off = {name for name in site.table("languages") if name not in languages}
    return HugoConfig(site, languages, disabled | off, _mounts(site, languages))


def _looks_like_hugo(path: Path, has_content: bool) -> bool:
    try:
        words = _HUGOS_WORDS.findall(decode_leniently(beginning_of(path, 100_000)))
    except OSError:
        return False
    return bool(words) and (has_content or "contentdir" in map(str.lower, words))


def _config_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.*") if path.suffix[1:] in _SUFFIXES)


def _placed(path: Path) -> dict[str, Value]:
    """The values of a file in ``config/``, below what its name says: ``params.fr.toml``."""
    values = in_small(read_config(path.parent, [path.name]).values)
    name, _, language = path.stem.lower().partition(".")
    if language:
        inner: Value = {name: values} if name in ("params", "menu", "menus") else values
        return {"languages": {language: inner}}
    return values if name in ("hugo", "config") else {name: values}


def in_small(values: Mapping[str, Value]) -> dict[str, Value]:
    """The same with all names in it in small letters."""
    return {name.lower(): _value_in_small(value) for name, value in values.items()}


def _value_in_small(value: Value) -> Value:
    if isinstance(value, list):
        return [_value_in_small(item) for item in value]
    return in_small(value) if isinstance(value, dict) else value


def _merged(values: Mapping[str, Value], over: Mapping[str, Value]) -> dict[str, Value]:
    merged = dict(values)
    for name, value in over.items():
        before = merged.get(name)
        both = isinstance(before, dict) and isinstance(value, dict)
        merged[name] = _merged(before, value) if both else value  # type: ignore[arg-type]
    return merged


def _languages(site: SiteConfig, disabled: Iterable[str]) -> Iterable[Language]:
    """The languages that are published, the one that files have by default first."""
    tables = {name: value for name, value in site.table("languages").items() if name}
    configs = {name: SiteConfig(site.place, _own(site, table)) for name, table in tables.items()}
    shown = [name for name in configs if not (name in disabled or _is_off(tables[name]))]
    shown.sort(key=lambda name: _weight(configs[name]))
    default = site.text("defaultcontentlanguage").lower()
    if not default:
        default = "en" if "en" in shown or not shown else shown[0]
    many_hosts = any("baseurl" in table for table in tables.values())
    in_folder = site.flag("defaultcontentlanguageinsubdir", default=False)
    for name in dict.fromkeys([default, *shown]):
        config = configs.get(name, site)
        bare = many_hosts or (name == default and not in_folder)
        address = base_address(config) if many_hosts else ""
        yield Language(name, config, "" if bare else f"/{name}", address)


def _own(site: SiteConfig, table: Value) -> dict[str, Value]:
    return _merged(site.values, table) if isinstance(table, dict) else dict(site.values)


def _is_off(table: Value) -> bool:
    return isinstance(table, dict) and table.get("disabled") == "true"


def _weight(config: SiteConfig) -> float:
    try:
        return float(config.text("weight")) or float("inf")
    except ValueError:
        return float("inf")


def base_address(config: SiteConfig) -> str:
    """The site's ``baseURL``, which may be a path alone; empty for one that means nothing."""
    url = config.text("baseurl")
    return url.rstrip("/") if re.match(r"https?://|/(?!/)", url, re.IGNORECASE) else ""


def _mounts(site: SiteConfig, languages: Mapping[str, Language]) -> tuple[Mount, ...]:
    """Mounts of modules into ``content``; without any, the ``contentDir`` of each language."""
    found = list(_given_mounts(site, next(iter(languages))))
    if not found:
        folders: dict[str, str] = {}
        for name, language in languages.items():
            written = language.config.text("contentdir", "content")
            folders.setdefault(_folder(site, "contentDir", written), name)
        found = [Mount(folder, "", name) for folder, name in folders.items()]
    return tuple(sorted(found, key=lambda mount: -len(mount.folder)))


def _given_mounts(site: SiteConfig, default: str) -> Iterable[Mount]:
    given = site.get("module.mounts")
    for values in given if isinstance(given, list) else []:
        mount = SiteConfig(site.place, values if isinstance(values, dict) else {})
        target = posixpath.normpath(mount.text("target")).strip("/")
        if target == "content" or target.startswith("content/"):
            languages = [mount.text("lang"), *mount.texts("sites.matrix.languages"), default]
            language = next(name.lower() for name in languages if name)
            folder = _folder(site, "module.mounts", mount.text("source"))
            yield Mount(folder, target[len("content/") :], language)


def _folder(site: SiteConfig, name: str, written: str) -> str:
    folder = posixpath.normpath(written.replace("\\", "/"))
    if folder.startswith(("/", "..")):
        raise ContentError(
            f"{site.place}: {name} is {written!r}, which leads out of the site. Name that folder "
            "as content, with the setting generator = 'plain'"
        )
    return "" if folder == "." else folder
