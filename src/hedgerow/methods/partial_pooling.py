"""Estimates for many small groups, each drawn towards what they have in common."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class PooledEffects:
    """Estimates shrunk towards their common mean.

    Attributes
    ----------
    mean, mean_sd
        Common mean and its uncertainty.
    between_sd
        Spread of the true values; 0 when the estimates differ no more than their errors.
    means, sds : arrays of shape (k,)
        Each group's value given all the estimates.
    """

    mean: float
    mean_sd: float
    between_sd: float
    means: NDArray[np.float64]
    sds: NDArray[np.float64]

    def probability_below(self, threshold: float) -> NDArray[np.float64]:
        """Probability that each group's value lies below a threshold, shape (k,)."""
        normal = NormalDist()
        gaps = np.divide(
            threshold - self.means,
            self.sds,
            out=np.where(self.means < threshold, np.inf, -np.inf),
            where=self.sds > 0,
        )
        return np.array([normal.cdf(gap) for gap in gaps])


def partial_pooling(estimates: ArrayLike, standard_errors: ArrayLike) -> PooledEffects:
    """Empirical-Bayes estimates under a normal model of values and errors.

    The spread between groups is the Paule-Mandel one: that at which the weighted squared
    deviations from the mean add up to k - 1.

    Parameters
    ----------
    estimates : array of shape (k,)
        Two or more.
    standard_errors : array of shape (k,)
        Above 0.

    Returns
    -------
    PooledEffects

    Raises
    ------
    ValueError
        With fewer than two estimates, or standard errors that are not above 0.

    Notes
    -----
    Laws: each value lies between its estimate and the common mean; the larger its error the
    nearer to the mean. Assumes that groups are exchangeable and errors known: with few groups
    the spread between them is hardly known, and the probabilities are too sure.

    References
    ----------
    [paule1982], [efron1973]
    """
    x, errors = np.asarray(estimates, dtype=float), np.asarray(standard_errors, dtype=float)
    if x.ndim != 1 or x.size < 2 or errors.shape != x.shape:
        raise ValueError("two estimates or more are needed, with a standard error for each")
    if not np.all(np.isfinite(x)) or not np.all(np.isfinite(errors)) or np.any(errors <= 0):
        raise ValueError("estimates must be finite and standard errors above 0")

    def excess(variance: float) -> float:
        weight = 1 / (errors**2 + variance)
        mean = weight @ x / weight.sum()
        return float(weight @ (x - mean) ** 2) - (x.size - 1)

    variance = 0.0
    # equal estimates leave a trace of rounding, which no variance would explain
    if np.ptp(x) > 0 and excess(0.0) > 0:
        low, high = 0.0, float(np.ptp(x) ** 2)
        while excess(high) > 0:
            high *= 2
        for _ in range(200):
            variance = (low + high) / 2
            low, high = (variance, high) if excess(variance) > 0 else (low, variance)
    weight = 1 / (errors**2 + variance)
    mean = float(weight @ x / weight.sum())
    mean_variance = float(1 / weight.sum())
    kept = variance * weight
    means = mean + kept * (x - mean)
    # what is left of each error, and what the mean's own uncertainty adds
    spread = kept * errors**2 + (1 - kept) ** 2 * mean_variance
    return PooledEffects(
        mean, float(np.sqrt(mean_variance)), float(np.sqrt(variance)), means, np.sqrt(spread)
    )
