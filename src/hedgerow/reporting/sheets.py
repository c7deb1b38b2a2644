"""Sheets of a workbook: one table each, native values, no cell that could be taken for a
formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from hedgerow.reporting.drawing import printable
from hedgerow.reporting.table import Column, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767
"""What a cell can hold."""
MOST_IN_A_NAME = 31
"""Characters that the name of a sheet can have."""
_FORMATS = {
    "share": "0.0%",
    "count": "#,##0",
    "km": "0.0",
    "years": "0.0",
    "number": "0.000",
    "date": "yyyy-mm-dd",
}
_WIDEST, _NARROWEST = 60, 8


class Book:
    """A workbook in the making.

    Parameters
    ----------
    title : str
        What it is of, for its properties.
    today : datetime.date
        The day on which it is made.
    """

    def __init__(self, title: str, today: date) -> None:
        from xlsxwriter import Workbook

        self._written = BytesIO()
        # text stays text: a name that begins with "=" or "http" is a name
        self._book = Workbook(
            self._written,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": False,
            },
        )
        self._book.set_properties({"title": title, "author": "Hedgerow", "created": today})
        plain = {"valign": "top", "font_name": "Arial", "font_size": 10}
        self._heading = self._book.add_format(
            {**plain, "bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#e3eadc"}
        )
        self._bold = self._book.add_format({**plain, "bold": True})
        self._text = self._book.add_format({**plain, "num_format": "@"})
        self._wrapped = self._book.add_format({**plain, "text_wrap": True, "num_format": "@"})
        self._numbers = {
            kind: self._book.add_format({**plain, "num_format": shown})
            for kind, shown in _FORMATS.items()
        }

    def add_words(self, name: str, rows: Sequence[tuple[str, str]]) -> None:
        """Add a sheet of headings and what belongs to them."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        for number, (heading, words) in enumerate(rows):
            sheet.write_string(number, 0, printable(heading), self._bold)
            sheet.write_string(number, 1, printable(words)[:MOST_CHARACTERS], self._wrapped)

    def add_table(self, name: str, table: Table) -> None:
        """Add a sheet with one table: headings frozen, a filter on each, values native."""
        sheet = self._book.add_worksheet(self._sheet_name(name))
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.heading, self._heading)
        rows = table.rows.select([column.name for column in table.columns]).rows()
        for number, row in enumerate(rows, start=1):
            for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self._write(sheet, number, place, column, value)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, _width(column, [row[place] for row in rows]))
        sheet.freeze_panes(1, 1)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)

    def _sheet_name(self, name: str) -> str:
        """Give a name that a sheet may bear, unlike those of the others."""
        plain = (
            re.sub(r"[\[\]:*?/\\]", " ", printable(name)).strip("' ")[:MOST_IN_A_NAME] or "Sheet"
        )
        taken = {sheet.name.casefold() for sheet in self._book.worksheets()}
        number, free = 2, plain
        while free.casefold() in taken:
            free = f"{plain[: MOST_IN_A_NAME - 3]} {number}"
            number += 1
        return free

    def _write(self, sheet: Worksheet, row: int, place: int, column: Column, value: Any) -> None:
        if value is None:
            sheet.write_blank(row, place, None, self._text)
        elif isinstance(value, bool):
            sheet.write_string(row, place, "yes" if value else "no", self._text)
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, self._numbers["date"])
        elif isinstance(value, int | float):
            shown = self._numbers.get(column.kind, self._numbers["number"])
            sheet.write_number(row, place, value, shown if column.kind != "code" else None)
        else:
            sheet.write_string(row, place, printable(str(value))[:MOST_CHARACTERS], self._text)

    def content(self) -> bytes:
        """Give the finished workbook."""
        self._book.close()
        return self._written.getvalue()


def _width(column: Column, values: Sequence[object]) -> int:
    longest = max((len(str(value)) for value in values[:2000] if value is not None), default=0)
    if column.is_number:
        longest = min(longest, 10)
    words = max(len(word) for word in column.heading.split(" "))
    return max(_NARROWEST, min(_WIDEST, max(longest, words) + 2))
