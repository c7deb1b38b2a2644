"""The map of a place: its schools by governing body, the hubs that serve it, its outline and its
scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from hedgerow.features.designated_hubs import hubs_here
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.governing import BANDS
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Radius
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.palette import CATEGORIES
from hedgerow.reporting.pictures.map_frame import Frame, framed, scale_bar
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

MOST_HUBS = 12
"""Up to so many hubs are lettered; where more serve the place, the key would be longer than the
map, and they are drawn without."""

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
    hubs : polars.DataFrame
        Hubs with a position that serve a school of the place: ``id, name, kind, easting, northing,
        letter``.
    unplaced_hubs : tuple of str
        Names of hubs that serve the place and whose position is not known.
    place, neighbours : list
        Outlines of the districts of the place and of all others, as shapely geometries.
    circle : tuple of float, optional
        Easting, northing and radius in metres of a place that is a circle.
    keys : tuple of Key
    """

    schools: pl.DataFrame
    unplaced: int
    hubs: pl.DataFrame
    unplaced_hubs: tuple[str, ...]
    place: list[Any]
    neighbours: list[Any]
    circle: tuple[float, float, float] | None
    keys: tuple[Key, ...]


def map_data(here: LocalLandscape) -> MapData | None:
    """Gather what the map of a place draws; None where no school has a position."""
    schools = state_schools(here)
    placed = schools.filter(pl.col("easting").is_not_null())
    if placed.is_empty():
        return None
    groups = _by_trust(here, placed) if placed.height <= FEW_ENOUGH_FOR_NAMES else _by_band(placed)
    hubs, unplaced_hubs = _hubs(here)
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
    data = MapData(
        schools=marks,
        unplaced=schools.height - placed.height,
        hubs=hubs,
        unplaced_hubs=unplaced_hubs,
        place=[shapes[district] for district in sorted(own)],
        neighbours=[shapes[district] for district in sorted(set(shapes) - own)],
        circle=(lens.easting, lens.northing, lens.km * 1000) if isinstance(lens, Radius) else None,
        keys=(),
    )
    return replace(data, keys=(*keys, *_hub_keys(data)))


def _hub_keys(data: MapData) -> list[Key]:
    """Name each lettered hub, saying where one lies beyond the map; many hubs share one entry."""
    if data.hubs.is_empty():
        return []
    if data.hubs["letter"].null_count():
        return [Key("diamond", "ink", f"hub ({data.hubs.height:,})")]
    frame = map_frame(data, WIDE)
    keys = []
    for name, letter, easting, northing in data.hubs.select(
        "name", "letter", "easting", "northing"
    ).iter_rows():
        beyond = "" if frame.holds(easting, northing) else ", beyond the map"
        keys.append(Key("diamond", "ink", f"{name}{beyond}", letter))
    return keys


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


def _hubs(here: LocalLandscape) -> tuple[pl.DataFrame, tuple[str, ...]]:
    hubs = hubs_here(here).sort("hub_kind", "name")
    placed = hubs.filter(pl.col("easting").is_not_null())
    is_lettered = placed.height <= MOST_HUBS
    letters = [chr(ord("A") + number) if is_lettered else None for number in range(placed.height)]
    return (
        placed.select("hub", "name", "hub_kind", "easting", "northing").with_columns(
            pl.Series("letter", letters, pl.String)
        ),
        tuple(hubs.filter(pl.col("easting").is_null())["name"]),
    )


def map_frame(data: MapData, width: int) -> Frame:
    """Give the frame of a map: all schools, the outline of the place, and a margin."""
    eastings = [data.schools["easting"].to_numpy()]
    northings = [data.schools["northing"].to_numpy()]
    for shape in data.place:
        west, south, east, north = shape.bounds
        eastings.append(np.array([west, east]))
        northings.append(np.array([south, north]))
    if data.circle:
        x, y, radius = data.circle
        eastings.append(np.array([x - radius, x + radius]))
        northings.append(np.array([y - radius, y + radius]))
    return framed(np.concatenate(eastings), np.concatenate(northings), width)


def draw_map(data: MapData, width: int) -> Drawing:
    """Draw the map on a sheet of a given width."""
    frame = map_frame(data, width)
    drawing = Drawing(frame.width, frame.height)
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
    _schools(drawing, frame, data.schools)
    _hub_marks(drawing, frame, data.hubs)
    scale_bar(drawing, frame)
    return drawing


def _hub_marks(drawing: Drawing, frame: Frame, hubs: pl.DataFrame) -> None:
    for name, easting, northing, letter in hubs.select(
        "name", "easting", "northing", "letter"
    ).iter_rows():
        if not frame.holds(easting, northing):
            continue
        x, y = frame.at(easting, northing)
        size = 10 if letter else 5
        drawing.mark("diamond", x, y, size, "ink", edge="paper", thickness=1.5, title=name)
        if letter:
            drawing.text(x, y + 4.5, letter, size=12, tone="paper", anchor="middle", is_bold=True)


def _schools(drawing: Drawing, frame: Frame, schools: pl.DataFrame) -> None:
    if schools.height > FEW_ENOUGH_FOR_NAMES:
        size = min(3.6, 1.2 + 4_000 / schools.height)
        for (tone,), group in schools.group_by("tone", maintain_order=True):
            points = [frame.at(x, y) for x, y in group.select("easting", "northing").iter_rows()]
            if tone == "hollow":
                drawing.dots(points, "ink", size + 0.4)
            drawing.dots(points, str(tone), size * (0.55 if tone == "hollow" else 1))
        return
    radius = min(6.0, max(2.4, frame.width / 95 * (60 / schools.height) ** 0.25))
    for name, easting, northing, group, shape, tone in schools.select(
        "name", "easting", "northing", "group", "shape", "tone"
    ).iter_rows():
        x, y = frame.at(easting, northing)
        edge = "paper" if tone in ("maintained", "others") else "ink"
        drawing.mark(shape, x, y, radius, tone, edge=edge, thickness=0.7, title=f"{name}: {group}")
