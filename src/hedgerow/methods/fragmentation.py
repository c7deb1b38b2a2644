"""How well a network holds together, and whose loss breaks it most."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.network import checked_ties

_CHUNK_CELLS = 4_000_000
_EXHAUSTIVE_SETS = 40_000


@dataclass(frozen=True)
class KeyPlayers:
    """Units whose removal fragments a network most.

    Attributes
    ----------
    units
        Their row numbers, rising.
    fragmentation
        Distance-weighted fragmentation of what remains.
    rise
        That less the fragmentation of the whole; below 0 when what remains is tighter.
    exhaustive
        Whether every set of this size was tried; else units were added one by one.
    """

    units: tuple[int, ...]
    fragmentation: float
    rise: float
    exhaustive: bool


def path_lengths(adjacency: ArrayLike) -> NDArray[np.float64]:
    """Steps of the shortest path between all units, shape (n, n).

    Any tie above 0 is one step, in its direction. Infinite where there is no path; 0 on the
    diagonal.
    """
    return _lengths(checked_ties(adjacency)[None])[0]


def efficiency(adjacency: ArrayLike) -> float:
    """Mean closeness of pairs, ``mean of 1/d_ij`` over ordered pairs; no path counts 0.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Two units or more.

    Returns
    -------
    float
        0 (no ties) to 1 (all tied).

    Raises
    ------
    ValueError
        With fewer than two units, or a malformed network.

    References
    ----------
    [latora2001]
    """
    matrix = checked_ties(adjacency)
    if len(matrix) < 2:
        raise ValueError(f"pairs need two units or more, found {len(matrix)}")
    return float(_efficiencies(matrix[None])[0])


def distance_weighted_fragmentation(adjacency: ArrayLike) -> float:
    """Borgatti's distance-weighted fragmentation: one minus :func:`efficiency`.

    0 when every pair is tied, 1 when none is. Removing a unit can *lower* it (a pendant adds
    long paths), so a negative loss is a finding and not an error.

    References
    ----------
    [borgatti2006]
    """
    return 1 - efficiency(adjacency)


def reach_efficiency(adjacency: ArrayLike, sources: ArrayLike, targets: ArrayLike) -> float:
    """Mean closeness of targets to sources: mean of ``1/d(p, s)`` over all source-target pairs.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Ties in the direction of flow.
    sources, targets : arrays of int
        Row numbers, at least one each. A unit that is both counts as closeness 1 to itself.

    Returns
    -------
    float
        0 (no target is reached) to 1 (every target is one step from every source).

    Raises
    ------
    ValueError
        Without a source or without a target, or if one is no row of the network.

    References
    ----------
    [latora2001]
    """
    starts, ends = np.asarray(sources, dtype=np.int64), np.asarray(targets, dtype=np.int64)
    if not starts.size or not ends.size:
        raise ValueError("closeness needs one source and one target or more")
    steps = path_lengths(adjacency)
    for rows in (starts, ends):
        if rows.min() < 0 or rows.max() >= len(steps):
            raise ValueError(f"sources and targets must name rows 0 to {len(steps) - 1}")
    steps = steps[np.ix_(starts, ends)]
    return float(np.mean(1 / np.maximum(steps, 1)))


def removal_rises(adjacency: ArrayLike) -> NDArray[np.float64]:
    """Rise in fragmentation when each unit alone is removed, shape (n,).

    Computed among the units that remain; below 0 where they are closer without the unit.

    Raises
    ------
    ValueError
        With fewer than three units.

    References
    ----------
    [borgatti2006]
    """
    matrix = checked_ties(adjacency)
    if len(matrix) < 3:
        raise ValueError(f"removal needs three units or more, found {len(matrix)}")
    whole = _efficiencies(matrix[None])[0]
    return np.asarray(whole - _without(matrix, np.arange(len(matrix))[:, None]))


def key_players(adjacency: ArrayLike, size: int) -> KeyPlayers:
    """The set of units whose removal fragments the network most.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        At least ``size + 2`` units.
    size
        Units in the set, 1 or more.

    Returns
    -------
    KeyPlayers
        Every set is tried up to 40,000 sets; beyond that units are added one by one, which can
        miss the best set. Among equal sets the first in row order wins.

    Raises
    ------
    ValueError
        If ``size`` leaves fewer than two units.

    References
    ----------
    [borgatti2006]
    """
    matrix = checked_ties(adjacency)
    n = len(matrix)
    if not 1 <= size <= n - 2:
        raise ValueError(f"size must be from 1 to {n - 2} for {n} units, found {size}")
    whole = float(_efficiencies(matrix[None])[0])
    exhaustive = comb(n, size) <= _EXHAUSTIVE_SETS
    if exhaustive:
        units, kept = _best_of_all(matrix, size)
    else:
        units, kept = _one_by_one(matrix, size)
    return KeyPlayers(tuple(sorted(units)), 1 - kept, whole - kept, exhaustive)


def _best_of_all(matrix: NDArray[np.bool_], size: int) -> tuple[list[int], float]:
    sets = combinations(range(len(matrix)), size)
    best: tuple[list[int], float] = ([], np.inf)
    while block := list(islice(sets, max(1, _CHUNK_CELLS // matrix.size))):
        candidates = np.array(block)
        kept = _without(matrix, candidates)
        lowest = int(kept.argmin())
        if kept[lowest] < best[1] - 1e-12:
            best = candidates[lowest].tolist(), float(kept[lowest])
    return best


def _one_by_one(matrix: NDArray[np.bool_], size: int) -> tuple[list[int], float]:
    chosen: list[int] = []
    kept = 0.0
    for _ in range(size):
        others = [unit for unit in range(len(matrix)) if unit not in chosen]
        candidates = np.array([[*chosen, unit] for unit in others])
        values = _without(matrix, candidates)
        lowest = int(values.argmin())
        chosen.append(others[lowest])
        kept = float(values[lowest])
    return chosen, kept


def _without(matrix: NDArray[np.bool_], sets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Efficiency of what remains after removing each set of units, shape (sets,)."""
    n, size = len(matrix), sets.shape[1]
    result = np.empty(len(sets))
    step = max(1, _CHUNK_CELLS // matrix.size)
    rows = np.arange(min(step, len(sets)))[:, None]
    for start in range(0, len(sets), step):
        part = sets[start : start + step]
        copies = np.repeat(matrix[None], len(part), axis=0)
        copies[rows[: len(part)], part, :] = False
        copies[rows[: len(part)], :, part] = False
        # removed units keep no ties, so they add nothing to the sum, only to its pairs
        remaining = (n - size) * (n - size - 1)
        result[start : start + step] = _efficiencies(copies) * (n * (n - 1)) / remaining
    return result


def _efficiencies(stack: NDArray[np.bool_]) -> NDArray[np.float64]:
    n = stack.shape[1]
    steps = _lengths(stack)
    steps[:, np.arange(n), np.arange(n)] = np.inf
    return np.asarray((1 / steps).sum(axis=(1, 2)) / (n * (n - 1)))


def _lengths(stack: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Path lengths of a stack of networks, a step at a time for all of them."""
    n = stack.shape[1]
    ties = stack.astype(np.float32)
    steps = np.full(stack.shape, np.inf)
    reached = np.repeat(np.eye(n, dtype=bool)[None], len(stack), axis=0)
    steps[reached] = 0
    frontier = reached
    for length in range(1, n):
        frontier = (frontier.astype(np.float32) @ ties > 0) & ~reached
        if not frontier.any():
            break
        steps[frontier] = length
        reached = reached | frontier
    return steps
