"""Charts of a course: values in their order with their intervals, and marks where something
happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.scales import Axis, round_step
from hedgerow.reporting.wording import number_text

_RIGHT, _TOP, _BOTTOM = 26, 16, 44
_SIZE = 14


@dataclass(frozen=True)
class Point:
    """A value on its way: where it stands, its value and interval, and what it is called."""

    x: float
    value: float
    label: str
    low: float | None = None
    high: float | None = None
    is_hollow: bool = False


@dataclass(frozen=True)
class Mark:
    """Something that happened: where on the way, and what."""

    x: float
    what: str


def course(
    points: Sequence[Point],
    marks: Sequence[Mark],
    width: int,
    *,
    unit: str,
    ticks: Sequence[tuple[float, str]],
    divider: float | None = None,
) -> Drawing:
    """Draw a course.

    Parameters
    ----------
    points : sequence of Point
        At least one, in order.
    marks : sequence of Mark
        Drawn beneath the axis.
    width : int
    unit : str
        Of the values, as in `number_text`.
    ticks : sequence of (float, str)
        Places along the way with their names.
    divider : float, optional
        Where a line parts before from after.
    """
    height = 260 if width > 500 else 230
    drawing = Drawing(width, height)
    up = _upwards(points, height)
    names = [number_text(tick, unit, decimals=_decimals(unit, up)) for tick in up.ticks(4)]
    left = 14 + max(len(name) for name in names) * _SIZE * 0.55
    ends = [point.x for point in points] + [tick for tick, _ in ticks]
    along = Axis(min(ends), max(max(ends), min(ends) + 1e-9), left + 12, width - _RIGHT)
    for tick, name in zip(up.ticks(4), names, strict=True):
        y = up.at(tick)
        drawing.line([(left, y), (width - _RIGHT + 12, y)], "rule")
        drawing.text(left - 6, y + 5, name, size=_SIZE, tone="soft", anchor="end")
    if divider is not None:
        x = along.at(divider)
        drawing.line([(x, _TOP), (x, height - _BOTTOM)], "soft", dash="4 4")
    for point in points:
        if point.low is not None and point.high is not None:
            x = along.at(point.x)
            drawing.line([(x, up.at(point.low)), (x, up.at(point.high))], "fourth", thickness=5)
    drawing.line([(along.at(one.x), up.at(one.value)) for one in points], "first", thickness=2)
    for point in points:
        drawing.mark(
            "circle", along.at(point.x), up.at(point.value), 5,
            "hollow" if point.is_hollow else "first", title=point.label,
        )  # fmt: skip  # place and looks each on a line
    for mark in marks:
        drawing.mark(
            "triangle", along.at(mark.x), height - _BOTTOM + 10, 6, "second", title=mark.what
        )
    _names(drawing, ticks, along, height)
    return drawing


def _upwards(points: Sequence[Point], height: int) -> Axis:
    lows = [one.value if one.low is None else one.low for one in points]
    highs = [one.value if one.high is None else one.high for one in points]
    low, high = min(0.0, *lows), max(0.0, *highs)
    step = round_step((high - low) or 1.0, 4)
    bottom, top = step * int(low / step - (low % step > 0)), step * -int(-high / step - 0.999999)
    return Axis(bottom, max(top, bottom + step), height - _BOTTOM, _TOP)


def _decimals(unit: str, up: Axis) -> int:
    step = round_step(up.high - up.low, 4) * (100 if unit == "share" else 1)
    return 0 if step >= 1 else 1 if step >= 0.1 else 2


def _names(drawing: Drawing, ticks: Sequence[tuple[float, str]], along: Axis, height: int) -> None:
    """Write as many names beneath the axis as have room, the last for certain."""
    room, free = 12.0, float("inf")
    for place, name in reversed(ticks):
        x, half = along.at(place), len(name) * _SIZE * 0.26
        end = min(x + half, drawing.width - 2)
        if end + room <= free:
            drawing.text(end - half, height - 6, name, size=_SIZE, tone="soft", anchor="middle")
            free = end - 2 * half
