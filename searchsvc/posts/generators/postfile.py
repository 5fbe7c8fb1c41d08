"""PostFile: one file as a generator's rules look at it; Told: a value and the rule that gave it."""

from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from searchsvc.posts.frontmatter import FrontMatter
from searchsvc.posts.generators.fields import Fields
from searchsvc.posts.markup import Page, page_of_html, page_of_markdown, page_of_mdx

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown"})
HTML = frozenset({".html", ".htm"})
# Template languages that are HTML with tags in it.
TEMPLATES = frozenset({".njk", ".liquid", ".webc"})

T_co = TypeVar("T_co", covariant=True)


class Told(NamedTuple, Generic[T_co]):
    """A value of a post, and the rule that gave it in words for the author of the post.

    The rule is what `searchsvc explain-post` shows: ``front matter: title``,
    ``_config.yml: permalink``, ``name of the file``.
    """

    value: T_co
    rule: str


class PostFile:
    """A file that may be a post.

    Attributes:
        path: below the site's root, with ``/``.
        front: its front matter and body.
        fields: its metadata as the generator sees it, defaults of the site included.
    """

    def __init__(self, path: str, front: FrontMatter, fields: Fields) -> None:
        self.path = path
        self.front = front
        self.fields = fields

    @cached_property
    def page(self) -> Page:
        """The body, rendered; which takes most of the time of reading, so only when asked for."""
        return self.page_of(self.front.body)

    def page_of(self, body: str) -> Page:
        """Render some text as the body of this file would be."""
        if self.suffix == ".mdx":
            return page_of_mdx(body)
        return page_of_html(body) if self.suffix in HTML | TEMPLATES else page_of_markdown(body)

    @property
    def suffix(self) -> str:
        """With its dot and in small letters: ``.md``."""
        return suffix_of(self.path)

    @property
    def folder(self) -> str:
        """The folder that it lies in, below the site's root; "" for the root."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The name of the file without its suffix."""
        name = self.path.rpartition("/")[2]
        return name[: len(name) - len(self.suffix)]


def suffix_of(path: str) -> str:
    """The suffix of a path with its dot and in small letters; "" when there is none."""
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if stem else ""
