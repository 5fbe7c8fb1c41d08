"""Files made to take for ever, or all memory: each is refused or read, and what is told is clear.

How long it takes is not asserted: what these tests guard against took minutes, or never ended.
"""

import os
import tomllib
from pathlib import Path

import pytest
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.jsonlines import JsonLines
from searchsvc.posts.post import Made, Post, Problem
from searchsvc.posts.source import open_source
from searchsvc.posts.surroundings import surroundings
from searchsvc.posts.values import MAX_CHARS, parse_toml
from searchsvc.settings import Settings

LOAF = "---\ntitle: A loaf\ndate: 2024-01-02\n---\nOf rye.\n"
DEEP = 10_000


def yaml(front: str) -> str:
    return f"---\ntitle: A loaf\n{front}\n---\nOf rye.\n"


def toml(front: str) -> str:
    return f'+++\ntitle = "A loaf"\n{front}\n+++\nOf rye.\n'


def json(front: str) -> str:
    return f'{{"title": "A loaf", {front}}}\nOf rye.\n'


@pytest.mark.parametrize(
    "content",
    [
        yaml("x: " + "[" * DEEP + "]" * DEEP),
        yaml("x: " + "{a: " * DEEP + "}" * DEEP),
        yaml("x:\n  " + "- " * DEEP + "a"),
        yaml("? " * DEEP + "a"),
        json('"x": ' + "[" * DEEP + "]" * DEEP),
        json('"x": ' + '{"a": ' * DEEP + "1" + "}" * DEEP),
        toml("a." * DEEP + "b = 1"),
        toml("[" + "a." * DEEP + "b]"),
        toml("\n".join("a." * 1_500 + f"b{n} = 1" for n in range(300))),
        toml("x = {" + '"a" . ' * DEEP + "b = 1}"),
    ],
)
def test_deep_nesting_is_told(blog: Blog, content: str) -> None:
    assert "nested too deeply" in blog.problem("a.md", content).message


@pytest.mark.parametrize(
    "front", ["x = " + "[" * DEEP + "]" * DEEP, "x = " + "{a = " * DEEP + "1" + "}" * DEEP]
)
def test_deep_values_of_toml_are_told(blog: Blog, front: str) -> None:
    assert "This is not TOML" in blog.problem("a.md", toml(front)).message


def test_aliases_of_aliases_are_told(blog: Blog) -> None:
    lines = [f"a{n}: &a{n} {{p: *a{n - 1}, q: *a{n - 1}}}" for n in range(1, 40)]

    problem = blog.problem("a.md", yaml("\n".join(["a0: &a0 {x: 1}", *lines])))

    assert "holds more than 20000 values" in problem.message


@pytest.mark.parametrize(
    "content",
    [
        yaml("description: " + "rye " * MAX_CHARS),
        yaml("# rye\n" * (MAX_CHARS // 5)),
        toml('description = "' + "rye " * MAX_CHARS + '"'),
        toml("\n".join(f"k{n} = 1" for n in range(MAX_CHARS // 10))),
        json('"description": "' + "rye " * MAX_CHARS + '"'),
        json('"description": "' + "rye " * MAX_CHARS),
        json(", ".join(f'"k{n}": 1' for n in range(MAX_CHARS // 10))),
    ],
)
def test_long_front_matter_is_told(blog: Blog, content: str) -> None:
    problem = blog.problem("a.md", content)

    assert "The front matter is longer than 1 million characters. Put what is" in problem.message


def test_a_long_configuration_in_toml_is_told() -> None:
    with pytest.raises(ContentError, match=r"longer than 1 million characters\. Shorten it"):
        parse_toml("# rye\n" * MAX_CHARS)


def test_broken_json_above_a_long_body_is_not_taken_for_long(blog: Blog) -> None:
    problem = blog.problem("a.md", '{"title": rye}\n' + "rye " * MAX_CHARS)

    assert "This is not JSON" in problem.message


def test_a_fence_of_a_million_dashes_is_no_fence(blog: Blog) -> None:
    assert blog.post("a.md", "-" * 1_000_000 + "\ntitle: Rye\n").title == "A"


def test_a_number_too_long_to_write_is_told(blog: Blog) -> None:
    front = "x = 0x" + "f" * 5_000
    assert tomllib.loads(front)

    assert "A number is too long" in blog.problem("a.md", toml(front)).message


@pytest.mark.parametrize("form", ["tags: [{}]", "tags: {}"])
def test_a_million_tags_are_told(blog: Blog, form: str) -> None:
    tags = ", ".join(f"t{n}" for n in range(1_000_000))

    assert "Put what is text below it" in blog.problem("a.md", yaml(form.format(tags))).message


def test_a_title_of_most_of_a_megabyte_is_cut(blog: Blog) -> None:
    assert len(blog.post("a.md", yaml("title: " + "rye " * 200_000)).title) <= 2_000


@pytest.mark.parametrize("sign", "[ * ` { < | ( > _ ~ # - = & \\ $ % ! ^ :".split())
def test_megabytes_of_one_sign_are_read(blog: Blog, sign: str) -> None:
    assert isinstance(blog.post("a.md", yaml("") + sign * 3_000_000), Post)


@pytest.mark.parametrize("piece", "{# {/* <% {{{ [^1] {#a [[toc {.a} [^1".split())
def test_megabytes_of_the_beginning_of_a_tag_are_read(blog: Blog, piece: str) -> None:
    assert isinstance(blog.post("a.md", yaml("") + f"{piece} " * 300_000), Post)


def test_a_hundred_thousand_markers_in_code_are_read(blog: Blog) -> None:
    body = "A loaf.\n" + "```\n<!--more-->\n```\n" * 100_000

    post = blog.post("source/_posts/a.md", yaml("date: 2024-01-02") + body, generator="hexo")

    assert post.excerpt == "Of rye. A loaf."


def test_a_hundred_thousand_headers_of_pelican_are_told(blog: Blog) -> None:
    blog.write("pelicanconf.py", "PATH = 'content'\n")

    problem = blog.problem("content/a.md", "".join(f"k{n}: rye\n" for n in range(100_000)))

    assert "holds more than 20000 values" in problem.message


def test_sparse_files_of_any_length_are_told_and_not_read(blog: Blog) -> None:
    for n in range(50):
        os.truncate(blog.write(f"{n}.md", ""), 100_000_000_000)

    found = blog.read()

    assert {r.message for r in found if isinstance(r, Problem)} == {
        "It is longer than 10 MB, too long for a post. Split it"
    }


def test_a_data_file_of_any_length_is_not_read_whole(blog: Blog) -> None:
    os.truncate(blog.write("a.json", ""), 100_000_000_000)

    assert surroundings(blog.root, without=blog.root / "index") is None


def test_lines_without_an_end_are_counted_by_parts(blog: Blog) -> None:
    path = blog.write("posts.jsonl", b'{"url": "/rye", "title": "Rye"}\n')
    os.truncate(path, 50_000_000)

    assert len(JsonLines(path, Settings())) > 1


def test_a_circle_of_a_thousand_links_is_told(blog: Blog) -> None:
    for n in range(1_000):
        (blog.root / f"{n}.md").symlink_to(f"{(n + 1) % 1_000}.md")

    messages = {r.message for r in blog.read() if isinstance(r, Problem)}

    assert messages == {
        "It cannot be read (Too many levels of symbolic links). Mend that, or remove it"
    }


def test_a_link_to_a_device_is_told(blog: Blog) -> None:
    (blog.root / "a.md").symlink_to("/dev/zero")

    (problem,) = blog.read()

    assert isinstance(problem, Problem)
    assert "leads out of" in problem.message


def test_folders_deeper_than_the_system_can_name_are_told(blog: Blog) -> None:
    blog.write("a.md", LOAF)
    at = os.open(blog.root, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("d" * 20, dir_fd=at)
        at, above = os.open("d" * 20, os.O_RDONLY, dir_fd=at), at
        os.close(above)
    os.close(at)

    with pytest.raises(ContentError, match=r"the folder cannot be read \(File name too long\)"):
        blog.read()


CONFIGURATIONS = [
    "_config.yml", "hugo.toml", "config.toml", "config.yaml", "zola.toml", "package.json", ".env",
    ".gitignore", ".eleventyignore", "eleventy.config.js", "mkdocs.yml", "pelicanconf.py",
    "docusaurus.config.js", "astro.config.mjs", "src/pages/[slug].astro", "data/rye.json",
]  # fmt: skip
GENERATORS = ["auto", "astro", "eleventy", "hexo", "hugo", "zola"]


@pytest.mark.parametrize("name", CONFIGURATIONS)
@pytest.mark.parametrize("generator", GENERATORS)
def test_a_pipe_in_the_place_of_a_configuration_is_not_waited_for(
    blog: Blog, name: str, generator: str
) -> None:
    for path in ("content/a.md", "src/content/blog/a.md"):
        blog.write(path, LOAF)
    if generator == "hexo":
        blog.write("source/_posts/a.md", LOAF)
    pipe: Path = blog.root / name
    pipe.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(pipe)

    source = open_source(Settings(content=(blog.root,), generator=generator))  # type: ignore[arg-type]

    # With something known, the data files are looked at too.
    assert list(source.readings({b"x": Made("x", "/x")}))


def test_ten_thousand_files_in_one_folder_are_read(blog: Blog) -> None:
    for n in range(10_000):
        (blog.root / f"{n}.md").write_text("A loaf.")

    assert len(blog.read()) == 10_000


def test_folders_with_markdown_that_are_not_entered_are_named(blog: Blog) -> None:
    blog.write("_content/blog/a.md", LOAF)
    blog.write("notes/.old/a.md", LOAF)
    blog.write("node_modules/b/README.md", LOAF)
    blog.write("_pictures/a.png", b"")

    with pytest.raises(ContentError) as told:
        blog.read(generator="plain")

    assert (
        f"Posts may lie in {blog.root}/_content, whose name begins with _, "
        f"or in {blog.root}/notes/.old, whose name begins with .: name it. Name another"
    ) in str(told.value)


def test_a_folder_without_any_markdown_names_none(blog: Blog) -> None:
    blog.write("_pictures/a.png", b"")

    with pytest.raises(ContentError) as told:
        blog.read(generator="plain")

    assert "may lie" not in str(told.value)
