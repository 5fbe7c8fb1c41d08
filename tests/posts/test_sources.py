"""Several sources in one index, each with settings of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from posts_blog import Blog, matter

from searchsvc.errors import ContentError
from searchsvc.posts.post import LeftOut, Post, Problem, Reading
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings, SourceSettings


@pytest.fixture
def notes(tmp_path: Path) -> Blog:
    """A folder of plain posts."""
    blog = Blog(tmp_path / "notes")
    blog.write("rye.md", matter(title="Rye", date="2024-01-02 20:00 -0500"))
    return blog


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The same post in a file of JSON Lines, in a language of its own."""
    return Blog(tmp_path).write(
        "posts.jsonl", json.dumps({"url": "/rye", "title": "Seigle", "lang": "fr"})
    )


def a_source(content: Path, **values: Any) -> SourceSettings:
    return SourceSettings(content=content, **values)


def read(*sources: SourceSettings, **settings: Any) -> list[Reading]:
    return list(open_source(Settings(sources=sources, **settings)))


def ids(readings: list[Reading]) -> list[str]:
    return [r.id if isinstance(r, Post) else r.post_id for r in readings]


def told(*sources: SourceSettings, **settings: Any) -> str:
    with pytest.raises(ContentError) as error:
        read(*sources, **settings)
    return str(error.value)


def test_each_source_has_settings_of_its_own_over_those_of_all(notes: Blog, lines: Path) -> None:
    found = read(
        a_source(notes.root, site_url="https://n.example", timezone="Asia/Tokyo", lang="de-AT"),
        a_source(lines, lang="de"),
        site_url="https://a.example",
    )

    posts = {r.id: r for r in found if isinstance(r, Post)}
    mine, theirs = posts["notes:rye.md"], posts["posts.jsonl:/rye"]
    assert (mine.url, str(mine.date), mine.lang) == ("https://n.example/rye", "2024-01-03", "de")
    assert mine.rules["lang"] == "lang of the source"
    assert (theirs.url, theirs.lang) == ("https://a.example/rye", "fr")


def test_a_source_may_have_its_own_generator_and_template(notes: Blog) -> None:
    notes.write("_posts/2024-01-02-oat.md", "---\n---\n")

    plain = read(a_source(notes.root, generator="plain", url_template="/n/{slug}"))
    jekyll = read(a_source(notes.root))

    assert [r.url for r in plain if isinstance(r, Post)] == ["/n/rye"]
    assert [r.url for r in jekyll if isinstance(r, Post)] == ["/2024/01/02/oat.html"]


def test_the_name_of_a_source_stands_before_its_ids(notes: Blog, lines: Path) -> None:
    assert ids(read(a_source(notes.root, name="n"), a_source(lines))) == [
        "n:rye.md",
        "posts.jsonl:/rye",
    ]
    # A name holds for a single source too: its ids stay when another one comes.
    assert ids(read(a_source(notes.root, name="n"))) == ["n:rye.md"]
    assert ids(read(a_source(notes.root))) == ["rye.md"]


def test_one_source_may_go_without_a_name_so_that_its_ids_stay(notes: Blog, lines: Path) -> None:
    found = read(a_source(notes.root, name=""), a_source(lines, name="l", site_url="/l"))

    assert ids(found) == ["rye.md", "l:/rye"]


def test_sources_stand_beside_the_simple_contents(notes: Blog, lines: Path) -> None:
    found = read(a_source(lines, name="a", site_url="/l"), content=(notes.root,))

    assert ids(found) == ["a:/rye", "notes:rye.md"]


def test_the_order_is_that_of_the_ids_however_sources_are_listed(notes: Blog, lines: Path) -> None:
    sources = [a_source(notes.root, name="n"), a_source(lines, name="l", site_url="/l")]

    assert read(*sources) == read(*reversed(sources))


def test_two_sources_of_one_name_are_refused(notes: Blog, lines: Path) -> None:
    assert told(a_source(notes.root, name="x"), a_source(lines, name="x")) == (
        "Two contents are named 'x', so that their posts could not be told apart. "
        "Rename one, or give it another name in [[sources]]"
    )
    assert "Two contents are named ''" in told(
        a_source(notes.root, name=""), a_source(lines, name="")
    )


def test_an_address_that_two_sources_have_is_told_with_both_places(
    notes: Blog, lines: Path
) -> None:
    first, second = read(a_source(notes.root, name="n"), a_source(lines, name="m"))

    assert isinstance(first, Post)
    assert isinstance(second, Problem)
    assert (second.post_id, second.place) == ("n:rye.md", f"{notes.root}/rye.md")
    assert f"also that of {lines}, id /rye, which stays" in second.message


def test_an_id_that_two_sources_have_is_told(notes: Blog, tmp_path: Path) -> None:
    other = Blog(tmp_path / "other")
    other.write("n:rye.md", matter(title="Oat"))

    first, second = read(a_source(other.root, name=""), a_source(notes.root, name="n"))

    assert isinstance(first, Post)
    assert isinstance(second, Problem)
    assert second.post_id != first.id
    assert str(second) == (
        f"{notes.root}/rye.md: Its id 'n:rye.md' is also that of {other.root}/n:rye.md, "
        "which stays. Give its source another name"
    )


def test_what_is_wrong_with_a_source_is_told_with_its_name(notes: Blog) -> None:
    gone = notes.root / "gone"

    assert told(a_source(gone, name="n")) == (
        f"source 'n': {gone}: there is no such folder or file. Check the name"
    )
    assert told(a_source(gone)) == f"{gone}: there is no such folder or file. Check the name"


def test_a_post_that_is_left_out_takes_no_language(notes: Blog) -> None:
    notes.write("draft.md", matter(draft="true"))

    left_out, _ = read(a_source(notes.root, lang="de"))

    assert isinstance(left_out, LeftOut)
