"""How different two localities are: block by block, so that no block speaks louder by having more
features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Scale = Literal["robust", "deviation"]
Metric = Literal["euclidean", "manhattan"]

FURTHEST = 3.0
"""No feature of a place counts as further than this from the middle, in robust deviations: one
freak figure makes no type."""


@dataclass(frozen=True)
class DistanceChoices:
    """What is chosen when differences of many features are made one distance.

    Attributes
    ----------
    metric : {"euclidean", "manhattan"}
        Within a block.
    scale : {"robust", "deviation"}
        Features are brought to one scale by median and median absolute deviation, or by mean and
        standard deviation.
    is_less_for_duplicates : bool
        Whether features of a block that say nearly the same share their weight.
    furthest : float
        No feature of a place counts as further than this from the middle, in robust deviations.
    weights : tuple of (str, float)
        Weights of blocks; 1 for those not named, 0 leaves a block out.
    """

    metric: Metric = "euclidean"
    scale: Scale = "robust"
    is_less_for_duplicates: bool = True
    furthest: float = FURTHEST
    weights: tuple[tuple[str, float], ...] = ()


PLAIN = DistanceChoices()
"""The choices of the main analysis; the multiverse varies them one at a time."""


def scaled(
    values: NDArray[np.float64], scale: Scale = "robust", furthest: float = FURTHEST
) -> NDArray[np.float64]:
    """Bring features to one scale.

    Parameters
    ----------
    values : array of shape (n, p)
        Transformed as differences are taken of them; NaN where not measured.
    scale : {"robust", "deviation"}
    furthest : float

    Returns
    -------
    array of shape (n, p)
        0 in the middle; robust ones held within ``furthest``. A feature that more than half of the
        places share has a median deviation of 0: its mean deviation stands in (Iglewicz and
        Hoaglin). One that does not vary is 0. NaN stays.

    References
    ----------
    [iglewicz1993]
    """
    result = np.full(values.shape, np.nan)
    for j, column in enumerate(values.T):
        known = ~np.isnan(column)
        if not known.any():
            continue
        own = column[known]
        middle = np.median(own) if scale == "robust" else own.mean()
        away = own - middle
        spread = 1.4826 * np.median(np.abs(away)) if scale == "robust" else own.std()
        if spread <= 1e-9 * max(1.0, float(np.abs(own).max())):
            spread = 1.2533 * np.abs(away).mean()
        moved = away / spread if spread > 1e-9 else np.zeros(own.size)
        result[known, j] = np.clip(moved, -furthest, furthest) if scale == "robust" else moved
    return result


def shared_weights(values: NDArray[np.float64], blocks: Sequence[str]) -> NDArray[np.float64]:
    """Weight of each feature in its block: less the more others of the block say the same.

    ``1 / sum_g r_fg^2`` over the features g of the block, itself among them, brought to a sum of 1
    in each block: k copies of one feature weigh together what one of them would.

    Parameters
    ----------
    values : array of shape (n, p)
    blocks : sequence of str, length p

    Returns
    -------
    array of shape (p,)
    """
    weights = np.zeros(len(blocks))
    for block in dict.fromkeys(blocks):
        places = [place for place, one in enumerate(blocks) if one == block]
        alike = np.array(
            [[_correlation(values[:, i], values[:, j]) ** 2 for j in places] for i in places]
        )
        np.fill_diagonal(alike, 1.0)
        weights[places] = 1 / alike.sum(axis=1)
        weights[places] /= weights[places].sum()
    return weights


def _correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.sum() < 3:
        return 0.0
    a, b = first[both] - first[both].mean(), second[both] - second[both].mean()
    length = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / length if length > 1e-12 else 0.0


def block_distance(
    values: NDArray[np.float64], blocks: Sequence[str], choices: DistanceChoices = PLAIN
) -> NDArray[np.float64]:
    """Distance of all pairs of localities.

    In each block the weighted difference over the features that both have, over its mean for all
    pairs; the blocks are then averaged by their weights.

    Parameters
    ----------
    values : array of shape (n, p)
        Transformed; NaN where not measured.
    blocks : sequence of str, length p
        The block of each feature.
    choices : DistanceChoices

    Returns
    -------
    array of shape (n, n)
        0 for two alike in all, about 1 for two at random.

    Raises
    ------
    ValueError
        If a pair has no feature to be compared by.

    Notes
    -----
    A block that a pair cannot be compared in is left out for that pair: it counts as ordinary, not
    as alike. Scaled afresh for every table, so that distances of two tables do not compare.
    """
    table = scaled(values, choices.scale, choices.furthest)
    within = (
        shared_weights(table, blocks) if choices.is_less_for_duplicates else _even_weights(blocks)
    )
    say: Mapping[str, float] = dict(choices.weights)
    n = len(table)
    total, weight = np.zeros((n, n)), np.zeros((n, n))
    for block in dict.fromkeys(blocks):
        own = say.get(block, 1.0)
        if own == 0:
            continue
        places = [place for place, one in enumerate(blocks) if one == block]
        apart, known = _within(table[:, places], within[places], choices.metric)
        pairs = known & ~np.eye(n, dtype=bool)
        mean = apart[pairs].mean() if pairs.any() else 0.0
        if mean <= 0:
            continue
        total += own * np.where(known, apart / mean, 0.0)
        weight += own * known
    if np.any((weight == 0) & ~np.eye(n, dtype=bool)):
        raise ValueError("a pair of localities has no feature to be compared by")
    result = np.divide(total, weight, out=np.zeros((n, n)), where=weight > 0)
    np.fill_diagonal(result, 0.0)
    return np.asarray((result + result.T) / 2)


def _even_weights(blocks: Sequence[str]) -> NDArray[np.float64]:
    sizes = {block: blocks.count(block) for block in blocks}
    return np.array([1 / sizes[block] for block in blocks])


def _within(
    table: NDArray[np.float64], weights: NDArray[np.float64], metric: Metric
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Difference of all pairs in one block, and whether each pair can be compared in it."""
    known = ~np.isnan(table)
    filled = np.where(known, table, 0.0)
    counted = (known * weights) @ known.T.astype(float)
    if metric == "manhattan":
        total = np.zeros(counted.shape)
        for j, own in enumerate(weights):
            both = known[:, j, None] & known[:, j]
            total += own * both * np.abs(filled[:, j, None] - filled[:, j])
    else:
        squares = (filled**2 * weights) @ known.T.astype(float)
        total = np.maximum(squares + squares.T - 2 * (filled * weights) @ filled.T, 0.0)
    mean = np.divide(total, counted, out=np.zeros(total.shape), where=counted > 0)
    apart = np.sqrt(mean) if metric == "euclidean" else mean
    np.fill_diagonal(apart, 0.0)
    return apart, counted > 0
