"""Markup → the text that a reader sees."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.posts.markup import (
    EXCERPT_CHARS,
    MAX_MARKUP_CHARS,
    first_paragraph,
    page_of_html,
    page_of_markdown,
    plain_text,
    plain_title,
    shorten,
)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("A *loaf* of **rye**, `baked`.", "A loaf of rye, baked."),
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one\ntwo"),
        ("# Rye\n\nA loaf.\n\n- one\n- two", "Rye\nA loaf.\none\ntwo"),
        ("[a link](/rye 'title') and ![alt](a.png)", "a link and"),
        ("[a link][1]\n\n[1]: https://example.com", "a link"),
        ("| a | b |\n|---|---|\n| c | d |", "a\nb\nc\nd"),
        ("~~old~~ new", "old new"),
        ("> quoted", "quoted"),
        ("Rye[^1] bread\n\n[^1]: From *Riga*.", "Rye bread\nFrom Riga."),
        ("fish &amp; chips &lt;b&gt; &#58; &nbsp; x", "fish & chips <b> : x"),
        ("```go\nfunc  main() {\n\tx := 1\n}\n```", "func main() {\nx := 1\n}"),
        ("Use `<b>` and `a < b`.", "Use <b> and a < b."),
        ("    indented <b>\n", "indented <b>"),
    ],
)
def test_markdown_becomes_text(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("<div>A <b>lo</b>af.<br>Rye.</div>", "A loaf.\nRye."),
        ("a <!-- hidden --> b", "a b"),
        ("<!-- hidden\n\nparagraph -->\n\nseen", "seen"),
        ("<script>var x = '<p>';</script>\n\nseen", "seen"),
        ("<style>\np {}\n\nb {}\n</style>\n\nseen", "seen"),
        ('<a href="x" title="1 > 0">seen</a>', "seen"),
        ("<img alt='1 > 0' src=x>seen", "seen"),
        ("<custom-tag>one</custom-tag><p>two", "one\ntwo"),
        ("<p>never closed", "never closed"),
        ("<!DOCTYPE html>\n<?php echo 1 ?>\nseen", "seen"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
    ],
)
def test_html_becomes_text(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("A {{ page.title }} loaf {% include x.html a='}' %}baked", "A loaf baked"),
        ("{%- if x -%}rye{%- endif -%}", "rye"),
        ("{% comment %}hidden{% endcomment %}seen", "seen"),
        ("{% raw %}{{ shown }}{% endraw %} seen", "{{ shown }} seen"),
        ("{% highlight go %}\n*p = 1\n# no heading\n{% endhighlight %}", "*p = 1\n# no heading"),
        ("[post]({% post_url 2024-01-02-rye %})", "post"),
        ('{{< figure src="a.png" >}}\n\nseen', "seen"),
        ("{{% notice %}}\nseen\n{{% /notice %}}", "seen"),
        ("A loaf.\n{: .lead #a}\n\n# Rye\n{:.no_toc}", "A loaf.\nRye"),
        ("[x](y){:target=\"_blank\"} z", "x z"),
        ("Seen.\n\n* TOC\n{:toc}\n\nMore.", "Seen.\nMore."),
        ("The HTML spec.\n\n*[HTML]: Hypertext", "The HTML spec."),
        ("`{{ x }}` and `` `{% y %}` ``", "{{ x }} and `{% y %}`"),
        ("```\n{{ x }}\n{% y %}\n```\n{{ z }}", "{{ x }}\n{% y %}"),
        ("~~~\n```\n{{ x }}\n~~~\n\n{{ z }}", "```\n{{ x }}"),
        ("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "{{ x }}"),
        ("{:ok, value} stays, and an open {{ too", "{:ok, value} stays, and an open {{ too"),
        ("a { b } c", "a { b } c"),
        ("one {{ two\n\nthree }} four", "one {{ two\nthree }} four"),
        ("- ```\n  {{ x }}\n  ```\n\n{{ z }}", "{{ x }}"),
        ("```js``` is {{ y }}code", "js is code"),
        ("an ` open tick {{ x }} ends", "an ` open tick ends"),
    ],
)  # fmt: skip
def test_template_languages_are_not_seen_and_code_is(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "paragraph"),
    [
        ("A loaf.\n\nMore.", "A loaf."),
        ("A loaf  \nof rye.\n\nMore.", "A loaf of rye."),
        ("# Rye\n\nA *loaf*\nof rye.\n\nMore.", "A loaf of rye."),
        ("Rye\n===\n\nA loaf.", "A loaf."),
        ("![picture](a.png)\n\nA loaf.", "A loaf."),
        ("```\ncode\n```\n\nA loaf.", "A loaf."),
        ("{% include toc.html %}\n\nA loaf.", "A loaf."),
        ("<!-- note -->\n\n<p class='lead'>A loaf.</p>", "A loaf."),
        ("<div>A loaf.</div>", "A loaf."),
        ("- one\n- two", "one two"),
        ("# Rye\n\n```\ncode\n```", ""),
        ("- one[^1]\n\n[^1]: note", "one"),
        ("", ""),
    ],
)
def test_the_first_paragraph_is_prose(markdown: str, paragraph: str) -> None:
    assert first_paragraph(markdown) == paragraph


@pytest.mark.parametrize(
    ("markdown", "heading"),
    [
        ("# *Rye* &amp; wheat", "Rye & wheat"),
        ("Rye\n===\n", "Rye"),
        ("## Not this\n\n# This", "This"),
        ("<h1 class='x'>Rye</h1>", "Rye"),
        ("```\n# not this\n```", ""),
        ("A loaf.", ""),
    ],
)
def test_the_heading_is_the_first_of_the_first_level(markdown: str, heading: str) -> None:
    assert page_of_markdown(markdown).heading == heading


def test_backticks_mean_nothing_in_html() -> None:
    assert page_of_html("<p>`{{ x }}` *a*</p>").text == "`` *a*"


def test_a_text_is_cut_at_a_word() -> None:
    text = "loaf " * 100

    cut = shorten(text)

    assert len(cut) <= EXCERPT_CHARS
    assert cut.endswith("loaf…")


def test_a_short_text_stays_whole_on_one_line() -> None:
    assert shorten("A\n loaf.") == "A loaf."
    assert shorten("x" * 300) == "x" * 300


def test_a_writing_without_spaces_is_cut_anywhere() -> None:
    assert shorten("麦" * 400) == "麦" * 299 + "…"


def test_the_cut_leaves_no_comma_before_the_ellipsis() -> None:
    assert shorten("one, two, three", 10) == "one, two…"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("The <use> element", "The <use> element"),
        ("C# and F#", "C# and F#"),
        ("vector<int> and map<K, V>", "vector<int> and map<K, V>"),
        ("a < b > c", "a < b > c"),
        ("The <b> tag", "The <b> tag"),
        ("<em>Rye</em> and <strong class='x'>a <i>loaf</i></strong>", "Rye and a loaf"),
        ("Rye<br>bread<br/>", "Rye bread"),
        ("Rye &amp; wheat &#58; &ldquo;both&rdquo;&nbsp;now", "Rye & wheat : “both” now"),
        ("&lt;em&gt; explained", "<em> explained"),
        ("**Rye** and *wheat* and _oats_", "Rye and wheat and oats"),
        ("`go fmt` your code", "go fmt your code"),
        ("`a < b` and ``c``", "a < b and c"),
        ("A [link](https://example.com)", "A link"),
        ("Understanding __init__", "Understanding __init__"),
        ("snake_case_name and *args, **kwargs", "snake_case_name and *args, **kwargs"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (" Rye\n  bread \n", "Rye bread"),
        ("10 years 🎉", "10 years 🎉"),
        ("AT&T", "AT&T"),
    ],
)
def test_a_title_keeps_what_only_looks_like_markup(written: str, title: str) -> None:
    assert plain_title(written) == title


PATHOLOGICAL = [
    "*", "[", "![", ">", "`", "~a", "a**b", "<", "<!--", "{{", "{%", "{% raw %}", "{:", "*[a\n",
    "<script>", "<p>", "<h1>", "<a ", '<a b="', "<a '\"", "<?", "&", " ", "\n", "[a](b", "- ",
    "~~~\n```\n", "` `` ", "<b><i>", '<sup class="footnote-ref">', "* a\n{:toc}\n",
    '<a class="footnote-backref">',
]  # fmt: skip


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_ten_megabytes_of_anything_are_done_in_seconds(piece: str) -> None:
    text = piece * (10_000_000 // len(piece))
    started = time.process_time()

    for page in (page_of_markdown(text), page_of_html(text)):
        assert isinstance(page.text + page.first_paragraph + page.heading, str)
    plain_title(text[:MAX_MARKUP_CHARS])

    assert time.process_time() - started < 30


@given(st.text())
def test_any_text_is_markdown(text: str) -> None:
    page = page_of_markdown(text)

    assert page.text == page.text.strip()
    assert "\n" not in page.first_paragraph
    assert len(shorten(page.text)) <= EXCERPT_CHARS


@given(st.text(alphabet="abc XYZ.,é", min_size=1))
def test_words_are_neither_lost_nor_joined(text: str) -> None:
    assert plain_text(f"<p>{text}</p>").split() == text.split()


@given(st.text(max_size=500), st.integers(min_value=1, max_value=400))
def test_a_cut_text_is_never_too_long(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


# What the first letter of a line, and signs that look harmless, might be taken for.
PIECES = [
    "rye",
    "1. ",
    "- ",
    "  ",
    "    ",
    "\n",
    "\t",
    "\xa0",
    "\u2028",
    "\x85",
    "www.a.example",
    "--",
]
PIECES += [
    "https://a.example",
    "'",
    '"',
    "(c)",
    "=",
    "+",
    ": ",
    "; ",
    "%",
    "{% x %}",
    "é",
    "ß",
    "パン",
]
PIECES += [
    "*a*",
    "`b`",
    "&amp;",
    "<i>",
    "a_b",
    "[c](d)",
    "~~e~~",
    "^",
    "@",
    "$",
    "/",
    "\\",
    "!",
    "?",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)))
def test_text_without_markup_takes_a_short_way_that_gives_the_same(text: str) -> None:
    assert plain_text(text) == page_of_markdown(text).text
