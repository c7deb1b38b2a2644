"""Many tests at once: how many of those called out would be called out by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def false_discovery_rates(p_values: ArrayLike) -> NDArray[np.float64]:
    """Benjamini and Hochberg's adjusted p-values, in the order given, shape (m,).

    Calling out every test whose adjusted value is at most q keeps the expected share of false
    calls among the calls at q or below. ``adjusted_(i) = min over j >= i of p_(j) m / j``.

    Parameters
    ----------
    p_values : array of shape (m,)
        Each from 0 to 1.

    Raises
    ------
    ValueError
        If one lies outside 0 to 1 or is missing.

    Notes
    -----
    Laws: never below the p-value, in the same order, at most 1; one test is left as it is.
    Holds for independent tests and for those that lean the same way; figures of one place that
    lean against one another can break it, hardly ever by much.

    References
    ----------
    [benjamini1995]
    """
    p = np.asarray(p_values, dtype=float)
    if p.ndim != 1 or not np.all((p >= 0) & (p <= 1)):
        raise ValueError("p-values must lie from 0 to 1, in one dimension")
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(adjusted, 1.0)
