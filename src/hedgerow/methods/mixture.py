"""Mixtures of Gaussian clouds fitted by expectation and maximisation, compared by BIC."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Shape = Literal["full", "tied", "diag", "spherical"]

RIDGE = 1e-6
"""Added to every variance, so that no cloud collapses onto a point."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """A fitted mixture.

    Attributes
    ----------
    shape
        Of the covariances: one for each cloud, one for all, along the axes, or round.
    weights : array of shape (k,)
    means : array of shape (k, p)
    covariances : array of shape (k, p, p)
    log_likelihood
        Of all units.
    bic
        ``parameters ln n - 2 log_likelihood``: smaller is better.
    shares : array of shape (n, k)
        Share of each unit in each cloud, adding up to 1.
    """

    shape: Shape
    weights: NDArray[np.float64]
    means: NDArray[np.float64]
    covariances: NDArray[np.float64]
    log_likelihood: float
    bic: float
    shares: NDArray[np.float64]

    @property
    def labels(self) -> NDArray[np.int64]:
        """The cloud in which each unit has its largest share."""
        return self.shares.argmax(axis=1)


def fit_mixture(
    values: ArrayLike,
    start: ArrayLike,
    shape: Shape = "full",
    *,
    tolerance: float = 1e-6,
    steps: int = 500,
) -> Mixture:
    """Fit a mixture from a starting partition.

    Parameters
    ----------
    values : array of shape (n, p)
        Finite.
    start : array of int, shape (n,)
        Groups from 0 without gaps to begin with; their number is that of the clouds.
    shape
        What the covariances may be.
    tolerance
        The mean log likelihood of a unit rises by less in the last step.
    steps
        At most.

    Returns
    -------
    Mixture
        A local maximum, which depends on the start; there is no chance in it.

    Raises
    ------
    ValueError
        If values and start do not fit.

    Notes
    -----
    Law: no step lowers the likelihood, but for the small ridge on the variances. With few units to
    a cloud the full shape follows chance; BIC allows for that only when units are many.

    References
    ----------
    [dempster1977], [mclachlan2000]
    """
    x = np.asarray(values, dtype=float)
    groups = np.asarray(start)
    if groups.dtype.kind not in "iu":
        raise ValueError("starting groups must be whole numbers")
    if x.ndim != 2 or not np.isfinite(x).all() or groups.shape != (len(x),) or not len(x):
        raise ValueError("values must be a finite table with a starting group for each row")
    k = int(groups.max()) + 1
    if set(groups.tolist()) != set(range(k)):
        raise ValueError("starting groups must be numbered from 0 without gaps")
    shares = np.eye(k)[groups]
    last = -np.inf
    for _ in range(steps):
        weights, means, covariances = _maximise(x, shares, shape)
        each, shares = _expect(x, weights, means, covariances)
        mean = float(each.mean())
        if mean - last < tolerance:
            break
        last = mean
    likelihood = float(each.sum())
    cost = _parameters(k, x.shape[1], shape) * np.log(len(x)) - 2 * likelihood
    return Mixture(shape, weights, means, covariances, likelihood, float(cost), shares)


def best_mixture(
    values: ArrayLike,
    starts: Iterable[ArrayLike],
    shapes: Iterable[Shape] = ("full", "tied", "diag", "spherical"),
) -> Mixture:
    """Fit every shape from every start and give the one with the smallest BIC.

    Parameters and errors as :func:`fit_mixture`; starts may differ in their number of groups.

    Raises
    ------
    ValueError
        If there is no start or no shape.

    References
    ----------
    [schwarz1978], [fraley2002]
    """
    wanted = tuple(shapes)
    fitted = [fit_mixture(values, start, shape) for start in starts for shape in wanted]
    if not fitted:
        raise ValueError("there is no start, or no shape")
    return min(fitted, key=lambda one: one.bic)


def _maximise(
    x: NDArray[np.float64], shares: NDArray[np.float64], shape: Shape
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    n, p = x.shape
    sizes = shares.sum(axis=0) + 10 * np.finfo(float).eps
    means = shares.T @ x / sizes[:, None]
    away = x[None] - means[:, None]
    spread = np.einsum("nk,kni,knj->kij", shares, away, away) / sizes[:, None, None]
    if shape == "tied":
        spread = np.broadcast_to(np.einsum("k,kij->ij", sizes, spread) / sizes.sum(), spread.shape)
    elif shape != "full":
        along = np.einsum("kii->ki", spread)
        if shape == "spherical":
            along = np.broadcast_to(along.mean(axis=1, keepdims=True), along.shape)
        spread = along[:, :, None] * np.eye(p)
    return sizes / n, means, spread + RIDGE * np.eye(p)


def _expect(
    x: NDArray[np.float64],
    weights: NDArray[np.float64],
    means: NDArray[np.float64],
    covariances: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log density of each unit, and its shares in the clouds."""
    k, p = means.shape
    height = np.empty((len(x), k))
    for cloud in range(k):
        root = np.linalg.cholesky(covariances[cloud])
        away = np.linalg.solve(root, (x - means[cloud]).T)
        height[:, cloud] = (
            np.log(weights[cloud])
            - 0.5 * (p * np.log(2 * np.pi) + np.sum(away**2, axis=0))
            - np.log(np.diagonal(root)).sum()
        )
    top = height.max(axis=1, keepdims=True)
    parts = np.exp(height - top)
    total = parts.sum(axis=1, keepdims=True)
    return (top + np.log(total))[:, 0], parts / total


def _parameters(k: int, p: int, shape: Shape) -> int:
    """Free numbers: weights, means and covariances."""
    spread = {
        "full": k * p * (p + 1) // 2,
        "tied": p * (p + 1) // 2,
        "diag": k * p,
        "spherical": k,
    }
    return k - 1 + k * p + spread[shape]
