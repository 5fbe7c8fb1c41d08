"""The benchmark of quality, on a folder of data as small as it can be."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.quality import cases
from bench.quality.data import Corpus, Data
from bench.quality.ours import Ours, evaluate_all
from searchsvc import Settings, open_engine, parse_query, ranking
from searchsvc.documents import Document, document_of
from searchsvc.posts.post import Post
from searchsvc.posts.source import open_source

ROOT = Path(__file__).parents[2]
POSTS = {
    "rye": ("Rye bread", "Dark and sour, from a starter."),
    "oats": ("Oat cakes", "Flat and crisp, good with cheese."),
    "tea": ("Brewing tea", "Water just off the boil, and patience."),
    "soup": ("Lentil soup", "Lemon, cumin and bread beside it."),
}
TYPOS = {"bread": ["braed", "bred", "bredd"], "lentil": ["lentl"], "harbour": ["harbor"]}


@pytest.fixture
def data(tmp_path: Path) -> Data:
    """Two blogs of the same posts, a collection of the same, and some misspellings."""
    for blog, folder in (("18f", "blogs/18f"), ("go-blog", "blogs/go-blog/_content")):
        for name, (title, text) in POSTS.items():
            write(tmp_path / folder / f"{name}.md", f"---\ntitle: {title}\n---\n{text}\n")
        prefix = "_content/" if blog == "go-blog" else ""
        judge(tmp_path / "judged" / blog, prefix, ".md")
    judge(tmp_path / "judged/scifact", "", "")
    lines = [json.dumps({"id": i, "title": t, "text": x}) for i, (t, x) in POSTS.items()]
    write(tmp_path / "judged/scifact/docs.jsonl", "\n".join(lines))
    rows = [f"{wrong}\t{right}\t1" for right, all_ in TYPOS.items() for wrong in all_]
    write(tmp_path / "typos/crate-typos.tsv", "\n".join(["misspelling\tcorrect\tosa", *rows]))
    return Data(tmp_path)


def write(path: Path, text: str) -> None:
    """Put a text into a file, in folders that may be new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def judge(folder: Path, prefix: str, suffix: str) -> None:
    """Judge that each post is found by its excerpt."""
    queries = [{"id": f"q{name}", "text": text, "kind": "far"} for name, (_, text) in POSTS.items()]
    write(folder / "queries.jsonl", "\n".join(map(json.dumps, queries)))
    rows = [f"q{name}\t{prefix}{name}{suffix}\t1" for name in POSTS]
    write(folder / "qrels.tsv", "\n".join(["qid\tdocid\trel", *rows]))


def bench(data: Data, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmark with the engines that need nothing to be installed."""
    command = [sys.executable, "-m", "bench.quality", "--data", data.folder, "--half", "all"]
    engines = ["--engines", "searchsvc,whoosh,fts5", "--remember", data.folder / "remembered"]
    return subprocess.run(
        [*command, *engines, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_all_sets_are_measured_and_a_second_run_says_the_same(data: Data) -> None:
    first = bench(data, "--json", str(data.folder / "figures.json"))
    second = bench(data)

    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == second.stdout
    rows = json.loads((data.folder / "figures.json").read_text())
    measured = {(row["set"], row["engine"]): row for row in rows if row["kind"] == "all"}
    assert len(measured) == 10 * 3
    assert measured["18f", "searchsvc"]["hit@1"] == 1.0
    assert measured["scifact+body", "fts5"]["hit@1"] == 1.0
    assert measured["typing-18f", "searchsvc"]["never"] == 0.0
    assert measured["typos-18f", "whoosh"]["right word"] == 1.0
    assert measured["typos-18f", "fts5"]["right word"] is None


def test_others_are_asked_again_when_a_post_has_changed(data: Data) -> None:
    before = bench(data, "--sets", "18f")
    write(data.folder / "blogs/18f/rye.md", "---\ntitle: Rye\n---\nNothing of what was asked.\n")

    after = bench(data, "--sets", "18f")

    assert "fts5                        1.000" in before.stdout
    assert "fts5                        0.750" in after.stdout


def test_a_name_that_is_no_set_is_told_with_those_that_are(data: Data) -> None:
    run = bench(data, "--sets", "scyfact")

    assert run.returncode == 1
    assert run.stderr.startswith("'scyfact' is none of: 18f, go-blog, 18f+body")


def test_a_folder_without_data_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Name the folder of the data: --data DIR"):
        Data(tmp_path)


def test_every_case_is_in_one_half(data: Data) -> None:
    made = cases.typos(data, data.corpus("18f"))

    halves = [{case.id for case in cases.in_half(made, half)} for half in ("choose", "report")]

    assert halves[0] | halves[1] == {case.id for case in made}
    assert halves[0] & halves[1] == set()


def test_misspelt_words_are_no_words_of_the_blog_and_any_post_with_the_right_one_counts(
    data: Data,
) -> None:
    rye, lentil = (
        next(c for c in cases.typos(data, data.corpus("18f")) if c.id == id_)
        for id_ in ("rye.md:bread", "soup.md:lentil:two")
    )

    assert rye.text in TYPOS["bread"]
    assert (rye.grades, rye.strict, rye.right) == ({"rye.md": 1.0}, "rye.md", "bread")
    assert (lentil.text, lentil.kind, lentil.strict) == ("lentl soup", "two words", "soup.md")


def test_good_words_are_those_that_the_blog_lacks(data: Data) -> None:
    assert [case.text for case in cases.good_words(data, data.corpus("18f"))] == ["harbour"]


def test_the_index_of_the_benchmark_answers_as_the_shipped_one_does(tmp_path: Path) -> None:
    settings = Settings(content=(Path(__file__).parent / "posts.jsonl",), index_dir=tmp_path)
    posts = [reading for reading in open_source(settings) if isinstance(reading, Post)]
    documents = tuple(document_of(post, with_body=False) for post in posts)
    shipped = open_engine(settings)
    shipped.replace_all(documents)

    ours = Ours(Corpus("18f", documents))

    for text in (*(post.title for post in posts), "concurency", "bread", "walking huts"):
        page = shipped.search(parse_query(text))
        assert list(ours.search(text)) == [hit.id for hit in page.hits]


def test_other_numbers_of_ranking_give_other_figures_for_one_call_only(data: Data) -> None:
    asked = {"corpora": ["18f"], "half": "all", "data": data}
    before = evaluate_all(**asked)

    titles_only = evaluate_all({"WEIGHTS": (3.0, 3.0, 0.0, 0.0)}, **asked)

    assert before["18f"].mrr_10 == before["18f/far"].mrr_10 == 1.0
    assert titles_only["18f"].mrr_10 < 1.0
    assert evaluate_all(**asked) == before
    assert ranking.WEIGHTS[2] > 0


def test_a_number_that_ranking_does_not_have_is_refused(data: Data) -> None:
    with pytest.raises(ValueError, match="has no number 'NEARNESS'"):
        evaluate_all({"NEARNESS": 1}, data=data)


def test_documents_of_a_corpus_are_newest_first(data: Data) -> None:
    write(data.folder / "blogs/18f/new.md", "---\ntitle: New\ndate: 2025-01-01\n---\n")

    first: Document = data.corpus("18f").documents[0]

    assert first.id == "new.md"
