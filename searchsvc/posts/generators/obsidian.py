"""What Obsidian adds to Markdown, and where a vault keeps its templates.

After Obsidian's help (Internal links, Embed files, Callouts, Tags, Basic formatting syntax).
Code stays as it is.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from searchsvc.posts.generators.siteconfig import read_config

_CODE = (
    r"(?P<code>^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*"
    r"(?:\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)|\Z)"
    r"|(?P<ticks>`+)(?!`)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`))"
)
_MARKS = re.compile(
    _CODE + r"|(?P<comment>%%.*?%%)"
    r"|(?P<embed>!?)\[\[(?P<target>[^\[\]\n|]{1,500})(?:\|(?P<text>[^\[\]\n]{0,500}))?\]\](?!\()"
    r"|==(?P<marked>[^=\n]{1,500})=="
    r"|(?P<quote>^[ \t]*(?:>[ \t]?)+)\[!(?P<kind>[\w-]{1,50})(?:\|[^\]\n]*)?\][+-]?"
    r"(?P<title>[^\n]*)"
    r"|(?P<block>(?:^|[ \t])\^[A-Za-z0-9-]{1,100}[ \t]*$)",
    re.MULTILINE | re.DOTALL,
)
_TAGS = re.compile(
    _CODE + r"|<[^<>\n]*>|\]\([^()\n]*\)|(?<!\S)#(?P<tag>[\w/-]{1,200})", re.MULTILINE | re.DOTALL
)
_ONLY_TAGS = re.compile(r"^[ \t]*(?:#[\w/-]+[ \t,]*)+$", re.MULTILINE)
_NO_TEXT = (
    *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif", ".pdf", ".canvas"),
    *(".mp3", ".wav", ".m4a", ".ogg", ".flac", ".3gp", ".mp4", ".webm", ".ogv", ".mov", ".mkv"),
)


@dataclass(frozen=True, slots=True)
class Vault:
    """A folder that Obsidian has opened.

    Attributes:
        templates: the folders of templates, below the folder that is read; in any case,
            ones named ``templates`` are some too.
    """

    templates: tuple[str, ...] = ()

    def holds_templates(self, folder: str) -> bool:
        """Whether what lies in a folder are templates and no notes."""
        return folder in self.templates or folder.rpartition("/")[2].lower() == "templates"


def vault_of(folder: Path) -> Vault | None:
    """The vault that a folder is or lies in; None when it is in none.

    Raises:
        ContentError: what Obsidian keeps there cannot be read.
    """
    for root in (folder, *folder.resolve().parents):
        if (own := root / ".obsidian").is_dir():
            named = (
                read_config(own, ["templates.json"]).text("folder"),
                read_config(own / "plugins/templater-obsidian", ["data.json"]).text(
                    "templates_folder"
                ),
            )
            paths = [root.resolve() / name for name in named if name.strip("/")]
            inner = [os.path.relpath(path, folder.resolve()) for path in paths]
            return Vault(tuple(path.replace(os.sep, "/") for path in inner))
    return None


def markdown_of_note(note: str) -> str:
    """A note as ordinary Markdown: links and embeds as their text, without comments."""
    if not any(sign in note for sign in ("[[", "%%", "==", "[!", "^")):
        return note
    return _MARKS.sub(_shown, note)


def tags_in(note: str) -> Iterator[str]:
    """The tags in a text, nested ones whole: ``bread/rye`` for ``#bread/rye``."""
    for found in _TAGS.finditer(note) if "#" in note else ():
        tag = (found["tag"] or "").strip("/")
        if tag and not tag.replace("/", "").isdecimal():
            yield tag


def without_tag_lines(note: str) -> str:
    """A note without the lines that hold nothing but tags."""
    return _ONLY_TAGS.sub("", note)


def is_only_tags(text: str) -> bool:
    """Whether a paragraph is nothing but tags."""
    return _ONLY_TAGS.fullmatch(text) is not None


def _shown(found: re.Match[str]) -> str:
    """What a reader sees of a mark."""
    if found["target"] is not None:
        return _text_of_link(found["target"].rstrip("\\"), found["text"], bool(found["embed"]))
    if found["marked"] is not None:
        return found["marked"]
    if found["kind"]:
        # A heading of its own: what follows is another paragraph.
        title = found["title"].strip()
        return f"{found['quote']}#### {title}" if title else found["quote"]
    return found["code"] or ""


def _text_of_link(target: str, text: str | None, is_embed: bool) -> str:
    note, _, inner = target.partition("#")
    if is_embed and note.lower().endswith(_NO_TEXT):
        return ""
    if text and text.strip():
        return text.strip()
    name = note.rpartition("/")[2].removesuffix(".md").strip()
    headings = [part for part in inner.split("#") if part and not part.startswith("^")]
    return " > ".join(part for part in (name, *headings) if part)
