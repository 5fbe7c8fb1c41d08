"""One file per site generator: where url, date, category, tags and excerpt come from."""

from pathlib import Path

from searchsvc.posts.generators.astro import Astro
from searchsvc.posts.generators.base import Site
from searchsvc.posts.generators.built import Built
from searchsvc.posts.generators.docusaurus import Docusaurus
from searchsvc.posts.generators.eleventy import Eleventy
from searchsvc.posts.generators.hexo import Hexo
from searchsvc.posts.generators.hugo import Hugo
from searchsvc.posts.generators.jekyll import Jekyll
from searchsvc.posts.generators.mkdocs import MkDocs
from searchsvc.posts.generators.pelican import Pelican
from searchsvc.posts.generators.plain import Plain
from searchsvc.posts.generators.zola import Zola
from searchsvc.settings import Settings

# In the order of asking whose site a folder is: the last one takes any.
GENERATORS: tuple[type[Site], ...] = (
    Pelican,
    MkDocs,
    Docusaurus,
    Astro,
    Hexo,
    Eleventy,
    Zola,
    Hugo,
    Jekyll,
    Built,
    Plain,
)


def site_in(folder: Path, settings: Settings) -> Site:
    """The site in a folder, read by the rules that the settings name or the folder shows.

    Raises:
        ContentError: the site's own configuration cannot be used.
    """
    for generator in GENERATORS:
        if settings.generator == generator.name:
            return generator(generator.root_of(folder) or folder, settings)
        if settings.generator == "auto" and (root := generator.root_of(folder)):
            return generator(root, settings)
    raise AssertionError(f"no generator {settings.generator!r}")
