"""Local evidence as read: tables, where they come from, what was wrong, what could not be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source

SHEET_NOT_READ = "sheet not read"
COLUMN_NOT_READ = "column not read"
SET_ASIDE: dict[str, type[pl.DataType]] = {
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "reason": pl.String,
    "content": pl.String,
}
"""Columns of the rows set aside: where, why, and what was soundly read of them, as JSON."""


@dataclass(frozen=True, eq=False, kw_only=True)
class FieldbookEvidence:
    """What a fieldbook tells.

    Attributes
    ----------
    tables : mapping of str to polars.DataFrame
        By the names of `hedgerow.landscape.tables.TABLES`, in order of their keys; a table without
        rows is left out.
    sources : sequence of Source
    faults : Faults
        With what was found in each cell: not to be kept beside the data (see `kept_faults`).
    set_aside : polars.DataFrame
        Columns as `SET_ASIDE`.
    """

    tables: Mapping[str, pl.DataFrame]
    sources: Sequence[Source] = ()
    faults: Faults = field(default_factory=Faults)
    set_aside: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SET_ASIDE))

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.height for table in self.tables.values())


def kept_faults(faults: Faults) -> pl.DataFrame:
    """Give faults as they may be kept beside the data: without what stood in the cells.

    A cell that could not be read may hold anything, a name among it, and so may a sheet's name or a
    heading of somebody's own; the file that they stand in is the person's, and says it.
    """
    is_own_heading = pl.col("kind") == COLUMN_NOT_READ
    is_own_sheet = pl.col("kind") == SHEET_NOT_READ
    return faults.table().with_columns(
        pl.lit("not kept here: see the file").alias("found"),
        pl.lit("").alias("advice"),
        pl.when(~is_own_heading).then("column").alias("column"),
        pl.when(~is_own_sheet).then("sheet").alias("sheet"),
    )
