"""Areas of outlines, reckoned from well-known binary without loading a library of geometry."""

from __future__ import annotations

import struct

import numpy as np

POLYGON, MULTIPOLYGON = 3, 6


def area_km2(outline: bytes) -> float:
    """Give the area of a polygon or multipolygon in plane coordinates of metres.

    The shoelace formula on each ring; rings after a polygon's first are holes.

    Parameters
    ----------
    outline : bytes
        Well-known binary, two-dimensional.

    Returns
    -------
    float
        Square kilometres.

    Raises
    ------
    ValueError
        If it is no two-dimensional polygon or multipolygon.
    """
    area, end = _area(outline, 0)
    if end != len(outline):
        raise ValueError("bytes after the end of the outline")
    return area / 1e6


def _area(wkb: bytes, at: int) -> tuple[float, int]:
    order = "<" if wkb[at] else ">"
    kind, parts = struct.unpack_from(f"{order}II", wkb, at + 1)
    at += 9
    if kind == MULTIPOLYGON:
        total = 0.0
        for _ in range(parts):
            area, at = _area(wkb, at)
            total += area
        return total, at
    if kind != POLYGON:
        raise ValueError(f"an outline of type {kind}, which is no polygon")
    rings: list[float] = []
    for _ in range(parts):
        (points,) = struct.unpack_from(f"{order}I", wkb, at)
        x, y = np.frombuffer(wkb, f"{order}f8", 2 * points, at + 4).reshape(points, 2).T
        if points:
            # reckoned from the first point: national coordinates are large, outlines small
            x, y = x - x[0], y - y[0]
        rings.append(abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1])) / 2)
        at += 4 + 16 * points
    return (rings[0] - sum(rings[1:]) if rings else 0.0), at
