"""The figures of a place that were compared with those of others, as a table for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import number_text

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


def beside_text(row: Mapping[str, Any]) -> str:
    """Say in words where one figure lies beside those of other places.

    Parameters
    ----------
    row : mapping
        A row of `Unusual.table`.
    """

    def written(name: str) -> str:
        return number_text(row[name], row["unit"])

    said = [f"{row['figure']}: {written('value')} here."]
    if row["half_from"] is not None:
        text = f"Half of the other places lie from {written('half_from')} to {written('half_to')}"
        if row["ordinary_from"] is not None:
            text += (
                f", and four fifths from {written('ordinary_from')} to {written('ordinary_to')}, "
                "leaving out what only their size makes of it"
            )
        said.append(text)
    if row["why_not_compared"]:
        said.append(f"Whether it stands out cannot be said: {row['why_not_compared']}")
    elif row["stands_out"] is not None:
        verb = "stands out" if row["stands_out"] else "does not stand out"
        said.append(f"It {verb} among {row['places']:,} places.")
    return " ".join(one if one.endswith(".") else f"{one}." for one in said)
