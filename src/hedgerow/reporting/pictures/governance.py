"""Who governs the schools: shares by kind of governing body, with England beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.rows import Bar, Part, bars
from hedgerow.reporting.pictures.sources import sources_of_governing
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import number_text

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

_FINDINGS = (
    ("linked_systems.maintained_share", "maintained"),
    ("linked_systems.share_in_single_academy_trusts", "hollow"),
    ("linked_systems.share_in_trusts_2_5", "band-2-5"),
    ("linked_systems.share_in_trusts_6_15", "band-6-15"),
    ("linked_systems.share_in_trusts_16_plus", "band-16+"),
    ("", "hollow"),
)
"""For each row of the table of governance the finding that gives its interval and England, and its
tone."""

FEWEST = 5
"""Shares of fewer schools are not drawn; the table has the counts."""

_COLUMNS = (
    Column("arrangement", "governed by"),
    Column("schools", "schools", "count"),
    Column("share", "share", "share"),
    Column("low", "at least", "share"),
    Column("high", "at most", "share"),
    Column("england", "England", "share", 1),
    Column("pupils", "pupils", "count"),
)


def governance_picture(profile: Profile) -> Picture | None:
    """Give the picture of who governs the schools; None where they are too few for shares."""
    held = profile.tables["governance"]
    if int(held["schools"].sum()) < FEWEST:
        return None
    rows = _with_england(profile, held)
    has_england = rows["england"].null_count() < rows.height
    return Picture(
        id="governance",
        title=_title(rows),
        description="A bar for each kind of governing body: its share of the schools here"
        + ("; a line across it marks the share in England." if has_england else "."),
        caveat="A trust's size counts all its open schools, of any phase and place.",
        sources=sources_of_governing(profile.here),
        as_of=profile.here.whole.as_of or profile.on,
        table=Table("governance", "Schools by governing body", _COLUMNS, rows),
        draw=partial(_draw, rows),
        keys=(Key("line", "ink", "England"),) if has_england else (),
    )


def _with_england(profile: Profile, held: pl.DataFrame) -> pl.DataFrame:
    found = {one.id: one for one in profile.findings}
    beside = []
    for identifier, tone in _FINDINGS:
        here, england = found.get(identifier), profile.england.get(identifier)
        interval = here.interval if here is not None else None
        beside.append(
            {
                "tone": tone,
                "low": interval.low if interval else None,
                "high": interval.high if interval else None,
                "england": england.value if england is not None else None,
            }
        )
    known = {"tone": pl.String, "low": pl.Float64, "high": pl.Float64, "england": pl.Float64}
    rows = pl.concat([held, pl.DataFrame(beside, schema=known)], how="horizontal")
    return rows.filter((pl.col("schools") > 0) | (pl.col("england") > 0))


def _title(rows: pl.DataFrame) -> str:
    first = rows.row(0, named=True)
    if not first["arrangement"].startswith("maintained"):
        return "None of the schools is maintained by an authority"
    here = number_text(first["share"], "share", decimals=0)
    title = f"{here} of the schools are maintained by an authority"
    if first["england"] is None:
        return title
    return f"{title}, {number_text(first['england'], 'share', decimals=0)} in England"


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    highest = max([0.2, *rows["share"].drop_nulls(), *rows["england"].drop_nulls()])
    drawn = []
    for row in rows.iter_rows(named=True):
        said = f"{number_text(row['share'], 'share', decimals=0)}, {row['schools']:,}"
        england = row["england"]
        drawn.append(
            Bar(
                label=row["arrangement"][:1].upper() + row["arrangement"][1:],
                said=said,
                parts=(Part(row["share"], row["tone"], f"{row['arrangement']}: {said} schools"),),
                marker=england,
                marker_title=f"England: {number_text(england, 'share', decimals=1)}",
            )
        )
    return bars(drawn, width, min(1.0, highest))
