"""The command line's manners: help at once, exit codes, one form of error, no noise in pipes."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys

import click
import pytest

from hedgerow import cli
from hedgerow.landscape.errors import DataError, UsageError


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hedgerow", *arguments], capture_output=True, text=True, **options
    )


def test_help_lists_every_command_without_importing_any():
    code = (
        "import sys; from hedgerow.cli import main; main(['--help']);"
        "slow = {'polars', 'numpy', 'dataframely', 'rich', 'scipy'} & set(sys.modules);"
        "commands = [name for name in sys.modules if name.startswith('hedgerow.cli.')];"
        "sys.exit(f'{slow} {commands}' if slow or commands else 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    for name, said in cli.COMMANDS.items():
        assert name in ended.stdout
        assert said in ended.stdout


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help_of_its_own(name, capsys):
    assert cli.main([name, "--help"]) == 0
    assert "Usage: hedgerow" in capsys.readouterr().out


def test_version(capsys):
    assert cli.main(["--version"]) == 0
    assert "hedgerow" in capsys.readouterr().out


def test_wrong_use(capsys):
    assert cli.main(["nonsense"]) == 2
    assert cli.main(["register", "build"]) == 2
    assert cli.main(["register", "show", "x", "--nonsense"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err


@pytest.fixture
def failing(monkeypatch):
    """A command that raises whatever it is given."""

    def install(fault: BaseException) -> None:
        @click.command()
        def command() -> None:
            raise fault

        monkeypatch.setattr(cli.LazyGroup, "get_command", lambda self, ctx, name: command)

    return install


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (UsageError("No such place.", advice="Try another."), 2, "Error: No such place.\nTry ano"),
        (DataError("Bad file."), 3, "Error: Bad file.\n"),
        (KeyboardInterrupt(), 130, "Stopped."),
        (ZeroDivisionError("division by zero"), 1, "fault of ours"),
        (OSError(errno.ENOSPC, "No space left"), 2, "Error: There is no room to write: No space"),
        (PermissionError(errno.EACCES, "No", "a.csv"), 2, "Error: a.csv cannot be read or written"),
        (OSError(errno.EIO, "Input/output error"), 1, "fault of ours"),
    ],
)
def test_errors_and_exit_codes(failing, capsys, monkeypatch, fault, code, said):
    monkeypatch.delenv("HEDGEROW_DEBUG", raising=False)
    failing(fault)
    assert cli.main(["any"]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert "Traceback" not in shown.err


def test_ended_from_outside(monkeypatch, capsys):
    @click.command()
    def command() -> None:
        signal.raise_signal(signal.SIGTERM)
        raise AssertionError("it must not go on")

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(cli.LazyGroup, "get_command", lambda self, ctx, name: command)
    monkeypatch.setattr(sys, "argv", ["hedgerow", "any"])
    try:
        assert cli.main() == 130
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capsys.readouterr().err.strip() == "Stopped."


def test_where_in_the_code_only_when_asked(failing, capsys, monkeypatch):
    failing(ZeroDivisionError("division by zero"))
    assert cli.main(["--debug", "any"]) == 1
    assert "Traceback" in capsys.readouterr().err
    monkeypatch.setenv("HEDGEROW_DEBUG", "1")
    assert cli.main(["any"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_goes_away():
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [sys.executable, "-m", "hedgerow", "--help"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(write)
    assert ended.returncode == 141
    assert ended.stderr == ""
