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

_COLUMNS = (
    Column("academic_year", "academic year"),
    Column("converters", "converted by choice", "count"),
    Column("sponsored", "sponsored", "count"),
    Column("by_then", "in all by then", "count"),
)


def conversions_picture(profile: Profile) -> Picture | None:
    """Give the picture of conversions by academic year; None where no school converted."""
    rows = profile.tables["conversions"]
    if rows.is_empty():
        return None
    undated = conversions(profile.here)["converted"].null_count()
    caveat = "Academies open now count; one that closed since is seen by its last opening alone."
    if undated:
        noun = "academy has" if undated == 1 else "academies have"
        caveat += f" {undated:,} {noun} no date and no column."
    return Picture(
        id="conversions",
        title=_title(rows),
        description="A column for each academic year: schools that converted by choice, and above "
        "them those with a sponsor.",
        caveat=caveat,
        sources=sources_of_governing(profile.here),
        as_of=profile.here.whole.as_of or profile.on,
        table=Table("conversions", "Schools that became academies", _COLUMNS, rows),
        draw=partial(_draw, rows),
        keys=(Key("bar", "first", "converted by choice"), Key("bar", "second", "sponsored")),
    )


def _title(rows: pl.DataFrame) -> str:
    years = rows["academic_year"]
    each = rows["converters"] + rows["sponsored"]
    total, most = int(each.sum()), max(each.to_list())
    if total == 1:
        return f"One school became an academy, in {years[0]}"
    if each.filter(each == most).len() > 1:
        return f"{total:,} schools became academies from {years[0]} to {years[-1]}"
    busiest = years[int(each.arg_max() or 0)]
    return f"{total:,} schools became academies; the most in one year were {most:,}, in {busiest}"


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    drawn = [
        Stack(
            year,
            (
                Part(converters, "first", f"{year}: {converters:,} by choice"),
                Part(sponsored, "second", f"{year}: {sponsored:,} sponsored"),
            ),
        )
        for year, converters, sponsored in rows.select(
            "academic_year", "converters", "sponsored"
        ).iter_rows()
    ]
    return stacks(drawn, width)
