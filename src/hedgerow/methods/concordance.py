"""Do judges agree on an order? Kendall's W and rank-biased overlap."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.permutation import NullDistribution, null_distribution, permuted_codes

_CHUNK_CELLS = 2_000_000


def average_ranks(scores: ArrayLike) -> NDArray[np.float64]:
    """Ranks from 1 within each row, low to high; ties share the mean of their ranks.

    Parameters
    ----------
    scores : array of shape (m, k)
        Finite.
    """
    table = np.asarray(scores, dtype=float)
    if table.ndim != 2:
        raise ValueError(f"scores must be a table of judges by items, found shape {table.shape}")
    if not np.all(np.isfinite(table)):
        raise ValueError("scores must be finite: every judge must have ranked every item")
    below = (table[:, None, :] < table[:, :, None]).sum(axis=2)
    beside = (table[:, None, :] == table[:, :, None]).sum(axis=2)
    return np.asarray(below + (beside + 1) / 2)


def kendall_w(scores: ArrayLike) -> float | None:
    """Kendall's coefficient of concordance, corrected for ties.

    ``W = 12 S / (m^2 (k^3 - k) - m sum_j T_j)``, with S the squared deviations of the items'
    rank sums and ``T_j = sum (t^3 - t)`` over judge j's groups of t tied items.

    Parameters
    ----------
    scores : array of shape (m, k)
        Ranks or scores of k items by m judges; each judge's are ranked first.

    Returns
    -------
    float or None
        From 0 (no agreement) to 1 (one order). ``None`` when every judge ties all items.

    Raises
    ------
    ValueError
        With fewer than two judges or items, or a missing score.

    Notes
    -----
    Law: the mean Spearman correlation of pairs of judges without ties is ``(m W - 1) / (m - 1)``,
    so with few judges chance alone gives a W of about ``1/m``.

    References
    ----------
    [kendall1939]
    """
    ranks = average_ranks(scores)
    m, k = ranks.shape
    if m < 2 or k < 2:
        raise ValueError(f"two judges and two items or more are needed, found {m} and {k}")
    spread = _spread_at_most(ranks)
    if spread == 0:
        return None
    return float(np.sum((ranks.sum(axis=0) - m * (k + 1) / 2) ** 2) / spread)


def kendall_w_test(
    scores: ArrayLike, rng: np.random.Generator, draws: int = 999, level: float = 0.95
) -> NullDistribution | None:
    """Kendall's W against each judge's ranks dealt to the items at random.

    Returns
    -------
    NullDistribution or None
        ``None`` when every judge ties all items.
    """
    observed = kendall_w(scores)
    if observed is None:
        return None
    ranks = average_ranks(scores)
    m, k = ranks.shape
    dealt = rng.permuted(np.broadcast_to(ranks, (draws, m, k)), axis=2)
    sums = dealt.sum(axis=1) - m * (k + 1) / 2
    return null_distribution(observed, (sums**2).sum(axis=1) / _spread_at_most(ranks), level=level)


def rank_biased_overlap(
    first: Sequence[Hashable], second: Sequence[Hashable], p: float = 0.9
) -> float:
    """Agreement of two ranked lists, the top weighing most; lists may be of unequal length.

    The extrapolated form: agreement at depth d is the share of the first d that both lists
    have, weighted by ``p^d``; beyond the lists it is taken to go on as at their end.

    Parameters
    ----------
    first, second
        Items, best first, without repeats; one or more each.
    p
        Persistence, between 0 and 1: the first ten items carry 86 per cent of the weight
        at 0.9.

    Returns
    -------
    float
        From 0 (nothing in common) to 1 (the same list).

    Raises
    ------
    ValueError
        If a list is empty or repeats an item, or ``p`` is not between 0 and 1.

    References
    ----------
    [webber2010]
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie between 0 and 1, found {p}")
    for items in (first, second):
        if not items or len(set(items)) < len(items):
            raise ValueError("a ranked list needs one item or more, and none twice")
    shorter, longer = sorted((first, second), key=len)
    s, deepest = len(shorter), len(longer)
    places = {item: place for place, item in enumerate(longer, start=1)}
    # depth at which an item has turned up in both lists
    meets = [
        max(place, places[item]) for place, item in enumerate(shorter, start=1) if item in places
    ]
    common = np.cumsum(np.bincount(meets, minlength=deepest + 1)[1:])
    depth = np.arange(1, deepest + 1)
    total = float(np.sum(common / depth * p**depth))
    beyond = depth[s:]
    # the shorter list is taken to go on with the agreement it had at its end
    total += float(np.sum(common[s - 1] * (beyond - s) / (s * beyond) * p**beyond))
    at_end = (common[-1] - common[s - 1]) / deepest + common[s - 1] / s
    return (1 - p) / p * total + float(at_end) * p**deepest


def mean_overlap_test(
    ranks: ArrayLike,
    rng: np.random.Generator,
    p: float = 0.9,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution:
    """Mean rank-biased overlap of all pairs of judges, against each judge's ranks dealt at random.

    Lists are followed to the length of the shortest and taken to go on as there. Items that a judge
    ties at the edge of the first d count there by the share of them that fits.

    Parameters
    ----------
    ranks : array of shape (m, k)
        Ranks of k items by m judges, 1 best; NaN where a judge did not rank an item.
    rng
        Source of randomness.
    p
        Persistence, as in :func:`rank_biased_overlap`.
    draws
        Deals of each judge's ranks over all the items.
    level
        Of the central null interval.

    Returns
    -------
    NullDistribution
        Observed from 0 to 1.

    Raises
    ------
    ValueError
        With fewer than two judges, a judge who ranked nothing, or ``p`` not between 0 and 1.

    Notes
    -----
    Law: for lists of one length without ties it is the mean of :func:`rank_biased_overlap` over
    pairs. At depth d the pairs share ``sum_i c_i (c_i - 1) / 2`` items, with c_i the judges who
    have item i among their first d: so that pairs need not be looked at one by one.

    References
    ----------
    [webber2010]
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie between 0 and 1, found {p}")
    table = np.asarray(ranks, dtype=float)
    if table.ndim != 2 or len(table) < 2:
        raise ValueError(f"two judges or more are needed, found a table of shape {table.shape}")
    depth = int((~np.isnan(table)).sum(axis=1).min())
    if depth == 0:
        raise ValueError("a judge ranked nothing")
    among = _among_first(table, depth)
    alone = np.sum(among**2, axis=(0, 1))
    pairs = len(table) * (len(table) - 1) / 2
    depths = np.arange(1, depth + 1)
    weight = (1 - p) / p * p**depths
    weight[-1] += p**depth

    def overlap(judges: NDArray[np.float64]) -> NDArray[np.float64]:
        """From judges who have each item among their first d, shape (..., k, depth)."""
        shared = (np.sum(judges**2, axis=-2) - alone) / 2
        return np.asarray(shared / (pairs * depths) @ weight)

    m, k = table.shape
    null = []
    step = max(1, _CHUNK_CELLS // (m * k * depth))
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        order = rng.permuted(np.broadcast_to(np.arange(k), (rows, m, k)), axis=2)
        dealt = among[np.arange(m)[None, :, None], order]
        null.append(overlap(dealt.sum(axis=1)))
    observed = float(overlap(among.sum(axis=0)))
    return null_distribution(observed, np.concatenate(null), level=level)


def _among_first(ranks: NDArray[np.float64], depth: int) -> NDArray[np.float64]:
    """Share of each item that is among its judge's first d, shape (m, k, depth)."""
    unranked = np.isnan(ranks)
    filled = np.where(unranked, np.inf, ranks)
    below = (filled[:, None, :] < filled[:, :, None]).sum(axis=2)
    beside = (filled[:, None, :] == filled[:, :, None]).sum(axis=2)
    first = np.where(unranked, np.inf, below + 1.0)
    fits = (np.arange(1, depth + 1) - first[:, :, None] + 1) / beside[:, :, None]
    return np.asarray(np.clip(fits, 0.0, 1.0))


def group_rank_gap_test(
    scores: ArrayLike,
    groups: Sequence[Any] | ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution:
    """How far groups of judges lie apart: mean difference of an item's mean rank between two.

    Over all pairs of groups and all items, ``|mean rank in a - mean rank in b|``; set against the
    groups dealt to the judges at random.

    Parameters
    ----------
    scores : array of shape (m, k)
        Ranks or scores of k items by m judges; each judge's are ranked first.
    groups : sequence of length m
        Group of each judge, none missing; two or more.

    Returns
    -------
    NullDistribution
        Observed in places of the ranking, from 0 to at most k - 1.

    Raises
    ------
    ValueError
        If lengths differ, a group is missing, there is only one, or a score is missing.

    Notes
    -----
    Small groups lie apart by chance alone: read it against the null.
    """
    ranks = average_ranks(scores)
    codes, labels = encode(groups)
    if codes.size != len(ranks):
        raise ValueError(f"lengths differ: {len(ranks)} judges and {codes.size} groups")
    if np.any(codes == MISSING) or len(labels) < 2:
        raise ValueError("every judge needs a group, and two groups or more are needed")
    first, second = np.triu_indices(len(labels), k=1)
    sizes = np.bincount(codes)[None, :, None]

    def gaps(dealt: NDArray[np.int64]) -> NDArray[np.float64]:
        belongs = dealt[:, None, :] == np.arange(len(labels))[None, :, None]
        means = belongs @ ranks / sizes
        return np.asarray(np.abs(means[:, first] - means[:, second]).mean(axis=(1, 2)))

    null = gaps(permuted_codes(codes, draws, rng))
    return null_distribution(float(gaps(codes[None])[0]), null, level=level)


def _spread_at_most(ranks: NDArray[np.float64]) -> float:
    """Squared deviations of rank sums if all judges agreed as far as their ties allow."""
    m, k = ranks.shape
    # the sum of squared deviations of a judge's ranks falls by (t^3 - t)/12 for each tie
    return float(m * np.sum((ranks - (k + 1) / 2) ** 2))
