"""Drawing members of many groups anew, and describing every group by what was drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def resample_within(group: ArrayLike, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw from every group, with replacement, as many members as it has.

    Parameters
    ----------
    group : array of int, shape (n,)
        Group of each member, zero or more, rising.
    rng
        Source of randomness.

    Returns
    -------
    array of int, shape (n,)
        How often each member was drawn; over each group it adds up to the group's size.

    Raises
    ------
    ValueError
        If the groups do not rise.

    References
    ----------
    [efron1993]
    """
    of = np.asarray(group, dtype=np.int64)
    if of.ndim != 1 or np.any(np.diff(of) < 0) or np.any(of < 0):
        raise ValueError("groups must be numbers of zero or more that rise from member to member")
    sizes = np.bincount(of)
    starts = np.cumsum(sizes) - sizes
    # rounding can carry a product up to the size itself
    steps = np.minimum(np.floor(rng.random(of.size) * sizes[of]), sizes[of] - 1)
    return np.bincount(starts[of] + steps.astype(np.int64), minlength=of.size)


def weighted_group_means(
    values: ArrayLike, times: ArrayLike, group: ArrayLike, groups: int
) -> NDArray[np.float64]:
    """Mean of each group, its members counted as often as they were drawn.

    Parameters
    ----------
    values : array of shape (n,)
        NaN where a member does not count.
    times : array of int, shape (n,)
        How often each was drawn.
    group : array of int, shape (n,)
        0 to ``groups - 1``.
    groups
        How many groups.

    Returns
    -------
    array of shape (groups,)
        NaN where nothing that counts was drawn.
    """
    value, weight, of = _known(values, times, group)
    total = np.bincount(of, weight, groups)
    sums = np.bincount(of, weight * value, groups)
    return np.divide(sums, total, out=np.full(groups, np.nan), where=total > 0)


def weighted_medians(
    values: ArrayLike, times: ArrayLike, group: ArrayLike, groups: int
) -> NDArray[np.float64]:
    """Median of each group, its members counted as often as they were drawn.

    The mean of the two middle values where their number is even, so that with every member once it
    is the plain median. Parameters and returns as in :func:`weighted_group_means`.
    """
    value, weight, of = _known(values, times, group)
    order = np.lexsort((value, of))
    value, of = value[order], of[order]
    reached = np.cumsum(weight[order].astype(np.int64))
    total = np.bincount(of, weight[order], groups).astype(np.int64)
    result = np.full(groups, np.nan)
    some = total > 0
    before = (np.cumsum(total) - total)[some]
    lower, upper = (
        value[np.searchsorted(reached, before + middle[some], side="right")]
        for middle in ((total - 1) // 2, total // 2)
    )
    result[some] = (lower + upper) / 2
    return result


def _known(
    values: ArrayLike, times: ArrayLike, group: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    value = np.asarray(values, dtype=float)
    weight, of = np.asarray(times, dtype=float), np.asarray(group, dtype=np.int64)
    if not value.shape == weight.shape == of.shape or value.ndim != 1:
        raise ValueError(
            "values, times and groups must be one each for every member, found "
            f"{value.shape}, {weight.shape} and {of.shape}"
        )
    if np.any(weight < 0):
        raise ValueError("a member cannot be drawn fewer than no times")
    known = ~np.isnan(value)
    return value[known], weight[known], of[known]
