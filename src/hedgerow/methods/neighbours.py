"""Nearest neighbours and nearest distances on a plane, with ties settled the same way always."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

_BRUTE_FORCE_CELLS = 3_000 * 3_000
"""Distances up to which the full table beats loading and building a tree."""
_CHUNK_CELLS = 2_000_000


def nearest_neighbours(xy: ArrayLike, k: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The k nearest other points of every point.

    Parameters
    ----------
    xy : array of shape (n, d)
        Positions in one planar unit (metres, say), all finite.
    k
        Neighbours a point, from 1 to n - 1.

    Returns
    -------
    neighbours : array of int, shape (n, k)
        Row numbers, nearest first. Among equally distant points the lower row number wins.
    distances : array of float, shape (n, k)
        In the unit of ``xy``.

    Raises
    ------
    ValueError
        If ``xy`` is not two-dimensional or not finite, or ``k`` is out of range.

    Notes
    -----
    A point is never its own neighbour, but another point at the very same position is (at
    distance 0). Being a neighbour is not mutual: a remote point's nearest neighbours need not
    have it among theirs.
    """
    points = _points(xy, "xy")
    n = len(points)
    if not 1 <= k <= n - 1:
        raise ValueError(f"k must be from 1 to {n - 1} for {n} points, found {k}")
    if n * n <= _BRUTE_FORCE_CELLS:
        rows = np.arange(n)
        return _by_table(points, rows, k)
    return _by_tree(points, k)


def nearest_of(
    xy: ArrayLike, rows: ArrayLike, k: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The k nearest other points of some of the points.

    Parameters
    ----------
    xy : array of shape (n, d)
        All points, as in :func:`nearest_neighbours`.
    rows : array of int, shape (m,)
        Row numbers of the points whose neighbours are wanted.
    k
        Neighbours a point, from 1 to n - 1.

    Returns
    -------
    neighbours, distances : arrays of shape (m, k)
        The rows of what :func:`nearest_neighbours` gives, without the work for the others.

    Raises
    ------
    ValueError
        As :func:`nearest_neighbours`, or if a row number is out of range.
    """
    points, wanted = _points(xy, "xy"), np.asarray(rows, dtype=np.int64)
    n = len(points)
    if not 1 <= k <= n - 1:
        raise ValueError(f"k must be from 1 to {n - 1} for {n} points, found {k}")
    if wanted.size and (wanted.min() < 0 or wanted.max() >= n):
        raise ValueError(f"rows must be from 0 to {n - 1}")
    if wanted.size * n <= _BRUTE_FORCE_CELLS:
        return _by_table(points, wanted, k)
    neighbours, distances = _by_tree(points, k)
    return neighbours[wanted], distances[wanted]


def nearest_target(
    from_xy: ArrayLike, to_xy: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The nearest target of every origin.

    Parameters
    ----------
    from_xy : array of shape (n, d)
    to_xy : array of shape (m, d)
        At least one target.

    Returns
    -------
    index : array of int, shape (n,)
        Row of the nearest target; the lower row when two are equally near.
    distance : array of float, shape (n,)
        In the unit of the positions.

    Raises
    ------
    ValueError
        If there is no target, or positions are not finite or differ in dimension.
    """
    origins, targets = _points(from_xy, "from_xy"), _points(to_xy, "to_xy")
    if not len(targets):
        raise ValueError("no targets to measure a distance to")
    if origins.shape[1] != targets.shape[1]:
        raise ValueError("origins and targets differ in dimension")
    index = np.empty(len(origins), dtype=np.int64)
    if len(origins) * len(targets) <= 4 * _BRUTE_FORCE_CELLS:
        step = max(1, _CHUNK_CELLS // len(targets))
        for start in range(0, len(origins), step):
            part = slice(start, start + step)
            index[part] = _squared(origins[part], targets).argmin(axis=1)
    else:
        from scipy.spatial import cKDTree  # 0.6 s to load, so only when it pays

        index[:] = cKDTree(targets).query(origins)[1]
    gap = origins - targets[index]
    return index, np.sqrt(np.sum(gap * gap, axis=1))


def nearest_distance(from_xy: ArrayLike, to_xy: ArrayLike) -> NDArray[np.float64]:
    """Distance from every origin to the nearest target; see :func:`nearest_target`."""
    return nearest_target(from_xy, to_xy)[1]


def _points(xy: ArrayLike, name: str) -> NDArray[np.float64]:
    points = np.asarray(xy, dtype=float)
    if points.ndim != 2:
        raise ValueError(f"{name} must have shape (n, d), found {points.shape}")
    if not np.all(np.isfinite(points)):
        bad = int(np.flatnonzero(~np.isfinite(points).all(axis=1))[0])
        raise ValueError(f"{name} must be finite, found {points[bad].tolist()} in row {bad}")
    return points


def _squared(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared distances by differences: exact zeros and ties, unlike the dot-product form."""
    total = np.zeros((len(a), len(b)))
    for axis in range(a.shape[1]):
        gap = a[:, axis, None] - b[None, :, axis]
        total += gap * gap
    return total


def _by_table(
    points: NDArray[np.float64], rows: NDArray[np.int64], k: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    neighbours = np.empty((len(rows), k), dtype=np.int64)
    squares = np.empty((len(rows), k))
    step = max(1, _CHUNK_CELLS // len(points))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        table = _squared(points[part], points)
        table[np.arange(len(part)), part] = np.inf
        kth = np.partition(table, k - 1, axis=1)[:, k - 1, None]
        chosen = table < kth
        tied = table == kth
        wanted = k - chosen.sum(axis=1, keepdims=True)
        chosen |= tied & (np.cumsum(tied, axis=1) <= wanted)
        columns = np.nonzero(chosen)[1].reshape(len(part), k)
        found = np.take_along_axis(table, columns, axis=1)
        order = np.argsort(found, axis=1, kind="stable")
        neighbours[start : start + step] = np.take_along_axis(columns, order, axis=1)
        squares[start : start + step] = np.take_along_axis(found, order, axis=1)
    return neighbours, np.sqrt(squares)


def _by_tree(points: NDArray[np.float64], k: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    from scipy.spatial import cKDTree  # 0.6 s to load, so only for many points

    n = len(points)
    reach = min(n, k + 4)
    found = cKDTree(points).query(points, k=reach)[1]
    squares = np.sum((points[found] - points[:, None, :]) ** 2, axis=2)
    squares[found == np.arange(n)[:, None]] = np.inf
    order = np.lexsort((found, squares), axis=1)
    neighbours = np.take_along_axis(found, order, axis=1).astype(np.int64)
    squares = np.take_along_axis(squares, order, axis=1)
    finite = np.where(np.isinf(squares), -1.0, squares)
    # the farthest found ties with the k-th: others beyond the reach may tie too
    unsettled = np.flatnonzero((finite.max(axis=1) <= squares[:, k - 1] * (1 + 1e-9)) & (reach < n))
    neighbours, squares = neighbours[:, :k].copy(), squares[:, :k].copy()
    distances = np.sqrt(squares)
    if unsettled.size:
        neighbours[unsettled], distances[unsettled] = _by_table(points, unsettled, k)
    return neighbours, distances
