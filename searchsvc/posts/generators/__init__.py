"""One file per site generator: where url, date, category, tags and excerpt come from."""

import os
from collections.abc import Iterator
from pathlib import Path

from searchsvc.errors import ContentError
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
from searchsvc.posts.generators.roots import CONFIGS, has_any
from searchsvc.posts.generators.zola import Zola
from searchsvc.settings import Settings

# In the order of asking whose site a folder is. First those whose configuration has a name of its
# own: among them the order means nothing. Then those that share one, the more exact first: Hexo
# looks for its own words in a _config.yml, which is Jekyll's otherwise; Eleventy comes before
# Jekyll, whose folders of posts it may have taken over; Zola knows its config.toml by `base_url`,
# which Hugo's might hold too. Jekyll needs nothing but a folder called _posts. Then pages
# that are built already, by their sitemap, which may lie in a source as well. The last takes any.
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
# Where a site below is looked for, its folder has one of these.
_SIGNS = (*CONFIGS, "package.json")
_NO_SITES = ("node_modules", "vendor", "themes", "exampleSite")


def site_in(folder: Path, settings: Settings) -> Site:
    """The site in a folder, read by the rules that the settings name or the folder shows.

    A repository that holds a site in a single one of its folders (``docs/``, ``website/``) stands
    for that site.

    Raises:
        ContentError: the site's own configuration cannot be used, or there are several sites.
    """
    allowed = [kind for kind in GENERATORS if settings.generator in ("auto", kind.name)]
    kind, root = _claimed(folder, allowed)
    if root is None or _is_weak(kind, root):
        below = list(_sites_below(folder, allowed))
        if len(below) > 1:
            raise ContentError(
                f"{folder}: there are several sites in it: "
                + ", ".join(f"{path}/ ({kind.title})" for kind, path in below)
                + ". Name one of them, or each one in [[sources]]; with the generator 'plain', "
                "all Markdown in the folder is read as one blog"
            )
        kind, root = below[0] if below else (kind, root)
    return kind(root or folder, settings)


def _claimed(folder: Path, kinds: list[type[Site]]) -> tuple[type[Site], Path | None]:
    """Whose site a folder is, and its root; no root where it is that of none."""
    roots = ((kind, kind.root_of(folder)) for kind in kinds)
    return next(((kind, root) for kind, root in roots if root), (kinds[-1], None))


def _is_weak(kind: type[Site], root: Path) -> bool:
    """Whether a folder was taken for want of anything better: the site may lie below."""
    is_bare_jekyll = kind is Jekyll and not has_any(root, CONFIGS)
    return kind is Plain or (is_bare_jekyll and not (root / "_posts").is_dir())


def _sites_below(folder: Path, kinds: list[type[Site]]) -> Iterator[tuple[type[Site], Path]]:
    """The folders in a folder that are roots of sites by their configuration."""
    sure = [kind for kind in kinds if kind not in (Built, Plain)]
    for path in _folders_in(folder) if sure else ():
        kind, root = _claimed(path, sure)
        if root == path and not _is_weak(kind, path):
            yield kind, path


def _folders_in(folder: Path) -> list[Path]:
    """The folders that might be roots of sites; none where the folder cannot be read."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return []
    paths = [folder / name for name in names if not name.startswith((".", "_"))]
    own = [path for path in paths if path.name not in _NO_SITES and not path.is_symlink()]
    return [path for path in own if has_any(path, _SIGNS)]
