"""How far the schools are from the hubs that they are designated to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES, designated, hubs_here
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.rows import Spread, spreads
from hedgerow.reporting.pictures.sources import titles_of
from hedgerow.reporting.scales import axis_from_nought
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import number_text

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

FEWEST = 5
"""Quartiles of fewer distances than this are not drawn."""
MOST = 12

_COLUMNS = (
    Column("name", "hub"),
    Column("kind", "kind"),
    Column("schools", "schools here", "count"),
    Column("least", "nearest school, km", "km"),
    Column("lower", "a quarter within, km", "km"),
    Column("middle", "half within, km", "km"),
    Column("upper", "three quarters within, km", "km"),
    Column("most", "farthest school, km", "km"),
)


def hubs_picture(profile: Profile) -> Picture | None:
    """Give the picture of distances to designated hubs; None where no hub's position is known."""
    here = profile.here
    names = hubs_here(here).select("hub", "name")
    km = pl.col("km")
    rows = (
        designated(here)
        .filter(km.is_not_null())
        .group_by("hub", "hub_kind")
        .agg(
            pl.len().alias("schools"),
            km.min().alias("least"),
            km.quantile(0.25, "linear").alias("lower"),
            km.median().alias("middle"),
            km.quantile(0.75, "linear").alias("upper"),
            km.max().alias("most"),
        )
        .filter(pl.col("schools") >= FEWEST)
        .join(names, on="hub", how="left")
        .with_columns(pl.col("hub_kind").replace_strict(HUB_NAMES).alias("kind"))
        .sort("middle", "name")
    )
    if rows.is_empty():
        return None
    table = Table(
        "hub-distances", "Distances from schools to their designated hubs", _COLUMNS, rows
    )
    drawn = table.head(MOST, f"The {MOST} nearest of {table.height:,}; the spreadsheet has all.")
    farthest = rows.row(rows.height - 1, named=True)
    half = number_text(farthest["middle"], "km")
    if rows.height == 1:
        title = f"Half of the schools are within {half} of {farthest['name']}"
    else:
        nearest = rows.row(0, named=True)
        title = (
            f"Half of their schools are within {number_text(nearest['middle'], 'km')} of the "
            f"nearest hub, "
            f"{half} of the farthest"
        )
    hubs = here.whole.organisations.join(
        rows.select(pl.col("hub").alias("id")), on="id", how="semi"
    )
    return Picture(
        id="hubs",
        title=title,
        description="For each hub a line from its nearest to its farthest school here, a bar "
        "over the middle half "
        "of the schools and a mark at the middle.",
        caveat="As the crow flies to where the hub is hosted: much of what a hub does happens "
        "elsewhere or online. " + drawn.note,
        sources=titles_of(here, hubs["source"]),
        as_of=here.whole.as_of or profile.on,
        table=drawn,
        draw=partial(_draw, drawn.rows),
        keys=(
            Key("diamond", "hedge", "half of the schools are nearer"),
            Key("bar", "maintained", "middle half"),
        ),
    )


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    drawn = []
    for row in rows.iter_rows(named=True):
        said = number_text(row["middle"], "km")
        drawn.append(
            Spread(
                label=row["name"],
                said=said,
                points=(row["least"], row["lower"], row["middle"], row["upper"], row["most"]),
                title=f"{row['name']}: half of {row['schools']:,} schools within {said}",
            )
        )
    axis = axis_from_nought(float(max(rows["most"].to_list())), 0, 1, most=4)
    ticks = axis.ticks(4)
    words = {tick: f"{tick:g}" + (" km" if tick == ticks[-1] else "") for tick in ticks}
    return spreads(drawn, width, (axis.low, axis.high), words)
