"""Item: what a feed of any format says of one post; Named: XML asked by the names in feeds."""

from collections.abc import Sequence
from dataclasses import dataclass

from searchsvc.posts.feeds.entries import NONE_OF_THEM
from searchsvc.posts.generators.postfile import Told
from searchsvc.posts.trees import Element, local_name, namespace, text_of

SAYS_NOTHING: Told[str] = Told("", "")

# What the namespaces of feeds are usually called; those of an export carry its version.
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/2007/app": "app:",
    "http://purl.org/atom/app#": "app:",
    "http://schemas.google.com/blogger/2018": "blogger:",
    **{f"http://wordpress.org/export/1.{n}/": "wp:" for n in range(3)},
    **{f"http://wordpress.org/export/1.{n}/excerpt/": "excerpt:" for n in range(3)},
}


@dataclass(frozen=True, slots=True)
class Item:
    """One post of a feed; values that it does not say are "".

    Attributes:
        url: absolute, or a path below the site's address.
        title: plain text.
        date: as written.
        summary, body: HTML; the summary is "" where it is all there is, and so the body.
        lang: a language tag.
        left_out: why it is no post for readers, in a word or two.
        scheduled: it is not to be seen before its date.
    """

    url: Told[str]
    title: Told[str] = SAYS_NOTHING
    date: Told[str] = SAYS_NOTHING
    categories: Told[Sequence[str]] = NONE_OF_THEM
    tags: Told[Sequence[str]] = NONE_OF_THEM
    summary: Told[str] = SAYS_NOTHING
    body: Told[str] = SAYS_NOTHING
    lang: Told[str] = SAYS_NOTHING
    left_out: str = ""
    scheduled: bool = False


class Named:
    """The children of an element by name: ``title``, ``dc:date``, ``content:encoded``.

    Names in the namespace of the element itself have no prefix; those in a namespace that
    is not listed above are not looked at.
    """

    def __init__(self, element: Element) -> None:
        self.element = element
        own = namespace(element)
        self._children: dict[str, list[Element]] = {}
        for child in element:
            prefix = "" if namespace(child) == own else _PREFIXES.get(namespace(child))
            if prefix is not None:
                self._children.setdefault(prefix + local_name(child), []).append(child)

    def all(self, name: str) -> list[Element]:
        """The children of a name, in order."""
        return self._children.get(name, [])

    def text(self, *names: str) -> Told[str]:
        """The text of the first name that has some."""
        for name in names:
            for child in self.all(name):
                if text := text_of(child):
                    return Told(text, name)
        return SAYS_NOTHING

    def texts(self, *names: str) -> Told[Sequence[str]]:
        """The texts of all these names."""
        found = [(name, text_of(child)) for name in names for child in self.all(name)]
        rules = dict.fromkeys(name for name, _ in found)
        return Told([text for _, text in found], ", ".join(rules))
