"""Percentile bootstrap intervals of a mean, a ratio or a median, by unit or by cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.median import medians

_CHUNK_CELLS = 2_000_000


@dataclass(frozen=True)
class BootstrapInterval:
    """A statistic with its bootstrap percentile interval.

    Attributes
    ----------
    value
        The statistic of the data as they are.
    low, high
        Percentile interval.
    level
        Confidence level.
    draws
        Resamples taken.
    undefined
        Resamples in which the statistic has no value (a ratio over nothing); left out.
    units
        What was resampled: number of units, or of clusters.
    """

    value: float
    low: float
    high: float
    level: float
    draws: int
    undefined: int
    units: int


def bootstrap_mean(
    values: ArrayLike,
    rng: np.random.Generator,
    clusters: Sequence[Any] | ArrayLike | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval:
    """Bootstrap interval of a mean.

    Parameters
    ----------
    values : array of shape (n,)
        Finite; take missing values out first, and count them.
    rng
        Source of randomness.
    clusters : sequence of length n, optional
        Whole clusters are resampled when given; then the mean is over units, so large
        clusters weigh more.
    draws
        Number of resamples.
    level
        Confidence level.

    Raises
    ------
    ValueError
        If fewer than two units (or clusters) are given, lengths differ, a value is not finite
        or a cluster is missing.

    Notes
    -----
    Percentile intervals are too narrow with few units or clusters (say, below 15), and a
    census has no sampling error to begin with. Resampling the vertices of a network is biased:
    do not feed this a network statistic.

    References
    ----------
    [efron1993], [cameron2008]
    """
    return bootstrap_ratio(values, np.ones(np.shape(values)), rng, clusters, draws, level)


def bootstrap_ratio(
    numerator: ArrayLike,
    denominator: ArrayLike,
    rng: np.random.Generator,
    clusters: Sequence[Any] | ArrayLike | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval:
    """Bootstrap interval of ``sum(numerator) / sum(denominator)``.

    Parameters are those of :func:`bootstrap_mean`, with two arrays of shape (n,). A weighted
    mean is the ratio of ``weight * value`` and ``weight``.

    Raises
    ------
    ValueError
        As for :func:`bootstrap_mean`, or when the denominator sums to zero.
    """
    top, bottom = _finite(numerator, "numerator"), _finite(denominator, "denominator")
    if top.size != bottom.size:
        raise ValueError(f"lengths differ: {top.size} and {bottom.size}")
    if bottom.sum() == 0:
        raise ValueError("the denominator sums to zero")
    codes = _cluster_codes(clusters, top.size)
    tops, bottoms = np.bincount(codes, top), np.bincount(codes, bottom)
    k = tops.size
    _require_two(k, clusters)
    values = np.empty(draws)
    step = max(1, _CHUNK_CELLS // k)
    for start in range(0, draws, step):
        chosen = rng.integers(0, k, size=(min(step, draws - start), k))
        below = bottoms[chosen].sum(axis=1)
        above = tops[chosen].sum(axis=1)
        values[start : start + step] = np.divide(
            above, below, out=np.full(above.size, np.nan), where=below != 0
        )
    return percentile_interval(float(top.sum() / bottom.sum()), values, level, k)


def bootstrap_median(
    values: ArrayLike,
    rng: np.random.Generator,
    clusters: Sequence[Any] | ArrayLike | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval:
    """Bootstrap interval of a median; parameters and errors as :func:`bootstrap_mean`.

    Notes
    -----
    The bootstrap distribution of a median sits on the few values in the middle of the data, so
    the interval moves in steps when units are few.
    """
    data = _finite(values, "values")
    order = np.argsort(data, kind="stable")
    resamples = resampled_weights(data.size, rng, clusters, draws)
    drawn = [_weighted_medians(data[order], times[:, order]) for times in resamples]
    units = resampled_units(data.size, clusters)
    return percentile_interval(float(medians(data)), np.concatenate(drawn), level, units)


def resampled_units(n: int, clusters: Sequence[Any] | ArrayLike | None = None) -> int:
    """What a resample draws: the number of clusters, or of units where there are none."""
    return int(_cluster_codes(clusters, n).max()) + 1


def resampled_weights(
    n: int,
    rng: np.random.Generator,
    clusters: Sequence[Any] | ArrayLike | None = None,
    draws: int = 999,
) -> Iterator[NDArray[np.int64]]:
    """How often each unit occurs in each resample, in blocks of shape (rows, n).

    Parameters
    ----------
    n
        Number of units.
    rng
        Source of randomness.
    clusters : sequence of length n, optional
        Whole clusters are resampled when given.
    draws
        Resamples over all blocks.

    Yields
    ------
    array of int, shape (rows, n)

    Raises
    ------
    ValueError
        If fewer than two units (or clusters) are given, or a cluster is missing.
    """
    codes = _cluster_codes(clusters, n)
    k = int(codes.max()) + 1
    _require_two(k, clusters)
    step = max(1, _CHUNK_CELLS // n)
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        chosen = rng.integers(0, k, size=(rows, k))
        flat = chosen + np.arange(rows)[:, None] * k
        times = np.bincount(flat.ravel(), minlength=rows * k).reshape(rows, k)
        yield times[:, codes]


def _weighted_medians(
    ordered: NDArray[np.float64], times: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Median of values repeated ``times``, one a row: mean of the two middle ones."""
    running = np.cumsum(times, axis=1)
    total = running[:, -1]
    lower = np.argmax(running > ((total - 1) // 2)[:, None], axis=1)
    upper = np.argmax(running > (total // 2)[:, None], axis=1)
    return np.asarray((ordered[lower] + ordered[upper]) / 2)


def _finite(values: ArrayLike, name: str) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=float)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, found {array.ndim} dimensions")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} must be finite: take missing values out first, and count them")
    return array


def _cluster_codes(clusters: Sequence[Any] | ArrayLike | None, n: int) -> NDArray[np.int64]:
    if n == 0:
        raise ValueError("no units to resample")
    if clusters is None:
        return np.arange(n)
    codes, _ = encode(clusters)
    if codes.size != n:
        raise ValueError(f"lengths differ: {n} values and {codes.size} clusters")
    if np.any(codes == MISSING):
        raise ValueError("a cluster label is missing")
    return codes


def _require_two(k: int, clusters: object) -> None:
    if k < 2:
        what = "units" if clusters is None else "clusters"
        raise ValueError(f"an interval needs two {what} or more, found {k}")


def percentile_interval(
    value: float, values: NDArray[np.float64], level: float, units: int
) -> BootstrapInterval:
    """Interval from resampled values, shape (draws,); NaN marks a resample without a value.

    Raises
    ------
    ValueError
        If the level is not between 0 and 1, or no resample has a value.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    defined = values[~np.isnan(values)]
    if not defined.size:
        raise ValueError("the statistic is undefined in every resample")
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return BootstrapInterval(
        value, float(low), float(high), level, values.size, values.size - defined.size, units
    )
