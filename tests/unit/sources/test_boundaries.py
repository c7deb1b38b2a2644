"""GeoJSON of districts: spellings, coordinates, faulty outlines and other files."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest
import shapely

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.boundaries.read import read

# a square of a tenth of a degree, and one of 10 km on the National Grid
DEGREES = [[-1.5, 53.3], [-1.4, 53.3], [-1.4, 53.4], [-1.5, 53.4], [-1.5, 53.3]]
METRES = [[430e3, 380e3], [440e3, 380e3], [440e3, 390e3], [430e3, 390e3], [430e3, 380e3]]
WEB_MAP = [[-166e3, 7.04e6], [-155e3, 7.04e6], [-155e3, 7.06e6], [-166e3, 7.04e6]]
BOW_TIE = [[430e3, 380e3], [440e3, 390e3], [440e3, 380e3], [430e3, 390e3], [430e3, 380e3]]


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def written(folder, *features, name="districts_2024-05-31.geojson"):
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


def test_degrees_become_metres(tmp_path):
    path = written(tmp_path, feature(polygon(DEGREES), name="Bramble", kind="LAD"))
    table = read(path, Faults())
    assert table.rows.select("name", "code").rows() == [("Bramble", None)]
    outline = shapely.from_wkb(table.rows["outline"][0])
    # a tenth of a degree of latitude is 11.1 km, of longitude there 6.6 km
    assert outline.area == pytest.approx(11_128 * 6_640, rel=0.01)
    assert table.source.as_of == date(2024, 5, 31)


def test_metres_stay(tmp_path):
    path = written(tmp_path, feature(polygon(METRES), LAD24CD="E07000001", LAD24NM="Bramble"))
    table = read(path, Faults())
    assert table.rows.row(0)[:2] == ("Bramble", "E07000001")
    assert shapely.from_wkb(table.rows["outline"][0]).area == 1e8


def test_web_map_metres(tmp_path):
    table = read(written(tmp_path, feature(polygon(WEB_MAP), name="Bramble")), Faults())
    easting, northing = shapely.from_wkb(table.rows["outline"][0]).centroid.coords[0]
    assert (easting, northing) == pytest.approx((435_000, 381_000), abs=6000)


@pytest.mark.parametrize(
    ("properties", "name", "code"),
    [
        ({"ctyua23nm": "Bramble", "ctyua23cd": "E06000001", "ctyua23nmw": "Y"}, "Bramble", True),
        ({"lad_name": "Bramble", "lad_code": "E06000001"}, "Bramble", True),
        ({"NAME": "Bramble", "OBJECTID": 1}, "Bramble", False),
        ({"LAD22NM": "Bramble", "name": "tmp", "gss_code": "E06000001"}, "Bramble", True),
    ],
)
def test_spellings(tmp_path, properties, name, code):
    table = read(written(tmp_path, feature(polygon(METRES), **properties)), Faults())
    assert table.rows.row(0)[:2] == (name, "E06000001" if code else None)


def test_several_parts_are_kept(tmp_path):
    away = [[x + 20e3, y] for x, y in METRES]
    both = {"type": "MultiPolygon", "coordinates": [[METRES], [away]]}
    table = read(written(tmp_path, feature(both, name="Bramble")), Faults())
    assert shapely.from_wkb(table.rows["outline"][0]).area == 2e8


def test_an_outline_that_crosses_itself_is_mended_and_noted(tmp_path):
    faults = Faults()
    table = read(written(tmp_path, feature(polygon(BOW_TIE), name="Bramble")), faults)
    outline = shapely.from_wkb(table.rows["outline"][0])
    assert outline.is_valid
    assert outline.area == pytest.approx(5e7)
    (fault,) = faults
    assert fault.row == 1
    assert fault.found.startswith("Bramble: Self-intersection")


def test_features_that_cannot_be_used(tmp_path):
    path = written(
        tmp_path,
        feature(polygon(METRES), LAD24NM="Bramble", LAD24CD="E07000001"),
        feature(polygon(METRES), LAD24NM=None, LAD24CD="E07000002"),
        feature(polygon(METRES), LAD24NM="Bryn", LAD24CD="W06000001"),
        feature(None, LAD24NM="Thorn", LAD24CD="E07000003"),
        feature({"type": "Point", "coordinates": [430e3, 380e3]}, LAD24NM="Dot"),
        feature(polygon(METRES), LAD24NM="Bramble", LAD24CD="E07000001"),
    )
    table = read(path, Faults())
    assert table.source.rows == 1
    assert table.set_aside.select("row", "reason").rows() == [
        (2, "no name"),
        (3, "outside England"),
        (4, "no outline with an area"),
        (5, "no outline with an area"),
        (6, "given before, in feature 1"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not GeoJSON"),
        (b"PK\x03\x04 a shapefile", "not GeoJSON"),
        (b"name,code\nBramble,E07000001\n", "not GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [', "breaks off"),
        (b'{"type": "Topology", "objects": {}}', "found Topology"),
        (b"[1, 2]", "found a list"),
        (gzip.compress(b"{}" * 99, mtime=0)[:20], "packed with gzip"),
    ],
)
def test_other_files(tmp_path, content, said):
    path = tmp_path / "districts.geojson"
    path.write_bytes(content)
    with pytest.raises(DataError, match=said):
        read(path, Faults())


@pytest.mark.parametrize(
    ("geometry", "properties", "said"),
    [
        (polygon(METRES), {"label": "Bramble"}, "no property .* name. Found label"),
        (polygon([[y, x] for x, y in DEGREES]), {"name": "B"}, "latitude before longitude"),
        (polygon([[x + 100, y] for x, y in DEGREES]), {"name": "B"}, "not of Great Britain"),
        (None, {"name": "B"}, "no outline of a named area"),
    ],
)
def test_collections_that_cannot_be_used(tmp_path, geometry, properties, said):
    with pytest.raises(DataError, match=said):
        read(written(tmp_path, feature(geometry, **properties)), Faults())


def test_packed(tmp_path):
    plain = written(tmp_path, feature(polygon(METRES), name="Bramble"))
    path = tmp_path / "packed_2024.geojson.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    assert read(path, Faults()).rows.height == 1


@pytest.mark.parametrize(
    ("properties", "day"),
    [
        ({"name": "Cumberland"}, date(2023, 4, 1)),
        ({"LAD21NM": "Bramble"}, date(2021, 12, 31)),
        ({"LAD21NM": "Bramble", "LAD21CD": "E08000038"}, date(2025, 4, 1)),
    ],
)
def test_the_map_dates_the_file(tmp_path, properties, day):
    path = written(tmp_path, feature(polygon(METRES), **properties), name="districts.geojson")
    assert read(path, Faults()).source.as_of == day


def test_no_day_and_no_file(tmp_path):
    path = written(tmp_path, feature(polygon(METRES), name="Bramble"), name="districts.geojson")
    with pytest.raises(DataError, match="which day"):
        read(path, Faults())
    with pytest.raises(UsageError, match="not there"):
        read(tmp_path / "none.geojson", Faults())
