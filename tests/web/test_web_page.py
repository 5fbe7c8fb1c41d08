"""The search page, read as its readers do: what it says and where its links lead."""

import re
from datetime import UTC, datetime

from bakery import BAKERY, ClientMaker
from builders import a_document
from flask.testing import FlaskClient
from golden_files import golden
from reading import ReadPage, visit

from searchsvc import parse_query
from searchsvc.results import IndexInfo, ResultPage
from searchsvc.web import view
from searchsvc.web.links import Links
from searchsvc.web.service import service


def values(page: ReadPage) -> list[tuple[str, str]]:
    """The values of all facets, each with its count."""
    lists = [e.text for e in page.all("aside")]
    return re.findall(r"(\S+) \((\d+) post", lists[0]) if lists else []


def test_a_page_is_as_it_was(client: FlaskClient) -> None:
    html = client.get("/search?q=rye+breads+unheardof&category=baking&sort=newest").text

    now = re.sub(r"\?v=\w+", "?v=0", html)
    assert now == golden("page.html", now)


def test_the_root_leads_to_the_page_with_what_was_asked(client: FlaskClient) -> None:
    assert client.get("/").headers["Location"] == "/search"
    assert client.get("/?q=rye%20bread&tag=a").headers["Location"] == "/search?q=rye%20bread&tag=a"


def test_the_first_page_shows_all_posts_and_waits_for_words(client: FlaskClient) -> None:
    page = visit(client, "/search")

    box = page.one("input", name="q")
    assert page.titles == ["Rye bread for beginners", "Wheat bread", "An oven of clay", "About"]
    assert page.one("h1").text == "4 posts"
    assert box.attributes["value"] == ""
    assert "autofocus" in box.attributes
    assert not page.all("meta", name="robots")
    assert page.one("title").text == "Search"


def test_an_answer_says_how_many_and_marks_what_matched(client: FlaskClient) -> None:
    page = visit(client, "/search?q=oven")

    assert page.one("h1").text == "1 post for “oven”"
    assert page.titles == ["An oven of clay"]
    assert page.one("mark").text == "oven"
    assert page.one("time").attributes["datetime"] == "2023-08-09"
    assert page.one("time").text == "9 August 2023"
    assert page.link("An oven of clay") == "/oven/"
    assert page.one("title").text == "oven – Search"
    assert page.one("meta", name="robots").attributes["content"] == "noindex"


def test_the_form_keeps_filters_and_order_but_not_the_number_of_the_page(
    client: FlaskClient,
) -> None:
    page = visit(client, "/search?q=loaf&tag=bread&tag=rye&sort=oldest&page=1&utm_source=mail")

    kept = [(e.attributes["name"], e.attributes["value"]) for e in page.all("input", type="hidden")]
    assert kept == [("tag", "bread"), ("tag", "rye"), ("sort", "oldest")]


def test_facet_links_choose_a_value_and_drop_it_again(client: FlaskClient) -> None:
    page = visit(client, "/search?q=bread")
    chosen = visit(client, link_of_value(page, "wheat"))
    dropped = visit(client, link_of_value(chosen, "wheat"))

    assert ("wheat", "1") in values(page)
    assert chosen.titles == ["Wheat bread"]
    assert [e.text for e in chosen.all("a", **{"aria-current": "true"}) if "wheat" in e.text]
    assert dropped.titles == page.titles


def link_of_value(page: ReadPage, value: str) -> str:
    found = [e for e in page.all("a", rel="nofollow") if e.text.startswith(f"{value} (")]
    return found[0].attributes["href"]


def test_chosen_values_come_first(make_client: ClientMaker) -> None:
    documents = [a_document(f"p{n}", category="few" if n == 3 else "many") for n in range(4)]
    client = make_client(*documents)

    assert values(visit(client, "/search")) == [("many", "3"), ("few", "1")]
    assert values(visit(client, "/search?category=few")) == [("few", "1"), ("many", "3")]


def test_tags_and_categories_of_a_post_lead_to_their_posts(client: FlaskClient) -> None:
    page = visit(client, "/search?q=rye")

    assert page.link("Baking") == "/search?q=rye&category=Baking"
    assert page.link("rye") == "/search?q=rye&tag=rye"


def test_every_filter_can_be_dropped_however_it_came(client: FlaskClient) -> None:
    address = "/search?q=bread+tag:RYE&category=BAKING&year=2025&after=2024-01-01&match=all"

    page = visit(client, address)

    drops = {e.text: e.attributes["href"] for e in page.all("a") if e.text.startswith("Drop")}
    assert page.titles == ["Rye bread for beginners"]
    assert len(drops) == 5
    for text, href in drops.items():
        kinds = [e.text for e in visit(client, href).all("a") if e.text.startswith("Drop")]
        assert len(kinds) == 4
        assert text not in kinds


def test_words_that_a_post_lacks_are_told(client: FlaskClient) -> None:
    page = visit(client, "/search?q=rye+wheat")

    assert "Missing: wheat" in page.text
    assert page.link("Only posts with every word") == "/search?q=rye+wheat&match=all"


def test_nobody_is_led_to_an_empty_page(client: FlaskClient) -> None:
    page = visit(client, "/search?q=rye+wheat+zebra")

    assert "Missing: wheat" in page.text
    assert "Only posts with every word" not in page.text


def test_words_that_no_post_has_are_told(client: FlaskClient) -> None:
    page = visit(client, "/search?q=rye+zebra+yak")

    assert "No post has “zebra” or “yak”, so they were left out." in page.text


def test_nothing_found_is_not_the_end(client: FlaskClient) -> None:
    page = visit(client, "/search?q=%22bread+loaf%22+-dark&tag=rye&category=Tools&year=1999")

    assert page.one("h1").text == 'Nothing found for “"bread loaf" -dark”'
    for way in ("Without tag “rye”", "Without category “Tools”", "Without year “1999”"):
        assert visit(client, page.link(way)).text
    assert visit(client, page.link("Without any filter")).one("input", name="q")
    assert visit(client, page.link("Browse all 4 posts")).one("h1").text == "4 posts"
    assert "Leave out the quotes" in page.text
    assert "Leave out the words with a minus" in page.text


def test_an_index_without_posts_says_so(make_client: ClientMaker) -> None:
    client = make_client(a_document("gone"))
    with client.application.app_context():
        service().engine.replace_all([])

    assert "The index has no posts yet." in visit(client, "/search").text


def test_bad_values_are_told_and_left_out(client: FlaskClient) -> None:
    page = visit(client, "/search?q=rye&page=abc&sort=best&year=MMXX&facets=what&nonsense=1")

    notes = [e.text for e in page.all("p", class_="note")]
    assert page.titles == ["Rye bread for beginners"]
    assert len(notes) == 3
    assert "page was left out: “abc” is no value for it. Write a whole number." in notes
    assert "best" not in page.link("Newest")


def test_of_a_value_given_twice_the_first_counts(client: FlaskClient) -> None:
    assert visit(client, "/search?q=rye&q=oven").titles == ["Rye bread for beginners"]


def test_pages_are_linked_forth_and_back(make_client: ClientMaker) -> None:
    client = make_client(*(a_document(f"p{n:02}", f"Post {n}") for n in range(23)), per_page=2)
    here = visit(client, "/search?page=6")

    forth, back = here.link("Next →"), here.link("← Previous")
    numbers = [e.text for e in here.all("a") if e.text.startswith("Page")]
    assert here.one("h1").text == "Posts 11 to 12 of 23"
    assert (forth, back) == ("/search?page=7", "/search?page=5")
    assert numbers == [f"Page {n}" for n in (1, 4, 5, 6, 7, 8, 12)]
    assert here.one("a", **{"aria-current": "page"}).text == "Page 6"
    assert here.one("link", rel="next").attributes["href"] == forth
    assert here.one("link", rel="prev").attributes["href"] == back
    assert visit(client, "/search?page=12").one("h1").text == "Post 23 of 23"


def test_a_gap_in_the_numbers_stands_for_two_pages_at_least(make_client: ClientMaker) -> None:
    client = make_client(*(a_document(f"p{n:02}", f"Post {n}") for n in range(10)), per_page=1)

    def numbers(address: str) -> str:
        (listed,) = visit(client, address).all("nav", class_="pages")
        return re.sub("Page |← Previous|Next →", "", listed.text).strip()

    assert numbers("/search?page=5") == "1 2 3 4 5 6 7 … 10"
    assert numbers("/search?page=6") == "1 … 4 5 6 7 8 9 10"


def test_no_link_leads_further_than_can_be_paged() -> None:
    query = parse_query(page=100, per_page=100)
    page = ResultPage(
        query, None, (), 123_456, (), {}, IndexInfo(1, "b", 9, datetime.now(UTC)), 1.0
    )

    ways = view.paging(page, Links.of("/search", {}))

    assert ways is not None
    assert ways.next is None
    assert [way.label for way in ways.numbers if way] == ["1", "98", "99", "100"]


def test_past_the_last_page_there_is_a_way_back(client: FlaskClient) -> None:
    page = visit(client, "/search?q=loaf&page=7")

    assert page.one("h1").text == "No page 7 for “loaf”"
    assert page.link("Back to the first page") == "/search?q=loaf"


def test_every_link_of_a_page_leads_somewhere(client: FlaskClient) -> None:
    page = visit(client, "/search?q=bread+zebra&tag=bread&per_page=1")

    ids = {e.attributes["id"] for e in page.elements if "id" in e.attributes}
    links = {e.attributes["href"] for e in page.all("a")}
    assert len(links) > 10
    for href in links:
        if href.startswith("#"):
            assert href[1:] in ids
        elif href.startswith("/search"):
            assert client.get(href).status_code == 200
        else:
            assert href in {document.url for document in BAKERY}


def test_the_page_is_sound_and_can_be_read_by_machines_for_people(client: FlaskClient) -> None:
    page = visit(client, "/search?q=bread&tag=bread")

    labelled = {e.attributes["for"] for e in page.all("label")}
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert not page.unclosed
    assert page.one("html").attributes["lang"] == "en"
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("header")) == 1
    assert page.one("form").attributes["role"] == "search"
    assert page.all("a")[0].attributes["href"] == "#main"
    assert page.one("input", type="search").attributes["id"] in labelled
    assert len(ids) == len(set(ids))
    assert not page.all("script")
    assert not [e for e in page.elements if "style" in e.attributes]


def test_nothing_comes_from_elsewhere(client: FlaskClient) -> None:
    page = visit(client, "/search")
    style = client.get(page.one("link", rel="stylesheet").attributes["href"])
    icon = client.get(page.one("link", rel="icon").attributes["href"])

    assert style.status_code == icon.status_code == 200
    assert "max-age" in style.headers["Cache-Control"]
    assert not re.search(r"@import|url\(|https?:", style.text)
    style.close()
    icon.close()


def test_many_tags_are_folded_away(make_client: ClientMaker) -> None:
    client = make_client(a_document("a", tags=" ".join(f"tag{n:02}" for n in range(45))))

    page = visit(client, "/search")

    assert "33 more tags" in [e.text for e in page.all("summary")]
    assert len(page.one("article").text.split("tag")) > 45


def test_below_a_path_all_links_stay_there(client: FlaskClient) -> None:
    response = client.get("/search?q=rye", base_url="http://blog.example/find/")

    own = re.findall(r'(?:href|action)="(/(?:search|static)[^"]*)"', response.text)
    assert not own
    assert 'action="/find/search"' in response.text


def test_the_owner_names_the_page(make_client: ClientMaker) -> None:
    page = visit(make_client(*BAKERY, site_name="The <Slow> Loaf"), "/search?tag=rye")

    assert page.link("The <Slow> Loaf") == "/search"
    assert page.one("title").text == "rye – The <Slow> Loaf"


def test_a_filter_by_an_alias_is_shown_and_dropped_as_the_tag_it_means(
    make_client: ClientMaker,
) -> None:
    client = make_client(
        a_document("one", "One", tags="Node.js"), tag_aliases={"Node.js": ("nodejs",)}
    )

    page = visit(client, "/search?tag=nodejs")
    answer = client.get("/api/search?q=tag:nodejs").get_json()

    assert page.titles == ["One"]
    assert values(page) == [("Node.js", "1")]
    drops = [e.attributes["href"] for e in page.all("a") if "Node.js" in e.text]
    assert set(drops) == {"/search"}
    assert answer["facets"]["tag"] == [{"value": "Node.js", "count": 1, "selected": True}]
