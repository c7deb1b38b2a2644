"""The map of a place as a picture: its words, and the list of schools that equals it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.pictures.place_map import (
    BAND_WORDS,
    FEW_ENOUGH_FOR_NAMES,
    MapData,
    draw_map,
    map_data,
)
from hedgerow.reporting.pictures.sources import sources_of_governing, titles_of
from hedgerow.reporting.table import Column, Table

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

MOST_NAMED = 6
"""Of more hubs that are not on the map the first are named."""

_LIST = (
    Column("name", "school"),
    Column("urn", "URN", "code"),
    Column("governed", "governed by"),
    Column("group", "on the map as"),
    Column("pupils", "pupils", "count"),
    Column("easting", "easting, m", "count"),
    Column("northing", "northing, m", "count"),
)
_GROUPS = (
    Column("group", "on the map as"),
    Column("schools", "schools", "count"),
)


def map_picture(profile: Profile) -> Picture | None:
    """Give the map of a place; None where no school has a position."""
    here = profile.here
    data = map_data(here)
    if data is None:
        return None
    is_listed = data.schools.height <= FEW_ENOUGH_FOR_NAMES
    sources = sources_of_governing(here)
    if data.place or data.neighbours:
        outlined = here.whole.table("areas").filter(pl.col("outline").is_not_null())
        sources += titles_of(here, outlined["source"])
    return Picture(
        id="map",
        title=governing_title(here),
        description=_description(data),
        caveat=map_caveat(data),
        sources=tuple(dict.fromkeys(sources)),
        as_of=here.whole.as_of or profile.on,
        table=_listed(profile, data) if is_listed else _grouped(data),
        draw=partial(draw_map, data),
        keys=data.keys,
    )


def governing_title(here: LocalLandscape) -> str:
    """Say who governs the schools of a place, as the title of a map."""
    schools = state_schools(here)
    total = schools.height
    maintained = int((schools["band"] == "maintained").sum())
    trusts = schools.filter(pl.col("trust_size") > 1)
    single = int((schools["band"] == "single").sum())
    if total == 1:
        return f"The one school is {BAND_WORDS[schools['band'][0]]}"
    bodies = trusts["body"].n_unique()
    if trusts.height == total:
        where = "one trust" if bodies == 1 else f"{bodies:,} trusts of two or more schools"
        return f"All {total:,} schools are in {where}"
    if maintained == total:
        return f"All {total:,} schools are maintained by an authority"
    verb = "is" if maintained == 1 else "are"
    parts = [f"{maintained:,} {verb} maintained by an authority"] if maintained else []
    if trusts.height:
        where = "a trust" if bodies == 1 else f"{bodies:,} trusts"
        parts.append(f"{trusts.height:,} in {where} of two or more schools")
    if single:
        parts.append(f"{single:,} on their own")
    return f"Of {total:,} schools, {_joined(parts)}" if parts else f"{total:,} schools"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" and {parts[-1]}"


def _description(data: MapData) -> str:
    said = "A map, north at the top. A mark for each school; shape and colour say who governs it"
    if data.hubs.marked.height:
        said += "; hubs are lettered diamonds"
    if data.place:
        said += "; the outline is that of the place"
    return said + ". The table lists what is drawn."


def map_caveat(data: MapData) -> str:
    """Say what the map leaves out, and how exact its outlines are."""
    said = []
    if data.place or data.neighbours:
        said.append(
            "Outlines are generalised, so a school near a border may seem to lie beyond it."
        )
    else:
        said.append("The register holds no outlines, so none are drawn.")
    if data.unplaced:
        verb = "school has" if data.unplaced == 1 else "schools have"
        said.append(f"{data.unplaced:,} {verb} no position on record and no mark.")
    for names, opening in (
        (data.hubs.beyond, "Beyond the map"),
        (data.hubs.unplaced, "Where these hubs are hosted is not known"),
    ):
        if names:
            shown = ", ".join(names[:MOST_NAMED])
            more = len(names) - MOST_NAMED
            said.append(f"{opening}: {shown}" + (f" and {more:,} more." if more > 0 else "."))
    return " ".join(said)


def _listed(profile: Profile, data: MapData) -> Table:
    here = profile.here
    names = here.whole.organisations.select(
        pl.col("id").alias("body"), pl.col("name").alias("body_name")
    )
    unplaced = state_schools(here).filter(pl.col("easting").is_null())
    rows = pl.concat(
        [data.schools, unplaced.select("id", "name", "easting", "northing", "body", "band")],
        how="diagonal",
    )
    rows = (
        rows.join(names, on="body", how="left")
        .with_columns(
            pl.col("body_name").map_elements(shown_name, return_dtype=pl.String).alias("governed"),
            pl.col("group").fill_null("not on the map"),
            pl.col("id").str.strip_prefix("urn:").alias("urn"),
        )
        .join(
            profile.tables["schools"].select(pl.col("urn").cast(pl.String), "pupils"),
            on="urn",
            how="left",
        )
        .sort("name", "id")
    )
    return Table("map", "Schools on the map", _LIST, rows)


def _grouped(data: MapData) -> Table:
    rows = data.schools.group_by("group", maintain_order=True).len("schools")
    return Table(
        "map",
        "Schools on the map, by kind of governing body",
        _GROUPS,
        rows,
        note=f"{data.schools.height:,} schools are too many to list here; the spreadsheet lists "
        f"each.",
    )
