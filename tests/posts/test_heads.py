"""Heads: what is told of a text by its beginning is what all of it tells."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.posts.heads import html_of_head
from searchsvc.posts.html_text import heading_of_html, paragraph_of_html
from searchsvc.posts.markup import MarkdownPage, page_of_markdown
from searchsvc.posts.rendering import html_of_markdown

REAL_POSTS = sorted((Path(__file__).parents[3] / "shared").rglob("*.md"))
LONG = "\n\n".join(["Flour, water and salt make a dough that waits for a day and then bakes."] * 60)

# Whatever may make a line mean another thing because of what stands before or after it.
BLOCKS = st.sampled_from(
    [
        *("# Rye", "## Oat", "Rye\n===", "![Rye](/rye.jpg)", "![Oat][oat]", "***", "<p>Raw</p>"),
        *("A loaf of [rye] and *oat*", "See [the oven][oat] or [this](/x)[^1]", "Note[^2] here"),
        *("- rye", "- oat\n- wheat", "1. rye\n\n2. oat", "- rye\n\n  more of it", "  oat"),
        *("> [rye] says", "> - oat", "```\ncode [rye]", "```", "~~~ py", "    indented", "   ```"),
        *("<div>", "</div>", "<!-- hidden", "-->", "<script>", "</script>", "<p>open", "</p>"),
        *("<pre>", "</pre>", "| a | b |\n|---|---|\n| [rye] | 1 |", "`tick", "``", "{{ site.x }}"),
        *("{% comment %}", "{% endcomment %}", "{:toc}", "*[HTML]: no", "{% highlight c %}"),
        *("[rye]: /rye", '[oat]: /oat "Oat"', "[rye]:\n/other", "   [oat]: /three", "> [rye]: /q"),
        *("[^1]: Foot [rye]", "[^2]: Note\n    more", "[a\nb]: /x", "x[1]: y", '[rye]: <b> "t'),
        *('<sup class="footnote-ref">', "</sup>", "<a href='x'>", "\tTab", "&amp; [rye][]", "thus"),
    ]
)
FILLER = st.integers(0, 16).map(lambda count: "\n\n".join([LONG[:150]] * count))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Blocks around a text that is long enough for having a head."""
    before, after = draw(st.lists(BLOCKS, max_size=6)), draw(st.lists(BLOCKS, max_size=8))
    parts = [*before, draw(FILLER), *draw(st.lists(BLOCKS, max_size=3)), LONG[:2_000], *after]
    return "".join(part + draw(st.sampled_from(["\n\n", "\n\n", "\n"])) for part in parts)


def both(markdown: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """First paragraph and heading of a page, and those of all its HTML."""
    page = page_of_markdown(markdown)
    quick = page.first_paragraph, page.heading
    whole = page.html
    return quick, (paragraph_of_html_slowly(whole), heading_of_html(whole))


def paragraph_of_html_slowly(html: str) -> str:
    """What is told when nothing but all of it is looked at: behind it there is nothing."""
    return paragraph_of_html(f"{' ' * 5_000}{html}")


@given(texts())
def test_a_head_tells_the_same_as_the_whole(markdown: str) -> None:
    quick, whole = both(markdown)

    assert quick == whole


@given(texts())
def test_the_html_of_a_head_is_how_that_of_the_whole_begins(markdown: str) -> None:
    assert html_of_markdown(markdown).startswith(html_of_head(markdown))


@pytest.mark.parametrize("path", REAL_POSTS, ids=str)
def test_real_posts_tell_the_same_by_their_heads(path: Path) -> None:
    quick, whole = both(path.read_text(encoding="utf-8", errors="replace"))

    assert quick == whole


def test_a_long_text_is_not_rendered_for_its_first_paragraph() -> None:
    page = page_of_markdown(f"# Rye\n\nA [loaf][rye][^1] of it.\n\n{LONG}\n\n[rye]: /rye\n[^1]: N")

    assert (page.heading, page.first_paragraph) == ("Rye", "A loaf of it.")
    assert isinstance(page, MarkdownPage)
    assert "html" not in vars(page)


@pytest.mark.parametrize(
    "end",
    [
        *("[rye]:\n/rye", "> [rye]: /rye", "- x\n\n  [rye]: /rye", "[rye]: </a b>"),
        *("```\n\n[rye]: /rye\n\n```", "<!--\n\n[rye]: /rye\n\n-->", "[rye]: /r 'Rye'"),
    ],
)
def test_there_is_no_head_when_it_is_not_certain_what_a_link_is(end: str) -> None:
    assert html_of_head(f"A [loaf][rye].\n\n{LONG}\n\n{end}") == ""


@pytest.mark.parametrize("opening", ["```", "~~~", "<!--", "<script>", "<pre>"])
def test_there_is_no_head_that_ends_within_code_or_html(opening: str) -> None:
    assert html_of_head(f"{opening}\n\n{LONG}") == ""


def test_rendering_gives_its_memory_back() -> None:
    code = (
        "import resource; from searchsvc.posts.rendering import html_of_markdown\n"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "text = 'A *loaf* of [rye](/rye).\\n\\n' * 300; html_of_markdown(text); before = used()\n"
        "for _ in range(200): html_of_markdown(text)\n"
        "print(used() / before)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    # What was never given back would make it four times as much.
    assert float(done.stdout) < 1.5
