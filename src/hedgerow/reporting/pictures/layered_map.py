"""The map of a place with a layer on it: what marks tell, how large they are, whose footprint is
drawn, and which school it is drawn around."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from hedgerow.features.designated_hubs import hubs_here
from hedgerow.features.observed import observed
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.map_frame import Frame, framed, scale_bar, sheet_of
from hedgerow.reporting.pictures.map_hubs import map_hubs
from hedgerow.reporting.pictures.map_layers import LAYERS, Layer, layer
from hedgerow.reporting.pictures.map_picture import governing_title, map_caveat
from hedgerow.reporting.pictures.outlines import MOSTLY, joined, outlines, paths
from hedgerow.reporting.pictures.picture import WIDE, Key, Picture
from hedgerow.reporting.pictures.place_map import (
    FEW_ENOUGH_FOR_NAMES,
    MapData,
    draw_ground,
    draw_schools,
    map_data,
    map_frame,
)
from hedgerow.reporting.pictures.sources import sources_of_governing, titles_of
from hedgerow.reporting.table import Column, Table

GOVERNED = "governed"
"""The layer that is there unless another is asked for."""
SHOWN = {GOVERNED: "Who governs the school", **{name: words for name, (words, _) in LAYERS.items()}}
"""What the marks of a map can tell, in words."""
AROUND_M = 3_000.0
"""How far a map around one school reaches to each side."""
SMALLEST, LARGEST = 0.55, 1.9
"""Radii of the marks of the smallest and largest schools, against the usual one."""


@dataclass(frozen=True, eq=False)
class LayeredMap:
    """A map with what is laid on it.

    Attributes
    ----------
    data : MapData
        Its schools have the group, shape, tone and, on request, size that the layer gives them.
    picture : Picture
    why_none : NotMeasured or None
        Why the layer asked for is not there; who governs is shown in its place.
    footprint : shapely geometry or None
        Outline of the footprint of the hub asked for, in metres.
    """

    data: MapData
    picture: Picture
    why_none: NotMeasured | None
    footprint: Any


def layered_map(
    here: LocalLandscape,
    shown: str = GOVERNED,
    *,
    hub: str | None = None,
    by_pupils: bool = False,
    around: str | None = None,
) -> LayeredMap | None:
    """Give the map of a place; None where no school has a position.

    Parameters
    ----------
    here : LocalLandscape
        What may be shown by name.
    shown : str
        One of `SHOWN`.
    hub : str, optional
        A hub whose footprint is drawn.
    by_pupils : bool
        Whether marks are larger for schools with more pupils, by area.
    around : str, optional
        Identifier of a school that the map is drawn around.
    """
    data = map_data(here)
    if data is None:
        return None
    found = layer(here, shown) if shown != GOVERNED else None
    why_none = found if isinstance(found, NotMeasured) else None
    told = found if isinstance(found, Layer) else None
    schools = data.schools if told is None else told.marked(data.schools)
    covered = set() if hub is None else _covered(here, hub)
    schools = schools.join(_pupils(here), on="id", how="left", maintain_order="left")
    if by_pupils:
        schools = schools.with_columns(_size(schools["pupils"]))
    keys = data.keys if told is None else (*_keys(schools), *data.hubs.keys())
    outline = None if hub is None else _footprint(here, hub)
    if hub is not None and outline is not None:
        keys = (*keys, Key("bar", "lichen", f"footprint of {shown_name(here.whole.name_of(hub))}"))
    data = replace(data, schools=schools, keys=keys)
    frame_of = partial(_frame, data, around)
    if around is not None:
        data = replace(data, hubs=map_hubs(here, frame_of(WIDE)))
    picture = Picture(
        id="map",
        title=_title(here, told, schools),
        description=_description(told, by_pupils),
        caveat=" ".join(
            part
            for part in (
                told.caveat if told else "",
                "Larger marks have more pupils, by area." if by_pupils else "",
                map_caveat(data),
            )
            if part
        ),
        sources=_sources(here, data, told),
        as_of=here.whole.as_of or here.on,
        table=_table(here, data, told, hub, covered),
        draw=partial(_draw, data, frame_of, outline, around),
        keys=data.keys,
    )
    return LayeredMap(data, picture, why_none, outline)


def _title(here: LocalLandscape, told: Layer | None, schools: pl.DataFrame) -> str:
    if told is None:
        return governing_title(here)
    known = schools["value"].drop_nulls()
    if known.is_empty():
        return f"{SHOWN[told.name]}: known of no school that has a position"
    many = f"{known.len():,} schools" if known.len() > 1 else "one school"
    return told.finding.format(many=many, middle=told.column.written(known.median()))


def _description(told: Layer | None, by_pupils: bool) -> str:
    what = "who governs it" if told is None else SHOWN[told.name].lower()
    how = "shape and colour" if told is None else "colour, darker for more,"
    size = "; larger marks have more pupils" if by_pupils else ""
    return (
        f"A map, north at the top. A mark for each school; {how} says {what}{size}. The table "
        "lists what is drawn."
    )


def _pupils(here: LocalLandscape) -> pl.DataFrame:
    found = observed(here, "pupils")
    if isinstance(found, NotMeasured):
        return pl.DataFrame(schema={"id": pl.String, "pupils": pl.Int64})
    return found.rows.select("id", pl.col("value").cast(pl.Int64).alias("pupils"))


def _size(pupils: pl.Series) -> pl.Series:
    """Radii whose squares go with the pupils; schools whose number is not known have the
    smallest."""
    middle = pupils.median()
    most = float(middle) if isinstance(middle, int | float) and middle > 0 else 1.0
    return (pupils.cast(pl.Float64) / most).sqrt().clip(SMALLEST, LARGEST).fill_null(
        SMALLEST
    ).alias("size")  # fmt: skip  # one choice on one line


def _keys(schools: pl.DataFrame) -> list[Key]:
    return [
        Key(shape, tone, f"{group} ({count:,})")
        for group, shape, tone, count in schools.group_by(
            "group", "shape", "tone", maintain_order=True
        )
        .len()
        .iter_rows()
    ]


def _covered(here: LocalLandscape, hub: str) -> set[str]:
    return set(footprints(here.whole).filter(pl.col("hub") == hub)["school"])


def _footprint(here: LocalLandscape, hub: str) -> Any:
    """Give the outline of the districts that a hub covers all or nearly all of; None where none is
    outlined."""
    shapes = outlines(here)
    covered = pl.Series(sorted(_covered(here, hub)), dtype=pl.String).implode()
    shares = (
        here.whole.schools.filter(pl.col("district").is_not_null())
        .group_by("district")
        .agg(pl.col("id").is_in(covered).mean().alias("share"))
        .filter(pl.col("share") >= MOSTLY)
    )
    held = [shapes[one] for one in shares["district"].sort() if one in shapes]
    return joined(held) if held else None


def _frame(data: MapData, around: str | None, width: int) -> Frame:
    chosen = data.schools.filter(pl.col("id").is_in([around] if around else []))
    if chosen.is_empty():
        return map_frame(data.schools, data.place, data.circle, width)
    east, north = (float(chosen[column][0]) for column in ("easting", "northing"))
    reach = np.array([-AROUND_M, AROUND_M])
    return framed(east + reach, north + reach, width)


def _draw(data: MapData, frame_of: Any, outline: Any, around: str | None, width: int) -> Drawing:
    frame = frame_of(width)
    drawing = sheet_of(frame)
    draw_ground(drawing, frame, data)
    if outline is not None:
        path = paths(outline, frame.at, frame.window, frame.metres)
        if path:
            drawing.path(path, tone="lichen", edge="hedge", thickness=2, dash="7 4")
    inside = data.schools.filter(
        pl.col("easting").is_between(frame.west, frame.east),
        pl.col("northing").is_between(frame.south, frame.north),
    )
    draw_schools(drawing, frame, inside)
    for name, easting, northing in (
        inside.filter(pl.col("id").is_in([around] if around else []))
        .select("name", "easting", "northing")
        .iter_rows()
    ):
        x, y = frame.at(easting, northing)
        drawing.mark("circle", x, y, 14, "", edge="ink", thickness=2.5, title=name)
        anchor = "end" if x > frame.width * 0.6 else "start"
        drawing.text(
            x + (-19 if anchor == "end" else 19), y + 5, name, is_bold=True, halo=True,
            anchor=anchor, size=14,
        )  # fmt: skip  # where, then how
    data.hubs.draw(drawing, frame)
    scale_bar(drawing, frame)
    return drawing


def _sources(here: LocalLandscape, data: MapData, told: Layer | None) -> tuple[str, ...]:
    titles = sources_of_governing(here)
    if data.place or data.neighbours:
        outlined = here.whole.table("areas").filter(pl.col("outline").is_not_null())
        titles += titles_of(here, outlined["source"])
    if told is not None and told.sources:
        titles += titles_of(here, pl.Series(told.sources))
    return tuple(dict.fromkeys(titles))


def _table(
    here: LocalLandscape, data: MapData, told: Layer | None, hub: str | None, covered: set[str]
) -> Table:
    """List every school of the place, drawn or not, with all that its mark tells."""
    names = here.whole.names()
    schools = state_schools(here)
    rest = schools.filter(pl.col("easting").is_null()).select(
        "id", "name", "easting", "northing", "body", "band"
    )
    body = pl.col("body").map_elements(
        lambda one: shown_name(names.get(one, one)), return_dtype=pl.String
    )
    rows = (
        pl.concat([data.schools, rest], how="diagonal")
        .with_columns(
            body.alias("governed"),
            pl.col("group").fill_null("not on the map"),
            pl.col("id").str.strip_prefix("urn:").alias("urn"),
            pl.col("id").is_in(sorted(covered)).alias("in_footprint"),
        )
        .sort("name", "id")
    )
    columns = (
        Column("name", "school"),
        Column("urn", "URN", "code"),
        Column("governed", "governed by"),
        Column("group", "on the map as"),
        *((told.column,) if told else ()),
        *((Column("in_footprint", "in the hub's footprint"),) if hub else ()),
        Column("pupils", "pupils", "count"),
        Column("easting", "easting, m", "count"),
        Column("northing", "northing, m", "count"),
    )
    return Table("map", "Schools on the map", columns, rows)


def is_listed(found: LayeredMap) -> bool:
    """Whether each school is a mark of its own with its name, and few enough to be listed."""
    return found.data.schools.height <= FEW_ENOUGH_FOR_NAMES


def hubs_to_choose(here: LocalLandscape) -> list[tuple[str, str]]:
    """Give the hubs that cover schools of the place: identifier and name."""
    return [
        (hub, shown_name(name)) for hub, name in hubs_here(here).select("hub", "name").iter_rows()
    ]
