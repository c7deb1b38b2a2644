"""Outlines behind a map: which districts make up the place, which are its neighbours, and how they
are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from hedgerow.landscape.landscape import LocalLandscape

MOSTLY = 0.8
"""A district is drawn as part of a place when at least this share of its schools is in the
place."""

Projection = Callable[[float, float], tuple[float, float]]


def districts_of(here: LocalLandscape) -> set[str]:
    """Give the districts that make up a place: those of whose schools, of any phase, nearly all are
    in it.

    The rule serves authorities, districts, regions and the areas of hubs alike, and gives none for
    a trust or a list. A school recorded a street beyond the border does not draw the next district
    in.
    """
    counted = (
        here.whole.schools.filter(pl.col("district").is_not_null())
        .group_by("district")
        .agg(
            pl.col("id")
            .is_in(pl.Series(sorted(here.members), dtype=pl.String).implode())
            .mean()
            .alias("share")
        )
    )
    return set(counted.filter(pl.col("share") >= MOSTLY)["district"])


def districts_by_position(here: LocalLandscape, shapes: dict[str, Any]) -> set[str]:
    """Give the outlines that belong to a place although no school names their district.

    Districts are merged and renamed: outlines may be newer than the schools' records. Such an
    outline is drawn as part of the place by the same rule, with the schools counted whose position
    lies inside it. This decides what is drawn, never which school is local.
    """
    import shapely

    known = set(here.whole.schools["district"].drop_nulls().unique())
    nameless = sorted(set(shapes) - known)
    placed = here.whole.schools.filter(pl.col("easting").is_not_null())
    if not nameless or placed.is_empty():
        return set()
    points = shapely.points(placed["easting"].to_numpy(), placed["northing"].to_numpy())
    tree = shapely.STRtree(points)
    local = placed["id"].is_in(sorted(here.members)).to_numpy()
    found = set()
    for district in nameless:
        inside = tree.query(shapely.make_valid(shapes[district]), predicate="intersects")
        if len(inside) and local[inside].mean() >= MOSTLY:
            found.add(district)
    return found


def outlines(here: LocalLandscape) -> dict[str, Any]:
    """Give the outline of every district that has one, as shapely geometries by identifier, in
    metres."""
    import shapely

    areas = here.whole.table("areas").filter(
        pl.col("kind") == "district", pl.col("outline").is_not_null()
    )
    return dict(zip(areas["id"], shapely.from_wkb(areas["outline"].to_list()), strict=True))


def joined(shapes: list[Any]) -> Any:
    """Give the outline of several districts as one, without the lines between them."""
    import shapely

    return shapely.union_all([shapely.make_valid(shape) for shape in shapes])


def paths(
    shape: Any, project: Projection, window: tuple[float, float, float, float], metres: float
) -> str:
    """Give a shape as an SVG path, clipped to a window and simplified to what a pixel can show.

    Parameters
    ----------
    shape : shapely geometry
    project : callable
        From metres to the sheet.
    window : tuple of float
        Least easting, least northing, most easting, most northing.
    metres : float
        Size of a pixel.
    """
    import shapely

    clipped = shapely.clip_by_rect(shapely.make_valid(shape), *window).simplify(metres * 0.4)
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (project(*point) for point in ring)) + "Z"
        for ring in _rings(clipped)
    )


def _rings(shape: Any) -> Iterator[list[tuple[float, float]]]:
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        for ring in (part.exterior, *part.interiors):
            yield [(point[0], point[1]) for point in ring.coords[:-1]]
