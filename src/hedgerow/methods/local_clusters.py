"""Where low values lie among low ones: local clusters by conditional permutation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.compactness import draw_groups

_SLACK = 1e-12
"""Means that differ by rounding alone count as equal."""


@dataclass(frozen=True)
class LocalClusters:
    """The neighbourhood of each unit set against neighbours drawn at random.

    Attributes
    ----------
    neighbour_mean : array of shape (n,)
        Mean value of the unit's neighbours.
    p_low, p_high : array of shape (n,)
        ``(1 + draws at most / at least as high as observed) / (draws + 1)``.
    is_below : array of bool, shape (n,)
        Whether the unit itself has less than the mean of all that it is set against.
    """

    neighbour_mean: NDArray[np.float64]
    p_low: NDArray[np.float64]
    p_high: NDArray[np.float64]
    is_below: NDArray[np.bool_]


def local_clusters(
    values: ArrayLike,
    neighbours: ArrayLike,
    rng: np.random.Generator,
    rows: ArrayLike | None = None,
    draws: int = 9999,
) -> LocalClusters:
    """Set the mean of each unit's neighbours against as many others drawn at random.

    The unit's own value is held where it is (conditional permutation), so that the test is that of
    Getis and Ord's local statistic whether or not the unit counts among its own neighbours. Low
    among low is a unit below the mean with a small ``p_low``.

    Parameters
    ----------
    values : array of shape (n,)
        Finite, of all units.
    neighbours : array of int, shape (m, k)
        The k neighbours of each unit looked at, as rows of ``values``.
    rng
        Source of randomness.
    rows : array of int, shape (m,), optional
        The units looked at, as rows of ``values``; all of them unless given.
    draws
        Draws of k others, the same for all units.

    Returns
    -------
    LocalClusters
        Of shape (m,).

    Raises
    ------
    ValueError
        If values are not finite, a row number is out of range, a unit is its own neighbour, or
        there are no more units than neighbours.

    Notes
    -----
    Laws: adding to or multiplying all values changes nothing. Where values follow from the place
    alone (a distance), neighbours are alike by nature: then set a part of an area against all of
    it. Units whose neighbourhoods overlap are tested with the same values; take care of the number
    of tests with :func:`hedgerow.methods.false_discovery.adjusted_p_values`.

    References
    ----------
    [getis1992], [anselin1995], [phipson2010]
    """
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or not np.all(np.isfinite(x)):
        raise ValueError("values must be finite, in one dimension")
    own = np.arange(x.size) if rows is None else np.asarray(rows, dtype=np.int64)
    near = np.asarray(neighbours, dtype=np.int64)
    if near.ndim != 2 or len(near) != own.size:
        raise ValueError(f"neighbours must have {own.size} rows, found shape {near.shape}")
    k = near.shape[1]
    if not 1 <= k <= x.size - 1:
        raise ValueError(f"there are {x.size} units, too few for {k} neighbours each")
    if own.size and not 0 <= min(own.min(), near.min()) <= max(own.max(), near.max()) < x.size:
        raise ValueError(f"rows must be from 0 to {x.size - 1}")
    if np.any(near == own[:, None]):
        raise ValueError("a unit cannot be its own neighbour")
    others = draw_groups(x.size - 1, k, draws, rng)
    observed = x[near].mean(axis=1)
    slack = _SLACK * max(1.0, float(np.abs(x).max()))
    low, high = np.empty(own.size), np.empty(own.size)
    # numbers from a row upwards stand for the units after it; from one row to the next few change
    values = x[others + 1]
    means = values.mean(axis=1)
    flat = others.ravel()
    order = np.argsort(flat, kind="stable")
    places = np.searchsorted(flat[order], own)
    done = 0
    for number in np.argsort(own, kind="stable"):
        changed = order[done : places[number]]
        if changed.size:
            done = places[number]
            values.flat[changed] = x[flat[changed]]
            touched = changed // k
            means[touched] = values[touched].mean(axis=1)
        low[number] = np.count_nonzero(means <= observed[number] + slack)
        high[number] = np.count_nonzero(means >= observed[number] - slack)
    return LocalClusters(
        observed, (1 + low) / (draws + 1), (1 + high) / (draws + 1), x[own] < x.mean() - slack
    )
