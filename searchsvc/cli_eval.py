"""The command `searchsvc eval`: how well the blog's own queries are answered."""

import json
from pathlib import Path

import click

from searchsvc.cli_options import common_options, json_option, settings_of
from searchsvc.engines import open_engine
from searchsvc.errors import JudgedUnusable
from searchsvc.evaluation import Evaluation, Outcome, evaluate
from searchsvc.figures import Figures
from searchsvc.judged import Remark, read_judged
from searchsvc.process import DONE, DONE_WITH_REMARKS
from searchsvc.terminal import printable


@click.command("eval")
@click.argument("queries", type=click.Path(path_type=Path))
@click.option(
    "--worst",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many of the worst answers to show.",
)
@json_option
@common_options
def eval_command(
    queries: Path, worst: int, as_json: bool, index_dir: Path | None, config: Path | None
) -> int:
    """Measure how well your readers' queries are answered.

    QUERIES is a file with what readers ask, and the posts that should come, by id or
    url; one query a line, in either form:

    \b
      {"q": "go concurrency", "relevant": ["posts/channels.md"]}
      {"q": "rye", "relevant": {"/rye/": 2, "/bread/": 1}, "kind": "baking"}
      go concurrency<TAB>posts/channels.md

    Grades tell which post is the better answer. "kind" groups the figures; "prefix":
    true asks as a search box does while the last word is typed. Thirty queries out of
    your logs tell more than one impression.

    \b
    What is told, from 0 to 1, as the mean over the queries:
      hit@1, hit@10   a right post stands first; is among the first ten
      MRR@10          1 / its place: 1 first, 0.5 second, 0 below the tenth
      nDCG@10         the better the posts, and the higher up, the more

    \b
    Examples:
      searchsvc eval queries.jsonl
      searchsvc eval queries.tsv --worst 30
      searchsvc eval queries.jsonl --json > before.json     to compare with

    Ends with 1 if a line could not be used or names a post that the index does not
    show; such posts and lines take no part in the figures.
    """
    read = read_judged(queries)
    settings = settings_of(config, index_dir=index_dir)
    evaluation = evaluate(open_engine(settings), read.queries)
    remarks = [*read.remarks, *evaluation.remarks]
    if not evaluation.outcomes:
        raise JudgedUnusable(_none_left(remarks, queries))
    if as_json:
        said = evaluation.to_json() | {"remarks": [str(remark) for remark in remarks]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        _show(evaluation, remarks, worst=worst)
    return DONE_WITH_REMARKS if remarks else DONE


def _none_left(remarks: list[Remark], queries: Path) -> str:
    told = "".join(f"{remark}\n" for remark in remarks[:10])
    return (
        f"{told}{queries}: none of the posts are in the index. "
        "Is it the index of this blog? --index DIR names another"
    )


def _show(evaluation: Evaluation, remarks: list[Remark], *, worst: int) -> None:
    for remark in remarks:
        click.echo(printable(str(remark)), err=True)
    _show_figures(evaluation)
    chosen = evaluation.worst(worst)
    if chosen:
        click.echo("\nworst first:")
    for outcome in chosen:
        _show_outcome(outcome, evaluation.depth)
    if remarks:
        click.echo(f"\nremarks: {len(remarks)} (told above)")


def _show_figures(evaluation: Evaluation) -> None:
    kinds = evaluation.by_kind()
    rows = [("all", len(evaluation.outcomes), evaluation.figures)]
    if list(kinds) != [""]:
        rows += [(kind or "(no kind)", count, figures) for kind, (count, figures) in kinds.items()]
    width = max(len(name) for name, _, _ in rows)
    heads = ("queries", "hit@1", "hit@10", "MRR@10", "nDCG@10")
    click.echo(" " * width + "".join(f"{head:>9}" for head in heads))
    for name, count, figures in rows:
        click.echo(f"{printable(name):{width}}{count:9}{_cells(figures)}")


def _cells(figures: Figures) -> str:
    values = (figures.hit_1, figures.hit_10, figures.mrr_10, figures.ndcg_10)
    return "".join(f"{value:9.3f}" for value in values)


def _show_outcome(outcome: Outcome, depth: int) -> None:
    place = f"place {outcome.rank}" if outcome.rank else f"not among the first {depth}"
    first = f"{outcome.found[0]}  {outcome.first_title}" if outcome.found else "nothing is found"
    click.echo(printable(f"  {outcome.judged.text}"))
    click.echo(printable(f"    expected  {outcome.expected}  ({place})"))
    click.echo(click.style(printable(f"    first     {first}"), dim=True))
