"""``hedgerow fieldbook attendance``: people's own attendance spreadsheets."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hedgerow.cli.asking import Day

if TYPE_CHECKING:
    from hedgerow.fieldbook.attendance.importing import Provider
    from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
    from hedgerow.fieldbook.pseudonyms import KeyRing
    from hedgerow.fieldbook.store import Stored
    from hedgerow.landscape.landscape import Landscape

FILE = click.Path(path_type=Path)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    file: Path
    mapping_file: Path
    review_file: Path
    is_asking: bool


@click.command()
@click.argument("path", metavar="FILE", type=FILE)
@click.option(
    "--register",
    type=FILE,
    metavar="DIR",
    required=True,
    envvar="HEDGEROW_REGISTER",
    help="Where schools are looked up; HEDGEROW_REGISTER may name it.",
)
@click.option(
    "--provider", metavar="NAME", help="Who provided the courses: a name, or an identifier."
)
@click.option(
    "--provider-kind",
    metavar="KIND",
    help="What the provider is (maths_hub, company ...), to take it up where nobody knows it.",
)
@click.option(
    "--mapping",
    "mapping_file",
    type=FILE,
    metavar="FILE",
    help="Which column is what, as an earlier import wrote it; else beside FILE.",
)
@click.option("--review", type=FILE, metavar="FILE", help="A review list, its decisions filled in.")
@click.option(
    "--write-review",
    type=FILE,
    metavar="FILE",
    help="Where the review list goes (.csv, .xlsx); else beside FILE.",
)
@click.option("--into", type=FILE, metavar="FOLDER", help="Folder of imported fieldbooks.")
@click.option("--out", type=FILE, metavar="PATH", help="Write a workbook (.xlsx) or CSV folder.")
@click.option("--as", "name", metavar="NAME", help="What to call this import; else its file.")
@click.option("--start", type=Day(), metavar="DATE", help="First day of what bears no day.")
@click.option("--end", type=Day(), metavar="DATE", help="Last day of what bears no day.")
@click.option("--pseudonymise", is_flag=True, help="Keep delegates as persons, under pseudonyms.")
@click.option(
    "--key",
    type=FILE,
    metavar="FILE",
    envvar="HEDGEROW_KEY",
    help="Who is behind which pseudonym; kept apart from the data.",
)
@click.option(
    "--ask/--no-ask",
    default=None,
    help="Ask which column is what; by default on a terminal, where there is no mapping yet.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def attendance(
    path: Path,
    register: Path,
    provider: str | None,
    provider_kind: str | None,
    mapping_file: Path | None,
    review: Path | None,
    write_review: Path | None,
    into: Path | None,
    out: Path | None,
    name: str | None,
    start: date | None,
    end: date | None,
    pseudonymise: bool,
    key: Path | None,
    ask: bool | None,
    as_json: bool,
) -> None:
    """Count who came, from an attendance spreadsheet as people really have it.

    FILE is a workbook, an ODS or a CSV file: titles, several rows of headings, merged cells,
    courses in between, ticks for sessions. Schools are matched by URN and name, and whatever is
    doubtful goes on a review list. Delegates are counted by role; their names are not kept.
    """
    from hedgerow.cli.fieldbook_attendance_mapping import headings_of, resolve_mapping
    from hedgerow.cli.fieldbook_attendance_report import print_outcome
    from hedgerow.fieldbook.attendance.importing import read_attendance, write_out
    from hedgerow.fieldbook.attendance.mapping import save_mapping
    from hedgerow.fieldbook.attendance.reading import lay_out_all
    from hedgerow.fieldbook.attendance.review import read_decisions
    from hedgerow.fieldbook.attendance.review import write_review as write_list
    from hedgerow.fieldbook.fieldbooks import contribution_name
    from hedgerow.fieldbook.opening import open_raw
    from hedgerow.fieldbook.store import load
    from hedgerow.landscape.errors import DataError
    from hedgerow.landscape.faults import Faults
    from hedgerow.sources.register import open_register

    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    asked = _Asked(
        file=path,
        mapping_file=mapping_file or path.with_name(f"{path.stem}.mapping.toml"),
        review_file=write_review or path.with_name(f"{path.stem}.review.csv"),
        is_asking=(is_terminal and not as_json) if ask is None else ask,
    )
    ring = _ring(pseudonymise, key, into, out)
    raw = open_raw(path)
    landscape = open_register(register)
    held = None if into is None else load(into)
    saved, mapping = resolve_mapping(asked.mapping_file, raw, landscape, is_asking=asked.is_asking)
    _check_kind(provider_kind or mapping.provider_kind or None)
    found = _provider(provider, provider_kind, mapping, landscape, held, asked)
    if found is not None:
        mapping = _with_provider(mapping, found)
    decisions, told = 0, Faults()
    if review is not None:
        mapping, decisions = read_decisions(review, mapping, told)
    called = contribution_name(Path(name)) if name else contribution_name(path)
    result = read_attendance(
        raw,
        landscape,
        # days of this file alone: they are no part of the mapping for the next
        replace(mapping, start=start or mapping.start, end=end or mapping.end),
        provider=found,
        held=held,
        name=called,
        ring=ring,
    )
    told.extend(result.evidence.faults)
    if mapping != saved:
        save_mapping(mapping, asked.mapping_file)
    if result.review:
        write_list(result.review, asked.review_file)
    headings = headings_of(lay_out_all(raw, mapping))
    report: dict[str, Any] = {
        "file": raw.file,
        "mapping": str(asked.mapping_file),
        "changed": dict(zip(("missing", "new"), mapping.compared_with(headings), strict=True)),
        "review_file": str(asked.review_file) if result.review else None,
        "decisions": decisions,
    }
    if not result.evidence.tables:
        print_outcome(result, told, report, as_json=as_json)
        raise DataError(
            f"No row of {path.name} could be used.",
            advice=f"See why above; fill in {asked.review_file} and pass it with --review."
            if result.review
            else "See why above, and mend the file or the mapping.",
        )
    if into is not None:
        from hedgerow.fieldbook.attendance.importing import store_attendance

        stored = store_attendance(into, result.evidence, called, ring=ring)
        report |= {"into": str(into), "name": stored.name, "replaced": stored.replaced}
    if out is not None:
        if ring is not None:
            ring.save()
        write_out(result.evidence, out)
        report |= {"out": str(out)}
    print_outcome(result, told, report, as_json=as_json)


def _check_kind(kind: str | None) -> None:
    from hedgerow.fieldbook.attendance.importing import PROVIDER_KINDS
    from hedgerow.landscape.errors import UsageError

    if kind is not None and kind not in PROVIDER_KINDS:
        raise UsageError(
            f"“{kind}” is no kind of organisation.", advice="One of: " + ", ".join(PROVIDER_KINDS)
        )


def _ring(
    pseudonymise: bool, key: Path | None, into: Path | None, out: Path | None
) -> KeyRing | None:
    from hedgerow.fieldbook.pseudonyms import KeyRing, must_lie_apart
    from hedgerow.landscape.errors import UsageError

    if not pseudonymise:
        return None
    if key is None:
        raise UsageError(
            "Pseudonyms need a key, or they could never be told again.",
            advice="Name a file for it with --key, apart from the data; it is made where there is "
            "none.",
        )
    for folder in (into, out):
        if folder is not None and folder.suffix.lower() != ".xlsx":
            must_lie_apart(key, folder)
    return KeyRing.open(key)


def _provider(
    text: str | None,
    kind: str | None,
    mapping: AttendanceMapping,
    landscape: Landscape,
    held: Stored | None,
    asked: _Asked,
) -> Provider | None:
    from hedgerow.fieldbook.attendance.importing import find_provider
    from hedgerow.landscape.errors import UsageError

    said = text or mapping.provider
    kind = kind or (None if text else mapping.provider_kind or None)
    if not said and "provider" in mapping.columns:
        return None
    if not said and asked.is_asking:
        said = click.prompt("Who provided the courses (name or identifier)")
    if not said:
        raise UsageError(
            "Who provided the courses is not said.",
            advice="Name the provider with --provider, or its column in the mapping.",
        )
    organisations = None if held is None else held.tables().get("organisations")
    return find_provider(said, kind, landscape, organisations)


def _with_provider(mapping: AttendanceMapping, found: Provider) -> AttendanceMapping:
    """Give a mapping that finds the provider again: by name and kind where nobody knows it."""
    if found.row is None:
        return replace(mapping, provider=found.id, provider_kind="")
    return replace(mapping, provider=str(found.row["name"]), provider_kind=str(found.row["kind"]))
