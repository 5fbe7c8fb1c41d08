"""Suggestions and related posts of an index of several segments, some of whose posts are gone."""

import random
from dataclasses import replace
from pathlib import Path

from support import blog, local_engine
from tiny_segments import TINY_SEGMENTS

from searchsvc import Settings, related_query, suggest_query
from searchsvc.documents import Document, Upsert
from searchsvc.engines.local.engine import LocalEngine
from searchsvc.results import RelatedPost, Suggestion


def suggested(engine: LocalEngine) -> list[tuple[Suggestion, ...]]:
    """What is suggested for beginnings of all kinds."""
    typed = ["b", "ry", "salt w", "node.j", "c#", "rye ", "wi-fi", "too", "brea", "1"]
    return [engine.suggest(suggest_query(text, limit=20)).suggestions for text in typed]


def related(engine: LocalEngine) -> dict[str, tuple[RelatedPost, ...]]:
    """The posts like each one, with their scores to the last digit."""
    return {id: engine.related(related_query(id)).posts for id in engine.fingerprints()}


def test_posts_that_come_and_change_in_many_runs_are_looked_up_as_in_one_full_run(
    tmp_path: Path,
) -> None:
    grown = LocalEngine(Settings(index_dir=tmp_path / "grown"), merge_rule=TINY_SEGMENTS)
    chosen = random.Random(3)
    left: dict[str, Document] = {}
    had_gone_in_several_segments = False
    posts = blog(36)
    for start in range(0, 36, 4):
        edited = chosen.sample(sorted(left), min(2, len(left)))
        changed = [
            *posts[start : start + 4],
            *(replace(left[id], title=f"{left[id].title} rye") for id in edited),
        ]
        grown.apply(map(Upsert, changed))
        left |= {document.id: document for document in changed}
        live = grown._reader.now()
        assert live is not None
        snapshot = live.snapshot
        had_gone_in_several_segments |= len(snapshot.segments) > 1 and bool(snapshot.deleted.any())
    fresh = local_engine(tmp_path / "fresh")
    fresh.replace_all(left.values())

    assert had_gone_in_several_segments
    assert suggested(grown) == suggested(fresh)
    assert related(grown) == related(fresh)
    assert any(related(fresh).values())
