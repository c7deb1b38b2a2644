"""Gini's index of inequality."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hedgerow.methods.weighting import weighted_values


def gini_index(values: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Gini's index: half the mean absolute difference of all pairs, over the mean.

    Parameters
    ----------
    values : array of shape (n,)
        Zero or more.
    weights : array of shape (n,), optional
        People that each value stands for.

    Returns
    -------
    float or None
        From 0 (all equal) to ``1 - 1/n`` (one has all). ``None`` when all values are 0.

    Raises
    ------
    ValueError
        If a value is negative, or values and weights are malformed.

    Notes
    -----
    Pairs include each unit with itself, so the greatest value for few units is well below 1.

    References
    ----------
    [gini1912]
    """
    x, share = weighted_values(values, weights)
    if np.any(x < 0):
        raise ValueError(f"values must be zero or more, found {x.min()}")
    mean = float(share @ x)
    if mean == 0:
        return None
    order = np.argsort(x, kind="stable")
    w, amount = share[order], (share * x)[order]
    rank = np.cumsum(w) - w / 2
    return max(0.0, float(2 * (amount @ rank) / mean - 1))
