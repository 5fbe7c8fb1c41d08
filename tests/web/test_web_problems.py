"""Errors as they are told outside: what is wrong, and what to do; never a secret."""

import logging
from pathlib import Path

import pytest
from bakery import ClientMaker
from builders import a_document
from flask import Flask
from flask.testing import FlaskClient
from reading import read, visit

from searchsvc import Settings, open_engine
from searchsvc.errors import AnswerTimeout, IndexDamaged
from searchsvc.web.app import MAX_BODY_BYTES, create_app


@pytest.mark.parametrize(
    ("query", "parameter", "value", "remedy"),
    [
        ("page=0", "page", "0", "Pages count from 1"),
        ("page=abc", "page", "abc", "Write a whole number"),
        ("page=%D9%A1", "page", "١", "Write a whole number"),
        ("page=1000000000000000", "page", "1000000000000000", "Only the first 10,000 hits"),
        ("page=" + "9" * 5000, "page", "9" * 79 + "…", "Write a whole number"),
        ("page=1001", "page", "1001", "Only the first 10,000 hits"),
        ("page=1&page=2", "page", "1, 2", "only once"),
        ("per_page=101", "per_page", "101", "1 to 100"),
        ("per_page=-1", "per_page", "-1", "1 to 100"),
        ("match=most", "match", "most", "auto, all or any"),
        ("sort=title", "sort", "title", "relevance, newest or oldest"),
        ("tag_mode=none", "tag_mode", "none", "all or any"),
        ("prefix=yes", "prefix", "yes", "0 or 1"),
        ("exact=2", "exact", "2", "0 or 1"),
        ("pieces=true", "pieces", "true", "0 or 1"),
        ("year=MMXX", "year", "MMXX", "2025"),
        ("after=yesterday", "after", "yesterday", "YYYY-MM-DD"),
        ("before=2025-02-30", "before", "2025-02-30", "YYYY-MM-DD"),
        ("facets=author", "facets", "author", "category, tag or year"),
        ("facets=none,tag", "facets", "none", "category, tag or year"),
        ("q=a&q=b", "q", "a, b", "only once"),
        ("tags=go", "tags", "go", "Did you mean 'tag'?"),
        ("query=go", "query", "go", "Did you mean 'q'?"),
        ("limit=5", "limit", "5", "Did you mean 'per_page'?"),
        ("Page=2", "Page", "2", "Did you mean 'page'?"),
        ("utm_source=x", "utm_source", "x", "There are: q, match"),
        ("explain=yes", "explain", "yes", "0 or 1"),
    ],
)
def test_the_api_names_the_parameter_the_value_and_what_to_do(
    client: FlaskClient, query: str, parameter: str, value: str, remedy: str
) -> None:
    response = client.get(f"/api/search?{query}")

    problem = response.get_json(force=True)
    assert response.status_code == problem["status"] == 400
    assert response.content_type == "application/problem+json"
    assert (problem["type"], problem["title"]) == ("about:blank", "Bad Request")
    assert (problem["code"], problem["parameter"]) == ("invalid_parameter", parameter)
    assert problem["value"] == value
    assert remedy in problem["remedy"]
    assert remedy in problem["detail"]


def test_too_many_filters_are_refused(client: FlaskClient) -> None:
    query = "&".join(f"tag=t{n}" for n in range(51))

    assert client.get(f"/api/search?{query}").get_json(force=True)["parameter"] == "tag"


def test_a_long_name_is_not_echoed_whole(client: FlaskClient) -> None:
    problem = client.get(f"/api/search?{'x' * 5000}=1").get_json(force=True)

    assert len(problem["parameter"]) == 80


def test_before_the_first_index_answers_are_503_and_say_what_to_run(
    empty_client: FlaskClient,
) -> None:
    api = empty_client.get("/api/search?q=rye")
    page = empty_client.get("/search?q=rye")

    assert api.status_code == page.status_code == 503
    assert api.get_json(force=True)["remedy"] == "Build it: searchsvc reindex"
    assert "searchsvc reindex" in read(page.text).text
    assert int(api.headers["Retry-After"]) > 0
    assert int(page.headers["Retry-After"]) > 0


def test_no_answer_tells_where_the_index_lies(empty_client: FlaskClient, tmp_path: Path) -> None:
    for address in ("/api/search", "/search", "/readyz"):
        assert str(tmp_path) not in empty_client.get(address).text


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api", 404, "not_found"),
        ("GET", "/api/unknown", 404, "not_found"),
        ("POST", "/api/search", 405, "method_not_allowed"),
        ("DELETE", "/healthz", 405, "method_not_allowed"),
    ],
)
def test_wrong_addresses_and_methods_are_problems_too(
    client: FlaskClient, method: str, address: str, status: int, code: str
) -> None:
    response = client.open(address, method=method)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.get_json(force=True)["code"] == code
    assert response.get_json(force=True)["remedy"]
    assert (status == 405) == ("GET" in response.headers.get("Allow", ""))


def test_a_large_body_is_refused_unread(client: FlaskClient) -> None:
    response = client.post("/api/search", data=b"x" * (MAX_BODY_BYTES + 1))

    assert response.status_code == 413
    assert response.get_json(force=True)["code"] == "too_large"


def test_elsewhere_readers_get_a_page_and_programs_get_json(client: FlaskClient) -> None:
    page = visit(client, "/no/such/page", status=404)
    json = client.get("/no/such/page", headers={"Accept": "application/json"})

    assert page.link("Search the posts") == "/search"
    assert json.content_type == "application/problem+json"


class Broken(Exception):
    """What nobody has thought of."""


def with_failing_views(tmp_path: Path) -> Flask:
    """A service with addresses at which things go wrong."""
    app = create_app(Settings(index_dir=tmp_path))

    def fail(name: str) -> str:
        raise {
            "broken": Broken("secret /etc/place"),
            "damaged": IndexDamaged("secret /etc/place"),
            "slow": AnswerTimeout("It took too long"),
        }[name]

    app.add_url_rule("/api/fail/<name>", view_func=fail)
    app.add_url_rule("/fail/<name>", view_func=fail, endpoint="fail_page")
    return app


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("broken", 500, "internal_error"),
        ("damaged", 503, "index_damaged"),
        ("slow", 503, "answer_timeout"),
    ],
)
def test_what_goes_wrong_inside_is_logged_and_not_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, status: int, code: str
) -> None:
    client = with_failing_views(tmp_path).test_client()

    with caplog.at_level(logging.WARNING):
        api, page = client.get(f"/api/fail/{name}"), client.get(f"/fail/{name}")

    assert api.status_code == page.status_code == status
    assert api.get_json(force=True)["code"] == code
    for text in (api.text, page.text):
        assert "secret" not in text
        assert "Traceback" not in text
    assert ("This took too long" in page.text) == (name == "slow")
    assert ("secret" in caplog.text) == (name != "slow")
    assert ("Traceback" in caplog.text) == (status == 500)
    assert ("Retry-After" in api.headers) == (status == 503)


def test_an_origin_from_the_settings_may_show_the_page_in_a_frame(
    client: FlaskClient, make_client: ClientMaker
) -> None:
    ours = make_client(a_document("a"), cors_origins=("https://blog.example",))

    assert "frame-ancestors *" in policy(client)
    assert "frame-ancestors 'self' https://blog.example" in policy(ours)


def policy(client: FlaskClient) -> str:
    return client.get("/search").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/", "/search", "/api/search", "/api/search?x=1", "/nowhere", "/static/icon.svg"]
)
def test_every_answer_is_guarded(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    response.close()

    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert headers["Cache-Control"]
    assert "Set-Cookie" not in headers


def test_a_damaged_index_is_not_a_bug(tmp_path: Path) -> None:
    engine = open_engine(Settings(index_dir=tmp_path))
    engine.replace_all([a_document("a")])
    engine.close()
    for file in (tmp_path / "generations").rglob("*"):
        if file.is_file():
            file.write_bytes(b"torn")

    response = create_app(Settings(index_dir=tmp_path)).test_client().get("/api/search")

    assert response.status_code == 503
    assert str(tmp_path) not in response.text
