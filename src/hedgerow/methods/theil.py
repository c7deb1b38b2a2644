"""Theil's index, and how much of it lies between groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.permutation import NullDistribution, null_distribution, permuted_codes
from hedgerow.methods.weighting import weighted_values


@dataclass(frozen=True)
class TheilSplit:
    """Theil's index taken apart.

    Attributes
    ----------
    total
        ``between + within``.
    between
        What would remain if all in a group had its mean.
    within
        Inequality inside groups, weighted by their share of what there is.
    between_share
        ``between / total``, 0 to 1; ``None`` when all are equal.
    """

    total: float
    between: float
    within: float
    between_share: float | None


def theil_index(values: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Theil's T: ``mean((x / mean) ln(x / mean))``, a zero counting 0.

    Parameters
    ----------
    values : array of shape (n,)
        Zero or more.
    weights : array of shape (n,), optional
        People that each value stands for.

    Returns
    -------
    float or None
        From 0 (all equal) to ``ln n`` (one has all). ``None`` when all values are 0.

    Raises
    ------
    ValueError
        If a value is negative, or values and weights are malformed.

    References
    ----------
    [theil1967]
    """
    x, share = _amounts(values, weights)
    mean = float(share @ x)
    return None if mean == 0 else float(share @ _times_log(x / mean))


def theil_split(
    values: ArrayLike, groups: Sequence[Any] | ArrayLike, weights: ArrayLike | None = None
) -> TheilSplit | None:
    """Theil's T split into what lies between groups and within them.

    Parameters
    ----------
    values, weights
        As in :func:`theil_index`.
    groups : sequence of length n
        Group of each unit, none missing.

    Returns
    -------
    TheilSplit or None
        ``None`` when all values are 0.

    Raises
    ------
    ValueError
        As :func:`theil_index`; or if a group is missing.

    Notes
    -----
    Many small groups take a large share between them by chance alone: see
    :func:`between_share_test`.

    References
    ----------
    [theil1967]
    """
    x, share = _amounts(values, weights)
    codes, _ = encode(groups)
    if codes.size != x.size:
        raise ValueError(f"lengths differ: {x.size} values and {codes.size} groups")
    if np.any(codes == MISSING):
        raise ValueError("a group is missing")
    total = theil_index(x, share)
    if total is None:
        return None
    between = float(_between(x, share, codes[None])[0])
    # rounding can leave a trace where all are equal
    is_unequal = total > 1e-15
    return TheilSplit(total, between, total - between, between / total if is_unequal else None)


def between_share_test(
    values: ArrayLike,
    groups: Sequence[Any] | ArrayLike,
    rng: np.random.Generator,
    weights: ArrayLike | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """Share of Theil's T between groups, against groups dealt to units at random.

    Returns
    -------
    NullDistribution or None
        ``None`` when all values are equal.
    """
    split = theil_split(values, groups, weights)
    if split is None or split.between_share is None:
        return None
    x, share = _amounts(values, weights)
    codes, _ = encode(groups)
    null = _between(x, share, permuted_codes(codes, draws, rng)) / split.total
    return null_distribution(split.between_share, null, level=level)


def _amounts(
    values: ArrayLike, weights: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, share = weighted_values(values, weights)
    if np.any(x < 0):
        raise ValueError(f"values must be zero or more, found {x.min()}")
    return x, share


def _times_log(ratio: NDArray[np.float64]) -> NDArray[np.float64]:
    return ratio * np.log(np.where(ratio > 0, ratio, 1.0))


def _between(
    x: NDArray[np.float64], share: NDArray[np.float64], codes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Inequality between groups for each row of codes."""
    rows, k = len(codes), int(codes.max()) + 1
    flat = (codes + np.arange(rows)[:, None] * k).ravel()
    people = np.bincount(flat, np.tile(share, rows), minlength=rows * k).reshape(rows, k)
    amount = np.bincount(flat, np.tile(share * x, rows), minlength=rows * k).reshape(rows, k)
    ratio = np.divide(amount, people, out=np.zeros_like(amount), where=people > 0) / (share @ x)
    return np.maximum((people * _times_log(ratio)).sum(axis=1), 0.0)
