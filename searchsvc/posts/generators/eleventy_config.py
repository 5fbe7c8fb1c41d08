"""Eleventy's configuration, a program: searched for what is plainly written in it, never run."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join

from searchsvc.posts.generators.roots import folder_named, head_of
from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.jsliterals import Code, Script, without_code
from searchsvc.posts.plainyaml import Value
from searchsvc.posts.unusable import Unusable, shown

# In the order in which Eleventy looks.
_NAMES = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
_PACKAGE = re.compile(r'"@11ty/eleventy"\s*:')
_SETTERS = {
    "input": "setInputDirectory", "output": "setOutputDirectory", "data": "setDataDirectory",
    "includes": "setIncludesDirectory", "layouts": "setLayoutsDirectory",
}  # fmt: skip
_GLOBAL = r"addGlobalData\(\s*[\"'`]{name}[\"'`]\s*,\s*"
_OPTION = re.compile(r"\beleventy\b[^\"&|;]*?--(input|output|pathprefix)[= ]([^\s\"&|;]+)")


@dataclass(frozen=True, slots=True)
class EleventyConfig:
    """What is known of a site's configuration.

    Attributes:
        place: the file as the user knows it.
        input: the folder of the contents, below the root; empty for the root.
        data: the folder of the global data, below the root.
        not_read: folders below the root that hold no contents.
        path_prefix: before every address, without slashes at its ends.
        formats: suffixes of files that become pages, without their dots.
        excerpt_separator: what ends an excerpt; empty when the site has none.
        ignored: patterns of paths below the root.
        data_suffixes: of directory data files, before ``.json`` or ``.js``.
        data_name: of directory data files, when they are not called like their folder.
        post_patterns: those that the site gathers its collections by.
        own_filters: names of the site's filters, which may be in the place of Eleventy's.
        data_of_all: what the configuration itself says of all files: their permalink.
        moves_urls: it changes addresses in a way that is not known.
        has_languages: the site's addresses begin with languages.
    """

    place: str = _NAMES[1]
    input: str = ""
    data: str = "_data"
    not_read: tuple[str, ...] = ("_data", "_includes", "_layouts", "_site")
    path_prefix: str = ""
    formats: frozenset[str] = frozenset({"liquid", "md", "njk", "html"})
    excerpt_separator: str = ""
    ignored: tuple[str, ...] = ()
    data_suffixes: tuple[str, ...] = ("", ".11tydata")
    data_name: str = ""
    post_patterns: tuple[str, ...] = ()
    own_filters: frozenset[str] = frozenset()
    data_of_all: Mapping[str, Value] = field(default_factory=dict)
    moves_urls: bool = False
    has_languages: bool = False


def is_eleventy(root: Path) -> bool:
    """Whether a folder is the root of an Eleventy site: by its configuration or its package."""
    if any((root / name).is_file() for name in _NAMES):
        return True
    return not (root / "_config.yml").is_file() and bool(_PACKAGE.search(_package(root)))


def read_eleventy_config(root: Path) -> EleventyConfig:
    """Read what is plainly written; for the rest, Eleventy's defaults.

    Raises:
        ContentError: the file cannot be read, or the folder of the contents is not plainly written.
    """
    config, usual = read_config(root, _NAMES, parse=_found), EleventyConfig()
    place = config.place or usual.place
    options = {found[1]: found[2].strip("'\\") for found in _OPTION.finditer(_package(root))}
    dirs = {**_texts(config.table("dir")), **options}
    home = folder_named(dirs.get("input", "."), place, "dir.input")
    inner = {
        name: folder_named(join(home, dirs.get(name, f"_{name}")), place, f"dir.{name}")
        for name in ("data", "includes", "layouts")
    }
    output = folder_named(dirs.get("output", "_site"), place, "dir.output")
    return EleventyConfig(
        place=place,
        input=home,
        data=inner["data"],
        not_read=tuple(name for name in (*inner.values(), output) if name not in ("", home)),
        path_prefix=(options.get("pathprefix") or config.text("pathPrefix")).strip("/"),
        formats=(frozenset(config.texts("formats")) or usual.formats)
        | frozenset(config.texts("moreFormats")),
        excerpt_separator=_excerpt_separator(config),
        ignored=(*_ignored(root, home), *config.texts("ignores")),
        data_suffixes=usual.data_suffixes,
        data_name=config.text("dataName"),
        post_patterns=tuple(config.texts("globs")),
        own_filters=frozenset(config.texts("filters")),
        data_of_all=config.table("dataOfAll"),
        moves_urls=config.flag("movesUrls", default=False),
        has_languages=config.flag("hasLanguages", default=False),
    )


def _found(source: str) -> Value:
    """Everything of a configuration that bears on posts.

    Raises:
        Unusable: the folder of the contents is not plainly written.
    """
    script = Script(source)
    dirs = _dirs(script)
    if isinstance(home := dirs.get("input"), Code):
        raise Unusable(
            f"The folder of the contents is {shown(home)}, which only JavaScript can tell. "
            "Write it as a text in quotes: dir.input"
        )
    front_matter = next(script.after(r"setFrontMatterParsingOptions\("), {})
    found: dict[str, Value | None] = {
        "dir": without_code(dirs),
        "pathPrefix": _first_text(script.after(r"\bpathPrefix\s*:\s*")),
        "formats": _flat(script.after(r"(?:templateFormats\s*:\s*|setTemplateFormats\()")),
        "moreFormats": _flat(script.after(r"addTemplateFormats\(")),
        "frontMatter": without_code(front_matter) if isinstance(front_matter, dict) else {},
        "ignores": _flat(script.after(r"\bignores\.add\(")),
        "dataName": _first_text(script.after(r"setDataFileBaseName\(")),
        "globs": _flat(script.after(r"getFilteredByGlob\(")),
        "filters": _flat(script.after(r"add(?:Liquid|Nunjucks)?(?:Async)?Filter\(")),
        "dataOfAll": _data_of_all(script),
        "movesUrls": str("addUrlTransform(" in script.text).lower(),
        "hasLanguages": str("I18nPlugin" in script.text).lower(),
    }
    return {name: value for name, value in found.items() if value is not None}


def _data_of_all(script: Script) -> dict[str, Value]:
    said = next(script.after(_GLOBAL.format(name="permalink")), None)
    computed = next(script.after(_GLOBAL.format(name=r"eleventyComputed\.permalink")), None)
    data: dict[str, Value] = {} if said is None else {"permalink": said}
    return data if computed is None else {**data, "eleventyComputed": {"permalink": computed}}


def _dirs(script: Script) -> dict[str, Value]:
    dirs: dict[str, Value] = {}
    for table in script.after(r"\bdir\s*[:=]\s*(?=\{)"):
        dirs |= table if isinstance(table, dict) else {}
    for name, setter in _SETTERS.items():
        for value in script.after(rf"{setter}\("):
            dirs[name] = value
    return dirs


def _excerpt_separator(config: SiteConfig) -> str:
    """As gray-matter has it: ``excerpt`` may itself be what separates."""
    options = config.table("frontMatter")
    excerpt, separator = options.get("excerpt"), options.get("excerpt_separator")
    if not isinstance(excerpt, str) or excerpt in ("", "false"):
        return ""
    if excerpt != "true":
        return excerpt
    return separator if isinstance(separator, str) and separator else "---"


def _ignored(root: Path, home: str) -> Iterator[str]:
    """The lines of the files that name what is not read; each covers a folder as well."""
    for name in dict.fromkeys((".gitignore", ".eleventyignore", join(home, ".eleventyignore"))):
        folder = name.rpartition("/")[0]
        for line in head_of(root / name).splitlines():
            pattern = line.strip().rstrip("/")
            if pattern and not pattern.startswith(("#", "!")):
                inside = join(folder, pattern.removeprefix("/"))
                yield from (inside, f"{inside}/**")


def _first_text(values: Iterator[Value]) -> str | None:
    plain = (value for value in values if isinstance(value, str) and not isinstance(value, Code))
    return next(plain, None)


def _flat(values: Iterator[Value] | list[Value]) -> list[Value]:
    """The texts in some values: of lists, and of texts with commas."""
    found: list[Value] = []
    for value in values:
        plain = without_code(value)
        if isinstance(plain, list):
            found += plain
        elif isinstance(plain, str):
            found += [plain] if "{" in plain else plain.split(",")
    return found


def _texts(table: Mapping[str, Value]) -> dict[str, str]:
    return {key: value for key, value in table.items() if isinstance(value, str)}


def _package(root: Path) -> str:
    return head_of(root / "package.json")
