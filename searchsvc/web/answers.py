"""Answers: JSON and HTML as responses. The only user of orjson."""

import json
import re
from collections.abc import Mapping

import orjson
from flask import Response

# HTML has no way to write these, not even as references.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def json_answer(
    body: Mapping[str, object], *, status: int = 200, media_type: str = "application/json"
) -> Response:
    """An object as JSON in UTF-8."""
    return Response(_json(body), status=status, content_type=media_type)


def html_answer(html: str, *, status: int = 200) -> Response:
    """A page; characters that HTML does not have are left out of it."""
    data = _CONTROLS.sub("", html).encode("utf-8", "replace")
    return Response(data, status=status, content_type="text/html; charset=utf-8")


def _json(body: Mapping[str, object]) -> bytes:
    try:
        return orjson.dumps(body)
    except TypeError:
        # Half of a surrogate pair, from JSON with such an escape: no UTF-8 has it.
        return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
