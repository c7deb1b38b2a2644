"""When schools became academies: eight schools and a free school, worked by hand."""

from __future__ import annotations

import math
from datetime import date

import pytest

from tests.made_up import MadeUp

HERE = {"authority": "la:001"}


def nine_schools() -> MadeUp:
    """3 maintained, 4 converters, 1 sponsored, 1 free school, as on 25 April 2022.

    Became academies on 1 September 2011, 2013 (sponsored) and 2017, on 25 April 2019, exactly 36
    months before the day, and at a day that only the joining of the trust tells: 1 January 2021.
    """
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    for number in (900001, 900002, 900003):
        place.school(number, opened=date(1970, 9, 1), **HERE)
    for number, opened, route in (
        (900004, date(2011, 9, 1), "converter"),
        (900005, date(2013, 9, 1), "sponsored"),
        (900006, date(2017, 9, 1), "converter"),
        (900007, date(2019, 4, 25), "converter"),
    ):
        place.school(number, status="academy", opened=opened, route=route, **HERE)
    place.school(900008, trust="uid:90001", joined=date(2021, 1, 1), **HERE)
    place.school(900009, status="academy", opened=date(2021, 9, 1), route="new", **HERE)
    return place


@pytest.mark.works(
    "local_lens.conversions",
    "local_lens.recent_conversion_share",
    "local_lens.sponsored_share",
    "local_lens.converted_by_2012",
    "local_lens.converted_by_2015",
    "local_lens.converted_by_2018",
    "local_lens.years_to_quarter_converted",
)
@pytest.mark.parametrize(
    ("identifier", "value", "n"),
    [
        # the free school never was anything else
        ("local_lens.conversions", 5, 9),
        # from 25 April 2019 on: two of five
        ("local_lens.recent_conversion_share", 2 / 5, 5),
        ("local_lens.sponsored_share", 1 / 5, 5),
        # of eight schools without the free school: 1, 2, 3 by the first of September
        ("local_lens.converted_by_2012", 1 / 8, 8),
        ("local_lens.converted_by_2015", 2 / 8, 8),
        ("local_lens.converted_by_2018", 3 / 8, 8),
        # a quarter of eight is two: from 1 September 2010 to 2013 are 1,096 days
        ("local_lens.years_to_quarter_converted", 1096 / 365.25, 8),
    ],
)
def test_conversions_of_nine_schools(measure, identifier, value, n):
    found = measure(nine_schools(), identifier)
    assert found.value == pytest.approx(value)
    assert (found.n, found.missing) == (n, 0)


@pytest.mark.works("local_lens.converted_by_2022")
def test_a_year_that_is_not_over_is_not_measured(measure):
    found = measure(nine_schools(), "local_lens.converted_by_2022")
    assert found.status == "not measured"
    # on the first day of September 2022 it is: five of eight
    found = measure(nine_schools(), "local_lens.converted_by_2022", on=date(2022, 9, 1))
    assert found.value == pytest.approx(5 / 8)


@pytest.mark.works("local_lens.conversion_rate_ratio")
def test_pace_of_conversions(measure):
    # the turn is on 25 April 2019: three before it, two after
    # school-days before: 3 maintained and 2 later converters from 1 September 2010 to the turn,
    # 3,158 each; the others 365, 1,096 and 2,557: 5 × 3158 + 4018 = 19808
    # after: the maintained 1,096 each, the one converted on the turn 0, the last 617: 3905
    turn = date(2019, 4, 25)
    assert (turn - date(2010, 9, 1)).days == 3158
    ratio = (2 / 3905) / (3 / 19808)
    found = measure(nine_schools(), "local_lens.conversion_rate_ratio")
    assert found.value == pytest.approx(ratio)
    # log-normal: times and over exp(1.96 √(1/2 + 1/3))
    spread = math.exp(1.959963984540054 * math.sqrt(1 / 2 + 1 / 3))
    assert found.interval.low == pytest.approx(ratio / spread)
    assert found.interval.high == pytest.approx(ratio * spread)


def test_an_unknown_date_is_missing(measure):
    place = nine_schools()
    place.school(900010, status="academy", route="sponsored", **HERE)
    found = measure(place, "local_lens.recent_conversion_share")
    assert (found.value, found.n, found.missing) == (pytest.approx(2 / 5), 5, 1)
    # its route is known
    assert measure(place, "local_lens.sponsored_share").value == pytest.approx(2 / 6)
    early = measure(place, "local_lens.converted_by_2012")
    assert (early.value, early.n, early.missing) == (pytest.approx(1 / 8), 8, 1)


def test_no_conversions_is_not_a_share_of_nought(measure):
    place = MadeUp()
    place.authority("la:001")
    for number in range(900001, 900007):
        place.school(number, **HERE)
    assert measure(place, "local_lens.conversions").value == 0
    for name in ("recent_conversion_share", "sponsored_share", "conversion_rate_ratio"):
        assert measure(place, f"local_lens.{name}").status == "not measured", name
    quarter = measure(place, "local_lens.years_to_quarter_converted")
    assert (quarter.status, quarter.n) == ("not measured", 6)


def test_academies_from_before_the_act_count_from_the_first_day(measure):
    place = MadeUp()
    place.authority("la:001")
    place.school(900001, status="academy", opened=date(2006, 9, 1), route="sponsored", **HERE)
    for number in (900002, 900003, 900004):
        place.school(number, **HERE)
    assert measure(place, "local_lens.years_to_quarter_converted").value == 0
