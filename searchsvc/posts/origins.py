"""Origins: what a post was made of, as a digest, so that it need not be made again.

A post depends on the bytes of its file or line, on settings and the site's own
configuration, on this program and the libraries that it reads with. An origin covers
them all: while it stays the same, so does the post. The clock is not among them, since
posts hold instants, which are compared when somebody asks.
"""

import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

from searchsvc.settings import Settings

ORIGIN_BYTES = 16
# What turns bytes into texts and dates, besides Python itself.
_LIBRARIES = ("cmarkgfm", "lxml", "orjson", "python-frontmatter", "pyyaml", "tzdata")


class Origins:
    """The origins of posts that share all but their bytes.

    Args:
        shared: what else they depend on; its ``repr`` tells all of it.
        settings: those that hold for them; and whether the owner gave one counts too.
    """

    def __init__(self, settings: Settings, *shared: object) -> None:
        given = sorted(settings.model_fields_set)
        said = repr((_program(), settings, given, shared))
        self._shared = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=ORIGIN_BYTES)

    def of(self, content: bytes) -> bytes:
        """The origin of what is made of these bytes."""
        digest = self._shared.copy()
        digest.update(content)
        return digest.digest()


@cache
def _program() -> str:
    """Changes with every line of ours: nobody has to remember what a post depends on."""
    digest = blake2b(digest_size=ORIGIN_BYTES)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    zones = [path.stat().st_mtime_ns for path in map(Path, TZPATH) if path.is_dir()]
    libraries = [_version(name) for name in _LIBRARIES]
    return repr((digest.hexdigest(), sys.version, libraries, zones))


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""
