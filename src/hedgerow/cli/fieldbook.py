"""``hedgerow fieldbook``: template, check, import, export, forget."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hedgerow.cli.fieldbook_attendance import attendance
from hedgerow.cli.fieldbook_network import network

if TYPE_CHECKING:
    from hedgerow.fieldbook.evidence import FieldbookEvidence
    from hedgerow.landscape.faults import Faults
    from hedgerow.landscape.landscape import Landscape

FILE = click.Path(path_type=Path)
REGISTER = click.option(
    "--register",
    type=FILE,
    metavar="DIR",
    envvar="HEDGEROW_REGISTER",
    help="Where schools and organisations are looked up; HEDGEROW_REGISTER may name it.",
)
INTO = click.option(
    "--into",
    type=FILE,
    metavar="FOLDER",
    required=True,
    help="Folder of imported fieldbooks; made where there is none.",
)
KEY = click.option(
    "--key",
    type=FILE,
    metavar="FILE",
    envvar="HEDGEROW_KEY",
    help="Who is behind which pseudonym; kept apart from the data, made where there is none.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
BAD_DATA = 3
MOST_LISTED = 40
"""Faults of a sheet that a terminal shows; the marked copy and JSON have all."""


@click.group()
def command() -> None:
    """Write down what is known in a place: a workbook to fill in, check and import."""


command.add_command(network)
command.add_command(attendance)


@command.command()
@click.argument("path", metavar="F.xlsx", type=FILE)
@REGISTER
@click.option(
    "--place", metavar="PLACE", help="Offer this place's schools in drop-downs (with --register)."
)
def template(path: Path, register: Path | None, place: str | None) -> None:
    """Write an empty fieldbook: a workbook with a sheet for each kind of evidence."""
    from hedgerow.fieldbook.workbook import write_template
    from hedgerow.landscape.errors import UsageError

    if path.exists() and not path.is_dir():
        raise UsageError(
            f"{path} is there already, and what is filled in there would be gone.",
            advice="Name another file, or move that one away first.",
        )
    schools = None
    if place is not None:
        landscape = _opened(register)
        if landscape is None:
            raise UsageError("A place's schools are in a register.", advice="Name one: --register.")
        from hedgerow.cli.places import place_from

        here = landscape.through(place_from(landscape, place), phase="all")
        schools = here.schools.sort("name").select("id", "name")
    write_template(path, schools=schools)
    click.echo(f"Wrote {path}. Fill it in, then: hedgerow fieldbook check {path}")


@command.command()
@click.argument("path", type=FILE)
@REGISTER
@click.option("--into", type=FILE, metavar="FOLDER", help="Fieldbooks imported before.")
@KEY
@click.option(
    "--out", type=FILE, metavar="F.xlsx", help="Where the marked copy goes; beside PATH otherwise."
)
@click.option("--no-copy", is_flag=True, help="Write no marked copy.")
@AS_JSON
def check(
    path: Path,
    register: Path | None,
    into: Path | None,
    key: Path | None,
    out: Path | None,
    no_copy: bool,
    as_json: bool,
) -> int:
    """List every fault of a workbook, a folder of CSV files or an ODS, and mark them in a copy.

    Nothing is imported, and PATH itself is left alone. Ends with 3 where rows cannot be used.
    """
    from hedgerow.fieldbook.fieldbooks import contribution_name, read_raw
    from hedgerow.fieldbook.marking import marked_path, write_marked
    from hedgerow.fieldbook.opening import open_raw
    from hedgerow.fieldbook.pseudonyms import KeyRing
    from hedgerow.fieldbook.store import load

    known = None if into is None else load(into).without(contribution_name(path)).tables()
    ring = KeyRing() if key is None else KeyRing.open(key)
    raw = open_raw(path)
    evidence = read_raw(raw, ring=ring, register=_opened(register), known=known)
    copy = None
    if len(evidence.faults) and not no_copy:
        copy = out or marked_path(path)
        write_marked(raw, evidence.faults, copy)
    if as_json:
        _print_json(_report(evidence) | {"marked": None if copy is None else str(copy)})
    else:
        _print_faults(evidence.faults)
        _print_tables(evidence)
        if copy is not None:
            click.echo(f"A copy with the faults marked: {copy}")
    return BAD_DATA if evidence.set_aside.height or not evidence.tables else 0


@command.command("import")
@click.argument("path", type=FILE)
@REGISTER
@INTO
@KEY
@click.option("--as", "name", metavar="NAME", help="What to call this fieldbook; else its file.")
@click.option("--replace", is_flag=True, help="Take the place of an earlier, different one.")
@AS_JSON
def import_(
    path: Path,
    register: Path | None,
    into: Path,
    key: Path | None,
    name: str | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Take what is sound in a fieldbook into a folder, and set the rest aside with reasons.

    Importing the same fieldbook again replaces what it told before; nothing is doubled. Several
    people's fieldbooks go into one folder one after another.
    """
    from hedgerow.fieldbook.importing import import_fieldbook

    done = import_fieldbook(
        path, into, register=_opened(register), key=key, name=name, is_replacing=replace
    )
    if as_json:
        _print_json(_report(done.evidence) | {"name": done.name, "replaced": done.replaced})
        return
    _print_faults(done.evidence.faults)
    _print_tables(done.evidence)
    before = "" if done.replaced is None else f", in place of {done.replaced:,} rows told before"
    click.echo(f"Imported “{done.name}” into {into}{before}.")


@command.command()
@click.argument("folder", type=FILE)
@click.argument("out", metavar="F.xlsx|DIR", type=FILE)
def export(folder: Path, out: Path) -> None:
    """Write imported fieldbooks as one workbook, or as a folder of CSV files."""
    from hedgerow.fieldbook.csv_folder import write_csv_folder
    from hedgerow.fieldbook.fieldbooks import read_fieldbook
    from hedgerow.fieldbook.workbook import write_workbook

    evidence = read_fieldbook(folder)
    if out.suffix.lower() == ".xlsx":
        write_workbook(evidence.tables, out, sources=evidence.sources)
    else:
        write_csv_folder(evidence.tables, out, sources=evidence.sources)
    click.echo(f"Wrote {out}: {evidence.rows:,} rows.")


@command.command()
@click.argument("name")
@click.option("--key", type=FILE, metavar="FILE", required=True, envvar="HEDGEROW_KEY")
@click.option("--fieldbook", "folder", type=FILE, metavar="FOLDER", help="Imported fieldbooks.")
def forget(name: str, key: Path, folder: Path | None) -> None:
    """Forget a person: the name and its entry in the key go, the anonymous counts stay.

    NAME is what the person is called in the workbook, or the pseudonym. Take the name out of the
    workbooks too: importing one that still holds it makes the person known again.
    """
    from hedgerow.fieldbook.importing import forget as forget_person
    from hedgerow.landscape.errors import UsageError

    if not forget_person(name, key=key, folder=folder):
        raise UsageError(
            "The key knows nobody of that name.", advice="Write it as it stands in the workbook."
        )
    click.echo("Forgotten. Take the name out of the workbooks as well.")


def _opened(register: Path | None) -> Landscape | None:
    if register is None:
        return None
    from hedgerow.sources.register import open_register

    return open_register(register)


def _report(evidence: FieldbookEvidence) -> dict[str, Any]:
    return {
        "tables": {name: table.height for name, table in evidence.tables.items()},
        "set_aside": evidence.set_aside.height,
        "faults": evidence.faults.table().to_dicts(),
    }


def _print_json(held: dict[str, Any]) -> None:
    click.echo((json.dumps(held, indent=2, ensure_ascii=False) + "\n").encode(), nl=False)


def _print_faults(faults: Faults) -> None:
    from hedgerow.cli.asking import say

    for sheet, group in groupby(faults, lambda fault: fault.sheet or fault.file):
        listed = list(group)
        lines = [f"\n{sheet}"]
        for fault in listed[:MOST_LISTED]:
            where = f"row {fault.row}" if fault.row is not None else ""
            place = ", ".join(part for part in (where, fault.column) if part)
            lines.append(f"  {place or 'whole sheet'}: {fault.kind}, {fault.consequence}")
            lines.append(f"    found {fault.found}; expected {fault.expected}")
            if fault.advice:
                lines.append(f"    {fault.advice}")
        if len(listed) > MOST_LISTED:
            lines.append(f"  … and {len(listed) - MOST_LISTED:,} more")
        say("\n".join(lines) + "\n")


def _print_tables(evidence: FieldbookEvidence) -> None:
    from hedgerow.cli.asking import say

    by_consequence = evidence.faults.table()["consequence"].value_counts(sort=True)
    lines = [""]
    lines += [f"  {table.height:>7,}  {name}" for name, table in evidence.tables.items()]
    lines.append(f"{evidence.rows:,} rows can be used, {evidence.set_aside.height:,} cannot.")
    told = ", ".join(f"{count:,} {what}" for what, count in by_consequence.iter_rows())
    is_blank = not (told or evidence.rows or evidence.set_aside.height)
    untold = "Nothing is filled in yet." if is_blank else "No faults."
    lines.append(f"Faults: {told}." if told else untold)
    say("\n".join(lines) + "\n")
