"""What each school of one place adds to the features, from what the indicators rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.context.size import VERY_SMALL
from hedgerow.features.designated_hubs import designated
from hedgerow.features.local_lens.compactness import trust_compactness_km
from hedgerow.features.local_lens.conversions import conversions, recent_from
from hedgerow.features.local_lens.localness import LOCAL_FROM, trust_localness_by_school
from hedgerow.features.local_lens.neighbours import NEIGHBOURS
from hedgerow.features.local_lens.trajectory import YEARS, converted_schools
from hedgerow.features.observed import observed
from hedgerow.features.positions import nearest_other_school_km, positioned, positions
from hedgerow.features.state_schools import academies, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.join_counts import neighbour_pairs
from hedgerow.methods.neighbours import nearest_neighbours

BANDS = {
    "maintained": "maintained",
    "single": "single",
    "trusts_2_5": "2-5",
    "trusts_6_15": "6-15",
    "trusts_16_plus": "16+",
}
"""Features of the composition by the band of `hedgerow.landscape.governing.BANDS`."""

_HUB_KINDS = ("maths_hub", "teaching_school_hub")


@dataclass(frozen=True, eq=False)
class SchoolColumns:
    """The schools of one place, one a row in order of identifier.

    Attributes
    ----------
    ids : list of str
    columns : dict of str to array
        By feature, the school's own figure; not a number where it does not count.
    body : array of int
        As in `SchoolTable`, numbered from 0 in this place.
    neighbours, other_neighbours : array of float
        As in `SchoolTable`.
    """

    ids: list[str]
    columns: dict[str, NDArray[np.float64]]
    body: NDArray[np.int64]
    neighbours: NDArray[np.float64]
    other_neighbours: NDArray[np.float64]


def school_columns(here: LocalLandscape) -> SchoolColumns:
    """Give what each state school of the phase adds to the features of a place."""
    schools = state_schools(here)
    frame = schools.select("id", "rural", *_bands())
    for part in (_localness(here), _compactness(here), *_conversions(here), *_place(here)):
        frame = frame.join(part, on="id", how="left", maintain_order="left")
    columns = {
        name: frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in frame.columns
        if name != "id"
    }
    placed = schools["easting"].is_not_null()
    known = schools["body"].is_not_null() & placed
    names = schools["body"].rank("dense").cast(pl.Int64) - 1
    body = names.fill_null(-1).to_numpy().copy()
    body[~known.to_numpy()] = -1
    neighbours, other = _neighbours(here, body)
    return SchoolColumns(schools["id"].to_list(), columns, body, neighbours, other)


def _bands() -> list[pl.Expr]:
    return [(pl.col("band") == band).alias(name) for name, band in BANDS.items()]


def _localness(here: LocalLandscape) -> pl.DataFrame:
    return trust_localness_by_school(here).select(
        "id",
        (pl.col("localness") >= LOCAL_FROM).alias("local_trusts"),
        (pl.col("regions") >= 2).alias("cross_regional"),
    )


def _compactness(here: LocalLandscape) -> pl.DataFrame:
    found = academies(here).select("id", "body")
    ratios = {}
    for trust in found["body"].unique():
        spread = trust_compactness_km(here.whole, trust)
        if spread is not None and spread[1] > 0:
            ratios[trust] = spread[0] / spread[1]
    return found.select(
        "id",
        pl.col("body")
        .replace_strict(ratios, default=None, return_dtype=pl.Float64)
        .alias("compactness"),
    )


def _conversions(here: LocalLandscape) -> list[pl.DataFrame]:
    could = converted_schools(here).filter("is_known")
    by_year = could.select(
        "id",
        *(
            (pl.col("converted") <= date(year, 9, 1)).fill_null(False).alias(f"converted_by_{year}")
            for year in YEARS
        ),
    )
    did = conversions(here).select(
        "id",
        (pl.col("converted") >= recent_from(here.on)).alias("recent"),
        (pl.col("route") == "sponsored").alias("sponsored"),
    )
    return [by_year, did]


def _place(here: LocalLandscape) -> list[pl.DataFrame]:
    placed = positioned(state_schools(here)).select("id")
    near = nearest_other_school_km(here)
    parts = [placed.head(near.size).with_columns(pl.Series("nearest_school", near))]
    pupils = observed(here, "pupils")
    if isinstance(pupils, NotMeasured):
        parts.append(placed.clear().with_columns(pl.lit(None, pl.Boolean).alias("very_small")))
    else:
        parts.append(pupils.rows.select("id", (pl.col("value") <= VERY_SMALL).alias("very_small")))
    pairs = designated(here).filter(pl.col("km").is_not_null())
    for kind in _HUB_KINDS:
        parts.append(
            pairs.filter(pl.col("hub_kind") == kind)
            .group_by(pl.col("school").alias("id"))
            .agg(pl.col("km").min().alias(f"distance_{kind}"))
        )
    return parts


def _neighbours(
    here: LocalLandscape, body: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Neighbours whose body is known, and those under another body, of every school."""
    schools = state_schools(here)
    every, other = np.zeros(schools.height), np.zeros(schools.height)
    rows = np.flatnonzero(schools["easting"].is_not_null().to_numpy())
    if rows.size <= NEIGHBOURS:
        return every, other
    near = nearest_neighbours(positions(positioned(schools)), NEIGHBOURS)[0]
    first, second = rows[neighbour_pairs(near)].T
    both = (body[first] >= 0) & (body[second] >= 0)
    first, second = first[both], second[both]
    np.add.at(every, first, 1)
    np.add.at(other, first, body[first] != body[second])
    return every, other
