"""The conversion to the British National Grid, against points of the Ordnance Survey."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.sources.national_grid import WIDEST_ERROR_M, from_web_mercator, to_national_grid

# test points of OSTN15: longitude, latitude, easting, northing
CAISTER = (1.716073973, 52.658007833, 651409.804, 313177.450)
ST_MARYS = (-6.299777520, 49.922261937, 91492.146, 11318.804)


@pytest.mark.parametrize("point", [CAISTER, ST_MARYS], ids=["Caister", "Isles of Scilly"])
def test_points_of_the_ordnance_survey(point):
    easting, northing = to_national_grid(point[0], point[1])
    assert np.hypot(easting - point[2], northing - point[3]) < WIDEST_ERROR_M


def test_the_true_origin():
    # the grid's own origin is 400 km east and 100 km south of its false one, on another ellipsoid
    easting, northing = to_national_grid([-2.0], [49.0])
    assert np.hypot(easting - 400_000, northing + 100_000) < 150


def test_web_map_metres_are_the_same_place():
    longitude, latitude = np.array([-1.5, 0.2]), np.array([53.4, 51.5])
    radius = 6_378_137.0
    x = np.radians(longitude) * radius
    y = radius * np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2))
    assert np.allclose(from_web_mercator(x, y), to_national_grid(longitude, latitude), atol=1e-6)
