"""Where the made-up schools lie, as open data would hold it: small areas, postcodes, outlines."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np

from hedgerow.fieldbook.made_up.plan import AUTHORITIES, ORIGIN, DistrictPlan
from hedgerow.fieldbook.made_up.region import Region
from hedgerow.fieldbook.made_up.schools import School


def lsoa_of(school: School) -> str:
    """Give the made-up small area in which a school lies: a square of two kilometres."""
    east, north = (int((school.x - ORIGIN[0]) // 2000), int((school.y - ORIGIN[1]) // 2000))
    return f"E0199{east:02d}{north:02d}"


def postcode_of(school: School) -> str:
    """Give a made-up postcode in an area that the post does not use."""
    area, rest = divmod(school.number, 400)
    digit, rest = divmod(rest, 40)
    return f"QX{area + 1} {digit}{'ABDEFGHJLN'[rest % 10]}{'PQRS'[rest // 10]}"


def _squares(region: Region) -> list[tuple[str, float]]:
    """Give each small area with a school in it and how poor it is, from the meals that its schools
    serve.
    """
    meals: dict[str, list[float]] = {}
    for school in region.schools:
        meals.setdefault(lsoa_of(school), []).append(school.fsm)
    return sorted((code, float(np.mean(shares))) for code, shares in meals.items())


def deprivation(region: Region) -> Iterable[dict[str, object]]:
    """Give the index of multiple deprivation of the small areas with a school in them."""
    squares = _squares(region)
    for code, poor in squares:
        # where a share of pupils on free meals would stand among England's areas, roughly
        standing = float(np.clip(0.5 + (0.2 - poor) * 1.9, 0.002, 0.998))
        rank = round(1 + standing * 32843)
        yield {
            "LSOA code (2011)": code,
            "LSOA name (2011)": f"Square {code[-4:]}",
            "Index of Multiple Deprivation (IMD) Rank": f"{rank:,}",
            "Index of Multiple Deprivation (IMD) Decile": str(1 + int(10 * (rank - 1) / 32844)),
        }


def _lonlat(points: list[tuple[float, float]]) -> list[list[float]]:
    from pyproj import Transformer

    transformer = Transformer.from_crs(27700, 4326, always_xy=True)
    lons, lats = transformer.transform([x for x, _ in points], [y for _, y in points])
    return [[round(lon, 6), round(lat, 6)] for lon, lat in zip(lons, lats, strict=True)]


def centroids(region: Region) -> Iterable[dict[str, object]]:
    """Give the centres of those small areas."""
    codes = [code for code, _ in _squares(region)]
    centres = [
        (ORIGIN[0] + 2000 * int(code[5:7]) + 1000, ORIGIN[1] + 2000 * int(code[7:9]) + 1000)
        for code in codes
    ]
    for code, (lon, lat) in zip(codes, _lonlat(centres), strict=True):
        yield {"lsoa11_code": code, "lon": f"{lon:.5f}", "lat": f"{lat:.5f}"}


def postcodes(region: Region) -> Iterable[dict[str, object]]:
    """Give the schools' postcodes with their places and districts."""
    for school in region.schools:
        yield {
            "pcd": postcode_of(school),
            "laua": school.district.code,
            "oseast1m": f"{school.x:.0f}",
            "osnrth1m": f"{school.y:.0f}",
        }


def _outline(district: DistrictPlan) -> list[tuple[float, float]]:
    """Give a district's rectangle with gently bent sides, so that it looks like land and still
    holds its schools.
    """
    chance = np.random.default_rng(int(district.code[1:]))
    corners = (
        (district.west, district.south),
        (district.east, district.south),
        (district.east, district.north),
        (district.west, district.north),
    )
    points: list[tuple[float, float]] = []
    for index, (x0, y0) in enumerate(corners):
        x1, y1 = corners[(index + 1) % 4]
        outward = np.array([y1 - y0, x0 - x1]) / max(abs(x1 - x0), abs(y1 - y0))
        for step in range(8):
            bend = outward * (
                0.15 + 0.45 * abs(np.sin(2.4 * step + index)) * chance.random() if step else 0.15
            )
            at = step / 8
            points.append(
                (
                    ORIGIN[0] + 1000 * float(x0 + at * (x1 - x0) + bend[0]),
                    ORIGIN[1] + 1000 * float(y0 + at * (y1 - y0) + bend[1]),
                )
            )
    return [*points, points[0]]


def outlines() -> str:
    """Give the districts' outlines as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": district.name, "kind": "LAD"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[_lonlat(_outline(district))]]},
        }
        for authority in AUTHORITIES
        for district in authority.districts
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})
