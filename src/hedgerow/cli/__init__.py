"""The command line. A command is imported only when asked for, so that help comes at once."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from hedgerow.landscape.errors import HedgerowError, UsageError

COMMANDS: dict[str, str] = {
    "register": "Build, show or fetch a register of England's schools.",
    "profile": "Profile one place on a date.",
    "history": "Follow one place through time, with what could explain it.",
    "compare": "Set two to six places side by side.",
    "typology": "Say what kinds of locality there are, and how sure that is.",
    "fieldbook": "Write down, check and import what is known in a place.",
    "indicators": "List the declared indicators.",
    "serve": "Open the site.",
    "demo": "Make up a region with a City, a Town and a Shire in it.",
}
"""Every command with its line in the help; ``hedgerow.cli.NAME`` holds it as ``command``."""

STOPPED = 130
PIPE_CLOSED = 141
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ELOOP, errno.ENAMETOOLONG)


class LazyGroup(click.Group):
    """A group of commands that imports one only when it runs or shows its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command by name; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"hedgerow.cli.{cmd_name}").command
        if not isinstance(found, click.Command):
            raise TypeError(f"hedgerow.cli.{cmd_name}.command is not a command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 a fault of ours, 2 wrong use, 3 bad input data.",
)
@click.version_option(package_name="hedgerow", prog_name="hedgerow")
@click.option("--debug", is_flag=True, help="Show where in the code an error arose.")
@click.pass_context
def hedgerow(ctx: click.Context, debug: bool) -> None:
    """See, measure and tend the landscape of teachers' professional learning in a place."""
    ctx.obj = {"debug": debug}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows ``hedgerow``; the process's own arguments unless given.

    Returns
    -------
    int
        0 done, 1 a fault of ours, 2 wrong use, 3 bad input data, 130 stopped from the keyboard, 141
        nobody reads the output any more.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        # ended from outside: clean up as after Ctrl-C
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    is_debugging = "--debug" in given or bool(os.environ.get("HEDGEROW_DEBUG"))
    try:
        outcome: Any = hedgerow.main(given, prog_name="hedgerow", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit:
        return PIPE_CLOSED  # the one thing for which click exits here: nobody reads our output
    except BrokenPipeError:
        # leave no second complaint when the interpreter closes the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return STOPPED
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except HedgerowError as fault:
        click.echo(f"Error: {fault}", err=True)
        _trace(is_debugging)
        return fault.exit_code
    except OSError as fault:
        if fault.errno not in NO_ROOM and not (fault.errno in NOT_ALLOWED and fault.filename):
            return _ours(fault, is_debugging)
        try:
            sys.stdout.flush()
        except OSError:
            # leave no second complaint when the interpreter closes what cannot take any more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if fault.errno in NO_ROOM:
            where = f" {fault.filename}" if fault.filename else ""
            said = f"There is no room to write{where}: {fault.strerror}."
            advice = "Make room on the disk, or write elsewhere."
        else:
            said = f"{fault.filename} cannot be read or written: {fault.strerror}."
            advice = "Name what you may read, and a place where you may write."
        click.echo(f"Error: {said}\n{advice}", err=True)
        _trace(is_debugging)
        return UsageError.exit_code
    except Exception as fault:
        return _ours(fault, is_debugging)
    return outcome if isinstance(outcome, int) else 0


def _ours(fault: Exception, is_debugging: bool) -> int:
    said = f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__
    click.echo(f"This is a fault of ours, not yours. {said}", err=True)
    if not is_debugging:
        click.echo("Run it again with `hedgerow --debug ...` and send us what it says.", err=True)
    _trace(is_debugging)
    return 1


def _trace(is_debugging: bool) -> None:
    if is_debugging:
        click.echo(traceback.format_exc(), err=True)
