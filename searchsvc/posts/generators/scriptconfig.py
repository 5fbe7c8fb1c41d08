"""Configurations that are programs (``docusaurus.config.ts``, ``astro.config.mjs``), read as data.

Only what is plainly written in them is known (``jsliterals``). What is needed and would have to be
computed is told with the remedy.
"""

from collections.abc import Container, Iterable
from pathlib import Path

from searchsvc.posts.generators.siteconfig import SiteConfig, read_config
from searchsvc.posts.jsliterals import Code, Script
from searchsvc.posts.plainyaml import Value

# Calls that stand for what is in them: defineConfig({…}), require.resolve("…"), glob({…}).
_SEEN_THROUGH = ("define", "require", "glob")


def script_of(source: str) -> Script:
    """A configuration, to be searched."""
    return Script(source, seen_through=_SEEN_THROUGH)


def read_script_config(root: Path, names: Iterable[str], *, wanted: Container[str]) -> SiteConfig:
    """Read the object that the first of some files exports.

    Args:
        names: of files below the root.
        wanted: settings, of which it has at least one.

    Raises:
        ContentError: the file cannot be read.
    """
    return read_config(root, names, parse=lambda text: script_of(text).object_with(wanted))


def known(config: SiteConfig, name: str) -> str:
    """The text of a name; empty when it would have to be computed."""
    return "" if isinstance(config.get(name), Code) else config.text(name)


def known_texts(value: Value | None) -> list[str]:
    """The texts of a list, as far as they are known; none for what is no list."""
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, str) and not isinstance(item, Code)]


def address_in(config: SiteConfig, site: str, base: str) -> str:
    """The address of a blog: that of its site, and the path below it; two names of settings.

    Raises:
        ContentError: the path is computed: without it no address is right.
    """
    address = "" if isinstance(config.get(site), Code) else config.address(site)
    if isinstance(config.get(base), Code):
        raise config.complaint(
            base, "Write it as plain text, or say with the setting site_url where the blog is"
        )
    path = config.text(base).strip("/")
    return address + (f"/{path}" if path else "")
