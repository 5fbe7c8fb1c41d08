"""Trees: bytes of XML and HTML → elements; the only user of lxml.

Nothing outside the file is ever loaded, and no entity that the file itself declares is
known: what stands before the first element is taken off, and a list of declarations
there is refused. So no bomb of entities goes off. libxml2 bounds the rest: elements 256
deep in XML and 2,048 in HTML, and 10 MB for one text of XML.

lxml ships no types: an ``Element`` is asked through the functions below.
"""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any, TypeAlias

from lxml import etree

from searchsvc.posts.encoding import clean, decode
from searchsvc.posts.unusable import Unusable

Element: TypeAlias = Any

# The encodings of the web that have the signs of ASCII where ASCII has them.
_ENCODING = re.compile(
    r"iso-8859-\d{1,2}|windows-125\d|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|euc-jp|euc-kr"
    r"|shift_jis|us-ascii",
    re.IGNORECASE,
)
_IN_XML = re.compile(rb"""\s*<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,30})["']""")
_IN_HTML = re.compile(rb"""<meta\s[^<>]{0,500}?charset\s*=\s*["']?([\w.:-]{1,30})""", re.IGNORECASE)
# A page names its encoding within the first 1,024 bytes, says the standard; some are late.
_HEAD_BYTES = 4_096
# The declaration, comments, instructions, and a DOCTYPE that declares nothing.
_PROLOG = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*+>)*+", re.DOTALL)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"


def parse_xml(content: bytes) -> Element:
    """The root of an XML document.

    The names that HTML has for signs (``&nbsp;``) are known, as feeds often take them for
    granted; control characters are taken out.

    Raises:
        Unusable: it is no XML, or declares entities of its own; tells the line.
    """
    text = _text_of(content, _IN_XML)
    prolog = _PROLOG.match(text)
    assert prolog is not None, "it may be empty"
    if text.startswith("<!DOCTYPE", prolog.end()):
        raise Unusable("Its DOCTYPE declares names of its own, which are not read. Remove it", 1)
    lines = "\n" * prolog[0].count("\n")
    body = _NAMED.sub(_numbered, text[prolog.end() :])
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring((lines + body).encode(), parser)
    except etree.XMLSyntaxError as error:
        what = (error.msg or "there is nothing in it").split(", line ")[0]
        raise Unusable(f"This is not XML: {what}", error.lineno or 1) from error


def parse_html(content: bytes) -> Element:
    """The ``<html>`` of a page; broken HTML is mended as a browser would, nearly.

    Raises:
        Unusable: the page is empty, of no known encoding, or nested beyond reason.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    # A declaration of XML would be taken for the encoding.
    text = _PROLOG.sub("", _text_of(content, _IN_HTML), count=1)
    root = etree.fromstring(text.encode(), parser) if text.strip() else None
    if root is None:
        raise Unusable("The page is empty. Build the site anew")
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise Unusable("The page is nested too deeply. Close its elements")
    return root


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """The namespace of an element; "" without one."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def text_of(element: Element) -> str:
    """All the text in an element, without spaces around."""
    return "".join(element.itertext()).strip()


def html_within(element: Element) -> str:
    """What is in an element, as HTML."""
    for one in element.iter():
        if "}" in one.tag:
            # XHTML in a feed may come with a prefix before each name.
            one.tag = local_name(one)
    inner = (etree.tostring(child, method="html", encoding="unicode") for child in element)
    return escaped_text(element.text or "") + "".join(inner)


def outermost(root: Element, tag: str) -> list[Element]:
    """The elements of a name that are not in another one of it."""
    found, depth = [], 0
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=tag):
        if event == "end":
            depth -= 1
            continue
        if depth == 0:
            found.append(element)
        depth += 1
    return found


def escaped_text(text: str) -> str:
    """Plain text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def language_at(element: Element) -> str:
    """The ``xml:lang`` that holds for an element; "" when nothing says it."""
    return next((lang for at in _upwards(element) if (lang := at.get(f"{_NAMESPACE}lang"))), "")


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _text_of(content: bytes, declared: re.Pattern[bytes]) -> str:
    """The text of a file whose own first lines may name its encoding."""
    found = declared.search(content, 0, _HEAD_BYTES)
    name = found[1].decode() if found else ""
    if not _ENCODING.fullmatch(name) or content.startswith((b"\xef\xbb\xbf", b"\xff\xfe")):
        return decode(content)
    # As browsers have it: who says Latin-1 often means what Windows makes of it.
    codec = "cp1252" if name.lower() == "iso-8859-1" else name
    try:
        text = content.decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unusable(f"It says that it is {name}, and is not. Save the file as UTF-8") from error
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def _numbered(found: re.Match[str]) -> str:
    """A sign that HTML has a name for, as XML knows it: by its number."""
    signs = html5.get(found[1]) if found[1] not in _OF_XML else None
    return "".join(f"&#{ord(sign)};" for sign in signs) if signs else found[0]
