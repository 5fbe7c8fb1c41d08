"""Evaluation on a real index: where the posts stand that should come, and what is told else."""

from datetime import UTC, datetime

from builders import a_document, fill

from searchsvc.engines.protocol import Engine
from searchsvc.evaluation import evaluate
from searchsvc.figures import Figures
from searchsvc.judged import Judged

THEN = datetime(2999, 1, 1, tzinfo=UTC)


def test_each_query_tells_where_its_post_stands_and_what_stood_first(engine: Engine) -> None:
    fill(engine, a_document("rye", "Rye bread"), a_document("oats", "Oats", "As good as rye."))

    (outcome,) = evaluate(engine, [Judged("rye", {"oats": 1.0})]).outcomes

    assert outcome.found == ("rye", "oats")
    assert (outcome.rank, outcome.expected, outcome.first_title) == (2, "oats", "Rye bread")
    assert outcome.figures.mrr_10 == 0.5


def test_a_post_may_be_named_by_its_url(engine: Engine) -> None:
    fill(engine, a_document("rye", "Rye bread", url="/rye/"))

    evaluation = evaluate(engine, [Judged("rye", {"/rye/": 1.0})])

    assert evaluation.figures == Figures(1, 1, 1, 1)
    assert evaluation.remarks == ()


def test_figures_are_means_over_all_queries_and_over_each_kind(engine: Engine) -> None:
    fill(engine, a_document("rye", "Rye bread"), a_document("oats", "Oats"))

    evaluation = evaluate(
        engine,
        [
            Judged("rye", {"rye": 1.0}, kind="one word"),
            Judged("zebra", {"oats": 1.0}, kind="one word"),
            Judged("oa", {"oats": 1.0}, kind="unfinished", unfinished=True),
        ],
    )

    assert evaluation.figures == Figures(*[2 / 3] * 4)
    assert evaluation.by_kind() == {
        "one word": (2, Figures(0.5, 0.5, 0.5, 0.5)),
        "unfinished": (1, Figures(1, 1, 1, 1)),
    }


def test_the_last_word_is_a_beginning_only_when_the_query_says_so(engine: Engine) -> None:
    fill(engine, a_document("car", "A car"), a_document("carpet", "Carpet"))

    grades = {"carpet": 1.0}
    finished, unfinished = evaluate(
        engine, [Judged("car", grades), Judged("car", grades, unfinished=True)]
    ).outcomes

    assert finished.found == ("car",)
    assert set(unfinished.found) == {"car", "carpet"}


def test_the_worst_answers_are_those_furthest_from_the_first_place(engine: Engine) -> None:
    fill(engine, a_document("rye", "Rye bread"), a_document("oats", "Oats", "As good as rye."))

    evaluation = evaluate(
        engine,
        [
            Judged("oats", {"oats": 1.0}),
            Judged("rye", {"oats": 1.0}),
            Judged("zebra", {"rye": 1.0}),
        ],
    )

    assert [o.judged.text for o in evaluation.worst(5)] == ["zebra", "rye"]
    assert [o.judged.text for o in evaluation.worst(1)] == ["zebra"]


def test_posts_that_are_not_there_are_told_and_take_no_part(engine: Engine) -> None:
    fill(engine, a_document("rye.md", "Rye bread"))

    evaluation = evaluate(
        engine,
        [
            Judged("rye", {"rye.md": 1.0, "rya.md": 2.0}, places={"rya.md": "q.tsv:1"}),
            Judged("bread", {"nowhere": 1.0}, places={"nowhere": "q.tsv:2"}),
        ],
    )

    assert [o.judged.text for o in evaluation.outcomes] == ["rye"]
    assert evaluation.figures == Figures(1, 1, 1, 1)
    assert [str(remark) for remark in evaluation.remarks] == [
        "q.tsv:1: No post has the id or url 'rya.md'. Did you mean 'rye.md'?",
        "q.tsv:2: No post has the id or url 'nowhere'. `searchsvc search --json` shows ids and "
        "urls",
        "q.tsv:2: 'bread' is left out: no post is left that should come",
    ]


def test_a_post_that_readers_cannot_see_yet_is_told(engine: Engine) -> None:
    fill(engine, a_document("rye", "Rye"), a_document("later", "Rye", visible_from=THEN))

    evaluation = evaluate(engine, [Judged("rye", {"rye": 1.0, "later": 1.0})])

    assert evaluation.figures == Figures(1, 1, 1, 1)
    assert [r.message for r in evaluation.remarks] == [
        "The post 'later' is hidden now, by its dates. Take it out, or wait"
    ]


def test_posts_in_the_middle_of_a_long_blog_are_known_by_their_ids(engine: Engine) -> None:
    fill(engine, *(a_document(f"post-{n:03}", f"Post {n}", url=f"/{n:03}/") for n in range(220)))

    evaluation = evaluate(
        engine,
        [Judged(f"post {n}", {post: 1.0}) for n, post in ((7, "/007/"), (110, "post-110"))],
        browsed=100,
    )

    assert evaluation.remarks == ()
    assert evaluation.figures.hit_1 == 1.0
