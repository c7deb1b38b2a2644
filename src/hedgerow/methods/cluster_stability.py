"""Whether a group comes back when the units are resampled: Jaccard stability, group by group."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.medoids import partition_around_medoids


def jaccard_stability(
    dissimilarity: ArrayLike, labels: ArrayLike, rng: np.random.Generator, draws: int = 100
) -> NDArray[np.float64]:
    """Mean likeness of each group to the most alike group of a resample.

    Units are drawn with replacement and those drawn are partitioned around as many medoids as
    there are groups. Of each group, what was drawn of it is compared with every group found:
    ``|both| / |either|``, of which the largest counts.

    Parameters
    ----------
    dissimilarity : array of shape (n, n)
    labels : array of int, shape (n,)
        The groups, numbered from 0 without gaps.
    rng
        Source of randomness.
    draws
        Resamples, one or more.

    Returns
    -------
    array of shape (k,)
        From 0 to 1. The author: 0.75 and more is a stable group, 0.6 to 0.75 a pattern whose
        edges are in doubt, below that it should not be trusted, and at 0.5 it has dissolved.

    Raises
    ------
    ValueError
        If labels do not fit, or there is no draw.

    Notes
    -----
    A unit drawn twice counts once, so a draw holds about 63 per cent of the units. A resample
    that misses a group altogether says nothing about it. Stable is not the same as real: two
    halves of one round cloud can be stable.

    References
    ----------
    [hennig2007]
    """
    d = np.asarray(dissimilarity, dtype=float)
    codes = np.asarray(labels)
    k = int(codes.max()) + 1 if codes.size else 0
    if codes.shape != (len(d),) or draws < 1 or set(codes.tolist()) != set(range(k)):
        raise ValueError(
            "labels must number the groups of all units from 0, and draws be 1 or more"
        )
    total, counted = np.zeros(k), np.zeros(k)
    for _ in range(draws):
        drawn = np.unique(rng.integers(0, len(d), len(d)))
        if drawn.size < k:
            continue
        again = partition_around_medoids(d[np.ix_(drawn, drawn)], k).labels
        both = np.zeros((k, k))
        np.add.at(both, (codes[drawn], again), 1)
        sizes, found = both.sum(axis=1), both.sum(axis=0)
        likeness = both / (sizes[:, None] + found - both)
        total += likeness.max(axis=1)
        counted += sizes > 0
    return np.divide(total, counted, out=np.zeros(k), where=counted > 0)
