"""JSON Lines: one post a line."""

import codecs
import json
from datetime import UTC, date, datetime
from importlib import resources
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.jsonline import KINDS
from searchsvc.posts.post import LeftOut, Post, Problem, Reading

RYE = {"url": "/rye", "title": "Rye"}


def line(**fields: Any) -> str:
    return json.dumps({**RYE, **fields}) + "\n"


def read(blog: Blog, content: str | bytes, **settings: Any) -> list[Reading]:
    blog.write("posts.jsonl", content)
    return blog.read("posts.jsonl", **settings)


def one(blog: Blog, **fields: Any) -> Reading:
    (reading,) = read(blog, line(**fields))
    return reading


def test_a_line_is_a_post(blog: Blog) -> None:
    full = line(
        id="r1",
        title="Rye &amp; *wheat*",
        excerpt="A **loaf**.",
        body="# Rye\n\nTwo *loaves*.",
        categories=["Baking", "Bread"],
        tags=["rye", "Rye"],
        date="2024-01-02 20:00 -0500",
        lang="en-GB",
        visible_from="2024-02-03T10:00:00Z",
        visible_until="2025-01-01",
    )

    (post,) = read(blog, full, site_url="https://a.example")

    assert post == Post(
        id="r1",
        url="https://a.example/rye",
        title="Rye & wheat",
        excerpt="A loaf.",
        body="Rye\nTwo loaves.",
        categories=("Baking", "Bread"),
        tags=("rye",),
        date=date(2024, 1, 3),
        visible_from=datetime(2024, 2, 3, 10, tzinfo=UTC),
        visible_until=datetime(2025, 1, 1, tzinfo=UTC),
        lang="en",
    )


def test_url_and_title_are_enough(blog: Blog) -> None:
    assert one(blog) == Post(id="/rye", url="/rye", title="Rye")


def test_a_post_is_seen_from_its_date_unless_it_says_otherwise(blog: Blog) -> None:
    dated = one(blog, date="2024-01-02")
    always = one(blog, date="2024-01-02", visible_from=None)

    assert isinstance(dated, Post)
    assert dated.visible_from == datetime(2024, 1, 2, tzinfo=UTC)
    assert isinstance(always, Post)
    assert always.visible_from is None


def test_drafts_and_unpublished_posts_are_left_out(blog: Blog) -> None:
    place = f"{blog.root}/posts.jsonl:1"

    assert one(blog, draft=True) == LeftOut("/rye", place, "draft")
    assert one(blog, published=False) == LeftOut("/rye", place, "unpublished")
    assert isinstance(one(blog, published=True, draft=False), Post)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"url": "/rye", "title": "Rye"', "This is not JSON: Expecting ',' delimiter, column 31"),
        ("rye", "This is not JSON"),
        ("[1]", "This is no post"),
        ("[" * 100_000, "This is not JSON"),
        ('{"title": "Rye"}', "There is no url"),
        ('{"url": "/rye"}', "There is no title"),
        ('{"url": "/rye", "title": " "}', "There is no title"),
        ('{"url": "/rye", "titel": "Rye"}', "There is no field 'titel'. Did you mean 'title'?"),
        ('{"url": "/rye", "title": "Rye", "date": "soon"}', "date is 'soon'. Write it as YYYY"),
        ('{"url": "/rye", "title": "Rye", "draft": "no"}', "draft is 'no'. Write it as true or"),
        ('{"url": "/rye", "title": ["Rye"]}', "title is ['Rye']. Write it as text"),
        ('{"url": "/rye", "title": "Rye", "tags": [1]}', "tags is [1]. Write it as a list of"),
        (b'{"url": "/rye", "title": "R\xffye"}', "Byte 0xff at offset 27 is not UTF-8"),
        ('{"url": "/rye", "title": ' + "1" * 5000 + "}", "This is not JSON"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_read(
    blog: Blog, content: str | bytes, message: str
) -> None:
    bad = content if isinstance(content, bytes) else content.encode()

    found = read(
        blog,
        line(id="0", url="/0").encode() + b"\n" + bad + b"\n" + line(id="z", url="/z").encode(),
    )

    (problem,) = (r for r in found if isinstance(r, Problem))
    assert len(found) == 3
    assert problem.place == f"{blog.root}/posts.jsonl:3"
    assert message in problem.message


def test_a_bad_line_keeps_its_id_so_that_the_last_good_version_stays(blog: Blog) -> None:
    (broken,) = read(blog, '{"id": "r\\u0031", "url": "/rye", "title": Rye}')
    (by_url,) = read(blog, '{"url": "/rye", "title": Rye}')
    (nameless,) = read(blog, "rye")

    assert isinstance(broken, Problem)
    assert broken.post_id == "r1"
    assert isinstance(by_url, Problem)
    assert by_url.post_id == "/rye"
    assert isinstance(nameless, Problem)
    assert nameless.post_id == "posts.jsonl:1"


@pytest.mark.parametrize(
    ("content", "post_id"),
    [
        ('{"id": "a", "url": "/rye", "title": "Rye"}', "a"),
        ('{"url": "/rye", "title": "Rye", "id": "a"}', "a"),
        ('{"id": "a", "url": "/rye", "title": "Rye", "id": "b"}', "b"),
        ('{"id": "a", "url": "/rye", "title": "Rye", "\\u0069d": "b"}', "b"),
        ('{"id": "a", "url": "/rye", "title": "Rye", "i\\u0064": "b"}', "b"),
        ('{"id": "a", "url": "/rye", "title": "Rye", "x_own": {"id": "b"}}', "a"),
        ('{"x_own": {"id": "b"}, "url": "/rye", "title": "Rye"}', "/rye"),
        ('{"x_own": "id", "url": "/rye", "title": "Rye", "id": "a"}', "a"),
        ('{"x_\\"id": "b", "url": "/rye", "title": "Rye"}', "/rye"),
        ('{"title": "An \\"id\\": \\"b\\"", "url": "/rye"}', "/rye"),
        (
            '{"id": 98765432109876543210987, "url": "/rye", "title": "Rye"}',
            "98765432109876543210987",
        ),
        ('{"id": " a ", "url": "/rye", "title": "Rye"}', "a"),
        ('{"id": "\\u0061", "url": "/rye", "title": "Rye"}', "a"),
        ('{"id": "", "url": "/rye", "title": "Rye"}', "/rye"),
        ('{"id": "é", "url": "/rye", "title": "Rye"}', "é"),
        ('{"id": "a", "url": "/rye", "title": Rye}', "a"),
    ],
)
def test_an_id_is_found_wherever_it_stands_and_however_it_is_written(
    blog: Blog, content: str, post_id: str
) -> None:
    (reading,) = read(blog, content)

    assert (reading.id if isinstance(reading, Post) else reading.post_id) == post_id


def test_a_bad_line_that_shows_a_draft_is_withdrawn(blog: Blog) -> None:
    (draft,) = read(blog, '{"url": "/rye", "draft": true, "title": Rye}')
    (hidden,) = read(blog, '{"url": "/rye", "published": false, "title": Rye}')
    (other,) = read(blog, '{"url": "/rye", "draft": false, "title": Rye}')

    assert isinstance(draft, Problem)
    assert draft.withdrawn
    assert isinstance(hidden, Problem)
    assert hidden.withdrawn
    assert isinstance(other, Problem)
    assert not other.withdrawn


def test_the_second_post_with_an_id_is_told_with_both_places(blog: Blog) -> None:
    first, second = read(blog, line(id="r", title="One") + line(id="r", title="Two"))

    assert isinstance(first, Post)
    assert first.title == "One"
    assert isinstance(second, Problem)
    assert second.post_id == "posts.jsonl:2"
    assert str(second) == (
        f"{blog.root}/posts.jsonl:2: id is 'r', as in {blog.root}/posts.jsonl:1. "
        "Give each post its own id"
    )


def test_a_mark_blank_lines_and_other_line_ends_do_no_harm(blog: Blog) -> None:
    content = "\r\n" + line(id="b").replace("\n", "\r\n") + "  \n" + line(id="a", url="/a").rstrip()

    found = read(blog, codecs.BOM_UTF8 + content.encode())

    assert [r.id for r in found if isinstance(r, Post)] == ["a", "b"]


def test_posts_come_by_id(blog: Blog) -> None:
    found = read(blog, "".join(line(id=name, url=f"/{name}") for name in ("c", "a", "d", "b")))

    assert [r.id for r in found if isinstance(r, Post)] == ["a", "b", "c", "d"]


def test_an_empty_file_holds_no_posts(blog: Blog) -> None:
    assert read(blog, "") == []
    assert read(blog, codecs.BOM_UTF8 + b"\n\n") == []


def test_a_file_that_is_not_utf8_stops_the_run(blog: Blog) -> None:
    with pytest.raises(ContentError, match="this is not UTF-8"):
        read(blog, line().encode("utf-16"))


def test_a_line_too_long_is_told_and_the_next_one_is_read(blog: Blog) -> None:
    found = read(blog, line(id="a", body="x" * 25_000_000) + line(id="b"))

    long, short = sorted(found, key=lambda r: isinstance(r, Post))
    assert isinstance(long, Problem)
    assert long.post_id == "a"
    assert "longer than 10 MB" in long.message
    assert isinstance(short, Post)


def test_what_python_takes_for_json_is_read_too(blog: Blog) -> None:
    content = '{"url": "/rye", "title": "R\x01ye", "x_weight": NaN, "x_more": 1e999}'

    (post,) = read(blog, content)

    assert isinstance(post, Post)
    assert post.title == "Rye"


def test_texts_are_clean(blog: Blog) -> None:
    (post,) = read(blog, '{"url": "/rye", "title": "R\\u0000y\\ud800e", "tags": ["\\udfffa"]}')

    assert isinstance(post, Post)
    assert (post.title, post.tags) == ("Rye", ("a",))


SCHEMA = json.loads(
    resources.files("searchsvc.posts").joinpath("jsonlines.schema.json").read_text("utf-8")
)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 9), st.floats(0, 1), st.sampled_from(["a", "", " "]),
    st.lists(st.one_of(st.sampled_from(["a", "b"]), st.none(), st.integers(0, 9)), max_size=2),
)  # fmt: skip


def test_the_schema_is_one_and_names_the_fields_that_are_read() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert list(SCHEMA["properties"]) == list(KINDS)


@given(
    st.fixed_dictionaries(
        {"url": st.sampled_from(["/a", "", None, 1]), "title": st.sampled_from(["a", 1, "", None])},
        optional={
            name: VALUES
            for name in (*KINDS, "x_own", "_own", "other")
            if name not in ("url", "title", "date")
        },
    )
)
def test_the_schema_and_the_reader_agree(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any]
) -> None:
    # What is a date is more than a schema can say.
    for instant in ("visible_from", "visible_until"):
        if isinstance(fields.get(instant), str):
            fields[instant] = "2024-01-02"
    valid = Draft202012Validator(SCHEMA).is_valid(fields)

    (reading,) = read(Blog(tmp_path_factory.mktemp("lines")), json.dumps(fields))

    # Of what is left out, no more is asked.
    assume(not isinstance(reading, LeftOut))
    assert valid is not isinstance(reading, Problem), reading
