"""Small sites that their own generator has published: searchsvc must say the same of their posts.

``sites/NAME/published.json`` is what the generator made of ``sites/NAME/``, as told by
``sites/NAME/publish.*``, which makes it anew where the generator is installed.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cells import SITES

from searchsvc.posts.post import Post, Reading
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings

PUBLISHED = sorted(SITES.glob("*/published.json"))


def said(post: Post) -> dict[str, Any]:
    return {
        "path": post.id,
        "url": post.url,
        "title": post.title,
        "date": post.date.isoformat() if post.date else None,
        "categories": list(post.categories),
        "tags": list(post.tags),
        "excerpt": post.excerpt,
        "language": post.lang,
    }


def is_open(post: Post) -> bool:
    """Whether readers may see it now: what is to come or past, the generator has not published."""
    now = datetime.now(UTC)
    return (
        (post.visible_from or now) <= now < (post.visible_until or datetime.max.replace(tzinfo=UTC))
    )


def read(site: Path) -> list[Reading]:
    return list(open_source(Settings(content=(site,), generator="auto")))


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.name)
def test_posts_are_what_their_generator_makes_of_them(path: Path) -> None:
    published = json.loads(path.read_text(encoding="utf-8"))
    ours = {reading.id: said(reading) for reading in read(path.parent) if isinstance(reading, Post)}

    told = [{key: ours[post["path"]][key] for key in post} for post in published["posts"]]
    assert told == published["posts"]


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.name)
def test_what_the_generator_does_not_publish_is_not_found(path: Path) -> None:
    published = json.loads(path.read_text(encoding="utf-8"))
    found = [post for post in read(path.parent) if isinstance(post, Post) and is_open(post)]

    assert {post.id for post in found} == {post["path"] for post in published["posts"]}
    assert not {post.id for post in found} & set(published["absent"])
