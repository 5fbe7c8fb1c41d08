"""Write the parts of the docs that are made from code. `make docs`; `--check` only looks.

A part stands between `<!-- made from code: NAME -->` and `<!-- end of NAME -->`.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path

import click

from searchsvc import errors
from searchsvc.cli import cli
from searchsvc.loading import PREFIX
from searchsvc.posts.feeds.opening import FILE_GENERATORS
from searchsvc.posts.generators import GENERATORS
from searchsvc.settings import Settings, SourceSettings
from searchsvc.text.analysis import chunks
from searchsvc.web.lookups import RELATED_PARAMETERS, SUGGEST_PARAMETERS
from searchsvc.web.params import SEARCH_PARAMETERS, Parameter

ROOT = Path(__file__).parents[1]
PART = re.compile(
    r"(?P<start><!-- made from code: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end of (?P=name) -->)",
    re.DOTALL,
)
# What readers of technical blogs type, what it finds and what not; the tests hold it.
WORDS = ROOT / "tests" / "words.tsv"


def settings_table() -> Iterator[str]:
    """One row for each setting."""
    yield "| setting | type | default | what it is | variable |"
    yield "|---|---|---|---|---|"
    for name, field in Settings.model_fields.items():
        schema = Settings.model_json_schema()["properties"][name]
        default = schema.get("default")
        shown = "" if default in ("", [], {}, None) else f"`{default}`"
        kind = " or ".join(f"`{v}`" for v in schema.get("enum", ())) or _kind(schema)
        text = (field.description or "").replace("|", "\\|")
        yield f"| `{name}` | {kind} | {shown} | {text} | `{PREFIX}{name.upper()}` |"


def sources_table() -> Iterator[str]:
    """One row for each setting of a source."""
    yield "| setting | what it is |"
    yield "|---|---|"
    for name, field in SourceSettings.model_fields.items():
        needed = " Needed." if field.is_required() else ""
        yield f"| `{name}` | {field.description}{needed} |"


def _kind(schema: dict[str, object]) -> str:
    names = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "yes or no",
        "object": "table of lists of texts",
    }
    kind = names.get(str(schema.get("type")), "list of texts")
    if "$ref" in dict(schema.get("items", {})):
        kind = "list of tables"
    low, high = schema.get("minimum"), schema.get("maximum")
    return f"{kind}, {low} to {high}" if low is not None else kind


def commands() -> Iterator[str]:
    """The help of every command."""
    yield from _help(cli, "searchsvc")
    for name in sorted(cli.commands):
        yield from _help(cli.commands[name], f"searchsvc {name}")


def _help(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, max_content_width=96, terminal_width=96)
    yield f"\n## `{name}`\n"
    yield f"```text\n{command.get_help(context)}\n```"


def parameters_table(parameters: Iterable[Parameter]) -> Iterator[str]:
    """One row for each parameter of a route."""
    yield "| parameter | values | meaning |"
    yield "|---|---|---|"
    for parameter in parameters:
        cells = (f"`{parameter.name}`", parameter.values, parameter.meaning)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def errors_table() -> Iterator[str]:
    """One row for each error that has a code of its own."""
    yield "| code | what it says |"
    yield "|---|---|"
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, errors.SearchsvcError):
            summary = (error.__doc__ or "").strip().splitlines()[0]
            if "code" in vars(error):
                yield f"| `{error.code}` | {summary} |"


def words_table() -> Iterator[str]:
    """What each of some words finds and does not find, and what it is cut into."""
    yield "| typed | finds posts with | but not those with only | parts | other forms | one word |"
    yield "|---|---|---|---|---|---|"
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        typed, finds, not_found = line.split("\t")
        (chunk,) = chunks(typed)
        extras = [extra for part in chunk.parts for extra in part.extras]
        cells = [
            _code([typed]),
            _code(finds.split(" · ")),
            _code(not_found.split(" · ")),
            _code([part.word for part in chunk.parts]),
            _code([*chunk.wholes, *extras]),
            "yes" if chunk.is_name else "",
        ]
        yield f"| {' | '.join(cells)} |"


def _code(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in words if word)


def jsonlines_table() -> Iterator[str]:
    """One row for each field of a line of JSON Lines."""
    text = files("searchsvc.posts").joinpath("jsonlines.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    yield "| field | needed | what it is |"
    yield "|---|---|---|"
    for name, field in schema["properties"].items():
        needed = "yes" if name in schema["required"] else ""
        yield f"| `{name}` | {needed} | {field['description']} |"


def generators_table() -> Iterator[str]:
    """For each site generator and field how many tests there are; made from the tests."""
    sys.path.insert(0, str(ROOT / "tests" / "posts" / "generators"))
    from cells import table

    yield from table([kind.name for kind in (*GENERATORS, *FILE_GENERATORS)])


MADE: dict[str, Callable[[], Iterator[str]]] = {
    "settings": settings_table,
    "sources": sources_table,
    "commands": commands,
    "search-parameters": partial(parameters_table, SEARCH_PARAMETERS),
    "suggest-parameters": partial(parameters_table, SUGGEST_PARAMETERS),
    "related-parameters": partial(parameters_table, RELATED_PARAMETERS),
    "errors": errors_table,
    "words": words_table,
    "jsonlines": jsonlines_table,
    "generators": generators_table,
}


def made_anew(text: str) -> str:
    """The text of a page with its parts made from the code as it is now."""

    def made(found: re.Match[str]) -> str:
        lines = "\n".join(MADE[found["name"]]())
        return f"{found['start']}{lines}\n{found['end']}"

    return PART.sub(made, text)


def main() -> int:
    """Write or check; 1 when a page is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only tell")
    check = parser.parse_args().check
    outdated = []
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]):
        text = page.read_text(encoding="utf-8")
        if (anew := made_anew(text)) != text:
            outdated.append(page.relative_to(ROOT))
            if not check:
                page.write_text(anew, encoding="utf-8")
    for page in outdated:
        print(f"{page}: {'out of date. Run: make docs' if check else 'written'}")
    return 1 if check and outdated else 0


if __name__ == "__main__":
    sys.exit(main())
