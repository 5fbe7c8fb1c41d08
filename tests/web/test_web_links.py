"""Links of the page: one step away from what was asked, and back."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from searchsvc.queries import parse_query
from searchsvc.text.aliases import Aliases
from searchsvc.web.links import Links
from searchsvc.web.params import read_kindly

NAMES = st.sampled_from(
    ["go", "Go", "c++", "c#", "node.js", "two words", "a&b=c", "مرحبا", "é", "É"]
)
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["bread", "tag:go rye", 'x tag:"two words" -y', "category:c++"]),
        "tag": st.lists(NAMES, min_size=1, max_size=3),
        "category": st.lists(NAMES, min_size=1, max_size=3),
        "sort": st.just(["oldest"]),
        "page": st.just(["3"]),
    },
).map(lambda given: {n: [v] if isinstance(v, str) else v for n, v in given.items()})


def query_of(url: str) -> object:
    """What the page would ask for at this address."""
    return read_kindly(parse_qs(urlsplit(url).query), per_page=10).query


@given(GIVEN, NAMES)
def test_a_value_that_is_chosen_holds_and_one_that_is_dropped_does_not(
    given: dict[str, list[str]], value: str
) -> None:
    links = Links.of("/search", given)
    held = links.holds("tag", value)

    toggled = Links.of("/search", parse_qs(urlsplit(links.toggled("tag", value)).query))

    assert toggled.holds("tag", value) is not held
    assert "page" not in dict(toggled.pairs)


@given(GIVEN)
def test_a_link_to_the_page_that_is_shown_asks_for_the_same(given: dict[str, list[str]]) -> None:
    page = int(given.get("page", ["1"])[0])

    assert query_of(Links.of("/search", given).page(page)) == read_kindly(given, per_page=10).query


def test_a_typed_filter_is_taken_out_of_the_words() -> None:
    links = Links.of("/search", {"q": ['rye tag:Go -oat tag:"two words"'], "sort": ["newest"]})

    without_one = links.toggled("tag", "go")
    without_both = Links.of("/search", parse_qs(urlsplit(without_one).query)).toggled(
        "tag", "two words"
    )

    assert parse_qs(urlsplit(without_one).query)["q"] == ['rye -oat tag:"two words"']
    assert parse_qs(urlsplit(without_both).query) == {"q": ["rye -oat"], "sort": ["newest"]}


def test_a_filter_by_an_alias_is_dropped_by_the_tag_that_it_means() -> None:
    aliases = Aliases({"Node.js": ("nodejs",)})
    given = {"q": ["rye tag:NodeJS"], "tag": ["nodejs", "web"], "category": ["nodejs"]}

    links = Links.of("/search", given, aliases)

    assert links.holds("tag", "Node.js")
    assert parse_qs(urlsplit(links.toggled("tag", "Node.js")).query) == {
        "q": ["rye"], "tag": ["web"], "category": ["nodejs"],
    }  # fmt: skip
    assert not links.holds("category", "Node.js")


def test_words_that_only_look_like_a_filter_stay() -> None:
    links = Links.of("/search", {"q": ["hashtag:go year:2025"]})

    assert not links.holds("tag", "go")
    assert parse_query("hashtag:go").tags == ()
