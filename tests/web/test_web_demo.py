"""The demo: the sample blog can be searched, and no click is dead."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from reading import visit

from searchsvc import Settings, open_engine
from searchsvc.indexing import reindex
from searchsvc.posts.source import open_source
from searchsvc.web.demo import SAMPLE_BLOG, create_demo_app, sample_posts


@pytest.fixture
def demo(tmp_path: Path) -> FlaskClient:
    """A client of the demo."""
    settings = Settings(index_dir=tmp_path, content=(SAMPLE_BLOG,))
    reindex(open_engine(settings), open_source(settings), with_body=False)
    return create_demo_app(settings).test_client()


def test_every_hit_leads_to_a_post_that_can_be_read(demo: FlaskClient) -> None:
    hits = demo.get("/api/search?per_page=100").get_json()["hits"]

    assert len(hits) == len(sample_posts()) == 12
    for hit in hits:
        page = visit(demo, hit["url"])
        assert page.one("h1").text == hit["title"]
        assert page.one("time").attributes["datetime"] == hit["date"]
        assert len(page.one("div", class_="body").text) > 1000
        assert not page.unclosed
        assert not page.all("script")


def test_tags_of_a_post_lead_to_their_posts(demo: FlaskClient) -> None:
    page = visit(demo, "/go/2025/05/23/concurrency-go-vs-c.html")

    assert visit(demo, page.link("c#")).titles == ["Concurrency Go vs C#"]
    assert visit(demo, page.link("All posts")).one("h1").text.endswith("of 12")


def test_other_addresses_lead_back(demo: FlaskClient) -> None:
    page = visit(demo, "/go/2025/no-such-post.html", status=404)

    assert page.link("Search the posts") == "/search"
    assert demo.get("/api/unknown").get_json(force=True)["code"] == "not_found"
