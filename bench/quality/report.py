"""How figures are shown: a table for each set, then our ratio to the best of the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bench.quality.engines import OURS
from bench.quality.measuring import Row

# What a set is, by the beginning of its name.
TITLES = {
    "typos": "words of titles, one misspelt",
    "typing": "letters of a title until its post is among the first three",
    "scifact": "claims and abstracts",
    "": "links between posts",
}
NOTES = {
    "typos": "hit@1 … nDCG@10: of any post whose title has the right words. its post: the one\n"
    "  that it was made from is among the first ten. right word: that is what it was corrected\n"
    "  to. taken for another: good words that the blog merely lacks",
    "typing": "never: posts that not even the whole title shows; counted as its length + 1",
}


def show(set_: str, half: str, measured: Mapping[str, Sequence[Row]]) -> None:
    """Print the table of one set; rows by engine."""
    title = next(text for start, text in TITLES.items() if set_.startswith(start))
    where = {"+body": ", searched with bodies"}.get(set_[-5:], "")
    print(f"\n{set_}: {title}{where} (half: {half})")
    kinds = dict.fromkeys(row.kind for rows in measured.values() for row in rows)
    for kind in kinds:
        of_kind = [row for rows in measured.values() for row in rows if row.kind == kind]
        heads = list(of_kind[0].values)
        name = f"{kind or 'all'} ({of_kind[0].cases})"
        print(f"  {name:24}" + "".join(f"{head:>11}" for head in heads))
        for row in of_kind:
            cells = "".join(_cell(row.values[head]).rjust(11) for head in heads)
            print(f"    {row.engine:22}{cells}")
        if told := comparison(of_kind):
            print(f"    {told}")
    for start, note in NOTES.items():
        if set_.startswith(start):
            print(f"  {note}")


def comparison(rows: Iterable[Row]) -> str:
    """The best of the others, and our ratio to it; "" when there is nothing to compare."""
    compared = ratio(rows)
    return f"best of the others: {compared[0]}; ours is {compared[1]:.3f} of it" if compared else ""


def ratio(rows: Iterable[Row]) -> tuple[str, float] | None:
    """The best of the others, and our rating by its rating."""
    rated = {row.engine: row.rating for row in rows if row.rating}
    ours = rated.pop(OURS.name, None)
    if not rated or not ours:
        return None
    best = max(rated, key=lambda engine: rated[engine] or 0)
    return best, ours / (rated[best] or 1)


def show_ratios(measured: Mapping[str, Mapping[str, Sequence[Row]]]) -> None:
    """Print our ratio to the best of the others for each set."""
    print("\nours by the best of the others")
    for set_, by_engine in measured.items():
        whole = [row for rows in by_engine.values() for row in rows if row.kind == ""]
        if compared := ratio(whole):
            print(f"  {set_:24}{compared[1]:8.3f}   {compared[0]}")
    print("  (mean of MRR@10 and nDCG@10; when typing, their letters by ours)")


def as_json(measured: Mapping[str, Mapping[str, Sequence[Row]]]) -> Iterator[dict[str, Any]]:
    """One object for each row."""
    for set_, by_engine in measured.items():
        for rows in by_engine.values():
            for row in rows:
                yield {
                    "set": set_,
                    "kind": row.kind or "all",
                    "engine": row.engine,
                    "cases": row.cases,
                    **row.values,
                }


def _cell(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if value <= 1 else f"{value:.2f}"
