"""The figures of a place that were compared with those of others, as a table for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hedgerow.reporting.table import Column, Table

if TYPE_CHECKING:
    from hedgerow.localities.unusual import Unusual

HEADING = "What is unusual here"
COLUMNS = (
    Column("figure", "figure"),
    Column("unit", "unit"),
    Column("value", "here", "number"),
    Column("half_from", "half lie from", "number"),
    Column("half_to", "half lie to", "number"),
    Column("ordinary_from", "four fifths lie from", "number"),
    Column("ordinary_to", "four fifths lie to", "number"),
    Column("places", "places", "count"),
    Column("p", "p", "number"),
    Column("adjusted_p", "p, for so many figures", "number"),
    Column("stands_out", "stands out"),
    Column("why_not_compared", "why not compared"),
)


def unusual_table(unusual: Unusual) -> Table:
    """Give every figure that was compared, one a row; shares as fractions of 1."""
    return Table(
        "unusual",
        "Figures compared with other places",
        COLUMNS,
        unusual.table,
        note="The range of four fifths leaves out what only the size of those places makes of it. "
        "The second p allows for how many figures are looked at; at 0.1 or below a figure stands "
        "out.",
    )
