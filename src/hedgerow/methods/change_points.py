"""Where a series changes its level: exact segmentation, and a test of one change in a rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.permutation import NullDistribution, null_distribution


@dataclass(frozen=True)
class RateChange:
    """The place at which one change of rate fits best.

    Attributes
    ----------
    index
        First position of the new rate.
    before, after
        Events per unit of exposure on either side.
    null
        Likelihood ratio statistic, set against a constant rate; large values alone speak against
        it, so read ``p_upper``.
    """

    index: int
    before: float
    after: float
    null: NullDistribution


def squared_cost(values: ArrayLike) -> NDArray[np.float64]:
    """Sum of squares about the mean of every segment ``[i, j)`` of a series.

    Parameters
    ----------
    values : array of shape (n,)

    Returns
    -------
    array of shape (n + 1, n + 1)
        Entry ``i, j`` for ``i < j``; infinite elsewhere.

    Raises
    ------
    ValueError
        If the series is empty or a value is not finite.
    """
    series = np.asarray(values, dtype=float)
    if series.ndim != 1 or not series.size or not np.all(np.isfinite(series)):
        raise ValueError("a series must be a list of finite numbers, one at least")
    # about the mean of all, so that squares do not swallow small differences
    series = series - series.mean()
    sums = _between(np.concatenate([[0.0], np.cumsum(series)]))
    squares = _between(np.concatenate([[0.0], np.cumsum(series**2)]))
    return np.where(_before(series.size), np.maximum(squares - sums**2 / _lengths(sums), 0), np.inf)


def poisson_cost(counts: ArrayLike, exposures: ArrayLike) -> NDArray[np.float64]:
    """Minus the log-likelihood of every segment at its own rate: ``N - N ln(N / E)``.

    Parameters
    ----------
    counts, exposures : arrays of shape (n,)
        Events, and what they could have come from, above 0 somewhere in every segment.

    Returns
    -------
    array of shape (n + 1, n + 1)
        Entry ``i, j`` for the segment ``[i, j)``, constants left out; infinite elsewhere.

    Raises
    ------
    ValueError
        If lengths differ, a number is negative or not finite, or there are events without exposure.
    """
    events, at_risk = _checked(counts, exposures)
    total = _between(np.concatenate([[0.0], np.cumsum(events)]))
    exposure = _between(np.concatenate([[0.0], np.cumsum(at_risk)]))
    some = (total > 0) & (exposure > 0)
    logs = np.log(np.divide(total, exposure, out=np.ones_like(total), where=some))
    return np.where(_before(events.size), total - total * logs, np.inf)


def best_changes(cost: ArrayLike, changes: int, shortest: int = 1) -> tuple[int, ...]:
    """Find the segmentation of least cost with so many changes, exactly, by dynamic programming.

    Parameters
    ----------
    cost : array of shape (n + 1, n + 1)
        As :func:`squared_cost` or :func:`poisson_cost` give it.
    changes
        Number of changes, 0 or more.
    shortest
        Fewest positions of a segment.

    Returns
    -------
    tuple of int
        First positions of the segments after the first, rising; the earliest where several are as
        good.

    Raises
    ------
    ValueError
        If the series is too short for so many segments.

    References
    ----------
    [auger1989]
    """
    table = np.asarray(cost, dtype=float)
    n = table.shape[0] - 1
    if table.shape != (n + 1, n + 1) or changes < 0 or shortest < 1:
        raise ValueError("cost must be square, changes 0 or more and segments 1 long or more")
    if n < (changes + 1) * shortest:
        raise ValueError(f"a series of {n} has no {changes + 1} segments of {shortest} or more")
    start, stop = np.indices(table.shape)
    allowed = np.where(stop - start >= shortest, table, np.inf)
    best, came_from = allowed[0], []
    for _ in range(changes):
        through = best[:, None] + allowed
        came_from.append(np.argmin(through, axis=0))
        best = through.min(axis=0)
    ends = [n]
    for chosen in reversed(came_from):
        ends.append(int(chosen[ends[-1]]))
    return tuple(reversed(ends[1:]))


def rate_change_test(
    counts: ArrayLike,
    exposures: ArrayLike,
    rng: np.random.Generator,
    shortest: int = 1,
    draws: int = 999,
) -> RateChange | None:
    """Find the best single change of a rate and set it against a constant one.

    ``2 (cost of one segment - least cost of two)``, against the same events dealt over positions in
    proportion to exposure.

    Parameters
    ----------
    counts, exposures : arrays of shape (n,)
        Whole numbers of events, and their exposures.
    rng
        Source of randomness.
    shortest
        Fewest positions on either side.
    draws
        Number of draws.

    Returns
    -------
    RateChange or None
        ``None`` without events, or where no place has exposure on both sides.

    Raises
    ------
    ValueError
        As for :func:`poisson_cost` and :func:`best_changes`.

    Notes
    -----
    The search over all places is part of the test. Exposures stand as they are: where events use
    up exposure the test is near enough while few of the units have the event in one step. A slow
    drift also passes for a change: the place is then where it is best cut in two.

    References
    ----------
    [worsley1986]
    """
    events, at_risk = _checked(counts, exposures)
    n = events.size
    if n < 2 * shortest:
        raise ValueError(f"a series of {n} has no 2 segments of {shortest} or more")
    if events.sum() >= 10**9:
        raise ValueError(f"{events.sum():g} events are too many to deal over the positions")
    sides = np.cumsum(at_risk)[shortest - 1 : n - shortest]
    open_ = (sides > 0) & (sides < at_risk.sum())
    if events.sum() == 0 or not open_.any():
        return None
    places = np.arange(shortest, n - shortest + 1)[open_]
    split = np.cumsum(at_risk)[places - 1]
    total, exposure = float(events.sum()), float(at_risk.sum())
    gains = _gains(events[None, :], places, split, total, exposure)[0]
    index = int(places[int(np.argmax(gains))])
    dealt = rng.multinomial(int(total), at_risk / exposure, size=draws).astype(float)
    null = _gains(dealt, places, split, total, exposure).max(axis=1)
    left = float(at_risk[:index].sum())
    return RateChange(
        index=index,
        before=float(events[:index].sum()) / left,
        after=float(events[index:].sum()) / (exposure - left),
        null=null_distribution(float(gains.max()), null),
    )


def _gains(
    events: NDArray[np.float64],
    places: NDArray[np.int64],
    split: NDArray[np.float64],
    total: float,
    exposure: float,
) -> NDArray[np.float64]:
    """Twice what the log-likelihood gains by a change at each place, one row for each series."""
    left = np.cumsum(events, axis=1)[:, places - 1]
    right = total - left
    with_change = _n_log_rate(left, split) + _n_log_rate(right, exposure - split)
    return np.asarray(np.maximum(2 * (with_change - total * np.log(total / exposure)), 0.0))


def _n_log_rate(count: NDArray[np.float64], exposure: NDArray[np.float64]) -> NDArray[np.float64]:
    rate = np.divide(count, exposure)
    return np.asarray(count * np.log(np.where(count > 0, rate, 1.0)))


def _between(cumulated: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(cumulated[None, :] - cumulated[:, None])


def _before(n: int) -> NDArray[np.bool_]:
    start, stop = np.indices((n + 1, n + 1))
    return np.asarray(start < stop)


def _lengths(square: NDArray[np.float64]) -> NDArray[np.float64]:
    start, stop = np.indices(square.shape)
    return np.asarray(np.maximum(stop - start, 1), dtype=float)


def _checked(
    counts: ArrayLike, exposures: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    events, at_risk = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    if events.ndim != 1 or not events.size or events.shape != at_risk.shape:
        raise ValueError("counts and exposures must be lists of one length, one at least")
    if not np.all(np.isfinite(events + at_risk)) or np.any(events < 0) or np.any(at_risk < 0):
        raise ValueError("counts and exposures must be finite and not negative")
    if np.any((events > 0) & (at_risk == 0)):
        raise ValueError("events without exposure have no rate")
    return events, at_risk
