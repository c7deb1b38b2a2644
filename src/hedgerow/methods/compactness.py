"""How close together a group of points lies, and against groups drawn at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.median import medians
from hedgerow.methods.permutation import NullDistribution, null_distribution

_CHUNK_CELLS = 4_000_000


@dataclass(frozen=True)
class Compactness:
    """Spread of a group against groups of the same size drawn from a pool.

    Attributes
    ----------
    observed
        Median pairwise distance, in the unit of the positions.
    expected
        Its mean over groups drawn from the pool.
    ratio
        ``observed / expected``: 1 is like a random group, below 1 is compact. ``None`` when
        every drawn group has median 0.
    null
        The drawn distribution, with p-values.
    """

    observed: float
    expected: float
    ratio: float | None
    null: NullDistribution


def median_pairwise_distance(xy: ArrayLike) -> float:
    """Median of the distances between all pairs of points.

    Parameters
    ----------
    xy : array of shape (n, d)
        Two points or more, finite.

    Returns
    -------
    float
        In the unit of ``xy``; zero or more.

    Raises
    ------
    ValueError
        With fewer than two points, or positions that are not finite.
    """
    return float(_median_pairwise(_group(xy, "xy")[None, :, :])[0])


def standard_distance(xy: ArrayLike) -> float:
    """Root mean squared distance of points from their centroid.

    Parameters
    ----------
    xy : array of shape (n, d)
        One point or more, finite.

    Returns
    -------
    float
        In the unit of ``xy``. Divides by n, not n - 1.

    References
    ----------
    [bachi1963]
    """
    points = _group(xy, "xy", at_least=1)
    return float(np.sqrt(np.mean(np.sum((points - points.mean(axis=0)) ** 2, axis=1))))


def compactness_against_pool(
    xy: ArrayLike,
    pool_xy: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> Compactness:
    """Median pairwise distance of a group against random groups from a pool.

    Parameters
    ----------
    xy : array of shape (n, d)
        The group; two points or more.
    pool_xy : array of shape (m, d)
        Points that could have been in the group, the group itself included; m is at least n.
    rng
        Source of randomness.
    draws
        Groups drawn, each without replacement.
    level
        Of the central null interval.

    Raises
    ------
    ValueError
        If the group or the pool is too small, or positions are not finite.

    Notes
    -----
    Laws: moving, turning or scaling group and pool together leaves the ratio alone. The choice
    of pool is the null hypothesis: a group of rural units against an urban pool is never compact.

    References
    ----------
    [bachi1963]
    """
    group, pool = _group(xy, "xy"), _group(pool_xy, "pool_xy")
    n = len(group)
    if len(pool) < n:
        raise ValueError(f"the pool holds {len(pool)} points, fewer than the group's {n}")
    null = np.empty(draws)
    step = max(1, _CHUNK_CELLS // (n * (n - 1) // 2))
    for start in range(0, draws, step):
        members = draw_groups(len(pool), n, min(step, draws - start), rng)
        null[start : start + step] = _median_pairwise(pool[members])
    observed = median_pairwise_distance(group)
    summary = null_distribution(observed, null, level=level)
    ratio = observed / summary.mean if summary.mean > 0 else None
    return Compactness(observed, summary.mean, ratio, summary)


def draw_groups(pool: int, size: int, draws: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Random groups without replacement, one a row, shape (draws, size).

    Parameters
    ----------
    pool
        Units to draw from, numbered from 0.
    size
        Units in a group, at most ``pool``.
    draws
        Number of groups, independent of one another.
    rng
        Source of randomness.
    """
    if not 0 <= size <= pool:
        raise ValueError(f"cannot draw {size} of {pool} without replacement")
    if size * size > 2 * pool:
        return _draw_by_keys(pool, size, draws, rng)
    # few of many: draw with replacement and draw again the rows that repeat a unit
    groups = rng.integers(0, pool, size=(draws, size))
    again = _rows_that_repeat(groups)
    while again.size:
        groups[again] = rng.integers(0, pool, size=(again.size, size))
        again = again[_rows_that_repeat(groups[again])]
    return groups


def _draw_by_keys(pool: int, size: int, draws: int, rng: np.random.Generator) -> NDArray[np.int64]:
    groups = np.empty((draws, size), dtype=np.int64)
    step = max(1, _CHUNK_CELLS // pool)
    keep: Callable[[NDArray[np.float64]], NDArray[np.int64]] = (
        (lambda keys: np.argsort(keys, axis=1))
        if size == pool
        else (lambda keys: np.argpartition(keys, size, axis=1)[:, :size])
    )
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        groups[start : start + rows] = keep(rng.random((rows, pool)))
    return groups


def _rows_that_repeat(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    ordered = np.sort(groups, axis=1)
    return np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))


def _group(xy: ArrayLike, name: str, at_least: int = 2) -> NDArray[np.float64]:
    points = np.asarray(xy, dtype=float)
    if points.ndim != 2 or len(points) < at_least:
        raise ValueError(f"{name} needs {at_least} points or more, found shape {points.shape}")
    if not np.all(np.isfinite(points)):
        raise ValueError(f"{name} must be finite")
    return points


def _median_pairwise(groups: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median pairwise distance of each group, from shape (draws, n, d)."""
    first, second = np.triu_indices(groups.shape[1], k=1)
    gaps = groups[:, first, :] - groups[:, second, :]
    return medians(np.sqrt(np.einsum("gpd,gpd->gp", gaps, gaps)))
