"""Charts of one column a year, in stretches one upon another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.rows import Part
from hedgerow.reporting.scales import axis_from_nought

_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 24, 12, 30
_SIZE = 14


@dataclass(frozen=True)
class Stack:
    """A column: what it is called beneath the axis, and its stretches from the bottom up."""

    label: str
    parts: tuple[Part, ...]

    @property
    def height(self) -> float:
        """Sum of its stretches."""
        return sum(part.value for part in self.parts)


def stacks(rows: Sequence[Stack], width: int) -> Drawing:
    """Draw columns side by side over an axis of counts, labelling as many as have room."""
    height = 240 if width > 500 else 200
    drawing = Drawing(width, height)
    highest = max((row.height for row in rows), default=0)
    axis = axis_from_nought(max(highest, 1), height - _BOTTOM, _TOP, most=4)
    for tick in axis.ticks(4):
        if tick != round(tick):
            continue
        y = axis.at(tick)
        drawing.line([(_LEFT, y), (width - _RIGHT, y)], "rule")
        drawing.text(_LEFT - 6, y + 5, f"{tick:,.0f}", size=_SIZE, tone="soft", anchor="end")
    step = (width - _LEFT - _RIGHT) / max(len(rows), 1)
    every = max(1, -(-64 // int(max(step, 1))))
    for index, row in enumerate(rows):
        left, reached = _LEFT + index * step + step * 0.14, 0.0
        for part in row.parts:
            low, high = axis.at(reached), axis.at(reached + part.value)
            if part.value > 0:
                drawing.rect(
                    left, high, step * 0.72, low - high, part.tone, edge="ink", thickness=0.8,
                    title=part.title,
                )  # fmt: skip  # place and looks each on a line
            reached += part.value
        if (len(rows) - 1 - index) % every == 0:
            drawing.text(
                left + step * 0.36, height - _BOTTOM + 20, row.label, size=_SIZE, tone="soft",
                anchor="middle",
            )  # fmt: skip  # as above
    drawing.line([(_LEFT, axis.at(0)), (width - _RIGHT, axis.at(0))], "ink")
    return drawing
