"""Let Hexo publish this site and ``hexo-dated``, and keep what it made of each post.

    python publish.py FOLDER

FOLDER is where Hexo is installed: ``npm install hexo@8 hexo-renderer-marked@7`` makes its
``node_modules``. Hexo writes the day of the machine's zone into addresses, so it runs in the
zone that the site names.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

HERE = Path(__file__).parent
POSTS = {".md", ".html"}


def published(site: Path, node_modules: Path) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "site")
        shutil.copytree(site, copy)
        shutil.copytree(HERE / "scripts", copy / "scripts", dirs_exist_ok=True)
        (copy / "node_modules").symlink_to(node_modules)
        zone = re.findall("timezone: (.+)", (site / "_config.yml").read_text())[0]
        subprocess.run(
            [node_modules / ".bin" / "hexo", "generate"],
            cwd=copy, env={**os.environ, "TZ": zone}, check=True,
        )  # fmt: skip
        told = json.loads((copy / "told.json").read_text())
    posts = sorted((tidied(post) for post in told["posts"]), key=lambda post: post["path"])
    shown = {post["path"] for post in posts}
    files = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.suffix in POSTS)
    return {
        "made_with": told["made_with"],
        "posts": posts,
        "absent": [path for path in files if path not in shown],
    }


def tidied(post: dict[str, str]) -> dict[str, str]:
    """Without what cannot be compared: no title, and no excerpt where Hexo shows the whole post."""
    text = re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", "", post["excerpt"]))).strip()
    return {
        k: v for k, v in {**post, "excerpt": text}.items() if v or k not in ("title", "excerpt")
    }


for site in (HERE, HERE.with_name("hexo-dated")):
    result = published(site, Path(sys.argv[1]).resolve() / "node_modules")
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (site / "published.json").write_text(text + "\n", encoding="utf-8")
