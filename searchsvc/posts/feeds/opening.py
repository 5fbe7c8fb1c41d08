"""Opening: a file of posts → what reads it, told by what is in the file."""

import json
from pathlib import Path
from typing import Any

from searchsvc.errors import ContentError
from searchsvc.posts.encoding import decode
from searchsvc.posts.feeds.entries import EntryFile
from searchsvc.posts.feeds.feed import Feed
from searchsvc.posts.feeds.ghost import Ghost
from searchsvc.posts.files import whole_of
from searchsvc.posts.trees import local_name, parse_xml
from searchsvc.posts.unusable import Unusable
from searchsvc.settings import Settings

# What can be named as a generator and reads one file, not a folder.
FILE_GENERATORS: tuple[type[EntryFile[Any]], ...] = (Ghost, Feed)
SUFFIXES = (".json", ".xml", ".rss", ".atom", ".rdf")
# As long as ten thousand long posts; it has to fit into memory several times.
MAX_BYTES = 100_000_000


def open_entry_file(path: Path, settings: Settings) -> EntryFile[Any]:
    """The posts in a feed or an export. The file is read here, and once.

    Raises:
        ContentError: it cannot be read as a whole, or is something else. To go on would
            lose its posts.
    """
    try:
        content = whole_of(path, MAX_BYTES, remedy="Split it")
        found = _of_json(path, content, settings) or _of_xml(path, content, settings)
    except Unusable as error:
        where = path if error.line is None else f"{path}:{error.line}"
        raise ContentError(
            f"{where}: {error}. Fetch or write the file anew. Nothing was changed, so that its "
            "posts stay findable"
        ) from error
    named = settings.generator
    if named in (kind.name for kind in FILE_GENERATORS) and named != found.name:
        raise ContentError(
            f"{path}: generator is {named!r}, but the file is of the kind {found.name!r}. "
            f"Set the generator to that, or to 'auto'"
        )
    return found


def _of_json(path: Path, content: bytes, settings: Settings) -> EntryFile[Any] | None:
    """What a file holds that begins as JSON does; None for another one."""
    text = decode(content) if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else ""
    if not text:
        return None
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unusable(f"This is not JSON: {error.msg}", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise Unusable("This is not JSON that can be read: too deep, or a huge number") from error
    found = Ghost.of_json(path, settings, value) or Feed.of_json(path, settings, value)
    if found is None:
        raise ContentError(
            f"{path}: this is JSON, but neither an export of Ghost nor a JSON feed. "
            "One post a line, in a file named .jsonl, can be read too: docs/jsonlines.md"
        )
    return found


def _of_xml(path: Path, content: bytes, settings: Settings) -> EntryFile[Any]:
    root = parse_xml(content)
    if feed := Feed.of_xml(path, settings, root):
        return feed
    if local_name(root) in ("urlset", "sitemapindex"):
        raise ContentError(
            f"{path}: this is a sitemap. Name the folder that the pages of the site lie in"
        )
    raise ContentError(f"{path}: this is XML, but no feed: it begins with <{local_name(root)}>")
