"""A profile's tables with headings for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hedgerow.reporting.table import Column, Kind, Table

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile


def profile_tables(profile: Profile) -> tuple[Table, ...]:
    """Give the tables of a profile in its own order."""
    return tuple(_table(name, frame) for name, frame in profile.tables.items())


def _table(name: str, frame: pl.DataFrame) -> Table:
    columns = tuple(
        Column(column, column.replace("_", " "), _kind(column, dtype))
        for column, dtype in frame.schema.items()
    )
    return Table(name.replace("_", "-"), name.replace("_", " ").capitalize(), columns, frame)


def _kind(column: str, dtype: pl.DataType) -> Kind:
    if dtype == pl.Date:
        return "date"
    if column.endswith("share"):
        return "share"
    if column.endswith("km"):
        return "km"
    if dtype.is_integer():
        return "count"
    return "number" if dtype.is_numeric() else "text"
