"""Survival and cumulative incidence with ties, censoring, competing causes and late entry."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.proportion import normal_quantile


@dataclass(frozen=True)
class Curve:
    """A step function of time, constant between its times.

    Attributes
    ----------
    times : array of shape (m,)
        Distinct times with at least one event of any cause, rising.
    at_risk : array of int, shape (m,)
        Units under observation just before each time.
    events : array of int, shape (m,)
        Events of the cause of interest at each time.
    values : array of shape (m,)
        The function just after each time: survival falls from 1, incidence rises from 0.
    variance : array of shape (m,)
        Greenwood-type variance of ``values``.
    start : float
        The value before the first time: 1 for survival, 0 for incidence.
    """

    times: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    events: NDArray[np.int64]
    values: NDArray[np.float64]
    variance: NDArray[np.float64]
    start: float

    def at(self, time: float) -> float:
        """Value at a time, events at that very time included."""
        index = int(np.searchsorted(self.times, time, side="right")) - 1
        return self.start if index < 0 else float(self.values[index])

    def interval_at(self, time: float, level: float = 0.95) -> tuple[float, float]:
        """Interval of the value at a time on the log(-log) scale, within 0 to 1.

        At a value of exactly 0 or 1 the scale has no spread and the interval is that value.
        """
        index = int(np.searchsorted(self.times, time, side="right")) - 1
        value = self.at(time)
        if index < 0 or not 0 < value < 1:
            return value, value
        survival = value if self.start == 1.0 else 1 - value
        spread = math.sqrt(self.variance[index]) / abs(survival * math.log(survival))
        z = normal_quantile(level)
        ends = sorted(survival ** math.exp(sign * z * spread) for sign in (-1, 1))
        low, high = ends if self.start == 1.0 else (1 - ends[1], 1 - ends[0])
        return low, high

    def time_to(self, share: float) -> float | None:
        """First time at which the given share (0 to 1) has had the event.

        ``time_to(0.5)`` of a survival curve is the median. ``None`` when not reached: the
        observation ended first, which is not the same as *never*.
        """
        reached = 1 - self.values if self.start == 1.0 else self.values
        # 1e-12 forgives rounding in a product such as 0.75 * 2/3
        hits = np.flatnonzero(reached >= share - 1e-12)
        return float(self.times[hits[0]]) if hits.size else None


def kaplan_meier(durations: ArrayLike, events: ArrayLike, entry: ArrayLike | None = None) -> Curve:
    """Kaplan-Meier survival: the share still without the event.

    ``S(t) = prod_{t_j <= t} (1 - d_j / n_j)``, with Greenwood's variance
    ``S(t)^2 sum d_j / (n_j (n_j - d_j))``.

    Parameters
    ----------
    durations : array of shape (n,)
        Time of event or of end of observation, on any one clock.
    events : array of bool, shape (n,)
        True for an event, False for censored.
    entry : array of shape (n,), optional
        Time at which observation of each unit starts (left truncation), before its duration.
        A unit is at risk at t when ``entry < t <= duration``.

    Raises
    ------
    ValueError
        If lengths differ, values are not finite, or an entry is not before its duration.

    Notes
    -----
    A unit censored at the time of an event counts as at risk there. Assumes that censored
    units have the same prospects as those who stay: for a unit that can no longer have the
    event use :func:`aalen_johansen`.

    References
    ----------
    [kaplan1958], [greenwood1926]
    """
    causes = np.asarray(events)
    if causes.dtype.kind not in "b" and not np.isin(causes, (0, 1)).all():
        raise ValueError("events must be true or false (1 or 0)")
    incidence = aalen_johansen(durations, causes.astype(np.int64), 1, entry)
    return Curve(
        incidence.times,
        incidence.at_risk,
        incidence.events,
        1 - incidence.values,
        incidence.variance,
        1.0,
    )


def aalen_johansen(
    durations: ArrayLike, causes: ArrayLike, cause: int = 1, entry: ArrayLike | None = None
) -> Curve:
    """Cumulative incidence of one cause among competing ones.

    ``F_1(t) = sum_{t_j <= t} S(t_j -) d_1j / n_j``, with S the survival from every cause.

    Parameters
    ----------
    durations : array of shape (n,)
        Time of event or of end of observation.
    causes : array of int, shape (n,)
        0 for censored, 1 and up for the cause of the event.
    cause
        The cause of interest.
    entry : array of shape (n,), optional
        Start of observation of each unit, as in :func:`kaplan_meier`.

    Returns
    -------
    Curve
        Incidence: the share that has had an event of this cause by each time, in a world where
        the other causes act as well.

    Raises
    ------
    ValueError
        If lengths differ, values are not finite, causes are not whole numbers of 0 or more,
        or an entry is not before its duration.

    Notes
    -----
    Laws: with one cause it is one minus Kaplan-Meier; the incidences of all causes add up to
    one minus overall survival; without censoring it is the plain share. Variance is the
    delta-method (Greenwood-type) estimate with multinomial increments.

    References
    ----------
    [aalen1978], [allignol2010]
    """
    time, kind, start = _check(durations, causes, entry)
    happened = kind > 0
    times = np.unique(time[happened])
    slot = np.searchsorted(times, time[happened])
    every = np.bincount(slot, minlength=times.size)
    mine = np.bincount(slot[kind[happened] == cause], minlength=times.size)
    # at risk at t: entered before t, and not yet left
    entered = np.searchsorted(np.sort(start), times, side="left")
    left = np.searchsorted(np.sort(time), times, side="left")
    at_risk = entered - left
    hazard = every / at_risk
    survival = np.cumprod(1 - hazard)
    before = np.concatenate([[1.0], survival[:-1]]) if times.size else survival
    values = np.cumsum(before * mine / at_risk)
    variance = _incidence_variance(values, before, at_risk, every, mine)
    return Curve(times, at_risk, mine, values, variance, 0.0)


def _incidence_variance(
    values: NDArray[np.float64],
    before: NDArray[np.float64],
    at_risk: NDArray[np.int64],
    every: NDArray[np.int64],
    mine: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Delta-method variance, its double sum taken apart into running sums."""
    n = at_risk.astype(float)
    share = mine / n
    spare = n * (n - every)
    a = np.divide(every, spare, out=np.zeros(n.size), where=spare > 0)
    b = before**2 * share * (1 - share) / n
    c = before * share / n
    total = (
        values**2 * np.cumsum(a)
        - 2 * values * np.cumsum(a * values)
        + np.cumsum(a * values**2)
        + np.cumsum(b)
        - 2 * values * np.cumsum(c)
        + 2 * np.cumsum(c * values)
    )
    return np.asarray(np.maximum(total, 0.0))


def _check(
    durations: ArrayLike, causes: ArrayLike, entry: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    time = np.asarray(durations, dtype=float)
    kind = np.asarray(causes)
    if time.ndim != 1 or kind.shape != time.shape:
        raise ValueError(f"durations and causes differ in shape: {time.shape}, {kind.shape}")
    if kind.dtype.kind not in "bui" or np.any(kind < 0):
        raise ValueError("causes must be whole numbers, 0 for censored")
    if entry is None:
        # everyone under observation from before the first time
        start = np.full(time.size, -np.inf)
    else:
        start = np.asarray(entry, dtype=float)
        if start.shape != time.shape:
            raise ValueError(f"durations and entry differ in shape: {time.shape}, {start.shape}")
        if not np.all(np.isfinite(start)) or np.any(start >= time):
            raise ValueError("every entry must be finite and before its duration")
    if not np.all(np.isfinite(time)):
        raise ValueError("durations must be finite; a unit still waiting is censored, not missing")
    return time, kind.astype(np.int64), start
