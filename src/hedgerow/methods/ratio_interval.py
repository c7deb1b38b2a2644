"""Intervals of a ratio of sums, when the units that are summed differ."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.proportion import normal_quantile, wilson_interval


def ratio_interval(
    numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95
) -> tuple[float, float]:
    """Interval of ``R = sum(numerator) / sum(denominator)`` by linearisation.

    ``R +- z sqrt(k / (k - 1) * sum (y - R x)^2) / sum x`` for k units.

    Parameters
    ----------
    numerator, denominator : arrays of shape (k,)
        One pair a unit (a cluster); denominators zero or more, not all zero. A weighted mean is
        the ratio of ``weight * value`` and ``weight``.
    level
        Confidence level, strictly between 0 and 1.

    Raises
    ------
    ValueError
        If lengths differ, values are not finite, there are fewer than two units, or the
        denominator sums to zero.

    Notes
    -----
    Treats units as independent draws from something larger. With few units, or one that holds
    most of the denominator, it is too narrow.

    References
    ----------
    [kish1965]
    """
    ratio, variance, _ = _linearised(numerator, denominator)
    half = normal_quantile(level) * math.sqrt(variance)
    return ratio - half, ratio + half


def clustered_share_interval(
    successes: ArrayLike, totals: ArrayLike, level: float = 0.95
) -> tuple[float, float]:
    """Wilson interval of a share of members when members come in clusters.

    The number of members is divided by the design effect, the linearised variance of the share
    over ``R (1 - R) / N`` (never below 1), and the Wilson interval is taken on what is left.

    Parameters
    ----------
    successes, totals : arrays of shape (k,)
        Members with the property, and all members, of each cluster.
    level
        Confidence level.

    Returns
    -------
    low, high : float
        Within 0 to 1.

    Raises
    ------
    ValueError
        As :func:`ratio_interval`, or when successes are outside 0 to their total.

    Notes
    -----
    Laws: never narrower than the plain Wilson interval on all members; clusters of one member
    give the plain one up to a factor k / (k - 1) in the variance. When the share is exactly 0
    or 1 the clusters show no spread, and each cluster counts as one member.

    References
    ----------
    [kish1965], [wilson1927]
    """
    ratio, variance, size = _linearised(successes, totals)
    y, x = np.asarray(successes, dtype=float), np.asarray(totals, dtype=float)
    if np.any(y < 0) or np.any(y > x):
        raise ValueError("successes must be from 0 to the total of their cluster")
    spread = ratio * (1 - ratio)
    if spread <= 0:
        effective = float(np.count_nonzero(x))
    else:
        effective = size / max(1.0, variance * size / spread)
    return wilson_interval(min(ratio * effective, effective), effective, level)


def _linearised(numerator: ArrayLike, denominator: ArrayLike) -> tuple[float, float, float]:
    """Give the ratio, its linearised variance, and the sum of the denominator."""
    y, x = _column(numerator, "numerator"), _column(denominator, "denominator")
    if y.size != x.size:
        raise ValueError(f"lengths differ: {y.size} and {x.size}")
    if y.size < 2:
        raise ValueError(f"an interval needs two units or more, found {y.size}")
    if np.any(x < 0) or x.sum() == 0:
        raise ValueError("denominators must be zero or more, and not all zero")
    ratio = float(y.sum() / x.sum())
    variance = float(np.sum((y - ratio * x) ** 2)) * y.size / (y.size - 1) / float(x.sum()) ** 2
    return ratio, variance, float(x.sum())


def _column(values: ArrayLike, name: str) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=float)
    if array.ndim != 1 or not np.all(np.isfinite(array)):
        raise ValueError(f"{name} must be one-dimensional and finite")
    return array
