"""Python-Markdown's own signs, as blogs with Material for MkDocs use them → plain Markdown.

Admonitions and tabs indent what they hold, which is code elsewhere; attribute lists, icons and
included files are nothing that a reader sees as words.
"""

import re
from collections.abc import Iterator

# !!! note "Title", ??? tip, === "Tab"
_BLOCK = re.compile(
    r"(?P<indent> *)(?:!!!|\?\?\?\+?|===[!+]?)[\w -]{0,100}?(?:\"(?P<title>.*)\")? *"
)
_FENCE = re.compile(r" *(?P<ticks>`{3,}|~{3,})")
_NOT_SEEN = re.compile(r" *(?:\[TOC\]|-+8<-+.*|///.*)")
_ATTRIBUTE = r"""(?:[.#][\w-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[\w-]+))"""
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_INLINE = re.compile(
    r"(?P<code>(?P<ticks>`+)[^`\n]*(?P=ticks))"
    rf"|\{{:? *{_ATTRIBUTE}(?: +{_ATTRIBUTE}){{0,20}} *\}}"
    r"|:(?:material|octicons|fontawesome|simple)-[a-z0-9-]+:"
)


def plain_markdown(text: str) -> str:
    """The same text in signs that every reader of Markdown knows."""
    return "\n".join(_lines(text.split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    """Each line, moved to the left by the blocks that it stands in."""
    blocks: list[int] = []
    fence = ""
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        while blocks and line.strip() and indent < blocks[-1]:
            blocks.pop()
            fence = ""
        line = line[min(indent, 4 * len(blocks)) :]
        opening = _FENCE.match(line)
        if fence or opening:
            fence = _fence_after(fence, opening)
            yield line
        elif block := _BLOCK.fullmatch(line):
            blocks.append(indent + 4)
            yield from ("", f"{block['indent']}{block['title'] or ''}", "")
        elif not _NOT_SEEN.fullmatch(line):
            yield _INLINE.sub(lambda found: found["code"] or "", line)


def _fence_after(fence: str, found: re.Match[str] | None) -> str:
    """The fence that is open after a line; "" when none is."""
    if found is None:
        return fence
    if not fence:
        return found["ticks"]
    return "" if found["ticks"].startswith(fence) else fence


def raw_heading(body: str) -> str:
    """The heading that a body begins with, with all the signs in it; "" without one."""
    first = next((line.strip() for line in body.split("\n") if line.strip()), "")
    return first.lstrip("# ") if first.startswith("# ") else ""


def heading(body: str) -> str:
    """The heading that a body begins with, as a line of Markdown; "" without one."""
    first, second = _first_lines(body)
    if first.startswith("#") and not first.startswith("##"):
        return "# " + _ATTRIBUTES.sub("", first.lstrip("# "))
    return "# " + _ATTRIBUTES.sub("", first) if first and _underlines(second) else ""


def without_heading(body: str) -> str:
    """What follows the heading that a body begins with."""
    first, second = _first_lines(body)
    lines = 1 if first.startswith("# ") else 2 if _underlines(second) else 0
    return "\n".join(body.lstrip("\n").split("\n")[lines:])


def _first_lines(body: str) -> tuple[str, str]:
    lines = [*body.lstrip("\n").split("\n", 2), ""]
    return lines[0].strip(), lines[1].strip()


def _underlines(line: str) -> bool:
    return bool(line) and not line.strip("=")
