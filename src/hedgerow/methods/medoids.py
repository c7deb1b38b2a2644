"""Groups around typical units: partitioning around medoids, and how well units fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Medoids:
    """A partition around medoids.

    Attributes
    ----------
    medoids : array of int, shape (k,)
        The typical units, rising.
    labels : array of int, shape (n,)
        Position in ``medoids`` of each unit's own; the first where two are equally near.
    cost
        Mean dissimilarity of units to their medoid.
    """

    medoids: NDArray[np.int64]
    labels: NDArray[np.int64]
    cost: float


def partition_around_medoids(dissimilarity: ArrayLike, k: int) -> Medoids:
    """The k units to which all are nearest, by greedy building and best swaps (PAM).

    Parameters
    ----------
    dissimilarity : array of shape (n, n)
        Symmetric, zero or more, zero on the diagonal, finite.
    k
        Number of groups, from 1 to n.

    Returns
    -------
    Medoids
        The same for the same input: there is no chance in it. A swap is made while one lowers
        the cost; the end is a local optimum, not always the best of all.

    Raises
    ------
    ValueError
        If the dissimilarity is malformed or ``k`` is out of range.

    References
    ----------
    [kaufman1990]
    """
    d = _checked(dissimilarity)
    n = len(d)
    if not 1 <= k <= n:
        raise ValueError(f"k must be from 1 to {n}, found {k}")
    medoids = _build(d, k)
    while k < n:
        position, unit, gain = _best_swap(d, medoids)
        if gain <= 1e-12 * max(1.0, float(d.max())):
            break
        medoids[position] = unit
    medoids = np.sort(medoids)
    labels = d[:, medoids].argmin(axis=1)
    labels[medoids] = np.arange(k)
    return Medoids(medoids, labels, float(d[np.arange(n), medoids[labels]].mean()))


def silhouette_widths(dissimilarity: ArrayLike, labels: ArrayLike) -> NDArray[np.float64]:
    """Silhouette of every unit: ``(b - a) / max(a, b)``.

    a is the mean dissimilarity to the unit's own group, b that to the nearest other group.

    Parameters
    ----------
    dissimilarity : array of shape (n, n)
    labels : array of int, shape (n,)
        Two groups or more.

    Returns
    -------
    array of shape (n,)
        From -1 (belongs elsewhere) to 1; 0 for a unit alone in its group.

    Raises
    ------
    ValueError
        With one group, or a malformed dissimilarity.

    References
    ----------
    [rousseeuw1987]
    """
    d = _checked(dissimilarity)
    values, codes = np.unique(np.asarray(labels), return_inverse=True)
    if codes.size != len(d) or values.size < 2:
        raise ValueError("a label for each unit and two groups or more are needed")
    member = np.zeros((len(d), values.size))
    member[np.arange(len(d)), codes] = 1
    sums, sizes = d @ member, member.sum(axis=0)
    rows = np.arange(len(d))
    alone = sizes[codes] == 1
    own = sums[rows, codes] / np.where(alone, 1, sizes[codes] - 1)
    means = sums / sizes
    means[rows, codes] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    width = np.divide(other - own, larger, out=np.zeros(len(d)), where=larger > 0)
    return np.where(alone, 0.0, width)


def _checked(dissimilarity: ArrayLike) -> NDArray[np.float64]:
    d = np.asarray(dissimilarity, dtype=float)
    if d.ndim != 2 or d.shape[0] != d.shape[1] or not len(d):
        raise ValueError(f"dissimilarity must be a square array, found shape {d.shape}")
    if not np.all(np.isfinite(d)) or np.any(d < 0) or np.any(np.diagonal(d)):
        raise ValueError("dissimilarity must be finite, zero or more, and zero on the diagonal")
    if not np.allclose(d, d.T):
        raise ValueError("dissimilarity must be symmetric")
    return d


def _build(d: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    medoids = [int(d.sum(axis=0).argmin())]
    nearest = d[:, medoids[0]].copy()
    while len(medoids) < k:
        gain = np.maximum(nearest[:, None] - d, 0).sum(axis=0)
        gain[medoids] = -1.0
        medoids.append(int(gain.argmax()))
        nearest = np.minimum(nearest, d[:, medoids[-1]])
    return np.array(medoids)


def _best_swap(d: NDArray[np.float64], medoids: NDArray[np.int64]) -> tuple[int, int, float]:
    """The swap that lowers the sum of dissimilarities most: position, unit and gain."""
    k = medoids.size
    to_medoids = d[:, medoids]
    own = to_medoids.argmin(axis=1)
    first = to_medoids[np.arange(len(d)), own]
    second = np.partition(to_medoids, 1, axis=1)[:, 1] if k > 1 else np.full(len(d), np.inf)
    # with a new medoid, units gain what is nearer; those of the one removed fall back on second
    shared = np.maximum(first[:, None] - d, 0)
    fallback = np.minimum(d, second[:, None]) - first[:, None]
    change = np.empty((k, len(d)))
    for position in range(k):
        mine = own == position
        change[position] = fallback[mine].sum(axis=0) - shared[~mine].sum(axis=0)
    change[:, medoids] = np.inf
    best = int(change.argmin())
    position, unit = divmod(best, len(d))
    return position, unit, -float(change[position, unit])
