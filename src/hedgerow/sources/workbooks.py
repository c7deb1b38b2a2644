"""Tables that are sheets of a workbook (xlsx, xlsb, xls, ods)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from hedgerow.landscape.errors import DataError
from hedgerow.sources.delimited import ROWS_ON_TOP, Body, regular_body


class Sheet:
    """One sheet, every cell as text.

    Whole numbers have no decimal point; dates are ``2022-04-25 00:00:00``.

    Parameters
    ----------
    name : str
        The sheet's name.
    cells : polars.DataFrame
        Its cells, all text, the row of headings among them.
    """

    def __init__(self, name: str, cells: pl.DataFrame) -> None:
        self.sheet: str | None = name
        self._cells = cells

    def top(self) -> list[list[str]]:
        """Give the first rows, as lists of cells."""
        return [[cell or "" for cell in row] for row in self._cells.head(ROWS_ON_TOP).iter_rows()]

    def body(self, header: int, width: int, wanted: Sequence[int], *, spills: bool) -> Body:
        """Read the rows under the headings; a sheet's rows are never ragged and never cut."""
        rows = self._cells.slice(header + 1).select(
            pl.nth(place).alias(str(place)) for place in sorted(wanted)
        )
        return regular_body(rows, header + 2, width, ends_openly=False)


def sheets_of(content: bytes, file: str, option: str) -> list[Sheet]:
    """Open all sheets of a workbook.

    Raises
    ------
    DataError
        If the workbook cannot be opened.
    """
    import fastexcel  # slow to start, and most sources are text

    try:
        workbook = fastexcel.read_excel(content)
        return [
            Sheet(
                name,
                workbook.load_sheet(
                    name, header_row=None, skip_rows=0, dtypes="string"
                ).to_polars(),
            )
            for name in workbook.sheet_names
        ]
    except fastexcel.FastExcelError as fault:
        raise DataError(
            f"{file} ({option}) is a workbook that cannot be opened: {fault}",
            advice="Open it in a spreadsheet and save it anew, or download it again.",
        ) from fault
