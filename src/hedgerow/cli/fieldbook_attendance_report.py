"""What came of an attendance file, for a terminal and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from hedgerow.cli.asking import say

if TYPE_CHECKING:
    from hedgerow.fieldbook.attendance.outcome import AttendanceResult
    from hedgerow.landscape.faults import Fault, Faults

MOST_LISTED = 40
"""Kinds of faults, and texts to decide, that a terminal shows; the files and JSON have all."""
MOST_ROWS = 12


def print_outcome(
    result: AttendanceResult, faults: Faults, report: dict[str, Any], *, as_json: bool
) -> None:
    """Print what came of a file: for people, or as JSON."""
    if as_json:
        text = json.dumps(_as_json(result, faults) | report, indent=2, ensure_ascii=False)
        click.echo((text + "\n").encode(), nl=False)
        return
    say("\n".join([*_lines(result, faults), *_lines_of(report)]) + "\n")


def _as_json(result: AttendanceResult, faults: Faults) -> dict[str, Any]:
    evidence = result.evidence
    return {
        "rows": {
            "read": result.rows,
            "used": result.used,
            "absent": result.absent,
            "repeated": result.repeated,
            "set_aside": sum(result.set_aside.values()),
        },
        "set_aside": dict(result.set_aside),
        "sheets": {name: vars(one) for name, one in result.counts.items()},
        "schools": dict(result.schools),
        "roles_unknown": result.roles_unknown,
        "tables": {name: table.height for name, table in evidence.tables.items()},
        "review": [row.to_json() for row in result.review],
        "rows_set_aside": evidence.set_aside.to_dicts(),
        "faults": faults.table().to_dicts(),
    }


HOW_IN_WORDS = {
    "urn": "by URN",
    "name": "by name",
    "likeness": "by a name nearly the same (see the review list)",
    "decided": "by what was decided",
}


def _lines(result: AttendanceResult, faults: Faults) -> list[str]:
    lines = _fault_lines(faults)
    lines += [
        "",
        f"{result.rows:,} rows of attendance in {len(result.counts)} "
        f"{'sheet' if len(result.counts) == 1 else 'sheets'}:",
    ]
    lines.append(f"  {result.used:>6,}  used")
    if result.absent:
        lines.append(f"  {result.absent:>6,}  of delegates who did not come, not counted")
    if result.repeated:
        lines.append(f"  {result.repeated:>6,}  repeat a delegate, counted once")
    for reason, rows in result.set_aside.most_common():
        lines.append(f"  {rows:>6,}  set aside: {reason}")
    lines.append("Schools found:")
    for how, rows in result.schools.most_common():
        lines.append(f"  {rows:>6,}  rows {HOW_IN_WORDS[how]}")
    if result.roles_unknown:
        lines.append(f"Rows with a role that is not known, and not kept: {result.roles_unknown:,}.")
    lines.append("Made:")
    lines += [f"  {table.height:>6,}  {name}" for name, table in result.evidence.tables.items()]
    from hedgerow.fieldbook.attendance.review import TO_DECIDE

    waiting = [row for row in result.review if row.status == TO_DECIDE]
    if waiting:
        lines += ["", "To decide, in the review list:"]
    for row in waiting[:MOST_LISTED]:
        best = f": {row.suggestions[0]}?" if row.suggestions else ""
        lines.append(f"  {row.what} “{row.found}” ({in_rows(row.rows)}){best}")
    if len(waiting) > MOST_LISTED:
        lines.append(f"  … and {len(waiting) - MOST_LISTED:,} more")
    return lines


def in_rows(number: int) -> str:
    """Write a number of rows."""
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def _fault_lines(faults: Faults) -> list[str]:
    """Write faults, the rows of each kind in one line."""
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in faults:
        key = (fault.file, fault.sheet, fault.column, fault.kind, fault.advice)
        groups.setdefault(key, []).append(fault)
    lines = []
    for held in list(groups.values())[:MOST_LISTED]:
        first = held[0]
        rows = [str(fault.row) for fault in held if fault.row is not None]
        listed = ", ".join(rows[:MOST_ROWS]) + (" …" if len(rows) > MOST_ROWS else "")
        where = [
            first.sheet or first.file,
            f"row{'s' if len(rows) > 1 else ''} {listed}" if rows else "",
            first.column,
        ]
        place = ", ".join(part for part in where if part)
        lines.append(f"{place}: {first.kind}, {first.consequence}")
        lines.append(f"  found {first.found}; expected {first.expected}")
        if first.advice:
            lines.append(f"  {first.advice}")
    if len(groups) > MOST_LISTED:
        lines.append(f"… and {len(groups) - MOST_LISTED:,} more; --json has all")
    return lines


def _lines_of(report: dict[str, Any]) -> list[str]:
    lines = [""]
    for what, headings in report["changed"].items():
        if headings:
            said = "no longer there" if what == "missing" else "new, and not read"
            lines.append(f"Headings {said}: {', '.join(headings)}")
    lines.append(f"Mapping:     {report['mapping']}")
    if report["review_file"]:
        lines.append(
            f"Review list: {report['review_file']} (fill in “decision”, pass it: --review)"
        )
    if "name" in report:
        again = "" if report["replaced"] is None else ", in place of what it told before"
        lines.append(f"Imported into {report['into']} as {report['name']}{again}.")
    if "out" in report:
        lines.append(f"Wrote {report['out']}")
    if "name" not in report and "out" not in report:
        lines.append("Nothing was kept: name a folder with --into, or a workbook with --out.")
    return lines
