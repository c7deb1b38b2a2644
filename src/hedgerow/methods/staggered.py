"""Effects of something that units begin at different times: Callaway and Sant'Anna."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.bootstrap import (
    BootstrapInterval,
    percentile_interval,
    resampled_units,
    resampled_weights,
)

Controls = Literal["never", "not_yet"]


@dataclass(frozen=True)
class GroupTimeEffects:
    """Effect on each cohort at each time; arrays of shape (cells,).

    Attributes
    ----------
    cohort
        When the cohort began.
    period
        When the effect is read.
    effect
        In the unit of the outcome. Before the beginning (``event`` below 0) it should be about
        0, or the comparison is not trusted.
    treated, controls
        Weight of units compared: with outcomes at both the base and the period.
    """

    cohort: NDArray[np.float64]
    period: NDArray[np.float64]
    effect: NDArray[np.float64]
    treated: NDArray[np.float64]
    controls: NDArray[np.float64]

    @property
    def event(self) -> NDArray[np.float64]:
        """Time since the beginning; below 0 before it."""
        return self.period - self.cohort


def group_time_effects(
    outcomes: ArrayLike,
    periods: ArrayLike,
    cohorts: ArrayLike,
    weights: ArrayLike | None = None,
    controls: Controls = "never",
    anticipation: int = 0,
) -> GroupTimeEffects:
    """Average effect on each cohort at each period, by difference in differences.

    ``ATT(g, t) = E[y_t - y_base | cohort g] - E[y_t - y_base | controls]``. From ``g`` less the
    anticipation on, the base is the last period before that; earlier, it is the period before t.

    Parameters
    ----------
    outcomes : array of shape (n, T)
        One row a unit, one column a period; NaN where not observed.
    periods : array of shape (T,)
        Their times, rising.
    cohorts : array of shape (n,)
        Period in which each unit began; infinite for never.
    weights : array of shape (n,), optional
        Units that each row stands for; a row may be the mean of a cohort.
    controls
        ``"never"``: units that never begin; ``"not_yet"``: those and units that have not begun
        by the period (anticipation allowed for).
    anticipation
        Periods before the beginning in which there may already be an effect.

    Returns
    -------
    GroupTimeEffects
        One cell for each cohort and period that can be compared. Cohorts that began in the
        first period or before, or had no period before the anticipation, have no base and are
        left out, as are cells in which nobody was observed at both ends.

    Raises
    ------
    ValueError
        If shapes do not fit, periods do not rise, or no cohort can be compared.

    Notes
    -----
    Laws: adding a constant to a unit or to a period changes nothing; outcomes that differ by
    unit and period alone give 0 throughout. It assumes that without beginning, cohort and
    controls would have moved in parallel; effects before the beginning show whether they did.

    References
    ----------
    [callaway2021]
    """
    y, when, start, w = _checked(outcomes, periods, cohorts, weights)
    cells = _cells(y, when, start, controls, anticipation)
    return _estimate(cells, w[None])[0]


def simple_effect(effects: GroupTimeEffects) -> float | None:
    """Mean effect over all cells from the beginning on, weighted by the size of the cohort."""
    return _mean(effects, effects.event >= 0)


def event_effects(effects: GroupTimeEffects) -> dict[int, float]:
    """Mean effect at each time since the beginning, over the cohorts observed then."""
    return {
        int(event): value
        for event in np.unique(effects.event)
        if (value := _mean(effects, effects.event == event)) is not None
    }


def dynamic_effect(effects: GroupTimeEffects) -> float | None:
    """Mean of :func:`event_effects` from the beginning on, each time since it weighing alike."""
    values = [value for event, value in event_effects(effects).items() if event >= 0]
    return float(np.mean(values)) if values else None


def cohort_effect(effects: GroupTimeEffects) -> float | None:
    """Mean over cohorts, by size, of each cohort's mean effect from the beginning on."""
    after = effects.event >= 0
    values, sizes = [], []
    for cohort in np.unique(effects.cohort[after]):
        mine = after & (effects.cohort == cohort)
        values.append(effects.effect[mine].mean())
        sizes.append(effects.treated[mine].mean())
    return float(np.average(values, weights=sizes)) if values else None


def simple_effect_interval(
    outcomes: ArrayLike,
    periods: ArrayLike,
    cohorts: ArrayLike,
    rng: np.random.Generator,
    clusters: Sequence[Any] | ArrayLike | None = None,
    controls: Controls = "never",
    anticipation: int = 0,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval:
    """Bootstrap interval of :func:`simple_effect`, units or whole clusters resampled.

    Parameters as in :func:`group_time_effects`; each row is one unit.

    Raises
    ------
    ValueError
        As :func:`group_time_effects`; or if there is no cell from the beginning on.

    Notes
    -----
    With few units in a cohort the interval is too narrow, and a single unit's is meaningless.
    """
    y, when, start, w = _checked(outcomes, periods, cohorts, None)
    cells = _cells(y, when, start, controls, anticipation)
    observed = simple_effect(_estimate(cells, w[None])[0])
    if observed is None:
        raise ValueError("no cohort is observed after its beginning")
    values = []
    for times in resampled_weights(len(y), rng, clusters, draws):
        for effects in _estimate(cells, times.astype(float)):
            found = simple_effect(effects)
            values.append(np.nan if found is None else found)
    return percentile_interval(observed, np.array(values), level, resampled_units(len(y), clusters))


@dataclass(frozen=True)
class _Cell:
    cohort: float
    period: float
    change: NDArray[np.float64]
    treated: NDArray[np.bool_]
    control: NDArray[np.bool_]


def _cells(
    y: NDArray[np.float64],
    when: NDArray[np.float64],
    start: NDArray[np.float64],
    controls: Controls,
    anticipation: int,
) -> list[_Cell]:
    cells = []
    for cohort in np.unique(start[np.isfinite(start)]):
        earlier = np.flatnonzero(when < cohort - anticipation)
        if not earlier.size:
            continue
        last = int(earlier[-1])
        for t in range(1, when.size):
            base = last if t > last else t - 1
            change = y[:, t] - y[:, base]
            seen = np.isfinite(change)
            treated = seen & (start == cohort)
            free = np.isinf(start)
            if controls == "not_yet":
                later = max(when[t], when[base]) + anticipation
                free |= (start > later) & (start != cohort)
            control = seen & free
            if treated.any() and control.any():
                filled = np.where(seen, change, 0.0)
                cells.append(_Cell(float(cohort), float(when[t]), filled, treated, control))
    if not cells:
        raise ValueError("no cohort can be compared: a base before it and controls are needed")
    return cells


def _estimate(cells: list[_Cell], weights: NDArray[np.float64]) -> list[GroupTimeEffects]:
    """Effects for each row of weights; cells without weight on either side are left out."""
    change = np.array([cell.change for cell in cells])
    treated = np.array([cell.treated for cell in cells], dtype=float)
    control = np.array([cell.control for cell in cells], dtype=float)
    treated_weight, control_weight = weights @ treated.T, weights @ control.T
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = weights @ (treated * change).T / treated_weight
        effect -= weights @ (control * change).T / control_weight
    cohort = np.array([cell.cohort for cell in cells])
    period = np.array([cell.period for cell in cells])
    found = []
    for row in range(len(weights)):
        kept = (treated_weight[row] > 0) & (control_weight[row] > 0)
        found.append(
            GroupTimeEffects(
                cohort[kept],
                period[kept],
                effect[row, kept],
                treated_weight[row, kept],
                control_weight[row, kept],
            )
        )
    return found


def _mean(effects: GroupTimeEffects, cells: NDArray[np.bool_]) -> float | None:
    if not cells.any():
        return None
    return float(np.average(effects.effect[cells], weights=effects.treated[cells]))


def _checked(
    outcomes: ArrayLike, periods: ArrayLike, cohorts: ArrayLike, weights: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    y, when = np.asarray(outcomes, dtype=float), np.asarray(periods, dtype=float)
    start = np.asarray(cohorts, dtype=float)
    if y.ndim != 2 or y.shape != (start.size, when.size):
        raise ValueError(
            f"outcomes must have shape (units, periods) = ({start.size}, {when.size}), "
            f"found {y.shape}"
        )
    if np.any(np.diff(when) <= 0):
        raise ValueError("periods must rise")
    if np.any(np.isnan(start)):
        raise ValueError("a cohort is missing: infinity stands for never")
    w = np.ones(start.size) if weights is None else np.asarray(weights, dtype=float)
    if w.shape != start.shape or not np.all(w >= 0):
        raise ValueError("weights must be one for each unit, zero or more")
    return y, when, start, w
