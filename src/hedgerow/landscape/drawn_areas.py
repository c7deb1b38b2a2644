"""Areas drawn on a map: from GeoJSON in longitude and latitude to the lens of what lies inside."""

from __future__ import annotations

from typing import Any

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.lens import Lens


def drawn_area(held: Any, *, called: str, name: str) -> Lens:
    """Give the lens of what lies inside drawn polygons.

    Several polygons count together; holes are left out.

    Parameters
    ----------
    held : object
        GeoJSON, as read.
    called : str
        What faults call it, such as a file's name.
    name : str
        What the place is called, where the drawing does not name it.

    Raises
    ------
    DataError
        If it holds no polygon, or its coordinates are no longitudes and latitudes of Great Britain.
    """
    polygons = _polygons(held)
    if not polygons:
        kind = held.get("type", "nothing known") if isinstance(held, dict) else type(held).__name__
        raise DataError(
            f"{called} holds no polygon but {kind}.",
            advice="Export the drawn area as a GeoJSON Polygon, MultiPolygon or Feature with one.",
        )
    named = _name_in(held) or name
    whole: Lens | None = None
    for rings in polygons:
        if not isinstance(rings, list | tuple) or not rings:
            raise DataError(f"{called} holds a polygon without corners.")
        outer, *holes = (_ring(called, ring, named) for ring in rings)
        for hole in holes:
            outer = outer & ~hole
        whole = outer if whole is None else whole | outer
    if whole is None:
        raise DataError(f"{called} holds a polygon without corners.")
    return whole


def _polygons(held: Any) -> list[Any]:
    """Give every polygon of a GeoJSON object, each as its rings."""
    if not isinstance(held, dict):
        return []
    kind = held.get("type")
    if kind == "FeatureCollection":
        return [part for feature in _listed(held.get("features")) for part in _polygons(feature)]
    if kind == "GeometryCollection":
        return [part for shape in _listed(held.get("geometries")) for part in _polygons(shape)]
    if kind == "Feature":
        return _polygons(held.get("geometry"))
    coordinates = held.get("coordinates") or []
    if kind == "Polygon":
        return [coordinates] if coordinates else []
    return list(_listed(coordinates)) if kind == "MultiPolygon" else []


def _listed(held: Any) -> list[Any]:
    return held if isinstance(held, list) else []


def _name_in(held: dict[str, Any]) -> str:
    features = _listed(held.get("features"))
    if held.get("type") == "FeatureCollection" and len(features) == 1:
        held = features[0]
    properties = held.get("properties")
    return str(properties.get("name") or "") if isinstance(properties, dict) else ""


def _ring(called: str, ring: Any, name: str) -> Lens:
    import numpy as np
    import pyproj

    try:
        points = np.array([point[:2] for point in ring], dtype=float).reshape(-1, 2)
    except (TypeError, ValueError) as fault:
        raise DataError(f"{called} has a polygon whose corners are no pairs of numbers.") from fault
    if len(points) < 3:
        raise DataError(f"{called} has a polygon with {len(points)} corners; it needs three.")
    longitude, latitude = points[:, 0], points[:, 1]
    inside = (longitude > -9) & (longitude < 3) & (latitude > 49) & (latitude < 61)
    if not inside.all():
        x, y = points[~inside][0]
        raise DataError(
            f"{called} has a corner at {x:g}, {y:g}, which is no longitude and latitude of "
            f"Great Britain.",
            advice="Give longitude first, then latitude, in degrees (WGS 84), as GeoJSON has it.",
        )
    to_grid = pyproj.Transformer.from_crs(4326, 27700, always_xy=True)
    eastings, northings = to_grid.transform(longitude, latitude)
    return Lens.polygon(zip(eastings, northings, strict=True), name=name)
