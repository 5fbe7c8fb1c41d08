"""Where Material's blog plugin publishes a post: ``post_url_format`` filled in."""

import posixpath
import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from searchsvc.posts.generators.mkdocs_config import PLACEHOLDERS, Blog
from searchsvc.posts.generators.mkdocs_markdown import raw_heading
from searchsvc.posts.generators.mkdocs_slugs import formatted
from searchsvc.posts.generators.postfile import PostFile
from searchsvc.posts.markup import MAX_TITLE_CHARS
from searchsvc.posts.unusable import Unusable

_OR_TEMPLATE = "or say with the setting url_template where posts live"


def path_in_blog(
    blog: Blog, file: PostFile, date: datetime | None, *, categories: Sequence[str], language: str
) -> str:
    """The path of a post below the docs, without a suffix.

    Raises:
        Unusable: a part of it is missing, or made by a function that we do not know.
    """
    parts = {
        "file": lambda: file.name,
        "date": lambda: _date(blog, date, language),
        "slug": lambda: file.fields.text("slug") or _slug(blog, file),
        "categories": lambda: _categories(blog, categories),
    }
    path = re.sub(PLACEHOLDERS, lambda found: parts[found[1]](), blog.url)
    return posixpath.join(blog.folder, posixpath.normpath(path.strip("/")))


def address_of_page(path: str, *, directory_urls: bool) -> str:
    """The address of a page by its path without a suffix: ``/a/b/``, or ``/a/b.html``."""
    folder, name = posixpath.split(path)
    name = "index" if name == "README" else name
    if not directory_urls:
        return "/" + quote(posixpath.join(folder, f"{name}.html"))
    inner = folder if name == "index" else path
    return "/" + quote(f"{inner}/" if inner else "")


def title_of_name(name: str) -> str:
    """The title of a page that has no other."""
    title = name.replace("-", " ").replace("_", " ")
    return title.capitalize() if title == title.lower() else title


def _date(blog: Blog, date: datetime | None, language: str) -> str:
    if date is None:
        raise Unusable("There is no date, which the address needs. Write one: date: YYYY-MM-DD")
    part = formatted(date, blog.url_date, language.lower() or "en")
    if part is None:
        raise Unusable(
            f"post_url_date_format is {blog.url_date!r}, which is not known here. "
            "Write one like yyyy/MM/dd, " + _OR_TEMPLATE
        )
    return part


def _slug(blog: Blog, file: PostFile) -> str:
    """Made from the title as it stands in the source: whatever signs a heading has count too."""
    title = file.fields.text("title") or raw_heading(file.front.body) or title_of_name(file.name)
    if blog.post_slug is None:
        raise Unusable(
            "post_slugify names a function that is not known here. Write slug: … into the "
            "front matter, " + _OR_TEMPLATE
        )
    return blog.post_slug(title[:MAX_TITLE_CHARS], blog.post_joiner)


def _categories(blog: Blog, categories: Sequence[str]) -> str:
    chosen, slugify = categories[: blog.max_categories], blog.category_slug
    if chosen and slugify is None:
        raise Unusable(
            "categories_slugify names a function that is not known here. Name another, "
            + _OR_TEMPLATE
        )
    return "/".join(slugify(name, blog.category_joiner) for name in chosen if slugify)
