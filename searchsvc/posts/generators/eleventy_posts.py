"""Which of Eleventy's pages are posts, and which of its tags are topics.

Eleventy knows pages only, and collections, which it gathers by tags. A tag that a whole folder has
through its data files is a collection and no topic; so are those that say "post" or "page".
"""

import re
from collections.abc import Sequence

from searchsvc.posts.generators.eleventy_config import EleventyConfig
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.generators.globs import covers
from searchsvc.posts.generators.postfile import MARKDOWN, PostFile

# Tags that gather pages for a list or a menu.
NO_TOPICS = frozenset(
    "all nav navigation post posts blog page pages article articles entry entries".split()
)
_NO_POSTS = frozenset({"nav", "navigation", "page", "pages", "all"})
_POST_FOLDERS = frozenset(
    "_posts article articles blog entries essays journal news notes post posts stories thoughts "
    "til weblog writing writings".split()
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# A page that lists others.
_LISTS = re.compile(r"\{[{%][^}]*\bcollections\b")


def is_post(config: EleventyConfig, file: PostFile, collections: Sequence[str]) -> bool:
    """Whether a page is a post: by its collections, its folder, or the date of a Markdown file.

    Args:
        collections: the tags that its folder gives it.
    """
    if "pagination" in file.fields.values or _is_start_of_section(config, file):
        return False
    if not _is_gathered(config, file, collections):
        has_date = "date" in file.front.metadata or DAY.search(file.path) is not None
        return file.suffix in MARKDOWN and has_date
    return file.suffix in MARKDOWN or not _LISTS.search(file.front.body)


def topics(fields: Fields, collections: Sequence[str]) -> list[str]:
    """The tags of a page that say what it is about."""
    no_topics = NO_TOPICS | {name.lower() for name in collections}
    return [tag for tag in _gathering(fields) if tag.lower() not in no_topics]


def inner_path(config: EleventyConfig, path: str) -> str:
    """A path below the folder of the contents."""
    return path.removeprefix(f"{config.input}/") if config.input else path


def _is_start_of_section(config: EleventyConfig, file: PostFile) -> bool:
    folders = inner_path(config, file.path).split("/")[:-1]
    return file.name == "index" and (not folders or folders[-1] in _POST_FOLDERS)


def _is_gathered(config: EleventyConfig, file: PostFile, collections: Sequence[str]) -> bool:
    by_folder = {name.lower() for name in collections} - _NO_POSTS
    by_tag = {tag.lower() for tag in _gathering(file.fields)} & (NO_TOPICS - _NO_POSTS)
    by_name = _POST_FOLDERS.intersection(inner_path(config, file.path).split("/")[:-1])
    return bool(by_folder or by_tag or by_name) or covers(config.post_patterns, file.path)


def _gathering(fields: Fields) -> list[str]:
    """The tags by which Eleventy gathers a page."""
    left_out = fields.values.get("eleventyExcludeFromCollections", [])
    out = left_out.split(",") if isinstance(left_out, str) else left_out
    return [tag for tag in fields.strings("tags", str.split) if tag not in out]
