"""What the schools and pupils are like, worked by hand."""

from __future__ import annotations

import math
from datetime import date

import pytest

from hedgerow.landscape.lens import Lens
from tests.made_up import REGISTER_DAY, MadeUp

HERE = {"authority": "la:001"}
DAY = REGISTER_DAY


def schools(pupils: list[int | None], **values: object) -> MadeUp:
    """One school a number of pupils, a kilometre from one to the next."""
    place = MadeUp()
    place.authority("la:001")
    for number, roll in enumerate(pupils):
        at = (400_000 + 1_000 * number, 300_000)
        place.school(900001 + number, at=at, **(HERE | {"pupils": roll} | values))
    return place


@pytest.mark.works("context.schools")
def test_schools_and_what_is_left_out(measure):
    place = schools([100, 200])
    place.school(900020, status="independent", **HERE)
    found = measure(place, "context.schools")
    assert (found.value, found.n) == (2, 2)
    assert "1 independent or other school" in found.caveat


def test_a_school_without_position_may_lie_within_a_radius(measure):
    # two schools at 0 and 1 km; of a third nobody knows where it is, of a fourth who pays for it
    place = schools([100, 200])
    place.school(900020, **HERE)
    place.school(900021, status="independent", **HERE)
    found = measure(place, "context.schools", Lens.radius(400_000, 300_000, 5))
    assert (found.value, found.n, found.missing) == (2, 2, 1)


@pytest.mark.works("context.pupils")
def test_pupils_add_up_and_unknown_numbers_are_counted(measure):
    # 100 + 200 + 210 + 90, and one school of which the number is not known
    found = measure(schools([100, 200, 210, 90, None]), "context.pupils")
    assert (found.value, found.n, found.missing) == (600, 4, 1)


def test_a_number_that_stands_in_two_tables_counts_once(measure):
    place = schools([100, 200])
    place.observe("urn:900001", "pupils", 100, DAY)
    place.observe("urn:900002", "pupils", 200, DAY, source="another")
    found = measure(place, "context.pupils")
    assert (found.value, found.n, found.missing) == (300, 2, 0)


@pytest.mark.works(
    "context.pupils_per_school",
    "context.small_schools_share",
    "context.very_small_schools_share",
)
@pytest.mark.parametrize(
    ("identifier", "value"),
    [
        # 90, 100, 200, 210, 400: the middle one
        ("context.pupils_per_school", 200),
        # 3 of 5 have at most 200, 2 of 5 at most 100
        ("context.small_schools_share", 3 / 5),
        ("context.very_small_schools_share", 2 / 5),
    ],
)
def test_sizes_of_five_schools(measure, identifier, value):
    found = measure(schools([100, 200, 210, 90, 400, None]), identifier)
    assert found.value == pytest.approx(value)
    assert (found.n, found.missing) == (5, 1)
    assert found.interval.low <= value <= found.interval.high


@pytest.mark.works("context.fsm_share", "context.eal_share")
@pytest.mark.parametrize(
    ("identifier", "measured"),
    [("context.fsm_share", "fsm_eligible"), ("context.eal_share", "eal_pupils")],
)
def test_a_share_of_pupils_is_over_pupils_not_schools(measure, identifier, measured):
    place = schools([100, 300, 50])
    place.observe("urn:900001", measured, 50, DAY, denominator=100)
    place.observe("urn:900002", measured, 30, DAY, denominator=300)
    place.observe("urn:900003", measured, None, DAY, denominator=50)
    # (50 + 30) / (100 + 300) = 0.2, not the mean of 0.5 and 0.1; the third school is missing
    found = measure(place, identifier)
    assert found.value == pytest.approx(0.2)
    assert (found.n, found.missing, found.indicator.units) == (400, 1, "pupils")
    # the two schools differ much: y - R x is 50 - 20 = 30 and 30 - 60 = -30, so the variance is
    # 2/1 × 1800 / 400² = 0.0225 against 0.2 × 0.8 / 400 = 0.0004, a design effect of 56.25, and
    # 400 pupils tell as much as 400 / 56.25 = 7.11: Wilson about 0.2 on 7.11
    n, z2 = 400 / 56.25, 1.959963984540054**2
    centre, half = 0.2 + z2 / (2 * n), math.sqrt(z2 * 0.16 / n + z2**2 / (4 * n**2))
    ends = ((centre - half) / (1 + z2 / n), (centre + half) / (1 + z2 / n))
    assert (found.interval.low, found.interval.high) == pytest.approx(ends)


def test_the_observation_nearest_to_the_day_is_taken_and_dated(measure):
    place = schools([100] * 4)
    for school in range(900001, 900005):
        place.observe(f"urn:{school}", "eal_pupils", 10, date(2019, 1, 17), denominator=100)
        place.observe(f"urn:{school}", "eal_pupils", 20, date(2023, 1, 19), denominator=100)
    # from 25 April 2022, January 2023 is nearer than January 2019
    found = measure(place, "context.eal_share")
    assert (found.value, found.as_of) == (pytest.approx(0.2), date(2023, 1, 19))
    found = measure(place, "context.eal_share", on=date(2019, 6, 1))
    assert (found.value, found.as_of) == (pytest.approx(0.1), date(2019, 1, 17))


def test_a_day_with_few_of_the_schools_is_passed_over(measure):
    place = schools([100] * 4)
    for school in range(900001, 900005):
        place.observe(f"urn:{school}", "fsm_eligible", 10, date(2019, 1, 17), denominator=100)
    place.observe("urn:900001", "fsm_eligible", 90, DAY, denominator=100)
    # nearer, but one school of four where the other day has all
    found = measure(place, "context.fsm_share")
    assert (found.value, found.as_of, found.missing) == (pytest.approx(0.1), date(2019, 1, 17), 0)


def test_what_is_known_of_few_schools_does_not_stand_for_all(measure):
    place = schools([100] * 5)
    place.observe("urn:900001", "ks2_maths_expected", 0.9, date(2019, 8, 31), denominator=30)
    place.observe("urn:900002", "ks2_maths_expected", 0.9, date(2019, 8, 31), denominator=30)
    # 2 of 5 is less than half
    found = measure(place, "context.ks2_maths_expected")
    assert (found.status, found.n, found.missing) == ("not measured", 2, 3)
    assert "2 of the 5 schools" in found.reason
    place.observe("urn:900003", "ks2_maths_expected", 0.9, date(2019, 8, 31), denominator=30)
    assert measure(place, "context.ks2_maths_expected").value == pytest.approx(0.9)


@pytest.mark.works("context.ks2_maths_expected")
def test_a_converted_school_answers_with_its_predecessors_results(measure):
    place = schools([100, 100])
    place.school(900050, closed=date(2020, 9, 1), **HERE)
    place.tie("urn:900001", "urn:900050", "succeeds", start=date(2020, 9, 1))
    day = date(2019, 8, 31)
    place.observe("urn:900050", "ks2_maths_expected", 0.5, day, denominator=10)
    place.observe("urn:900002", "ks2_maths_expected", 0.9, day, denominator=30)
    # (5 + 27) / 40
    found = measure(place, "context.ks2_maths_expected")
    assert (found.value, found.n, found.missing) == (pytest.approx(0.8), 40, 0)
    assert "the school they succeeded" in found.caveat


@pytest.mark.works("context.ks2_maths_high")
def test_attainment_is_weighed_by_pupils(measure):
    place = schools([100, 100, 100])
    day = date(2019, 8, 31)
    for identifier, value, pupils in (
        ("urn:900001", 0.5, 10),
        ("urn:900002", 0.8, 30),
        ("urn:900003", None, None),
    ):
        place.observe(identifier, "ks2_maths_high", value, day, denominator=pupils)
    # (0.5 × 10 + 0.8 × 30) / 40 = 29/40
    found = measure(place, "context.ks2_maths_high")
    assert (found.value, found.n, found.missing) == (pytest.approx(0.725), 40, 1)


@pytest.mark.works("context.ks2_maths_progress")
def test_progress_is_a_mean_of_scores(measure):
    place = schools([100] * 5)
    day = date(2019, 8, 31)
    for school, score in zip(range(900001, 900006), (-2, -1, 0, 1, 4), strict=True):
        place.observe(f"urn:{school}", "ks2_maths_progress", score, day)
    # 2 / 5; pupil numbers unknown, so each school counts alike
    found = measure(place, "context.ks2_maths_progress")
    assert (found.value, found.n) == (pytest.approx(0.4), 5)
    assert "Each school counts alike" in found.caveat


@pytest.mark.works("context.deprivation_decile", "context.share_in_most_deprived_fifth")
def test_deprivation_of_a_typical_school_and_of_one_end(measure):
    place = schools([100] * 6)
    for school, decile in zip(range(900001, 900006), (1, 2, 3, 8, 9), strict=True):
        place.observe(f"urn:{school}", "imd_decile", decile, date(2019, 9, 26))
    middle = measure(place, "context.deprivation_decile")
    assert (middle.value, middle.n, middle.missing) == (3, 5, 1)
    # deciles 1 and 2
    end = measure(place, "context.share_in_most_deprived_fifth")
    assert (end.value, end.n, end.missing) == (pytest.approx(2 / 5), 5, 1)


@pytest.mark.works("context.inspection_good_or_better")
def test_each_schools_last_inspection_up_to_the_day_counts(measure):
    place = schools([100] * 6)
    for school in range(900001, 900006):
        place.observe(f"urn:{school}", "inspection_grade", 3, date(2015, 3, 2))
    place.observe("urn:900001", "inspection_grade", 2, date(2019, 5, 7))
    place.observe("urn:900002", "inspection_grade", 1, REGISTER_DAY)
    place.observe("urn:900003", "inspection_grade", 1, date(2022, 9, 1))
    # the third was graded good only after the day; the sixth never: 2 of 5
    found = measure(place, "context.inspection_good_or_better")
    assert (found.value, found.n, found.missing) == (pytest.approx(2 / 5), 5, 1)


@pytest.mark.works("context.rural_share")
def test_rural_share(measure):
    place = schools([100] * 4, rural=True)
    place.school(900010, rural=False, **HERE)
    place.school(900011, **HERE)
    found = measure(place, "context.rural_share")
    assert (found.value, found.n, found.missing) == (pytest.approx(4 / 5), 5, 1)


@pytest.mark.works("context.nearest_school_km")
def test_the_nearest_school_may_lie_across_the_border(measure):
    # at 0, 1, 2, 10 km; a school of another authority at 10.5 km, and a secondary beside the last
    place = schools([100, 100, 100])
    place.school(900010, at=(410_000, 300_000), **HERE)
    place.school(900011, at=(410_500, 300_000), authority="la:002")
    place.school(900012, at=(410_000, 300_100), phase="Secondary", **HERE)
    place.school(900013, **HERE)
    # distances 1, 1, 1 and 0.5: the median is 1
    found = measure(place, "context.nearest_school_km")
    assert (found.value, found.n, found.missing) == (1, 4, 1)
    assert found.interval.low == 0.5


@pytest.mark.works("context.school_density")
def test_density_of_a_circle_and_of_whole_districts(measure):
    place = schools([100] * 4, district="lad:N")
    # 4 schools within 10 km: π × 100 km²
    circle = Lens.radius(401_000, 300_000, 10)
    found = measure(place, "context.school_density", circle)
    assert found.value == pytest.approx(4 / (math.pi * 100))
    assert measure(place, "context.school_density").status == "not measured"
    square = bytes.fromhex("0103000000010000000500000000000000000000000000000000000000") + (
        b"".join(_double(x) + _double(y) for x, y in ((4e3, 0), (4e3, 5e3), (0, 5e3), (0, 0)))
    )
    place.area("lad:N", outline=square)
    # a district of 4 km by 5 km, all of whose schools are here
    assert measure(place, "context.school_density").value == pytest.approx(4 / 20)
    place.school(900010, district="lad:N", authority="la:002")
    assert measure(place, "context.school_density").status == "not measured"


def _double(number: float) -> bytes:
    import struct

    return struct.pack("<d", number)


@pytest.mark.works("context.school_density")
def test_density_of_a_polygon_by_the_shoelace(measure):
    # a right triangle with legs of 10 km and 4 km: 20 km², with the four schools on its leg
    corners = [(399_000, 300_000), (409_000, 300_000), (399_000, 304_000)]
    found = measure(schools([100] * 4), "context.school_density", Lens.polygon(corners))
    assert found.value == pytest.approx(4 / 20)


def test_fewer_than_five_units_are_too_few_for_a_rate(measure):
    found = measure(schools([100] * 4), "context.small_schools_share")
    assert (found.status, found.value, found.n) == ("suppressed", None, 4)


def test_a_place_without_schools_says_so(measure):
    found = measure(schools([100]), "context.schools", phase="secondary")
    assert found.status == "not measured"
    assert "secondary schools" in found.reason
