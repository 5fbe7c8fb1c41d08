"""Pelican's ``pelicanconf.py`` and ``publishconf.py``: what in them bears on articles.

``publishconf.py`` is what a site is published with, and takes over the other one by an import.
"""

import os
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.generators.pelican_slugs import SlugRules
from searchsvc.posts.generators.pythonconfig import PythonConfig, read_python_config
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import shown

CONFIG_NAMES = ("publishconf.py", "pelicanconf.py")
_SLUG_SUBSTITUTIONS = ((r"[^\w\s-]", ""), (r"\A\s*", ""), (r"\s*\Z", ""), (r"[-\s]+", "-"))


@dataclass(frozen=True)
class PelicanConfig:
    """The site's configuration, under the names of Pelican's settings where they are plain.

    Attributes:
        place: the file as the user knows it.
        content: the folder of the content, below the root; empty for the root.
        articles: folders and files below the content that hold articles.
        excluded: folders below the content that hold none, such as those of pages.
        not_below_root: the folder of the output, below the root.
        ignored: patterns of names.
        unread: suffixes whose reader is switched off.
        yaml: the plugin that reads YAML is on; None where that is not said.
        lang: the site's language; empty where it is not said, which means English for Pelican.
        defaults: metadata of all files.
        by_path: metadata of files and folders, by path below the content.
        patterns: expressions for the name and for the path of a file; their groups are metadata.
        summary_words: how long a summary is; None for the whole article.
    """

    place: str = CONFIG_NAMES[1]
    content: str = ""
    articles: tuple[str, ...] = ("",)
    excluded: tuple[str, ...] = ("pages",)
    not_below_root: str = "output"
    ignored: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
    yaml: bool | None = None
    lang: str = ""
    timezone: str = ""
    folder_is_category: bool = True
    default_date: str = ""
    future: bool = True
    author: str = ""
    defaults: Mapping[str, Value] = field(default_factory=dict)
    by_path: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    name_pattern: re.Pattern[str] | None = None
    path_pattern: re.Pattern[str] | None = None
    slug_from_title: bool = True
    slugs: SlugRules = field(default_factory=lambda: SlugRules(()))
    category_slugs: SlugRules = field(default_factory=lambda: SlugRules(()))
    author_slugs: SlugRules = field(default_factory=lambda: SlugRules(()))
    summary_words: int | None = 50
    summary_is_paragraph: bool = False

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.place.rpartition("/")[2]


def read_pelican_config(root: Path) -> tuple[PelicanConfig, PythonConfig]:
    """Read the configuration of a site; also as it is, for what depends on our own settings.

    Raises:
        ContentError: it cannot be read, is no Python, or computes what we need.
    """
    config = read_python_config(root, CONFIG_NAMES)
    paths = config.texts("ARTICLE_PATHS") if config.get("ARTICLE_PATHS") else [""]
    pages = config.texts("PAGE_PATHS") if "PAGE_PATHS" in config.values else ["pages"]
    excluded = [*config.texts("ARTICLE_EXCLUDES"), *pages]
    return PelicanConfig(
        place=config.place or CONFIG_NAMES[1],
        content=_content(root, config),
        articles=tuple(_normal(path) for path in paths),
        excluded=tuple(path for text in excluded if (path := _normal(text))),
        not_below_root=_normal(config.text("OUTPUT_PATH", "output")),
        ignored=tuple(config.texts("IGNORE_FILES")),
        unread=frozenset(f".{k}" for k, v in _table(config, "READERS").items() if v == ""),
        yaml=_has_yaml(config),
        lang=config.text("DEFAULT_LANG").lower(),
        folder_is_category=_has_categories(config)
        and config.flag("USE_FOLDER_AS_CATEGORY", default=True),
        default_date=_date(config),
        future=config.flag("WITH_FUTURE_DATES", default=True),
        author=config.text("AUTHOR") if config.is_known("AUTHOR") else "",
        defaults=_defaults(config),
        by_path=_by_path(config),
        name_pattern=_pattern(config, "FILENAME_METADATA", r"(?P<date>\d{4}-\d{2}-\d{2}).*"),
        path_pattern=_pattern(config, "PATH_METADATA", ""),
        slug_from_title=config.text("SLUGIFY_SOURCE", "title") != "basename",
        slugs=_slug_rules(config, "SLUG"),
        category_slugs=_slug_rules(config, "CATEGORY"),
        author_slugs=_slug_rules(config, "AUTHOR"),
        summary_words=_words(config),
        summary_is_paragraph=bool(config.text("SUMMARY_MAX_PARAGRAPHS")),
    ), config


def address_of_site(config: PythonConfig) -> str:
    """``SITEURL`` where it can be read; the path of a folder, or "", for one without a host."""
    if not config.is_known("SITEURL"):
        return ""
    url = config.text("SITEURL")
    if url.startswith("//"):
        return f"https:{url}".rstrip("/")
    if url.startswith("/") or url.strip("./") == "":
        return url.rstrip("/").lstrip(".")
    return config.address("SITEURL")


def _content(root: Path, config: PythonConfig) -> str:
    """The folder of the content: ``PATH``, else ``content``, as the command is usually given."""
    usual = "content" if (root / "content").is_dir() else ""
    path = config.text("PATH", usual) if "PATH" in config.values else usual
    if not Path(path).is_absolute() and not _normal(path).startswith(".."):
        return _normal(path)
    relative = os.path.relpath(root / path, root.resolve())
    if not relative.startswith(".."):
        return _normal(relative.replace(os.sep, "/"))
    if usual:
        return usual
    raise ContentError(
        f"{config.place}: PATH is {shown(path)}, which lies outside of {root}. "
        "Move the configuration to the folder that holds it"
    )


def _normal(path: str) -> str:
    normal = posixpath.normpath(path)
    return "" if normal == "." else normal


def _has_yaml(config: PythonConfig) -> bool | None:
    # Without a list, Pelican loads the plugins that are installed, which nobody can see here.
    if not config.is_known("PLUGINS") or config.get("PLUGINS") == "":
        return None
    return any(name.endswith("yaml_metadata") for name in config.texts("PLUGINS"))


def _has_categories(config: PythonConfig) -> bool:
    return config.get("CATEGORY_SAVE_AS") != ""


def _defaults(config: PythonConfig) -> dict[str, Value]:
    category = config.text("DEFAULT_CATEGORY", "misc") if _has_categories(config) else ""
    given = {key.lower(): value for key, value in _table(config, "DEFAULT_METADATA").items()}
    return {**given, **({"category": category} if category else {})}


def _date(config: PythonConfig) -> str:
    """``fs`` for the time of the file; numbers, as a date is called with, become a date."""
    value = config.get("DEFAULT_DATE")
    if isinstance(value, list):
        numbers = [str(number).zfill(2) for number in value] + ["00"] * 3
        return "-".join(numbers[:3]) + " " + ":".join(numbers[3:6])
    return config.text("DEFAULT_DATE")


def _by_path(config: PythonConfig) -> dict[str, Mapping[str, Value]]:
    """In an order in which the longer path comes later."""
    given = sorted(_table(config, "EXTRA_PATH_METADATA").items())
    return {path: values for path, values in given if isinstance(values, dict)}


def _table(config: PythonConfig, name: str) -> Mapping[str, Value]:
    """A mapping, which may be written as pairs."""
    if name == "READERS" and not config.is_known(name):
        # It may name classes, which read nothing that we know.
        return {}
    value = config.get(name)
    pairs = [pair for pair in value if isinstance(pair, list)] if isinstance(value, list) else []
    if pairs and all(len(pair) == 2 for pair in pairs):
        return {str(key): inner for key, inner in pairs}
    return config.table(name)


def _pattern(config: PythonConfig, name: str, default: str) -> re.Pattern[str] | None:
    text = config.text(name) if name in config.values else default
    return _compiled(config, name, text) if text else None


def _compiled(config: PythonConfig, name: str, expression: str) -> re.Pattern[str]:
    try:
        return re.compile(expression, re.IGNORECASE if name.endswith("SUBSTITUTIONS") else 0)
    except re.error as error:
        raise ContentError(
            f"{config.place}: {name} has the expression {shown(expression)}, which is none "
            f"({error}). Mend it"
        ) from error


def _slug_rules(config: PythonConfig, kind: str) -> SlugRules:
    names = [f"{kind}_REGEX_SUBSTITUTIONS", "SLUG_REGEX_SUBSTITUTIONS"]
    name = next((name for name in names if name in config.values), names[1])
    given = config.get(name)
    pairs = given if isinstance(given, list) else [list(pair) for pair in _SLUG_SUBSTITUTIONS]
    found = []
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) < 2 or not all(isinstance(t, str) for t in pair):
            raise config.complaint(name, "Write it as pairs of texts")
        pattern, replacement = (unicodedata.normalize("NFKC", str(text)) for text in pair[:2])
        found.append((_compiled(config, names[1], pattern), replacement))
    return SlugRules(
        found,
        keeps_case=config.flag("SLUGIFY_PRESERVE_CASE", default=False),
        keeps_script=config.flag("SLUGIFY_USE_UNICODE", default=False),
    )


def _words(config: PythonConfig) -> int | None:
    if "SUMMARY_MAX_LENGTH" not in config.values:
        return 50
    text = config.text("SUMMARY_MAX_LENGTH")
    if text and not text.isdecimal():
        raise config.complaint("SUMMARY_MAX_LENGTH", "Write it as a number")
    return int(text) if text else None
