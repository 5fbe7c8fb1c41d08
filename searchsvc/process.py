"""Process: how a command of the shell ends, whatever happens.

Exit codes, for every command: 0 done; 1 done, but something was skipped or found
wrong; 2 nothing done (usage, settings, lock, refused); 3 a bug of ours.
"""

import errno
import os
import sys
import traceback
from contextlib import suppress
from typing import TextIO

import click

from searchsvc import __version__
from searchsvc.errors import SearchsvcError

DONE, DONE_WITH_REMARKS, NOTHING_DONE, OUR_BUG = 0, 1, 2, 3


def run(command: click.Command, arguments: list[str]) -> int:
    """Run a command.

    Returns:
        Its exit code. Errors are printed to stderr, without a traceback unless
        ``--debug`` is among the arguments.
    """
    debug = "--debug" in arguments
    stdout = sys.stdout
    try:
        code = command.main(arguments, prog_name="searchsvc", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return NOTHING_DONE
    except click.Abort:
        click.echo("Interrupted. What was searched before is searched still.", err=True)
        return NOTHING_DONE
    except SearchsvcError as error:
        if debug:
            traceback.print_exc()
        click.echo(str(error), err=True)
        return NOTHING_DONE
    except SystemExit:
        if sys.stdout is stdout:
            raise
        # The reader of our output, such as `head`, has had enough: click leaves so, and
        # puts another stream into the place of this one.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
        return DONE
    except Exception as error:
        if _is_about_output(error):
            return _output_failed(error, stdout)
        return _our_bug(error, debug=debug)


def _is_about_output(error: Exception) -> bool:
    """Errors of files have a name; what is written to a full disk by `>` has none."""
    known = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG)
    return isinstance(error, OSError) and error.filename is None and error.errno in known


def _output_failed(error: Exception, stdout: TextIO) -> int:
    with suppress(OSError):
        click.echo(f"The output cannot be written: {error}. What was to be done is done.", err=True)
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
    return DONE_WITH_REMARKS


def _our_bug(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    click.echo(
        f"This is a bug in searchsvc {__version__}: {type(error).__name__}: {error}\n"
        "Please report it with the command, what you expected, and the output of the same "
        "command with --debug. `searchsvc status` tells what is live.",
        err=True,
    )
    return OUR_BUG
