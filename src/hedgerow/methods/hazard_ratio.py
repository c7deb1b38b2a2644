"""Whether one of two groups has an event sooner: log-rank test and hazard ratio."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.proportion import normal_quantile

_STEPS = 50
_NEAR = 1e-10


@dataclass(frozen=True)
class LogRank:
    """Events of a group set against what equal hazards would give.

    Attributes
    ----------
    observed, expected
        Events in the group, and their expectation given who was at risk when.
    variance
        Hypergeometric variance of ``observed``, above 0.
    """

    observed: int
    expected: float
    variance: float

    @property
    def statistic(self) -> float:
        """``(observed - expected)^2 / variance``, chi-squared with one degree of freedom."""
        return (self.observed - self.expected) ** 2 / self.variance

    @property
    def p(self) -> float:
        """Two-sided p-value from the chi-squared approximation."""
        return math.erfc(math.sqrt(self.statistic / 2))


@dataclass(frozen=True)
class HazardRatio:
    """Hazard in a group over that in the others.

    Attributes
    ----------
    ratio
        ``exp(coefficient)``; 1 where events come as fast in both.
    low, high
        Wald interval, reckoned on the logarithm.
    coefficient
        Logarithm of the ratio.
    se
        Its standard error.
    """

    ratio: float
    low: float
    high: float
    coefficient: float
    se: float


def log_rank(durations: ArrayLike, events: ArrayLike, group: ArrayLike) -> LogRank | None:
    """Compare how soon events come in a group and outside it.

    At each time with ``d`` events among ``n`` at risk, ``n_1`` of them in the group, the group
    expects ``d n_1 / n`` with variance ``d (n_1/n)(1 - n_1/n)(n - d)/(n - 1)``.

    Parameters
    ----------
    durations : array of shape (n,)
        Time of event or of end of observation, on one clock.
    events, group : arrays of bool, shape (n,)
        True for an event; true for a unit of the group.

    Returns
    -------
    LogRank or None
        ``None`` where the variance is 0: nobody had the event while both groups were at risk.

    Raises
    ------
    ValueError
        If lengths differ, a duration is not finite, or flags are not true or false.

    Notes
    -----
    Most powerful where hazards are proportional; curves that cross can give nothing. Units censored
    at the time of an event count as at risk there.

    References
    ----------
    [mantel1966]
    """
    at = _risk_sets(*_checked(durations, events, group))
    share = at.group / at.all
    spare = np.where(at.all > 1, (at.all - at.events) / np.maximum(at.all - 1, 1), 0.0)
    variance = float(np.sum(at.events * share * (1 - share) * spare))
    if variance <= 0:
        return None
    return LogRank(
        observed=int(at.group_events.sum()),
        expected=float(np.sum(at.events * share)),
        variance=variance,
    )


def hazard_ratio(
    durations: ArrayLike, events: ArrayLike, group: ArrayLike, level: float = 0.95
) -> HazardRatio | None:
    """Fit the proportional hazards model of one group against the others, ties after Efron.

    Maximises the partial likelihood in which the ``l``-th of ``d`` tied events is drawn from all at
    risk less ``l/d`` of those tied.

    Parameters
    ----------
    durations, events, group
        As in :func:`log_rank`.
    level
        Of the interval.

    Returns
    -------
    HazardRatio or None
        ``None`` where it has no finite value: at every event, or at none, all at risk were of one
        group, or only one group had events while both were at risk.

    Raises
    ------
    ValueError
        As for :func:`log_rank`.

    Notes
    -----
    One number for the whole of the time, also where the ratio changed. Swapping the groups inverts
    it. Any rising change of the clock leaves it as it is.

    References
    ----------
    [cox1972], [efron1977]
    """
    at = _risk_sets(*_checked(durations, events, group))
    # one row for each event: l/d of the tied ones are taken out before it is drawn
    times = np.repeat(np.arange(at.events.size), at.events)
    within = np.arange(times.size) - np.repeat(np.cumsum(at.events) - at.events, at.events)
    taken = within / at.events[times]
    mine = at.group[times] - taken * at.group_events[times]
    others = (at.all - at.group)[times] - taken * (at.events - at.group_events)[times]
    both = (mine > 0) & (others > 0)
    observed = float(at.group_events.sum() - np.sum((others <= 0) & (mine > 0)))
    mine, others = mine[both], others[both]
    if not 0 < observed < mine.size:
        return None
    coefficient = 0.0
    for _ in range(_STEPS):
        share = mine / (mine + others * math.exp(-coefficient))
        information = float(np.sum(share * (1 - share)))
        step = (observed - float(share.sum())) / information
        coefficient += float(np.clip(step, -2, 2))
        if abs(step) < _NEAR:
            break
    share = mine / (mine + others * math.exp(-coefficient))
    se = 1 / math.sqrt(float(np.sum(share * (1 - share))))
    spread = normal_quantile(level) * se
    return HazardRatio(
        ratio=math.exp(coefficient),
        low=math.exp(coefficient - spread),
        high=math.exp(coefficient + spread),
        coefficient=coefficient,
        se=se,
    )


@dataclass(frozen=True)
class _RiskSets:
    """At each time with an event: how many were at risk and had it, in all and in the group."""

    all: NDArray[np.int64]
    group: NDArray[np.int64]
    events: NDArray[np.int64]
    group_events: NDArray[np.int64]


def _risk_sets(
    time: NDArray[np.float64], happened: NDArray[np.bool_], mine: NDArray[np.bool_]
) -> _RiskSets:
    times = np.unique(time[happened])

    def at_risk(of: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.asarray(of.size - np.searchsorted(np.sort(of), times, side="left"))

    def had_it(of: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.bincount(np.searchsorted(times, of), minlength=times.size)

    return _RiskSets(
        at_risk(time), at_risk(time[mine]), had_it(time[happened]), had_it(time[happened & mine])
    )


def _checked(
    durations: ArrayLike, events: ArrayLike, group: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    time = np.asarray(durations, dtype=float)
    flags = [np.asarray(events), np.asarray(group)]
    if time.ndim != 1 or any(one.shape != time.shape for one in flags):
        raise ValueError("durations, events and group must be lists of one length")
    if not np.all(np.isfinite(time)):
        raise ValueError("durations must be finite; a unit still waiting is censored, not missing")
    if any(one.dtype.kind != "b" and not np.isin(one, (0, 1)).all() for one in flags):
        raise ValueError("events and group must be true or false (1 or 0)")
    return time, flags[0].astype(bool), flags[1].astype(bool)
