"""Made-up blogs and queries whose words, stems, beginnings, tags and dates meet often."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from searchsvc import parse_query
from searchsvc.documents import Change, Delete, Document, Upsert
from searchsvc.queries import FACETS, Query

T = TypeVar("T")
NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)

WORDS = (
    "rye bread breads bake bakes baked baking baker bread-maker loaf loaves flour salt oven "
    "c# C c c++ .net net node.js Node nodejs js http/2 http2 http ci/cd event-driven eventdriven "
    "event driven GoLang go lang wi-fi wifi k8s 3.11 don't café Cafe CAFÉ naïve the to be or not "
    "パン屋 パン 🍞 ß Straße Häuser Haus eventsourcing event sourcing"
).split()
# What stands in a row often enough to be found by a phrase.
ROWS = (
    "rye bread",
    "bread flour",
    "to be",
    "node js",
    "C# oven",
    "event-driven rye",
    "パン屋 bread",
    "golang go",
    "GoLang lang",
)
UNKNOWN = (
    *("zymurgy", "xyzzy", "unknown.js", "b", "ba", "bre", "fl", "eve", "nod", "c", "wi", "ht"),
    # Misspelt, joined and split.
    *("braed", "flouur", "bakinng", "strase", "nodde.js", "eventdrivne", "evntsourcig"),
    *("ryebread", "breadflour", "bread flo ur", "event sour cing", "go lang", "even tdriven"),
)
SYNONYMS = ("rye, loaf", "salt => sea salt, baking", "event driven, eda", "c#, csharp, go lang")
PINNED = {"bread": ("c", "/", "a"), "rye bread": ("b",), "zymurgy": ("d", "e")}
# Words of one part, and three tags: with these, posts are of one length.
EVEN_WORDS = [word for word in WORDS if word.isalnum() and word.isascii()]
EVEN_TAGS = (("go", "bread", "rye"), ("GO", "Bréad", "C#"), ("Go", "Bread", "c#"))
TAGS = (
    "go",
    "Go",
    "GO",
    "bread",
    "Bread",
    "Bréad",
    "rye",
    "c#",
    "C#",
    "open source",
    "Open Source",
)
CATEGORIES = ("Baking", "baking", "BAKING", "Tools", "tools", "Node.js", "parent/child")
UNUSED = ("no such", "Ünknown")
DATES = (
    None,
    date(2023, 5, 1),
    date(2024, 1, 1),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 6, 15),
)
INSTANTS = tuple(NOON + timedelta(hours=hours) for hours in (-1, 0, 1))
IDS = tuple("abcdefghijklmnop")


def lists_up_to(most: int, of: st.SearchStrategy[T], least: int = 0) -> st.SearchStrategy[list[T]]:
    """Lists of every length alike, while hypothesis by itself prefers short ones."""
    return st.integers(least, most).flatmap(lambda n: st.lists(of, min_size=n, max_size=n))


def seldom(rare: st.SearchStrategy[T], usual: T, *, one_in: int) -> st.SearchStrategy[T]:
    """Mostly the usual value."""
    return st.integers(1, one_in).flatmap(lambda n: rare if n == one_in else st.just(usual))


def larger_blog(posts: int) -> list[Document]:
    """More posts than hypothesis would make: common and rare words, hundreds of tags."""
    chosen = Random(1)
    words = [
        f"{a}{b}" for a in ("rye", "oat", "bake", "salt", "conc") for b in ("", "s", *"klmnopr")
    ]
    rarity = [1 / (n + 1) for n in range(len(words))]
    chosen.shuffle(words)

    def text(most: int) -> str:
        return " ".join(chosen.choices(words, rarity, k=chosen.randint(1, most)))

    return [
        Document(
            id=f"post-{chosen.randrange(10**6)}-{number}",
            url="/",
            title=text(5),
            excerpt=text(40),
            categories=(f"category {chosen.randrange(30)}",),
            # More than most posts have, and some far more.
            tags=tuple(f"tag{chosen.randrange(250)}" for _ in range(chosen.choice((1, 3, 5, 20)))),
            date=chosen.choice((None, date(2020 + number % 6, 1 + number % 12, 1 + number % 28))),
        )
        for number in range(posts)
    ]


def texts(most: int) -> st.SearchStrategy[str]:
    """Some words, with signs of all kinds between them."""
    separator = st.sampled_from([" ", " ", " ", ", ", ". ", " — ", "-", "/"])
    pieces = st.tuples(st.one_of(st.sampled_from(WORDS), st.sampled_from(ROWS)), separator)
    return lists_up_to(most, pieces).map(lambda all: "".join(w + s for w, s in all).strip())


def _values(values: Sequence[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return lists_up_to(most, st.sampled_from(values)).map(tuple)


def documents() -> st.SearchStrategy[Document]:
    """One post."""
    return st.builds(
        Document,
        id=st.sampled_from(IDS),
        url=st.sampled_from(["/", "/", "/rye-bread/", "/2025/01/31-go.html", "/Loaf_Caf%C3%A9"]),
        title=texts(4),
        excerpt=texts(12),
        body=texts(6),
        categories=_values(CATEGORIES, 2),
        tags=_values(TAGS, 4),
        date=st.sampled_from(DATES),
        visible_from=st.sampled_from([*[None] * 9, *INSTANTS]),
        visible_until=st.sampled_from([*[None] * 9, *INSTANTS]),
        lang=st.sampled_from([*[None] * 6, "de", "en", "tlh"]),
    )


def even_documents() -> st.SearchStrategy[Document]:
    """One post, as long as any other: an engine has no reason to weigh all posts anew."""
    words = st.sampled_from(EVEN_WORDS)
    return st.builds(
        replace,
        documents(),
        title=st.lists(words, min_size=3, max_size=3).map(" ".join),
        excerpt=st.lists(words, min_size=8, max_size=8).map(" ".join),
        categories=st.sampled_from([("Baking",), ("baking",), ("Tools",)]),
        tags=st.sampled_from(EVEN_TAGS),
        date=st.sampled_from([None, NOON.date()]),
        visible_from=st.none(),
        lang=st.none(),
    )


@st.composite
def blogs(draw: st.DrawFn) -> list[Document]:
    """Posts of different ids."""
    posts = draw(lists_up_to(len(IDS), documents()))
    return [replace(post, id=id) for post, id in zip(posts, IDS, strict=False)]


@st.composite
def runs(draw: st.DrawFn) -> list[list[Change]]:
    """Batches of changes; an id may come again in a batch and in later ones."""
    is_even = draw(st.sampled_from([True, True, False]))
    upserts = (even_documents() if is_even else documents()).map(Upsert)
    changes = st.one_of(upserts, upserts, st.sampled_from(IDS).map(Delete))
    first = draw(lists_up_to(12, changes, least=8 if is_even else 0))
    return [first, *draw(lists_up_to(4, lists_up_to(3, changes)))]


def asked() -> st.SearchStrategy[str]:
    """What a reader might type: mostly words."""
    known = st.sampled_from(WORDS)
    row = st.one_of(st.lists(known, min_size=1, max_size=3).map(" ".join), st.sampled_from(ROWS))
    odd = st.one_of(
        st.sampled_from(UNKNOWN),
        row.map(lambda words: f'"{words}"'),
        known.map(lambda word: f"-{word}"),
        row.map(lambda words: f'-"{words}"'),
        st.sampled_from(TAGS).map(lambda tag: f'tag:"{tag}"'),
        st.sampled_from(CATEGORIES).map(lambda category: f'category:"{category}"'),
    )
    half = known.map(lambda word: word[: max(1, len(word) - 2)])
    clause = st.one_of(known, known, known, row, row, half, odd)
    ending = st.sampled_from(["", "", "", " ", '"', "?!"])
    return st.tuples(lists_up_to(4, clause), ending).map(
        lambda typed: " ".join(typed[0]) + typed[1]
    )


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """A query with any parameters, on one page that holds every post there may be."""

    def few(values: Sequence[str]) -> tuple[str, ...]:
        return draw(seldom(_values((*values, *UNUSED), 2), (), one_in=5))

    return parse_query(
        draw(asked()),
        match=draw(st.sampled_from(["auto", "auto", "all", "any"])),
        prefix=draw(st.booleans()),
        exact=draw(seldom(st.just(True), False, one_in=5)),
        explain=draw(st.booleans()),
        tags=few(TAGS),
        tag_mode=draw(st.sampled_from(["all", "any"])),
        categories=few(CATEGORIES),
        years=draw(seldom(_values(("2023", "2024", "2025", "1999"), 2), (), one_in=5)),
        after=draw(seldom(st.sampled_from(DATES), None, one_in=6)),
        before=draw(seldom(st.sampled_from(DATES), None, one_in=6)),
        sort=draw(st.sampled_from([None, None, "relevance", "newest", "oldest"])),
        per_page=100,
        facets=draw(st.sampled_from([FACETS, FACETS, ("tag",), ()])),
        at=draw(st.sampled_from(INSTANTS)),
    )
