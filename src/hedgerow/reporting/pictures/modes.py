"""Modes of professional learning on two dimensions: formal to informal, individual to collective
(figure 5.1 of the study's report)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any

import polars as pl

from hedgerow.features.professional_learning.modes import modes
from hedgerow.features.readings import plural
from hedgerow.landscape.finding import NotMeasured
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.sources import titles_of
from hedgerow.reporting.scales import Axis
from hedgerow.reporting.table import Column, Table

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

_COLUMNS = (
    Column("letter", "on the picture"),
    Column("name", "mode"),
    Column("whose", "learning"),
    Column("formality", "formal (1) or informal (0)", "number", 2),
    Column("collectivity", "collective (1) or individual (0)", "number", 2),
    Column("activities", "activities", "count"),
    Column("schools", "schools", "count"),
    Column("places", "places taken", "count"),
    Column("withheld", "why no places are given"),
)
OUTSIDE, INSIDE = "with others", "inside school or trust"
_LARGEST, _SMALLEST = 26.0, 5.0
"""Radii of circles, in CSS pixels: of the mode with most places on a wide sheet, and of any."""
_SIZE = 14
_ROOM = 9.0
"""Radius from which a circle has room for its letter."""


def modes_picture(profile: Profile) -> Picture | None:
    """Give the picture of modes of professional learning; None where none is on record."""
    found = modes(profile.here)
    if isinstance(found, NotMeasured) or found.is_empty():
        return None
    rows = _lettered(found)
    most = rows.filter(pl.col("places").is_not_null()).sort("places", descending=True)
    title = "Where professional learning stands between formal and informal, alone and together"
    if not most.is_empty():
        first = most.row(0, named=True)
        title = f"Most places were taken in “{first['name']}” {first['whose']}"
    records = profile.here.whole.table("activities")
    return Picture(
        id="modes",
        title=title,
        description="Each circle is a mode of professional learning, from formal on the left to "
        "informal on the right and from individual at the foot to collective at the top; its area "
        "shows the places taken in the twelve months to the day. A diamond marks a mode whose "
        "number is withheld.",
        caveat="Where an activity stands is a judgement of whoever recorded it, and what is "
        "informal is seldom recorded at all. A person on two courses counts twice.",
        sources=titles_of(profile.here, records["source"]),
        as_of=profile.on,
        table=Table("modes", "Modes of professional learning", _COLUMNS, rows),
        draw=partial(_draw, rows),
        keys=tuple(
            Key("circle", _tone(row), f"{row['name']}, {row['whose']}", letter=row["letter"])
            for row in rows.iter_rows(named=True)
        ),
    )


def _lettered(found: pl.DataFrame) -> pl.DataFrame:
    letters = [
        chr(ord("A") + number) if number < 26 else str(number + 1) for number in range(found.height)
    ]
    return found.with_columns(
        pl.Series("letter", letters),
        pl.col("mode").fill_null("mode not given").alias("name"),
        pl.when("is_external").then(pl.lit(OUTSIDE)).otherwise(pl.lit(INSIDE)).alias("whose"),
        pl.col("places_withheld").alias("withheld"),
    )


def _tone(row: dict[str, Any]) -> str:
    return "hedge" if row["is_external"] else "first"


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    height = 440 if width > 500 else 360
    drawing = Drawing(width, height)
    left, right, top, foot = 12.0, width - 12.0, 30.0, height - 30.0
    across = Axis(0.0, 1.0, right - 22, left + 22)  # formal on the left
    up = Axis(0.0, 1.0, foot - 24, top + 24)
    drawing.rect(left, top, right - left, foot - top, "pale")
    middle_x, middle_y = across.at(0.5), up.at(0.5)
    drawing.line([(middle_x, top), (middle_x, foot)], "rule", thickness=1.5)
    drawing.line([(left, middle_y), (right, middle_y)], "rule", thickness=1.5)
    for x, y, words, anchor in (
        (left + 6, top + 18, "Collective", "start"),
        (left + 6, foot - 8, "Individual", "start"),
        (left, foot + 20, "Formal", "start"),
        (right, foot + 20, "Informal", "end"),
    ):
        drawing.text(x, y, words, size=_SIZE, tone="soft", anchor=anchor)
    most = max((one for one in rows["places"].drop_nulls()), default=1) or 1
    largest = _LARGEST if width > 500 else _LARGEST * 0.75
    circles = [
        _Circle(
            row,
            across.at(row["formality"]),
            up.at(row["collectivity"]),
            _radius(row, largest, most),
        )
        for row in rows.sort("places", descending=True, nulls_last=True).iter_rows(named=True)
    ]
    for one in circles:  # the largest first, so that none hides another
        shape = "diamond" if one.row["places"] is None else "circle"
        drawing.mark(
            shape, one.x, one.y, one.radius, _tone(one.row), edge="paper", title=one.said
        )  # fmt: skip  # the mark and how it looks
    for one, x, y in _letters(circles):
        is_inside = x == one.x
        drawing.text(
            x, y + 5, one.row["letter"], size=_SIZE, anchor="middle", is_bold=True,
            tone="paper" if is_inside else "ink", halo=not is_inside,
        )  # fmt: skip  # place and looks each on a line
    return drawing


@dataclass(frozen=True)
class _Circle:
    """A mode as it is drawn: its row, its place on the sheet and its radius."""

    row: dict[str, Any]
    x: float
    y: float
    radius: float

    @property
    def said(self) -> str:
        """What it says when a pointer rests on it."""
        places = self.row["places"]
        number = self.row["withheld"] if places is None else plural(places, "place")
        return f"{self.row['name']}, {self.row['whose']}: {number}"


def _radius(row: dict[str, Any], largest: float, most: int) -> float:
    if row["places"] is None:
        return 6.0
    return max(_SMALLEST, largest * sqrt(row["places"] / most))


def _letters(circles: Sequence[_Circle]) -> list[tuple[_Circle, float, float]]:
    """Where each letter stands: in its circle where it has room, else where it is clear beside."""
    placed = [(one, one.x, one.y) for one in circles if one.radius >= _ROOM]
    for one in circles:
        if one.radius >= _ROOM:
            continue
        reach = one.radius + 8
        around = [
            (one.x + dx * reach, one.y + dy * reach)
            for dx, dy in ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.8), (-0.8, 0.8))
        ]
        free = next((spot for spot in around if _is_clear(spot, one, circles, placed)), around[0])
        placed.append((one, *free))
    return placed


def _is_clear(
    spot: tuple[float, float],
    own: _Circle,
    circles: Sequence[_Circle],
    placed: Sequence[tuple[_Circle, float, float]],
) -> bool:
    x, y = spot
    return all(
        hypot(x - other.x, y - other.y) > other.radius + 5 for other in circles if other is not own
    ) and all(abs(x - tx) > 13 or abs(y - ty) > 14 for _, tx, ty in placed)
