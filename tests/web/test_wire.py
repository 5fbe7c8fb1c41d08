"""JSON forms that no answer of a small service shows."""

import json
from datetime import datetime, timedelta, timezone

import orjson

from searchsvc.web.answers import json_answer
from searchsvc.wire import instant, problem_json


def test_moments_are_told_in_utc_to_the_second() -> None:
    paris = datetime(2026, 3, 1, 0, 30, 15, 999_999, timezone(timedelta(hours=1)))

    assert instant(paris) == "2026-02-28T23:30:15Z"


def test_what_a_problem_has_not_is_left_out() -> None:
    problem = problem_json(status=404, title="Not Found", detail="Gone.", code="not_found")

    assert problem == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "Gone.",
        "code": "not_found",
    }


def test_half_of_a_surrogate_pair_does_not_break_an_answer() -> None:
    answer = json_answer({"title": "rye \ud83c bread"})

    assert orjson.loads(answer.data) == json.loads(answer.data) == {"title": "rye ? bread"}
