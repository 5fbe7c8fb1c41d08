"""Origins: what the posts of the live build were made of, in a file beside the generations.

It saves the next run from making posts again that would be the same. So nobody waits
until it is on the disk, and one that is missing, damaged, or of another build, counts
as empty.
"""

import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from searchsvc.posts.post import Made

_NAME = "origins"


def write(root: Path, build_id: str, origins: Mapping[bytes, Made]) -> None:
    """Put the file in the place of the one before; without room for it there is none."""
    keys = b"".join(origins)
    # All ids, then all addresses.
    texts = [*(made.id for made in origins.values()), *(made.url for made in origins.values())]
    body = keys + "\0".join(texts).encode("utf-8", "surrogatepass")
    said = {
        "build_id": build_id,
        "posts": len(origins),
        "key_bytes": len(keys),
        "checksum": zlib.crc32(body),
    }
    beside = root / f"{_NAME}.new"
    with suppress(OSError):
        beside.write_bytes(json.dumps(said).encode() + b"\n" + body)
        beside.replace(root / _NAME)


def read(root: Path, build_id: str) -> dict[bytes, Made]:
    """What was written for this build."""
    try:
        header, _, body = (root / _NAME).read_bytes().partition(b"\n")
        said = json.loads(header)
        if said["build_id"] != build_id or said["checksum"] != zlib.crc32(body):
            return {}
        return _origins(body, int(said["posts"]), int(said["key_bytes"]))
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _origins(body: bytes, posts: int, key_bytes: int) -> dict[bytes, Made]:
    """Raises ``ValueError`` for texts with a zero in them, which stands between two."""
    if not posts:
        return {}
    size = key_bytes // posts
    keys = (body[at : at + size] for at in range(0, key_bytes, size))
    texts = body[key_bytes:].decode("utf-8", "surrogatepass").split("\0")
    made = map(Made, texts[:posts], texts[posts:])
    if len(texts) != 2 * posts:
        raise ValueError("an id or an address with a zero in it")
    return dict(zip(keys, made, strict=True))
