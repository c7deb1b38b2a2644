"""Trusts with a school here: how many of their schools are here, and how many elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.rows import Bar, Part, bars
from hedgerow.reporting.pictures.sources import sources_of_governing
from hedgerow.reporting.table import Column, Table

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

MOST = 15
"""So many trusts are drawn; all of them stand in the spreadsheet."""

_COLUMNS = (
    Column("name", "trust"),
    Column("schools_here", "schools of this phase here", "count"),
    Column("of_any_phase", "of any phase here", "count"),
    Column("elsewhere", "elsewhere", "count"),
    Column("schools_in_all", "in all", "count"),
    Column("regions", "regions", "count"),
    Column("spread_km", "apart, km", "km"),
)


def trusts_picture(profile: Profile) -> Picture | None:
    """Give the picture of the trusts of two or more schools with a school here; None where there is
    none."""
    of_any_phase = (pl.col("local_share") * pl.col("schools_in_all")).round().cast(pl.Int64)
    rows = (
        profile.tables["trusts"]
        .filter(pl.col("schools_in_all") > 1)
        .with_columns(
            pl.col("trust").map_elements(shown_name, return_dtype=pl.String).alias("name"),
            of_any_phase.alias("of_any_phase"),
            (pl.col("schools_in_all") - of_any_phase).alias("elsewhere"),
        )
    )
    if rows.is_empty():
        return None
    table = Table("trusts", "Trusts of two or more schools with a school here", _COLUMNS, rows)
    drawn = table.head(
        MOST, f"The {MOST} with most schools here, of {table.height:,}; the spreadsheet has all."
    )
    caveat = "Schools of every phase count, because a trust's reach does not stop at one."
    return Picture(
        id="trusts",
        title=_title(rows),
        description="A bar for each trust: its schools of any phase here, then those elsewhere.",
        caveat=f"{caveat} {drawn.note}".strip(),
        sources=sources_of_governing(profile.here),
        as_of=profile.here.whole.as_of or profile.on,
        table=drawn,
        draw=partial(_draw, drawn.rows),
        keys=(Key("bar", "hedge", "schools here"), Key("bar", "hollow", "schools elsewhere")),
    )


def _title(rows: pl.DataFrame) -> str:
    away = rows.filter(pl.col("elsewhere") > pl.col("of_any_phase")).height
    if rows.height == 1:
        if away:
            return "The one trust of two or more schools has most of its schools elsewhere"
        return "The one trust of two or more schools has at least half of its schools here"
    verb, whose = ("has", "its") if away == 1 else ("have", "their")
    count = "None" if away == 0 else f"{away:,}"
    return (
        f"{count} of the {rows.height:,} trusts of two or more schools {verb} "
        f"most of {whose} schools elsewhere"
    )


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    drawn = []
    for row in rows.iter_rows(named=True):
        here, elsewhere = row["of_any_phase"], row["elsewhere"]
        drawn.append(
            Bar(
                label=row["name"],
                said=f"{here:,} of {row['schools_in_all']:,}",
                parts=(
                    Part(here, "hedge", f"{row['name']}: {here:,} here"),
                    Part(elsewhere, "hollow", f"{row['name']}: {elsewhere:,} elsewhere"),
                ),
            )
        )
    return bars(drawn, width, float(max(rows["schools_in_all"].to_list())))
