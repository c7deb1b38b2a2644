"""Which hubs cover which schools."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.footprints import footprints
from tests.made_up import MadeUp, brambleford

DAY = date(2022, 4, 25)


def certainty(landscape, hub, day=DAY):
    rows = footprints(landscape.on(day)).to_dicts()
    return {int(row["school"][-2:]): row["is_certain"] for row in rows if row["hub"] == hub}


@pytest.fixture(scope="module")
def country():
    return brambleford().landscape()


def test_through_an_authority(country):
    assert certainty(country, "mh:001") == dict.fromkeys(range(1, 10), True)


def test_through_whole_districts_and_a_shared_one(country):
    surely = dict.fromkeys([1, 2, 3, 4, 5], True)
    perhaps = dict.fromkeys([6, 7, 8, 9], False)
    assert certainty(country, "tsh:HH1") == surely | perhaps
    assert certainty(country, "tsh:HH2") == perhaps | dict.fromkeys([11, 12, 13, 14], True)


def test_schools_then_open(country):
    assert 10 in certainty(country, "tsh:HH1", date(2018, 8, 30))
    assert 13 not in certainty(country, "tsh:HH2", date(2021, 8, 31))


def test_kinds_and_order(country):
    found = footprints(country.on(DAY))
    assert found.columns == ["hub", "hub_kind", "school", "is_certain"]
    assert found.rows() == sorted(found.rows())
    assert set(found["hub_kind"]) == {"maths_hub", "teaching_school_hub"}


def test_directly_and_through_a_district_counts_once_and_surely():
    place = MadeUp()
    place.area("hubarea:1", kind="hub_area")
    place.add("area_parts", area="hubarea:1", part="lad:A", is_whole=False)
    place.school(900001, district="lad:A")
    place.school(900002, district="lad:A")
    place.hub("tsh:1", "teaching_school_hub", covers=["hubarea:1", "urn:900001"])
    assert certainty(place.landscape(), "tsh:1") == {1: True, 2: False}


def test_a_district_by_itself():
    place = MadeUp()
    place.school(900001, district="lad:A")
    place.school(900002)
    place.hub("eh:1", "english_hub", covers=["lad:A"])
    assert certainty(place.landscape(), "eh:1") == {1: True}


def test_a_footprint_that_ended_covers_nothing():
    place = MadeUp()
    place.school(900001)
    place.hub("eh:1", "english_hub")
    place.tie("eh:1", "urn:900001", "covers", end=DAY)
    assert certainty(place.landscape(), "eh:1") == {}
    assert certainty(place.landscape(), "eh:1", date(2022, 4, 24)) == {1: True}


def test_no_hubs_no_footprints():
    place = MadeUp()
    place.school(900001)
    assert footprints(place.landscape().on(DAY)).is_empty()
