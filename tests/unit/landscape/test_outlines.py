"""Areas of outlines: by hand, and as a library of geometry reckons them."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.landscape.outlines import area_km2

SQUARE = [(0, 0), (2000, 0), (2000, 2000), (0, 2000)]


def test_a_square_of_two_kilometres_less_a_hole_of_one():
    hole = [(500, 500), (1500, 500), (1500, 1500), (500, 1500)]
    assert area_km2(shapely.to_wkb(shapely.Polygon(SQUARE))) == 4.0
    assert area_km2(shapely.to_wkb(shapely.Polygon(SQUARE, [hole]))) == 3.0


@pytest.mark.parametrize("order", [0, 1])
def test_islands_add_up_in_either_byte_order(order):
    islands = shapely.MultiPolygon(
        [shapely.Polygon(SQUARE), shapely.box(600_000, 400_000, 601_000, 403_000)]
    )
    assert area_km2(shapely.to_wkb(islands, byte_order=order)) == 7.0


@given(st.lists(st.tuples(*[st.floats(0, 700_000)] * 2), min_size=3, max_size=12, unique=True))
def test_any_outline_is_as_large_as_the_library_finds(corners):
    outline = shapely.MultiPoint(corners).convex_hull
    if isinstance(outline, shapely.Polygon):
        assert area_km2(shapely.to_wkb(outline)) == pytest.approx(outline.area / 1e6, abs=1e-6)


@pytest.mark.parametrize("other", [shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)])])
def test_what_is_no_polygon_is_refused(other):
    with pytest.raises(ValueError, match="no polygon"):
        area_km2(shapely.to_wkb(other))
