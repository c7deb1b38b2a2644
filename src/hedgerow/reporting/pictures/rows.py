"""Charts of one row a thing: its label, its value in words, and beneath them a bar, a range or a
spread.

Labels stand above their row, not beside it, so that long names need no gutter and a telephone shows
the same chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hedgerow.reporting.drawing import Drawing, fitted, text_width
from hedgerow.reporting.scales import Axis

SIZE = 15
_LABEL = 19
_BAR = 14
_GAP = 13
_EDGE = 6


@dataclass(frozen=True)
class Part:
    """A stretch of a bar: how long, in which tone, and what it says when a pointer rests on it."""

    value: float
    tone: str
    title: str


@dataclass(frozen=True)
class Bar:
    """A bar of one or more stretches; ``marker`` is a value to compare it with."""

    label: str
    said: str
    parts: tuple[Part, ...]
    marker: float | None = None
    marker_title: str = ""


@dataclass(frozen=True)
class Range:
    """A value with its interval, before the band that chance alone would give."""

    label: str
    said: str
    value: float
    low: float | None
    high: float | None
    expected: float
    expected_low: float
    expected_high: float
    title: str


@dataclass(frozen=True)
class Spread:
    """Least, lower quarter, middle, upper quarter and most of something; ends may be held back."""

    label: str
    said: str
    points: tuple[float, float, float, float, float]
    title: str


def _heading(drawing: Drawing, top: float, label: str, said: str) -> None:
    room = drawing.width - 2 * _EDGE - text_width(said, SIZE) - 12
    drawing.text(_EDGE, top + SIZE, fitted(label, room, SIZE), size=SIZE)
    drawing.text(drawing.width - _EDGE, top + SIZE, said, size=SIZE, anchor="end", is_bold=True)


def bars(rows: Sequence[Bar], width: int, axis_high: float) -> Drawing:
    """Draw horizontal bars from nought to ``axis_high``; each says its own value, so there is no
    axis to read."""
    step = _LABEL + _BAR + _GAP
    drawing = Drawing(width, step * len(rows) + 2)
    axis = Axis(0.0, axis_high, _EDGE, width - _EDGE)
    for index, row in enumerate(rows):
        top = index * step
        _heading(drawing, top, row.label, row.said)
        drawing.rect(_EDGE, top + _LABEL + 4, width - 2 * _EDGE, _BAR, "pale")
        reached = 0.0
        for part in row.parts:
            left, right = axis.at(reached), axis.at(reached + part.value)
            if right > left:
                drawing.rect(
                    left, top + _LABEL + 4, right - left, _BAR, part.tone, edge="ink",
                    thickness=0.8, title=part.title,
                )  # fmt: skip  # place, size and looks each on a line
            reached += part.value
        if row.marker is not None:
            x = axis.at(row.marker)
            drawing.line([(x, top + _LABEL), (x, top + _LABEL + _BAR + 8)], "paper", thickness=6)
            drawing.path(
                f"M{x:.1f} {top + _LABEL:.1f}v{_BAR + 8}", edge="ink", thickness=3,
                title=row.marker_title,
            )  # fmt: skip  # as above
    return drawing


def _axis_beneath(drawing: Drawing, axis: Axis, top: float, words: dict[float, str]) -> None:
    for value, said in words.items():
        x = axis.at(value)
        drawing.line([(x, 0), (x, top + 4)], "rule")
        share = (x - axis.start) / (axis.end - axis.start)
        anchor = "start" if share < 0.05 else "end" if share > 0.95 else "middle"
        drawing.text(x, top + 20, said, size=SIZE - 1, tone="soft", anchor=anchor)


def ranges(
    rows: Sequence[Range], width: int, axis: tuple[float, float], words: dict[float, str]
) -> Drawing:
    """Draw values with intervals before bands of chance, over an axis whose ticks are in
    ``words``."""
    step = _LABEL + _BAR + _GAP + 4
    drawing = Drawing(width, step * len(rows) + 28)
    scale = Axis(*axis, _EDGE + 4, width - _EDGE - 4)
    _axis_beneath(drawing, scale, step * len(rows), words)
    for index, row in enumerate(rows):
        top = index * step
        drawing.rect(0, top, width, _LABEL + 2, "paper")
        _heading(drawing, top, row.label, row.said)
        middle = top + _LABEL + 6 + _BAR / 2
        left, right = scale.at(row.expected_low), scale.at(row.expected_high)
        drawing.rect(left, middle - 7, max(right - left, 2), 14, "rule")
        x = scale.at(row.expected)
        drawing.line([(x, middle - 7), (x, middle + 7)], "soft", thickness=2)
        if row.low is not None and row.high is not None:
            ends = [(scale.at(row.low), middle), (scale.at(row.high), middle)]
            drawing.line(ends, "hedge", thickness=2.5)
        drawing.mark("circle", scale.at(row.value), middle, 6, "hedge", title=row.title)
    return drawing


def spreads(
    rows: Sequence[Spread], width: int, axis: tuple[float, float], words: dict[float, str]
) -> Drawing:
    """Draw for each row a line from least to most, a bar for the middle half and a mark for the
    middle."""
    step = _LABEL + _BAR + _GAP + 2
    drawing = Drawing(width, step * len(rows) + 28)
    scale = Axis(*axis, _EDGE, width - _EDGE - 4)
    _axis_beneath(drawing, scale, step * len(rows), words)
    for index, row in enumerate(rows):
        top = index * step
        drawing.rect(0, top, width, _LABEL + 2, "paper")
        _heading(drawing, top, row.label, row.said)
        middle = top + _LABEL + 6 + _BAR / 2
        least, lower, centre, upper, most = (scale.at(point) for point in row.points)
        drawing.line([(least, middle), (most, middle)], "soft", thickness=2)
        drawing.rect(
            lower, middle - 5, max(upper - lower, 1.5), 10, "maintained", edge="ink", thickness=0.8
        )
        drawing.mark("diamond", centre, middle, 6.5, "hedge", title=row.title)
    return drawing
