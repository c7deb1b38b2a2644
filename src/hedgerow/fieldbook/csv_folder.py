"""A fieldbook as a folder of CSV files, one a sheet."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from hedgerow.fieldbook import sources_sheet
from hedgerow.fieldbook.cell_values import Cell, sheet_cells
from hedgerow.fieldbook.opening import guarded
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.writing import cannot_write, write_whole
from hedgerow.landscape.provenance import Source


def write_csv_folder(
    tables: Mapping[str, pl.DataFrame], folder: Path, *, sources: Sequence[Source] = ()
) -> list[Path]:
    """Write tables as a folder of CSV files that `read_fieldbook` reads back unchanged.

    Files are UTF-8 with a byte-order mark, so that spreadsheets show accents. Text that a
    spreadsheet would take for a formula gets an apostrophe before it.

    Parameters
    ----------
    tables : mapping of str to polars.DataFrame
    folder : pathlib.Path
        Made where it is missing; files of the same names are replaced.
    sources : sequence of Source

    Returns
    -------
    list of Path
        The files written, one for each sheet with rows.

    Raises
    ------
    UsageError
        If they cannot be written; a folder that was not there before is not there then.
    """
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write_all(tables, folder, sources)
    except BaseException as fault:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(fault, OSError):
            raise cannot_write(folder, fault) from fault
        raise


def _write_all(
    tables: Mapping[str, pl.DataFrame], folder: Path, sources: Sequence[Source]
) -> list[Path]:
    files = []
    for spec in SHEETS:
        columns = sheet_cells(spec, tables)
        rows = zip(*(cells for _, cells in columns), strict=True)
        if any(cells for _, cells in columns):
            lines = [[column.heading for column, _ in columns], *rows]
            files.append(_write(folder / f"{spec.slug}.csv", lines))
    if sources:
        files.append(_write(folder / "sources.csv", sources_sheet.cells_of(sources)))
    return files


def _write(path: Path, rows: Iterable[Iterable[Cell]]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([_cell(value) for value in row] for row in rows)
    write_whole(path, text.getvalue().encode("utf-8-sig"))
    return path


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return guarded(value) if isinstance(value, str) else str(value)
