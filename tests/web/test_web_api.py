"""The API: the form of its answers, what each parameter does, health."""

import json
import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bakery import ClientMaker
from builders import a_document
from flask.testing import FlaskClient
from golden_files import golden

from searchsvc import Settings, open_engine
from searchsvc.web.app import create_app


def ask(client: FlaskClient, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/search?{query}")
    assert response.status_code == 200, response.text
    assert response.content_type == "application/json"
    answer = response.get_json()
    assert isinstance(answer, dict)
    return answer


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def test_the_answer_has_the_form_that_clients_rely_on(client: FlaskClient) -> None:
    answer = ask(client, "q=rye+breads+unheardof&tag=Bread&pieces=1&per_page=5")

    assert answer["took_ms"] > 0
    assert all(hit["score"] > 0 for hit in answer["hits"])
    answer["took_ms"] = 0.1
    answer["index"]["built_at"] = re.sub(r"\d", "0", answer["index"]["built_at"])
    for hit in answer["hits"]:
        hit["score"] = 1.0  # what it is, is the ranking's business
    now = json.dumps(answer, indent=1, ensure_ascii=False) + "\n"
    assert now == golden("answer.json", now)


def test_without_a_query_all_posts_come_newest_first(client: FlaskClient) -> None:
    answer = ask(client)

    assert ids(answer) == ["rye", "wheat", "oven", "about"]
    assert answer["hits"][-1]["date"] is None
    assert answer["hits"][-1]["category"] is None


def test_an_empty_value_is_as_good_as_none(client: FlaskClient) -> None:
    empty = "q=&tag=&category=&year=&match=&sort=&page=&per_page=&facets=&prefix=&after=&pieces="

    assert ids(ask(client, empty)) == ids(ask(client))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag=bread&tag=rye", ["rye"]),
        ("tag=rye&tag=wheat&tag_mode=any", ["rye", "wheat"]),
        ("category=baking&category=tools", ["rye", "wheat", "oven"]),
        ("year=2024&year=2023", ["wheat", "oven"]),
        ("after=2024-02-01&before=2025-05-23", ["wheat"]),
        ("sort=oldest&category=baking", ["wheat", "rye"]),
        ("per_page=1&page=2", ["wheat"]),
        ("per_page=3&page=9", []),
        ("q=beg&prefix=1", ["rye"]),
        ("q=bread+-rye", ["wheat"]),
        ("q=%22loaf+of+bread%22", ["rye"]),
        ("q=rye+wheat&match=all", []),
        ("q=rye+wheat&match=any&sort=newest", ["rye", "wheat"]),
        ("q=tag:wheat", ["wheat"]),
    ],
)
def test_parameters_narrow_and_order(client: FlaskClient, query: str, found: list[str]) -> None:
    assert ids(ask(client, query)) == found


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["category", "tag", "year"]),
        ("facets=tag", ["tag"]),
        ("facets=year,category", ["category", "year"]),
        ("facets=none", []),
    ],
)
def test_only_the_facets_asked_for_are_there(
    client: FlaskClient, query: str, names: list[str]
) -> None:
    assert sorted(ask(client, query)["facets"]) == names


def test_pieces_are_the_highlights_cut_where_marks_begin_and_end(client: FlaskClient) -> None:
    hit = ask(client, "q=rye&pieces=1")["hits"][0]

    assert hit["highlights"]["title"] == "<mark>Rye</mark> bread for beginners"
    assert hit["pieces"]["title"] == [
        {"text": "Rye", "mark": True},
        {"text": " bread for beginners", "mark": False},
    ]
    assert "pieces" not in ask(client, "q=rye")["hits"][0]


def test_the_settings_say_how_long_a_page_is(make_client: ClientMaker) -> None:
    client = make_client(*(a_document(f"p{n}") for n in range(5)), per_page=2)

    answer = ask(client)

    assert (len(answer["hits"]), answer["per_page"], answer["pages"]) == (2, 2, 3)
    assert len(ask(client, "per_page=4")["hits"]) == 4


def test_head_has_the_headers_and_no_body(client: FlaskClient) -> None:
    response = client.head("/api/search?q=rye")

    assert response.status_code == 200
    assert response.data == b""
    assert int(response.headers["Content-Length"]) > 100


def test_any_origin_may_read_answers_but_not_the_pages(client: FlaskClient) -> None:
    origin = {"Origin": "https://blog.example"}

    answer = client.get("/api/search", headers=origin)
    problem = client.get("/api/search?page=x", headers=origin)
    asking_first = client.options(
        "/api/search", headers={**origin, "Access-Control-Request-Method": "GET"}
    )

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert problem.headers["Access-Control-Allow-Origin"] == "*"
    assert asking_first.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Origin" not in client.get("/search", headers=origin).headers


def test_the_settings_can_name_the_origins_that_may_read(make_client: ClientMaker) -> None:
    client = make_client(a_document("a"), cors_origins=("https://blog.example",))

    ours = client.get("/api/search", headers={"Origin": "https://blog.example"})
    other = client.get("/api/search", headers={"Origin": "https://elsewhere.example"})

    assert ours.headers["Access-Control-Allow-Origin"] == "https://blog.example"
    assert "Access-Control-Allow-Origin" not in other.headers


def test_the_process_lives_with_and_without_an_index(
    client: FlaskClient, empty_client: FlaskClient
) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert empty_client.get("/healthz").get_json() == {"status": "ok"}


def test_the_service_is_ready_when_an_index_is_open(
    client: FlaskClient, empty_client: FlaskClient
) -> None:
    ready = client.get("/readyz")
    unready = empty_client.get("/readyz")

    said = ready.get_json()
    assert (said["status"], said["generation"], said["posts"]) == ("ready", 1, 4)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said["built_at"])
    assert said["build_id"]
    assert unready.status_code == 503
    assert unready.get_json()["code"] == "index_missing"


def test_an_index_that_cannot_be_read_is_not_ready(tmp_path: Path) -> None:
    open_engine(Settings(index_dir=tmp_path)).replace_all([a_document("a")])
    (tmp_path / "generations/1/manifest.json").write_text("{")

    client = create_app(Settings(index_dir=tmp_path)).test_client()

    assert client.get("/readyz").status_code == 503
    assert client.get("/api/search").get_json()["code"] == "index_damaged"
    assert "searchsvc status" in client.get("/search").text


def test_a_running_service_answers_on_when_the_index_changes_its_language(tmp_path: Path) -> None:
    open_engine(Settings(index_dir=tmp_path)).replace_all([a_document("a", "Running")])
    client = create_app(Settings(index_dir=tmp_path)).test_client()
    assert ids(ask(client, "q=runs")) == ["a"]

    plain = open_engine(Settings(index_dir=tmp_path, language="none"))
    plain.replace_all([a_document("a", "Running"), a_document("b", "Runs")])

    deadline = time.monotonic() + 1
    while ids(ask(client, "q=runs")) != ["b"] and time.monotonic() < deadline:
        time.sleep(0.02)
    assert ids(ask(client, "q=runs")) == ["b"]


def test_a_new_generation_is_picked_up_within_a_second(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path)
    client = create_app(settings).test_client()
    assert client.get("/api/search").status_code == 503

    open_engine(settings).replace_all([a_document("new", date=date(2025, 1, 1))])

    deadline = time.monotonic() + 1
    while client.get("/api/search").status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert ids(ask(client)) == ["new"]
