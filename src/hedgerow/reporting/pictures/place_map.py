"""The map of a place: its schools by governing body, the hubs that serve it, its outline and its
scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.governing import BANDS
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Radius
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.palette import CATEGORIES
from hedgerow.reporting.pictures.map_frame import Frame, framed, scale_bar, sheet_of
from hedgerow.reporting.pictures.map_hubs import MapHubs, map_hubs
from hedgerow.reporting.pictures.outlines import (
    districts_by_position,
    districts_of,
    joined,
    outlines,
    paths,
)
from hedgerow.reporting.pictures.picture import WIDE, Key

FEW_ENOUGH_FOR_NAMES = 1_500
"""Up to so many schools each is a mark of its own with its name; beyond, dots are coloured by band
and have none."""

_NAMED = tuple(zip(("circle", "square", "triangle", "wedge", "pentagon"), CATEGORIES, strict=True))
BAND_WORDS = {
    "maintained": "maintained by an authority",
    "single": "single-academy trust",
    "2-5": "trust of 2 to 5 schools",
    "6-15": "trust of 6 to 15 schools",
    "16+": "trust of 16 or more schools",
    "unknown": "academy, trust not known",
}
BAND_MARKS = {
    "maintained": ("circle", "maintained"),
    "single": ("circle", "hollow"),
    "2-5": ("square", "band-2-5"),
    "6-15": ("triangle", "band-6-15"),
    "16+": ("wedge", "band-16+"),
    "unknown": ("cross", "hollow"),
}


@dataclass(frozen=True, eq=False)
class MapData:
    """What a map draws.

    Attributes
    ----------
    schools : polars.DataFrame
        One row a school with a position: ``id, name, easting, northing, body, band, group`` (its
        entry in the key), ``shape, tone``, in drawing order.
    unplaced : int
        Schools without a position, which the map cannot show.
    place, neighbours : list
        Outlines of the districts of the place and of all others, as shapely geometries.
    circle : tuple of float, optional
        Easting, northing and radius in metres of a place that is a circle.
    hubs : MapHubs
    keys : tuple of Key
    """

    schools: pl.DataFrame
    unplaced: int
    place: list[Any]
    neighbours: list[Any]
    circle: tuple[float, float, float] | None
    hubs: MapHubs
    keys: tuple[Key, ...]


def map_data(here: LocalLandscape) -> MapData | None:
    """Gather what the map of a place draws; None where no school has a position."""
    schools = state_schools(here)
    placed = schools.filter(pl.col("easting").is_not_null())
    if placed.is_empty():
        return None
    groups = _by_trust(here, placed) if placed.height <= FEW_ENOUGH_FOR_NAMES else _by_band(placed)
    shapes = outlines(here)
    own = (districts_of(here) & set(shapes)) | districts_by_position(here, shapes)
    marks = groups.select(
        "id", "name", "easting", "northing", "body", "band", "group", "shape", "tone"
    )
    keys = [
        Key(shape, tone, f"{group} ({count:,})")
        for group, shape, tone, count in groups.group_by("order", "group", "shape", "tone")
        .len()
        .sort("order")
        .select("group", "shape", "tone", "len")
        .iter_rows()
    ]
    lens = here.lens
    circle = (lens.easting, lens.northing, lens.km * 1000) if isinstance(lens, Radius) else None
    place = [shapes[district] for district in sorted(own)]
    hubs = map_hubs(here, map_frame(marks, place, circle, WIDE))
    return MapData(
        schools=marks,
        unplaced=schools.height - placed.height,
        place=place,
        neighbours=[shapes[district] for district in sorted(set(shapes) - own)],
        circle=circle,
        hubs=hubs,
        keys=(*keys, *hubs.keys()),
    )


def _by_band(placed: pl.DataFrame) -> pl.DataFrame:
    """Mark schools by band: all are dots, because shapes of two pixels cannot be told apart."""
    tones = {name: tone for name, (_, tone) in BAND_MARKS.items()} | {"unknown": "others"}
    band = pl.col("band")
    return placed.with_columns(
        band.replace_strict(BAND_WORDS).alias("group"),
        pl.lit("circle").alias("shape"),
        band.replace_strict(tones).alias("tone"),
        band.replace_strict({name: index for index, name in enumerate(BANDS)}).alias("order"),
    ).sort("order", "id")


def _by_trust(here: LocalLandscape, placed: pl.DataFrame) -> pl.DataFrame:
    names = here.whole.names()
    largest = (
        placed.filter(pl.col("trust_size") > 1)
        .group_by("body")
        .len()
        .with_columns(pl.col("body").replace_strict(names, default=None).alias("trust"))
        .sort(["len", "trust"], descending=[True, False])
        .head(len(_NAMED))
    )
    words = {"maintained": BAND_WORDS["maintained"], "single": BAND_WORDS["single"]}
    rows = [("maintained", words["maintained"], "circle", "maintained", 0)]
    for order, ((body, _, trust), (shape, tone)) in enumerate(
        zip(largest.iter_rows(), _NAMED, strict=False), start=1
    ):
        rows.append((body, shown_name(trust or body), shape, tone, order))
    rows.append(("others", "other trusts", "cross", "others", 8))
    rows.append(("single", words["single"], "circle", "hollow", 9))
    rows.append(("unknown", BAND_WORDS["unknown"], "cross", "hollow", 10))
    look = pl.DataFrame(rows, schema=["entry", "group", "shape", "tone", "order"], orient="row")
    band = pl.col("band")
    entry = (
        pl.when(band.is_in(["maintained", "single", "unknown"]))
        .then(band)
        .when(pl.col("body").is_in(largest["body"].implode()))
        .then("body")
        .otherwise(pl.lit("others"))
    )
    return placed.with_columns(entry.alias("entry")).join(look, on="entry").sort("order", "id")


def map_frame(
    schools: pl.DataFrame,
    place: Sequence[Any],
    circle: tuple[float, float, float] | None,
    width: int,
) -> Frame:
    """Give the frame of a map: all schools, the outline of the place, and a margin."""
    eastings = [schools["easting"].to_numpy()]
    northings = [schools["northing"].to_numpy()]
    for shape in place:
        west, south, east, north = shape.bounds
        eastings.append(np.array([west, east]))
        northings.append(np.array([south, north]))
    if circle:
        x, y, radius = circle
        eastings.append(np.array([x - radius, x + radius]))
        northings.append(np.array([y - radius, y + radius]))
    return framed(np.concatenate(eastings), np.concatenate(northings), width)


def draw_map(data: MapData, width: int) -> Drawing:
    """Draw the map on a sheet of a given width."""
    frame = map_frame(data.schools, data.place, data.circle, width)
    drawing = sheet_of(frame)
    draw_ground(drawing, frame, data)
    draw_schools(drawing, frame, data.schools)
    data.hubs.draw(drawing, frame)
    scale_bar(drawing, frame)
    return drawing


def draw_ground(drawing: Drawing, frame: Frame, data: MapData) -> None:
    """Draw what lies beneath the marks: the place, its neighbours, and the lines between them."""
    outline = partial(paths, project=frame.at, window=frame.window, metres=frame.metres)
    neighbours = "".join(outline(shape) for shape in data.neighbours)
    if neighbours:
        drawing.path(neighbours, edge="rule", thickness=0.8)
    if data.place:
        drawing.path(outline(joined(data.place)), tone="pale", edge="soft", thickness=1.6)
        if 1 < len(data.place) <= 20:
            inner = "".join(outline(shape) for shape in data.place)
            drawing.path(inner, edge="rule", thickness=0.8)
    if data.circle:
        x, y = frame.at(data.circle[0], data.circle[1])
        drawing.mark(
            "circle", x, y, data.circle[2] / frame.metres, "pale", edge="soft", thickness=1.6
        )


def draw_schools(drawing: Drawing, frame: Frame, schools: pl.DataFrame) -> None:
    """Draw the schools, each a mark with its name, or as dots where they are many.

    A column ``size`` holds the radius of each mark against the usual one.
    """
    if schools.height > FEW_ENOUGH_FOR_NAMES:
        size = min(3.6, 1.2 + 4_000 / schools.height)
        for (tone,), group in schools.group_by("tone", maintain_order=True):
            points = [frame.at(x, y) for x, y in group.select("easting", "northing").iter_rows()]
            if tone == "hollow":
                drawing.dots(points, "ink", size + 0.4)
            drawing.dots(points, str(tone), size * (0.55 if tone == "hollow" else 1))
        return
    radius = min(6.0, max(2.4, frame.width / 95 * (60 / schools.height) ** 0.25))
    sizes = schools["size"] if "size" in schools.columns else [1.0] * schools.height
    for (name, easting, northing, group, shape, tone), size in zip(
        schools.select("name", "easting", "northing", "group", "shape", "tone").iter_rows(),
        sizes,
        strict=True,
    ):
        x, y = frame.at(easting, northing)
        edge = "paper" if tone in ("maintained", "others") else "ink"
        drawing.mark(
            shape, x, y, radius * size, tone, edge=edge, thickness=0.7, title=f"{name}: {group}"
        )
