"""Where a place stands on the axes of coupling: what is known put through the knots, and what is
not known left anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.landscape.finding import Finding
from hedgerow.localities.coupling_knots import AXIS_PARTS_AT_LEAST, Axis, Measure

DRAWS = 2000
"""Draws of a place's position within what is known of it."""

UNSTATED_ERROR = 0.08
"""Standard error on an axis of a finding that has no interval."""

_NORMAL_95 = 1.959964


@dataclass(frozen=True, kw_only=True)
class Part:
    """One measure as it stands for a place.

    Attributes
    ----------
    name : str
    axis : Axis
    finding : str
        Identifier of the finding that was read, or would have been.
    read : float or None
        What was read of it; None where it is not measured.
    position : float or None
        Where that stands on the axis, 0 to 1.
    """

    name: str
    axis: Axis
    finding: str
    read: float | None
    position: float | None


@dataclass(frozen=True, kw_only=True)
class AxisPosition:
    """Where a place stands on an axis.

    Attributes
    ----------
    value : float
        Mean over draws, 0 to 1.
    low, high : float
        Middle 95 per cent of the draws.
    measured, parts : int
        How many of its parts are measured, and how many there are.
    """

    value: float
    low: float
    high: float
    measured: int
    parts: int


@dataclass(frozen=True, eq=False)
class Positions:
    """Where a place stands.

    Attributes
    ----------
    parts : tuple of Part
    axes : mapping of str to AxisPosition
        Axes of which half of the parts or more are measured.
    draws : mapping of str to array of shape (DRAWS,)
        Positions on those axes.
    """

    parts: tuple[Part, ...]
    axes: dict[str, AxisPosition]
    draws: dict[str, NDArray[np.float64]]


def positions(
    measures: Sequence[Measure], findings: Mapping[str, Finding], rng: np.random.Generator
) -> Positions:
    """Put findings on their axes.

    In every draw a measured part moves within its interval, and a part that is not measured may
    stand anywhere; an axis is the mean of its parts.

    Parameters
    ----------
    measures : sequence of Measure
    findings : mapping of str to Finding
        By identifier.
    rng : numpy.random.Generator
    """
    parts: list[Part] = []
    drawn: dict[Axis, list[NDArray[np.float64]]] = {}
    measured: dict[Axis, int] = {}
    for measure in measures:
        found = measure.read(findings)
        draws = rng.random(DRAWS)
        if found is None:
            parts.append(_unmeasured(measure))
        else:
            finding, read = found
            draws = _draws(measure, finding, read, rng)
            measured[measure.axis] = measured.get(measure.axis, 0) + 1
            parts.append(
                Part(
                    name=measure.name,
                    axis=measure.axis,
                    finding=finding.id,
                    read=read,
                    position=float(_placed(measure, np.array(read))),
                )
            )
        drawn.setdefault(measure.axis, []).append(draws)
    means = {
        str(axis): np.mean(several, axis=0)
        for axis, several in drawn.items()
        if measured.get(axis, 0) >= AXIS_PARTS_AT_LEAST * len(several)
    }
    axes = {
        str(axis): _axis(means[axis], measured[axis], len(drawn[axis]))
        for axis in drawn
        if axis in means
    }
    return Positions(tuple(parts), axes, means)


def _unmeasured(measure: Measure) -> Part:
    return Part(
        name=measure.name,
        axis=measure.axis,
        finding=measure.findings[0],
        read=None,
        position=None,
    )


def _axis(draws: NDArray[np.float64], measured: int, parts: int) -> AxisPosition:
    low, high = np.quantile(draws, (0.025, 0.975))
    return AxisPosition(
        value=float(draws.mean()),
        low=float(low),
        high=float(high),
        measured=measured,
        parts=parts,
    )


def _placed(measure: Measure, read: NDArray[np.float64]) -> NDArray[np.float64]:
    at, where = zip(*measure.knots, strict=True)
    return np.asarray(np.interp(read, at, where))


def _draws(
    measure: Measure, finding: Finding, read: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Positions of a part within what is known of it, shape (DRAWS,)."""
    between = finding.interval
    chance = rng.standard_normal(DRAWS)
    if between is None:
        return np.clip(_placed(measure, np.array(read)) + UNSTATED_ERROR * chance, 0, 1)
    assert finding.value is not None, "a finding that is read has a value"
    # what is read is the value times something, or the value less something
    scale = float(max(finding.n - 1, 0)) if measure.reading == "partners" else 1.0
    if measure.reading == "of all":
        scale = 1 / finding.n
    if between.level >= 1:
        within = rng.uniform(between.low, between.high, DRAWS) - finding.value
    else:
        within = chance * (between.high - between.low) / (2 * _NORMAL_95)
    placed = _placed(measure, read + scale * within)
    if between.high > between.low:
        return placed
    return np.clip(placed + UNSTATED_ERROR * chance, 0, 1)
