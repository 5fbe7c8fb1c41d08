"""A page as its readers have it: text, links, headings; and whether it is sound."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient

_VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})


@dataclass
class Element:
    """An element and the text in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class ReadPage:
    """A page, taken apart.

    Attributes:
        elements: in the order of their beginnings.
        unclosed: names of elements that did not end where they should.
    """

    html: str
    elements: list[Element] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def all(self, name: str, /, **attributes: str) -> list[Element]:
        """The elements of a name that have these attributes; ``class_`` for one of the classes."""
        class_ = attributes.pop("class_", "")
        return [
            e
            for e in self.elements
            if e.name == name
            and attributes.items() <= e.attributes.items()
            and (not class_ or class_ in e.attributes.get("class", "").split())
        ]

    def one(self, name: str, /, **attributes: str) -> Element:
        """The only such element."""
        (element,) = self.all(name, **attributes)
        return element

    @property
    def text(self) -> str:
        return self.one("main").text

    @property
    def titles(self) -> list[str]:
        """The titles of the hits."""
        return [e.text for e in self.all("h2", dir="auto")]

    def link(self, text: str) -> str:
        """Where the first link with this text leads."""
        return next(e.attributes["href"] for e in self.all("a") if e.text == text)


class _Reader(HTMLParser):
    def __init__(self, page: ReadPage) -> None:
        super().__init__()
        self.page = page
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].name == tag:
            self.open.pop()
        else:
            self.page.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read(html: str) -> ReadPage:
    """Take a page apart; white space in texts is one space."""
    page = ReadPage(html)
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    page.unclosed += [element.name for element in reader.open]
    for element in page.elements:
        element.text = " ".join(element.text.split())
    return page


def visit(client: FlaskClient, address: str, *, status: int = 200) -> ReadPage:
    """Ask for a page and take it apart."""
    response = client.get(address)
    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    return read(response.text)
