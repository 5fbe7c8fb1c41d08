"""Texts that nobody means well with, from readers and from posts: shown, and nothing more."""

from urllib.parse import quote

import pytest
from bakery import ClientMaker
from builders import a_document
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import visit

from searchsvc.documents import Document

HOSTILE = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF%FE",
    "%F0%9F%8D%9E",
    "%E2%80%AE%D7%90",
    "a" * 10_000,
    quote('"' * 500 + "a" + '"' * 500),
    quote('"a -' * 400),
    quote("-" * 900),
    quote("(" * 900),
    quote('tag: category: tag:"" -"" ""'),
    quote("*?~^:/\\[]{}!&|+ AND OR NOT TO"),
    quote("<script>alert(1)</script>"),
    quote("' onmouseover='alert(1)"),
    quote('" autofocus onfocus="alert(1)'),
    quote("{{ 7 * 7 }} {% raw %} ${7*7}"),
    quote("\r\nSet-Cookie: a=b"),
    quote("ﷺ" * 300 + " Z̷̢͎̈́a̴͇͒l̶̰̈g̷̣͝o" * 50),
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_is_an_error(client: FlaskClient, typed: str) -> None:
    answer = client.get(f"/api/search?q={typed}")
    page = visit(client, f"/search?q={typed}&tag={typed[:50]}")

    assert answer.status_code == 200
    assert answer.get_json()["query"]["text"] is not None
    assert not page.unclosed
    assert not page.all("script")
    assert "Set-Cookie" not in answer.headers
    assert "\0" not in page.html


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXT, TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text_and_any_tag_give_a_sound_page_that_shows_them(
    client: FlaskClient, typed: str, tag: str
) -> None:
    page = visit(client, f"/search?q={quote(typed)}&tag={quote(tag)}")

    shown = page.one("input", id="q").attributes["value"]
    assert not page.unclosed
    assert not page.all("script")
    assert "".join(shown.split()) == "".join(c for c in "".join(typed.split()) if is_html(c))


def is_html(character: str) -> bool:
    return character >= " " and character != "\x7f"


EVIL = a_document(
    "evil",
    '<script>alert("rye")</script><b>',
    "</p><img src=x onerror=alert(1)> rye & \x00\x1b",
    tags='"><script>alert(2)</script>,<i>',
    category="' onclick='alert(3)",
)


def test_what_posts_say_is_text_and_never_markup(make_client: ClientMaker) -> None:
    client = make_client(EVIL)

    for address in ("/search", "/search?q=rye", "/search?tag=%3Ci%3E&category=x", "/search?q=<b>"):
        page = visit(client, address)
        assert not page.unclosed
        assert not page.all("script") + page.all("img") + page.all("b") + page.all("i")
        assert not [e for e in page.elements if "onclick" in e.attributes]
    assert visit(client, "/search").titles == ['<script>alert("rye")</script><b>']
    assert "\x1b" not in client.get("/search").text


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("/a/b.html", "/a/b.html"),
        ("https://blog.example/a?b=c#d", "https://blog.example/a?b=c#d"),
        ("//blog.example/a", "//blog.example/a"),
        ("a/b:c", "a/b:c"),
        ("javascript:alert(1)", None),
        (" JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("vbscript:x", None),
        ("", None),
    ],
)
def test_titles_lead_to_posts_on_the_web_only(
    make_client: ClientMaker, url: str, href: str | None
) -> None:
    client = make_client(Document(id="a", url=url, title="A post"))

    page = visit(client, "/search")

    links = [e.attributes["href"] for e in page.all("a") if e.text == "A post"]
    assert page.titles == ["A post"]
    assert links == ([href] if href else [])
