"""Feeds for tests: written in each of their forms, and read as the product reads them."""

import json
from typing import Any

import pytest
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.post import Post, Reading

NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    'xmlns:wp="http://wordpress.org/export/1.2/" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
)
RYE = "<title>Rye</title><link>https://a.example/rye/</link>"
ATOM_RYE = '<title>Rye</title><link href="https://a.example/rye/"/><id>r</id>'
JSON_RYE = {"id": "r", "url": "https://a.example/rye/", "title": "Rye"}


def rss(*items: str, channel: str = "") -> str:
    inner = "".join(f"\n<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {NAMES}><channel>{channel}{inner}</channel></rss>'


def rdf(item: str) -> str:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" {NAMES}><channel rdf:about="x"><title>B</title>'
        f'</channel><item rdf:about="https://a.example/rye/">{item}</item></rdf:RDF>'
    )


def atom(*entries: str, feed: str = "", attributes: str = "") -> str:
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{feed}{inner}</feed>'


def json_feed(*items: Any, **feed: Any) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, **feed})


def read(blog: Blog, content: str | bytes, **settings: Any) -> list[Reading]:
    blog.write("feed.xml", content)
    return blog.read("feed.xml", **settings)


def one(blog: Blog, content: str | bytes, **settings: Any) -> Post:
    (post,) = read(blog, content, **settings)
    assert isinstance(post, Post), post
    return post


def refused(blog: Blog, content: str | bytes, **settings: Any) -> str:
    with pytest.raises(ContentError) as error:
        read(blog, content, **settings)
    return str(error.value).replace(f"{blog.root}/", "")
