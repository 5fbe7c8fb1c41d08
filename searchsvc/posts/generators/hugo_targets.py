"""What in a Hugo site is meant for some pages only: cascades and permalinks, each with its target.

Source: Hugo's documentation (Front matter: cascade, Permalinks) and Hugo 0.168. Patterns are
those of Hugo's glob library: ``*`` stays within a folder, ``**`` crosses them anywhere.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from searchsvc.posts.generators.hugo_config import in_small
from searchsvc.posts.generators.siteconfig import SiteConfig
from searchsvc.posts.plainyaml import Value

_PIECE = re.compile(
    r"(?P<all>\*\*)|(?P<some>\*)|(?P<one>\?)|(?P<set>\[[^\]]+\])"
    r"|(?P<open>\{)|(?P<close>\})|(?P<comma>,)|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)
_MEANING = {"all": ".*", "some": "[^/]*", "one": "[^/]", "open": "(?:", "close": ")", "comma": "|"}


@dataclass(frozen=True, slots=True)
class Target:
    """Which pages something is meant for: patterns, an empty one for any."""

    path: str = ""
    kind: str = ""
    environment: str = ""
    languages: tuple[str, ...] = ()

    def covers(self, path: str, kind: str, language: str) -> bool:
        """Whether a page is meant; its path is Hugo's: ``/posts/my-page``."""
        return (
            _matches(self.path, path)
            and _matches(self.kind, kind)
            and _matches(self.environment, "production")
            and (not self.languages or any(_matches(name, language) for name in self.languages))
        )


@dataclass(frozen=True, slots=True)
class Cascade:
    """Front matter that a section, or the site, gives the pages below it."""

    target: Target
    values: Mapping[str, Value] = field(default_factory=dict)


def cascades_of(value: Value | None) -> list[Cascade]:
    """What a ``cascade`` holds; of two with the same name for a page, the first one counts."""
    found = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            values = in_small(entry)
            target = _target(values.get("target") or values.get("_target"))
            found.append(Cascade(target, with_params(values, own=False)))
    return found


def with_params(values: Mapping[str, Value], *, own: bool = True) -> Mapping[str, Value]:
    """Front matter with what stands in its ``params`` in the place of the rest.

    Args:
        own: of a page, where Hugo's own names count outside of ``params`` only; else of a cascade.
    """
    params = values.get("params")
    if not isinstance(params, dict):
        return values
    inner = {name.lower(): value for name, value in params.items()}
    names = inner.keys() - _HUGOS_OWN if own else inner.keys()
    return {**values, **{name: inner[name] for name in names}}


_HUGOS_OWN = frozenset(
    "title slug url draft summary description build headless cascade layout date publishdate "
    "pubdate published lastmod modified expirydate unpublishdate".split()
)


def permalinks_of(config: SiteConfig) -> list[tuple[Target, str]]:
    """The patterns for addresses of pages, in the order in which they count.

    Where patterns for a section and a section within it both fit, the longer name goes first;
    Hugo takes any of the two, now this one, now that.
    """
    given = config.get("permalinks")
    if isinstance(given, list):
        entries = [SiteConfig(config.place, entry) for entry in given if isinstance(entry, dict)]
        return [(_target(entry.get("target")), entry.text("pattern")) for entry in entries]
    found = dict(_patterns(config.table("permalinks")))
    inner = config.get("permalinks.page")
    found |= dict(_patterns(inner if isinstance(inner, dict) else {}))
    names = sorted(found, key=lambda name: -len(name))
    return [(Target(path=_section_pattern(name), kind="page"), found[name]) for name in names]


def _patterns(table: Mapping[str, Value]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in table.items() if isinstance(value, str))


def _section_pattern(name: str) -> str:
    name = name.strip(" /")
    return f"/{{{name},{name}/**}}" if name else "/*"


def _target(value: Value | None) -> Target:
    return Target(
        path=_text(value, "path").lower(),
        kind=_text(value, "kind").lower(),
        environment=_text(value, "environment"),
        languages=tuple(name.lower() for name in _languages(value)),
    )


def _languages(target: Value | None) -> list[str]:
    """From ``lang``, or ``sites.matrix.languages`` as Hugo has it since 0.150."""
    value = target
    for name in ("sites", "matrix", "languages"):
        value = value.get(name) if isinstance(value, dict) else None
    named = value if isinstance(value, list) else [value]
    return [name for name in [_text(target, "lang"), *named] if isinstance(name, str) and name]


def _text(mapping: Value | None, name: str) -> str:
    value = mapping.get(name) if isinstance(mapping, dict) else None
    return value if isinstance(value, str) else ""


def _matches(pattern: str, text: str) -> bool:
    return not pattern or _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression; one that makes no sense fits nothing."""
    depth, parts = 0, []
    for found in _PIECE.finditer(pattern):
        kind, text = found.lastgroup or "plain", found[found.lastgroup or "plain"]
        depth += (kind == "open") - (kind == "close")
        if kind == "set":
            parts.append("[" + text[1:-1].replace("\\", "\\\\").replace("!", "^", 1) + "]")
        elif kind in _MEANING and (kind != "comma" or depth > 0):
            parts.append(_MEANING[kind])
        else:
            parts.append(re.escape(text))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return re.compile(r"(?!)")
