"""Whether a change in one series is followed by a change in another."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.permutation import NullDistribution, null_distribution


def follow_share(changes: ArrayLike, lags: int) -> tuple[float, int] | None:
    """Share of changes of one series that another follows within so many steps.

    ``sum_{i != j} sum_t c_i(t) f_j(t) / ((m - 1) sum_i sum_t c_i(t))`` with ``f_j(t)`` whether j
    changes in ``t + 1 .. t + lags``.

    Parameters
    ----------
    changes : array of bool, shape (m, steps)
        Which of m series changed at which step.
    lags
        Steps within which a change counts as following, 1 or more.

    Returns
    -------
    share : float
        0 to 1, over changes and the other series.
    events : int
        Changes that could be followed: those in the last ``lags`` steps cannot.

    Raises
    ------
    ValueError
        If lags are below 1, there are fewer than two series, or no more steps than lags. ``None``
        is given where nothing changed in time to be followed.

    Notes
    -----
    Series that change often follow everything: set it against :func:`follow_test`.
    """
    table = _checked(changes, lags)
    followed = _followed(table[None], lags)[0]
    events = int(table[:, : followed.shape[1]].sum())
    return None if events == 0 else (float(_shares(table[None], lags)[0]), events)


def follow_test(
    changes: ArrayLike,
    lags: int,
    rng: np.random.Generator,
    period: int = 1,
    draws: int = 999,
) -> NullDistribution | None:
    """Set :func:`follow_share` against the same series turned round in time by themselves.

    Parameters
    ----------
    changes, lags
        As in :func:`follow_share`.
    rng
        Source of randomness.
    period
        Series are turned by whole periods, so that what all do at one season stays.
    draws
        Number of draws.

    Returns
    -------
    NullDistribution or None
        ``None`` where nothing changed in time to be followed, or there is one period only.

    Raises
    ------
    ValueError
        As for :func:`follow_share`, or if the period is below 1 or does not divide the steps.

    Notes
    -----
    Each series keeps how often and in what rhythm it changes; what is lost is when, beside the
    others. It does not tell who leads: a common cause moves all.

    References
    ----------
    [weick1976], [orton1990]
    """
    table = _checked(changes, lags)
    m, steps = table.shape
    if period < 1 or steps % period:
        raise ValueError(f"{steps} steps are not a whole number of periods of {period}")
    found = follow_share(table, lags)
    turns = steps // period
    if found is None or turns < 2:
        return None
    shifts = rng.integers(0, turns, size=(draws, m)) * period
    at = (np.arange(steps)[None, None, :] - shifts[:, :, None]) % steps
    turned = np.take_along_axis(np.broadcast_to(table, (draws, m, steps)), at, axis=2)
    null = _shares(turned, lags)
    usable = null[np.isfinite(null)]
    return null_distribution(found[0], usable) if usable.size else None


def _shares(tables: NDArray[np.bool_], lags: int) -> NDArray[np.float64]:
    followed = _followed(tables, lags)
    first = tables[:, :, : followed.shape[2]]
    others = followed.sum(axis=1, keepdims=True) - followed
    hits = np.sum(first * others, axis=(1, 2), dtype=float)
    events = first.sum(axis=(1, 2)).astype(float)
    room = events * (tables.shape[1] - 1)
    return np.divide(hits, room, out=np.full(hits.size, np.nan), where=room > 0)


def _followed(tables: NDArray[np.bool_], lags: int) -> NDArray[np.int64]:
    steps = tables.shape[2]
    later = [tables[:, :, lag : steps - lags + lag] for lag in range(1, lags + 1)]
    return np.asarray(np.any(later, axis=0), dtype=np.int64)


def _checked(changes: ArrayLike, lags: int) -> NDArray[np.bool_]:
    table = np.asarray(changes)
    if table.ndim != 2 or table.dtype.kind != "b":
        raise ValueError("changes must be a table of true and false, one row for each series")
    if lags < 1:
        raise ValueError(f"lags must be 1 or more, found {lags}")
    if table.shape[0] < 2 or table.shape[1] <= lags:
        raise ValueError(
            f"{table.shape[0]} series of {table.shape[1]} steps: it takes two, longer than {lags}"
        )
    return table
