"""How well groups found in one half of the units foretell those found in the other half."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.medoids import partition_around_medoids


@dataclass(frozen=True)
class PredictionStrength:
    """Prediction strength of a number of groups.

    Attributes
    ----------
    mean
        From 0 to 1, over all splits.
    error
        Standard error of the mean over splits; the halves overlap, so it is a little too small.
    values : array of shape (splits,)
    """

    mean: float
    error: float
    values: NDArray[np.float64]


def prediction_strength(
    dissimilarity: ArrayLike, k: int, rng: np.random.Generator, splits: int = 25
) -> PredictionStrength:
    """Share of pairs that stay together when the other half says where units belong.

    Units are halved at random and each half is partitioned around its own k medoids. Each unit of
    one half is given to the nearest medoid of the other. For every group of the half, the share
    of its pairs that the other half also puts together; of these the smallest. Both halves take
    their turn, and their mean is the value of the split.

    Parameters
    ----------
    dissimilarity : array of shape (n, n)
        As :func:`~hedgerow.methods.medoids.partition_around_medoids` takes it.
    k
        Number of groups; a half must have at least k units.
    rng
        Source of randomness.
    splits
        Random halvings, one or more.

    Returns
    -------
    PredictionStrength
        1 for one group. The authors take the largest k with 0.8 or more.

    Raises
    ------
    ValueError
        If halves are smaller than k, or there is no split.

    Notes
    -----
    A group of one unit has no pairs: it counts 0, as nothing foretells it. Small groups pull the
    minimum down; a low value is no proof that large groups are not there.

    References
    ----------
    [tibshirani2005]
    """
    d = np.asarray(dissimilarity, dtype=float)
    n = len(d)
    if splits < 1 or not 1 <= k <= n // 2:
        raise ValueError(f"{n} units cannot be halved {splits} times into {k} groups each")
    values = np.empty(splits)
    for split in range(splits):
        order = rng.permutation(n)
        halves = (np.sort(order[: n // 2]), np.sort(order[n // 2 :]))
        found = [partition_around_medoids(d[np.ix_(half, half)], k) for half in halves]
        both = [
            _foretold(
                found[one].labels, d[np.ix_(halves[one], halves[1 - one][found[1 - one].medoids])]
            )
            for one in (0, 1)
        ]
        values[split] = np.mean(both)
    error = float(values.std(ddof=1) / np.sqrt(splits)) if splits > 1 else 0.0
    return PredictionStrength(float(values.mean()), error, values)


def _foretold(labels: NDArray[np.int64], to_others: NDArray[np.float64]) -> float:
    """Smallest share of a group's pairs that the other half's medoids put together."""
    k = to_others.shape[1]
    given = to_others.argmin(axis=1)
    counts = np.zeros((k, k))
    np.add.at(counts, (labels, given), 1)
    sizes = counts.sum(axis=1)
    if k == 1:
        return 1.0
    pairs = sizes * (sizes - 1)
    kept = (counts * (counts - 1)).sum(axis=1)
    return float(np.divide(kept, pairs, out=np.zeros(k), where=pairs > 0).min())
