"""A sheet's rows, cell by cell: what is sound, what is faulty, what is only an example."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from hedgerow.fieldbook.cells import Problem, Reading, reader_of
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.headings import FittedSheet
from hedgerow.fieldbook.sheets import EXAMPLE, WHAT_TO_WRITE, ColumnSpec
from hedgerow.landscape.faults import Consequence, Fault, Faults

LONGEST_FOUND = 80
"""Letters of a faulty cell that a fault repeats."""


@dataclass(eq=False, kw_only=True)
class SheetRows:
    """The rows of one sheet that hold something of a person's own.

    Attributes
    ----------
    sheet : FittedSheet
    numbers : list of int
        Of each row, as a spreadsheet numbers it.
    written : dict of str to list
        Cells as written, by column, for columns that stand in the sheet; None where empty.
    values : dict of str to list
        Cells as read, for every column of the sheet's specification.
    spoilt : dict of int to str
        Rows that cannot be used, by their place in the lists, with the first reason.
    resolved : set of str
        Columns whose references were looked up: until then they hold the person's own words.
    """

    sheet: FittedSheet
    numbers: list[int]
    written: dict[str, list[str | None]]
    values: dict[str, list[object]] = field(default_factory=dict)
    spoilt: dict[int, str] = field(default_factory=dict)
    resolved: set[str] = field(default_factory=set)

    def read(self, column: ColumnSpec, reader: Callable[[str], Reading], faults: Faults) -> None:
        """Read a column's cells, each different text once, and tell what is wrong with them."""
        written = self.written.get(column.name)
        if written is None:
            self.values[column.name] = [None] * len(self.numbers)
            return
        readings = {text: reader(text) for text in dict.fromkeys(written) if text is not None}
        self.values[column.name] = [
            None if text is None else readings[text].value for text in written
        ]
        told: dict[Problem, list[int]] = {}
        for at, text in enumerate(written):
            problem = readings[text].problem if text is not None else None
            if problem is not None:
                told.setdefault(problem, []).append(at)
        for problem, places in told.items():
            self.tell(column, problem, places, faults)

    def tell(
        self,
        column: ColumnSpec,
        problem: Problem,
        places: Iterable[int],
        faults: Faults,
        *,
        spoils: bool = False,
    ) -> None:
        """Record what is wrong with some cells of a column, and spoil their rows if it matters.

        Parameters
        ----------
        column : ColumnSpec
        problem : Problem
        places : iterable of int
            Of the rows, in the lists.
        faults : Faults
        spoils : bool
            Whether it spoils the rows though the column alone would not.
        """
        consequence: Consequence = "noted"
        if not problem.is_note:
            consequence = "set aside" if spoils or column.is_decisive else "value left out"
        heading = self.sheet.heading(column)
        places = list(places)
        written = self.written.get(column.name) or [None] * len(self.numbers)
        if consequence == "set aside":
            for at in places:
                self.spoil(at, f"{heading}: {problem.kind}")
        faults.add_rows(
            pl.DataFrame(
                {
                    "row": [self.numbers[at] for at in places],
                    "found": [shortened(written[at]) for at in places],
                },
                schema={"row": pl.Int64, "found": pl.String},
            ),
            kind=problem.kind,
            file=self.sheet.raw.file,
            sheet=self.sheet.raw.name,
            column=heading,
            expected=problem.expected,
            advice=problem.advice,
            consequence=consequence,
        )

    def spoil(self, at: int, reason: str) -> None:
        """Set a row aside; the first reason stays."""
        self.spoilt.setdefault(at, reason)

    def sound(self) -> list[int]:
        """Give the places of the rows that can be used."""
        return [at for at in range(len(self.numbers)) if at not in self.spoilt]


def shortened(text: str | None) -> str | None:
    """Give a cell as a fault repeats it: one line, not too long."""
    if text is None:
        return None
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_FOUND else f"{line[: LONGEST_FOUND - 1]}…"


def rows_of(sheet: FittedSheet, faults: Faults) -> SheetRows:
    """Read a sheet's rows, references and codes as text still.

    Parameters
    ----------
    sheet : FittedSheet
    faults : Faults
        Told of every cell that could not be read, or only with a supposition.

    Returns
    -------
    SheetRows
        Blank rows and the template's own lines are left out.
    """
    cells = sheet.raw.cells.slice(sheet.header + 1)
    written = {
        name: [_held(text) for text in cells[str(place)].to_list()]
        for name, place in sheet.places.items()
    }
    remarks: list[str | None] = (
        [None] * cells.height if sheet.remarks is None else cells[str(sheet.remarks)].to_list()
    )
    first = sheet.header + 2
    kept = []
    for at in range(cells.height):
        mark = fold(remarks[at] or "")
        holds = {name: text for name, column in written.items() if (text := column[at])}
        if mark in (WHAT_TO_WRITE, EXAMPLE):
            _tell_overwritten(sheet, mark, holds, first + at, faults)
        elif holds or any(row == sheet.header + 1 + at for row, _, _ in sheet.raw.errors):
            kept.append(at)
    rows = SheetRows(
        sheet=sheet,
        numbers=[first + at for at in kept],
        written={name: [column[at] for at in kept] for name, column in written.items()},
    )
    _tell_merged(sheet, faults)
    for column in sheet.spec.columns:
        rows.read(column, reader_of(column), faults)
    _tell_errors(rows, faults)
    _tell_empty(rows, faults)
    return rows


def _held(text: str | None) -> str | None:
    return text if text is not None and text.strip() else None


def _tell_overwritten(
    sheet: FittedSheet, mark: str, holds: Mapping[str, str], row: int, faults: Faults
) -> None:
    """Tell of a line marked as the template's own that holds something else."""
    if mark == WHAT_TO_WRITE:
        return
    own = {
        column.name: column.example
        for column in sheet.spec.shown
        if column.example and column.name in sheet.places
    }
    if {name: text.removesuffix(" 00:00:00") for name, text in holds.items()} in ({}, own):
        return
    faults.add(
        Fault(
            kind="row marked as an example",
            file=sheet.raw.file,
            sheet=sheet.raw.name,
            row=row,
            found="a row that begins with “example” and is none of the template's",
            expected="“example” only beside the template's own row",
            advice="Delete the word “example” if the row should be read; otherwise the row.",
            consequence="set aside",
        )
    )


def _tell_merged(sheet: FittedSheet, faults: Faults) -> None:
    for reference in sheet.raw.merged:
        first, _, last = reference.partition(":")
        row = int("".join(letter for letter in first if letter.isdigit()))
        last_row = int("".join(letter for letter in last if letter.isdigit()))
        if last_row <= sheet.header:
            continue
        faults.add(
            Fault(
                kind="merged cells",
                file=sheet.raw.file,
                sheet=sheet.raw.name,
                row=row,
                found=f"{reference} merged into one cell",
                expected="one value in each cell",
                advice="Only its first cell holds the value, the others were read as empty. Take "
                "the merging off and fill in each row.",
            )
        )


def _tell_errors(rows: SheetRows, faults: Faults) -> None:
    by_number = {number: at for at, number in enumerate(rows.numbers)}
    by_place = {place: name for name, place in rows.sheet.places.items()}
    for row, place, said in rows.sheet.raw.errors:
        if place not in by_place or row + 1 not in by_number:
            continue
        column = rows.sheet.spec.column(by_place[place])
        at = by_number[row + 1]
        rows.written[column.name][at] = said
        problem = Problem(
            "error in a cell", "a value", "Mend the formula, or write the value itself."
        )
        rows.tell(column, problem, [at], faults)


def _tell_empty(rows: SheetRows, faults: Faults) -> None:
    for column in rows.sheet.spec.columns:
        if not column.is_needed:
            continue
        heading = rows.sheet.heading(column)
        if column.name not in rows.sheet.places:
            faults.add(
                Fault(
                    kind="column missing",
                    file=rows.sheet.raw.file,
                    sheet=rows.sheet.raw.name,
                    row=rows.sheet.header + 1,
                    column=column.heading,
                    found="no such heading",
                    expected=f"a column {column.heading}",
                    advice="Add it: no row can be used without it. Or copy the headings from a new "
                    "template.",
                    consequence="set aside",
                )
            )
            for at in range(len(rows.numbers)):
                rows.spoil(at, f"{heading}: column missing")
            continue
        empty = [
            at
            for at, value in enumerate(rows.values[column.name])
            if value is None and at not in rows.spoilt
        ]
        if empty:
            problem = Problem(
                "empty cell", column.says or heading, "Fill it in, or delete the row."
            )
            rows.tell(column, problem, empty, faults)


def content_of(rows: SheetRows, at: int) -> str:
    """Give what was read soundly of a row as JSON, without persons and without words.

    It can be kept where names must not come: days, numbers, choices and identifiers only.
    """
    held: dict[str, object] = {}
    for column in rows.sheet.spec.columns:
        value = rows.values.get(column.name, [None] * (at + 1))[at]
        if value is None or column.kind in ("text", "code") or "person" in column.targets:
            continue
        if column.kind == "reference" and column.name not in rows.resolved:
            continue  # it still holds the person's own words
        held[column.name] = value.isoformat() if isinstance(value, date) else value
    return json.dumps(held, ensure_ascii=False)
