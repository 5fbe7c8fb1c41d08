"""How good the ranking is on a small made-up blog: figures that may only rise.

``posts.jsonl`` holds 63 posts, ``queries.jsonl`` what readers might ask of them, by kinds.
When a change makes the ranking better, raise the floors to what is measured then:

    searchsvc reindex tests/quality/posts.jsonl --index INDEX
    searchsvc eval tests/quality/queries.jsonl --index INDEX

cut (not rounded) to three digits; ``LETTERS`` is told by its test when it fails. A floor
that has to sink needs a reason in the commit that lowers it: other queries must have
become better by more. So few queries cannot tell two good formulas apart; for choosing
numbers there is `make bench-quality`.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

from searchsvc import Settings, open_engine, parse_query
from searchsvc.engines.protocol import Engine
from searchsvc.evaluation import Evaluation, evaluate
from searchsvc.figures import Figures
from searchsvc.indexing import reindex
from searchsvc.judged import read_judged
from searchsvc.posts.post import Post
from searchsvc.posts.source import open_source

FOLDER = Path(__file__).parent
# By kind of query: hit@1, hit@10, MRR@10, nDCG@10.
FLOORS = {
    "title words": Figures(1.0, 1.0, 1.0, 1.0),
    "other forms": Figures(1.0, 1.0, 1.0, 1.0),
    "far words": Figures(1.0, 1.0, 1.0, 0.993),
    "partly": Figures(1.0, 1.0, 1.0, 1.0),
    "several": Figures(1.0, 1.0, 1.0, 0.938),
    "code names": Figures(1.0, 1.0, 1.0, 1.0),
    "unfinished": Figures(1.0, 1.0, 1.0, 0.971),
    "misspelt": Figures(0.888, 1.0, 0.944, 0.958),
    "two words, one misspelt": Figures(1.0, 1.0, 1.0, 1.0),
}
# Letters of a title that are typed until its post is among the first three, on average.
LETTERS = 1.286


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An index of the made-up blog."""
    settings = Settings(
        content=(FOLDER / "posts.jsonl",), index_dir=tmp_path_factory.mktemp("index")
    )
    engine = open_engine(settings)
    report = reindex(engine, open_source(settings), with_body=False)
    assert report.problems == ()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def evaluation(engine: Engine) -> Evaluation:
    """How its judged queries are answered."""
    read = read_judged(FOLDER / "queries.jsonl")
    evaluation = evaluate(engine, read.queries)
    assert (read.remarks, evaluation.remarks) == ([], ())
    return evaluation


def test_every_kind_of_query_has_a_floor(evaluation: Evaluation) -> None:
    assert list(evaluation.by_kind()) == list(FLOORS)


@pytest.mark.parametrize("kind", FLOORS)
def test_no_figure_is_below_its_floor(kind: str, evaluation: Evaluation) -> None:
    _, figures = evaluation.by_kind()[kind]

    sunk = {
        name: f"{getattr(figures, name):.4f}, not {floor}"
        for name in Figures.__slots__
        for floor in [getattr(FLOORS[kind], name)]
        if getattr(figures, name) < floor
    }

    assert sunk == {}


def test_few_letters_of_a_title_are_enough(engine: Engine) -> None:
    source = open_source(Settings(content=(FOLDER / "posts.jsonl",)))
    posts = [reading for reading in source if isinstance(reading, Post)]

    letters = mean(letters_until_shown(engine, post) for post in posts)

    assert letters <= LETTERS


def letters_until_shown(engine: Engine, post: Post) -> int:
    """How many letters are typed until the post is among three; one more than all if never."""
    for typed in range(1, len(post.title) + 1):
        query = parse_query(post.title[:typed], prefix=True, per_page=3, facets=())
        if post.id in [hit.id for hit in engine.search(query).hits]:
            return typed
    return len(post.title) + 1
