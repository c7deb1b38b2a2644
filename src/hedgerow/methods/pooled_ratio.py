"""The ratio of two rates, compared within strata and put together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.bootstrap import BootstrapInterval, percentile_interval, resampled_weights


def pooled_rate_ratio(outcomes: ArrayLike, exposed: ArrayLike) -> float | None:
    """Mantel-Haenszel ratio of the rate among the exposed to that among the others.

    ``sum_h a_h n_0h / n_h`` over ``sum_h b_h n_1h / n_h``, with a and b the events among exposed
    and others in stratum h, and n_1h, n_0h and n_h their numbers and the sum of both.

    Parameters
    ----------
    outcomes : array of shape (n, strata)
        1 for an event, 0 for none, NaN where the unit is not in the stratum.
    exposed : array of bool, shape (n,)

    Returns
    -------
    float or None
        1 where rates are alike; above 1 where they are higher among the exposed. ``None`` where no
        stratum has units of both kinds, or none of the others in them has an event.

    Raises
    ------
    ValueError
        If shapes do not fit or an outcome is neither 0, 1 nor NaN.

    Notes
    -----
    Laws: with one stratum it is the plain ratio of rates; exchanging the two kinds gives its
    inverse; a stratum with units of one kind alone changes nothing. Assumes that one ratio holds
    in all strata: where it does not, this is a weighted mean that says so of none.

    References
    ----------
    [rothman2008]
    """
    y, there, is_exposed = _checked(outcomes, exposed)
    ratio = _ratios(y, there, is_exposed, np.ones((1, len(y))))[0]
    return None if np.isnan(ratio) else float(ratio)


def pooled_rate_ratio_interval(
    outcomes: ArrayLike,
    exposed: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval | None:
    """Bootstrap interval of :func:`pooled_rate_ratio`.

    Whole units are drawn with all their strata, the exposed and the others apart.

    Returns
    -------
    BootstrapInterval or None
        ``None`` where the ratio has no value, or there are fewer than two units of either kind.

    References
    ----------
    [rothman2008], [efron1993]
    """
    y, there, is_exposed = _checked(outcomes, exposed)
    value = pooled_rate_ratio(outcomes, exposed)
    groups = [np.flatnonzero(is_exposed), np.flatnonzero(~is_exposed)]
    if value is None or min(map(len, groups)) < 2:
        return None
    times = np.zeros((draws, len(y)))
    for rows in groups:
        drawn = np.concatenate(list(resampled_weights(len(rows), rng, draws=draws)))
        times[:, rows] = drawn
    return percentile_interval(value, _ratios(y, there, is_exposed, times), level, len(y))


def _ratios(
    y: NDArray[np.float64],
    there: NDArray[np.float64],
    is_exposed: NDArray[np.bool_],
    times: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The ratio for each row of how often every unit counts; NaN where it has no value."""
    one, other = times * is_exposed, times * ~is_exposed
    n1, n0 = one @ there, other @ there
    total = n1 + n0
    share = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    above = np.sum((one @ y) * n0 * share, axis=1)
    below = np.sum((other @ y) * n1 * share, axis=1)
    return np.divide(above, below, out=np.full(len(times), np.nan), where=below > 0)


def _checked(
    outcomes: ArrayLike, exposed: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    table = np.asarray(outcomes, dtype=float)
    is_exposed = np.asarray(exposed, dtype=bool)
    if table.ndim != 2 or is_exposed.shape != table.shape[:1]:
        raise ValueError(f"{is_exposed.shape} units do not fit outcomes of shape {table.shape}")
    there = ~np.isnan(table)
    filled = np.where(there, table, 0.0)
    if not np.isin(filled, (0, 1)).all():
        raise ValueError("outcomes must be 0 or 1, or NaN where a unit is not in the stratum")
    return filled, there.astype(float), is_exposed
