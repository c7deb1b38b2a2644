"""Which sheet is which, and which column: in any order, and nearly spelt, but never in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from hedgerow.fieldbook.evidence import COLUMN_NOT_READ, SHEET_NOT_READ
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.opening import RawSheet
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.sheets import REMARKS, ColumnSpec, SheetSpec
from hedgerow.landscape.faults import Fault, Faults

START_HERE = "Start here"
LISTS = "Lists"
FAULTS = "Faults"
SOURCES = "Sources"
NOT_READ = frozenset(map(fold, (START_HERE, LISTS, FAULTS, SOURCES)))
"""Sheets of a fieldbook that hold no rows of evidence."""

ROWS_ON_TOP = 15
"""How many rows may hold the headings."""
NEAR = 0.82
"""Likeness from which a heading or a sheet's name is taken for a misspelt one, and told."""


@dataclass(frozen=True, eq=False, kw_only=True)
class FittedSheet:
    """A sheet whose meaning is known.

    Attributes
    ----------
    spec : SheetSpec
    raw : RawSheet
    header : int
        Row of the headings, from 0.
    places : dict of str to int
        Position of each column that was found, by the table's name for it.
    headings : dict of str to str
        What stands over it.
    remarks : int or None
        Position of the person's own column.
    """

    spec: SheetSpec
    raw: RawSheet
    header: int
    places: dict[str, int]
    headings: dict[str, str]
    remarks: int | None

    def heading(self, column: ColumnSpec) -> str:
        """Give what stands over a column, or what should."""
        return self.headings.get(column.name, column.heading)


def fit_sheets(sheets: Sequence[RawSheet], faults: Faults) -> list[FittedSheet]:
    """Find out what each sheet is, in the order in which they are to be read.

    Parameters
    ----------
    sheets : sequence of RawSheet
    faults : Faults
        Told of every supposition, and of what is not read.
    """
    fitted = []
    for raw in sheets:
        if fold(raw.name) in NOT_READ or raw.cells.is_empty():
            continue
        spec = _spec_of(raw, faults)
        if spec is None:
            faults.add(
                Fault(
                    kind=SHEET_NOT_READ,
                    file=raw.file,
                    sheet=raw.name,
                    found=f"a sheet called {raw.name}",
                    expected="one of: " + ", ".join(sheet.title for sheet in SHEETS),
                    advice="Rename it if it should be read; otherwise leave it.",
                )
            )
            continue
        found = _fitted(raw, spec, faults)
        if found is not None:
            fitted.append(found)
    order = {spec.title: place for place, spec in enumerate(SHEETS)}
    return sorted(fitted, key=lambda sheet: order[sheet.spec.title])


def _spec_of(raw: RawSheet, faults: Faults) -> SheetSpec | None:
    names = {}
    for spec in SHEETS:
        names[fold(spec.table)] = spec
    for spec in SHEETS:
        names[fold(spec.title)] = spec
        names[spec.slug] = spec
    plain = fold(raw.name)
    if plain in names:
        return names[plain]
    near = get_close_matches(plain, names, n=1, cutoff=NEAR)
    likely = names[near[0]] if near else _by_headings(raw)
    if likely is not None:
        faults.add(
            Fault(
                kind="sheet taken for another",
                file=raw.file,
                sheet=raw.name,
                found=f"a sheet called {raw.name}",
                expected=f"a sheet called {likely.title}",
                advice=f"It was read as {likely.title}. Rename it if that is not what it is.",
            )
        )
    return likely


def _by_headings(raw: RawSheet) -> SheetSpec | None:
    """Give the one sheet whose needed headings all stand in one of the first rows."""
    found = set()
    for row in raw.cells.head(ROWS_ON_TOP).iter_rows():
        held = {fold(cell) for cell in row if cell}
        for spec in SHEETS:
            needed = {fold(column.heading) for column in spec.shown if column.is_needed}
            shown = {fold(column.heading) for column in spec.shown}
            if needed <= held and len(shown & held) >= min(3, len(shown)):
                found.add(spec.title)
    return next(spec for spec in SHEETS if spec.title in found) if len(found) == 1 else None


def _fitted(raw: RawSheet, spec: SheetSpec, faults: Faults) -> FittedSheet | None:
    header = _header_row(raw, spec)
    if header is None:
        needed = ", ".join(column.heading for column in spec.shown if column.is_needed)
        faults.add(
            Fault(
                kind="no row of headings",
                file=raw.file,
                sheet=raw.name,
                found=f"none of the headings in the first {ROWS_ON_TOP} rows",
                expected=f"a row of headings with {needed}",
                advice="Copy the headings from a new template.",
                consequence="set aside",
            )
        )
        return None
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    remarks = None
    for place, heading in _headings(raw, header):
        if fold(heading) == fold(REMARKS):
            remarks = place
            continue
        column = _column_of(spec, heading)
        if column is not None and column.name not in places:
            places[column.name] = place
            headings[column.name] = heading
        _tell_heading(raw, header, heading, column, places, place, faults)
    _tell_cells_beyond(raw, header, faults)
    return FittedSheet(
        spec=spec, raw=raw, header=header, places=places, headings=headings, remarks=remarks
    )


def _headings(raw: RawSheet, header: int) -> Iterator[tuple[int, str]]:
    for name in raw.cells.columns:
        heading = raw.cells[name][header]
        if heading and heading.strip():
            yield int(name), heading.strip()


def _tell_cells_beyond(raw: RawSheet, header: int, faults: Faults) -> None:
    """Tell of every row that has something where no heading stands: its cells may have slipped."""
    headed = {str(place) for place, _ in _headings(raw, header)}
    beyond = [name for name in raw.cells.columns if name not in headed]
    if not beyond:
        return
    said = [pl.col(name).str.strip_chars().replace("", None) for name in beyond]
    faults.add_rows(
        raw.cells.with_row_index("row", 1)
        .slice(header + 1)
        .select("row", pl.concat_str(said, separator=", ", ignore_nulls=True).alias("found"))
        .filter(pl.col("found") != ""),
        kind="cells under no heading",
        file=raw.file,
        sheet=raw.name,
        expected="nothing where no heading stands",
        advice="These cells were not read. Give the column a heading; in a CSV file, put text that "
        "holds a comma between quotation marks.",
    )


def _header_row(raw: RawSheet, spec: SheetSpec) -> int | None:
    """Give the row in which most columns are found; at least half of the needed ones must be."""
    needed = {column.name for column in spec.shown if column.is_needed}
    best, best_found = None, 0
    for row in range(min(ROWS_ON_TOP, raw.cells.height)):
        columns = [_column_of(spec, heading) for _, heading in _headings(raw, row)]
        names = {column.name for column in columns if column is not None}
        if len(names) > best_found and len(names & needed) * 2 >= len(needed):
            best, best_found = row, len(names)
    return best


def _column_of(spec: SheetSpec, heading: str) -> ColumnSpec | None:
    plain = fold(heading)
    by_name = {fold(column.name): column for column in spec.columns}
    by_heading = {fold(column.heading): column for column in spec.columns}
    if plain in by_heading:
        return by_heading[plain]
    if plain in by_name:
        return by_name[plain]
    near = get_close_matches(
        plain, [fold(column.heading) for column in spec.shown], n=1, cutoff=NEAR
    )
    return by_heading[near[0]] if near else None


def _tell_heading(
    raw: RawSheet,
    header: int,
    heading: str,
    column: ColumnSpec | None,
    places: dict[str, int],
    place: int,
    faults: Faults,
) -> None:
    def tell(kind: str, expected: str, advice: str) -> None:
        faults.add(
            Fault(
                kind=kind,
                file=raw.file,
                sheet=raw.name,
                row=header + 1,
                column=heading,
                found=f"a heading {heading}",
                expected=expected,
                advice=advice,
            )
        )

    if column is None:
        tell(
            COLUMN_NOT_READ,
            "the headings of the template",
            "Nothing in this column was read. Rename it if it should be.",
        )
    elif places[column.name] != place:
        tell(
            "same column twice",
            f"one column {column.heading}",
            "Only the first was read. Delete or rename the second.",
        )
    elif fold(heading) not in (fold(column.heading), fold(column.name)):
        tell(
            "heading taken for another",
            column.heading,
            f"It was read as {column.heading}. Rename it if that is not what it is.",
        )
