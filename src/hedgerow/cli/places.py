"""Places that are asked for by a file: a list of URNs, or a polygon drawn on a map."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.places import find_place

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape
    from hedgerow.landscape.lens import Lens

MOST_SHOWN = 10
_URN = re.compile(r"(?:urn:)?(\d{5,7})", re.IGNORECASE)


def place_from(landscape: Landscape, text: str) -> Lens:
    """Give the lens for a place as written on the command line, files included.

    Parameters
    ----------
    landscape : Landscape
    text : str
        What `find_place` takes, or ``urns:FILE`` or ``polygon:FILE``.

    Raises
    ------
    UnknownPlaceError
        If nothing, or more than one thing, answers to it.
    UsageError
        If a file is not there.
    DataError
        If a file does not hold what it should.
    """
    kind, _, rest = text.partition(":")
    kind = kind.strip().lower()
    if kind == "urns":
        return schools_in_file(landscape, Path(rest))
    if kind == "polygon":
        return polygon_in_file(Path(rest))
    return find_place(landscape, text)


def _text_of(path: Path, what: str) -> str:
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", advice=f"Name a file with {what}.")
    held = path.read_bytes()
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def schools_in_file(landscape: Landscape, path: Path) -> Lens:
    """Give the lens of the schools listed in a file: one URN a line, or a CSV with a column URN.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If a line holds no URN, none holds one, or a URN is not in the landscape; each is listed.
    """
    from hedgerow.landscape.lens import Lens

    lines = _text_of(path, "one URN a line, or a CSV with a column URN").splitlines()
    faults, urns = [], []
    for number, given in _urn_fields(path, lines):
        found = _URN.fullmatch(given)
        if found:
            urns.append(found[1])
        else:
            faults.append(f"line {number}: “{given[:60]}”")
    if faults:
        raise DataError(
            f"{path.name} has {_counted(len(faults), 'line')} without a URN where one should be.\n"
            + _listed(faults),
            advice="A URN is five to seven digits; write one a line, or a CSV with a column URN.",
        )
    if not urns:
        raise DataError(f"{path.name} lists no URN.", advice="Write one URN a line.")
    known = set(landscape.table("schools")["urn"].to_list())
    unknown = sorted({urn for urn in urns if int(urn) not in known})
    if unknown:
        raise DataError(
            f"{path.name} lists {_counted(len(unknown), 'URN')} that the register does not have.\n"
            + _listed(unknown),
            advice="Take them out, or use a register whose date is nearer to that of the list.",
        )
    return Lens.listed((f"urn:{urn}" for urn in urns), name=path.stem)


def _urn_fields(path: Path, lines: list[str]) -> list[tuple[int, str]]:
    """Give line number and text of every field that should hold a URN."""
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not filled:
        return []
    first_number, first = filled[0]
    delimiter = max(",;\t", key=first.count)
    headings = [
        field.strip().casefold() for field in next(csv.reader([first], delimiter=delimiter))
    ]
    if "urn" in headings:
        column = headings.index("urn")
        fields = []
        rows = csv.reader(lines[first_number:], delimiter=delimiter)
        for row in rows:
            if any(field.strip() for field in row):
                given = row[column].strip() if column < len(row) else ""
                fields.append((first_number + rows.line_num, given))
        return fields
    if len(headings) > 1:
        raise DataError(
            f"{path.name} has no column URN: its first line is “{first[:80]}”.",
            advice="Give one URN a line, or a CSV whose first line names a column URN.",
        )
    return [(number, line.strip()) for number, line in filled]


def polygon_in_file(path: Path) -> Lens:
    """Give the lens of what lies inside a polygon, read from GeoJSON in longitude and latitude.

    Several polygons count together; holes are left out.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If it is no GeoJSON, holds no polygon, or its coordinates are no longitudes and latitudes of
        Great Britain.
    """
    text = _text_of(path, "a polygon as GeoJSON")
    try:
        held = json.loads(text)
    except json.JSONDecodeError as fault:
        raise DataError(
            f"{path.name} is no GeoJSON: line {fault.lineno}, column {fault.colno}: {fault.msg}.",
            advice="Export the drawn area as GeoJSON.",
        ) from fault
    polygons = _polygons(held)
    if not polygons:
        kind = held.get("type", "nothing known") if isinstance(held, dict) else type(held).__name__
        raise DataError(
            f"{path.name} holds no polygon but {kind}.",
            advice="Export the drawn area as a GeoJSON Polygon, MultiPolygon or Feature with one.",
        )
    name = _name_in(held) or path.stem
    whole: Lens | None = None
    for rings in polygons:
        outer, *holes = (_ring(path, ring, name) for ring in rings)
        for hole in holes:
            outer = outer & ~hole
        whole = outer if whole is None else whole | outer
    if whole is None:
        raise DataError(f"{path.name} holds a polygon without corners.")
    return whole


def _polygons(held: Any) -> list[Any]:
    """Give every polygon of a GeoJSON object, each as its rings."""
    if not isinstance(held, dict):
        return []
    kind = held.get("type")
    if kind == "FeatureCollection":
        return [part for feature in held.get("features") or [] for part in _polygons(feature)]
    if kind == "GeometryCollection":
        return [part for shape in held.get("geometries") or [] for part in _polygons(shape)]
    if kind == "Feature":
        return _polygons(held.get("geometry"))
    coordinates = held.get("coordinates") or []
    if kind == "Polygon":
        return [coordinates] if coordinates else []
    return list(coordinates) if kind == "MultiPolygon" else []


def _name_in(held: dict[str, Any]) -> str:
    if held.get("type") == "FeatureCollection" and len(held.get("features") or []) == 1:
        held = held["features"][0]
    properties = held.get("properties")
    return str(properties.get("name") or "") if isinstance(properties, dict) else ""


def _ring(path: Path, ring: Any, name: str) -> Lens:
    import numpy as np
    import pyproj

    from hedgerow.landscape.lens import Lens

    try:
        points = np.array([point[:2] for point in ring], dtype=float).reshape(-1, 2)
    except (TypeError, ValueError) as fault:
        raise DataError(
            f"{path.name} has a polygon whose corners are no pairs of numbers."
        ) from fault
    if len(points) < 3:
        raise DataError(f"{path.name} has a polygon with {len(points)} corners; it needs three.")
    longitude, latitude = points[:, 0], points[:, 1]
    inside = (longitude > -9) & (longitude < 3) & (latitude > 49) & (latitude < 61)
    if not inside.all():
        x, y = points[~inside][0]
        raise DataError(
            f"{path.name} has a corner at {x:g}, {y:g}, which is no longitude and latitude of "
            f"Great Britain.",
            advice="Give longitude first, then latitude, in degrees (WGS 84), as GeoJSON has it.",
        )
    to_grid = pyproj.Transformer.from_crs(4326, 27700, always_xy=True)
    eastings, northings = to_grid.transform(longitude, latitude)
    return Lens.polygon(zip(eastings, northings, strict=True), name=name)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _listed(items: list[str]) -> str:
    shown = "\n".join(f"  {item}" for item in items[:MOST_SHOWN])
    more = len(items) - MOST_SHOWN
    return shown + (f"\n  and {more:,} more" if more > 0 else "")
