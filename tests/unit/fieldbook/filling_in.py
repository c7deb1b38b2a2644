"""Filling in a fieldbook as a person does: under the headings of the template, row by row."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.fieldbook.fieldbooks import read_raw
from hedgerow.fieldbook.opening import open_raw
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.fieldbook.workbook import write_template
from hedgerow.landscape.landscape import Landscape

FIRST_OWN_ROW = 4
Rows = Sequence[Mapping[str, Any]]


def filled(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Fill in a template: rows by sheet, each a value by heading."""
    write_template(path)
    book = openpyxl.load_workbook(path)
    for title, rows in sheets.items():
        sheet = book[title]
        places = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, start=FIRST_OWN_ROW):
            for heading, value in row.items():
                sheet.cell(number, places[heading]).value = value
    book.save(path)
    return path


def csv_sheet(
    path: Path, rows: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    """Write one sheet as CSV, headings first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def read(
    path: Path, register: Landscape | None = None, ring: KeyRing | None = None
) -> FieldbookEvidence:
    """Read a fieldbook as the check does."""
    return read_raw(open_raw(path), ring=ring or KeyRing(), register=register)


def told(evidence: FieldbookEvidence) -> list[tuple[str | None, int | None, str | None, str, str]]:
    """Give each fault by where it stands, what it is and what was done."""
    return [
        (fault.sheet, fault.row, fault.column, fault.kind, fault.consequence)
        for fault in evidence.faults
    ]
