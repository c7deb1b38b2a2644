"""How far units lie outside a prototype that is known as intervals, and whether that is far."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def hinge_distances(values: ArrayLike, low: ArrayLike, high: ArrayLike) -> NDArray[np.float64]:
    """Mean distance outside the intervals of a prototype; inside one it is 0.

    ``d_i = mean over known j of max(low_j - x_ij, 0, x_ij - high_j)``

    Parameters
    ----------
    values : array of shape (n, p)
        Brought to one scale; NaN where not known.
    low, high : arrays of shape (p,) or (n, p)
        The intervals, in the same scale. Infinite where one side is open.

    Returns
    -------
    array of shape (n,)
        NaN for a unit of which nothing is known.

    Raises
    ------
    ValueError
        If an interval is the wrong way round or is no number.
    """
    x = np.asarray(values, dtype=float)
    below, above = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    if np.any(np.isnan(below) | np.isnan(above)) or np.any(below > above):
        raise ValueError("every interval must have a low end and a high end not below it")
    outside = np.maximum(np.maximum(below - x, x - above), 0.0)
    known = ~np.isnan(x)
    total = np.where(known, outside, 0.0).sum(axis=1)
    counted = known.sum(axis=1)
    return np.divide(total, counted, out=np.full(len(x), np.nan), where=counted > 0)


def distances_among_alike(
    values: ArrayLike, low: ArrayLike, high: ArrayLike
) -> NDArray[np.float64]:
    """Distance of each unit outside a prototype like the one given, put around the unit most like
    it.

    The yardstick for :func:`hinge_distances`: how far outside such intervals a unit lies that
    nobody would call another kind. The intervals keep their widths, and their open sides.

    Parameters
    ----------
    values : array of shape (n, p)
        As in :func:`hinge_distances`; two units or more.
    low, high : arrays of shape (p,)

    Returns
    -------
    array of shape (n,)
        NaN where a unit shares nothing known with another.
    """
    x = np.asarray(values, dtype=float)
    below, above = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    half = np.where(np.isfinite(above - below), (above - below) / 2, 0.0)
    known = ~np.isnan(x)
    filled = np.where(known, x, 0.0)
    both = known[:, None, :] & known[None, :, :]
    apart = np.where(both, np.abs(filled[:, None, :] - filled[None, :, :]), 0.0).sum(axis=2)
    counted = both.sum(axis=2)
    mean = np.divide(apart, counted, out=np.full(apart.shape, np.inf), where=counted > 0)
    np.fill_diagonal(mean, np.inf)
    middle = x[mean.argmin(axis=1)]
    start = np.where(np.isfinite(below), middle - half, -np.inf)
    end = np.where(np.isfinite(above), middle + half, np.inf)
    unknown = np.isnan(middle)
    found = hinge_distances(
        np.where(unknown, np.nan, x),
        np.where(unknown, -np.inf, start),
        np.where(unknown, np.inf, end),
    )
    return np.asarray(np.where(np.isfinite(mean.min(axis=1)), found, np.nan))


def conformal_p_values(scores: ArrayLike, calibration: ArrayLike) -> NDArray[np.float64]:
    """Share of the yardstick's scores that are as large: ``(1 + #{c >= s}) / (m + 1)``.

    Parameters
    ----------
    scores : array of shape (n,)
        NaN stays.
    calibration : array of shape (m,)
        Scores of what is known to belong; NaN are left out.

    Returns
    -------
    array of shape (n,)
        Above 0, up to 1: the smaller, the stranger.

    Raises
    ------
    ValueError
        If nothing is left to compare with.

    Notes
    -----
    What belongs has a p-value below t with a chance of at most t, if it is exchangeable with the
    yardstick; that, and not the arithmetic, is the assumption to doubt.

    References
    ----------
    [vovk2005]
    """
    known = np.asarray(calibration, dtype=float)
    known = np.sort(known[~np.isnan(known)])
    if not known.size:
        raise ValueError("there is nothing to compare with")
    s = np.asarray(scores, dtype=float)
    # rounding must not make a score larger than its equal
    as_large = known.size - np.searchsorted(known, s - 1e-12, side="left")
    return np.where(np.isnan(s), np.nan, (1 + as_large) / (known.size + 1))
