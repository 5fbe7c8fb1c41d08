"""Tags that the owner has merged, on every engine, from the file to the answer."""

import json
from pathlib import Path

from builders import EngineMaker, counts, found, selected

from searchsvc import Settings, parse_query
from searchsvc.engines.protocol import Engine
from searchsvc.indexing import IndexReport, reindex
from searchsvc.posts.source import open_source
from searchsvc.suggestions import suggest_query

NODE = {"Node.js": ("nodejs", "server side")}
POSTS = {
    "one": ["Node.js"],
    "two": ["NodeJS", "web"],
    "three": ["server side", "node.js"],
    "four": ["web"],
}


def run(engine: Engine, folder: Path, **values: object) -> IndexReport:
    """A run over the posts, with these settings."""
    path = folder / "posts.jsonl"
    lines = [
        {"id": name, "url": f"/{n}/", "title": "A post", "tags": tags}
        for n, (name, tags) in enumerate(POSTS.items())
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    settings = Settings.model_validate({"content": (path,), **values})
    return reindex(engine, open_source(settings), with_body=False)


def filled(make_engine: EngineMaker, folder: Path) -> Engine:
    engine = make_engine(tag_aliases=NODE)
    run(engine, folder, tag_aliases=NODE)
    return engine


def test_merged_tags_are_one_in_facets_and_hits(make_engine: EngineMaker, tmp_path: Path) -> None:
    engine = filled(make_engine, tmp_path)

    page = engine.search(parse_query())

    assert counts(page.facets["tag"]) == {"Node.js": 3, "web": 2}
    assert {hit.id: hit.tags for hit in page.hits} == {
        "one": ("Node.js",), "two": ("Node.js", "web"), "three": ("Node.js",), "four": ("web",),
    }  # fmt: skip


def test_a_filter_by_an_alias_is_one_by_the_tag_and_says_so(
    make_engine: EngineMaker, tmp_path: Path
) -> None:
    engine = filled(make_engine, tmp_path)

    page = engine.search(parse_query(tags=["nodejs", "SERVER SIDE"]))

    assert sorted(hit.id for hit in page.hits) == ["one", "three", "two"]
    assert page.query.tags == ("Node.js",)
    assert selected(page.facets["tag"]) == ["Node.js"]
    assert found(engine, "tag:nodejs tag:web") == ["two"]


def test_only_the_tag_is_suggested(make_engine: EngineMaker, tmp_path: Path) -> None:
    engine = filled(make_engine, tmp_path)

    answers = [engine.suggest(suggest_query(text)).suggestions for text in ("node", "server")]

    assert [[(s.text, s.count) for s in answer] for answer in answers] == [[("Node.js", 3)], []]


def test_a_tag_and_its_aliases_are_synonyms(make_engine: EngineMaker, tmp_path: Path) -> None:
    engine = filled(make_engine, tmp_path)

    assert sorted(found(engine, "nodejs")) == ["one", "three", "two"]
    assert sorted(found(engine, "server side")) == ["one", "three", "two"]
    assert found(engine, "server side", exact=True) == []


def test_aliases_of_signs_alone_are_merged_too(make_engine: EngineMaker, tmp_path: Path) -> None:
    engine = make_engine(tag_aliases={"plus": ("++",)})
    (tmp_path / "posts.jsonl").write_text('{"url": "/a/", "title": "A", "tags": ["++"]}\n')
    settings = Settings(content=(tmp_path / "posts.jsonl",), tag_aliases={"plus": ("++",)})
    reindex(engine, open_source(settings), with_body=False)

    assert len(found(engine, tags=["++"])) == len(found(engine, tags=["plus"])) == 1


def test_a_changed_setting_changes_the_posts_with_these_tags_in_the_next_run(
    make_engine: EngineMaker, tmp_path: Path
) -> None:
    engine = make_engine()
    run(engine, tmp_path)

    report = run(engine, tmp_path, tag_aliases=NODE)
    again = run(engine, tmp_path, tag_aliases=NODE)

    assert report.changed == ("three", "two")
    assert again.changed == ()
