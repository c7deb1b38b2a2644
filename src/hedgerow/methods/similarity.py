"""Likeness of units by what they have, compared only on what both were asked."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.bootstrap import percentile_interval, resampled_weights
from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.network import checked_pairs
from hedgerow.methods.permutation import NullDistribution, null_distribution, permuted_codes

_CHUNK_CELLS = 2_000_000


@dataclass(frozen=True)
class GroupLikeness:
    """How alike the units of one group are.

    Attributes
    ----------
    label
        The group's.
    units
        Units in it.
    within
        Mean similarity of its pairs, set against as many units drawn from all.
    """

    label: Hashable
    units: int
    within: NullDistribution


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
    s, codes, _ = _labelled(similarity, labels)
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


def group_likeness(
    similarity: ArrayLike,
    labels: Sequence[Any] | ArrayLike,
    rng: np.random.Generator,
    *,
    smallest: int = 2,
    draws: int = 999,
    level: float = 0.95,
) -> list[GroupLikeness]:
    """Is each group more alike within than as many units drawn at random?

    Parameters
    ----------
    similarity, labels, rng, draws, level
        As for :func:`likeness_gap`.
    smallest
        Groups of fewer units are left out, as are those without a defined pair.

    Returns
    -------
    list of GroupLikeness
        In order of first appearance. The null mean is that of all defined pairs, which is exact
        where no pair is undefined.

    Raises
    ------
    ValueError
        As :func:`likeness_gap`, or if ``smallest`` is below 2.

    References
    ----------
    [mantel1967]
    """
    s, codes, classes = _labelled(similarity, labels)
    if smallest < 2:
        raise ValueError(f"a group needs two units to have a pair, found smallest={smallest}")
    everywhere = _pair_means(s, np.arange(codes.size)[None, :])[0] if codes.size > 1 else np.nan
    found = []
    for code, label in enumerate(classes):
        members = np.flatnonzero(codes == code)
        if members.size < smallest:
            continue
        within = float(_pair_means(s, members[None, :])[0])
        if not np.isfinite(within):
            continue
        step = max(1, _CHUNK_CELLS // max(codes.size, members.size**2 // 2))
        null = np.concatenate(
            [
                _pair_means(s, _subsets(rng, min(step, draws - start), codes.size, members.size))
                for start in range(0, draws, step)
            ]
        )
        test = null_distribution(within, null[np.isfinite(null)], mean=everywhere, level=level)
        found.append(GroupLikeness(label, int(members.size), test))
    return found


def _labelled(
    similarity: ArrayLike, labels: Sequence[Any] | ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.int64], list[Hashable]]:
    """Similarities and codes of the units that have a label, and what the codes stand for."""
    s = np.asarray(similarity, dtype=float)
    codes, classes = encode(labels)
    if s.shape != (codes.size, codes.size):
        raise ValueError(f"{codes.size} labels do not fit a similarity of shape {s.shape}")
    if np.any(np.isinf(s)) or not np.allclose(s, s.T, equal_nan=True):
        raise ValueError("similarity must be symmetric and finite, NaN where undefined")
    kept = np.flatnonzero(codes != MISSING)
    return s[np.ix_(kept, kept)], codes[kept], classes


def _subsets(rng: np.random.Generator, draws: int, n: int, size: int) -> NDArray[np.int64]:
    """Units drawn without replacement, one sample a row."""
    return np.argsort(rng.random((draws, n)), axis=1)[:, :size]


def _pair_means(s: NDArray[np.float64], chosen: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean similarity of the pairs among each row of units; NaN where no pair is defined."""
    first, second = np.triu_indices(chosen.shape[1], k=1)
    values = s[chosen[:, first], chosen[:, second]]
    defined = ~np.isnan(values)
    count = defined.sum(axis=1)
    total = np.where(defined, values, 0.0).sum(axis=1)
    return np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0)


def tied_mean_test(
    values: ArrayLike,
    pairs: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """Mean of a value over certain pairs, against the units put in other places.

    Parameters
    ----------
    values : array of shape (n, n)
        Symmetric; NaN where undefined, and such pairs are left out.
    pairs : array of int, shape (m, 2)
        By row numbers. They stay where they are while the units are renumbered.
    rng
        Source of randomness.
    draws
        Renumberings.
    level
        Of the central null interval.

    Returns
    -------
    NullDistribution or None
        ``None`` when no pair has a value.

    Raises
    ------
    ValueError
        If the values are not square.

    References
    ----------
    [mantel1967]
    """
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise ValueError(f"values must be square, found shape {table.shape}")
    if np.any(np.isinf(table)):
        raise ValueError("a value is infinite: NaN where undefined")
    ends = checked_pairs(pairs, len(table))
    observed = table[ends[:, 0], ends[:, 1]]
    if not ends.size or np.isnan(observed).all():
        return None
    null = []
    step = max(1, _CHUNK_CELLS // max(len(ends), len(table)))
    for start in range(0, draws, step):
        shape = (min(step, draws - start), len(table))
        places = np.argsort(rng.random(shape), axis=1)
        dealt = table[places[:, ends[:, 0]], places[:, ends[:, 1]]]
        count = (~np.isnan(dealt)).sum(axis=1)
        total = np.nansum(dealt, axis=1)
        null.append(np.divide(total, count, out=np.full(shape[0], np.nan), where=count > 0))
    means = np.concatenate(null)
    return null_distribution(float(np.nanmean(observed)), means[~np.isnan(means)], level=level)


def likeness_gap_interval(
    similarity: ArrayLike,
    labels: Sequence[Any] | ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> tuple[float, float] | None:
    """Bootstrap interval of the gap between likeness within groups and between them.

    Units are drawn with replacement; a pair counts as often as both its units are drawn, and a
    unit is never paired with itself.

    Parameters and meaning of ``None`` as in :func:`likeness_gap`.

    Returns
    -------
    (low, high) or None

    Raises
    ------
    ValueError
        As :func:`likeness_gap`, or if the level is not between 0 and 1.

    Notes
    -----
    Units are taken for independent draws from something larger; for a complete count the interval
    says how far the gap hangs on single units.

    References
    ----------
    [efron1993]
    """
    s, codes, _ = _labelled(similarity, labels)
    defined = ~np.isnan(s) & ~np.eye(codes.size, dtype=bool)
    same = codes[:, None] == codes
    if not ((same & defined).any() and (~same & defined).any()):
        return None
    filled = np.where(defined, s, 0.0)
    gaps = []
    for times in resampled_weights(codes.size, rng, draws=draws):
        weight = times.astype(float)
        means = []
        for pairs in (same & defined, ~same & defined):
            above = np.einsum("ij,ij->i", weight @ (filled * pairs), weight)
            below = np.einsum("ij,ij->i", weight @ pairs.astype(float), weight)
            means.append(np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0))
        gaps.append(means[0] - means[1])
    found = percentile_interval(0.0, np.concatenate(gaps), level, codes.size)
    return found.low, found.high


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
