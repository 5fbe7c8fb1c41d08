"""Real posts and odd ones, which lie beside the checkout and are no part of it."""

import csv
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from searchsvc.posts.post import LeftOut, Post, Problem, Reading
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared is not there")


def read(path: str, **settings: Any) -> dict[str, Reading]:
    found = open_source(Settings(content=(DATA / path,), **settings))
    return {r.id if isinstance(r, Post) else r.post_id: r for r in found}


def kinds(found: dict[str, Reading]) -> dict[str, int]:
    return dict(Counter(type(r).__name__ for r in found.values()))


@pytest.mark.parametrize(
    ("path", "generator", "expected"),
    [
        ("blogs/18f/content/posts", "plain", {"Post": 504}),
        ("blogs/go-blog/_content/blog", "plain", {"Post": 271, "LeftOut": 60}),
        ("blogs/twelve", "auto", {"Post": 12}),
        ("weird/18f", "plain", {"Post": 8}),
        ("weird/basically-basic", "auto", {"Post": 11}),
        ("weird/carpentries", "plain", {"Post": 10}),
        ("weird/digitalgov", "plain", {"Post": 8}),
        ("weird/swift", "auto", {"Post": 3}),
        ("weird/uswds", "auto", {"Post": 2}),
        ("weird/jekyll/test/source", "auto", {"Post": 15, "LeftOut": 1}),
    ],
)
def test_every_post_is_understood(path: str, generator: str, expected: dict[str, int]) -> None:
    assert kinds(read(path, generator=generator)) == expected


SOURCE = "weird/jekyll/test/source"
ODD = [
    (f"{SOURCE}/_posts", "2009-06-22-no-yaml.markdown", {"title": "No Yaml"}),
    (f"{SOURCE}/_posts", "2009-01-27-categories.markdown", {"categories": ("foo", "bar", "baz")}),
    (f"{SOURCE}/_posts", "2013-05-10-number-category.markdown", {"categories": ("2013",)}),
    (f"{SOURCE}/_posts", "2010-01-16-override-data.markdown", {"tags": ("A", "string")}),
    ("weird/swift/_posts", "2016-01-29-swift-api-transformation.md",
     {"url": "/language/2016/01/29/swift-api-transformation.html"}),
    ("weird/swift/_posts", "2026-06-02-whats-new-in-swift-may-2026.md",
     {"url": "/digest/2026/06/03/whats-new-in-swift-may-2026.html"}),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "name", "expected"), ODD)
def test_an_odd_post_is_read_as_its_generator_reads_it(
    folder: str, name: str, expected: dict[str, object]
) -> None:
    post = read(folder)[f"_posts/{name}"]

    assert {key: getattr(post, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("folder", "name", "expected"),
    [
        (f"{SOURCE}/_encodings", "UTF8CRLFandBOM.md", {"categories": ("bom",)}),
        ("weird/18f/content/posts", "2022-07-13-content-design-ada.md",
         {"title": "Content design for beta.ada.gov: writing for action and flexibility"}),
        ("weird/carpentries/content/posts/2015/11", "fasttrack.md",
         {"title": "Data Carpentry Instructor Certification for Software Carpentry Instructors"}),
        ("weird/carpentries/content/posts/2014/09", "ccsl-bootcamp.html",
         {"title": "Software Carpentry Workshop at Universidade of São Paulo"}),
        ("weird/electron/blog", "10-years-of-electron.md", {"title": "10 years of Electron 🎉"}),
        ("blogs/go-blog/_content/blog", "matchlang.md", {}),
    ],
)  # fmt: skip
def test_an_odd_file_is_read_by_the_plain_rules(
    folder: str, name: str, expected: dict[str, object]
) -> None:
    post = read(folder, generator="plain")[name]

    assert isinstance(post, Post | Problem)
    assert {key: getattr(post, key) for key in expected if isinstance(post, Post)} == expected


def test_no_template_language_is_left_in_what_readers_see() -> None:
    posts = read("blogs/18f/content/posts", generator="plain").values()

    assert not [p.id for p in posts if isinstance(p, Post) and "{%" in p.title + p.excerpt]


def test_five_hundred_posts_take_well_under_a_second() -> None:
    read("blogs/18f/content/posts", generator="plain")
    started = time.process_time()

    read("blogs/18f/content/posts", generator="plain")

    # 0.45 s where this was written; room for slower machines.
    assert time.process_time() - started < 3


# What becomes of each odd file. An empty cell is not looked at, as nothing there is odd; one that
# ends in … is the beginning.
TABLE = Path(__file__).with_name("weird.tsv")
ODD_FILES = list(csv.DictReader(TABLE.read_text().splitlines(), delimiter="\t"))
OUTCOMES: dict[type[Reading] | None, str] = {
    Post: "indexed",
    Problem: "skipped",
    LeftOut: "hidden",
    None: "no post",
}


@cache
def weird(folder: str, generator: str) -> dict[str, Reading]:
    return read(f"weird/{folder}", generator=generator)


@pytest.mark.parametrize("row", ODD_FILES, ids=[row["id"] for row in ODD_FILES])
def test_every_odd_file_becomes_what_the_table_says(row: dict[str, str]) -> None:
    found = weird(row["folder"], row["generator"]).get(row["id"])

    assert OUTCOMES[type(found) if found else None] == row["outcome"]
    if isinstance(found, Post):
        assert [key for key, told in shown(found).items() if not agrees(told, row[key])] == []
    if isinstance(found, LeftOut):
        assert found.reason == row["why"]


def shown(post: Post) -> dict[str, str]:
    return {
        "title": post.title,
        "date": str(post.date or "none"),
        "categories": "; ".join(post.categories) or "none",
        "tags": "; ".join(post.tags) or "none",
    }


def agrees(told: str, cell: str) -> bool:
    beginning = cell.removesuffix("…")
    return not cell or (told.startswith(beginning) if beginning != cell else told == cell)


def test_the_table_names_every_odd_file() -> None:
    manifest = (DATA / "weird" / "MANIFEST.tsv").read_text().splitlines()

    assert {f"{row['folder']}/{row['id']}" for row in ODD_FILES} == {
        line.partition("\t")[0] for line in manifest
    }
