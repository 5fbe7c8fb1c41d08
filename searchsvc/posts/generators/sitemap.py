"""Sitemap: the addresses that a built site names, and the file below its folder for each.

Source: https://www.sitemaps.org/protocol.html. Nothing is fetched: a sitemap that an index
of sitemaps names is read when it lies below the same folder.
"""

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.files import read_file
from searchsvc.posts.generators.addresses import escaped, host_and_path
from searchsvc.posts.trees import Element, local_name, parse_xml, text_of
from searchsvc.posts.unusable import Unusable

NAMES = ("sitemap.xml", "sitemap_index.xml", "sitemap-index.xml", "wp-sitemap.xml")
# The standard allows as many addresses in one sitemap, and as many sitemaps in an index.
_MAX_BYTES = 52_428_800
_MAX_SITEMAPS = 1_000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a site says of itself.

    Attributes:
        pages: the address of each page that lies on disk, by its path below the root.
        address: that of the root: ``https://example.com/blog``; "" when nothing tells it.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    address: str = ""


def read_sitemap(root: Path) -> Sitemap | None:
    """The sitemap in a folder; None without one, or when no page that it names is there.

    Raises:
        ContentError: it names another sitemap that is not there or cannot be read, whose
            pages would be lost.
    """
    name = next((name for name in NAMES if (root / name).is_file()), "")
    tree = _tree(root, name) if name else None
    if tree is None:
        return None
    addresses = list(dict.fromkeys(_addresses(root, name, tree)))
    for prefix in _prefixes(addresses):
        if pages := _pages(root, addresses, prefix):
            return Sitemap(pages, _origin(addresses[0]) + escaped(prefix))
    return None


def is_sitemap(file: Path) -> bool:
    """Whether a file is a sitemap, or an index of sitemaps."""
    return _tree(file.parent, file.name) is not None


def named_addresses(file: Path) -> list[str]:
    """Every address that a sitemap names, each once, whether its page lies on disk or not.

    Raises:
        ContentError: it is no sitemap, names no address, or as ``read_sitemap``.
    """
    tree = _tree(file.parent, file.name)
    addresses = [] if tree is None else _addresses(file.parent, file.name, tree)
    found = list(dict.fromkeys(addresses))
    if not found:
        raise ContentError(f"{file}: no address is named in it. Build the site anew")
    return found


def _tree(root: Path, name: str) -> Element | None:
    """The root element; None when the file is no sitemap, such as a template for one."""
    try:
        content = read_file(root, name) or b""
        tree = parse_xml(_unzipped(content))
    except Unusable:
        return None
    return tree if local_name(tree) in ("urlset", "sitemapindex") else None


def _unzipped(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return zlib.decompressobj(wbits=31).decompress(content, _MAX_BYTES)
    except zlib.error as error:
        raise Unusable("This is not gzip") from error


def _addresses(root: Path, name: str, tree: Element) -> Iterator[str]:
    if local_name(tree) == "urlset":
        yield from _locations(tree)
        return
    for address in list(_locations(tree))[:_MAX_SITEMAPS]:
        inner = _inner_name(root, address)
        found = _tree(root, inner) if inner else None
        if found is None or local_name(found) != "urlset":
            raise ContentError(
                f"{root / name}: it names the sitemap {address}, which is not there or cannot be "
                "read. Build the site anew, or remove that line"
            )
        yield from _locations(found)


def _inner_name(root: Path, address: str) -> str:
    """The path of a sitemap below the root; "" when it is not there."""
    parts = host_and_path(address)[1].strip("/").split("/")
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((tail for tail in tails if _is_file(root, tail)), "")


def _locations(tree: Element) -> Iterator[str]:
    for entry in tree:
        for child in entry:
            if local_name(child) == "loc" and (address := text_of(child)):
                yield address


def _prefixes(addresses: Iterable[str]) -> Iterator[str]:
    """What all paths begin with and may lie above the root, the shortest first: "", "/blog"."""
    paths = ["/" + host_and_path(address)[1].strip("/") for address in addresses]
    common = os.path.commonpath(paths).strip("/").split("/") if paths else []
    for end in range(len(common) + 1):
        yield "".join(f"/{part}" for part in common[:end] if part)


def _pages(root: Path, addresses: Iterable[str], prefix: str) -> dict[str, str]:
    """The address of each file that is there; empty when that is the home page at most."""
    found: dict[str, str] = {}
    for address in addresses:
        _, path = host_and_path(address)
        file = file_of(root, path[len(prefix) :]) if f"{path}/".startswith(f"{prefix}/") else ""
        if file:
            found.setdefault(file, address)
    return found if found.keys() - {"index.html", "index.htm"} else {}


def file_of(root: Path, path: str) -> str:
    """The file that a server shows for the path of an address; "" when there is none."""
    path = path.strip("/")
    inner = f"{path}/" if path else ""
    names = (path, f"{inner}index.html", f"{inner}index.htm", f"{path}.html", f"{path}.htm")
    fitting = (name for name in names if name.lower().endswith((".html", ".htm")))
    return next((name for name in fitting if _is_file(root, name)), "")


def _is_file(root: Path, path: str) -> bool:
    # Not Path.is_file, which fails on names that are too long.
    return ".." not in path.split("/") and os.path.isfile(f"{root}/{path}")  # noqa: PTH113


def _origin(address: str) -> str:
    host, _ = host_and_path(address)
    return f"{address.partition(':')[0].lower()}://{host}" if host else ""
