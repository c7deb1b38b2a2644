"""A copy of a fieldbook with its faults marked where they stand; the person's own is left alone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedgerow.fieldbook.cells import printable
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.headings import FAULTS, FittedSheet, fit_sheets
from hedgerow.fieldbook.opening import RawBook, read_bytes
from hedgerow.fieldbook.writing import write_whole
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.faults import Fault, Faults

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROSEHIP, GORSE = "F3D3D5", "FBF0D3"
"""Tints of a cell with a fault, and of one with a note."""
MARKED = "-checked"
LINE = 15
"""Height of a line in points: not every spreadsheet makes room for wrapped lines by itself."""
LONGEST_TEXT = 32_767
LONGEST_COMMENT = 2_000
MOST_COMMENTS = 5_000
"""Comments that spreadsheets still open quickly; the sheet of faults lists all."""
_HEADINGS = ("Sheet", "Row", "Column", "What is wrong", "Found", "Expected", "What to do", "So far")
_WIDTHS = (24, 7, 24, 30, 30, 40, 70, 16)


def marked_path(path: Path) -> Path:
    """Give where the marked copy goes unless said otherwise: beside the file, ``NAME-checked``."""
    stem = path.stem if path.suffix else path.name
    return path.with_name(f"{stem}{MARKED}.xlsx")


def write_marked(raw: RawBook, faults: Faults, out: Path) -> None:
    """Write a copy of a fieldbook with its faults marked.

    A faulty cell is tinted and has a comment that says what is wrong, what is expected and what to
    do; a sheet of its own lists all faults with links. A workbook keeps its own looks; from CSV
    files and ODS a plain workbook is made.

    Parameters
    ----------
    raw : RawBook
    faults : Faults
        Of this fieldbook.
    out : pathlib.Path
        An xlsx file.

    Raises
    ------
    UsageError
        If it is the fieldbook itself, or cannot be written.
    """
    if out.resolve() == raw.path.resolve():
        raise UsageError(
            f"The marked copy would replace {out} itself.", advice="Name another file with --out."
        )
    book = _book(raw)
    places = _places(raw)
    rows = list(faults)
    _mark(book, rows, places)
    _list(book, rows, places)
    content = io.BytesIO()
    book.save(content)
    write_whole(out, content.getvalue())


def _book(raw: RawBook) -> Workbook:
    import openpyxl  # half a second, and only a marked copy needs it

    if raw.form == "workbook" and raw.path.suffix.lower() in (".xlsx", ".xlsm"):
        try:
            return openpyxl.load_workbook(io.BytesIO(read_bytes(raw.path)))
        except Exception:  # whatever it cannot open, the cells were read all the same
            return _plain(raw)
    return _plain(raw)


def _plain(raw: RawBook) -> Workbook:
    import openpyxl  # as above

    book = openpyxl.Workbook()
    book.remove(book.active)
    taken: set[str] = set()
    for raw_sheet in raw.sheets:
        name = "".join("-" if letter in r"[]:*?/\\" else letter for letter in raw_sheet.name)[:31]
        while name.casefold() in taken:
            name = f"{name[:28]}-{len(taken)}"
        taken.add(name.casefold())
        sheet = book.create_sheet(name)
        for column in raw_sheet.cells.columns:
            for row, text in enumerate(raw_sheet.cells[column], start=1):
                if text is None:
                    continue
                cell = sheet.cell(row, int(column) + 1)
                cell.value = printable(text).removesuffix(" 00:00:00")[:LONGEST_TEXT]
                cell.data_type = "s"  # never a formula, whatever it begins with
    return book


def _places(raw: RawBook) -> Mapping[str, FittedSheet]:
    return {sheet.raw.name: sheet for sheet in fit_sheets(raw.sheets, Faults())}


def _cell(book: Workbook, fault: Fault, places: Mapping[str, FittedSheet]) -> Cell | None:
    """Give the cell that a fault stands in; the row's first where it names no column."""
    if fault.sheet is None or fault.row is None or fault.sheet not in book.sheetnames:
        return None
    place = 0
    fitted = places.get(fault.sheet)
    if fitted is not None and fault.column is not None:
        found = [
            fitted.places[name]
            for name, heading in fitted.headings.items()
            if fold(heading) == fold(fault.column)
        ]
        place = found[0] if found else _heading_place(fitted, fault.column)
    return book[fault.sheet].cell(fault.row, place + 1)


def _heading_place(fitted: FittedSheet, heading: str) -> int:
    row = fitted.raw.cells.row(fitted.header)
    places = [int(name) for name in fitted.raw.cells.columns]
    return next(
        (at for at, cell in zip(places, row, strict=True) if (cell or "").strip() == heading), 0
    )


def _mark(book: Workbook, faults: list[Fault], places: Mapping[str, FittedSheet]) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    tints = {
        is_note: PatternFill("solid", fgColor=colour)
        for is_note, colour in ((True, GORSE), (False, ROSEHIP))
    }
    said: dict[tuple[str, str], list[str]] = {}
    for fault in faults:
        cell = _cell(book, fault, places)
        if cell is None or isinstance(cell, MergedCell):
            continue
        key = (str(fault.sheet), cell.coordinate)
        if key not in said and len(said) >= MOST_COMMENTS:
            continue
        lines = said.setdefault(key, [])
        is_note = fault.consequence == "noted"
        if not lines or not is_note:
            cell.fill = tints[is_note]
        lines.append(f"{_capital(fault.kind)}. Expected {fault.expected}. {fault.advice}".strip())
        comment = Comment("\n\n".join(lines)[:LONGEST_COMMENT], "Hedgerow")
        comment.width, comment.height = 420, 40 + 22 * min(12, len(comment.text) // 50 + 1)
        cell.comment = comment


def _list(book: Workbook, faults: list[Fault], places: Mapping[str, FittedSheet]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink

    if FAULTS in book.sheetnames:
        book.remove(book[FAULTS])
    sheet: Worksheet = book.create_sheet(FAULTS, 0)
    book.active = 0
    sheet.append(_HEADINGS)
    for place, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.cell(1, place).font = Font(name="Calibri", size=11, bold=True)
    for row, fault in enumerate(faults, start=2):
        values: list[Any] = [
            fault.sheet or fault.file,
            fault.row,
            fault.column,
            _capital(fault.kind),
            fault.found,
            fault.expected,
            fault.advice,
            fault.consequence,
        ]
        for place, value in enumerate(values, start=1):
            cell = sheet.cell(row, place)
            cell.value = printable(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = max(
            -(-len(str(value)) // width) for value, width in zip(values, _WIDTHS, strict=True)
        )
        sheet.row_dimensions[row].height = LINE * lines
        target = _cell(book, fault, places)
        if target is not None:
            name = str(fault.sheet).replace("'", "''")
            link = Hyperlink(
                ref=sheet.cell(row, 2).coordinate, location=f"'{name}'!{target.coordinate}"
            )
            sheet.cell(row, 2).hyperlink = link
            sheet.cell(row, 2).font = Font(
                name="Calibri", size=11, underline="single", color="2F6B4F"
            )
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
