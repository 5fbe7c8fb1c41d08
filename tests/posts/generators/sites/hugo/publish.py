"""Publish the sites named hugo* beside this one, and write what Hugo says of their pages.

    python publish.py [PROGRAM]     (the program is `hugo` by default)

Where a page has no category, its section stands for it, which is how searchsvc takes it; tags are
the terms of all other taxonomies. An excerpt is written where the author has said what it is.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SITES = Path(__file__).parent.parent
LAYOUT = """
{{- $pages := slice -}}
{{- range hugo.Sites -}}
  {{- $taxonomies := slice -}}
  {{- range $name, $_ := .Taxonomies -}}{{- $taxonomies = $taxonomies | append $name -}}{{- end -}}
  {{- range .RegularPages -}}
    {{- $pages = $pages | append (dict
      "file" .File.Filename "url" .Permalink "title" .Title "section" .Section "params" .Params
      "date" (cond .Date.IsZero "" (.Date.Format "2006-01-02")) "taxonomies" $taxonomies
      "excerpt" (.Summary | plainify | htmlUnescape) "body" .RawContent
      "language" .Language.Lang) -}}
  {{- end -}}
{{- end -}}
{{- $pages | jsonify -}}
"""


def main() -> None:
    program = sys.argv[1] if len(sys.argv) > 1 else "hugo"
    for site in sorted(SITES.glob("hugo*")):
        published = {"made_with": version(program), **told_by(program, site)}
        text = json.dumps(published, ensure_ascii=False, indent=1)
        (site / "published.json").write_text(text + "\n", encoding="utf-8")


def version(program: str) -> str:
    shown = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
    return "Hugo " + shown.stdout.partition("hugo v")[2].partition("-")[0]


def told_by(program: str, site: Path) -> dict[str, Any]:
    """What Hugo publishes of a site; it works on a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "site").resolve()
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("publish*"))
        (copy / "layouts").mkdir()
        (copy / "layouts" / "home.json").write_text(LAYOUT, encoding="utf-8")
        outputs = {"HUGO_OUTPUTS": '{"home": ["json"]}'}
        command = [program, "--quiet", "--destination", str(copy / "public")]
        subprocess.run(command, cwd=copy, env=os.environ | outputs, check=True)
        pages = json.loads((copy / "public" / "index.json").read_text(encoding="utf-8"))
        # What has no address is not rendered.
        posts = [post(page, copy) for page in pages if page["url"]]
        posts.sort(key=lambda post: str(post["path"]))
        files = {path.relative_to(copy).as_posix() for path in content(copy)}
        return {"posts": posts, "absent": sorted(files - {post["path"] for post in posts})}


def content(site: Path) -> list[Path]:
    folders = ("content", "text", "texte")
    return [path for name in folders for path in (site / name).rglob("*") if path.is_file()]


def post(page: dict[str, Any], site: Path) -> dict[str, Any]:
    named = sorted(page["taxonomies"], key=lambda name: name != "tags")
    categories = [name for name in named if name.startswith(("categor", "kategor"))]
    terms = {name: as_list(page["params"].get(name)) for name in named}
    own = [term for name in categories for term in terms[name]]
    said = {
        "path": Path(page["file"]).relative_to(site).as_posix(),
        "url": page["url"],
        "title": " ".join(page["title"].split()),
        "date": page["date"] or None,
        "categories": own or [page["section"]] * bool(page["section"]),
        "tags": [term for name in named if name not in categories for term in terms[name]],
        "language": page["language"].partition("-")[0],
    }
    if "<!--more-->" in page["body"] or page["params"].get("summary"):
        said["excerpt"] = " ".join(page["excerpt"].split())
    return said


def as_list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [value] * bool(value)


if __name__ == "__main__":
    main()
