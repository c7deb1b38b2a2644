"""How many pairs of groups are tied at all, by one tie of their members or more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.network import checked_pairs
from hedgerow.methods.permutation import NullDistribution, null_distribution, permuted_codes


def tied_group_share(labels: Sequence[Any] | ArrayLike, pairs: ArrayLike) -> float | None:
    """Share of pairs of groups with a tie between a member of one and a member of the other.

    Parameters
    ----------
    labels : sequence of length n
        Group of each unit; ``None`` or NaN is missing, and ties of such units are left out.
    pairs : array of int, shape (m, 2)
        Ties, by row numbers; direction and repetition do not matter.

    Returns
    -------
    float or None
        0 (no two groups are tied) to 1 (every two are). ``None`` with fewer than two groups.
    """
    codes, classes = encode(labels)
    k = len(classes)
    if k < 2:
        return None
    first, second = _known_ends(codes, pairs)
    return float(_tied(codes[first][None], codes[second][None], k)[0] / (k * (k - 1) / 2))


def tied_group_test(
    labels: Sequence[Any] | ArrayLike,
    pairs: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """Share of tied pairs of groups against labels dealt at random to the same network.

    Groups keep their sizes; meaning of ``None`` as in :func:`tied_group_share`. The share alone
    grows with the size of groups and the number of ties: the effect takes both out.

    References
    ----------
    [phipson2010]
    """
    observed = tied_group_share(labels, pairs)
    if observed is None:
        return None
    codes, classes = encode(labels)
    k = len(classes)
    first, second = _known_ends(codes, pairs)
    known = np.flatnonzero(codes != MISSING)
    place = np.full(codes.size, MISSING)
    place[known] = np.arange(known.size)
    dealt = permuted_codes(codes[known], draws, rng)
    tied = _tied(dealt[:, place[first]], dealt[:, place[second]], k)
    return null_distribution(observed, tied / (k * (k - 1) / 2), level=level)


def _known_ends(
    codes: NDArray[np.int64], pairs: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    table = checked_pairs(pairs, codes.size)
    table = table[(codes[table] != MISSING).all(axis=1)]
    return table[:, 0], table[:, 1]


def _tied(first: NDArray[np.int64], second: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Number of distinct pairs of different groups in each row of labels at the ends of ties."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    rows = np.arange(len(first))[:, None] * k * k
    across = low != high
    seen = np.zeros(len(first) * k * k, dtype=bool)
    seen[(rows + low * k + high)[across]] = True
    return np.asarray(seen.reshape(len(first), k * k).sum(axis=1))
