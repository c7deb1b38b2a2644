"""Which points of a plane are neighbours: a graph without gaps."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_FOR_TRIANGLES = 4
"""Fewer different points than this are joined along a line."""


def gabriel_edges(xy: ArrayLike) -> NDArray[np.int64]:
    """Pairs of points with no other point in the circle between them, joined up where need be.

    Two points are neighbours when the circle whose diameter they are holds no third. That graph
    holds the shortest spanning tree, so it is connected. Points at one position are joined in a
    row; points on a straight line, or fewer than four, each to the next.

    Parameters
    ----------
    xy : array of shape (n, 2)
        Positions in one planar unit, all finite.

    Returns
    -------
    array of int, shape (m, 2)
        Each pair once, the lower row first, rising; always connected.

    Raises
    ------
    ValueError
        If ``xy`` has another shape or is not finite.

    Notes
    -----
    Neighbours as the crow flies: water or a motorway between two points is not seen.

    References
    ----------
    [gabriel1969]
    """
    points = np.asarray(xy, dtype=float)
    if points.ndim != 2 or points.shape[1] != 2 or not np.all(np.isfinite(points)):
        raise ValueError(f"xy must be finite positions of shape (n, 2), found {points.shape}")
    if len(points) < 2:
        return np.empty((0, 2), dtype=np.int64)
    places, first, of = np.unique(points, axis=0, return_index=True, return_inverse=True)
    same = np.column_stack([np.arange(len(points)), first[of.ravel()]])
    pairs = [same[same[:, 0] != same[:, 1]], first[_between(places)]]
    edges = _once(np.concatenate(pairs))
    return _joined(edges, points)


def _between(places: NDArray[np.float64]) -> NDArray[np.int64]:
    from scipy.spatial import Delaunay, QhullError, cKDTree  # 0.6 s to load

    if len(places) < FEWEST_FOR_TRIANGLES:
        return _chain(places)
    try:
        triangles = Delaunay(places - places.mean(axis=0)).simplices
    except QhullError:
        return _chain(places)
    sides = _once(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    )
    ends = places[sides]
    radius = np.hypot(*(ends[:, 0] - ends[:, 1]).T) / 2
    nearest = cKDTree(places).query(ends.mean(axis=1))[0]
    # the two ends themselves lie on the circle: rounding must not put them inside
    return sides[nearest >= radius * (1 - 1e-9)]


def _chain(places: NDArray[np.float64]) -> NDArray[np.int64]:
    """Each point to the next along the direction in which they spread most."""
    away = places - places.mean(axis=0)
    direction = np.linalg.svd(away, full_matrices=False)[2][0]
    order = np.argsort(away @ direction, kind="stable")
    return np.column_stack([order[:-1], order[1:]])


def _once(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.unique(np.sort(pairs.astype(np.int64), axis=1), axis=0).reshape(-1, 2)


def _joined(edges: NDArray[np.int64], points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Join what is apart by the nearest pair of the smallest piece and the rest, again and again.

    Triangulation can drop points too near another for its arithmetic.
    """
    from scipy.spatial import cKDTree

    while True:
        piece = pieces(edges, len(points))
        sizes = np.bincount(piece)
        if sizes.size == 1:
            return edges
        mine = np.flatnonzero(piece == sizes.argmin())
        others = np.flatnonzero(piece != sizes.argmin())
        gaps, found = cKDTree(points[others]).query(points[mine])
        nearest = int(gaps.argmin())
        edges = _once(np.vstack([edges, [mine[nearest], others[found[nearest]]]]))


def pieces(edges: ArrayLike, n: int) -> NDArray[np.int64]:
    """Number of the connected piece that each of n points lies in, from 0.

    Parameters
    ----------
    edges : array of int, shape (m, 2)
    n
        Points.

    Returns
    -------
    array of int, shape (n,)
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    pairs = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
