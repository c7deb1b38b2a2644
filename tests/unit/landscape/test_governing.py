"""Who governs each school."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.governing import BANDS, governing_bodies
from tests.made_up import MadeUp, brambleford

DAY = date(2022, 4, 25)


def bodies(landscape, day=DAY):
    return {row["id"]: row for row in governing_bodies(landscape.on(day)).to_dicts()}


@pytest.fixture(scope="module")
def country():
    return brambleford().landscape()


def test_a_maintained_school_is_its_authoritys(country):
    ash = bodies(country)["urn:900001"]
    assert ash == {
        "id": "urn:900001",
        "body": "la:001",
        "band": "maintained",
        "trust_size": None,
        "joined": None,
    }


def test_a_foundation_takes_no_maintained_school_into_a_trust(country):
    assert bodies(country)["urn:900002"]["body"] == "la:001"
    assert bodies(country)["urn:900002"]["band"] == "maintained"


def test_a_trusts_size_counts_every_phase(country):
    # Damson, Elder and Furze High
    damson = bodies(country)["urn:900004"]
    assert (damson["body"], damson["band"], damson["trust_size"]) == ("uid:90001", "2-5", 3)
    assert damson["joined"] == date(2016, 9, 1)


def test_a_trusts_size_counts_every_place(country):
    # Ivy in Brambleford, Larch and Maple in Sloe Vale
    assert bodies(country)["urn:900009"]["trust_size"] == 3


def test_size_is_as_on_the_day(country):
    assert bodies(country, date(2020, 8, 31))["urn:900004"]["trust_size"] == 4
    assert bodies(country, date(2018, 12, 31))["urn:900004"]["trust_size"] == 3
    assert bodies(country, date(2018, 12, 31))["urn:900005"]["band"] == "unknown"


def test_single_goes_by_size_not_by_name():
    place = MadeUp()
    place.trust("uid:90001", "Many Schools Multi Academy Trust")
    place.school(900001, trust="uid:90001")
    assert bodies(place.landscape())["urn:900001"]["band"] == "single"


def test_an_academy_with_no_trust_on_record_is_unknown(country):
    hazel = bodies(country)["urn:900008"]
    assert (hazel["body"], hazel["band"], hazel["trust_size"]) == (None, "unknown", None)


def test_independent_schools_are_left_out(country):
    assert "urn:900014" not in bodies(country)


def test_a_school_that_is_no_academy_does_not_make_a_trust_larger():
    place = MadeUp()
    place.trust("uid:90001")
    place.school(900001, trust="uid:90001")
    place.school(900002, status="maintained")
    place.tie("uid:90001", "urn:900002", "governs")
    assert bodies(place.landscape())["urn:900001"]["band"] == "single"


def test_only_a_trust_governs_an_academy():
    place = MadeUp()
    place.trust("uid:90001")
    place.organisation("uid:90002", "foundation_trust")
    place.school(900001, trust="uid:90001", joined=date(2015, 9, 1))
    place.school(900002, status="academy")
    for number in (900001, 900002):
        place.tie("uid:90002", f"urn:{number}", "governs", start=date(2020, 1, 1))
    found = bodies(place.landscape())
    assert found["urn:900001"]["body"] == "uid:90001"
    assert found["urn:900002"]["band"] == "unknown"


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_of_two_trusts_at_once_the_one_joined_last_governs(order):
    place = MadeUp()
    place.school(900001, status="academy")
    joined = {1: None, 2: date(2019, 9, 1)}
    for number in order:
        place.trust(f"uid:9000{number}")
        place.tie(f"uid:9000{number}", "urn:900001", "governs", start=joined[number])
    assert bodies(place.landscape())["urn:900001"]["body"] == "uid:90002"


@pytest.mark.parametrize(
    ("size", "band"),
    [(1, "single"), (2, "2-5"), (5, "2-5"), (6, "6-15"), (15, "6-15"), (16, "16+")],
)
def test_bands(size, band):
    place = MadeUp()
    place.trust("uid:90001")
    for number in range(size):
        place.school(900001 + number, trust="uid:90001")
    found = governing_bodies(place.landscape().on(DAY))
    assert set(found["band"]) == {band}
    assert band in BANDS


def test_every_governed_school_has_one_row(country):
    found = governing_bodies(country.on(DAY))
    expected = country.on(DAY).schools.filter(pl.col("status") != "independent")
    assert found["id"].to_list() == sorted(expected["id"])
