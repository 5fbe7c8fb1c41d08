"""Blogs for tests: an empty folder, and one that is a Jekyll site."""

from pathlib import Path

import pytest
from posts_blog import Blog


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    root = tmp_path / "blog"
    root.mkdir()
    return Blog(root)


@pytest.fixture
def jekyll(blog: Blog) -> Blog:
    """A blog that is a Jekyll site already."""
    blog.write("_posts/2020-01-01-first.md", "---\ntitle: First\n---\n")
    return blog


@pytest.fixture
def hugo(blog: Blog) -> Blog:
    """A blog that is a Hugo site already."""
    blog.write("hugo.toml", 'baseURL = "/"\n')
    blog.write("content/first.md", "---\ntitle: First\n---\n")
    return blog
