"""Cutting a graph of points into connected, compact regions of about one size."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.contiguity import pieces

TREES = 24
"""Spanning trees tried for a cut."""
BATCHES = 4
"""How many times as many trees are tried before the bounds are widened."""
WIDENED = 1.05
"""By how much, each time."""
MOST_ROUNDS = 20
"""Rounds of moving points at the border of regions."""


@dataclass(frozen=True)
class Regions:
    """A partition into connected regions.

    Attributes
    ----------
    labels : array of int, shape (n,)
        Region of each point, 0 to k - 1, numbered by the lowest row in each.
    sizes : array of int, shape (k,)
    is_within : array of bool, shape (k,)
        Whether each region has as many points as was asked for.
    """

    labels: NDArray[np.int64]
    sizes: NDArray[np.int64]
    is_within: NDArray[np.bool_]


def regions(
    xy: ArrayLike, edges: ArrayLike, floor: int, ceiling: int, rng: np.random.Generator
) -> Regions:
    """Part points into connected regions of between ``floor`` and ``ceiling`` points.

    The graph is cut in two again and again: of many spanning trees (the shortest one, and others
    drawn at random) the edge is cut that leaves both sides room for a whole number of regions and
    the smallest sum of squared distances to their centres. Points at borders then change sides
    while that lowers the sum, keeps regions connected and keeps their sizes within bounds.

    Parameters
    ----------
    xy : array of shape (n, 2)
        Positions, in one planar unit; one point or more.
    edges : array of int, shape (m, 2)
        A connected graph of them, as from :func:`hedgerow.methods.contiguity.gabriel_edges`.
    floor, ceiling
        Fewest and most points of a region, 1 or more.
    rng
        Source of randomness.

    Returns
    -------
    Regions
        The number of regions is that nearest to ``n / sqrt(floor * ceiling)`` with which the bounds
        can be kept; where none can, that which breaks them least. Of fewer points than ``floor``
        one region is made. Where the graph has no cut that keeps the bounds, they are widened until
        it has: ``is_within`` says where.

    Raises
    ------
    ValueError
        If shapes do not fit, the bounds are the wrong way round, or the graph is in pieces.

    Notes
    -----
    Laws: every point lies in one region; every region is connected; the same seed gives the same
    regions. The assumption most likely to mislead: that nearness makes a region. Borders are one
    solution among many nearly as good: try several seeds.

    References
    ----------
    [assuncao2006], [duque2012], [deford2021]
    """
    points, pairs = np.asarray(xy, dtype=float), np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        raise ValueError(f"xy must have shape (n, 2), found {points.shape}")
    if not 1 <= floor <= ceiling:
        raise ValueError(f"a region cannot have from {floor} to {ceiling} points")
    n = len(points)
    if np.any(pieces(pairs, n)):
        raise ValueError("the graph is in pieces: join them first")
    parts = number_of_regions(n, floor, ceiling)
    low, high = _bounds(n, parts, floor, ceiling)
    labels = np.zeros(n, dtype=np.int64)
    waiting, made = [(np.arange(n), parts)], 0
    while waiting:
        members, wanted = waiting.pop()
        if wanted == 1:
            labels[members] = made
            made += 1
            continue
        side, first = _cut(points, pairs, members, wanted, (low, high), rng)
        waiting += [(members[side], first), (members[~side], wanted - first)]
    _smooth(points, pairs, labels, (low, high))
    labels = _renumbered(labels)
    sizes = np.bincount(labels)
    return Regions(labels, sizes, (floor <= sizes) & (sizes <= ceiling))


def number_of_regions(n: int, floor: int, ceiling: int) -> int:
    """How many regions of ``floor`` to ``ceiling`` points n points are best parted into.

    Where no number keeps the bounds, the one whose regions on average break them by the smaller
    ratio.
    """
    middle = n / math.sqrt(floor * ceiling)
    fewest, most = -(-n // ceiling), n // floor
    if most < 1:
        return 1
    if fewest <= most:
        return min(range(fewest, most + 1), key=lambda parts: (abs(parts - middle), parts))
    # fewest regions are too small on average, most regions too large
    return fewest if floor * fewest * ceiling * most <= n * n * 1.0 else most


def _bounds(n: int, parts: int, floor: int, ceiling: int) -> tuple[float, float]:
    if parts * floor <= n <= parts * ceiling:
        return floor, ceiling
    return 0.9 * n / parts, 1.1 * n / parts


def _cut(
    points: NDArray[np.float64],
    pairs: NDArray[np.int64],
    members: NDArray[np.int64],
    wanted: int,
    bounds: tuple[float, float],
    rng: np.random.Generator,
) -> tuple[NDArray[np.bool_], int]:
    """Part members in two: which lie on the first side, and how many regions that is to become."""
    place = np.full(len(points), -1)
    place[members] = np.arange(members.size)
    own = place[pairs]
    own = own[(own >= 0).all(axis=1)]
    xy = points[members] - points[members].mean(axis=0)
    gaps = xy[own[:, 0]] - xy[own[:, 1]]
    # two points at one position are an edge of no length, which a sparse graph would not hold
    lengths = np.hypot(gaps[:, 0], gaps[:, 1]) + 1e-9
    low, high = bounds
    while True:
        best: tuple[float, NDArray[np.bool_], int] | None = None
        for batch in range(BATCHES):
            for tree in range(TREES):
                noise = np.ones(len(own)) if batch + tree == 0 else rng.exponential(size=len(own))
                weights = lengths if batch + tree == 0 else noise + 1e-9
                found = _best_edge(xy, own, weights, wanted, (low, high))
                if found is not None and (best is None or found[0] < best[0]):
                    best = found
            if best is not None:
                return best[1], best[2]
        low, high = low / WIDENED, high * WIDENED


def _best_edge(
    xy: NDArray[np.float64],
    pairs: NDArray[np.int64],
    weights: NDArray[np.float64],
    wanted: int,
    bounds: tuple[float, float],
) -> tuple[float, NDArray[np.bool_], int] | None:
    """The cut of one spanning tree with the smallest sum of squares, if one keeps the bounds."""
    order, sizes = _walk(pairs, weights, len(xy))
    n = len(xy)
    counts = sizes.astype(float)
    # in the order of the walk what hangs from a point follows it without a gap
    moved = xy[order]
    ends = np.arange(n) + sizes
    sums = np.vstack([np.zeros(2), np.cumsum(moved, axis=0)])
    below = sums[ends] - sums[:-1]
    beyond = sums[-1] - below
    rest = n - counts
    # the sum of squares falls by what the two centres explain
    explained = (below**2).sum(axis=1) / counts + np.divide(
        (beyond**2).sum(axis=1), rest, out=np.zeros(n), where=rest > 0
    )
    first = _regions_below(counts, rest, wanted, bounds)
    first[0] = 0
    allowed = np.flatnonzero(first)
    if not allowed.size:
        return None
    cut = int(allowed[explained[allowed].argmax()])
    side = np.zeros(n, dtype=bool)
    side[order[cut : ends[cut]]] = True
    return -float(explained[cut]), side, int(first[cut])


def _regions_below(
    below: NDArray[np.float64],
    beyond: NDArray[np.float64],
    wanted: int,
    bounds: tuple[float, float],
) -> NDArray[np.int64]:
    """How many regions the points below a cut can become so that both sides keep the bounds; 0 for
    none. Of several numbers the one nearest to the points' share."""
    low, high = bounds
    least = np.maximum(np.ceil(below / high), wanted - np.floor(beyond / low))
    most = np.minimum(np.floor(below / low), wanted - np.ceil(beyond / high))
    least, most = np.maximum(least, 1), np.minimum(most, wanted - 1)
    fair = np.clip(np.round(wanted * below / (below + beyond)), least, np.maximum(least, most))
    return np.where(least <= most, fair, 0).astype(np.int64)


def _walk(
    pairs: NDArray[np.int64], weights: NDArray[np.float64], n: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Walk the lightest spanning tree in depth: points in order, and how many hang from each."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import depth_first_order, minimum_spanning_tree

    graph = csr_array((weights, (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    tree = minimum_spanning_tree(graph)
    order, above = depth_first_order(tree, 0, directed=False)
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    parents = place[above[order[1:]]].tolist()
    sizes = [1] * n
    for position in range(n - 1, 0, -1):
        sizes[parents[position - 1]] += sizes[position]
    return np.asarray(order, dtype=np.int64), np.array(sizes)


def _smooth(
    points: NDArray[np.float64],
    pairs: NDArray[np.int64],
    labels: NDArray[np.int64],
    bounds: tuple[float, float],
) -> None:
    """Move points at borders to the region beside them while that makes regions more compact."""
    near: list[list[int]] = [[] for _ in points]
    for one, other in pairs.tolist():
        near[one].append(other)
        near[other].append(one)
    sizes = np.bincount(labels).tolist()
    sums = [np.bincount(labels, points[:, axis]).tolist() for axis in (0, 1)]
    xy = points.tolist()
    of = labels.tolist()
    low, high = bounds

    def squared(region: int, x: float, y: float) -> float:
        return (x - sums[0][region] / sizes[region]) ** 2 + (
            y - sums[1][region] / sizes[region]
        ) ** 2

    for _ in range(MOST_ROUNDS):
        moved = 0
        for point, (x, y) in enumerate(xy):
            own = of[point]
            if sizes[own] - 1 < max(low, 1):
                continue
            beside = sorted({of[other] for other in near[point]} - {own})
            rooms = [one for one in beside if sizes[one] + 1 <= high]
            if not rooms:
                continue
            lost = squared(own, x, y) * sizes[own] / (sizes[own] - 1)
            added = [squared(one, x, y) * sizes[one] / (sizes[one] + 1) for one in rooms]
            least = min(added)
            if least >= lost * (1 - 1e-9) or not _holds_without(point, near, of):
                continue
            to = rooms[added.index(least)]
            of[point] = to
            for region, step in ((own, -1), (to, 1)):
                sizes[region] += step
                sums[0][region] += step * x
                sums[1][region] += step * y
            moved += 1
        if not moved:
            break
    labels[:] = of


def _holds_without(point: int, near: list[list[int]], of: list[int]) -> bool:
    """Whether a region stays connected without one of its points."""
    own = of[point]
    mates = {other for other in near[point] if of[other] == own}
    if len(mates) < 2:
        return bool(mates)
    waiting, seen = [min(mates)], {point, min(mates)}
    missing = mates - seen
    while waiting and missing:
        for other in near[waiting.pop()]:
            if of[other] == own and other not in seen:
                seen.add(other)
                missing.discard(other)
                waiting.append(other)
    return not missing


def _renumbered(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number regions by the lowest row in each."""
    first = np.unique(labels, return_index=True)[1]
    new = np.empty(first.size, dtype=np.int64)
    new[np.argsort(first)] = np.arange(first.size)
    return new[labels]
