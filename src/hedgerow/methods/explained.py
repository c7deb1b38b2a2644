"""How much of what varies goes along with other things: explained share of variance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.bootstrap import BootstrapInterval, percentile_interval, resampled_weights
from hedgerow.methods.permutation import NullDistribution, null_distribution


@dataclass(frozen=True)
class ExplainedShare:
    """Share of variance explained by a linear model.

    Attributes
    ----------
    interval
        The share with its bootstrap interval.
    null
        Set against the response dealt to the units at random: what as many predictors explain by
        chance.
    """

    interval: BootstrapInterval
    null: NullDistribution


def explained_share(
    response: ArrayLike,
    predictors: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> ExplainedShare | None:
    """R-squared of least squares with a constant, with what chance would give.

    Parameters
    ----------
    response : array of shape (n,)
    predictors : array of shape (n, p)
        Columns that add nothing to the others are harmless.
    rng
        Source of randomness.
    draws
        Resamples of the units, and deals of the response.
    level
        Of both intervals.

    Returns
    -------
    ExplainedShare or None
        From 0 to 1. ``None`` where the response does not vary.

    Raises
    ------
    ValueError
        If shapes do not fit, a value is not finite, or there are fewer than two units.

    Notes
    -----
    Laws: neither another unit of the response nor of a predictor changes it; it never falls when a
    predictor is added. By chance alone p predictors of n units explain about ``p / (n - 1)``, and
    a resample repeats units, so that the interval lies too high with few units: read the share
    against the null.

    References
    ----------
    [efron1993], [phipson2010]
    """
    y = np.asarray(response, dtype=float)
    table = np.asarray(predictors, dtype=float)
    if y.ndim != 1 or table.ndim != 2 or len(table) != y.size or y.size < 2:
        raise ValueError(f"predictors of shape {table.shape} do not fit {y.size} units")
    if not (np.all(np.isfinite(y)) and np.all(np.isfinite(table))):
        raise ValueError("response and predictors must be finite")
    if np.ptp(y) == 0:
        return None
    design = _scaled(table)
    observed = float(_shares(y, design, np.ones((1, y.size)))[0])
    weights = np.concatenate(list(resampled_weights(y.size, rng, draws=draws))).astype(float)
    resampled = _shares(y, design, weights)
    basis = _basis(design)
    left = rng.permuted(np.broadcast_to(y - y.mean(), (draws, y.size)), axis=1)
    null = np.sum((left @ basis) ** 2, axis=1) / np.sum((y - y.mean()) ** 2)
    return ExplainedShare(
        percentile_interval(observed, resampled, level, y.size),
        null_distribution(observed, null, level=level),
    )


def _scaled(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Columns with mean 0 and spread 1, so that none outweighs another numerically."""
    centred = table - table.mean(axis=0)
    spread = centred.std(axis=0)
    return np.asarray(centred / np.where(spread > 0, spread, 1.0))


def _basis(design: NDArray[np.float64]) -> NDArray[np.float64]:
    """Orthonormal columns that span the centred design."""
    left, values, _ = np.linalg.svd(design, full_matrices=False)
    return np.asarray(left[:, values > 1e-9 * max(1.0, float(values.max(initial=0.0)))])


def _shares(
    y: NDArray[np.float64], design: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """R-squared for each row of weights; NaN where the response does not vary."""
    x = np.column_stack([np.ones(y.size), design])
    gram = np.einsum("bn,np,nq->bpq", weights, x, x, optimize=True)
    cross = (weights * y) @ x
    beta = np.einsum("bpq,bq->bp", np.linalg.pinv(gram, rcond=1e-10, hermitian=True), cross)
    residual = np.sum(weights * (y - beta @ x.T) ** 2, axis=1)
    mean = weights @ y / weights.sum(axis=1)
    total = np.sum(weights * (y - mean[:, None]) ** 2, axis=1)
    left = np.divide(residual, total, out=np.full(len(total), np.nan), where=total > 1e-12)
    return np.asarray(np.clip(1 - left, 0.0, 1.0))
