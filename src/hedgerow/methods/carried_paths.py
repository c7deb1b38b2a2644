"""How near sources are to targets along arcs that can be lost, alone or many at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

_WORD = 64
_CHUNK_CELLS = 4_000_000


@dataclass(frozen=True)
class Reach:
    """Closeness of targets to sources, one row a case of loss.

    Attributes
    ----------
    closeness : array of shape (cases,)
        Mean of 1/d over all pairs of a source and a target; no path counts 0.
    nearest : array of shape (cases, targets)
        Steps from the nearest source; infinite where there is no path.
    """

    closeness: NDArray[np.float64]
    nearest: NDArray[np.float64]


def reach(
    arcs: ArrayLike, n: int, sources: ArrayLike, targets: ArrayLike, kept: ArrayLike | None = None
) -> Reach:
    """Closeness of targets to sources along the arcs that are kept.

    Parameters
    ----------
    arcs : array of int, shape (m, 2)
        From and to, by row numbers 0 to n - 1, in the direction of flow. Arcs between the same two
        units may repeat: they are different links, and one may be kept where another is lost.
    n
        Number of units.
    sources, targets : arrays of int
        Row numbers, at least one each. A unit that is both counts as closeness 1 to itself.
    kept : array of bool, shape (cases, m), optional
        Which arcs are there in each case; all of them, in one case, unless given.

    Returns
    -------
    Reach

    Raises
    ------
    ValueError
        Without a source or a target, if an arc names a unit that does not exist, or shapes do not
        fit.

    Notes
    -----
    Laws: with all arcs kept the closeness is that of
    :func:`hedgerow.methods.fragmentation.reach_efficiency`; losing more arcs never raises it.
    Sources are followed side by side as the bits of a word, so that many cases cost little.

    References
    ----------
    [latora2001]
    """
    table = np.asarray(arcs, dtype=np.int64).reshape(-1, 2)
    starts = np.asarray(sources, dtype=np.int64)
    ends = np.asarray(targets, dtype=np.int64)
    if not starts.size or not ends.size:
        raise ValueError("closeness needs one source and one target or more")
    named = np.concatenate([table.ravel(), starts, ends])
    if named.min() < 0 or named.max() >= n:
        raise ValueError(f"arcs, sources and targets must name rows 0 to {n - 1}")
    keep = np.ones((1, len(table)), dtype=bool) if kept is None else np.asarray(kept, dtype=bool)
    if keep.ndim != 2 or keep.shape[1] != len(table):
        raise ValueError(f"kept must have shape (cases, {len(table)}), found {keep.shape}")
    order = np.argsort(table[:, 1], kind="stable")
    table, keep = table[order], keep[:, order]
    closeness = np.zeros(len(keep))
    nearest = np.full((len(keep), ends.size), np.inf)
    step = max(1, _CHUNK_CELLS // max(len(table), n, 1))
    for begin in range(0, len(keep), step):
        part = slice(begin, begin + step)
        for first in range(0, starts.size, _WORD):
            near, sums = _follow(table, n, starts[first : first + _WORD], ends, keep[part])
            closeness[part] += sums
            np.minimum(nearest[part], near, out=nearest[part])
    return Reach(closeness / (starts.size * ends.size), nearest)


def losses(whole: float, left: ArrayLike) -> NDArray[np.float64]:
    """Share of a closeness that is lost: ``1 - left / whole``, 0 where there was none to lose.

    Parameters
    ----------
    whole
        Closeness before, zero or more.
    left : array
        Closeness after.
    """
    after = np.asarray(left, dtype=float)
    return np.asarray(1 - after / whole if whole > 0 else np.zeros(after.shape))


def _follow(
    arcs: NDArray[np.int64],
    n: int,
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    keep: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Steps to each target from the nearest of up to 64 sources, and the sum of 1/d over pairs.

    Arcs come in order of the unit to which they lead.
    """
    cases = len(keep)
    reached = np.zeros((cases, n), dtype=np.uint64)
    for bit, source in enumerate(sources):
        reached[:, source] |= np.uint64(1 << bit)
    near = np.where(reached[:, targets] > 0, 0.0, np.inf)
    sums = np.bitwise_count(reached[:, targets]).sum(axis=1).astype(float)
    if not len(arcs):
        return near, sums
    led_to, first = np.unique(arcs[:, 1], return_index=True)
    fresh = reached
    for length in range(1, n):
        carried = np.where(keep, fresh[:, arcs[:, 0]], np.uint64(0))
        arrived = np.zeros_like(reached)
        arrived[:, led_to] = np.bitwise_or.reduceat(carried, first, axis=1)
        fresh = arrived & ~reached
        if not fresh.any():
            break
        reached = reached | fresh
        new = fresh[:, targets]
        sums += np.bitwise_count(new).sum(axis=1) / length
        near = np.where((new > 0) & np.isinf(near), float(length), near)
    return near, sums
