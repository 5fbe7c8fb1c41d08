"""Front matter that sections, and the site, give to pages below them."""

from datetime import date

import pytest
from cells import shows
from posts_blog import Blog, matter

RYE = "content/posts/rye.md"


@shows("site-wide", "hidden", "tags", "categories", "address")
def test_the_nearest_section_that_gives_a_value_counts(hugo: Blog) -> None:
    hugo.write(
        "hugo.toml",
        "[[cascade]]\ntags = ['site']\ncategories = ['site']\n[cascade.params]\nsummary = 'All'\n",
    )
    hugo.write("content/_index.md", matter(cascade="{Tags: [home], date: 2024-01-02}"))
    hugo.write("content/posts/_index.md", matter(cascade="{params: {tags: [posts]}, draft: true}"))
    hugo.write(
        "content/posts/deep/_index.md",
        "+++\n[cascade]\ndraft = false\nurl = '/:year/:filename/'\n+++\n",
    )

    deep = hugo.post("content/posts/deep/er/a.md", matter(title="x"))
    own = hugo.post("content/posts/b.md", matter(title="x", draft="false", tags="[own]"))

    assert hugo.left_out(RYE, matter(title="x")) == "draft"
    assert deep.excerpt == "All"
    assert (deep.tags, deep.categories, deep.url) == (("posts",), ("site",), "/2024/a/")
    assert (own.tags, own.date) == (("own",), date(2024, 1, 2))
    assert hugo.post("content/first.md", matter(title="x")).tags == ("home",)


@shows("site-wide")
@pytest.mark.parametrize(
    ("target", "is_meant"),
    [
        ("{path: '/posts/r*'}", True), ("{path: '/posts/**'}", True), ("{path: '/**/rye'}", True),
        ("{path: '/POSTS/{rye,oats}'}", True), ("{path: '/posts/[!a]?e'}", True),
        ("{path: '/p*'}", False), ("{path: '/posts/x*'}", False), ("{path: '/posts/(rye'}", False),
        ("{path: '/posts/[z-a]'}", False),
        ("{kind: page}", True), ("{kind: '{section,home}'}", False),
        ("{environment: 'prod*'}", True), ("{environment: staging}", False),
        ("{lang: en}", True), ("{lang: fr}", False),
        ("{sites: {matrix: {languages: [fr, e*]}}}", True),
        ("{}", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["target", "_target"])
def test_a_cascade_may_be_meant_for_some_pages(
    hugo: Blog, key: str, target: str, is_meant: bool
) -> None:
    hugo.write(
        "content/posts/_index.md",
        f"---\ncascade:\n- {key}: {target}\n  tags: [given]\n- tags: [others]\n- nonsense\n---\n",
    )

    assert hugo.post(RYE, matter(title="x")).tags == (("given",) if is_meant else ("others",))


@shows("site-wide", "hidden")
def test_a_section_that_cannot_be_read_and_may_give_something_holds_its_pages_back(
    hugo: Blog,
) -> None:
    hugo.write("content/posts/_index.md", "---\ntitle: a: b\ncascade: {draft: true}\n---\n")

    problem = hugo.problem(RYE, matter(title="x"))

    assert "content/posts/_index.md:2: This is not YAML" in problem.message
    assert problem.message.endswith("What it gives to this page cannot be known before")


@shows("site-wide")
def test_a_section_that_cannot_be_read_but_gives_nothing_does_no_harm(hugo: Blog) -> None:
    hugo.write("content/posts/_index.md", "---\ntitle: a: b\n---\n")

    assert hugo.post(RYE, matter(title="x")).url == "/posts/rye/"
