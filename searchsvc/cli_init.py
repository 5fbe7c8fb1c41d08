"""The command `searchsvc init`: a first settings file, and what to do next."""

import json
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchsvc import terminal
from searchsvc.cli_options import json_option
from searchsvc.errors import SettingsError
from searchsvc.loading import CONFIG_FILE
from searchsvc.posts.post import Reading
from searchsvc.process import DONE, DONE_WITH_REMARKS
from searchsvc.terminal import printable

if TYPE_CHECKING:  # what reads posts takes a while to load, and other commands do without it
    from searchsvc.posts.source import Source
    from searchsvc.surveying import Survey

_SERVICE = "http://127.0.0.1:8000"
FORM = (
    f'<form action="{_SERVICE}/search">\n'
    '  <input type="search" name="q" aria-label="Search"> <button>Search</button></form>'
)


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--print", "only_prints", is_flag=True, help="Print the file, and write nothing.")
@json_option
@click.option("--debug", is_flag=True, expose_value=False, help="Show where an error came from.")
def init_command(folder: Path, only_prints: bool, as_json: bool) -> int:
    """Look at a blog, and write a first settings file for it.

    FOLDER is the root of the blog (default: this folder), or a file of many posts: JSON
    Lines, a feed, an export of Ghost. What is found is told: which generator, how many
    posts, the address, the time zone, the language. A `searchsvc.toml` is written into
    the folder, with every setting in it: those that were found, the others commented
    out. One that is there already is never changed.

    \b
    Examples:
      searchsvc init
      searchsvc init ~/blog
      searchsvc init ~/blog --print      only shows the file

    Ends with 1 if there are posts that cannot be used.
    """
    from searchsvc.surveying import survey

    file = (folder if folder.is_dir() else folder.parent) / CONFIG_FILE
    if not only_prints and file.exists():
        raise _is_there(file)
    quiet = as_json or only_prints
    found = survey(folder, reading=iter if quiet else _with_progress)
    text = found.settings_file()
    if not only_prints:
        _write(file, text)
    if as_json:
        _show_json(found, file, text, written=not only_prints)
    elif only_prints:
        click.echo(text, nl=False)
    else:
        _show(found, file)
    return DONE_WITH_REMARKS if found.problems else DONE


def _with_progress(source: "Source") -> Iterator[Reading]:
    with terminal.progress_of(source) as told:
        for reading in source:
            yield reading
            told.read_one()


def _is_there(file: Path) -> SettingsError:
    return SettingsError(
        f"{file}: there is one already, and it was not changed. See what would be written with "
        "--print, or move it away first"
    )


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise _is_there(file) from error
    except OSError as error:
        raise SettingsError(
            f"{file}: cannot be written ({error.strerror}). --print shows what would be in it"
        ) from error


def _show_json(found: "Survey", file: Path, text: str, *, written: bool) -> None:
    said = found.to_json() | {
        "file": str(file),
        "written": written,
        "settings": text,
        "form": FORM,
        "next": list(_next(file)),
    }
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


def _next(file: Path) -> Iterable[str]:
    """The commands that follow, as they can be typed from here."""
    config = "" if file == Path(CONFIG_FILE) else f" --config {shlex.quote(str(file))}"
    return (f"searchsvc reindex{config}", f"searchsvc serve{config}")


def _show(found: "Survey", file: Path) -> None:
    for name, value in _facts(found):
        click.echo(printable(f"{name + ':':12}{value}"))
    click.echo(printable(f"{'written:':12}{file}"))
    click.echo("\nA search box, for any page of your blog:\n")
    click.echo("".join(f"  {line}\n" for line in FORM.splitlines()))
    click.echo("It works on this machine. When the service has an address of its own, put that in")
    click.echo(f"the place of {_SERVICE}.\n\nNext:\n")
    for command in _next(file):
        click.echo(f"  {command}")


def _facts(found: "Survey") -> Iterator[tuple[str, str]]:
    yield "found", found.description
    left_out = ", ".join(f"{count} {reason}" for reason, count in sorted(found.left_out.items()))
    yield "posts", f"{found.posts}" + (f" (left out: {left_out})" if left_out else "")
    yield "address", found.address or "not told; set `site_url`, or hits have paths alone"
    yield "time zone", found.timezone or "not told; UTC, unless you set `timezone`"
    yield "language", found.language or "not told; english, unless you set `language`"
    if found.url_template:
        yield "addresses", f"a guess, {found.url_template}: look at `url_template` in the file"
    if found.problems:
        count = len(found.problems)
        yield "problems", f"{count} cannot be used; they are told by: searchsvc check"
