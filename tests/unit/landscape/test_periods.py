"""Half-open periods, and tables as they were on a day."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.periods import active_on, as_on, in_words
from tests.made_up import MadeUp

START, END = date(2020, 9, 1), date(2021, 9, 1)


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        (START, END, date(2020, 8, 31), False),
        (START, END, START, True),
        (START, END, date(2021, 8, 31), True),
        (START, END, END, False),
        (None, END, date(1900, 1, 1), True),
        (START, None, date(2100, 1, 1), True),
        (None, None, START, True),
        (START, START, START, False),
    ],
)
def test_a_period_holds_from_its_start_up_to_its_end(start, end, day, expected):
    table = pl.DataFrame(
        {"start": [start], "end": [end]}, schema={"start": pl.Date, "end": pl.Date}
    )
    assert table.select(active_on(day)).item() is expected


def test_a_day_in_words():
    assert in_words(date(2020, 9, 1)) == "1 September 2020"


@pytest.fixture
def place():
    place = MadeUp()
    place.trust("uid:90001")
    place.trust("uid:90002", closed=START)
    place.school(900001, trust="uid:90001", closed=END)
    place.school(900002, trust="uid:90002")
    place.school(900003, opened=END)
    place.tie("urn:900003", "urn:900001", "succeeds", start=END)
    place.tie("uid:90001", "urn:900003", "supports")
    place.tie("person:1", "urn:900001", "advises")
    place.add("roles", person="person:1", organisation="urn:900001", role="head", start=START)
    place.add("roles", person="person:1", organisation="uid:90001", role="head", end=END)
    place.add("adoptions", school="urn:900001", item="lesson study")
    place.add("participation", school="urn:900001", activity="a", start=START)
    return place


def kinds(tables):
    return set(tables["ties"].select("from_id", "to_id", "kind").rows())


def test_schools_go_with_their_organisations(place):
    before, after = (as_on(place.tables(), day) for day in (START, END))
    assert before["schools"]["id"].to_list() == ["urn:900001", "urn:900002"]
    assert after["schools"]["id"].to_list() == ["urn:900002", "urn:900003"]


def test_a_tie_does_not_outlive_its_ends(place):
    # neither tie has an end of its own
    before = kinds(as_on(place.tables(), date(2020, 8, 31)))
    assert ("uid:90002", "urn:900002", "governs") in before
    after = kinds(as_on(place.tables(), START))
    assert ("uid:90002", "urn:900002", "governs") not in after
    assert ("uid:90001", "urn:900001", "governs") in after


def test_a_tie_does_not_begin_before_its_ends(place):
    assert ("uid:90001", "urn:900003", "supports") not in kinds(as_on(place.tables(), START))
    assert ("uid:90001", "urn:900003", "supports") in kinds(as_on(place.tables(), END))


def test_a_school_goes_on_succeeding_one_that_is_closed(place):
    succession = ("urn:900003", "urn:900001", "succeeds")
    assert succession in kinds(as_on(place.tables(), END))
    assert succession not in kinds(as_on(place.tables(), START))


def test_ties_of_persons_stay_while_the_organisation_does(place):
    tie = ("person:1", "urn:900001", "advises")
    assert tie in kinds(as_on(place.tables(), START))
    assert tie not in kinds(as_on(place.tables(), END))


def test_roles_and_adoptions_go_with_the_organisation(place):
    before, after = (as_on(place.tables(), day) for day in (START, END))
    assert before["roles"].height == 2
    assert before["adoptions"].height == 1
    assert after["roles"].is_empty()
    assert after["adoptions"].is_empty()


def test_what_is_a_record_stays_whole(place):
    assert as_on(place.tables(), date(2100, 1, 1))["participation"].height == 1


def test_ties_alone_are_dated_too(place):
    tables = {"ties": place.tables()["ties"]}
    assert len(kinds(as_on(tables, START))) == 4
