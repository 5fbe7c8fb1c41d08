"""Ghost: the JSON file that its administration exports."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cells import shows
from posts_blog import Blog

from searchsvc.posts.post import LeftOut, Post, Problem, Reading

RYE = {
    "id": "p1",
    "title": "Rye <use> & oat",
    "slug": "rye",
    "html": "<h2>How</h2><p>A <b>loaf</b> of {{ rye }}.</p>",
    "status": "published",
    "type": "post",
    "visibility": "public",
    "published_at": "2024-01-02T23:30:00.000Z",
}
SECRET = "<p>A secret.</p>"


def export(*posts: Any, settings: dict[str, str] | None = None, **tables: Any) -> str:
    rows = [{"key": key, "value": value} for key, value in (settings or {}).items()]
    data = {"posts": posts, "settings": rows, **tables}
    return json.dumps({"db": [{"meta": {"version": "5.1"}, "data": data}]})


def read(blog: Blog, *posts: Any, tables: Any = None, **settings: Any) -> list[Reading]:
    blog.write("ghost.json", export(*posts, **(tables or {})))
    return blog.read("ghost.json", **settings)


def one(blog: Blog, tables: Any = None, index_body: bool = True, **values: Any) -> Post:
    given = {k: values.pop(k) for k in ("site_url", "url_template", "timezone") if k in values}
    (post,) = read(blog, {**RYE, **values}, tables=tables, index_body=index_body, **given)
    assert isinstance(post, Post), post
    return post


def tagged(*names: str) -> dict[str, Any]:
    return {
        "tags": [{"id": n, "name": name, "slug": name.lower()} for n, name in enumerate(names)],
        "posts_tags": [
            {"post_id": "p1", "tag_id": n, "sort_order": n} for n in reversed(range(len(names)))
        ],
    }


@shows("files", "title", "date", "address", "categories", "tags", "excerpt")
def test_a_row_of_the_table_of_posts_is_a_post(blog: Blog) -> None:
    assert one(blog, tagged("Bread", "Rye")) == Post(
        id="rye",
        url="/rye/",
        title="Rye <use> & oat",
        excerpt="A loaf of {{ rye }}.",
        body="How\nA loaf of {{ rye }}.",
        categories=("Bread",),
        tags=("Bread", "Rye"),
        date=date(2024, 1, 2),
    )


@shows("files")
def test_the_list_around_an_export_may_be_missing(blog: Blog) -> None:
    blog.write("ghost.json", json.dumps({"meta": {}, "data": {"posts": [RYE]}}))

    (post,) = blog.read("ghost.json", generator="ghost")

    assert isinstance(post, Post)
    assert post.id == "rye"


@shows("files")
def test_one_odd_row_does_not_stop_the_others(blog: Blog) -> None:
    odd = [5, {**RYE, "slug": "a", "title": [1]}, {**RYE, "slug": "b", "published_at": "soon"}]

    found = read(blog, *odd, {**RYE, "slug": "c"}, tables={"tags": [5], "posts_tags": {"x": 1}})

    told = [f.message for f in found if isinstance(f, Problem)]
    assert told == [
        "The post 'a': title is ['1']. That is a list. Write it as text, in quotes",
        "The post 'b': published_at is 'soon'. Write it as YYYY-MM-DD",
    ]
    assert [f.id for f in found if isinstance(f, Post)] == ["c"]


@shows("title", "address")
def test_a_post_needs_a_title_and_a_slug(blog: Blog) -> None:
    no_slug, no_title = read(blog, {**RYE, "title": " "}, {**RYE, "slug": ""})

    assert isinstance(no_slug, Problem)
    assert str(no_slug).startswith(f"{blog.root}/ghost.json: The post 'ghost.json:2': It has no sl")
    assert isinstance(no_title, Problem)
    assert "It has no title. Give it one in Ghost" in no_title.message


@pytest.mark.parametrize(
    "written", ["2024-01-02T23:30:00.000Z", "2024-01-02 23:30:00", 1704238200000]
)
@shows("date", "time zone")
def test_instants_are_of_utc_and_the_day_is_that_of_the_blog(blog: Blog, written: object) -> None:
    tokyo = {"settings": {"timezone": "Asia/Tokyo"}}

    assert one(blog, published_at=written).date == date(2024, 1, 2)
    assert one(blog, tokyo, published_at=written).date == date(2024, 1, 3)
    assert one(blog, tokyo, published_at=written, timezone="UTC").date == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("settings", "permalinks", "url"),
    [
        ({}, None, "/rye/"),
        ({"site_url": "https://a.example/blog"}, None, "https://a.example/blog/rye/"),
        ({"url_template": "/{folder}/{year}/{slug}/"}, None, "/bread/2024/rye/"),
        ({}, "/:year/:month/:day/:slug/", "/2024/01/02/rye/"),
        ({}, "/:author/:id/", "/ann/p1/"),
        ({"url_template": "/b/{slug}"}, "/:year/:slug/", "/b/rye"),
    ],
)
@shows("address", "site-wide")
def test_the_address_is_the_slug_or_what_a_pattern_makes_of_it(
    blog: Blog, settings: dict[str, str], permalinks: str | None, url: str
) -> None:
    tables = {**tagged("Bread"), "users": [{"id": "1", "slug": "ann"}]}
    own = {"settings": {"permalinks": permalinks}} if permalinks else {}

    assert one(blog, {**tables, **own}, author_id="1", **settings).url == url


@shows("address")
def test_a_canonical_address_elsewhere_is_not_where_readers_find_the_post(blog: Blog) -> None:
    assert one(blog, canonical_url="https://b.example/rye").url == "/rye/"


@shows("categories", "tags")
def test_internal_tags_are_no_topics(blog: Blog) -> None:
    post = one(blog, tagged("#newsletter", "Bread", "Rye"), url_template="/{folder}/{slug}/")

    assert (post.categories, post.tags) == (("Bread",), ("Bread", "Rye"))
    # Ghost's own address has the first tag only if that one is public.
    assert post.url == "/all/rye/"
    hidden = {
        "tags": [{"id": 1, "name": "Plan", "slug": "plan", "visibility": "internal"}],
        "posts_tags": [{"post_id": "p1", "tag_id": 1}],
    }
    assert one(blog, hidden).tags == ()


@shows("excerpt")
def test_the_excerpt_is_the_authors_else_the_first_paragraph(blog: Blog) -> None:
    post = one(blog, custom_excerpt="Dark *and*\nsour")

    assert post.excerpt == "Dark *and* sour"
    assert post.rules["excerpt"] == "custom_excerpt"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"status": "draft"}, "draft"),
        ({"status": None}, "draft"),
        ({"status": "sent"}, "sent by mail only"),
        ({"status": "scheduled", "published_at": None}, "scheduled for no date"),
        ({"type": "page"}, "page"),
        ({"type": None, "page": 1}, "page"),
        ({"type": None, "page": True}, "page"),
    ],
)
@shows("hidden")
def test_drafts_mails_and_pages_are_left_out(
    blog: Blog, values: dict[str, object], reason: str
) -> None:
    (left_out,) = read(blog, {**RYE, **values})

    assert isinstance(left_out, LeftOut)
    assert left_out.reason == reason


@shows("scheduled")
def test_a_scheduled_post_is_seen_from_its_hour_and_a_published_one_at_once(blog: Blog) -> None:
    hour = "2999-01-02T10:00:00.000Z"

    assert one(blog, status="scheduled", published_at=hour).visible_from == datetime(
        2999, 1, 2, 10, tzinfo=UTC
    )
    assert one(blog, published_at=hour).visible_from is None


@pytest.mark.parametrize("visibility", ["members", "paid", "tiers", "status:free", "none"])
@pytest.mark.parametrize(
    "body",
    [
        {"html": SECRET},
        {"html": None, "plaintext": "A secret."},
        {"html": None, "lexical": json.dumps({"root": {"children": [{"text": "A secret."}]}})},
        {"html": None, "mobiledoc": json.dumps({"sections": [[1, "p", [[0, [], 0, "Secret"]]]]})},
    ],
)  # fmt: skip
@shows("hidden")
def test_of_a_post_for_members_no_word_of_the_body_is_found(
    blog: Blog, visibility: str, body: dict[str, object]
) -> None:
    post = one(blog, visibility=visibility, **body)
    told = one(blog, visibility=visibility, custom_excerpt="Join us", **body)

    assert (post.title, post.body, post.excerpt) == ("Rye <use> & oat", "", "")
    assert (told.body, told.excerpt) == ("", "Join us")


@pytest.mark.parametrize(
    "marker", ["<!--members-only-->", "<span hidden><!-- members-only --></span>"]
)
@shows("hidden", "excerpt")
def test_what_stands_before_the_paywall_is_for_everybody(blog: Blog, marker: str) -> None:
    html = f"<p>A loaf.</p>{marker}{SECRET}"

    post = one(blog, html=html, visibility="paid")

    assert (post.body, post.excerpt) == ("A loaf.", "A loaf.")
    assert "secret" in one(blog, html=html, visibility="public").body


@pytest.mark.parametrize(
    ("block", "body"),
    [
        ('nonMember:false memberSegment:"status:free" ', "Before.\nAfter."),
        ('nonMember:true memberSegment:"" ', "Before.\nA secret.\nAfter."),
        ("", "Before.\nAfter."),
    ],
)
@shows("hidden")
def test_blocks_for_members_are_taken_out_of_public_posts(
    blog: Blog, block: str, body: str
) -> None:
    gated = f"<!--kg-gated-block:begin {block}-->{SECRET}<!--kg-gated-block:end-->"

    post = one(blog, html=f"<p>Before.</p>{gated}<p>After.</p>")
    unclosed = one(blog, html=f"<p>Before.</p><!--kg-gated-block:begin -->{SECRET}")

    assert post.body == body
    assert unclosed.body == "Before."


LEXICAL = {
    "root": {
        "type": "root",
        "children": [
            {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "How"}]},
            {
                "type": "paragraph",
                "children": [
                    {"type": "extended-text", "text": "A <b> "},
                    {"type": "link", "url": "/x", "children": [{"type": "text", "text": "loaf"}]},
                    {"type": "linebreak"},
                    {"type": "text", "text": "of rye."},
                ],
            },
            {"type": "codeblock", "code": "if a < b:", "caption": "Code"},
            {"type": "html", "html": "<p>Card.</p>"},
            {"type": "email", "html": SECRET},
            {"type": "html", "html": SECRET, "visibility": {"web": {"nonMember": False}}},
            {"type": "html", "html": SECRET, "visibility": {"showOnWeb": False}},
            {"type": "paywall"},
            {"type": "paragraph", "children": [{"type": "text", "text": "For members."}]},
        ],
    }
}
MOBILEDOC = {
    "version": "0.3.1",
    "cards": [["markdown", {"markdown": "Card."}], ["email", {"html": SECRET}], ["paywall", {}]],
    "sections": [
        [1, "h2", [[0, [], 0, "How"]]],
        [1, "p", [[0, [], 0, "A <b> "], [0, [0], 1, "loaf"], [1, [], 0, 0]]],
        [3, "ul", [[[0, [], 0, "rye"]], [[0, [], 0, "oat"]]]],
        [10, 0],
        [10, 1],
        [10, 9],
        [10, 2],
        [1, "p", [[0, [], 0, "For members."]]],
    ],
}


@shows("excerpt")
def test_without_html_a_body_is_read_from_what_the_editor_has_kept(blog: Blog) -> None:
    lexical = {"html": None, "lexical": json.dumps(LEXICAL)}
    mobiledoc = {"html": None, "mobiledoc": json.dumps(MOBILEDOC)}

    before = "How\nA <b> loaf\nof rye.\nif a < b:\nCode\nCard."
    assert one(blog, **lexical).body == f"{before}\nFor members."
    assert one(blog, **lexical, visibility="paid").body == before
    before = "How\nA <b> loaf\nrye\noat\nCard."
    assert one(blog, **mobiledoc).body == f"{before}\nFor members."
    assert one(blog, **mobiledoc, visibility="paid").body == before
    assert one(blog, html=None, plaintext="A <b>\n\nc").body == "A <b>\nc"


@pytest.mark.parametrize("text", ["{", "[1]", "5", '{"root": 5}', '{"sections": [[], 5, [1, 2]]}'])
def test_an_editors_text_that_is_odd_is_an_empty_body(blog: Blog, text: str) -> None:
    assert one(blog, html=None, lexical=text, mobiledoc=text).body.strip() == ""


@shows("language", "site-wide")
def test_the_language_is_that_of_the_post_else_of_the_site(blog: Blog) -> None:
    assert one(blog).lang is None
    assert one(blog, {"settings": {"locale": "de-AT"}}).lang == "de"
    assert one(blog, {"settings": {"lang": "fr"}}).lang == "fr"
    assert one(blog, {"settings": {"locale": "de"}}, locale="en").lang == "en"
