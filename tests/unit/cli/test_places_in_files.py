"""Places given by a file: lists of URNs and drawn polygons, right and wrong ones."""

from __future__ import annotations

import json

import pytest

from hedgerow.cli.places import place_from
from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.lens import Lens
from tests.made_up import brambleford


@pytest.fixture(scope="module")
def landscape():
    return brambleford().landscape()


@pytest.fixture
def listed(landscape, tmp_path):
    def lens_of(content: str | bytes, name: str = "list.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place_from(landscape, f"urns:{path}")

    return lens_of


@pytest.mark.parametrize(
    "content",
    [
        "900001\n900004\n",
        "\n900004\r\n 900001 \r\n\r\n900001",
        "URN\n900001\n900004\n",
        'School,URN,Town\n"Ash, the",900001,X\n,900004,\n,,\n',
        "urn;name\n900001;Ash\n900004;Damson\n",
        "\ufeffurn\tname\n900001\tAsh\n900004\tDamson\n",
        'School,URN\n"Ash\nPrimary",900001\nDamson,900004\n',
        "School,URN\nSt Émile’s,900001\nDamson,900004\n".encode("cp1252"),
        "School,URN\nSt Émile’s,900001\nDamson,900004\n".encode("utf-16"),
    ],
)
def test_lists(listed, content):
    assert listed(content) == Lens.listed(["urn:900001", "urn:900004"], name="list")


def test_lines_without_a_urn_are_listed_with_their_number(listed):
    with pytest.raises(DataError) as caught:
        listed("900001\nAsh Primary\n12\n")
    assert "2 lines without a URN" in caught.value.message
    assert "line 2: “Ash Primary”" in caught.value.message
    assert "line 3: “12”" in caught.value.message


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"%PDF-1.4\n", b"9\x000\x00"])
def test_what_is_no_text(listed, content):
    with pytest.raises(DataError, match=r"list\.csv is no text"):
        listed(content)


def test_lines_of_a_csv_are_numbered_as_in_the_file(listed):
    with pytest.raises(DataError, match="line 4: “none”"):
        listed('School,URN\n"Ash\nPrimary",900001\nDamson,none\n')
    with pytest.raises(DataError, match="line 3: “”"):
        listed("School,URN\nAsh,900001\nDamson\n")


def test_unknown_urns_are_listed(listed):
    with pytest.raises(DataError) as caught:
        listed("900001\n" + "\n".join(str(number) for number in range(800_000, 800_012)))
    assert "12 URNs that the register does not have" in caught.value.message
    assert "800009" in caught.value.message
    assert "and 2 more" in caught.value.message


def test_a_csv_without_the_column(listed):
    with pytest.raises(DataError, match="no column URN"):
        listed("School,Town\nAsh,X\n")


@pytest.mark.parametrize("content", ["", "\n\n", "URN\n"])
def test_nothing_listed(listed, content):
    with pytest.raises(DataError, match="lists no URN"):
        listed(content)


@pytest.mark.parametrize("kind", ["urns", "polygon"])
def test_no_such_file(landscape, tmp_path, kind):
    with pytest.raises(UsageError, match="There is no file"):
        place_from(landscape, f"{kind}:{tmp_path / 'none'}")


# A degree or so around 402 000, 300 000 in the National Grid
WEST, EAST, SOUTH, NORTH = -2.02, -1.95, 52.59, 52.61


def ring(west=WEST, east=EAST, south=SOUTH, north=NORTH):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def drawn(landscape, tmp_path, held, name="area.geojson"):
    path = tmp_path / name
    path.write_text(json.dumps(held) if not isinstance(held, str) else held, "utf-8")
    return place_from(landscape, f"polygon:{path}")


def schools_in(landscape, lens):
    members = lens.members(landscape.on(landscape.as_of))
    return sorted(one for one in members if one.startswith("urn:"))


def test_polygons_in_every_wrapping(landscape, tmp_path):
    polygon = {"type": "Polygon", "coordinates": [ring()]}
    feature = {"type": "Feature", "properties": {"name": "Our patch"}, "geometry": polygon}
    wrapped = [
        polygon,
        feature,
        {"type": "FeatureCollection", "features": [feature]},
        {"type": "MultiPolygon", "coordinates": [[ring()]]},
        {"type": "GeometryCollection", "geometries": [polygon]},
    ]
    inside = [schools_in(landscape, drawn(landscape, tmp_path, held)) for held in wrapped]
    assert inside[0] == ["urn:900001", "urn:900002", "urn:900003", "urn:900004"]
    assert all(found == inside[0] for found in inside)
    assert drawn(landscape, tmp_path, feature).label(landscape) == "Our patch"
    assert drawn(landscape, tmp_path, polygon).label(landscape) == "area"


def test_holes_are_left_out_and_parts_count_together(landscape, tmp_path):
    hole = ring(west=-1.995, east=-1.975)
    with_hole = {"type": "Polygon", "coordinates": [ring(), hole]}
    assert schools_in(landscape, drawn(landscape, tmp_path, with_hole)) == [
        "urn:900001",
        "urn:900003",
        "urn:900004",
    ]
    parts = {"type": "MultiPolygon", "coordinates": [[ring(east=-1.99)], [ring(west=-1.96)]]}
    found = schools_in(landscape, drawn(landscape, tmp_path, parts))
    assert found == ["urn:900001", "urn:900004"]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ('{"type": "Polygon",', "is no GeoJSON: line 1"),
        ("[1, 2]", "holds no polygon but list"),
        ("[" * 100_000, "is no GeoJSON: its brackets stand too deep"),
        ({"type": "FeatureCollection", "features": 5}, "holds no polygon but FeatureCollection"),
        ({"type": "MultiPolygon", "coordinates": 5}, "holds no polygon but MultiPolygon"),
        ({"type": "Point", "coordinates": [0, 51]}, "holds no polygon but Point"),
        ({"type": "Polygon", "coordinates": []}, "holds no polygon but Polygon"),
        ({"type": "Polygon", "coordinates": [[[0, 51], [0, 52]]]}, "2 corners; it needs three"),
        ({"type": "Polygon", "coordinates": [["a", "b", "c"]]}, "no pairs of numbers"),
        ({"type": "Polygon", "coordinates": [[[52, -2], [52, -1], [53, -1]]]}, "corner at 52, -2"),
        ({"type": "Polygon", "coordinates": [[[4e5, 3e5], [4e5, 4e5], [5e5, 3e5]]]}, "WGS 84"),
    ],
)
def test_what_is_no_polygon(landscape, tmp_path, held, said):
    with pytest.raises(DataError) as caught:
        drawn(landscape, tmp_path, held)
    assert said in str(caught.value)
