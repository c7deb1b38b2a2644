"""Whether kinds of school became academies sooner, and when the pace turned, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.made_up import MadeUp

HERE = {"authority": "la:001"}


def ten_schools(of_a_kind: dict[str, object], others: dict[str, object]) -> MadeUp:
    """Five schools of each kind; others, a kind, others, a kind, others became academies in turn,
    in the Septembers of 2011 to 2015."""
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    for number in range(5):
        for first, values, years in (
            (900001, of_a_kind, (2012, 2014)),
            (900011, others, (2011, 2013, 2015)),
        ):
            if number < len(years):
                place.school(
                    first + number,
                    trust="uid:90001",
                    joined=date(years[number], 9, 1),
                    opened=date(years[number], 9, 1),
                    **(HERE | values),
                )
            else:
                place.school(first + number, opened=date(1970, 9, 1), **(HERE | values))
    return place


CASES = {
    "local_lens.conversion_hazard_small_schools": ({"pupils": 200}, {"pupils": 201}),
    "local_lens.conversion_hazard_secondaries": (
        {"phase": "Secondary"},
        {"phase": "Middle deemed primary"},
    ),
}


@pytest.mark.works(
    "local_lens.conversion_hazard_small_schools", "local_lens.conversion_hazard_secondaries"
)
@pytest.mark.parametrize("identifier", CASES)
def test_one_kind_waits_longer(measure, identifier):
    found = measure(ten_schools(*CASES[identifier]), identifier, phase="primary")
    # at each conversion the share of the hazard that is with the kind, out of (kind, others) still
    # waiting: (5, 5), (5, 4), (4, 4), (4, 3), (3, 3); two of the five conversions were of the kind
    waiting = [(5, 5), (5, 4), (4, 4), (4, 3), (3, 3)]
    ratio = found.value
    assert sum(k * ratio / (k * ratio + o) for k, o in waiting) == pytest.approx(2)
    assert 0 < found.interval.low < ratio < 1 < found.interval.high
    # at an equal pace 5/10 + 5/9 + 4/8 + 4/7 + 3/6 = 2.627 of the kind
    assert "2 of them became academies, where an equal pace would give 2.6" in found.caveat
    assert found.chance.expected == 1
    # (2 - 2.627)^2 over the sum of p (1 - p) = 1.2418: 0.3164, of which chi-squared gives 0.574
    assert found.chance.p == pytest.approx(0.574, abs=1e-3)
    assert (found.n, found.missing) == (10, 0)


def test_too_few_of_a_kind_are_not_compared(measure):
    place = ten_schools({"pupils": 100}, {"pupils": 300})
    place.school(900030, **HERE)  # its pupils are not known
    place.school(900031, status="academy", pupils=100, **HERE)  # nor since when it is an academy
    assert measure(place, "local_lens.conversion_hazard_small_schools").missing == 2
    place = ten_schools({"pupils": 300}, {"pupils": 300})
    place.school(900040, pupils=100, **HERE)
    found = measure(place, "local_lens.conversion_hazard_small_schools")
    assert found.status == "not measured"
    assert "1 school here are small, 10 are not" in found.reason
    assert measure(place, "local_lens.conversion_hazard_secondaries").status == "not measured"


def school_years(per_year: list[int], waiting: int) -> MadeUp:
    """So many schools become academies each January from 2011 on; others are still waiting."""
    place = MadeUp()
    place.authority("la:001")
    number = 900000
    for index, count in enumerate(per_year):
        for _ in range(count):
            number += 1
            day = date(2011 + index, 1, 1)
            place.school(number, status="academy", route="converter", opened=day, **HERE)
    for _ in range(waiting):
        number += 1
        place.school(number, opened=date(1970, 9, 1), **HERE)
    return place


@pytest.mark.works("local_lens.conversion_turn_years")
def test_the_pace_turned_in_the_eighth_year(measure):
    # one in each of seven school years from 2010/11, then six in each of five to 2021/22
    place = school_years([1] * 7 + [6] * 5, waiting=30)
    found = measure(place, "local_lens.conversion_turn_years")
    assert (found.value, found.n) == (7, 37)
    assert "From September 2017" in found.caveat
    assert "p = 0.001" in found.caveat


def test_an_even_pace_has_no_turn(measure):
    found = measure(school_years([2] * 12, waiting=80), "local_lens.conversion_turn_years")
    assert (found.status, found.n) == ("not measured", 24)
    assert "No year stands out" in found.reason
    few = measure(school_years([1] * 12, waiting=5), "local_lens.conversion_turn_years")
    assert (few.status, few.n) == ("not measured", 12)
    assert "it takes 15" in few.reason


def test_academies_from_before_the_act_are_left_out(measure):
    place = school_years([1] * 7 + [6] * 5, waiting=30)
    place.school(900900, status="academy", route="sponsored", opened=date(2005, 9, 1), **HERE)
    place.school(900901, status="academy", route="new", opened=date(2015, 9, 1), **HERE)
    assert measure(place, "local_lens.conversion_turn_years").n == 37
