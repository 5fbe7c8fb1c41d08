"""``/api/suggest`` and ``/api/related``: the form of their answers, and what they refuse."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bakery import BAKERY, ClientMaker
from builders import a_document
from flask.testing import FlaskClient
from golden_files import golden
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from searchsvc.web.lookups import RELATED_PARAMETERS, SUGGEST_PARAMETERS


def ask(client: FlaskClient, route: str, **parameters: object) -> dict[str, Any]:
    """The answer of a route that has nothing to refuse."""
    response = client.get(f"/api/{route}", query_string=parameters)
    assert response.status_code == 200, response.text
    assert response.content_type == "application/json"
    answer = response.get_json()
    assert isinstance(answer, dict)
    return answer


def as_kept(answer: dict[str, Any]) -> str:
    """An answer as it is kept, without what differs from run to run."""
    assert answer["took_ms"] > 0
    answer["took_ms"] = 0.1
    answer["index"]["built_at"] = re.sub(r"\d", "0", answer["index"]["built_at"])
    return json.dumps(answer, indent=1, ensure_ascii=False) + "\n"


def test_suggestions_have_the_form_that_clients_rely_on(client: FlaskClient) -> None:
    now = as_kept(ask(client, "suggest", q="bre", pieces=1))

    assert now == golden("suggestions.json", now)


def test_related_posts_have_the_form_that_clients_rely_on(client: FlaskClient) -> None:
    answer = ask(client, "related", id="rye", limit=1)

    for hit in answer["hits"]:
        assert hit["score"] > 0
        hit["score"] = 1.0  # what it is, is the ranking's business
    now = as_kept(answer)
    assert now == golden("related.json", now)


def test_what_is_suggested_is_escaped_and_marked(make_client: ClientMaker) -> None:
    client = make_client(a_document("a", "<b>Rye</b> & salt"))

    (suggestion,) = ask(client, "suggest", q="ry")["suggestions"]

    assert suggestion["text"] == "<b>Rye</b> & salt"
    assert suggestion["highlights"]["text"] == "&lt;b&gt;<mark>Rye</mark>&lt;/b&gt; &amp; salt"
    assert "pieces" not in suggestion


def test_the_limit_bounds_both(client: FlaskClient) -> None:
    assert len(ask(client, "suggest", q="bread", limit=2)["suggestions"]) == 2
    assert len(ask(client, "related", id="rye", limit=1)["hits"]) == 1


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=?!", "limit=&q="])
def test_nothing_typed_suggests_nothing(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/suggest?{query}")

    assert response.status_code == 200
    assert response.get_json()["suggestions"] == []


def test_white_space_behind_a_word_arrives(client: FlaskClient) -> None:
    assert ask(client, "suggest", q="whea")["suggestions"]
    assert not ask(client, "suggest", q="whea ")["suggestions"]


def test_an_id_may_hold_slashes_and_letters_of_any_kind(make_client: ClientMaker) -> None:
    client = make_client(a_document("_posts/Räye & co.md", "Rye"), a_document("b", "Rye"))

    answer = ask(client, "related", id="_posts/Räye & co.md")

    assert answer["id"] == "_posts/Räye & co.md"
    assert [hit["id"] for hit in answer["hits"]] == ["b"]


@pytest.mark.parametrize(
    ("address", "parameter", "remedy"),
    [
        ("suggest?limit=0", "limit", "It can be 1 to 20"),
        ("suggest?limit=21", "limit", "It can be 1 to 20"),
        ("suggest?limit=x", "limit", "Write a whole number"),
        ("suggest?pieces=2", "pieces", "It can be 0 or 1"),
        ("suggest?q=a&q=b", "q", "It can be given only once"),
        ("suggest?query=a", "query", "Did you mean 'q'?"),
        ("suggest?per_page=1", "per_page", "Did you mean 'limit'?"),
        ("suggest?tag=go", "tag", "There are: q, limit, pieces"),
        ("related", "id", "Give the id of a post"),
        ("related?id=", "id", "Give the id of a post"),
        ("related?id=rye&limit=21", "limit", "It can be 1 to 20"),
        ("related?post=rye", "post", "Did you mean 'id'?"),
        ("related?id=rye&q=x", "q", "There are: id, limit"),
    ],
)
def test_a_bad_parameter_is_named_with_what_would_be_right(
    client: FlaskClient, address: str, parameter: str, remedy: str
) -> None:
    response = client.get(f"/api/{address}")

    problem = response.get_json()
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert (problem["code"], problem["parameter"]) == ("invalid_parameter", parameter)
    assert remedy in problem["remedy"]


def test_an_unknown_post_is_not_found(client: FlaskClient) -> None:
    response = client.get("/api/related?id=spelt")

    problem = response.get_json()
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert (problem["code"], problem["parameter"], problem["value"]) == (
        "unknown_post",
        "id",
        "spelt",
    )
    assert problem["remedy"] in problem["detail"]


def test_a_hidden_post_cannot_be_told_from_one_that_is_not_there(make_client: ClientMaker) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    client = make_client(a_document("x", "Rye", visible_from=later), a_document("b", "Rye"))
    without = make_client(a_document("b", "Rye"))

    asked = [each.get("/api/related?id=x") for each in (client, without)]

    assert [answer.status_code for answer in asked] == [404, 404]
    assert asked[0].data == asked[1].data


@pytest.mark.parametrize("address", ["suggest?q=a", "related?id=a"])
def test_without_an_index_the_answer_is_503(empty_client: FlaskClient, address: str) -> None:
    response = empty_client.get(f"/api/{address}")

    assert response.status_code == 503
    assert response.get_json()["code"] == "index_missing"


@pytest.mark.parametrize("address", ["suggest?q=rye", "related?id=rye"])
def test_any_origin_may_read_them(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/api/{address}", headers={"Origin": "https://blog.example"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_any_text_is_answered(make_client: ClientMaker) -> None:
    client = make_client(*BAKERY)

    @hypothesis_settings(max_examples=100)
    @given(st.text(max_size=30))
    def answered(text: str) -> None:
        assert client.get("/api/suggest", query_string={"q": text}).status_code == 200
        status = client.get("/api/related", query_string={"id": text}).status_code
        assert status == (404 if text else 400)

    answered()


def test_every_parameter_is_known_by_one_name_only() -> None:
    for parameters in (SUGGEST_PARAMETERS, RELATED_PARAMETERS):
        names = [name for p in parameters for name in (p.name, *p.elsewhere)]

        assert len(names) == len(set(names))
