"""Ties between schools that were asked."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.features.school_ties import school_ties
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.lens import Lens
from tests.made_up import REGISTER_DAY, MadeUp

ASKED = date(2022, 3, 1)


def place_of(schools: int, asked: int) -> MadeUp:
    place = MadeUp()
    place.authority("la:001")
    for number in range(900001, 900001 + schools):
        school = place.school(number, authority="la:001")
        if number < 900001 + asked:
            place.observe(school, "ties_asked", 1, ASKED)
    return place


def ties_of(place: MadeUp):
    return school_ties(place.landscape().through(Lens.authority("la:001"), on=REGISTER_DAY))


def test_each_flow_stands_once_whatever_the_kinds_of_tie():
    place = place_of(5, 5)
    place.tie("urn:900002", "urn:900001", "turns_to")
    place.tie("urn:900001", "urn:900002", "turns_to")
    place.tie("urn:900001", "urn:900002", "visits")
    place.tie("urn:900003", "urn:900004", "visits", end=date(2021, 9, 1))
    place.tie("urn:900003", "urn:900005", "member_of")
    found = ties_of(place)
    assert found.schools == tuple(f"urn:{number}" for number in range(900001, 900006))
    # 1 and 2 name each other, and 1 learns from 2 by visiting: one flow each way
    assert found.flows().tolist() == [[0, 1], [1, 0]]
    assert (found.missing, found.caveat, found.sources) == (0, "", ("made-up",))


def test_ties_told_before_a_school_changed_its_number_are_its_own():
    place = place_of(2, 1)
    place.school(900010, authority="la:001", opened=date(2022, 4, 1), status="academy")
    place.rows["organisations"][2]["closed"] = date(2022, 4, 1)
    place.tie("urn:900010", "urn:900002", "succeeds", start=date(2022, 4, 1))
    place.observe("urn:900002", "ties_asked", 1, ASKED)
    place.tie("urn:900001", "urn:900002", "turns_to", start=date(2020, 9, 1))
    found = ties_of(place)
    assert found.schools == ("urn:900001", "urn:900010")
    # the first turns to the second, so that what is known flows to the first
    assert found.flows().tolist() == [[1, 0]]


@pytest.mark.parametrize(
    ("asked", "says"),
    [(0, "were not asked"), (5, "too few"), (6, "with care"), (8, "")],
)
def test_coverage_decides_what_is_said(asked, says):
    found = ties_of(place_of(10, asked))
    if asked < 6:
        assert isinstance(found, NotMeasured)
        assert says in found.reason
        assert (found.n, found.missing) == (asked, 10 - asked)
    else:
        assert found.missing == 10 - asked
        assert bool(found.caveat) == bool(says)
        assert says in found.caveat
