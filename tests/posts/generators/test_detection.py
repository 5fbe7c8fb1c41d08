"""Whose site a folder is: every generator takes its own, from each folder of it, and no other's."""

import json
import os
from pathlib import Path

import pytest
from cells import SITES
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.generators import site_in
from searchsvc.posts.post import Post
from searchsvc.posts.source import open_source
from searchsvc.settings import Settings

REAL = sorted(path.parent for path in SITES.glob("*/published.json"))
POST = "---\ntitle: Rye\ndate: 2024-01-02\n---\nA loaf.\n"
ADDRESS = 'baseURL = "https://example.org/"\n'
# What makes a folder the site of a generator, and a post in it: nearly nothing.
SKELETONS = {
    "pelican": {"pelicanconf.py": "", "content/bread/rye.md": "Title: Rye\nDate: 2024-01-02\n\nA"},
    "mkdocs": {"mkdocs.yml": "site_name: Loaves\n", "docs/bread/rye.md": POST},
    "docusaurus": {"docusaurus.config.js": "", "blog/bread/rye.md": POST},
    "astro": {
        "astro.config.mjs": "",
        "src/pages/bread/[slug].astro": "",
        "src/content/bread/rye.md": POST,
    },
    "hexo": {"_config.yml": "", "package.json": '{"hexo": {}}', "source/_posts/a/rye.md": POST},
    "eleventy": {"eleventy.config.js": "", "posts/bread/rye.md": POST},
    "zola": {"config.toml": 'base_url = "/"\n', "content/bread/rye.md": POST},
    "hugo": {"hugo.toml": "", "content/posts/bread/rye.md": POST},
    "jekyll": {"_config.yml": "", "bread/_posts/2024-01-02-rye.md": POST},
    "plain": {"bread/rye.md": POST},
}
# The same generators by other signs.
MORE = {
    "hexo": {"_config.yml": "new_post_name: :title.md\n", "source/_posts/rye.md": POST},
    "eleventy": {"package.json": '{"devDependencies": {"@11ty/eleventy": "3"}}', "a/rye.md": POST},
    "zola": {"zola.toml": 'base_url = "/"\n', "content/bread/rye.md": POST},
    "hugo": {"config.toml": ADDRESS, "content/rye.md": POST},
    "jekyll": {"_posts/2024-01-02-rye.md": POST},
    "site": {
        "sitemap.xml": "<urlset><url><loc>https://example.org/rye.html</loc></url></urlset>",
        "rye.html": "<title>Rye</title><p>A loaf.",
    },
}
CASES = [*SKELETONS.items(), *MORE.items()]
NAMES = [f"{name}{'' if at < len(SKELETONS) else '-too'}" for at, (name, _) in enumerate(CASES)]
# Those that may lie in a folder of a repository: they have a configuration.
NESTED = [name for name in SKELETONS if name != "plain"]


def taken_by(folder: Path) -> tuple[str, Path]:
    """The generator that a folder is read by when nobody names one, and the site's root."""
    site = site_in(folder, Settings())
    return site.name, site.root


def folders_of_posts(root: Path, paths: list[str]) -> set[Path]:
    """The folders below a site's root that some posts lie in, at any depth."""
    return {
        above for path in paths for above in (root / path).parents if above.is_relative_to(root)
    }


def written(blog: Blog, files: dict[str, str], below: str = ".") -> Path:
    for path, content in files.items():
        blog.write(f"{below}/{path}", content)
    return blog.root / below


@pytest.mark.parametrize("root", REAL, ids=lambda root: root.name)
def test_a_site_is_its_generators_from_the_root_and_from_each_folder_of_posts(root: Path) -> None:
    posts = json.loads((root / "published.json").read_text(encoding="utf-8"))["posts"]
    folders = folders_of_posts(root, [post["path"] for post in posts])

    assert {taken_by(folder) for folder in folders} == {(root.name.partition("-")[0], root)}


@pytest.mark.parametrize("root", REAL, ids=lambda root: root.name)
def test_a_folder_of_a_site_has_the_posts_that_the_site_has_there(root: Path) -> None:
    whole = posts_in(root)

    for folder in folders_of_posts(root, list(whole)):
        below = f"{folder.relative_to(root)}/".removeprefix("./")
        expected = {path: url for path, url in whole.items() if path.startswith(below)}
        assert posts_in(folder) == expected


def posts_in(folder: Path) -> dict[str, str]:
    readings = open_source(Settings(content=(folder,)))
    return {reading.id: reading.url for reading in readings if isinstance(reading, Post)}


@pytest.mark.parametrize(("name", "files"), CASES, ids=NAMES)
def test_next_to_nothing_makes_a_site(blog: Blog, name: str, files: dict[str, str]) -> None:
    written(blog, files)

    assert taken_by(blog.root) == (name, blog.root)
    assert len([reading for reading in blog.read() if isinstance(reading, Post)]) == 1


@pytest.mark.parametrize("name", NESTED)
def test_a_folder_of_posts_leads_up_to_the_root(blog: Blog, name: str) -> None:
    files = SKELETONS[name]
    written(blog, files)
    post = next(path for path in files if "rye" in path)

    folders = folders_of_posts(blog.root, [post])
    assert {taken_by(folder) for folder in folders} == {(name, blog.root)}


@pytest.mark.parametrize("outer", NESTED)
@pytest.mark.parametrize("inner", NESTED)
def test_a_site_within_a_site_is_its_own(blog: Blog, outer: str, inner: str) -> None:
    written(blog, SKELETONS[outer])
    root = written(blog, SKELETONS[inner], "other")

    assert taken_by(root) == (inner, root)
    assert taken_by(blog.root) == (outer, blog.root)


@pytest.mark.parametrize("folder", ["docs", "site", "blog", "anything"])
@pytest.mark.parametrize("name", NESTED)
def test_a_repository_stands_for_the_one_site_in_it(blog: Blog, name: str, folder: str) -> None:
    root = written(blog, SKELETONS[name], folder)
    blog.write("README.md", "# A project\n")
    blog.write("notes/plans.md", "# Plans\n")

    assert taken_by(blog.root) == (name, root)
    source = open_source(Settings(content=(blog.root,)))
    (post,) = [reading for reading in source if isinstance(reading, Post)]
    assert post.title == "Rye"
    assert source.description.endswith(f" site {root}/, found in {blog.root}/")


def test_the_setting_generator_finds_its_site_in_a_repository_too(blog: Blog) -> None:
    root = written(blog, SKELETONS["mkdocs"], "docs")
    written(blog, SKELETONS["docusaurus"], "website")

    site = site_in(blog.root, Settings(generator="mkdocs"))

    assert (site.name, site.root) == ("mkdocs", root)


def test_several_sites_in_a_repository_are_told(blog: Blog) -> None:
    written(blog, SKELETONS["mkdocs"], "docs")
    written(blog, SKELETONS["hugo"], "website")

    with pytest.raises(ContentError) as error:
        blog.read()

    assert str(error.value) == (
        f"{blog.root}: there are several sites in it: {blog.root}/docs/ (MkDocs site), "
        f"{blog.root}/website/ (Hugo site). Name one of them, or each one in [[sources]]; with "
        "the generator 'plain', all Markdown in the folder is read as one blog"
    )
    assert len(blog.read(generator="plain")) == 2


def test_a_folder_named_plain_is_plain_whatever_lies_in_it(blog: Blog) -> None:
    written(blog, SKELETONS["hugo"], "website")
    blog.write("notes.md", POST)

    assert blog.ids(generator="plain") == ["notes.md", "website/content/posts/bread/rye.md"]


def test_a_folder_of_posts_that_holds_a_site_stays_what_it_is(blog: Blog) -> None:
    blog.write("_posts/2024-01-02-loaf.md", POST)
    written(blog, SKELETONS["mkdocs"], "docs")

    assert taken_by(blog.root) == ("jekyll", blog.root)


@pytest.mark.parametrize("folder", ["node_modules", "themes", ".cache", "_site"])
def test_what_others_have_made_is_no_site_of_a_repository(blog: Blog, folder: str) -> None:
    written(blog, SKELETONS["hugo"], folder)
    blog.write("rye.md", POST)

    assert taken_by(blog.root) == ("plain", blog.root)


def test_a_path_with_dots_does_not_lead_into_the_working_folder(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(blog, SKELETONS["eleventy"], "here")
    written(blog, {"rye.md": POST}, "notes")
    monkeypatch.chdir(blog.root / "here")

    assert taken_by(Path("../notes"))[0] == "plain"


def test_names_in_messages_are_as_the_user_wrote_them(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(blog, SKELETONS["hugo"])
    monkeypatch.chdir(blog.root.parent)

    assert taken_by(Path("blog/content/posts")) == ("hugo", Path("blog"))


def test_a_link_to_a_folder_of_posts_leads_to_its_site(blog: Blog) -> None:
    written(blog, SKELETONS["mkdocs"])
    link = blog.root.parent / "link"
    os.symlink(blog.root / "docs" / "bread", link)  # noqa: PTH211

    assert taken_by(link) == ("mkdocs", blog.root)
