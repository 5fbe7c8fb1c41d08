"""The benchmark asks what it says it asks; how fast the answers are is for `make bench` to say."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import blog, markdown_blog, tables
from bench.blog import Post
from bench.engines.searchsvc_engine import SearchsvcEngine
from bench.limit_table import Limit, table
from bench.measuring import Measured, differences
from bench.plot import svg
from bench.publish import written
from bench.queries import KINDS, Asked, queries
from bench.running import Blog, Built

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    """A blog that is big enough for every kind of query."""
    return list(blog.posts(200))


@pytest.fixture(scope="module")
def engine(posts: list[Post], tmp_path_factory: pytest.TempPathFactory) -> SearchsvcEngine:
    """Our own engine, with the posts in it."""
    folder = tmp_path_factory.mktemp("bench")
    blog.write(folder / "posts.jsonl", posts)
    opened = SearchsvcEngine()
    opened.build(opened.prepare(folder / "posts.jsonl"), folder / "index")
    opened.open(folder / "index")
    return opened


def in_another_process(code: str) -> str:
    """What Python prints that puts sets and dictionaries in an order of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_made_up_blog_and_its_queries_are_the_same_in_every_process(posts: list[Post]) -> None:
    code = (
        "from bench import blog; from bench.queries import queries\n"
        "posts = list(blog.posts(200)); print((posts[-1], queries(posts)))"
    )

    assert in_another_process(code) == str((posts[-1], queries(posts)))


def test_fewer_posts_are_the_first_of_more(posts: list[Post]) -> None:
    assert list(blog.posts(20)) == posts[:20]


def test_posts_that_were_written_are_read_as_they_were(posts: list[Post], tmp_path: Path) -> None:
    blog.write(tmp_path / "posts.jsonl", posts[:5])

    assert list(blog.read(tmp_path / "posts.jsonl")) == posts[:5]


def test_no_query_is_asked_twice_and_every_kind_is_asked_as_often(posts: list[Post]) -> None:
    warm_up, measured = queries(posts)

    assert len({*warm_up, *measured}) == len(warm_up) + len(measured)
    assert [sum(q.kind == kind for q in measured) for kind in KINDS] == [20] * len(KINDS)


@pytest.mark.parametrize("kind", ["rare word", "common word", "any word", "prefix", "phrase"])
def test_queries_made_from_posts_find_some(
    posts: list[Post], engine: SearchsvcEngine, kind: str
) -> None:
    asked = [query for query in queries(posts)[1] if query.kind == kind]

    answers = [engine.read(engine.ask(query, counts=True)) for query in asked]

    assert min(answer.total for answer in answers) > 0
    assert all(
        sum(answer.categories.values()) == answer.total for answer in answers if answer.categories
    )


def test_counts_that_are_switched_off_are_not_made(engine: SearchsvcEngine) -> None:
    given = engine.ask(Asked("everything"), counts=False)

    assert engine.read(given).tags is None
    assert engine.read(given).total == 200


def an_answer(total: int, **tags: int) -> dict[str, object]:
    """What a worker tells of an answer."""
    return {"total": total, "shown": total, "marked": 0, "tags": tags, "categories": {}}


def test_engines_that_answer_otherwise_than_the_first_are_told() -> None:
    asked = [Asked("rare word", ("rye",)), Asked("typo", ("rey",), typo=True)]
    of_blog = Blog(2, Path(), warm_up=[], measured=asked)
    built = [Built(name, "1", (), Path(), 0) for name in ("searchsvc", "tantivy", "FTS5")]
    answers = {
        "searchsvc": [an_answer(2, bread=2), an_answer(0)],
        "tantivy": [an_answer(2, bread=2), an_answer(2)],
        "FTS5": [an_answer(1, bread=1), an_answer(0)],
    }

    told = list(
        differences(built, of_blog, {(n, True): [{"answers": a}] for n, a in answers.items()})
    )

    assert [line.split(": ")[1] for line in told] == [
        "total of searchsvc is 2, of FTS5 1",
        "hits shown of searchsvc is 2, of FTS5 1",
        "tags of searchsvc is {'bread'",
        "counts of tags of searchsvc is [2], of FTS5 [1]",
    ]


def of_two_engines(*, typos_found: int) -> Measured:
    """We take twice tantivy's time for a rare word and a half for a typo."""
    found = {"queries": 20, "found": 20}
    answers = {"rare word": found, "typo": found}
    return Measured(
        posts=10_000,
        times={
            "searchsvc": {"rare word": [20.0, 40.0], "typo": [5.0]},
            "tantivy": {"rare word": [10.0, 20.0], "typo": [10.0]},
        },
        answers={
            "tantivy": answers,
            "searchsvc": {**answers, "typo": {**found, "found": typos_found}},
        },
    )


def test_the_mean_is_over_the_kinds_that_an_engine_can_answer() -> None:
    assert tables.mean_ratio(of_two_engines(typos_found=20), "searchsvc") == pytest.approx(1.0)
    assert tables.mean_ratio(of_two_engines(typos_found=0), "searchsvc") == pytest.approx(2.0)


def test_the_plot_is_one_for_light_and_dark_pages() -> None:
    drawn = svg([of_two_engines(typos_found=0)])

    texts = [element.text for element in ElementTree.fromstring(drawn).iter() if element.text]
    assert "5 µs, finds nothing" in texts
    assert "prefers-color-scheme: dark" in drawn


def test_a_limit_that_is_exceeded_stands_out() -> None:
    limit = Limit("waiting, s", "sleep", targets={1_000: 2.0}, values={1_000: 2.5, 10_000: 3})

    assert limit.is_exceeded()
    assert list(table([limit], [1_000, 10_000]))[-1] == (
        "| waiting, s | **2.5** | 3 | 2 at 1,000 | sleep |"
    )


def test_only_the_measured_parts_of_a_page_are_written_anew() -> None:
    page = "Before\n<!-- measured: run -->\nold\n<!-- end of run -->\nAfter\n"

    anew = written(page, {"run": ["new", "lines"]})

    assert anew == ("Before\n<!-- measured: run -->\n\nnew\nlines\n\n<!-- end of run -->\nAfter\n")


def test_a_made_up_blog_of_markdown_is_the_same_in_every_process() -> None:
    code = "from bench import markdown_blog; print(list(markdown_blog.posts(2)))"

    assert in_another_process(code) == str(list(markdown_blog.posts(2)))


def test_posts_of_markdown_have_as_many_words_as_they_should() -> None:
    for _, text in markdown_blog.posts(5):
        assert markdown_blog.WORDS < len(text.split()) < 1.2 * markdown_blog.WORDS
