"""Before and after for units that begin something at different times, each against those that did
not begin: difference in differences, one unit at a time.

Where `hedgerow.methods.staggered` compares with the last period before, this compares with the mean
of several, and with controls that were active before just as the beginners were: what was not there
cannot be given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import encode
from hedgerow.methods.permutation import NullDistribution, null_distribution


@dataclass(frozen=True)
class Window:
    """Which periods around a beginning are compared, and who takes part.

    Attributes
    ----------
    before, after : int
        At most so many periods before the anticipation, and from the beginning on.
    anticipation : int
        Periods before the beginning in which there may already be an effect: left out.
    least_active : float
        A unit takes part when it was active (outcome above 0) in at least this share of the periods
        before in which it was observed; 0 lets all take part.
    """

    before: int = 6
    after: int = 6
    anticipation: int = 1
    least_active: float = 1 / 3


@dataclass(frozen=True)
class StackedEffects:
    """Effect on each unit that began and can be compared; arrays of shape (k,) unless said.

    Attributes
    ----------
    units
        Row numbers.
    effects
        Its mean after less its mean before, less the same of its controls.
    controls
        How many units it was compared with.
    events : array of int, shape (e,)
        Periods since the beginning, below 0 before it; the anticipation among them.
    paths : array of shape (k, e)
        Effect at each of them: outcome less the mean before, less the same of the controls; NaN
        where not observed.
    """

    units: NDArray[np.int64]
    effects: NDArray[np.float64]
    controls: NDArray[np.int64]
    events: NDArray[np.int64]
    paths: NDArray[np.float64]


def stacked_effects(
    outcomes: ArrayLike,
    begins: ArrayLike,
    window: Window | None = None,
    strata: Sequence[Any] | ArrayLike | None = None,
) -> StackedEffects:
    """Effect of beginning on each unit.

    Parameters
    ----------
    outcomes : array of shape (n, T)
        One row a unit, one column a period; NaN where not observed.
    begins : array of shape (n,)
        Column in which each unit began; infinite for never; NaN for units that take no part, such
        as those that began before the first period.
    window : Window, optional
    strata : sequence of length n, optional
        Controls come from the unit's own stratum alone.

    Returns
    -------
    StackedEffects
        Units without a period before, a period after or a control are left out.

    Raises
    ------
    ValueError
        If shapes do not fit.

    Notes
    -----
    Controls are units of the stratum that do not begin until after the window and that were active
    before just as the unit had to be. Laws: adding a constant to a period changes nothing; where
    outcomes differ by unit and period alone every effect is 0. It assumes that without beginning
    both would have moved in parallel, and `paths` before the beginning show whether they did; with
    ``least_active`` above 0 both fall back towards their mean alike, which the controls take out.

    References
    ----------
    [callaway2021], [cengiz2019]
    """
    y, start, codes = _checked(outcomes, begins, strata)
    chosen = window or Window()
    events = np.arange(-chosen.before - chosen.anticipation, chosen.after)
    units, effects, controls, paths = [], [], [], []
    for column in np.unique(start[np.isfinite(start)]).astype(int):
        cohort = _cohort(y, start, codes, column, chosen)
        for unit in np.flatnonzero(cohort.treated).tolist():
            mine = cohort.control & (codes == codes[unit])
            if not mine.any():
                continue
            units.append(unit)
            effects.append(cohort.change[unit] - cohort.change[mine].mean())
            controls.append(int(mine.sum()))
            paths.append(_path(y, unit, mine, column, events, cohort.base))
    return StackedEffects(
        np.array(units, dtype=np.int64),
        np.array(effects, dtype=float),
        np.array(controls, dtype=np.int64),
        events,
        np.array(paths, dtype=float).reshape(len(units), events.size),
    )


def mean_effect_null(
    outcomes: ArrayLike,
    begins: ArrayLike,
    rng: np.random.Generator,
    window: Window | None = None,
    strata: Sequence[Any] | ArrayLike | None = None,
    draws: int = 999,
) -> NullDistribution | None:
    """Mean effect against beginnings dealt anew among the units of each stratum.

    Parameters as in :func:`stacked_effects`; units that take no part keep out.

    Returns
    -------
    NullDistribution or None
        ``None`` when no unit can be compared. Draws in which none can are left out.

    References
    ----------
    [callaway2021], [phipson2010]
    """
    y, start, codes = _checked(outcomes, begins, strata)
    chosen = window or Window()
    observed = stacked_effects(y, start, chosen, codes).effects
    if not observed.size:
        return None
    inside = np.flatnonzero(~np.isnan(start))
    dealt = np.empty((draws, start.size))
    dealt[:] = start
    for code in np.unique(codes[inside]):
        rows = inside[codes[inside] == code]
        dealt[:, rows] = rng.permuted(np.broadcast_to(start[rows], (draws, rows.size)), axis=1)
    means = _means(y, dealt, codes, chosen, np.ones(start.size)[None])
    return null_distribution(float(observed.mean()), means[np.isfinite(means)])


def mean_effect_draws(
    outcomes: ArrayLike,
    begins: ArrayLike,
    weights: NDArray[np.int64],
    window: Window | None = None,
    strata: Sequence[Any] | ArrayLike | None = None,
) -> NDArray[np.float64]:
    """Mean effect in resamples of the units, shape (draws,); NaN where it is undefined.

    Parameters
    ----------
    outcomes, begins, window, strata
        As in :func:`stacked_effects`.
    weights : array of int, shape (draws, n)
        How often each unit occurs, as from `hedgerow.methods.bootstrap.resampled_weights`.
    """
    y, start, codes = _checked(outcomes, begins, strata)
    return _means(y, start[None], codes, window or Window(), weights.astype(float))


@dataclass(frozen=True)
class GroupMeans:
    """Mean effect of groups of units; arrays of shape (g,).

    Attributes
    ----------
    groups
        Labels, in order of first unit.
    means, errors
        Mean effect and its standard error.
    sizes
        Units in each.
    """

    groups: list[Any]
    means: NDArray[np.float64]
    errors: NDArray[np.float64]
    sizes: NDArray[np.int64]


def group_means(
    effects: StackedEffects, groups: Sequence[Any], prior_variance: float = 0.0
) -> GroupMeans | None:
    """Mean effect of each group of units, with errors from the spread within groups.

    ``se = s sqrt(1/n + mean of 1/controls)``, with s the spread of effects about their group's mean
    pooled over groups (about the common mean where no group has two), as single groups are too
    small to tell their own.

    Parameters
    ----------
    effects : StackedEffects
    groups : sequence of length k
        The group of each of its units.
    prior_variance
        Variance of one effect that counts as having been seen beforehand, so that a few units that
        happen to agree do not seem certain; 0 for none.

    Returns
    -------
    GroupMeans or None
        ``None`` without units, or where nothing tells of the spread.

    Raises
    ------
    ValueError
        If there is not one group for each unit.
    """
    codes, labels = encode(list(groups))
    values = effects.effects
    if values.size != codes.size:
        raise ValueError(f"lengths differ: {values.size} effects and {codes.size} groups")
    if not values.size:
        return None
    sizes = np.bincount(codes)
    means = np.bincount(codes, values) / sizes
    freedom = values.size - sizes.size
    centre = means[codes] if freedom > 0 else np.full(values.size, values.mean())
    freedom = (freedom if freedom > 0 else values.size - 1) + int(prior_variance > 0)
    squares = float(np.sum((values - centre) ** 2)) + prior_variance
    if freedom == 0 or squares <= 0:
        return None
    others = np.bincount(codes, 1 / effects.controls) / sizes
    errors = np.sqrt(squares / freedom * (1 / sizes + others))
    return GroupMeans(labels, means, errors, sizes)


@dataclass(frozen=True)
class _Cohort:
    """Those who may begin in one column, and whom they are compared with."""

    change: NDArray[np.float64]
    base: NDArray[np.float64]
    treated: NDArray[np.bool_]
    control: NDArray[np.bool_]


def _changes(
    y: NDArray[np.float64], column: int, window: Window
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]] | None:
    """Change of every unit around a column, its mean before, and whether it can take part."""
    last = column - window.anticipation
    before = y[:, max(0, last - window.before) : max(0, last)]
    after = y[:, column : column + window.after]
    if not before.shape[1] or not after.shape[1]:
        return None
    seen = np.isfinite(before).any(axis=1) & np.isfinite(after).any(axis=1)
    observed = np.isfinite(before).sum(axis=1)
    # a hair of slack, for two in six are a third
    active = np.sum(np.nan_to_num(before) > 0, axis=1) >= window.least_active * observed - 1e-9
    fits = seen & active
    base = np.full(len(y), np.nan)
    change = np.full(len(y), np.nan)
    base[fits] = np.nanmean(before[fits], axis=1)
    change[fits] = np.nanmean(after[fits], axis=1) - base[fits]
    return change, base, fits


def _until(column: int, periods: int, window: Window) -> int:
    """First column in which a control may begin."""
    return min(column + window.after, periods) + window.anticipation


def _cohort(
    y: NDArray[np.float64],
    start: NDArray[np.float64],
    codes: NDArray[np.int64],
    column: int,
    window: Window,
) -> _Cohort:
    found = _changes(y, column, window)
    if found is None:
        nobody = np.zeros(len(y), dtype=bool)
        return _Cohort(np.full(len(y), np.nan), np.full(len(y), np.nan), nobody, nobody)
    change, base, fits = found
    late = start >= _until(column, y.shape[1], window)
    return _Cohort(change, base, fits & (start == column), fits & late)


def _path(
    y: NDArray[np.float64],
    unit: int,
    controls: NDArray[np.bool_],
    column: int,
    events: NDArray[np.int64],
    base: NDArray[np.float64],
) -> NDArray[np.float64]:
    path = np.full(events.size, np.nan)
    columns = column + events
    inside = np.flatnonzero((columns >= 0) & (columns < y.shape[1]))
    for place in inside:
        at = y[:, columns[place]] - base
        others = at[controls]
        if np.isfinite(at[unit]) and np.isfinite(others).any():
            path[place] = at[unit] - np.nanmean(others)
    return path


def _means(
    y: NDArray[np.float64],
    starts: NDArray[np.float64],
    codes: NDArray[np.int64],
    window: Window,
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Mean effect for each row of beginnings or of weights (one of the two has one row)."""
    rows = max(len(starts), len(weights))
    total, count = np.zeros(rows), np.zeros(rows)
    columns = np.unique(starts[np.isfinite(starts)]).astype(int)
    for column in columns:
        found = _changes(y, column, window)
        if found is None:
            continue
        change, _, fits = found
        filled = np.where(fits, change, 0.0)
        until = _until(column, y.shape[1], window)
        for code in np.unique(codes[fits]):
            inside = fits & (codes == code)
            treated = ((starts[:, inside] == column) * weights[:, inside]).astype(float)
            control = ((starts[:, inside] >= until) * weights[:, inside]).astype(float)
            values = filled[inside]
            many, others = treated.sum(axis=1), control.sum(axis=1)
            with np.errstate(invalid="ignore", divide="ignore"):
                against = control @ values / others
            can = (many > 0) & (others > 0)
            total += np.where(can, treated @ values - many * np.where(can, against, 0.0), 0.0)
            count += np.where(can, many, 0.0)
    return np.divide(total, count, out=np.full(rows, np.nan), where=count > 0)


def _checked(
    outcomes: ArrayLike, begins: ArrayLike, strata: Sequence[Any] | ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    y, start = np.asarray(outcomes, dtype=float), np.asarray(begins, dtype=float)
    if y.ndim != 2 or start.shape != (len(y),):
        raise ValueError(f"outcomes must be (units, periods) and begins (units,), found {y.shape} "
                         f"and {start.shape}")  # fmt: skip  # one sentence
    if np.any(np.isinf(y)):
        raise ValueError("an outcome is infinite: NaN where not observed")
    there = start[np.isfinite(start)]
    if np.any((there < 0) | (there % 1 > 0) | (there > 10**9)):
        raise ValueError(
            "units begin in a column, numbered from 0; NaN for those that take no part"
        )
    codes = np.zeros(len(y), dtype=np.int64) if strata is None else encode(strata)[0]
    if codes.shape != start.shape:
        raise ValueError(f"lengths differ: {len(y)} units and {codes.size} strata")
    return y, start, codes
