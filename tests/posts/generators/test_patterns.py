"""Patterns of paths, as a site's own lists have them."""

import pytest

from searchsvc.posts.generators.patterns import Ignored, glob


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("*.md", ["a.md", ".md"], ["b/a.md", "a.mdx"]),
        ("**/*.md", ["a.md", "b/a.md", "b/c/a.md"], ["a.mdx"]),
        ("**/*.{md,mdx}", ["a.md", "b/a.mdx"], ["a.mdy"]),
        ("a?c", ["abc"], ["a/c", "ac"]),
        ("[ab]*", ["apple", "b"], ["cat"]),
        ("[!ab]*", ["cat"], ["apple"]),
        ("posts/**", ["posts/a", "posts/b/c"], ["post", "posts"]),
        ("{a,{b,c}d}", ["a", "bd", "cd"], ["b"]),
        ("a{b", ["a{b"], ["ab"]),
        ("a,b", ["a,b"], ["a"]),
        (r"\*", ["*"], ["a"]),
        ("a+(b)", ["a+(b)"], ["aab"]),
    ],
)
def test_a_glob_fits_paths(pattern: str, fits: list[str], does_not: list[str]) -> None:
    paths = [*fits, *does_not]

    assert [path for path in paths if glob(pattern).fullmatch(path)] == fits


def test_the_last_line_that_fits_decides() -> None:
    ignored = Ignored(["# drafts", "", "*.md", "!keep.md", "/top.txt", "sub/x", "folder/"])

    meant = [path for path in ("a.md", "b/a.md", "keep.md", "b/keep.md", "top.txt", "b/top.txt",
                               "sub/x", "b/sub/x", "sub/x/y", "folder", "b/folder/c")
             if ignored(path)]  # fmt: skip

    assert meant == ["a.md", "b/a.md", "top.txt", "sub/x", "sub/x/y", "b/folder/c"]
