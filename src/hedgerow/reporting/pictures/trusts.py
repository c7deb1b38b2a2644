"""Trusts with a school here: how many of their schools are here, and how many elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.features.linked_systems.trusts import trusts_here
from hedgerow.features.state_schools import academies
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.names import shown_name
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.rows import Bar, Part, bars
from hedgerow.reporting.pictures.sources import sources_of_governing
from hedgerow.reporting.table import Column, Table

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

MOST = 15
"""So many trusts are drawn; all of them stand in the tables of the report and the spreadsheet."""

_COLUMNS = (
    Column("name", "trust"),
    Column("of_phase", "schools of this phase here", "count"),
    Column("schools_here", "schools of any phase here", "count"),
    Column("elsewhere", "schools elsewhere", "count"),
    Column("schools", "schools in all", "count"),
    Column("regions", "regions", "count"),
)


def trusts_table(profile: Profile) -> Table:
    """Give the trusts of two or more schools with a school of the phase here, most schools here
    first."""
    here = profile.here
    of_phase = academies(here).group_by("body").agg(pl.len().alias("of_phase"))
    names = here.whole.organisations.select("id", "name")
    rows = (
        trusts_here(here)
        .filter(pl.col("schools") > 1)
        .join(of_phase, left_on="trust", right_on="body", how="inner")
        .join(names, left_on="trust", right_on="id", how="left")
        .with_columns(
            (pl.col("schools") - pl.col("schools_here")).alias("elsewhere"),
            pl.col("name")
            .fill_null(pl.col("trust"))
            .map_elements(shown_name, return_dtype=pl.String),
        )
        .sort(["of_phase", "schools", "name"], descending=[True, True, False])
    )
    return Table("trusts", "Trusts of two or more schools with a school here", _COLUMNS, rows)


def trusts_picture(profile: Profile) -> Picture | None:
    """Give the picture of the trusts with schools here; None where there is none of two or more
    schools."""
    table = trusts_table(profile)
    if table.rows.is_empty():
        return None
    drawn = table.head(
        MOST, f"The {MOST} with most schools here, of {table.height:,}; the spreadsheet has all."
    )
    return Picture(
        id="trusts",
        title=_title(table.rows),
        description="A bar for each trust: its schools of any phase here, then those elsewhere.",
        caveat="Schools of every phase count, because a trust's reach does not stop at one. "
        + (drawn.note if table.height > MOST else ""),
        sources=sources_of_governing(profile.here),
        as_of=profile.here.whole.as_of or profile.on,
        table=drawn,
        draw=partial(_draw, drawn.rows),
        keys=(Key("bar", "hedge", "schools here"), Key("bar", "hollow", "schools elsewhere")),
    )


def _title(rows: pl.DataFrame) -> str:
    away = rows.filter(pl.col("elsewhere") > pl.col("schools_here")).height
    if rows.height == 1:
        where = "elsewhere" if away else "here"
        return f"The one trust of two or more schools has most of its schools {where}"
    verb, whose = ("has", "its") if away == 1 else ("have", "their")
    count = "None" if away == 0 else f"{away:,}"
    return (
        f"{count} of the {rows.height:,} trusts of two or more schools {verb} "
        f"most of {whose} schools elsewhere"
    )


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    drawn = []
    for row in rows.iter_rows(named=True):
        here, elsewhere = row["schools_here"], row["elsewhere"]
        drawn.append(
            Bar(
                label=row["name"],
                said=f"{here:,} of {row['schools']:,}",
                parts=(
                    Part(here, "hedge", f"{row['name']}: {here:,} here"),
                    Part(elsewhere, "hollow", f"{row['name']}: {elsewhere:,} elsewhere"),
                ),
            )
        )
    return bars(drawn, width, float(max(rows["schools"].to_list())))
