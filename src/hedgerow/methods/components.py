"""Directions along which units vary most, and how many of them are more than noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Components:
    """Principal components of a table of standardised columns.

    Attributes
    ----------
    shares : array of shape (q,)
        Share of the variance along each direction, falling; they add up to 1.
    loadings : array of shape (q, p)
        Correlation of each column with each component. The sign is such that the column that a
        component leans on most runs with it.
    scores : array of shape (n, q)
        Places of the units, in the unit of the standardised columns.
    """

    shares: NDArray[np.float64]
    loadings: NDArray[np.float64]
    scores: NDArray[np.float64]


def principal_components(values: ArrayLike) -> Components:
    """Principal components of columns brought to mean 0 and standard deviation 1.

    Parameters
    ----------
    values : array of shape (n, p)
        Finite; three units or more. A column that does not vary stays at 0.

    Raises
    ------
    ValueError
        If the table is malformed, or no column varies.

    References
    ----------
    [jolliffe2002]
    """
    z = _standardised(values)
    left, singular, right = np.linalg.svd(z, full_matrices=False)
    variance = singular**2 / (len(z) - 1)
    if variance.sum() <= 0:
        raise ValueError("no column varies")
    kept = variance > 1e-12 * variance.sum()
    left, singular, right, variance = left[:, kept], singular[kept], right[kept], variance[kept]
    leaning = np.take_along_axis(right, np.abs(right).argmax(axis=1)[:, None], axis=1)
    sign = np.where(leaning < 0, -1.0, 1.0)
    loadings = right * sign * np.sqrt(variance)[:, None]
    return Components(variance / variance.sum(), loadings, left * singular * sign[:, 0])


def components_beyond_noise(
    values: ArrayLike, rng: np.random.Generator, draws: int = 199, level: float = 0.95
) -> int:
    """How many components vary more than those of columns shuffled apart: parallel analysis.

    Parameters
    ----------
    values : array of shape (n, p)
        As for :func:`principal_components`.
    rng
        Source of randomness.
    draws
        Shufflings of every column.
    level
        A component counts if its share lies above this quantile of the shuffled ones; the count
        ends at the first that does not.

    Returns
    -------
    int
        From 0 to p.

    Raises
    ------
    ValueError
        As :func:`principal_components`, or if the level is not between 0 and 1.

    References
    ----------
    [horn1965]
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    z = _standardised(values)
    seen = _shares(z)
    null = np.array([_shares(rng.permuted(z, axis=0)) for _ in range(draws)])
    beyond = seen > np.quantile(null, level, axis=0) + 1e-12
    return int(np.argmin(np.append(beyond, False)))


def _shares(z: NDArray[np.float64]) -> NDArray[np.float64]:
    variance = np.linalg.svd(z, compute_uv=False) ** 2
    return np.asarray(variance / max(variance.sum(), 1e-300))


def _standardised(values: ArrayLike) -> NDArray[np.float64]:
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or len(table) < 3 or not np.isfinite(table).all():
        raise ValueError("values must be a finite table of three units or more")
    spread = table.std(axis=0, ddof=1)
    constant = spread <= 1e-12 * np.maximum(np.abs(table).max(axis=0), 1e-300)
    return np.asarray((table - table.mean(axis=0)) * ~constant / np.where(constant, 1.0, spread))
