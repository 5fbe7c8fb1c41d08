"""Patterns of paths, as the configurations of generators hold them."""

import pytest

from searchsvc.posts.generators.globs import Globs, Ignored, covers


@pytest.mark.parametrize(
    ("pattern", "covered", "others"),
    [
        ("*.md", ["a.md", ".md"], ["a/b.md", "a.mdx"]),
        ("**/*.md", ["a.md", "a/b/c.md"], ["a.html"]),
        ("a/**", ["a/b", "a/b/c"], ["b/a", "a"]),
        ("**/x/**", ["x/y", "/home/x/y/z"], ["xx/y"]),
        ("a/?.md", ["a/b.md"], ["a/bc.md", "a/.md"]),
        ("*.{md,html}", ["a.md", "a.html"], ["a.txt", "a.{md,html}"]),
        ("a,b", ["a,b"], ["a", "b"]),
        ("[ab].md", ["a.md"], ["c.md"]),
        ("[!ab].md", ["c.md"], ["a.md"]),
        (r"\*.md", ["*.md"], ["a.md"]),
        ("./a.md", ["a.md"], ["b/a.md"]),
        ("a+(b).md", ["a+(b).md"], ["aab.md"]),
        ("**/*.{md,mdx}", ["a.md", "b/a.mdx"], ["a.mdy"]),
        ("{a,{b,c}d}", ["a", "bd", "cd"], ["b"]),
        ("{**/a,b}.md", ["a.md", "x/a.md", "b.md"], ["x/b.md"]),
        ("a**.md", ["ab.md"], ["a/b.md"]),
        ("{a", ["{a"], ["a"]),
        ("[]a]", ["]", "a"], ["[]a]"]),
        ("[]", ["[]"], [""]),
        ("[z-a]", [], ["a", "[z-a]"]),
    ],
)
def test_a_pattern_covers_whole_paths(pattern: str, covered: list[str], others: list[str]) -> None:
    assert [path for path in covered + others if covers([pattern], path)] == covered


@pytest.mark.parametrize("pattern", ["*.md", "a?b.md"])
def test_single_signs_cross_slashes_where_the_generator_lets_them(pattern: str) -> None:
    assert not covers([pattern], "a/b.md")
    assert covers([pattern], "a/b.md", crossing=True)


def test_hidden_files_are_never_meant() -> None:
    files = Globs(("**/*.md",), ("drafts/**",))

    meant = [path for path in ("a.md", "b/a.md", "drafts/a.md", ".a.md", ".b/a.md")
             if files.take(path)]  # fmt: skip

    assert meant == ["a.md", "b/a.md"]


def test_the_last_line_that_fits_decides() -> None:
    ignored = Ignored(["# drafts", "", "*.md", "!keep.md", "/top.txt", "sub/x", "folder/"])

    meant = [path for path in ("a.md", "b/a.md", "keep.md", "b/keep.md", "top.txt", "b/top.txt",
                               "sub/x", "b/sub/x", "sub/x/y", "folder", "b/folder/c")
             if ignored(path)]  # fmt: skip

    assert meant == ["a.md", "b/a.md", "top.txt", "sub/x", "sub/x/y", "b/folder/c"]
