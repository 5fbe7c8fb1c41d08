"""SitePages: which page of a site is at an address, and which one may be meant instead.

Pure, as all of ``verifying``, whose questions these are.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from searchsvc.documents import Document, address_words, path_of
from searchsvc.posts.published import PublishedPage
from searchsvc.posts.twins import address_key
from searchsvc.text.folding import fold

_DIGITS = re.compile(r"\d+")


class SitePages:
    """The pages of a site by their addresses; hosts count where both sides have one.

    Attributes:
        other_hosts: one of the index, one of the site, when they have none in common.
    """

    def __init__(self, pages: Iterable[PublishedPage], documents: Collection[Document]) -> None:
        self._with_host: dict[str, PublishedPage] = {}
        self._paths: dict[str, PublishedPage] = {}
        self._all: dict[str, PublishedPage] = {}
        hosts: Counter[str] = Counter()
        for page in pages:
            for address in page.addresses:
                bare = _bare(address)
                self._all.setdefault(bare, page)
                if host := _host(address):
                    hosts[host] += 1
                    self._with_host.setdefault(address_key(address), page)
                else:
                    self._paths.setdefault(bare, page)
        self._hosts = frozenset(hosts)
        of_posts = Counter(host for post in documents if (host := _host(post.url)))
        self.other_hosts: tuple[str, str] | None = None
        if hosts and of_posts and not hosts.keys() & of_posts.keys():
            self.other_hosts = (of_posts.most_common(1)[0][0], hosts.most_common(1)[0][0])
        self._root = ""
        self._root = self._likeliest_root([_bare(post.url) for post in documents])

    def may_have(self, url: str) -> bool:
        """Whether an address is on a host of this site, as far as anything tells."""
        host = _host(url)
        return not host or not self._hosts or bool(self.other_hosts) or host in self._hosts

    def page(self, url: str) -> PublishedPage | None:
        """The page at an address; None when there is none."""
        bare = _bare(url)
        if not _host(url) or self.other_hosts:
            return self._all.get(bare) or self._paths.get(_below(self._root, bare))
        return self._with_host.get(address_key(url)) or self._paths.get(_below(self._root, bare))

    def _likeliest_root(self, paths: Collection[str]) -> str:
        """Below which path the site is shown, ``/blog``, where its pages do not say it."""
        whole = ["/" + path.strip("/") for path in paths]
        common = posixpath.commonpath(whole).strip("/").split("/") if whole else []
        roots = ["", *("/" + "/".join(common[:end]) for end in range(1, len(common) + 1))]
        return max(roots, key=lambda root: sum(_below(root, path) in self._paths for path in paths))


class Homes:
    """Where posts may live instead: pages that no post of the index is at."""

    def __init__(self, pages: Iterable[PublishedPage]) -> None:
        self._by_title: dict[str, str] = {}
        self._by_words: dict[str, str] = {}
        for page in pages:
            if page.is_post is not False and page.title:
                self._by_title.setdefault(fold(page.title), page.addresses[0])
            if words := address_words(page.addresses[0]):
                self._by_words.setdefault(fold(words), page.addresses[0])

    def of(self, post: Document) -> str:
        """The address of the page with the title or the last part of a post; "" without one."""
        words = fold(address_words(post.url))
        return self._by_words.get(words, "") or self._by_title.get(fold(post.title), "")


class Usual(NamedTuple):
    """What posts of this blog look like from outside.

    Attributes:
        dated: nearly all of their pages tell a date.
        folders: those of their addresses, ``/#/#`` for ``/2025/06/rye/``; empty when unknown.
        lists: folders that pages lie in, which are rather lists of those.
    """

    dated: bool
    folders: frozenset[str]
    lists: frozenset[str]

    @classmethod
    def of(
        cls,
        known: Collection[PublishedPage],
        urls: Iterable[str],
        pages: Iterable[PublishedPage],
    ) -> "Usual":
        addresses = [*urls, *(page.addresses[0] for page in known)]
        return cls(
            dated=2 * sum(bool(page.days) for page in known) > len(known),
            folders=frozenset(_folder(address) for address in addresses if address),
            lists=frozenset(_parent(page.addresses[0]) for page in pages),
        )

    def is_post(self, page: PublishedPage) -> bool:
        """Whether a page that is not in the index looks like a post."""
        address = page.addresses[0]
        if page.is_post:
            return bool(page.days) or (not self.dated and self._has_place(address))
        is_list = _bare(address) in self.lists
        return page.is_post is None and not is_list and self._has_place(address)

    def _has_place(self, address: str) -> bool:
        return bool(_bare(address)) and (not self.folders or _folder(address) in self.folders)


def _host(url: str) -> str:
    """The host as ``address_key`` has it; "" for a path."""
    return "" if path_of(url) == url else address_key(url).partition("/")[0]


def _bare(url: str) -> str:
    return address_key(path_of(url))


def _parent(url: str) -> str:
    return _bare(url).rpartition("/")[0]


def _folder(url: str) -> str:
    return _DIGITS.sub("#", _parent(url))


def _below(root: str, path: str) -> str:
    return path[len(root) :] if f"{path}/".startswith(f"{root}/") else path
