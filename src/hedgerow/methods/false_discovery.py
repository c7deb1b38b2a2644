"""Many tests at once: how small a p-value still says something."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adjusted_p_values(p_values: ArrayLike) -> NDArray[np.float64]:
    """Benjamini and Hochberg's adjusted p-values.

    ``q_(i) = min over j >= i of (m / j) p_(j)``, at most 1: to call everything with ``q <= a`` a
    finding keeps the expected share of false ones among the findings at or below a.

    Parameters
    ----------
    p_values : array of shape (m,)
        From 0 to 1, in any order.

    Returns
    -------
    array of shape (m,)
        In the order given; never below the p-value itself.

    Raises
    ------
    ValueError
        If a value is not from 0 to 1.

    Notes
    -----
    Holds for independent tests and for tests that go up and down together, as those of neighbours
    do. A permutation p-value cannot fall below one over the draws, so that many tests need many
    draws.

    References
    ----------
    [benjamini1995]
    """
    p = np.asarray(p_values, dtype=float)
    if p.ndim != 1 or not np.all((p >= 0) & (p <= 1)):
        raise ValueError("p-values must be a list of numbers from 0 to 1")
    if not p.size:
        return p
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
