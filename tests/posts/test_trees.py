"""Trees: XML and HTML that were not made for us."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.posts.trees import (
    html_within,
    language_at,
    local_name,
    namespace,
    parse_html,
    parse_xml,
    text_of,
)
from searchsvc.posts.unusable import Unusable

# Each name stands for ten of the one before it: the last one for 30 GB.
BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE lol [<!ENTITY n0 "lol">'
    + "".join(f'<!ENTITY n{n} "{f"&n{n - 1};" * 10}">' for n in range(1, 11))
    + "]>\n<rss>&n10;</rss>"
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>',
        '<!-- first --><!DOCTYPE r SYSTEM "x.dtd" [ ]><r/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_that_declares_entities_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(Unusable, match="Its DOCTYPE declares names of its own"):
        parse_xml(text.encode(encoding))


def test_a_doctype_that_declares_nothing_does_no_harm() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/x.dtd">'

    root = parse_xml(
        f'\n<?xml version="1.0"?>\n{doctype}\n<rss>\n<a>caf&eacute;</a></rss>'.encode()
    )

    assert (text_of(root), root[0].sourceline) == ("café", 5)


def test_names_that_html_has_for_signs_are_known_and_others_told() -> None:
    assert text_of(parse_xml(b"<r>a&nbsp;b&NotEqualTilde;&amp;eacute;</r>")) == "a\xa0b≂̸&eacute;"
    with pytest.raises(Unusable, match="This is not XML: Entity 'rye' not defined"):
        parse_xml(b"<r>&rye;</r>")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<?xml version='1.0' encoding='iso-8859-1'?><r>\xe9\x93</r>", "é“"),
        (b"<?xml version='1.0' encoding='windows-1251'?><r>\xe6</r>", "ж"),
        (b"<?xml version='1.0' encoding='utf-8'?><r>\xc3\xa9</r>", "é"),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='big5'?><r>\xc3\xa9</r>", "é"),
        ("<?xml version='1.0' encoding='utf-16'?><r>é</r>".encode("utf-16"), "é"),
        (b"<?xml version='1.0' encoding='rot13'?><r>a</r>", "a"),
        (b"<r>a\x08b\x0bc</r>", "abc"),
    ],
)
def test_xml_says_its_encoding_itself(content: bytes, text: str) -> None:
    assert text_of(parse_xml(content)) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<meta charset=iso-8859-1><p>\xe9", "é"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>\xd6", "ж"),
        (b"<?xml version='1.0' encoding='ascii'?><!DOCTYPE html><p>\xc3\xa9", "é"),
    ],
)
def test_html_says_its_encoding_itself(content: bytes, text: str) -> None:
    assert text_of(parse_html(content)) == text


def test_broken_html_is_mended() -> None:
    root = parse_html(b"<title>Rye</title><p>One<p>Two <b>three<o:p>four</o:p><!-- five --></div>")

    assert html_within(root.find("body")) == "<p>One</p><p>Two <b>three<o:p>four</o:p></b></p>"


@pytest.mark.parametrize("page", [b"", b"  \n", b"<!-- nothing -->", b"<div>" * 3_000])
def test_a_page_of_nothing_or_without_end_is_told(page: bytes) -> None:
    with pytest.raises(Unusable, match=r"The page is (?:empty|nested too deeply)\. "):
        parse_html(page)


def test_xml_that_is_nested_without_end_is_told() -> None:
    with pytest.raises(Unusable, match="This is not XML: Excessive depth"):
        parse_xml(b"<a>" * 100_000)


def test_the_nearest_language_holds() -> None:
    root = parse_xml(b'<r xml:lang="de"><a xml:lang="en"><b/></a><c/></r>')

    assert [language_at(root[0][0]), language_at(root[1])] == ["en", "de"]


def test_names_are_known_with_and_without_their_namespace() -> None:
    root = parse_xml(b'<x:r xmlns:x="urn:x"><a/></x:r>')

    assert (local_name(root), namespace(root)) == ("r", "urn:x")
    assert (local_name(root[0]), namespace(root[0])) == ("a", "")


@given(
    st.lists(st.sampled_from(["<a>", "</a>", "<", "&", "&amp;", "&#0;", "<!--", "-->", "<![CDATA[",
                              "]]>", "<!DOCTYPE", "<?x", "?>", "\0", "é", " x='", "'", ">", "t"]))
)  # fmt: skip
def test_anything_becomes_a_tree_or_is_unusable(pieces: list[str]) -> None:
    for parse in (parse_xml, parse_html):
        with suppress(Unusable):
            html_within(parse("".join(pieces).encode()))
