"""Publish this site and pelican-settings with Pelican, and keep what it makes of each article.

    python publish.py [PROGRAM]

The program is ``pelican`` unless another is named. ``plugins/published.py`` tells of the articles.
"""

import html
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# Each with the file that it is published with.
SITES = {HERE: "publishconf.py", HERE.parent / "pelican-settings": "pelicanconf.py"}
# Left out of the comparison: docutils writes "Note" above a note.
EXCERPT_DIFFERS = {"content/rst/overline.rst"}


def main() -> None:
    program = sys.argv[1] if len(sys.argv) > 1 else "pelican"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    for site, settings in SITES.items():
        posts = sorted(published(program, site, settings), key=lambda post: str(post["path"]))
        found = {post["path"] for post in posts}
        written = {p.relative_to(site).as_posix() for p in site.glob("*/**/*.[mrh]*")}
        kept = {
            "made_with": f"Pelican {version.stdout.strip()}",
            "posts": posts,
            "absent": sorted(written - found),
        }
        text = json.dumps(kept, indent=1, ensure_ascii=False)
        (site / "published.json").write_text(text + "\n", encoding="utf-8")


def published(program: str, site: Path, settings: str) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as out:
        told = Path(out, "published.json")
        subprocess.run(
            [program, "--quiet", "--settings", settings, "--output", f"{out}/site"],
            cwd=site,
            # Far from the zones of the sites, so that a date in the machine's own zone would show.
            env={**os.environ, "SEARCHSVC_PUBLISHED": str(told), "TZ": "Pacific/Honolulu",
                 "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )  # fmt: skip
        return [compared(post) for post in json.loads(told.read_text(encoding="utf-8"))]


def compared(post: dict[str, Any]) -> dict[str, Any]:
    """A post with text in the place of HTML, and an ellipsis without a space before it."""
    excerpt = in_text(post.pop("excerpt")).replace(" …", "…")
    post["title"] = in_text(post["title"])
    post["language"] = post["language"].lower()
    if post["path"] not in EXCERPT_DIFFERS:
        post["excerpt"] = excerpt
    return post


def in_text(marked: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", marked)).split())


if __name__ == "__main__":
    main()
