"""Sources: folders and files, whatever lies in them."""

import codecs
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.files import MAX_FILE_BYTES
from searchsvc.posts.post import LeftOut, Post, Problem, Reading
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Tests run as root in places, and root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared_blog() -> Iterator[Blog]:
    """A blog in a folder that other users can reach, unlike ``tmp_path``."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Blog(Path(name))


LOAF = "---\ntitle: Rye\n---\nA loaf.\n"


def read(*paths: Path, **more: Any) -> list[Reading]:
    return list(open_source(Settings(content=paths, **more)))


def told(*paths: Path, **more: Any) -> str:
    with pytest.raises(ContentError) as error:
        open_source(Settings(content=paths, **more))
    return str(error.value)


def test_without_content_it_is_told_how_to_name_some() -> None:
    assert "as an argument, or as the setting 'content'" in told()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "bolg") == (
        f"{tmp_path}/bolg: there is no such folder or file. Check the name"
    )


def test_a_file_of_no_known_kind_is_told(blog: Blog) -> None:
    path = blog.write("a.md", LOAF)

    assert "neither a folder nor a file of many posts: JSON Lines (.jsonl, .ndjson)" in told(path)


def test_a_folder_without_posts_is_told_with_what_was_looked_for(blog: Blog) -> None:
    assert "no posts found. Looked for Markdown files" in told(blog.root)
    assert "no posts found. Looked for _posts folders" in told(blog.root, generator="jekyll")


def test_a_source_says_what_it_is_and_how_much(jekyll: Blog) -> None:
    jekyll.write("_drafts/a.md", LOAF)

    source = open_source(Settings(content=(jekyll.root,)))

    assert source.description == f"Jekyll site {jekyll.root}/"
    assert len(source) == 2


def test_a_source_can_be_read_twice(jekyll: Blog) -> None:
    source = open_source(Settings(content=(jekyll.root,)))

    assert list(source) == list(source)


def test_a_folder_with_posts_in_it_is_jekylls_and_any_other_is_plain(blog: Blog) -> None:
    blog.write("a.md", LOAF)
    plain = open_source(Settings(content=(blog.root,))).description
    blog.write("deep/_posts/2024-01-02-a.md", LOAF)
    jekyll = open_source(Settings(content=(blog.root,))).description

    assert plain == f"Folder {blog.root}/"
    assert jekyll == f"Jekyll site {blog.root}/"


def test_the_posts_folder_itself_stands_for_its_site(jekyll: Blog) -> None:
    jekyll.write("_config.yml", "permalink: /:title\n")
    jekyll.write("other/_posts/2024-01-02-a.md", LOAF)

    (post,) = jekyll.read("_posts")

    assert isinstance(post, Post)
    assert (post.id, post.url) == ("_posts/2020-01-01-first.md", "/first")


def test_the_posts_folder_may_be_where_one_stands(
    jekyll: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(jekyll.root / "_posts")

    (post,) = read(Path())

    assert isinstance(post, Post)
    assert post.id == "_posts/2020-01-01-first.md"


def test_places_are_told_as_the_content_was_named(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.write("a.md", "---\ndate: soon\n---\n")
    monkeypatch.chdir(blog.root.parent)

    (problem,) = read(Path("blog"))

    assert isinstance(problem, Problem)
    assert problem.place == "blog/a.md:2"


def test_a_folder_within_a_site_can_be_read_by_itself(blog: Blog) -> None:
    blog.write("content/posts/deep/a.md", LOAF)

    (post,) = blog.read("content/posts", generator="plain")

    assert isinstance(post, Post)
    assert (post.id, post.url) == ("deep/a.md", "/deep/a")


def test_posts_come_by_id(blog: Blog) -> None:
    names = ["b.md", "a/b.md", "a.md", "a-b.md", "c/a.md", "B.md"]
    for name in names:
        blog.write(name, LOAF)

    assert blog.ids() == sorted(names)


def test_several_contents_give_their_names_to_the_ids(blog: Blog, tmp_path: Path) -> None:
    blog.write("a.md", LOAF)
    blog.write("b.md", "no title")
    other = Blog(tmp_path / "another")
    other.write("_posts/2024-01-02-a.md", "---\ndraft: true\n---\n")
    lines = blog.write("../posts.jsonl", '{"url": "/rye", "title": "Rye"}')

    found = read(blog.root, lines, other.root)

    ids = [r.id if isinstance(r, Post) else r.post_id for r in found]
    assert ids == ["another:_posts/2024-01-02-a.md", "blog:a.md", "blog:b.md", "posts.jsonl:/rye"]
    assert isinstance(found[0], LeftOut)


def test_two_contents_of_one_name_are_refused(blog: Blog, tmp_path: Path) -> None:
    blog.write("a.md", LOAF)
    other = Blog(tmp_path / "x" / "blog")
    other.write("a.md", LOAF)

    assert "Two contents are named 'blog'" in told(blog.root, other.root)


def test_a_link_to_a_file_inside_is_followed(blog: Blog) -> None:
    blog.write("a.md", LOAF)
    (blog.root / "b.md").symlink_to("a.md")

    assert all(isinstance(r, Post) for r in blog.read())
    assert blog.ids() == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("../secret.md", "leads out of"),
        ("/etc/passwd", "leads out of"),
        ("nowhere.md", "a link to a file that is not there"),
        ("link.md", "cannot be read"),
    ],
)
def test_a_link_that_leads_nowhere_good_is_told(blog: Blog, target: str, message: str) -> None:
    blog.write("../secret.md", LOAF)
    (blog.root / "link.md").symlink_to(target)

    (problem,) = blog.read()

    assert isinstance(problem, Problem)
    assert problem.post_id == "link.md"
    assert message in problem.message


def test_a_link_to_a_folder_elsewhere_is_told_and_not_entered(blog: Blog, tmp_path: Path) -> None:
    Blog(tmp_path / "elsewhere").write("a.md", LOAF)
    blog.write("a.md", LOAF)
    (blog.root / "notes").symlink_to(tmp_path / "elsewhere")

    post, problem = blog.read()

    assert isinstance(post, Post)
    assert isinstance(problem, Problem)
    assert problem.post_id == "notes"
    assert "name it as content too" in problem.message


def test_a_link_to_a_folder_inside_is_not_entered(blog: Blog) -> None:
    blog.write("a/a.md", LOAF)
    (blog.root / "a" / "again").symlink_to(blog.root)

    assert blog.ids() == ["a/a.md"]


def test_links_to_folders_that_hold_no_posts_do_not_matter_to_jekyll(
    jekyll: Blog, tmp_path: Path
) -> None:
    (jekyll.root / "assets").symlink_to(tmp_path)

    assert jekyll.ids() == ["_posts/2020-01-01-first.md"]


def test_pipes_and_sockets_are_told_and_never_waited_for(blog: Blog) -> None:
    os.mkfifo(blog.root / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(blog.root / "socket.md"))

        found = blog.read()

    assert [r.message for r in found if isinstance(r, Problem)] == [
        "This is no ordinary file. Remove it"
    ] * 2


def test_a_folder_with_the_name_of_a_post_is_a_folder(blog: Blog) -> None:
    blog.write("a.md/b.md", LOAF)

    assert blog.ids() == ["a.md/b.md"]


def test_a_file_that_vanishes_is_passed_over(blog: Blog) -> None:
    gone = blog.write("a.md", LOAF)
    blog.write("b.md", LOAF)
    source = open_source(Settings(content=(blog.root,)))
    gone.unlink()

    assert [r.id for r in source if isinstance(r, Post)] == ["b.md"]


def test_a_file_that_is_too_long_is_told(blog: Blog) -> None:
    problem = blog.problem("a.md", b"x" * (MAX_FILE_BYTES + 1))

    assert problem.message == "It is longer than 10 MB, too long for a post. Split it"


def test_what_may_not_be_read_is_told(shared_blog: Blog) -> None:
    shared_blog.write("a.md", LOAF).chmod(0)

    with as_ordinary_user():
        (problem,) = shared_blog.read()

    assert isinstance(problem, Problem)
    assert "It cannot be read (Permission denied)" in problem.message


def test_a_folder_that_may_not_be_read_stops_the_run(shared_blog: Blog) -> None:
    shared_blog.write("a.md", LOAF)
    folder = shared_blog.write("notes/b.md", LOAF).parent
    folder.chmod(0)

    try:
        with as_ordinary_user():
            assert "the folder cannot be read (Permission denied)" in told(shared_blog.root)
    finally:
        folder.chmod(0o700)


def test_a_name_that_is_not_utf8_is_told(blog: Blog) -> None:
    path = os.fsencode(blog.root) + b"/br\xf6t.md"
    try:
        Path(os.fsdecode(path)).write_text(LOAF)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")

    (problem,) = blog.read()

    assert isinstance(problem, Problem)
    assert problem.post_id == "brt.md"
    assert problem.message == "The file's name is not UTF-8. Rename it"


WORDS = st.sampled_from(
    ["---\n", "+++\n", "...\n", '{"', "title: ", "title = ", "date: ", "2024-01-02", "\n", "\t",
     "draft: true\n", "tags: [", "]", "# H\n", "{% raw %}", "{{", "```\n", "<b", ">", "&#0;", "é",
     "\0", "\ud800", "excerpt: ", "*", "&a ", "!!x ", "permalink: /:title", "[", "slug: ", "'"]
)  # fmt: skip


WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@settings(max_examples=300)
@given(content=st.one_of(st.binary(max_size=300), st.lists(WORDS, max_size=20)))
def test_any_bytes_at_all_become_a_post_a_problem_or_are_left_out(
    tmp_path_factory: pytest.TempPathFactory, content: bytes | list[str]
) -> None:
    if isinstance(content, list):
        content = "".join(content).encode("utf-8", "surrogatepass")
    blog = Blog(tmp_path_factory.mktemp("any"))
    blog.write("_posts/2024-01-02-a.md", content)
    blog.write("posts.jsonl", content)

    jekyll = blog.read(generator="jekyll")
    plain = blog.read("_posts", generator="plain")
    # Another encoding than UTF-8 stops a run over JSON Lines.
    lines = [] if content.startswith(WIDE_MARKS) else blog.read("posts.jsonl")
    blog.write("page.html", content)
    pages = blog.read(generator="site")

    assert len(jekyll) == 1
    for reading in (*jekyll, *plain, *lines, *pages):
        assert isinstance(reading, Post | Problem | LeftOut)
        repr(reading).encode("utf-8")
        if isinstance(reading, Post):
            assert reading.title
            assert "\0" not in reading.title + reading.body + reading.excerpt
            (reading.title + reading.body + reading.excerpt + reading.url).encode("utf-8")
