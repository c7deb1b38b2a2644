"""Likeness of units by what they have, compared only on what both were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.permutation import NullDistribution, null_distribution, permuted_codes

_CHUNK_CELLS = 2_000_000


@dataclass(frozen=True)
class LikenessGap:
    """Likeness within groups against likeness between them.

    Attributes
    ----------
    within, between
        Mean similarity of pairs of one group, and of two.
    gap
        ``within - between``, set against labels dealt at random.
    """

    within: float
    between: float
    gap: NullDistribution


def ruzicka_similarity(items: ArrayLike) -> NDArray[np.float64]:
    """Ruzicka similarity of all pairs of units: ``sum min(x, y) / sum max(x, y)``.

    For zeros and ones it is Jaccard's: what both have over what either has.

    Parameters
    ----------
    items : array of shape (n, k)
        Zero or more; NaN where a unit was not asked. Each pair is compared on the items that
        both were asked: not asked is not the same as not having.

    Returns
    -------
    array of shape (n, n)
        From 0 (nothing in common) to 1 (the same). NaN for a pair that has none of the items
        both were asked, which says nothing about likeness.

    Raises
    ------
    ValueError
        If items are not a table of numbers of zero or more.

    References
    ----------
    [jaccard1912], [ruzicka1958]
    """
    table = np.asarray(items, dtype=float)
    if table.ndim != 2:
        raise ValueError(f"items must be a table of units by items, found shape {table.shape}")
    if np.any(np.isinf(table)) or np.any(table < 0):
        raise ValueError("items must be finite and zero or more, or NaN where not asked")
    n = len(table)
    shared, either = np.zeros((n, n)), np.zeros((n, n))
    for column in table.T:
        asked = ~np.isnan(column)
        value = np.where(asked, column, 0.0)
        both = asked[:, None] & asked
        shared += np.minimum(value[:, None], value) * both
        either += np.maximum(value[:, None], value) * both
    return np.divide(shared, either, out=np.full((n, n), np.nan), where=either > 0)


def likeness_gap(
    similarity: ArrayLike,
    labels: Sequence[Any] | ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> LikenessGap | None:
    """Are units of one group more alike than units of two?

    Parameters
    ----------
    similarity : array of shape (n, n)
        Symmetric; NaN where undefined, and such pairs are left out.
    labels : sequence of length n
        ``None`` or NaN is missing; such units are left out.
    rng
        Source of randomness.
    draws
        Deals of the labels, keeping the size of every group.

    Returns
    -------
    LikenessGap or None
        ``None`` when there is no pair within groups, or none between them.

    Raises
    ------
    ValueError
        If shapes differ, or the similarity is not symmetric.

    Notes
    -----
    Deals in which one kind of pair is undefined throughout are left out of the null.

    References
    ----------
    [mantel1967]
    """
    s = np.asarray(similarity, dtype=float)
    codes, _ = encode(labels)
    if s.shape != (codes.size, codes.size):
        raise ValueError(f"{codes.size} labels do not fit a similarity of shape {s.shape}")
    if not np.allclose(s, s.T, equal_nan=True):
        raise ValueError("similarity must be symmetric")
    kept = np.flatnonzero(codes != MISSING)
    s, codes = s[np.ix_(kept, kept)], codes[kept]
    first, second = np.triu_indices(codes.size, k=1)
    defined = ~np.isnan(s[first, second])
    first, second = first[defined], second[defined]
    likeness = s[first, second]
    within, between = _means(likeness, codes[None, first] == codes[None, second])
    if not (np.isfinite(within[0]) and np.isfinite(between[0])):
        return None
    null = []
    step = max(1, _CHUNK_CELLS // likeness.size)
    for start in range(0, draws, step):
        dealt = permuted_codes(codes, min(step, draws - start), rng)
        inside, across = _means(likeness, dealt[:, first] == dealt[:, second])
        null.append(inside - across)
    gaps = np.concatenate(null)
    test = null_distribution(float(within[0] - between[0]), gaps[np.isfinite(gaps)], level=level)
    return LikenessGap(float(within[0]), float(between[0]), test)


def _means(
    likeness: NDArray[np.float64], same: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean likeness of pairs of one group and of two, for each row; NaN without any."""
    count = same.sum(axis=1).astype(float)
    inside = same @ likeness
    rest = likeness.size - count
    within = np.divide(inside, count, out=np.full(count.size, np.nan), where=count > 0)
    across = likeness.sum() - inside
    return within, np.divide(across, rest, out=np.full(count.size, np.nan), where=rest > 0)
