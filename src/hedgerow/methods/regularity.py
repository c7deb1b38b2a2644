"""How evenly events follow one another, and how long nothing happened."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEAST = 4
"""Events that it takes to speak of a rhythm: three gaps."""


def regularity(times: ArrayLike) -> float | None:
    """Evenness of the gaps between events: ``1 - min(1, sd / mean)`` of the gaps.

    Parameters
    ----------
    times : array of shape (n,)
        Times of the events in any order and unit.

    Returns
    -------
    float or None
        1 for gaps all alike; about 0 for events at random (whose gaps vary as much as they last)
        and for events that come in bursts. ``None`` with fewer than four events, or all at once.

    Raises
    ------
    ValueError
        If times are not finite numbers in one dimension.

    Notes
    -----
    Laws: neither another unit nor another beginning changes it. The coefficient of variation of a
    few gaps is biased downwards, so that few events look a little more even than they are.

    References
    ----------
    [goh2008]
    """
    gaps = np.diff(_sorted(times))
    if gaps.size < LEAST - 1 or gaps.sum() == 0:
        return None
    return float(1 - min(1.0, gaps.std(ddof=1) / gaps.mean()))


def longest_gap(times: ArrayLike, start: float, end: float) -> float:
    """Longest stretch between a start and an end in which nothing happened.

    The stretches before the first event and after the last count: what has not come since the last
    is as much of a gap as what came late.

    Raises
    ------
    ValueError
        If times are not finite, an event lies outside the period, or it does not last.
    """
    events = _sorted(times)
    if not start < end:
        raise ValueError(f"a period from {start} to {end} does not last")
    if events.size and not start <= events[0] <= events[-1] <= end:
        raise ValueError(f"events must lie from {start} to {end}")
    return float(np.diff(np.concatenate([[start], events, [end]])).max())


def _sorted(times: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(times, dtype=float)
    if array.ndim != 1 or not np.all(np.isfinite(array)):
        raise ValueError("times must be finite numbers in one dimension")
    return np.sort(array)
