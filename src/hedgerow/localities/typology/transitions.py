"""How places move between types from one date to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.distance import block_distance
from hedgerow.localities.typology.entering import LEAST_MEASURED
from hedgerow.localities.typology.types import Typology


@dataclass(frozen=True, eq=False)
class Transitions:
    """How many places were nearest to each type on one date and another.

    Attributes
    ----------
    first, last : datetime.date
    letters : tuple of str
        Of the types, which are those of the last date.
    counts : array of int, shape (types, types)
        Places by type on the first date (rows) and on the last.
    low, high : array of int, shape (types, types)
        Between what the counts lie in 95 of 100 draws of schools on both dates.
    moved : float
        Share of places that are nearest to another type.
    moved_low, moved_high : float
    features : tuple of str
        Names of the features measured on both dates, by which both were compared.
    not_compared : int
        Places of the last date that cannot be compared.
    kept_type : float
        Share of places that those features alone put into the type that all features do on the last
        date.
    draws : int
    """

    first: date
    last: date
    letters: tuple[str, ...]
    counts: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    moved: float
    moved_low: float
    moved_high: float
    features: tuple[str, ...]
    not_compared: int
    kept_type: float
    draws: int


def transitions(
    typology: Typology, earlier: FeatureTable, *, draws: int = 200, seed: int = 1
) -> Transitions | None:
    """Give each place the nearest of the last date's medoids on both dates.

    Both dates are brought to one scale together, and compared only by the features measured on
    both: else a place would move by what is known of it, not by what it is.

    Parameters
    ----------
    typology : Typology
        Of the last date.
    earlier : FeatureTable
        Of the first date; places are matched by identifier.
    draws, seed : int
        Draws of schools behind the ranges.

    Returns
    -------
    Transitions or None
        None without types, or where nothing is measured on both dates.

    Notes
    -----
    The assumption most likely to mislead: types are those of the last date, so that the first date
    is seen through them. A place near an edge moves by little.
    """
    if not typology.types:
        return None
    last = typology.table
    places = {unit.id: row for row, unit in enumerate(earlier.units)}
    rows = np.array([row for row in typology.entered.rows if last.units[row].id in places])
    before = np.array([places[last.units[row].id] for row in rows], dtype=np.int64)
    now, then = last.transformed(), earlier.transformed()
    used = np.array(
        [
            place
            for place in typology.entered.columns
            if (~np.isnan(then[before, place])).mean() >= LEAST_MEASURED
        ],
        dtype=np.int64,
    )
    if not rows.size or not used.size:
        return None
    blocks = [last.blocks[place] for place in used]
    medoids = now[[one.medoid for one in typology.types]][:, used]
    k, n = len(typology.types), rows.size

    def nearest(
        one: NDArray[np.float64], other: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        stacked = np.vstack([medoids, one[np.ix_(before, used)], other[np.ix_(rows, used)]])
        found = block_distance(stacked, blocks)[k:, :k].argmin(axis=1)
        return found[:n], found[n:]

    first, second = nearest(then, now)
    counts = _crossed(first, second, k)
    rng = np.random.default_rng([seed, 2])
    drawn, moved = np.empty((draws, k, k)), np.empty(draws)
    for draw in range(draws):
        was, is_now = nearest(
            earlier.transformed(earlier.school_table.resampled(rng)),
            last.transformed(last.school_table.resampled(rng)),
        )
        drawn[draw], moved[draw] = _crossed(was, is_now, k), (was != is_now).mean()
    share = float((first != second).mean())
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0) if draws else np.array([counts, counts])
    ends = np.quantile(moved, [0.025, 0.975]) if draws else np.array([share, share])
    return Transitions(
        first=earlier.on,
        last=last.on,
        letters=tuple(one.letter for one in typology.types),
        counts=counts,
        low=np.minimum(np.floor(low), counts).astype(np.int64),
        high=np.maximum(np.ceil(high), counts).astype(np.int64),
        moved=share,
        moved_low=float(min(ends[0], share)),
        moved_high=float(max(ends[1], share)),
        features=tuple(last.names[place] for place in used),
        not_compared=int(typology.entered.rows.size - n),
        kept_type=float((second == typology.labels[rows]).mean()),
        draws=draws,
    )


def _crossed(first: NDArray[np.int64], second: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    return np.bincount(first * k + second, minlength=k * k).reshape(k, k)
