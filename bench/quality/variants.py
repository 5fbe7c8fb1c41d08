"""Other ways to ask the others: so that none is compared at less than its best."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.quality.data import Data
from bench.quality.engines import Kind
from bench.quality.measuring import ask, asked_of, rows

HALF = "choose"


def show_variants(data: Data, kinds: Iterable[Kind], sets: Sequence[str]) -> None:
    """Print a line for each variant: its rating in the task that it is made for."""
    print(f"half: {HALF}; means over: {', '.join(sets)}")
    print("judged and typos: mean of MRR@10 and nDCG@10; typing: 1 / mean of letters")
    for kind in kinds:
        for task, variants in kind.variants.items():
            chosen = [set_ for set_ in sets if _task(set_) == task]
            for name, options in {"as it is": {}, **variants}.items() if chosen else ():
                rating = _rating(data, kind, options, chosen)
                print(f"{kind.name:10}{task:8}{name:40}{rating:8.4f}", flush=True)


def _task(set_: str) -> str:
    return next((task for task in ("typos", "typing") if set_.startswith(f"{task}-")), "judged")


def _rating(data: Data, kind: Kind, options: Mapping[str, Any], sets: Sequence[str]) -> float:
    ratings = []
    for set_ in sets:
        asked = asked_of(data, set_, HALF)
        engine = kind.open(asked.corpus, **options)
        whole = rows(kind.name, set_, asked, ask(engine, set_, asked))[0]
        ratings.append(whole.rating or 0.0)
    return statistics.mean(ratings)
