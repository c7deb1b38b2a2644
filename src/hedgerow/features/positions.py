"""Where schools lie, and how far they are from one another and from others."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.state_schools import all_state_schools, state_schools
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.phases import is_of_phase
from hedgerow.methods.neighbours import nearest_of

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
    everywhere = positioned(all_state_schools(here.whole).filter(is_of_phase(here.phase)))
    local = positioned(state_schools(here)).select("id")
    rows = everywhere.with_row_index("row").join(local, on="id", how="semi")["row"].to_numpy()
    if rows.size == 0 or everywhere.height < 2:
        return np.empty(0)
    return nearest_of(positions(everywhere), rows, 1)[1][:, 0] / METRES_PER_KM
