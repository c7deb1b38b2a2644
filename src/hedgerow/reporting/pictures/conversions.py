"""When schools here became academies, by academic year and route."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.features.local_lens.conversions import conversions
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.columns import Stack, stacks
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.rows import Part
from hedgerow.reporting.pictures.sources import sources_of_governing
from hedgerow.reporting.table import Column, Table

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

SEPTEMBER = 9
_COLUMNS = (
    Column("year", "academic year"),
    Column("converter", "converted by choice", "count"),
    Column("sponsored", "sponsored", "count"),
    Column("all", "in all", "count"),
)


def conversions_picture(profile: Profile) -> Picture | None:
    """Give the picture of conversions by academic year; None where no school converted."""
    found = conversions(profile.here)
    dated = found.filter(pl.col("converted").is_not_null())
    if dated.is_empty():
        return None
    rows = by_academic_year(dated)
    undated = found.height - dated.height
    busiest = rows.sort("all", "first", descending=[True, False]).row(0, named=True)
    caveat = "Academies open now count; one that closed since is seen by its last opening alone."
    if undated:
        noun = "academy has" if undated == 1 else "academies have"
        caveat += f" {undated:,} {noun} no date and no column."
    return Picture(
        id="conversions",
        title=_title(rows, busiest["year"], busiest["all"]),
        description="A column for each academic year: schools that converted by choice, "
        "and above them those that a sponsor took over.",
        caveat=caveat,
        sources=sources_of_governing(profile.here),
        as_of=profile.here.whole.as_of or profile.on,
        table=Table("conversions", "Schools that became academies", _COLUMNS, rows),
        draw=partial(_draw, rows),
        keys=(
            Key("bar", "first", "converted by choice"),
            Key("bar", "second", "sponsored"),
        ),
    )


def by_academic_year(dated: pl.DataFrame) -> pl.DataFrame:
    """Count conversions by academic year from September, years without any included.

    Returns
    -------
    polars.DataFrame
        Columns ``first`` (the year in which it begins), ``year`` ("2012/13"), ``converter``,
        ``sponsored``, ``all``.
    """
    day = pl.col("converted")
    first = day.dt.year() - (day.dt.month() < SEPTEMBER).cast(pl.Int32)
    counted = (
        dated.with_columns(first.alias("first"))
        .group_by("first")
        .agg(
            (pl.col("route") == "converter").sum().cast(pl.Int64).alias("converter"),
            (pl.col("route") == "sponsored").sum().cast(pl.Int64).alias("sponsored"),
        )
    )
    seen = counted["first"].to_list()
    years = pl.DataFrame({"first": range(min(seen), max(seen) + 1)}, schema={"first": pl.Int32})
    return (
        years.join(counted, on="first", how="left")
        .with_columns(pl.col("converter", "sponsored").fill_null(0))
        .with_columns(
            (pl.col("converter") + pl.col("sponsored")).alias("all"),
            pl.format(
                "{}/{}", "first", ((pl.col("first") + 1) % 100).cast(pl.String).str.zfill(2)
            ).alias("year"),
        )
        .sort("first")
    )


def _title(rows: pl.DataFrame, busiest: str, most: int) -> str:
    total = int(rows["all"].sum())
    if total == 1:
        return f"One school became an academy, in {busiest}"
    alone = rows.filter(pl.col("all") == most).height == 1
    if not alone:
        return f"{total:,} schools became academies, {rows['year'][0]} to {rows['year'][-1]}"
    return f"{total:,} schools became academies; the most in one year were {most:,}, in {busiest}"


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    drawn = [
        Stack(
            row["year"],
            (
                Part(row["converter"], "first", f"{row['year']}: {row['converter']:,} by choice"),
                Part(row["sponsored"], "second", f"{row['year']}: {row['sponsored']:,} sponsored"),
            ),
        )
        for row in rows.iter_rows(named=True)
    ]
    return stacks(drawn, width)
