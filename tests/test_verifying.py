"""What an index holds, against the pages of a site: documents and pages made by hand."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import pytest
from builders import a_document

from searchsvc.documents import Document
from searchsvc.posts.published import PublishedPage
from searchsvc.verifying import Dead, Leaked, Missing, OtherDate, Verification, verify

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)
MORNING, EVENING = NOON.replace(hour=6), NOON.replace(hour=18)


def compared(
    documents: Iterable[Document],
    pages: Iterable[PublishedPage],
    *,
    is_whole: bool = True,
    withdrawn: Mapping[str, str] | None = None,
) -> Verification:
    return verify(documents, pages, is_whole=is_whole, withdrawn=withdrawn or {}, now=NOON)


def at(url: str, title: str = "A post", **values: object) -> Document:
    return a_document(url, title, url=url, **values)  # type: ignore[arg-type]


def post_page(*addresses: str, title: str = "", day: str = "2025-06-01") -> PublishedPage:
    days = (date.fromisoformat(day),) if day else ()
    return PublishedPage(addresses, title, days, is_post=True)


def addresses(*urls: str) -> list[PublishedPage]:
    return [PublishedPage((url,)) for url in urls]


def missing(found: Verification) -> list[str]:
    return [one.url for one in found.missing]


def test_where_both_have_the_same_nothing_differs() -> None:
    found = compared([at("/rye/"), at("/oat/")], addresses("/", "/oat/", "/rye/"))

    assert (found.differs, found.alike, found.other_pages) == (False, 2, 1)


@pytest.mark.parametrize(
    ("indexed", "published"),
    [
        ("/rye/", "https://a.example/rye/index.html"),
        ("https://a.example/rye", "/rye/"),
        ("https://a.example/rye", "http://A.example:80/rye/"),
        ("/r%79e", "/rye"),
    ],
)
def test_ways_to_write_one_address_are_one(indexed: str, published: str) -> None:
    assert not compared([at(indexed)], addresses(published)).differs


def test_a_post_that_the_site_does_not_have_is_dead() -> None:
    found = compared([at("/gone/", "Gone"), at("/rye/")], addresses("/rye/"))

    assert found.dead == (Dead("/gone/", "/gone/", "Gone"),)
    assert found.differs


def test_a_dead_post_may_live_at_the_last_part_of_its_address_or_under_its_title() -> None:
    posts = [at("/2024/06/rye.html"), at("/p/17/", "Oat Cakes"), at("/p/18/", "Tea")]
    pages = [post_page("/bread/2024-06-01-rye/"), post_page("/oats/", title="oat cakes")]

    found = compared(posts, pages)

    assert [one.lives_at for one in found.dead] == ["/bread/2024-06-01-rye/", "/oats/", ""]
    assert found.missing == ()


def test_a_page_that_another_post_is_at_is_nobodys_home() -> None:
    found = compared(
        [at("/a/rye/", "Rye"), at("/b/rye/", "Rye")], [post_page("/b/rye/", title="Rye")]
    )

    assert [one.lives_at for one in found.dead] == [""]


def test_a_page_that_leads_on_is_dead_and_told() -> None:
    pages = [PublishedPage(("/old/rye/",), is_post=False, leads_on=True), post_page("/rye/")]

    (dead,) = compared([at("/old/rye/")], pages).dead

    assert (dead.leads_on, dead.lives_at) == (True, "/rye/")


def test_posts_of_the_site_that_are_not_in_the_index_are_missing() -> None:
    pages = [post_page("/tea/", title="Tea"), post_page("/rye/")]

    assert compared([at("/rye/", date="2025-06-01")], pages).missing == (Missing("/tea/", "Tea"),)


def test_where_posts_have_dates_a_page_without_one_is_none() -> None:
    pages = [post_page("/rye/"), post_page("/about/", day="")]

    found = compared([at("/rye/", date="2025-06-01")], pages)

    assert (found.missing, found.other_pages) == ((), 1)


def test_of_addresses_alone_those_in_the_folders_of_posts_look_like_posts() -> None:
    urls = ("/", "/about/", "/2023/11/tea/", "/2024/", "/tags/tea/", "/2024/02/rye/")

    found = compared([at("/2024/02/rye/")], addresses(*urls))

    assert missing(found) == ["/2023/11/tea/"]
    assert found.other_pages == 4


def test_a_folder_of_other_pages_is_rather_a_list_of_them() -> None:
    found = compared([at("/rye/")], addresses("/rye/", "/oat/", "/tags/", "/tags/tea/"))

    assert missing(found) == ["/oat/"]


def test_an_index_without_posts_misses_all() -> None:
    assert missing(compared([], addresses("/", "/rye/", "/oat/"))) == ["/oat/", "/rye/"]


def test_hidden_posts_are_not_expected_on_the_site() -> None:
    later, over = at("/later/", visible_from=EVENING), at("/over/", visible_until=MORNING)

    found = compared([later, over, at("/rye/", visible_from=NOON)], addresses("/rye/"))

    assert (found.differs, found.hidden, found.alike) == (False, 2, 1)


def test_a_post_that_is_hidden_and_is_on_the_site_is_missing() -> None:
    found = compared([at("/later/", "Later", visible_from=EVENING)], addresses("/later/"))

    assert found.missing == (Missing("/later/", "Later", hidden="/later/"),)


def test_a_post_that_its_source_withdrew_is_leaked_and_not_dead_as_well() -> None:
    found = compared(
        [at("/rye/", "Rye")], addresses("/"), withdrawn={"/rye/": "draft", "x": "draft"}
    )

    assert found.leaked == (Leaked("/rye/", "/rye/", "Rye", "draft"),)
    assert found.dead == ()


def test_dates_that_differ_are_told_and_pages_without_a_date_are_not() -> None:
    posts = [at("/a/", date="2025-06-02"), at("/b/"), at("/c/", date="2025-06-01"), at("/d/")]
    pages = [*map(post_page, ("/a/", "/b/", "/c/")), post_page("/d/", day="")]

    assert compared(posts, pages).dates == (
        OtherDate("/a/", "/a/", date(2025, 6, 2), date(2025, 6, 1)),
        OtherDate("/b/", "/b/", None, date(2025, 6, 1)),
    )


def test_any_of_the_days_that_a_page_may_mean_will_do() -> None:
    days = (date(2025, 6, 1), date(2025, 6, 2))
    pages = [PublishedPage(("/a/",), "", days, is_post=True)]

    assert not compared([at("/a/", date="2025-06-02")], pages).differs


def test_a_feed_has_some_of_the_posts_only() -> None:
    pages = [post_page("/tea/", day=""), post_page("/rye/")]

    found = compared([at("/rye/", date="2025-06-01"), at("/oat/")], pages, is_whole=False)

    assert (found.dead, missing(found)) == ((), ["/tea/"])


def test_another_host_is_told_once_and_the_rest_is_compared_by_paths() -> None:
    posts = [at("https://a.example/rye/"), at("https://a.example/gone/")]

    found = compared(posts, addresses("https://www.a.example/rye/"))

    assert found.hosts == ("a.example", "www.a.example")
    assert [one.url for one in found.dead] == ["https://a.example/gone/"]


def test_posts_on_other_hosts_are_left_to_their_own_site() -> None:
    posts = [at("https://a.example/rye/"), at("https://elsewhere.example/tea/")]

    found = compared(posts, addresses("https://a.example/rye/"))

    assert (found.differs, found.elsewhere) == (False, 1)


def test_pages_that_do_not_say_below_which_path_they_are_shown_are_found_there() -> None:
    posts = [at("https://a.example/blog/p/rye/"), at("https://a.example/blog/p/oat/")]

    found = compared(posts, addresses("/p/rye/", "/p/oat/", "/about/"))

    assert (found.differs, found.alike) == (False, 2)


def test_programs_get_dates_as_text() -> None:
    said = compared([at("/b/")], [post_page("/b/")]).to_json()

    assert said["dates"] == [
        {"id": "/b/", "url": "/b/", "indexed": None, "published": "2025-06-01"}
    ]
    assert said["differs"] is True
