"""Addresses: below that of the blog, with what has no place in a URL escaped."""

import re
from datetime import datetime
from urllib.parse import quote, unquote, urljoin, urlsplit

from searchsvc.posts.unusable import Unusable

# What a URL's path may hold as it is (RFC 3986), with the signs that mean something there.
_SAFE_IN_PATH = "/-._~!$&'()*+,;=:@"
_SAFE_IN_URL = _SAFE_IN_PATH + "%?#[]"


def address_of(url: str, site_url: str) -> str:
    """A URL below the blog's address, or from ``/`` on; one that is absolute already stays."""
    if url.lower().startswith(("http://", "https://")):
        return "".join(url.split())
    return site_url.rstrip("/") + quote("/" + url.lstrip("/"), safe=_SAFE_IN_URL)


def escaped(path: str) -> str:
    """A piece of a URL's path, with what has no place there percent-encoded."""
    return quote(path, safe=_SAFE_IN_PATH)


def joined(base: str, url: str) -> str:
    """An address as seen from another one; as it is when one of them is none."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def host_and_path(url: str) -> tuple[str, str]:
    """The host of an address in small letters, "" for a path alone, and the path, decoded."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.netloc.lower(), unquote(parts.path)


def filled(template: str, *, path: str, folder: str, slug: str, date: datetime | None) -> str:
    """The setting ``url_template`` for one post.

    Raises:
        Unusable: it asks for a date and the post has none.
    """
    if date is None and re.search(r"\{(?:year|month|day)", template):
        raise Unusable(f"The address {template} needs a date. Give the post one: date: …")
    url = template.format(
        path=path.strip("/"),
        folder=folder,
        slug=slug,
        year=f"{date.year:04}" if date else "",
        month=f"{date.month:02}" if date else "",
        day=f"{date.day:02}" if date else "",
    )
    return escaped(re.sub("/{2,}", "/", url))
