"""Publish this site and jekyll-collections, and keep what Jekyll makes of each post.

    python publish.py [PROGRAM]

The program is ``jekyll`` unless another is named. ``_plugins/published.rb`` tells of the posts.
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
SITES = (HERE, HERE.parent / "jekyll-collections")
KINDS = {".md", ".html", ".txt"}
# What is left out of the comparison, since we do otherwise on purpose (docs/generators.md).
EXCERPT_DIFFERS = {
    # Jekyll looks for an empty line, and in this file its ends are others.
    "_posts/2024-01-20-crlf.md",
    # Jekyll takes a heading for the first paragraph.
    "_posts/2024-02-13-heading.md",
    # Jekyll leaves the marks of a fence that is cut in the text.
    "_posts/2024-01-19-fence.md",
    "src/content/_posts/2024-01-08-fence.md",
}


def main() -> None:
    program = sys.argv[1] if len(sys.argv) > 1 else "jekyll"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    for site in SITES:
        posts = sorted(published(program, site), key=lambda post: str(post["path"]))
        found = {post["path"] for post in posts}
        written = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.suffix in KINDS}
        kept = {
            "made_with": version.stdout.strip().capitalize(),
            "posts": posts,
            "absent": sorted(written - found),
        }
        text = json.dumps(kept, indent=1, ensure_ascii=False)
        (site / "published.json").write_text(text + "\n", encoding="utf-8")


def published(program: str, site: Path) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as out:
        told = Path(out, "published.json")
        subprocess.run(
            [program, "build", "--quiet", "--disable-disk-cache", "--destination", f"{out}/site",
             "--plugins", HERE / "_plugins"],
            cwd=site,
            # Far from the zones of the sites, so that a date in the machine's own zone would show.
            env={**os.environ, "SEARCHSVC_PUBLISHED": str(told), "TZ": "Pacific/Honolulu"},
            check=True,
        )  # fmt: skip
        return [compared(post) for post in json.loads(told.read_text(encoding="utf-8"))]


def compared(post: dict[str, Any]) -> dict[str, Any]:
    text = html.unescape(re.sub(r"<[^>]+>", "", post.pop("excerpt")))
    if post["path"] not in EXCERPT_DIFFERS:
        post["excerpt"] = " ".join(text.split())
    return post


if __name__ == "__main__":
    main()
