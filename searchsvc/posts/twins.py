"""Twins: two posts that say they live at one address. Readers find one page there, not two."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from searchsvc.posts.post import Problem

_HOST = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r":(?:80|443)?$")
_PATH_END = re.compile(r"[?#]")
_INDEX = re.compile(r"/index\.html?$")

# Tells the file as the user knows it; asked only when there is something to tell.
Place = Callable[[], str]


class Twins:
    """The ids and addresses of the posts that were read so far; the first one of each stays."""

    def __init__(self) -> None:
        self._by_id: dict[str, Place] = {}
        self._by_address: dict[str, Place] = {}

    def met(self, post_id: str, url: str, place: Place) -> Problem | None:
        """Note a post; what is wrong with it when an earlier one has its id or its address."""
        if (first := self._by_id.setdefault(post_id, place)) is not place:
            told = f"Its id {post_id!r} is also that of {first()}, which stays"
            # Not under the id itself: that one has a post, and it is not this.
            return Problem(f"{place()}:{post_id}", place(), f"{told}. Give its source another name")
        first = self._by_address.setdefault(address_key(url), place)
        if first is not place:
            told = f"Its address {url} is also that of {first()}, which stays"
            remedy = "Give one of them another, or remove it"
            return Problem(post_id, place(), f"{told}. {remedy}", withdrawn=True)
        return None


def address_key(url: str) -> str:
    """The same text for all ways to write one address.

    Scheme, case and port of the host, signs that need not be escaped, ``index.html`` and a
    slash at the end make no difference; what stands behind ``?`` or ``#`` does.

    >>> address_key("HTTP://A.example:80/r%79e/index.html") == address_key("https://a.example/rye/")
    True
    """
    host = ""
    if found := _HOST.match(url):
        host, url = _DEFAULT_PORT.sub("", found[1].lower()), url[found.end() :]
    end = found.start() if (found := _PATH_END.search(url)) else len(url)
    path, tail = url[:end], url[end:]
    if "%" in path:
        # A slash that is escaped parts no folders.
        path = "/".join(unquote(part).replace("/", "%2F") for part in path.split("/"))
    return f"{host}{_INDEX.sub('', path).rstrip('/')}{tail}"
