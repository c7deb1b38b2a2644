"""Where schools lie, and how far they are from one another and from others."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.state_schools import all_state_schools, state_schools
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.phases import is_of_phase
from hedgerow.methods.neighbours import nearest_neighbours, nearest_of

METRES_PER_KM = 1000.0


def positioned(organisations: pl.DataFrame) -> pl.DataFrame:
    """Keep the organisations whose position is known."""
    return organisations.filter(pl.col("easting").is_not_null())


def positions(organisations: pl.DataFrame) -> NDArray[np.float64]:
    """Give positions in metres, shape (n, 2), of organisations that all have one."""
    return organisations.select("easting", "northing").to_numpy()


def nearest_other_school_km(here: LocalLandscape) -> NDArray[np.float64]:
    """Give for each positioned school of the place the distance to the nearest other school of the
    phase, anywhere.

    Returns
    -------
    array of float, shape (n,)
        Kilometres, in order of the schools' identifiers; empty when there is no other school.
    """
    return here.worked_out("nearest other school", lambda: _nearest_other_school_km(here))


def _nearest_other_school_km(here: LocalLandscape) -> NDArray[np.float64]:
    everywhere = positioned(
        all_state_schools(here.whole)
        .select("id", "phase", "easting", "northing")
        .filter(is_of_phase(here.phase))
    )
    local = positioned(state_schools(here))
    if local.is_empty() or everywhere.height < 2:
        return np.empty(0)
    near = _around(everywhere, local).with_row_index("row")
    rows = near.join(local.select("id"), on="id", how="semi").sort("id")["row"].to_numpy()
    return nearest_of(positions(near), rows, 1)[1][:, 0] / METRES_PER_KM


def _around(everywhere: pl.DataFrame, local: pl.DataFrame) -> pl.DataFrame:
    """Keep the schools that can be nearest to a local one.

    A local school's nearest school is no further than its nearest local one, so none lies outside
    the box around the place widened by the largest of those distances.
    """
    if local.height < 2 or local.height == everywhere.height:
        return everywhere
    here = positions(local)
    reach = float(nearest_neighbours(here, 1)[1].max())
    (west, south), (east, north) = here.min(axis=0) - reach, here.max(axis=0) + reach
    return everywhere.filter(
        pl.col("easting").is_between(west, east), pl.col("northing").is_between(south, north)
    )
