"""A made-up place and its profile, with names that try to break out of whatever they are put in."""

from __future__ import annotations

from datetime import date

import pytest
import shapely

from hedgerow.landscape.lens import Lens
from hedgerow.localities.comparison import compare
from hedgerow.localities.profile import profile as profile_of
from tests.made_up import MadeUp, brambleford

TODAY = date(2026, 11, 21)
HOSTILE = '=1+1 "St Ash\'s" <script>alert(1)</script> & #eval("x") $x$ \\ Infants'


def hostile_brambleford() -> MadeUp:
    """Brambleford, with outlines, and with a school and a trust whose names are traps."""
    place = brambleford()
    for row in place.rows["organisations"]:
        if row["id"] == "urn:900001":
            row["name"] = HOSTILE
        if row["id"] == "uid:90001":
            row["name"] = f"@{HOSTILE} TRUST"
    for row in place.rows["areas"]:
        if row["id"] == "lad:N":
            row["outline"] = shapely.to_wkb(shapely.box(399_000, 299_000, 404_500, 301_000))
        if row["id"] == "lad:S":
            row["outline"] = shapely.to_wkb(shapely.box(404_500, 299_000, 409_500, 301_000))
        if row["id"] == "lad:V":
            row["outline"] = shapely.to_wkb(shapely.box(409_500, 299_000, 415_000, 301_000))
    return place


@pytest.fixture(scope="session")
def landscape():
    return hostile_brambleford().landscape()


@pytest.fixture(scope="session")
def profile(landscape):
    return profile_of(landscape, Lens.authority("la:001"))


@pytest.fixture(scope="session")
def vale(landscape):
    """A place of so few schools that no rate may be shown."""
    return profile_of(landscape, Lens.authority("la:002"))


@pytest.fixture(scope="session")
def comparison(profile, vale):
    return compare([profile, vale])
