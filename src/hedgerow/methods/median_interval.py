"""Interval of a median from the order of the values alone."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from hedgerow.methods.proportion import normal_quantile


def median_interval(values: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Distribution-free interval of a median.

    The values of rank ``n/2 - z sqrt(n)/2`` (rounded down) and ``1 + n/2 + z sqrt(n)/2``
    (rounded up), the normal approximation to the sign interval.

    Parameters
    ----------
    values : array of shape (n,)
        One value or more, finite.
    level
        Confidence level, strictly between 0 and 1.

    Returns
    -------
    low, high : float
        Two of the values, around their median.

    Raises
    ------
    ValueError
        If there are no values, or one is not finite.

    Notes
    -----
    Law: stretching or squeezing the scale, order kept, carries the interval along. With five
    values or fewer no such interval reaches 95 per cent: the smallest and largest are given.

    References
    ----------
    [conover1999]
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    if ordered.ndim != 1 or not ordered.size or not np.all(np.isfinite(ordered)):
        raise ValueError("a median needs finite values in one dimension, at least one")
    n = ordered.size
    reach = normal_quantile(level) * math.sqrt(n) / 2
    low = max(1, math.floor(n / 2 - reach))
    high = min(n, math.ceil(1 + n / 2 + reach))
    return float(ordered[low - 1]), float(ordered[high - 1])
