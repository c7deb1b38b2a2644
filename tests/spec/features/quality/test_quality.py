"""Quality worked by hand: how activities are made, doses by design, who has least."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load
from tests.learning_records import offer, took_part
from tests.made_up import MadeUp

WORK_GROUP = {
    "subject": "mathematics",
    "sessions": 3,
    "has_intersession_tasks": True,
    "collectivity": 0.8,
}
DAY_COURSE = {
    "subject": "mathematics",
    "sessions": 1,
    "has_intersession_tasks": False,
    "collectivity": 0.5,
}
ENTRIES = 3 + 2


def urn(number: int) -> str:
    return f"urn:{900000 + number}"


def region(schools: int = 6) -> MadeUp:
    place = MadeUp()
    place.authority("la:001")
    for number in range(1, schools + 1):
        place.school(900000 + number, authority="la:001", pupils=200)
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    place.organisation("co:1", "company")
    return place


def year() -> MadeUp:
    """Three schools in a work group, two on a day course, one in a meeting of its own."""
    place = region()
    group, course = offer(place, "mh:1", "group", **WORK_GROUP), offer(place, "co:1", **DAY_COURSE)
    for number in (1, 2, 3):
        took_part(place, urn(number), group, 2, 3)
    for number in (3, 4):
        took_part(place, urn(number), course, 4, 1)
    return place


@pytest.mark.works("quality.external_design_score")
def test_design_of_outside_learning(measure):
    # work group: 1, 1, 1, 1; day course: 0, 1, 0, 1/2, so 3/8
    found = measure(year(), "quality.external_design_score")
    assert found.value == pytest.approx((3 * 1 + 2 * 3 / 8) / ENTRIES)
    assert (found.n, found.missing) == (5, 0)
    assert "duration 0.60, content 1.00, active 0.60, collective 0.80" in found.caveat


def test_sessions_of_a_programme_add_up_over_its_terms(measure):
    place = region()
    for term, name in enumerate(("autumn", "spring")):
        part = offer(
            place, "mh:1", name, programme="group", **(WORK_GROUP | {"sessions": term + 1})
        )
        for number in (1, 2, 3):
            took_part(place, urn(number), part)
    # one and two sessions make three: a whole for duration, in all six entries
    assert measure(place, "quality.external_design_score").value == 1


@pytest.mark.works("quality.external_design_score")
def test_what_is_not_recorded_is_left_out(measure):
    place = year()
    half = {name: WORK_GROUP[name] for name in ("subject", "sessions")}
    took_part(place, urn(5), offer(place, "co:1", "unknown", **half))
    three = {name: WORK_GROUP[name] for name in ("sessions", "has_intersession_tasks")}
    part = offer(place, "co:1", "known enough", collectivity=0.2, **three)
    took_part(place, urn(6), part)
    # of the last the subject is not known: 1, 1 and 0
    found = measure(place, "quality.external_design_score")
    assert found.value == pytest.approx((3 + 2 * 3 / 8 + 2 / 3) / 6)
    assert (found.n, found.missing) == (6, 1)


@pytest.mark.works("quality.internal_design_score")
def test_design_of_what_schools_do_themselves(measure):
    place = year()
    assert measure(place, "quality.internal_design_score").status == "not measured"
    for number in (1, 2, 3, 4, 5):
        meeting = offer(place, urn(number), "meeting", **(DAY_COURSE | {"collectivity": 0.7}))
        took_part(place, urn(number), meeting, 8)
    found = measure(place, "quality.internal_design_score")
    assert found.value == pytest.approx((0 + 1 + 0 + 1) / 4)


@pytest.mark.works("quality.weighted_dose")
def test_dose_by_design(measure):
    # schools 1 to 3: 2 x 3 x 1 = 6; 3 and 4: 4 x 1 x 3/8 = 1.5: 21 in all for 1200 pupils
    found = measure(year(), "quality.weighted_dose")
    assert found.value == pytest.approx((18 + 3) / 1200 * 100)
    assert found.n == 6
    place = year()
    took_part(place, urn(5), "mh:1/group", None)
    assert "1 record without numbers" in measure(place, "quality.weighted_dose").caveat


@pytest.mark.works("quality.weighted_dose_lowest_tenth", "quality.weighted_dose_highest_tenth")
def test_those_who_have_least(measure):
    place = region(21)
    group = offer(place, "mh:1", "group", **WORK_GROUP)
    for number in range(21):
        if number:
            took_part(place, urn(number + 1), group, number, 2)
    # doses 0, 1, 2 ... 20 for every hundred pupils: the third and the nineteenth
    assert measure(place, "quality.weighted_dose_lowest_tenth").value == pytest.approx(2)
    assert measure(place, "quality.weighted_dose_highest_tenth").value == pytest.approx(18)
    assert measure(year(), "quality.weighted_dose_lowest_tenth").status == "not measured"


@pytest.mark.parametrize(("schools", "status"), [(19, "not measured"), (20, "measured")])
def test_a_tenth_takes_twenty_schools(measure, schools, status):
    place = MadeUp()
    place.authority("la:001")
    place.organisation("co:1", "company")
    for number in range(1, schools + 1):
        place.school(900000 + number, authority="la:001", pupils=100)
        took_part(place, urn(number), offer(place, "co:1", f"group {number}", **WORK_GROUP), number)
    assert measure(place, "quality.weighted_dose_lowest_tenth").status == status


def test_a_school_without_pupils_is_left_out_and_counted(measure):
    place = year()
    before = measure(place, "quality.weighted_dose")
    place.school(900099, authority="la:001", pupils=0)
    found = measure(place, "quality.weighted_dose")
    assert (found.value, found.n) == (before.value, before.n)
    assert found.missing == before.missing + 1


@pytest.mark.works("quality.diluted_dose")
def test_what_a_cascade_would_leave(measure):
    place = region()
    group = offer(place, "mh:1", "group", **WORK_GROUP)
    for number in (1, 2):
        took_part(place, urn(number), group, 2, 3, role="class teacher")
    # all at first hand: one hand-over, of which 0.6 is kept
    dose = measure(place, "quality.weighted_dose").value
    found = measure(place, "quality.diluted_dose")
    assert found.value == pytest.approx(0.6 * dose)
    assert found.interval.level == 0.9
    assert found.interval.low < found.value < found.interval.high
    assert found.grade == "D"


@pytest.mark.works("quality.every_term_share")
def test_learning_in_every_term(measure):
    place = region()
    course = offer(place, "co:1")
    terms = [date(2021, 4, 20), date(2021, 9, 10), date(2022, 1, 10)]
    for number, there in enumerate([(0, 1, 2), (1, 2), (0, 2), (0, 1, 2), ()], start=1):
        for term in there:
            took_part(place, urn(number), course, start=terms[term], end=None)
    place.school(900010, authority="la:001", pupils=100, opened=date(2021, 9, 1))
    # on 25 April the summer term has only begun: summer, autumn and spring before it
    found = measure(place, "quality.every_term_share")
    assert (found.value, found.n, found.missing) == (2 / 6, 6, 1)


def graded() -> MadeUp:
    """Forty schools; the larger the school, the better made what it takes part in."""
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    place.organisation("co:1", "company")
    long = offer(place, "co:1", "long", **WORK_GROUP)
    short = offer(place, "co:1", "short", **DAY_COURSE)
    for number in range(1, 41):
        trust = "uid:90001" if number % 2 else None
        size = 100 if number <= 20 else 400
        place.school(900000 + number, authority="la:001", pupils=size, trust=trust)
        took_part(place, urn(number), short if size == 100 else long)
    return place


@pytest.mark.works("quality.dose_explained", "quality.design_explained")
def test_what_size_and_governance_explain(measure):
    # size tells all of the design, whoever governs; what chance would tell of it is 2 of 39
    found = measure(graded(), "quality.design_explained")
    assert found.value == pytest.approx(1)
    assert found.chance.expected == pytest.approx(2 / 39, abs=0.01)
    # doses 3/8 of one session for 100 pupils, and 1 x 1 for 400: two values, told by size too
    assert measure(graded(), "quality.dose_explained").value == pytest.approx(1)


@pytest.mark.parametrize(("schools", "status"), [(29, "not measured"), (30, "measured")])
def test_it_takes_thirty_schools_to_explain_their_doses(measure, schools, status):
    place = graded()
    lens = Lens.listed([urn(number) for number in range(1, schools + 1)])
    assert measure(place, "quality.dose_explained", lens).status == status


def test_what_all_have_alike_has_nothing_to_explain(measure):
    place = graded()
    for row in place.rows["participation"]:
        row["activity"] = "co:1/long"
    found = measure(place, "quality.design_explained")
    assert found.status == "not measured"
    assert "alike" in found.reason
    assert measure(year(), "quality.dose_explained").status == "not measured"


def test_without_records_nothing_is_known(measure):
    for one in load():
        if one.feature == "quality":
            found = measure(region(), one.id)
            assert found.status == "not measured", one.id
            assert found.would_tell, one.id


def test_quality_of_the_made_up_region(made_up_region):
    found = {}
    for place in ("City", "Town", "Shire"):
        lens = find_place(made_up_region, f"authority:{place}")
        here = made_up_region.through(lens, on=STUDY_DAY, phase="primary")
        for one in load():
            if one.feature == "quality":
                found[place, one.id] = INDICATORS[one.id].measure(here)
                assert found[place, one.id].is_measured, (place, one.id)
        # who governs a school and its size do not tell how well-made its learning is
        assert found[place, "quality.design_explained"].value < 0.2
    lasting = {place: found[place, "quality.every_term_share"].value for place in ("City", "Town")}
    assert lasting["Town"] < lasting["City"]
