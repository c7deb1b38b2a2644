"""Which hubs the place's schools are designated to, where those are hosted, and how far that is."""

from __future__ import annotations

import polars as pl

from hedgerow.features.positions import METRES_PER_KM
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.landscape import Landscape, LocalLandscape

HUB_NAMES = {
    "teaching_school_hub": "Teaching School Hub",
    "maths_hub": "Maths Hub",
    "english_hub": "English Hub",
    "computing_hub": "Computing Hub",
    "behaviour_hub": "Behaviour Hub",
    "science_hub": "Science Learning Partnership",
    "research_school": "Research School",
}
"""Kinds of hub that schools are designated to, in the order in which they are shown."""
HUB_DISTANCE_NEEDED = ("ties.covers", "area_parts", "ties.hosts", "organisations.easting")
"""What a distance to a designated hub rests on, as declared by an indicator."""


def designated(here: LocalLandscape) -> pl.DataFrame:
    """Give every pair of a state school of the place and a hub whose footprint it lies in.

    Returns
    -------
    polars.DataFrame
        Columns ``hub``, ``hub_kind``, ``school``, ``is_certain``, ``km`` (as the crow flies; null
        where either position is unknown), in order of hub and school.
    """
    return here.worked_out("designated hubs", lambda: _designated(here))


def _designated(here: LocalLandscape) -> pl.DataFrame:
    schools = state_schools(here).select(
        pl.col("id").alias("school"), pl.col("easting").alias("x"), pl.col("northing").alias("y")
    )
    hubs = hub_places(here.whole).select("hub", "easting", "northing")
    east, north = pl.col("easting") - pl.col("x"), pl.col("northing") - pl.col("y")
    return (
        footprints(here.whole)
        .filter(pl.col("hub_kind").is_in(list(HUB_NAMES)))
        # in the order of the footprints: by hub, then school
        .join(schools, on="school", maintain_order="left")
        .join(hubs, on="hub", how="left", maintain_order="left")
        .with_columns(((east**2 + north**2).sqrt() / METRES_PER_KM).alias("km"))
        .select("hub", "hub_kind", "school", "is_certain", "km")
    )


def hub_places(whole: Landscape) -> pl.DataFrame:
    """Give every hub with its host and position.

    Returns
    -------
    polars.DataFrame
        Columns ``hub``, ``hub_kind``, ``name``, ``host`` (the organisation that hosts it, the first
        by identifier where there are several; null where not on record), ``easting``, ``northing``
        (its own, else its host's; null where neither is known), ``is_placed`` (whether it is known
        at all where it lies).
    """
    return whole.worked_out("hub places", lambda: _hub_places(whole))


def _hub_places(whole: Landscape) -> pl.DataFrame:
    hosts = (
        whole.ties.filter(pl.col("kind") == "hosts")
        .sort("from_id")
        .group_by(pl.col("to_id").alias("hub"))
        .agg(pl.col("from_id").first().alias("host"))
    )
    host_positions = whole.organisations.select(
        pl.col("id").alias("host"),
        pl.col("easting").alias("host_easting"),
        pl.col("northing").alias("host_northing"),
    )
    placed = pl.any_horizontal(
        pl.col(column).is_not_null() for column in ("easting", "authority", "district", "host")
    )
    return (
        whole.organisations.filter(pl.col("kind").is_in(list(HUB_NAMES)))
        .select(
            pl.col("id").alias("hub"),
            pl.col("kind").alias("hub_kind"),
            "name",
            "easting",
            "northing",
            "authority",
            "district",
        )
        .join(hosts, on="hub", how="left")
        .join(host_positions, on="host", how="left")
        .select(
            "hub",
            "hub_kind",
            "name",
            "host",
            pl.coalesce("easting", "host_easting").alias("easting"),
            pl.coalesce("northing", "host_northing").alias("northing"),
            placed.alias("is_placed"),
        )
        .sort("hub")
    )


def hubs_here(here: LocalLandscape) -> pl.DataFrame:
    """Give every hub that a state school of the place is designated to.

    Returns
    -------
    polars.DataFrame
        Columns of `hub_places`, with ``schools`` (schools of the place in its footprint),
        ``uncertain_schools`` (of those, in a district that its area shares with another),
        ``median_km``, and ``is_inside`` (whether it or its host is local; null where that is not
        known), in order of kind and hub.
    """
    return here.worked_out("hubs here", lambda: _hubs_here(here))


def _hubs_here(here: LocalLandscape) -> pl.DataFrame:
    covered = (
        designated(here)
        .group_by("hub")
        .agg(
            pl.len().cast(pl.Int64).alias("schools"),
            (~pl.col("is_certain")).sum().cast(pl.Int64).alias("uncertain_schools"),
            pl.col("km").median().alias("median_km"),
        )
    )
    hubs = hub_places(here.whole).join(covered, on="hub", how="inner")
    local, undecided = here.members, here.undecided
    inside: list[bool | None] = []
    for hub, host, is_placed in hubs.select("hub", "host", "is_placed").iter_rows():
        if hub in local or (host is not None and host in local):
            inside.append(True)
        elif not is_placed or {hub, host} & undecided == {hub, host} - {None}:
            inside.append(None)
        else:
            inside.append(False)
    order = pl.col("hub_kind").replace_strict(
        {kind: number for number, kind in enumerate(HUB_NAMES)}, return_dtype=pl.Int64
    )
    return hubs.with_columns(pl.Series("is_inside", inside, dtype=pl.Boolean)).sort(order, "hub")
