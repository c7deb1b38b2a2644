"""Is something concentrated among those who rank high? Concentration indices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.bootstrap import (
    BootstrapInterval,
    percentile_interval,
    resampled_units,
    resampled_weights,
)
from hedgerow.methods.weighting import weighted_values


def fractional_rank(ranking: ArrayLike, weights: ArrayLike | None = None) -> NDArray[np.float64]:
    """Position of each unit from 0 to 1: the weight below it and half the weight beside it.

    Ties share one rank. The weighted mean of the ranks is always one half.
    """
    r, share = weighted_values(ranking, weights)
    _, tied = np.unique(r, return_inverse=True)
    group = np.bincount(tied, share)
    return np.asarray((np.cumsum(group) - group / 2)[tied])


def concentration_index(
    values: ArrayLike, ranking: ArrayLike, weights: ArrayLike | None = None
) -> float | None:
    """Concentration index: ``C = 2 cov(values, rank) / mean(values)``.

    Parameters
    ----------
    values : array of shape (n,)
        What is distributed, zero or more.
    ranking : array of shape (n,)
        What units are ranked by, from low to high; ties share a rank.
    weights : array of shape (n,), optional
        People that each unit stands for.

    Returns
    -------
    float or None
        From -1 to 1: above 0 when those who rank *high* have more, 0 when it does not matter.
        ``None`` when all values are 0. Say in its name what ranks high.

    Raises
    ------
    ValueError
        If lengths differ, a value is negative or values are not finite.

    Notes
    -----
    Laws: multiplying all values changes nothing; turning the ranking round changes the sign.
    For values with an upper bound (a share, a yes or no) its range depends on the mean: use
    :func:`erreygers_index`.

    References
    ----------
    [kakwani1997], [odonnell2008]
    """
    x, share, rank = _ranked(values, ranking, weights)
    mean = float(share @ x)
    if mean == 0:
        return None
    return float(2 * share @ ((x - mean) * (rank - 0.5)) / mean)


def erreygers_index(
    values: ArrayLike,
    ranking: ArrayLike,
    bounds: tuple[float, float] = (0.0, 1.0),
    weights: ArrayLike | None = None,
) -> float:
    """Erreygers's corrected concentration index, for values between two bounds.

    ``E = 4 / (b - a) * mean * C``, which is ``8 cov(values, rank) / (b - a)``.

    Parameters
    ----------
    values, ranking, weights
        As in :func:`concentration_index`.
    bounds
        Lowest and highest possible value, a and b.

    Returns
    -------
    float
        From -1 (the lower half has all, the upper none) to 1; 0 for equal values, all zero
        included.

    Notes
    -----
    Law: the index of ``a + b - values`` (the shortfall) is the same with its sign changed.

    References
    ----------
    [erreygers2009]
    """
    low, high = bounds
    x, share, rank = _ranked(values, ranking, weights, bounds)
    return float(8 * share @ ((x - share @ x) * (rank - 0.5)) / (high - low))


def wagstaff_index(
    values: ArrayLike,
    ranking: ArrayLike,
    bounds: tuple[float, float] = (0.0, 1.0),
    weights: ArrayLike | None = None,
) -> float | None:
    """Wagstaff's normalised concentration index, for values between two bounds.

    ``W = C * mean * (b - a) / ((b - mean)(mean - a))`` with C of the values less a: its range
    is -1 to 1 whatever the mean.

    Returns
    -------
    float or None
        ``None`` when the mean is at a bound, so that all values are equal.

    References
    ----------
    [wagstaff2005]
    """
    low, high = bounds
    x, share, rank = _ranked(values, ranking, weights, bounds)
    mean = float(share @ x)
    present = x[share > 0]
    if np.all(present == low) or np.all(present == high):
        return None
    covariance = float(share @ ((x - mean) * (rank - 0.5)))
    return 2 * covariance * (high - low) / ((high - mean) * (mean - low))


def concentration_interval(
    values: ArrayLike,
    ranking: ArrayLike,
    rng: np.random.Generator,
    weights: ArrayLike | None = None,
    clusters: Sequence[Any] | ArrayLike | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval | None:
    """Bootstrap interval of :func:`concentration_index`, ranks worked out anew in every draw.

    Parameters
    ----------
    values, ranking, weights
        As in :func:`concentration_index`.
    rng
        Source of randomness.
    clusters : sequence of length n, optional
        Whole clusters are resampled when given.

    Returns
    -------
    BootstrapInterval or None
        ``None`` when all values are 0.

    References
    ----------
    [odonnell2008], [cameron2008]
    """
    observed = concentration_index(values, ranking, weights)
    if observed is None:
        return None
    x, share, _ = _ranked(values, ranking, weights)
    indices, _ = _resampled(x, share, ranking, rng, clusters, draws)
    return percentile_interval(observed, indices, level, resampled_units(x.size, clusters))


def erreygers_interval(
    values: ArrayLike,
    ranking: ArrayLike,
    rng: np.random.Generator,
    bounds: tuple[float, float] = (0.0, 1.0),
    weights: ArrayLike | None = None,
    clusters: Sequence[Any] | ArrayLike | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval:
    """Bootstrap interval of :func:`erreygers_index`, ranks worked out anew in every draw.

    Parameters
    ----------
    values, ranking, bounds, weights
        As in :func:`erreygers_index`.
    rng
        Source of randomness.
    clusters : sequence of length n, optional
        Whole clusters are resampled when given.

    Returns
    -------
    BootstrapInterval

    References
    ----------
    [erreygers2009], [cameron2008]
    """
    observed = erreygers_index(values, ranking, bounds, weights)
    low, high = bounds
    x, share, _ = _ranked(values, ranking, weights, bounds)
    indices, means = _resampled(x - low, share, ranking, rng, clusters, draws)
    # a draw of lowest values alone has no concentration index, but they are all alike
    drawn = np.where(means == 0, 0.0, 4 * means * indices / (high - low))
    return percentile_interval(observed, drawn, level, resampled_units(x.size, clusters))


def _resampled(
    x: NDArray[np.float64],
    share: NDArray[np.float64],
    ranking: ArrayLike,
    rng: np.random.Generator,
    clusters: Sequence[Any] | ArrayLike | None,
    draws: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Concentration index and mean of each draw; NaN without weight, the index also without x."""
    _, tied = np.unique(np.asarray(ranking, dtype=float), return_inverse=True)
    order = np.argsort(tied, kind="stable")
    starts = np.flatnonzero(np.diff(tied[order], prepend=-1))
    indices, means = [], []
    for times in resampled_weights(x.size, rng, clusters, draws):
        w = times[:, order] * share[order]
        mass = np.add.reduceat(w, starts, axis=1)
        worth = np.add.reduceat(w * x[order], starts, axis=1)
        whole, total = mass.sum(axis=1), worth.sum(axis=1)
        above = np.einsum("bg,bg->b", worth, np.cumsum(mass, axis=1) - mass / 2)
        nothing = np.full_like(total, np.nan)
        below = whole * total
        indices.append(2 * np.divide(above, below, out=nothing.copy(), where=below > 0) - 1)
        means.append(np.divide(total, whole, out=nothing, where=whole > 0))
    return np.concatenate(indices), np.concatenate(means)


def _ranked(
    values: ArrayLike,
    ranking: ArrayLike,
    weights: ArrayLike | None,
    bounds: tuple[float, float] = (0.0, np.inf),
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    x, share = weighted_values(values, weights)
    low, high = bounds
    if not low < high:
        raise ValueError(f"bounds must rise, found {bounds}")
    if x.min() < low or x.max() > high:
        raise ValueError(f"values must lie within {low} to {high}, found {x.min()} to {x.max()}")
    if np.size(ranking) != x.size:
        raise ValueError(f"lengths differ: {x.size} values and {np.size(ranking)} to rank by")
    return x, share, fractional_rank(ranking, weights)
