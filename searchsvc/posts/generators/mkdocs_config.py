"""The configuration of MkDocs: what in ``mkdocs.yml`` bears on posts.

Its tags are data here. ``!!python/name:`` and ``!!python/object/apply:`` name a function,
which is looked up among those that we know; of ``!ENV`` the default counts.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from searchsvc.posts.generators.globs import Ignored
from searchsvc.posts.generators.mkdocs_slugs import LOWER, Slugify, slugify_named
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.plainyaml import Value, parse_yaml

NAMES = ("mkdocs.yml", "mkdocs.yaml")
# What an address may be put together from.
PLACEHOLDERS = r"\{(categories|date|file|slug)\}"
_YAML = "tag:yaml.org,2002:"
_FUNCTION = ("python/name:", "python/object/apply:")
# A file that inherits from itself would never end.
_MAX_INHERITED = 10


@dataclass(frozen=True, slots=True)
class Blog:
    """One blog: an instance of Material's plugin.

    Attributes:
        folder: where its pages are published, below the docs; "" for the root.
        posts: what the paths of its posts begin with, below the docs.
        url: the pattern of addresses, and of the date in them.
        max_categories: how many may stand in an address.
        post_slug: how a title becomes a slug; None for a function that we do not know.
        category_slug: the same for a category.
        separator: what ends an excerpt.
        shows_drafts: drafts are published too.
        hides_future: a post with a date to come is a draft until then.
    """

    folder: str
    posts: str
    url: str
    url_date: str
    max_categories: int
    post_slug: Slugify | None
    category_slug: Slugify | None
    post_joiner: str
    category_joiner: str
    separator: str
    shows_drafts: bool
    hides_future: bool


@dataclass(frozen=True, slots=True)
class MkDocsConfig:
    """The configuration of a site.

    Attributes:
        docs: the folder of the pages, below the root.
        directory_urls: addresses end in ``/`` and not in ``.html``.
        blogs: none when the site has no blog plugin.
        defaults_file: the name of files with front matter for all below; "" without them.
        tags_key: the key of the front matter that holds tags.
        titles: of pages, by path, where the navigation gives one.
        written: all values as they are written, those that are inherited too.
    """

    place: str
    address: str
    docs: str
    directory_urls: bool
    language: str
    blogs: tuple[Blog, ...]
    defaults_file: str
    tags_key: str
    ignored: Ignored
    titles: Mapping[str, str]
    written: Mapping[str, Value]


def read_mkdocs_config(root: Path) -> MkDocsConfig:
    """Read the configuration of a site.

    Raises:
        ContentError: the file cannot be read, or is not YAML.
    """
    config = _read(root, NAMES)
    plugins = list(_plugins(config.get("plugins")))
    theme = config.get("theme")
    own = [SiteConfig(config.place, options) for name, options in plugins if name == "blog"]
    named = {name: SiteConfig(config.place, options) for name, options in plugins}
    meta, tags = named.get("meta"), named.get("tags", SiteConfig())
    patterns = [config.text("exclude_docs"), config.text("draft_docs")]
    return MkDocsConfig(
        place=config.place or NAMES[0],
        address=config.address("site_url"),
        docs=posixpath.normpath(config.text("docs_dir", "docs")),
        directory_urls=config.flag("use_directory_urls", default=True),
        language=config.text("theme.language") if isinstance(theme, dict) else "",
        blogs=tuple(_blog(options) for options in own if options.flag("enabled", default=True)),
        defaults_file=meta.text("meta_file", ".meta.yml") if meta else "",
        tags_key=tags.text("tags_name_property", "tags"),
        ignored=Ignored([".*", "/templates/", *"\n".join(patterns).split("\n")]),
        titles=dict(_titles(config.get("nav"))),
        written=config.values,
    )


def _read(folder: Path, names: tuple[str, ...], depth: int = 0) -> SiteConfig:
    """A configuration over the one that it inherits from."""
    config = read_config(folder, names, parse=_parsed)
    if not (parent := config.text("INHERIT")):
        return config
    if depth > _MAX_INHERITED or not (folder / parent).is_file():
        raise config.complaint("INHERIT", "There is no such file, or it inherits without end")
    path = folder / parent
    inherited = _read(path.parent, (path.name,), depth + 1).values
    return SiteConfig(config.place, merged(inherited, config.values))


def merged(under: Mapping[str, Value], over: Mapping[str, Value]) -> dict[str, Value]:
    """Mappings laid over each other, also the ones within."""
    found = {**under, **over}
    for key, value in over.items():
        below = under.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            found[key] = merged(below, value)
    return found


def _parsed(text: str) -> Value | None:
    return parse_yaml(text, tagged=_tagged, empty_nulls=True).value


def _tagged(tag: str, value: Value | None) -> Value | None:
    """What a value with a tag stands for."""
    if tag == "!ENV":
        return value[-1] if isinstance(value, list) and len(value) > 1 else ""
    for prefix in _FUNCTION:
        if tag.startswith(_YAML + prefix):
            name = tag.removeprefix(_YAML + prefix)
            return {**(value if isinstance(value, dict) else {}), "function": name}
    return value


def _plugins(value: Value | None) -> Iterator[tuple[str, dict[str, Value]]]:
    """Each plugin with its options, those within groups too."""
    entries = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    for entry in entries:
        for name, options in (entry if isinstance(entry, dict) else {str(entry): ""}).items():
            options = options if isinstance(options, dict) else {}
            name = name.removeprefix("material/")
            yield name, options
            if name == "group":
                yield from _plugins(options.get("plugins"))


def _blog(options: SiteConfig) -> Blog:
    folder = posixpath.normpath(options.text("blog_dir", "blog"))
    posts = options.text("post_dir", "{blog}/posts").replace("{blog}", folder)
    return Blog(
        folder="" if folder == "." else folder,
        posts=posixpath.normpath(posts),
        url=_url(options),
        url_date=options.text("post_url_date_format", "yyyy/MM/dd"),
        max_categories=_number(options, "post_url_max_categories", 1),
        post_slug=_slugify(options, "post_slugify"),
        category_slug=_slugify(options, "categories_slugify"),
        post_joiner=options.text("post_slugify_separator", "-"),
        category_joiner=options.text("categories_slugify_separator", "-"),
        separator=options.text("post_excerpt_separator", "<!-- more -->"),
        shows_drafts=options.flag("draft", default=False),
        hides_future=options.flag("draft_if_future_date", default=False),
    )


def _url(options: SiteConfig) -> str:
    url = options.text("post_url_format", "{date}/{slug}")
    if set("{}") & set(re.sub(PLACEHOLDERS, "", url)):
        raise options.complaint("post_url_format", "Use {categories}, {date}, {file} and {slug}")
    return url


def _number(options: SiteConfig, name: str, default: int) -> int:
    text = options.text(name, str(default))
    if not text.isdecimal():
        raise options.complaint(name, "Write it as a whole number")
    return int(text)


def _slugify(options: SiteConfig, name: str) -> Slugify | None:
    """The function that makes slugs; pymdownx's with small letters when none is named."""
    value = options.get(name)
    if not isinstance(value, dict):
        return None if value else LOWER
    keywords = value.get("kwds")
    return slugify_named(str(value.get("function")), keywords if isinstance(keywords, dict) else {})


def _titles(value: Value | None) -> Iterator[tuple[str, str]]:
    """The titles of pages in a navigation: path and title."""
    for entry in value if isinstance(value, list) else []:
        for title, inner in entry.items() if isinstance(entry, dict) else ():
            if isinstance(inner, str):
                yield posixpath.normpath(inner), title
            else:
                yield from _titles(inner)


def docs_of(root: Path) -> str:
    """The folder of the pages, below the root of a site."""
    return posixpath.normpath(_read(root, NAMES).text("docs_dir", "docs"))
