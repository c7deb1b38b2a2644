"""Values with weights, checked once for every measure of inequality."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def weighted_values(
    values: ArrayLike, weights: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and their weights as shares of the total weight.

    Parameters
    ----------
    values : array of shape (n,)
        Finite; take missing values out first, and count them.
    weights : array of shape (n,), optional
        Zero or more, not all zero; equal unless given.

    Returns
    -------
    values, shares : arrays of shape (n,)
        Shares add to 1.

    Raises
    ------
    ValueError
        If there are no values, lengths differ, a value is not finite or a weight is negative.
    """
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or not x.size:
        raise ValueError(f"values must be one or more, in one dimension, found shape {x.shape}")
    if not np.all(np.isfinite(x)):
        raise ValueError("values must be finite: take missing values out first, and count them")
    w = np.ones(x.size) if weights is None else np.asarray(weights, dtype=float)
    if w.shape != x.shape:
        raise ValueError(f"lengths differ: {x.size} values and {w.size} weights")
    if not np.all(np.isfinite(w)) or np.any(w < 0) or w.sum() == 0:
        raise ValueError("weights must be finite, zero or more and not all zero")
    return x, w / w.sum()
