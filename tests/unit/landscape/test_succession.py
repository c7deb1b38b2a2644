"""Schools under their present identifier."""

from __future__ import annotations

from datetime import date

import polars as pl

from hedgerow.landscape.succession import (
    identifiers_as_on,
    present_identifiers,
    under_present_identifiers,
)
from tests.made_up import MadeUp


def chained() -> MadeUp:
    """Ash (900001) became 900002 in 2017 and 900003 in 2020; Beech (900004) was merged into 900003
    in 2021; Cedar (900005) was parted into 900006 and 900007; Damson (900008) took 900009 in."""
    place = MadeUp()
    place.school(900001, closed=date(2017, 9, 1))
    place.school(900002, opened=date(2017, 9, 1), closed=date(2020, 9, 1))
    place.school(900003, opened=date(2020, 9, 1))
    place.school(900004, closed=date(2021, 9, 1))
    place.school(900006)
    place.school(900007)
    place.school(900008)
    for newer, older, start in (
        (900002, 900001, date(2017, 9, 1)),
        (900003, 900002, date(2020, 9, 1)),
        (900003, 900004, date(2021, 9, 1)),
        (900006, 900005, date(2019, 9, 1)),
        (900007, 900005, date(2019, 9, 1)),
        (900008, 900009, date(2019, 9, 1)),
    ):
        place.tie(f"urn:{newer}", f"urn:{older}", "succeeds", start=start)
    return place


def test_follows_the_chain_to_the_school_that_is_open() -> None:
    """Each day has its own present."""
    landscape = chained().landscape()
    assert present_identifiers(landscape.on(date(2022, 1, 1))) == {
        "urn:900001": "urn:900003",
        "urn:900002": "urn:900003",
        "urn:900004": "urn:900003",
        "urn:900009": "urn:900008",
    }
    assert present_identifiers(landscape.on(date(2018, 1, 1))) == {"urn:900001": "urn:900002"}
    assert present_identifiers(landscape)["urn:900001"] == "urn:900003"


def test_a_school_that_still_bears_its_number_keeps_it() -> None:
    """Even where a record has it succeeded, as when it gave part of its pupils away."""
    place = MadeUp()
    place.school(900001)
    place.school(900002)
    place.tie("urn:900002", "urn:900001", "succeeds", start=date(2019, 9, 1))
    assert present_identifiers(place.landscape()) == {}


def test_records_that_run_in_a_circle_end() -> None:
    """Two closed schools, each said to have succeeded the other."""
    place = MadeUp()
    place.school(900003)
    place.tie("urn:900001", "urn:900002", "succeeds")
    place.tie("urn:900002", "urn:900001", "succeeds")
    assert present_identifiers(place.landscape()) == {}


def test_a_table_is_put_under_present_identifiers() -> None:
    """Whatever is no older school stays as it was."""
    landscape = chained().landscape().on(date(2022, 1, 1))
    table = pl.DataFrame(
        {"school": ["urn:900001", "urn:900007", None], "other": ["urn:900004", "uid:1", "x"]}
    )
    assert under_present_identifiers(table, landscape, "school", "other").rows() == [
        ("urn:900003", "urn:900003"),
        ("urn:900007", "uid:1"),
        (None, "x"),
    ]


def test_all_days_are_reached_from_a_day() -> None:
    """The landscape of a day knows the one of all days."""
    landscape = chained().landscape()
    day = landscape.on(date(2018, 1, 1))
    assert "urn:900003" not in day.organisations["id"]
    assert day.all_days is landscape
    assert landscape.all_days is landscape


def test_what_is_recorded_later_is_put_under_the_number_of_the_day() -> None:
    """On a day before the merger two open schools stand for what is now one: neither is chosen."""
    landscape = chained().landscape()
    assert identifiers_as_on(landscape.on(date(2018, 1, 1))) == {"urn:900001": "urn:900002"}
    place = MadeUp()
    place.school(900001, closed=date(2020, 9, 1))
    place.school(900002, opened=date(2020, 9, 1))
    place.tie("urn:900002", "urn:900001", "succeeds", start=date(2020, 9, 1))
    before, after = (place.landscape().on(date(year, 1, 1)) for year in (2020, 2021))
    assert identifiers_as_on(before) == {"urn:900002": "urn:900001"}
    assert identifiers_as_on(after) == {"urn:900001": "urn:900002"}
