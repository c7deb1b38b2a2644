"""The frame of a map: the window on the ground, how it lies on the sheet, and the bar that gives
its scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.scales import round_below

SMALLEST_WINDOW_M = 2_000.0
"""A map shows at least this much ground, so that one school does not fill the sheet."""


SCALE_ROOM = 26.0
"""Height of the strip beneath a map in which its scale stands."""


@dataclass(frozen=True)
class Frame:
    """A window on the ground in metres, and the size of the sheet that it is drawn on."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @property
    def metres(self) -> float:
        """Metres of ground to a unit of the sheet."""
        return (self.east - self.west) / self.width

    @property
    def window(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.west, self.south, self.east, self.north

    def holds(self, easting: float, northing: float) -> bool:
        """Whether a point on the ground is in the window."""
        return self.west <= easting <= self.east and self.south <= northing <= self.north

    def at(self, easting: float, northing: float) -> tuple[float, float]:
        """Give the place on the sheet of a point on the ground; north is up."""
        return (easting - self.west) / self.metres, (self.north - northing) / self.metres


def framed(eastings: NDArray[np.float64], northings: NDArray[np.float64], width: float) -> Frame:
    """Give the frame that shows all the points with a margin, no taller than it is wide by more
    than a third."""
    west, east = float(eastings.min()), float(eastings.max())
    south, north = float(northings.min()), float(northings.max())
    across = max(east - west, SMALLEST_WINDOW_M) * 1.1
    up = max(north - south, SMALLEST_WINDOW_M) * 1.1
    tall = min(max(up / across, 0.62), 1.33)
    across = max(across, up / tall)
    up = across * tall
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return Frame(
        middle_x - across / 2,
        middle_y - up / 2,
        middle_x + across / 2,
        middle_y + up / 2,
        float(width),
        width * tall,
    )


def sheet_of(frame: Frame) -> Drawing:
    """Give the empty sheet of a map: its window, with room for the scale beneath."""
    return Drawing(frame.width, frame.height + SCALE_ROOM)


def scale_bar(drawing: Drawing, frame: Frame) -> None:
    """Draw a bar of a round number of kilometres at the left beneath the window, where it stands on
    nothing that the map shows."""
    drawing.rect(0, frame.height, frame.width, SCALE_ROOM, "paper")
    length_m = round_below(frame.width * 0.3 * frame.metres)
    length = length_m / frame.metres
    y = frame.height + SCALE_ROOM - 8
    drawing.line(
        [(12, y - 6), (12, y), (12 + length, y), (12 + length, y - 6)], "ink", thickness=1.6
    )
    said = f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"
    drawing.text(12 + length + 8, y + 2, said, size=14)
