"""Scales of charts: round steps, and where a value lies on an axis."""

from __future__ import annotations

import math
from dataclasses import dataclass


def round_step(extent: float, most: int) -> float:
    """Give the smallest step of 1, 2 or 5 times a power of ten that divides an extent into at most
    ``most`` parts."""
    if extent <= 0:
        return 1.0
    rough = extent / most
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1, 2, 5, 10):
        if factor * power >= rough * (1 - 1e-9):
            return factor * power
    return 10 * power


def round_below(extent: float) -> float:
    """Give the largest of 1, 2 or 5 times a power of ten that is no more than an extent."""
    if extent <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(extent))
    return max(factor for factor in (1, 2, 5) if factor * power <= extent * (1 + 1e-9)) * power


@dataclass(frozen=True)
class Axis:
    """A straight axis from ``low`` to ``high`` in data, ``start`` to ``end`` on the sheet."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the place of a value, kept on the axis."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)

    def ticks(self, most: int = 5) -> list[float]:
        """Give round values on the axis, at most ``most`` + 1 of them."""
        step = round_step(self.high - self.low, most)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [round(index * step, 10) for index in range(first, last + 1)]


def axis_from_nought(highest: float, start: float, end: float, most: int = 5) -> Axis:
    """Give an axis from nought to a round value not below ``highest``."""
    step = round_step(highest, most)
    return Axis(0.0, max(step, math.ceil(highest / step - 1e-9) * step), start, end)
