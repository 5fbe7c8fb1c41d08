"""Verifying: what an index holds, against the pages that the site shows its readers.

Pure functions over documents and pages; where the pages come from, ``posts.published`` knows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from searchsvc.documents import Document
from searchsvc.posts.published import PublishedPage
from searchsvc.sitepages import Homes, SitePages, Usual


@dataclass(frozen=True, slots=True)
class Dead:
    """A post that is found, at an address that the site does not have.

    Attributes:
        lives_at: a page with its title, or the last part of its address; "" without one.
        leads_on: the address is there, and only sends readers to another page.
    """

    id: str
    url: str
    title: str
    lives_at: str = ""
    leads_on: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A page of the site that is a post, and is not found.

    Attributes:
        hidden: the id of the post in the index that waits for its hour, or is past it; else "".
    """

    url: str
    title: str
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Leaked:
    """A post in the index that its source does not show readers any more.

    Attributes:
        reason: in a word or two: ``draft``, ``unpublished``.
    """

    id: str
    url: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class OtherDate:
    """A post with one date in the index and another one on the site."""

    id: str
    url: str
    indexed: date | None
    published: date


@dataclass(frozen=True, slots=True)
class Verification:
    """How an index and a site differ. All are in the order of addresses.

    Attributes:
        hosts: of the addresses in the index, and of those of the site, when they have none
            in common; addresses are compared without them then.
        alike: how many posts are where the site has them.
        hidden: how many posts wait for their hour, or are past it, and are not on the site.
        elsewhere: how many posts are on other hosts than this site.
        other_pages: how many pages of the site are no posts, or do not look like one.
    """

    dead: tuple[Dead, ...]
    missing: tuple[Missing, ...]
    leaked: tuple[Leaked, ...]
    dates: tuple[OtherDate, ...]
    hosts: tuple[str, str] | None
    alike: int
    hidden: int
    elsewhere: int
    other_pages: int

    @property
    def differs(self) -> bool:
        """Whether there is anything to mend."""
        return bool(self.dead or self.missing or self.leaked or self.dates or self.hosts)

    def to_json(self) -> dict[str, Any]:
        """The same for programs."""
        dates = [
            asdict(one) | {"indexed": one.indexed and str(one.indexed), "published": str(day)}
            for one in self.dates
            for day in [one.published]
        ]
        return asdict(self) | {"dates": dates, "differs": self.differs}


def verify(
    documents: Iterable[Document],
    pages: Iterable[PublishedPage],
    *,
    is_whole: bool,
    withdrawn: Mapping[str, str],
    now: datetime,
) -> Verification:
    """Compare an index with a site.

    Args:
        is_whole: the pages are all that the site has; else nothing is dead for not being there.
        withdrawn: why their source does not show some posts any more, by id.
        now: the instant at which posts are visible or not.
    """
    pages, everything = list(pages), sorted(documents, key=lambda post: (post.url, post.id))
    site = SitePages(pages, everything)
    here = [post for post in everything if site.may_have(post.url)]
    at = {post.id: page for post in here if (page := site.page(post.url))}
    there = {id_ for id_, page in at.items() if not page.leads_on}
    kept = [post for post in here if post.id not in withdrawn]
    shown = [post for post in kept if _is_visible(post, now)]
    hidden = [post for post in kept if not _is_visible(post, now)]

    taken = set(at.values())
    free = [page for page in pages if page not in taken and not page.leads_on]
    homes = Homes(free)
    lost = [post for post in shown if is_whole and post.id not in there]
    dead = [_dead(post, homes, at.get(post.id)) for post in lost]
    moved = {one.lives_at for one in dead if one.lives_at}
    left = [page for page in free if page.addresses[0] not in moved]
    live = [(post, at[post.id]) for post in shown if post.id in there]
    usual = Usual.of([page for _, page in live], [*moved, *(post.url for post in here)], pages)
    new = [page for page in left if not is_whole or usual.is_post(page)]
    early = [post for post in hidden if post.id in there]
    return Verification(
        dead=tuple(dead),
        missing=_missing(new, early),
        leaked=tuple(_leaked(post, withdrawn) for post in here if post.id in withdrawn),
        dates=tuple(_other_date(post, page) for post, page in live if _dates_differ(post, page)),
        hosts=site.other_hosts,
        alike=len(live),
        hidden=len(hidden) - len(early),
        elsewhere=len(everything) - len(here),
        other_pages=len(left) - len(new),
    )


def _is_visible(post: Document, now: datetime) -> bool:
    begun = post.visible_from is None or post.visible_from <= now
    return begun and (post.visible_until is None or now < post.visible_until)


def _dead(post: Document, homes: Homes, page: PublishedPage | None) -> Dead:
    return Dead(post.id, post.url, post.title, homes.of(post), leads_on=page is not None)


def _missing(pages: Iterable[PublishedPage], hidden: Iterable[Document]) -> tuple[Missing, ...]:
    found = [
        *(Missing(page.addresses[0], page.title) for page in pages),
        *(Missing(post.url, post.title, hidden=post.id) for post in hidden),
    ]
    return tuple(sorted(found, key=lambda one: one.url))


def _leaked(post: Document, withdrawn: Mapping[str, str]) -> Leaked:
    return Leaked(post.id, post.url, post.title, withdrawn[post.id])


def _dates_differ(post: Document, page: PublishedPage) -> bool:
    return bool(page.days) and post.date not in page.days


def _other_date(post: Document, page: PublishedPage) -> OtherDate:
    return OtherDate(post.id, post.url, post.date, page.days[0])
