"""A map as GeoJSON: turned from the national grid into longitude and latitude only here, at the
edge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hedgerow.reporting.drawing import mark_path
from hedgerow.reporting.pictures.layered_map import LayeredMap
from hedgerow.reporting.pictures.outlines import joined
from hedgerow.web.places.address import Address

SIMPLIFIED_M = 40.0
"""Outlines are simplified to this; they are for drawing, never for deciding what lies where."""
DECIMALS = 6
"""Of a degree: a tenth of a metre."""

_NATIONAL_GRID, _LONGITUDE_LATITUDE = 27700, 4326


def map_geojson(found: LayeredMap | None, address: Address) -> dict[str, Any]:
    """Give what a map shows: outlines, then schools, then hubs.

    Parameters
    ----------
    found : LayeredMap or None
        None where no school has a position: the collection is then empty.
    address : Address
        From which the pages of schools are addressed.

    Returns
    -------
    dict
        A feature collection. Each feature has the property ``kind``: "neighbour", "place",
        "footprint", "school" or "hub". Members beside it: ``marks``, the shape and tone of each
        mark with its outline in a box of 24.
    """
    if found is None:
        return {"type": "FeatureCollection", "features": [], "marks": {}}
    turned = _turner()
    return {
        "type": "FeatureCollection",
        "features": [
            *_outlines(found, turned),
            *_schools(found, turned, address),
            *_hubs(found, turned),
        ],
        "marks": _marks(found),
    }


def _turner() -> Callable[[Any], Any]:
    import numpy as np
    import pyproj

    turn = pyproj.Transformer.from_crs(_NATIONAL_GRID, _LONGITUDE_LATITUDE, always_xy=True)

    def turned(points: Any) -> Any:
        across, up = turn.transform(points[:, 0], points[:, 1])
        return np.round(np.column_stack([across, up]), DECIMALS)

    return turned


def _outlines(found: LayeredMap, turned: Callable[[Any], Any]) -> Iterator[dict[str, Any]]:
    import shapely

    data = found.data
    shapes = [("neighbour", one) for one in data.neighbours]
    shapes += [("place", joined(data.place))] if data.place else []
    if data.circle:
        east, north, radius = data.circle
        shapes.append(("place", shapely.Point(east, north).buffer(radius, quad_segs=24)))
    shapes += [("footprint", found.footprint)] if found.footprint is not None else []
    for kind, shape in shapes:
        plain = shapely.make_valid(shape).simplify(SIMPLIFIED_M)
        geometry = shapely.geometry.mapping(shapely.transform(plain, turned))
        yield {"type": "Feature", "properties": {"kind": kind}, "geometry": geometry}


def _schools(
    found: LayeredMap, turned: Callable[[Any], Any], address: Address
) -> Iterator[dict[str, Any]]:
    rows = found.data.schools
    points = turned(rows.select("easting", "northing").to_numpy())
    sizes = rows["size"] if "size" in rows.columns else [1.0] * rows.height
    values = rows["value"] if "value" in rows.columns else [None] * rows.height
    for point, size, value, (school, name, group, shape, tone, pupils) in zip(
        points.tolist(),
        sizes,
        values,
        rows.select("id", "name", "group", "shape", "tone", "pupils").iter_rows(),
        strict=True,
    ):
        urn = int(school.removeprefix("urn:"))
        yield {
            "type": "Feature",
            "properties": {
                "kind": "school",
                "urn": urn,
                "name": name,
                "group": group,
                "value": value,
                "pupils": pupils,
                "mark": f"{shape} {tone}",
                "size": round(float(size), 3),
                "page": school_page(address, urn),
            },
            "geometry": {"type": "Point", "coordinates": point},
        }


def _hubs(found: LayeredMap, turned: Callable[[Any], Any]) -> Iterator[dict[str, Any]]:
    hubs = found.data.hubs.marked
    if hubs.is_empty():
        return
    points = turned(hubs.select("easting", "northing").to_numpy()).tolist()
    for point, (hub, name) in zip(points, hubs.select("hub", "name").iter_rows(), strict=True):
        yield {
            "type": "Feature",
            "properties": {"kind": "hub", "id": hub, "name": name, "mark": "diamond ink"},
            "geometry": {"type": "Point", "coordinates": point},
        }


def _marks(found: LayeredMap) -> dict[str, dict[str, str]]:
    kinds = set(found.data.schools.select("shape", "tone").iter_rows()) | {("diamond", "ink")}
    return {
        f"{shape} {tone}": {
            "shape": shape,
            "tone": tone,
            "path": "" if shape == "circle" else mark_path(shape, 12, 12, 8),
            "edge": "paper" if tone in ("maintained", "others", "ink") else "ink",
        }
        for shape, tone in sorted(kinds)
    }


def school_page(address: Address, urn: int) -> str:
    """Give the address of a school's page, on the day and in the partnership of another page."""
    from django.urls import reverse

    held = {"partnership": address.partnership} if address.partnership else {}
    path = reverse("school", kwargs={"urn": urn, **held})
    return path + (f"?on={address.on.isoformat()}" if address.on else "")
