"""From a table's value to what is written into a cell, so that reading it gives the value back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from hedgerow.fieldbook.asked.who import BODY_KIND
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.sheets import ColumnSpec, SheetSpec, in_words

Cell = str | float | int | date | None


def written(column: ColumnSpec, values: Sequence[object]) -> list[Cell]:
    """Give a column's cells: last days instead of the days after, yes and no, choices in words."""
    if column.kind == "last day":
        return [value - timedelta(days=1) if isinstance(value, date) else None for value in values]
    if column.kind == "yes or no":
        words = {True: "yes", False: "no", None: None}
        return [words[value] for value in values]  # type: ignore[index]  # a Boolean by its schema
    if column.kind == "choice":
        return [None if value is None else in_words(str(value)) for value in values]
    return list(values)  # type: ignore[arg-type]  # text, numbers and days by their schema


def sheet_rows(spec: SheetSpec, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Give the rows of a table that stand in a sheet: memberships apart from other ties."""
    table = tables.get(spec.table)
    if table is None:
        return pl.DataFrame()
    for name, value in spec.fixed.items():
        table = table.filter(pl.col(name) == value)
    for other in SHEETS:
        if other.table == spec.table and other.title != spec.title:
            for name, value in other.fixed.items():
                table = table.filter(pl.col(name) != value)
    return table


def sheet_cells(
    spec: SheetSpec, tables: Mapping[str, pl.DataFrame]
) -> list[tuple[ColumnSpec, list[Cell]]]:
    """Give a sheet's columns with their cells; kept columns without a value are left out."""
    rows = sheet_rows(spec, tables)
    if rows.is_empty():
        return [(column, []) for column in spec.shown]
    cells: list[tuple[ColumnSpec, list[Cell]]] = []
    for column in spec.columns:
        if column.name == BODY_KIND:
            cells.append((column, [None] * rows.height))
        elif not column.is_kept or rows[column.name].null_count() < rows.height:
            cells.append((column, written(column, rows[column.name].to_list())))
    return cells
