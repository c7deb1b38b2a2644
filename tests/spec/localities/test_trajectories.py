"""How places came to be as they are: curves and kinds of mover, worked by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.lens import Lens
from hedgerow.localities.typology.describing import feature_table
from hedgerow.localities.typology.trajectories import (
    DEFINITIONS,
    MOVERS,
    landscape_for,
    trajectories,
)
from hedgerow.localities.typology.units import Unit, authorities
from tests.made_up import MadeUp
from tests.unit.localities.planted_places import planted_places

ON = date(2022, 4, 25)


def one_place() -> MadeUp:
    """Eight primaries: five academies, of which one opened before the Act, one recently, and one in
    a trust of two since a day before it was first seen."""
    place = MadeUp()
    place.authority("la:001", "Brambleford")
    pair, alone = place.trust("uid:1", "Thorn Trust"), place.trust("uid:2", "Alone")
    for number in range(3):
        place.school(900_001 + number, authority="la:001", opened=date(1990, 9, 1))
    for number, opened, trust, joined, is_censored in (
        (4, date(2009, 9, 1), pair, date(2017, 4, 3), True),
        (5, date(2012, 9, 1), pair, date(2014, 9, 1), False),
        (6, date(2015, 9, 1), alone, date(2015, 9, 1), False),
        (7, date(2019, 9, 1), pair, date(2019, 9, 1), False),
    ):
        school = place.school(
            900_000 + number, authority="la:001", opened=opened, status="academy", route="converter"
        )
        place.tie(trust, school, "governs", start=joined, start_censored=is_censored)
    place.school(
        900_008, authority="la:001", opened=date(2016, 9, 1), status="academy", route="new"
    )
    return place


@pytest.fixture(scope="module")
def path():
    landscape = one_place().landscape(is_checked=True)
    table = feature_table(landscape, [Unit("a", "A", Lens.authority("la:001"))], ON)
    return trajectories(landscape, table)[0]


def test_the_curve_of_conversions(path):
    # of seven that could have, a free school left out: 1 before the Act, then 2012, 2015, 2019
    found = path.converting
    assert (found.schools, found.unknown, found.before, found.left_censored) == (7, 0, 1, 0)
    for day, converted in (
        (date(2010, 9, 1), 1),
        (date(2012, 8, 31), 1),
        (date(2012, 9, 1), 2),
        (date(2018, 9, 1), 3),
        (date(2022, 4, 25), 4),
    ):
        assert found.share_by(day) == pytest.approx((converted / 7, converted / 7)), day
    assert found.share_by(date(2022, 9, 1)) is None
    low, high = found.interval_by(date(2018, 9, 1))
    assert low < 3 / 7 < high
    # two of seven are more than a quarter: on 1 September 2012, two years after the Act
    assert found.years_to_quarter == pytest.approx(2, abs=0.002)


def test_the_curve_of_joining_keeps_what_is_not_known_apart(path):
    # of eight schools three are in the trust of three; one was there when first seen, since when
    # is not known but not before it opened as an academy in 2009; the free school has no trust
    found = path.joining
    assert (found.schools, found.unknown, found.left_censored) == (7, 1, 1)
    assert found.share_by(date(2012, 9, 1)) == pytest.approx((0, 1 / 7))
    assert found.share_by(date(2015, 9, 1)) == pytest.approx((1 / 7, 2 / 7))
    assert found.share_by(date(2018, 9, 1)) == pytest.approx((2 / 7, 2 / 7))
    assert found.share_by(ON) == pytest.approx((3 / 7, 3 / 7))


def test_the_pace_is_that_of_schools_that_still_could(path):
    # since the Act two conversions by April 2019, one in the 36 months to April 2022
    assert (path.recent, path.earlier) == (1, 2)
    turn, act = date(2019, 4, 25), date(2010, 9, 1)
    waited = [(date(2012, 9, 1) - act).days, (date(2015, 9, 1) - act).days]
    then = 2 / (sum(waited) + 4 * (turn - act).days)
    now = 1 / ((date(2019, 9, 1) - turn).days + 3 * (ON - turn).days)
    assert path.pace == pytest.approx(now / then)


def test_of_one_place_among_itself_nothing_is_early_or_late(path):
    assert path.movers in ((), None)


def test_kinds_of_mover_of_planted_places():
    # eight places converted in 2012 and then no more, sixteen in 2020
    country = planted_places().landscape(is_checked=True)
    table = feature_table(country, authorities(country, ON), ON)
    found = trajectories(country, table)
    assert [one.unit for one in found] == list(table.units)
    assert {one.movers for one in found[:8]} == {("first mover",)}
    # two thirds convert alike, so that none does more than two thirds of the others
    assert {one.movers for one in found[8:]} == {()}
    assert all(one.pace == 0 for one in found[:8])
    assert all(np.isinf(one.pace) for one in found[8:])
    assert all(one.converting.years_to_quarter is None for one in found[8:])


def test_late_converters_are_recent_movers_where_they_are_few():
    country = planted_places(planted=8, others=3).landscape(is_checked=True)
    table = feature_table(country, authorities(country, ON), ON)
    late = trajectories(country, table)[8:]
    assert {one.movers for one in late} == {("recent mover",)}


def test_the_words_say_what_is_asked():
    assert set(DEFINITIONS) == set(MOVERS)
    assert "Structure only" in DEFINITIONS["assimilator"]


def test_a_day_is_seen_in_the_register_made_next():
    first, last = one_place(), one_place()
    first.as_of, last.as_of = date(2019, 1, 1), ON
    first.earliest = last.earliest = date(2017, 4, 3)
    old, new = first.landscape(is_checked=True), last.landscape(is_checked=True)
    assert landscape_for([new, old], date(2019, 1, 1)) is old
    assert landscape_for([new, old], ON) is new
    assert landscape_for([new, old], date(2023, 1, 1)) is new
    assert landscape_for([new, old], date(2020, 1, 1)).as_of == ON
    with pytest.raises(UsageError, match="3 April 2017"):
        landscape_for([new, old], date(2016, 1, 1))
    with pytest.raises(UsageError, match="known date"):
        landscape_for([], ON)
