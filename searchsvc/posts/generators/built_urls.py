"""Where the pages of a built site live: what they, its sitemap and the owner say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from searchsvc.errors import ContentError
from searchsvc.posts.generators.addresses import host_and_path
from searchsvc.posts.generators.sitemap import Sitemap, file_of, read_sitemap


@dataclass(frozen=True, slots=True)
class BuiltUrls:
    """The addresses of one site.

    Attributes:
        root: the folder that its home page lies in.
        sitemap: None when there is none.
        site_url: what the owner has set; "" for nothing.
    """

    root: Path
    sitemap: Sitemap | None
    site_url: str

    @property
    def own(self) -> str:
        """The address of the site by its own sitemap; "" without one."""
        return self.sitemap.address if self.sitemap else ""

    def canonical(self, address: str) -> str:
        """The address that a page gives itself, or a path below that of the site; else "".

        One on another host is where a copy of the page is, or where the site was tried out.
        """
        if address.startswith("/") and not address.startswith("//"):
            return "/" + address.removeprefix(self._prefix).lstrip("/")
        is_whole = address.lower().startswith(("http://", "https://"))
        return address if is_whole and self._is_own(address) else ""

    def named(self, path: str) -> str:
        """The address that the sitemap has for a file; "" when it has none, or on another host."""
        address = self.sitemap.pages.get(path, "") if self.sitemap else ""
        return address if self._is_own(address) else ""

    def copied_from(self, address: str) -> str:
        """The file that is shown under a canonical address; "" when it is none of this site."""
        canonical = self.canonical(address)
        path = host_and_path(canonical)[1].removeprefix(self._prefix)
        return file_of(self.root, path) if canonical else ""

    def _is_own(self, address: str) -> bool:
        """Whether an address is on the host of this site, or nothing tells the host."""
        host = host_and_path(self.site_url)[0] or host_and_path(self.own)[0]
        return not host or host_and_path(address)[0] == host

    @property
    def _prefix(self) -> str:
        """The path of the site's own address: ``/blog``."""
        return host_and_path(self.site_url or self.own)[1].rstrip("/")


def site_above(folder: Path) -> Path | None:
    """The folder above whose sitemap names pages in a folder; None without such a one."""
    whole = folder.resolve()
    for parent in whole.parents:
        below = whole.relative_to(parent).as_posix() + "/"
        if any(page.startswith(below) for page in _pages_quietly(parent)):
            return parent
    return None


def _pages_quietly(folder: Path) -> Sequence[str]:
    """The pages of the sitemap in a folder that nobody has named."""
    try:
        sitemap = read_sitemap(folder)
    except ContentError:
        return ()
    return list(sitemap.pages) if sitemap else ()
