"""Options that several commands take, and the settings that they lead to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from searchsvc.loading import load_settings
from searchsvc.settings import Settings

MAX_WAIT_S = 86_400
F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")


def _seconds(_context: click.Context, _option: click.Parameter, value: float) -> float:
    if value != value or not 0 <= value <= MAX_WAIT_S:  # nan equals nothing
        raise click.BadParameter(f"{value} is not in the range 0 to {MAX_WAIT_S} seconds.")
    return value


wait_option = click.option(
    "--wait",
    "wait_s",
    type=float,
    callback=_seconds,
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another run to end.",
)


def common_options(command: F) -> F:
    """The options that every command takes that asks or writes an index."""
    index = click.option(
        "--index",
        "index_dir",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The folder of the index (setting `index_dir`; default: index/).",
    )
    return index(config_options(command))


def config_options(command: F) -> F:
    """The options of commands that need no index."""
    options = (
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The settings file (default: searchsvc.toml, if it is there).",
        ),
        click.option(
            "--debug",
            is_flag=True,
            expose_value=False,  # `run` looks for it: it is needed before commands are parsed
            help="Show where in the code an error came from.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def settings_of(config: Path | None, **options: object) -> Settings:
    """The settings that hold for a command with these options."""
    return load_settings(config, options=options)
