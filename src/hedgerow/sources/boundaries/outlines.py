"""From GeoJSON geometries to outlines in British National Grid metres."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hedgerow.landscape.errors import DataError
from hedgerow.sources.boundaries.schema import OPTION
from hedgerow.sources.national_grid import from_web_mercator, to_national_grid


@dataclass(frozen=True)
class Outline:
    """An outline, or that there is none.

    Parameters
    ----------
    binary : bytes or None
        Well-known binary of a polygon or several, British National Grid metres; None where the
        geometry has no area.
    repaired : str
        What was wrong with it and was mended; empty where nothing was.
    """

    binary: bytes | None
    repaired: str = ""


def outlines_of(geometries: Sequence[Any], file: str) -> list[Outline]:
    """Turn geometries into outlines.

    Parameters
    ----------
    geometries : sequence
        As in GeoJSON; None, and what is no geometry, gives no outline.
    file : str
        For the message.

    Raises
    ------
    DataError
        If the coordinates are neither degrees nor British National Grid nor web-map metres.
    """
    import shapely  # slow to start, and only this source needs it

    texts = [json.dumps(geometry) if geometry else None for geometry in geometries]
    shapes = shapely.from_geojson(np.array(texts, dtype=object), on_invalid="ignore")
    shapes = np.where(np.isin(shapely.get_type_id(shapes), (3, 6)), shapes, None)
    corners = shapely.get_coordinates(shapes)
    if not len(corners):
        return [Outline(None) for _ in shapes]
    convert = _conversion(corners, file)
    shapes = shapely.transform(shapes, convert)
    outlines = []
    for shape in shapes:
        if shape is None or shapely.is_empty(shape):
            outlines.append(Outline(None))
            continue
        wrong = "" if shapely.is_valid(shape) else shapely.is_valid_reason(shape)
        if wrong:
            shape = _areas_of(shapely.make_valid(shape))
        binary = shapely.to_wkb(shape) if shape is not None and shape.area > 0 else None
        outlines.append(Outline(binary, wrong))
    return outlines


def _areas_of(shape: Any) -> Any:
    """Keep what has an area of a repaired shape, which may have left lines and points behind."""
    import shapely

    parts = [part for part in shapely.get_parts(shape) if part.area > 0]
    return shapely.union_all(parts) if parts else None


def _conversion(corners: npt.NDArray[np.float64], file: str) -> Any:
    """Choose how to reach the National Grid, from the size of the coordinates."""
    x, y = corners[:, 0], corners[:, 1]
    if _within(x, -9, 3) and _within(y, 49, 61):
        return lambda points: np.column_stack(to_national_grid(points[:, 0], points[:, 1]))
    if _within(x, 0, 700_000) and _within(y, 0, 1_300_000) and x.max() > 1000:
        return lambda points: points
    if _within(x, -1_000_000, 340_000) and _within(y, 6_000_000, 8_800_000):
        return lambda points: np.column_stack(from_web_mercator(points[:, 0], points[:, 1]))
    found = f"{x.min():.6g} to {x.max():.6g} and {y.min():.6g} to {y.max():.6g}"
    if _within(y, -9, 3) and _within(x, 49, 61):
        raise DataError(
            f"{file} ({OPTION}) gives latitude before longitude: coordinates run from {found}.",
            advice="GeoJSON puts longitude first; export the file again.",
        )
    raise DataError(
        f"{file} ({OPTION}) has coordinates that are not of Great Britain: they run from {found}. "
        "Expected longitude and latitude in degrees, or British National Grid metres.",
        advice="Export the file again with coordinates in WGS84 (EPSG:4326).",
    )


def _within(values: npt.NDArray[np.float64], low: float, high: float) -> bool:
    return bool(values.min() >= low and values.max() <= high)
