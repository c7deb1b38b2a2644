"""How much the profiles of units over the same cells overlap."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.permutation import NullDistribution, null_distribution

_CHUNK_CELLS = 4_000_000


def mean_cosine(counts: ArrayLike, weights: ArrayLike) -> float | None:
    """Mean cosine of the profiles of all pairs of units.

    ``sum_{a < b} w_ab cos(x_a, x_b) / sum_{a < b} w_ab``

    Parameters
    ----------
    counts : array of shape (units, cells)
        Zero or more.
    weights : array of shape (units, units)
        Weight of each pair, symmetric, zero or more; the diagonal is not looked at. Pairs with a
        unit that has nothing anywhere are left out.

    Returns
    -------
    float or None
        From 0 (no cell in common) to 1 (the same profile); ``None`` where no pair has any weight.

    Raises
    ------
    ValueError
        If shapes do not fit, or a number is negative or not finite.

    Notes
    -----
    Law: doubling what one unit has everywhere changes nothing. It sees which cells units share and
    not how much either has.

    References
    ----------
    [salton1975]
    """
    x, w = _checked(counts, weights)
    found = _means(x[None], w)[0]
    return None if np.isnan(found) else float(found)


def profile_overlap_test(
    units: ArrayLike,
    cells: ArrayLike,
    weights: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """:func:`mean_cosine` of units' items over cells, against the cells dealt to the items at
    random.

    Parameters
    ----------
    units, cells : array of int, shape (items,)
        To which unit and to which cell each item belongs, numbered from 0.
    weights : array of shape (units, units)
        As in :func:`mean_cosine`.

    Returns
    -------
    NullDistribution or None
        ``None`` where no pair has any weight. The deals keep how many items each unit and each
        cell has.
    """
    given = np.asarray(units, dtype=float), np.asarray(cells, dtype=float)
    if not all(np.all((each >= 0) & (each < 1e9)) and not np.any(each % 1) for each in given):
        raise ValueError("units and cells must be numbered from 0")
    owner, cell = (each.astype(np.int64) for each in given)
    if owner.shape != cell.shape or owner.ndim != 1:
        raise ValueError(f"units and cells differ in shape: {owner.shape}, {cell.shape}")
    many = len(np.asarray(weights))
    if owner.size and (owner.min() < 0 or cell.min() < 0 or owner.max() >= many):
        raise ValueError(f"items must belong to units 0 to {many - 1} and to cells from 0")
    wide = int(cell.max(initial=0)) + 1

    def counted(dealt: NDArray[np.int64]) -> NDArray[np.float64]:
        flat = (np.arange(len(dealt))[:, None] * many + owner) * wide + dealt
        size = len(dealt) * many * wide
        counts = np.bincount(flat.ravel(), minlength=size)
        return counts.reshape(len(dealt), many, wide).astype(float)

    table = counted(cell[None])
    observed = mean_cosine(table[0], weights)
    if observed is None:
        return None
    _, w = _checked(table[0], weights)
    null = []
    step = max(1, _CHUNK_CELLS // (many * max(many, wide)))
    for start in range(0, draws, step):
        rows = np.broadcast_to(cell, (min(step, draws - start), cell.size))
        null.append(_means(counted(rng.permuted(rows, axis=1)), w))
    return null_distribution(observed, np.concatenate(null), level=level)


def _means(counts: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean cosine for each table of counts, shape (draws, units, cells)."""
    length = np.sqrt(np.sum(counts**2, axis=2, keepdims=True))
    unit = np.divide(counts, length, out=np.zeros_like(counts), where=length > 0)
    cosine = unit @ unit.transpose(0, 2, 1)
    present = length[:, :, 0] > 0
    upper = np.triu(weights, k=1) * present[:, :, None] * present[:, None, :]
    whole = upper.sum(axis=(1, 2))
    total = (cosine * upper).sum(axis=(1, 2))
    return np.divide(total, whole, out=np.full(len(counts), np.nan), where=whole > 0)


def _checked(
    counts: ArrayLike, weights: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, w = np.asarray(counts, dtype=float), np.asarray(weights, dtype=float)
    if x.ndim != 2 or w.shape != (len(x), len(x)):
        raise ValueError(f"weights of shape {w.shape} do not fit counts of shape {x.shape}")
    if not (np.all(np.isfinite(x)) and np.all(np.isfinite(w))) or np.any(x < 0) or np.any(w < 0):
        raise ValueError("counts and weights must be finite and zero or more")
    if not np.allclose(w, w.T):
        raise ValueError("weights must be symmetric")
    return x, w
