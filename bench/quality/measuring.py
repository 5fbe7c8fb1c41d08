"""How one engine does on one set: from cases to rows of figures.

Sets are ``18f``, ``18f+body``, … (judged queries of a corpus), ``typos-18f``,
``typing-18f``, …
"""

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bench.quality import cases
from bench.quality.cases import ANALYZER, Case
from bench.quality.data import Corpus, Data
from bench.quality.engines import Engine
from searchsvc.figures import Figures, hit

SETS = (
    *("18f", "go-blog", "18f+body", "go-blog+body", "scifact", "scifact+body"),
    *("typos-18f", "typos-go-blog", "typing-18f", "typing-go-blog"),
)
# How many hits a search box shows.
IN_BOX = 3


class Asked(NamedTuple):
    """The cases of a set; ``good`` are words that are right, in sets of misspelt ones."""

    corpus: Corpus
    cases: list[Case]
    good: list[Case]

    @property
    def texts(self) -> list[str]:
        """All that is typed."""
        return [case.text for case in (*self.cases, *self.good)]


@dataclass(frozen=True)
class Row:
    """Figures of an engine on the cases of a set that are of one kind.

    Attributes:
        kind: "" for all cases of the set.
        values: by the heads of their columns; None for what the engine does not do.
        rating: one number, the more the better, to tell the best engine by; None when the
            engine has nothing for it.
    """

    engine: str
    kind: str
    cases: int
    values: Mapping[str, float | None]
    rating: float | None


def asked_of(data: Data, set_: str, half: str) -> Asked:
    """The cases of a set that are in one half."""
    task, name = set_.split("-", 1) if set_.startswith(("typos", "typing")) else ("", set_)
    corpus = data.corpus(name)
    if task == "typing":
        return Asked(corpus, cases.in_half(cases.titles(corpus), half), [])
    if task == "typos":
        made = cases.typos(data, corpus), cases.good_words(data, corpus)
        return Asked(corpus, *(cases.in_half(c, half) for c in made))
    return Asked(corpus, cases.in_half(cases.judged(data, corpus), half), [])


def ask(engine: Engine, set_: str, asked: Asked) -> dict[str, Any]:
    """What an engine answers to all cases of a set, as JSON can hold it."""
    if set_.startswith("typing"):
        return {"letters": [_letters(engine.typing, c) for c in asked.cases]}
    if not set_.startswith("typos"):
        return {"found": [list(engine.search(c.text)) for c in asked.cases]}
    search, corrected = engine.mistyped or engine.search, engine.corrected
    return {
        "found": [list(search(c.text)) for c in asked.cases],
        "corrected": [corrected(c.text) for c in asked.cases] if corrected else None,
        "good": [_taken_for_another(engine, c.text) for c in asked.good],
    }


def rows(engine: str, set_: str, asked: Asked, answers: Mapping[str, Any]) -> list[Row]:
    """The figures of what an engine has answered: of all cases, then of each kind."""
    if set_.startswith("typing"):
        return [_typing_row(engine, asked.cases, answers["letters"])]
    rows = list(_found_rows(engine, asked.cases, answers))
    if set_.startswith("typos"):
        rows.append(_good_row(engine, answers["good"]))
    return rows


def _letters(typing: Callable[[str], Sequence[str]] | None, case: Case) -> int | None:
    """How many letters of a title are typed until its post is shown; None when it never is."""
    if typing is None:
        return None
    lengths = range(1, len(case.text) + 1)
    return next((n for n in lengths if case.strict in typing(case.text[:n])[:IN_BOX]), None)


def _taken_for_another(engine: Engine, word: str) -> bool | None:
    """Whether a word that no post has is taken for another; None when that never happens."""
    if engine.corrected:
        return engine.corrected(word) is not None
    return bool(engine.mistyped(word)) if engine.mistyped else None


def _found_rows(engine: str, asked: list[Case], answers: Mapping[str, Any]) -> Iterator[Row]:
    corrected = answers.get("corrected") or [None] * len(asked)
    answered = list(zip(asked, answers["found"], corrected, strict=True))
    kinds = dict.fromkeys(case.kind for case in asked)
    for kind in ("", *kinds) if list(kinds) != [""] else [""]:
        chosen = [a for a in answered if kind in ("", a[0].kind)]
        figures = Figures.mean_of(Figures.of(found, case.grades) for case, found, _ in chosen)
        values: dict[str, float | None] = {
            "hit@1": figures.hit_1,
            "hit@10": figures.hit_10,
            "MRR@10": figures.mrr_10,
            "nDCG@10": figures.ndcg_10,
        }
        if any(case.right for case, _, _ in chosen):
            values["its post"] = _mean(hit(f, {c.strict: 1.0}) for c, f, _ in chosen)
            right = [_is_right(case, text) for case, _, text in chosen]
            values["right word"] = _mean(right) if answers.get("corrected") else None
        yield Row(engine, kind, len(chosen), values, (figures.mrr_10 + figures.ndcg_10) / 2)


def _is_right(case: Case, corrected: str | None) -> bool:
    """Whether the misspelt word was taken for the right one, in any of its forms."""
    stems = {ANALYZER.stem(token.word) for token in ANALYZER.tokens(corrected or "")}
    return ANALYZER.stem(case.right) in stems


def _good_row(engine: str, good: Sequence[bool | None]) -> Row:
    share = None if None in good else _mean(map(bool, good))
    return Row(engine, "good words", len(good), {"taken for another": share}, None)


def _typing_row(engine: str, asked: list[Case], letters: Sequence[int | None]) -> Row:
    if all(n is None for n in letters):
        return Row(engine, "", len(asked), dict.fromkeys(("mean", "median", "never")), None)
    counted = [n or len(case.text) + 1 for case, n in zip(asked, letters, strict=True)]
    values = {
        "mean": statistics.mean(counted),
        "median": float(statistics.median(counted)),
        "never": float(sum(n is None for n in letters)),
    }
    return Row(engine, "", len(asked), values, 1 / values["mean"])


def _mean(values: Iterable[float]) -> float:
    return statistics.mean(map(float, values))
