"""A service over a handful of posts, asked through Flask's test client."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bakery import BAKERY, ClientMaker
from flask.testing import FlaskClient

from searchsvc import Settings, open_engine
from searchsvc.documents import Document
from searchsvc.engines.protocol import Engine
from searchsvc.web.app import create_app


@pytest.fixture
def make_client(tmp_path: Path) -> Iterator[ClientMaker]:
    """Makes a client of a service over the documents given, with settings of one's own."""
    engines: list[Engine] = []

    def make(*documents: Document, **values: Any) -> FlaskClient:
        settings = Settings(index_dir=tmp_path / f"index-{len(engines)}", **values)
        engines.append(open_engine(settings))
        if documents:
            engines[-1].replace_all(documents)
        return create_app(settings, engines[-1]).test_client()

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture
def client(make_client: ClientMaker) -> FlaskClient:
    """A client of a service over four posts of a bakery."""
    return make_client(*BAKERY)


@pytest.fixture
def empty_client(make_client: ClientMaker) -> FlaskClient:
    """A client of a service before its first index."""
    return make_client()
