"""A fieldbook as a workbook: the empty template, and tables written into the same sheets."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.fieldbook import sources_sheet
from hedgerow.fieldbook.cell_values import Cell, sheet_cells
from hedgerow.fieldbook.cells import printable
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.guidance import START, described
from hedgerow.fieldbook.headings import LISTS, SOURCES, START_HERE
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.sheets import EXAMPLE, REMARKS, WHAT_TO_WRITE, ColumnSpec, SheetSpec
from hedgerow.fieldbook.writing import write_whole
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.provenance import Source

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = 20_000
"""Rows of a template that have drop-downs and formats."""
INK, HEDGE, LICHEN, PALE, SOFT = "#1f2a24", "#17402f", "#e3eadc", "#f4f6f0", "#55605a"
LONGEST_TEXT = 32_767
A4 = 9
LINE, LETTERS_A_LINE = 15, 92
"""Height of a line of the first sheet in points, and how many letters it holds."""
FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count days wrongly before this one: earlier days are written as text."""


def write_template(path: Path, *, schools: pl.DataFrame | None = None) -> None:
    """Write an empty fieldbook.

    Parameters
    ----------
    path : pathlib.Path
    schools : polars.DataFrame, optional
        Columns ``id`` and ``name``: schools of a place, offered in drop-downs wherever a school is
        asked for.
    """
    write_whole(path, _Book(schools=schools).template())


def write_workbook(
    tables: Mapping[str, pl.DataFrame], path: Path, *, sources: Sequence[Source] = ()
) -> None:
    """Write tables as a workbook that `read_fieldbook` reads back unchanged.

    Parameters
    ----------
    tables : mapping of str to polars.DataFrame
        By the names of `hedgerow.landscape.tables.TABLES`; those that no fieldbook holds are left
        out.
    path : pathlib.Path
    sources : sequence of Source
        Where rows come from, for a sheet of their own.
    """
    write_whole(path, _Book().with_rows(tables, sources))


class _Book:
    def __init__(self, *, schools: pl.DataFrame | None = None) -> None:
        import xlsxwriter  # a tenth of a second, and reading does without

        self._content = io.BytesIO()
        self._book: Workbook = xlsxwriter.Workbook(
            self._content, {"in_memory": True, "strings_to_formulas": False}
        )
        add = self._book.add_format
        top = {"valign": "top", "text_wrap": True, "font_color": INK}
        self._heading: Format = add(
            {**top, "bold": True, "font_color": "#fbfaf5", "bg_color": HEDGE, "border": 1}
        )
        self._kept_heading: Format = add({**top, "font_color": SOFT, "bg_color": LICHEN})
        self._says: Format = add({**top, "italic": True, "font_color": SOFT, "bg_color": LICHEN})
        self._example: Format = add({**top, "font_color": SOFT, "bg_color": PALE})
        self._example_day: Format = add(
            {**top, "font_color": SOFT, "bg_color": PALE, "num_format": "yyyy-mm-dd"}
        )
        self._text: Format = add({"valign": "top", "text_wrap": True})
        self._plain: Format = add({"valign": "top"})
        self._day: Format = add({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        self._label: Format = add({**top, "bold": True})
        self._link: Format = add({"valign": "top", "font_color": "#2f6b4f", "underline": 1})
        self._title: Format = add({"bold": True, "font_size": 16, "font_color": HEDGE})
        self._lists: dict[tuple[str, ...], str] = {}
        self._schools = schools

    def template(self) -> bytes:
        """Give the empty fieldbook."""
        self._start_here()
        for spec in SHEETS:
            sheet = self._book.add_worksheet(spec.title)
            columns = list(spec.shown)
            self._head(sheet, columns, spec)
            self._lines_of_guidance(sheet, columns)
            for place, column in enumerate(columns, start=1):
                self._validate(sheet, place, column, first_row=3)
        self._hidden_lists()
        self._book.close()
        return self._content.getvalue()

    def with_rows(self, tables: Mapping[str, pl.DataFrame], sources: Sequence[Source]) -> bytes:
        """Give a fieldbook with rows in it."""
        self._start_here()
        for spec in SHEETS:
            sheet = self._book.add_worksheet(spec.title)
            cells = sheet_cells(spec, tables)
            columns = [column for column, _ in cells]
            self._head(sheet, columns, spec)
            for place, (column, values) in enumerate(cells, start=1):
                self._fill(sheet, place, values)
                self._validate(sheet, place, column, first_row=1)
        if sources:
            sheet = self._book.add_worksheet(SOURCES)
            rows = sources_sheet.cells_of(sources)
            for place, (heading, *held) in enumerate(zip(*rows, strict=True)):
                self._fill(sheet, place, held)
                sheet.write_string(0, place, str(heading), self._heading)
        self._hidden_lists()
        self._book.close()
        return self._content.getvalue()

    def _start_here(self) -> None:
        sheet = self._book.add_worksheet(START_HERE)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 28, self._text)
        sheet.set_column(1, 1, 92, self._text)
        sheet.write_string(0, 0, "A fieldbook", self._title)
        _for_paper(sheet)
        row = 2
        for label, text in START:
            sheet.write_string(row, 0, label, self._label)
            self._paragraph(sheet, row, text)
            row += 1
        row += 1
        for spec in SHEETS:
            sheet.write_url(row, 0, f"internal:'{spec.title}'!A1", self._link, spec.title)
            self._paragraph(sheet, row, spec.about)
            row += 1

    def _paragraph(self, sheet: Worksheet, row: int, text: str) -> None:
        sheet.write_string(row, 1, text, self._text)
        # not every spreadsheet makes room for wrapped lines by itself
        sheet.set_row(row, LINE * -(-len(text) // LETTERS_A_LINE) + 4)

    def _head(self, sheet: Worksheet, columns: Sequence[ColumnSpec], spec: SheetSpec) -> None:
        sheet.write_string(0, 0, REMARKS, self._heading)
        sheet.set_column(0, 0, 14, self._text)
        for place, column in enumerate(columns, start=1):
            style = self._kept_heading if column.is_kept else self._heading
            sheet.write_string(0, place, column.heading, style)
            sheet.set_column(place, place, _width(column), self._style(column))
        sheet.set_row(0, 32)
        _for_paper(sheet)
        sheet.repeat_rows(0)
        sheet.write_comment(0, 0, spec.about, {"x_scale": 2.2})

    def _style(self, column: ColumnSpec) -> Format:
        if column.kind in ("day", "last day"):
            return self._day
        return self._text if column.kind == "text" else self._plain

    def _lines_of_guidance(self, sheet: Worksheet, columns: Sequence[ColumnSpec]) -> None:
        sheet.write_string(1, 0, WHAT_TO_WRITE, self._says)
        sheet.write_string(2, 0, EXAMPLE, self._example)
        for place, column in enumerate(columns, start=1):
            sheet.write_string(1, place, described(column), self._says)
            self._write_example(sheet, place, column)
        sheet.set_row(1, 90)
        sheet.freeze_panes(2, 1)

    def _write_example(self, sheet: Worksheet, place: int, column: ColumnSpec) -> None:
        if not column.example:
            sheet.write_blank(2, place, None, self._example)
        elif column.kind in ("day", "last day"):
            day = date.fromisoformat(column.example)
            sheet.write_datetime(2, place, day, self._example_day)
        elif column.kind in ("number", "whole"):
            sheet.write_number(2, place, float(column.example), self._example)
        else:
            sheet.write_string(2, place, column.example, self._example)

    def _fill(self, sheet: Worksheet, place: int, values: Sequence[Cell]) -> None:
        for row, value in enumerate(values, start=1):
            if value is None:
                continue
            if isinstance(value, str):
                if len(value) > LONGEST_TEXT:
                    raise DataError(
                        f"A text of {len(value):,} letters does not fit into a cell of a workbook.",
                        advice="Write a folder of CSV files instead.",
                    )
                sheet.write_string(row, place, printable(value))
            elif isinstance(value, date):
                if value < FIRST_DAY:
                    sheet.write_string(row, place, value.isoformat())
                else:
                    sheet.write_datetime(row, place, value, self._day)
            elif isinstance(value, float) and not _is_plain(value):
                sheet.write_string(row, place, repr(value))
            else:
                sheet.write_number(row, place, value)
        if place == 1:
            sheet.freeze_panes(1, 1)

    def _validate(
        self, sheet: Worksheet, place: int, column: ColumnSpec, *, first_row: int
    ) -> None:
        options: dict[str, object] | None = None
        if column.kind == "choice":
            options = {"validate": "list", "source": self._list(column.shown_choices)}
        elif column.kind == "yes or no":
            options = {"validate": "list", "source": self._list(("yes", "no"))}
        elif column.kind in ("day", "last day"):
            options = {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
        elif column.kind in ("number", "whole"):
            options = _number_validation(column)
        elif column.name == "school" and self._schools is not None:
            shown = tuple(f"{name} ({one})" for one, name in self._schools.iter_rows())
            options = {"validate": "list", "source": self._list(shown)}
        if options is None or column.is_kept:
            return
        options |= {
            "error_type": "warning",
            "error_title": column.heading[:32],
            "error_message": described(column)[:255],
        }
        sheet.data_validation(first_row, place, LAST_ROW, place, options)

    def _list(self, choices: tuple[str, ...]) -> str:
        """Give the range of the hidden sheet that holds a list; it is written at the end."""
        if choices not in self._lists:
            column = _letters(len(self._lists))
            self._lists[choices] = f"={LISTS}!${column}$1:${column}${len(choices)}"
        return self._lists[choices]

    def _hidden_lists(self) -> None:
        sheet = self._book.add_worksheet(LISTS)
        for place, choices in enumerate(self._lists):
            for row, choice in enumerate(choices):
                sheet.write_string(row, place, choice)
        sheet.hide()


def _for_paper(sheet: Worksheet) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _is_plain(value: float) -> bool:
    """Whether a number comes back from a cell as it is.

    Spreadsheets keep 15 figures, and the reader nine of them after the point; a number with more is
    written as text.
    """
    return float(f"{value:.15G}") == value == float(f"{value:.9f}")


def _number_validation(column: ColumnSpec) -> dict[str, object]:
    kind = "integer" if column.kind == "whole" else "decimal"
    if column.low is not None and column.high is not None:
        limits = {"criteria": "between", "minimum": column.low, "maximum": column.high}
    else:
        low = column.low if column.low is not None else -1e9
        limits = {"criteria": ">=", "value": low}
    return {"validate": kind, **limits}


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _width(column: ColumnSpec) -> int:
    if column.kind in ("day", "last day"):
        return 14
    if column.kind in ("number", "whole", "yes or no", "code", "postcode"):
        return 15
    if column.is_prose:
        return 50
    return 18 if column.is_kept or fold(column.heading) in ("region", "district") else 28
