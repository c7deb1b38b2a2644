"""``hedgerow fieldbook network``: check, convert, import, export, protocol."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from hedgerow.fieldbook.networks import CanvasOptions, ReadNetwork
    from hedgerow.landscape.landscape import Landscape

FILE = click.Path(path_type=Path)
REGISTER = click.option(
    "--register",
    type=FILE,
    metavar="DIR",
    envvar="HEDGEROW_REGISTER",
    help="Where schools and organisations are looked up; HEDGEROW_REGISTER may name it.",
)
FORMAT = click.option(
    "--format", "format_", metavar="NAME", help="Its format; found out from the content otherwise."
)
MERGE = click.option(
    "--merge",
    multiple=True,
    metavar="TYPE",
    help="Of Network Canvas: nodes of this type with exactly the same name are one (repeatable).",
)
NAME = click.option(
    "--name-variable", metavar="NAME", help="Of Network Canvas: the variable that names an alter."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
MOST_LISTED = 20


@click.group("network")
def network() -> None:
    """Networks of Network Canvas, Kumu, Gephi, UCINET, visone and spreadsheets, in and out."""


@network.command()
@click.argument("path", type=FILE)
@FORMAT
@MERGE
@NAME
@AS_JSON
def check(
    path: Path,
    format_: str | None,
    merge: Sequence[str],
    name_variable: str | None,
    as_json: bool,
) -> None:
    """Say what a network's file holds, and every fault in it."""
    from hedgerow.fieldbook.networks import read_network

    read = read_network(path, format=format_, canvas=_canvas(merge, name_variable))
    if as_json:
        click.echo(json.dumps(_report(read), indent=2, ensure_ascii=False))
        return
    _print_read(read)


@network.command()
@click.argument("path", type=FILE)
@click.argument("out", type=FILE)
@FORMAT
@click.option("--to", metavar="NAME", help="The format to write; that of OUT's ending otherwise.")
@MERGE
@NAME
def convert(
    path: Path,
    out: Path,
    format_: str | None,
    to: str | None,
    merge: Sequence[str],
    name_variable: str | None,
) -> None:
    """Write a network in another format, and say what that cannot hold."""
    from hedgerow.fieldbook.networks import read_network, write_network

    read = read_network(path, format=format_, canvas=_canvas(merge, name_variable))
    _print_read(read)
    _print_written(out, write_network(read.network, out, to))


@network.command("import")
@click.argument("path", type=FILE)
@click.argument("out", metavar="F.xlsx|DIR", type=FILE)
@REGISTER
@click.option(
    "--key",
    type=FILE,
    metavar="FILE",
    required=True,
    envvar="HEDGEROW_KEY",
    help="Who is behind which pseudonym; kept apart from the data, made where there is none.",
)
@click.option("--day", metavar="DATE", help="The day that the network describes; today otherwise.")
@click.option("--node-kind", multiple=True, metavar="ITS=OURS", help="A kind of node (repeatable).")
@click.option("--tie-kind", multiple=True, metavar="ITS=OURS", help="A kind of tie (repeatable).")
@FORMAT
@MERGE
@NAME
def import_(
    path: Path,
    out: Path,
    register: Path | None,
    key: Path,
    day: str | None,
    node_kind: Sequence[str],
    tie_kind: Sequence[str],
    format_: str | None,
    merge: Sequence[str],
    name_variable: str | None,
) -> None:
    """Turn a network into a fieldbook: organisations looked up, persons under pseudonyms.

    The fieldbook is then looked through and imported like any other.
    """
    from hedgerow.fieldbook.csv_folder import write_csv_folder
    from hedgerow.fieldbook.networks import read_network, to_evidence
    from hedgerow.fieldbook.pseudonyms import KeyRing, must_lie_apart
    from hedgerow.fieldbook.workbook import write_workbook
    from hedgerow.landscape.provenance import Source

    if out.suffix.lower() != ".xlsx":
        must_lie_apart(key, out)
    read = read_network(path, format=format_, canvas=_canvas(merge, name_variable))
    _print_read(read)
    ring = KeyRing.open(key)
    source = Source(
        id=f"network-{path.stem}",
        title=f"Network {path.name}",
        publisher="",
        licence="",
        as_of=_day(day),
        file=path.name,
        sha256="" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest(),
        rows=read.network.ties.height,
        release=read.format,
    )
    evidence = to_evidence(
        read.network,
        source=source,
        pseudonym=ring.pseudonym_of,
        register=_opened(register),
        node_kinds=_pairs(node_kind, "--node-kind"),
        tie_kinds=_pairs(tie_kind, "--tie-kind"),
    )
    _print_faults(evidence.faults)
    ring.save()  # before the data: pseudonyms without their key could never be told again
    if out.suffix.lower() == ".xlsx":
        write_workbook(evidence.tables, out, sources=evidence.sources)
    else:
        write_csv_folder(evidence.tables, out, sources=evidence.sources)
    held = ", ".join(f"{table.height:,} {name}" for name, table in evidence.tables.items())
    click.echo(
        f"Wrote {out}: {held or 'nothing'}; {evidence.set_aside.height:,} could not be used."
    )
    click.echo(f"Next: hedgerow fieldbook import {out} --into FOLDER --key {key}")


@network.command()
@click.argument("out", type=FILE)
@REGISTER
@click.option("--fieldbook", type=FILE, metavar="FOLDER", help="Imported fieldbooks.")
@click.option("--place", metavar="PLACE", help="Only ties with an end in this place.")
@click.option("--on", "day", metavar="DATE", help="Ties in force on a day; with PLACE its own.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="A kind of tie (repeatable).")
@click.option("--to", metavar="NAME", help="The format to write; that of OUT's ending otherwise.")
@click.option("--named", is_flag=True, help="Name persons who agreed to be named.")
def export(
    out: Path,
    register: Path | None,
    fieldbook: Path | None,
    place: str | None,
    day: str | None,
    kinds: Sequence[str],
    to: str | None,
    named: bool,
) -> None:
    """Write a register's and fieldbook's ties as a network, and say what the format cannot hold."""
    from hedgerow.fieldbook.networks import from_landscape, write_network
    from hedgerow.landscape.errors import UsageError
    from hedgerow.landscape.landscape import Landscape

    landscape = _opened(register)
    if landscape is None and place is not None:
        raise UsageError("A place is found in a register.", advice="Name one: --register.")
    if fieldbook is not None:
        from hedgerow.fieldbook.fieldbooks import read_fieldbook
        from hedgerow.landscape.evidence import with_evidence

        evidence = read_fieldbook(fieldbook)
        landscape = with_evidence(
            landscape or Landscape({}), evidence.tables, sources=evidence.sources
        )
    if landscape is None:
        raise UsageError("There is nothing to export.", advice="Give --register or --fieldbook.")
    on = _day(day) if day else None
    if place is None:
        made = from_landscape(landscape, on=on, kinds=kinds or None, is_naming=named)
    else:
        from hedgerow.cli.places import place_from

        here = landscape.through(place_from(landscape, place), on=on)
        made = from_landscape(here, kinds=kinds or None, is_naming=named)
    _print_written(out, write_network(made, out, to))
    click.echo(f"{made.nodes.height:,} nodes, {made.ties.height:,} ties.")


@network.command()
@click.argument("out", metavar="F.netcanvas", type=FILE)
def protocol(out: Path) -> None:
    """Write the interview for Network Canvas: who do you turn to, who did you learn from."""
    from hedgerow.fieldbook.networks import write_protocol
    from hedgerow.fieldbook.networks.protocol import SCHEMA_VERSION

    write_protocol(out)
    click.echo(f"Wrote {out}, schema version {SCHEMA_VERSION}. Open it in Network Canvas.")


def _canvas(merge: Sequence[str], name: str | None) -> CanvasOptions:
    from hedgerow.fieldbook.networks import CanvasOptions

    return CanvasOptions(merge=merge, name=name)


def _opened(register: Path | None) -> Landscape | None:
    if register is None:
        return None
    from hedgerow.sources.register import open_register

    return open_register(register)


def _day(text: str | None) -> date:
    from hedgerow.landscape.errors import UsageError

    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise UsageError(f"“{text}” is no day.", advice="Write it as 2022-04-25.") from fault


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    from hedgerow.landscape.errors import UsageError

    pairs = {}
    for text in given:
        its, equals, ours = text.partition("=")
        if not (its and equals and ours):
            raise UsageError(
                f"{option} {text}: two names with = between them were expected.",
                advice=f"Such as {option} Person=person.",
            )
        pairs[its] = ours
    return pairs


def _report(read: ReadNetwork) -> dict[str, Any]:
    found = read.network
    return {
        "format": read.format,
        "nodes": found.nodes.height,
        "ties": found.ties.height,
        "node_kinds": dict(_counts(found.nodes["kind"])),
        "tie_kinds": dict(_counts(found.ties["kind"])),
        "told": list(found.told),
        "set_aside": read.set_aside.height,
        "faults": read.faults.table().to_dicts(),
    }


def _counts(kinds: Any) -> list[tuple[str, int]]:
    rows = kinds.fill_null("no kind").value_counts(sort=True).iter_rows()
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _print_read(read: ReadNetwork) -> None:
    from hedgerow.fieldbook.networks import FORMATS

    report = _report(read)
    lines = [f"{read.file}: {FORMATS[read.format].title}"]
    for what in ("node", "tie"):
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in report[f"{what}_kinds"].items())
        lines.append(f"  {report[f'{what}s']:,} {what}s{f' ({kinds})' if kinds else ''}")
    lines += [f"  {told}" for told in report["told"]]
    if report["set_aside"]:
        lines.append(f"  {report['set_aside']:,} rows could not be used.")
    click.echo("\n".join(lines))
    _print_faults(read.faults)


def _print_faults(faults: Any) -> None:
    listed = list(faults)
    for fault in listed[:MOST_LISTED]:
        click.echo(f"  {fault}")
    if len(listed) > MOST_LISTED:
        click.echo(f"  … and {len(listed) - MOST_LISTED:,} more")


def _print_written(out: Path, lost: Sequence[str]) -> None:
    click.echo(f"Wrote {out}.")
    for what in lost:
        click.echo(f"  It cannot hold: {what}")
