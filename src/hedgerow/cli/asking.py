"""What `profile` and `compare` are asked with: the options they share, and the files that they
write."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hedgerow.landscape.errors import UsageError

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape
    from hedgerow.landscape.phases import Phase

_Command = TypeVar("_Command", bound=Callable[..., Any])
FORMATS = ("html", "pdf", "xlsx")


class Day(click.ParamType):
    """A date written as 2022-04-25."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a date, or say how one is written."""
        if isinstance(value, date):
            return value
        try:
            if len(str(value)) != len("2022-04-25"):
                raise ValueError("another notation of ISO 8601 than the one we take")
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(
                f"“{value}” is no date. Write year-month-day, such as 2022-04-25.", param, ctx
            )


def has_come(day: date | None, register: Landscape) -> None:
    """Make sure that a day has come; the made-up register may itself be of a day to come.

    Raises
    ------
    UsageError
        If it lies after both today and the register's own day.
    """
    latest = max(date.today(), register.as_of or date.min)
    if day is not None and day > latest:
        raise UsageError(
            f"Nothing is known of {day}: that day has not come.",
            advice=f"Ask for {latest} or an earlier day.",
        )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked for besides the place.

    Attributes
    ----------
    register : Path
    fieldbook : Path or None
        Local evidence to lay over the register.
    key : Path or None
        The key to the pseudonyms of a fieldbook that is not imported.
    on : datetime.date or None
    phase : {"primary", "secondary", "all"}
    as_json : bool
    files : mapping of str to Path
        Files to write by format.
    """

    register: Path
    fieldbook: Path | None
    key: Path | None
    on: date | None
    phase: Phase
    as_json: bool
    files: Mapping[str, Path]

    def open(self) -> Landscape:
        """Open the register, with the fieldbook laid over it, once it is known that every file can
        be written."""
        from hedgerow.reporting.writing import check_target

        places = [path.absolute() for path in self.files.values()]
        if len(set(places)) < len(places):
            raise UsageError("Two formats would be written to one file.", advice="Name two files.")
        for path in places:
            check_target(path)
        from hedgerow.sources.register import open_register

        register = open_register(self.register, on=self.on)
        has_come(self.on, register)
        if self.fieldbook is None:
            return register
        from hedgerow.fieldbook.fieldbooks import open_fieldbook

        return open_fieldbook(self.fieldbook, register, key=self.key)

    @property
    def is_for_reading(self) -> bool:
        """Whether nothing but the terminal was asked for."""
        return not self.as_json and not self.files

    def write(self, made: Mapping[str, Callable[[], bytes]]) -> None:
        """Make and write each file that was asked for, and say where it is."""
        from hedgerow.reporting.writing import write_file

        for kind, path in self.files.items():
            write_file(path, made[kind]())
            click.echo(f"Wrote {path}", err=True)


def options(command: _Command) -> _Command:
    """Add the shared options to a command."""
    return options_without()(command)


def options_without(*names: str) -> Callable[[_Command], _Command]:
    """Add the shared options but those named, as they are written: ``--on``."""

    def add(command: _Command) -> _Command:
        for words, option in reversed(_shared().items()):
            if words not in names:
                command = option(command)
        return command

    return add


def _shared() -> dict[str, Callable[[_Command], _Command]]:
    """The shared options, by how they are written."""
    file = click.Path(path_type=Path)
    shared = [
        click.option(
            "--register",
            type=file,
            required=True,
            metavar="DIR",
            envvar="HEDGEROW_REGISTER",
            help="Folder of a register, or of several; HEDGEROW_REGISTER may name it.",
        ),
        click.option(
            "--fieldbook",
            type=file,
            metavar="PATH",
            help="Local evidence: what `hedgerow fieldbook import` wrote, or a fieldbook itself.",
        ),
        click.option(
            "--key",
            type=file,
            metavar="FILE",
            envvar="HEDGEROW_KEY",
            help="Key to the pseudonyms of a fieldbook that is not imported.",
        ),
        click.option(
            "--on",
            type=Day(),
            metavar="DATE",
            help="The day, as 2022-04-25; the register's own otherwise.",
        ),
        click.option(
            "--phase",
            type=click.Choice(["primary", "secondary", "all"]),
            default="primary",
            show_default=True,
            help="Which schools the figures are about.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option(
            "--html", type=file, metavar="FILE", help="Write a web page that needs nothing else."
        ),
        click.option("--pdf", type=file, metavar="FILE", help="Write a report for printing."),
        click.option(
            "--xlsx", type=file, metavar="FILE", help="Write a workbook, a sheet a table."
        ),
    ]
    words = ("--register", "--fieldbook", "--key", "--on", "--phase", "--json", "--html", "--pdf")
    return dict(zip((*words, "--xlsx"), shared, strict=True))


def asked(given: Mapping[str, Any]) -> Asked:
    """Gather the shared options as click hands them over."""
    return Asked(
        register=given["register"],
        fieldbook=given["fieldbook"],
        key=given["key"],
        on=given.get("on"),
        phase=given["phase"],
        as_json=given["as_json"],
        files={kind: given[kind] for kind in FORMATS if given.get(kind) is not None},
    )


def terminal_width() -> int | None:
    """Give the characters in a line of the terminal; None where a pipe or a file takes what we
    write."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return None


def say(text: str) -> None:
    """Print text, with what the terminal's encoding lacks replaced."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, errors="replace").decode(encoding), nl=False)


def json_text(held: dict[str, object]) -> bytes:
    """Give JSON in UTF-8, whatever the terminal's encoding."""
    return (json.dumps(held, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
