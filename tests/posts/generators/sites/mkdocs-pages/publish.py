"""Publish this site with MkDocs alone and keep what it makes of each page.

    python publish.py [mkdocs]

MkDocs comes from PATH or as an argument, and loads this file as a hook too.
"""

import json
import re
import subprocess
import sys
import tempfile
from html import unescape
from importlib.metadata import version
from pathlib import Path

SITE = Path(__file__).resolve().parent
CONFIG = """INHERIT: {site}/mkdocs.yml
docs_dir: {site}/text
site_dir: {out}/site
hooks: [{site}/publish.py]
"""
_pages = []


def on_page_context(_context, *, page, **_):
    """Keep each page; MkDocs calls this."""
    title = unescape(re.sub(r"[*`]|<[^>]+>", "", page.title))
    _pages.append({"path": f"text/{page.file.src_uri}", "url": page.canonical_url, "title": title})


def on_post_build(**_):
    """Write all down; MkDocs calls this."""
    sources = {path.relative_to(SITE).as_posix() for path in (SITE / "text").rglob("*.md")}
    told = {
        "made_with": f"MkDocs {version('mkdocs')}",
        "posts": sorted(_pages, key=lambda page: page["path"]),
        "absent": sorted(sources - {page["path"] for page in _pages}),
    }
    text = json.dumps(told, indent=1, ensure_ascii=False)
    (SITE / "published.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as out:
        Path(out, "mkdocs.yml").write_text(CONFIG.format(site=SITE, out=out), encoding="utf-8")
        command = [*(sys.argv[1:] or ["mkdocs"]), "build", "-q", "-f", f"{out}/mkdocs.yml"]
        subprocess.run(command, check=True)
