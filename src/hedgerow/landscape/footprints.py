"""Which hubs cover which schools: directly, through an authority, or an area's districts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape


def footprints(landscape: Landscape) -> pl.DataFrame:
    """Give every pair of a hub and a school in its footprint.

    A hub may cover a school, an authority, a district, or an area made of districts. A district
    that the source says is shared between areas counts in each of them, with ``is_certain`` false:
    the source does not say on which side of the line a school lies.

    Parameters
    ----------
    landscape : Landscape
        As on a date.

    Returns
    -------
    polars.DataFrame
        Columns ``hub``, ``hub_kind``, ``school``, ``is_certain``; one row a pair.
    """
    return landscape.worked_out("footprints", lambda: _footprints(landscape))


def _footprints(landscape: Landscape) -> pl.DataFrame:
    covers = landscape.ties.filter(pl.col("kind") == "covers").select(
        pl.col("from_id").alias("hub"), pl.col("to_id").alias("covered")
    )
    parts = landscape.table("area_parts").select(
        pl.col("area").alias("covered"), "part", pl.col("is_whole").alias("is_certain")
    )
    through_areas = covers.join(parts, on="covered").select(
        "hub", pl.col("part").alias("covered"), "is_certain"
    )
    reached = pl.concat([covers.with_columns(pl.lit(True).alias("is_certain")), through_areas])
    schools = landscape.schools.select("id", "authority", "district")
    places = pl.concat(
        [
            schools.select(pl.col("id").alias("covered"), pl.col("id").alias("school")),
            schools.select(pl.col("authority").alias("covered"), pl.col("id").alias("school")),
            schools.select(pl.col("district").alias("covered"), pl.col("id").alias("school")),
        ]
    )
    kinds = landscape.organisations.select(
        pl.col("id").alias("hub"), pl.col("kind").alias("hub_kind")
    )
    return (
        reached.join(places, on="covered")
        .group_by("hub", "school")
        .agg(pl.col("is_certain").any())
        .join(kinds, on="hub")
        .select("hub", "hub_kind", "school", "is_certain")
        .sort("hub", "school")
    )
