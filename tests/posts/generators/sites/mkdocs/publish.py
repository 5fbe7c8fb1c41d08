"""Publish this site with Material for MkDocs and keep what it makes of each post.

    python publish.py [mkdocs]

needs ``mkdocs`` with ``mkdocs-material``, from PATH or as an argument. MkDocs loads this file
as a hook too.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from html import unescape
from importlib.metadata import version
from pathlib import Path

SITE = Path(__file__).resolve().parent
CONFIG = """INHERIT: {site}/mkdocs.yml
docs_dir: {site}/docs
site_dir: {out}/site
hooks: [{site}/publish.py]
"""
_posts = {}


def on_env(_env, *, config, **_):
    """Keep the posts of every instance of the blog plugin; MkDocs calls this."""
    for name, plugin in config.plugins.items():
        for post in plugin.blog.posts if "blog" in name else ():
            _posts[f"docs/{post.file.src_uri}"] = (post, plugin.config.post_excerpt_separator)


def on_post_build(**_):
    """Write all down; MkDocs calls this."""
    sources = {
        f"docs/{path.relative_to(SITE / 'docs').as_posix()}"
        for path in (SITE / "docs").rglob("*.md")
    }
    told = {
        "made_with": f"MkDocs {version('mkdocs')}, Material {version('mkdocs-material')}",
        "posts": [said(path, *_posts[path]) for path in sorted(_posts)],
        "absent": sorted(sources - set(_posts)),
    }
    text = json.dumps(told, indent=1, ensure_ascii=False)
    (SITE / "published.json").write_text(text + "\n", encoding="utf-8")


def said(path, post, separator):
    told = {
        "path": path,
        "url": post.canonical_url,
        "title": unescape(re.sub(r"<[^>]+>", "", post.title)),
        "date": post.config.date.created.date().isoformat(),
        "categories": post.config.categories,
        "tags": post.meta.get("tags", []),
    }
    before, found, _ = post.content.partition(separator)
    if found:
        before = re.sub(r"<h1.*?</h1>|<svg.*?</svg>", "", before, flags=re.DOTALL)
        told["excerpt"] = " ".join(unescape(re.sub(r"<[^>]+>", "", before)).split())
    return told


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as out:
        Path(out, "mkdocs.yml").write_text(CONFIG.format(site=SITE, out=out), encoding="utf-8")
        command = [*(sys.argv[1:] or ["mkdocs"]), "build", "-q", "-f", f"{out}/mkdocs.yml"]
        subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
