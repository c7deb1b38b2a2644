"""Schools under numbers that a register no longer lists, put back for the past."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.checking import checked
from hedgerow.landscape.earlier_schools import is_put_back, with_earlier_schools
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.tables import TABLES
from tests.made_up import MadeUp

CONVERTED = date(2019, 9, 1)
BEFORE, AFTER = date(2019, 8, 31), date(2019, 9, 1)


def place(*, route: str = "converter", older: str = "urn:900050") -> MadeUp:
    """An authority with one maintained school and one academy that took over an older number."""
    made = MadeUp()
    made.authority("la:001", "Brambleford")
    made.trust("uid:90001")
    made.school(900_001, authority="la:001", at=(400_000, 300_000))
    made.school(
        900_002,
        authority="la:001",
        at=(401_000, 300_000),
        trust="uid:90001",
        joined=CONVERTED,
        opened=CONVERTED,
        route=route,
        pupils=210,
    )
    made.tie("urn:900002", older, "succeeds")
    return made


def schools_on(landscape, day):
    here = landscape.through(Lens.authority("la:001"), on=day)
    return here.schools.join(governing_bodies(here.whole), on="id").sort("id")


def test_the_older_school_stands_there_until_the_day_of_the_newer():
    found = with_earlier_schools(place().landscape())
    before = schools_on(found, BEFORE)
    assert before["id"].to_list() == ["urn:900001", "urn:900050"]
    assert before["band"].to_list() == ["maintained", "maintained"]
    assert before["body"].to_list() == ["la:001", "la:001"]
    assert before.filter(is_put_back())["pupils"].to_list() == [None]
    assert schools_on(found, AFTER)["id"].to_list() == ["urn:900001", "urn:900002"]


def test_without_it_the_past_would_have_one_school_less():
    assert schools_on(place().landscape(), BEFORE).height == 1


def test_what_is_put_back_is_a_valid_landscape_of_the_same_days():
    whole = place().landscape()
    found = with_earlier_schools(whole)
    checked({name: found.table(name) for name in TABLES if found.has(name)})
    assert (found.as_of, found.earliest, found.label) == (whole.as_of, whole.earliest, whole.label)
    assert with_earlier_schools(whole.on(AFTER)) is found


def test_a_landscape_that_lacks_nothing_is_itself():
    made = MadeUp()
    made.school(900_001)
    whole = made.landscape()
    assert with_earlier_schools(whole) is whole


@pytest.mark.parametrize(
    ("route", "older"),
    [
        ("new", "urn:900050"),  # a free school: what was there may have been independent
        ("sponsored", "urn:900050"),  # so high a number may have been an academy already
    ],
)
def test_of_which_nothing_is_known_stays_away(route, older):
    found = with_earlier_schools(place(route=route, older=older).landscape())
    assert schools_on(found, BEFORE).height == 1


def test_a_sponsored_academy_with_a_low_older_number_was_maintained():
    found = with_earlier_schools(place(route="sponsored", older="urn:100050").landscape())
    assert schools_on(found, BEFORE)["band"].to_list() == ["maintained", "maintained"]


def test_one_number_that_two_schools_took_over_is_put_back_once():
    made = place()
    made.school(
        900_003,
        authority="la:001",
        trust="uid:90001",
        opened=date(2020, 9, 1),
        joined=date(2020, 9, 1),
    )
    made.tie("urn:900003", "urn:900050", "succeeds")
    found = with_earlier_schools(made.landscape())
    assert found.organisations.filter(pl.col("id") == "urn:900050")["closed"].to_list() == [
        CONVERTED
    ]


def test_no_school_is_there_twice_on_the_day_it_changes_its_number():
    made = place()
    made.school(900_050, authority="la:001", closed=date(2019, 9, 2))
    found = with_earlier_schools(made.landscape())
    assert schools_on(found, AFTER)["id"].to_list() == ["urn:900001", "urn:900002"]
    assert schools_on(made.landscape(), AFTER).height == 3
    made = place()
    made.school(900_050, authority="la:001", closed=date(2021, 9, 1))
    found = with_earlier_schools(made.landscape())
    assert schools_on(found, AFTER).height == 3, "two years together: that was another change"
