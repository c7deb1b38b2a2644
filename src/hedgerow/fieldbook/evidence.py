"""Local evidence as read: tables, where they come from, what was wrong, what could not be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source

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

    A cell that could not be read may hold anything, a name among it; the file that it stands in is
    the person's own, and says it.
    """
    return faults.table().with_columns(
        pl.lit("not kept here: see the file").alias("found"),
        pl.lit("").alias("advice"),
    )
