"""Patterns of paths, as the configurations of generators hold them."""

import pytest

from searchsvc.posts.generators.globs import covers


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
        ("{a", [], ["a", "{a"]),
        ("[z-a]", [], ["a", "[z-a]"]),
    ],
)
def test_a_pattern_covers_whole_paths(pattern: str, covered: list[str], others: list[str]) -> None:
    assert [path for path in covered + others if covers([pattern], path)] == covered


@pytest.mark.parametrize("pattern", ["*.md", "a?b.md"])
def test_single_signs_cross_slashes_where_the_generator_lets_them(pattern: str) -> None:
    assert not covers([pattern], "a/b.md")
    assert covers([pattern], "a/b.md", crossing=True)
