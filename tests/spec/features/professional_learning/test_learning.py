"""Professional learning worked by hand, on six schools, three providers and one school year.

Authority la:001, as on 25 April 2022; the twelve months begin on 26 April 2021. Every school has
100 pupils. Schools 1 to 3 are one trust, 4 is alone in its trust, 5 and 6 are maintained.

======  ==================================================================================
School  on record (staff x sessions)
======  ==================================================================================
1       Maths Hub work group: lead 1 x 3.  Own staff meeting: teachers 10 x 1
2       its trust's group: lead 1 x 2.  Own staff meeting: teachers 8 x 1
3       nothing but a work group that ended in December 2020
4       scheme course: teachers 3 x 1
5       work group: teachers 2 x 3, lead 1 x 3.  Scheme course: teachers 1 x 1.
        Own staff meeting: teachers 6 x 1
6       scheme course: teachers 2 x 1
======  ==================================================================================
"""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.features.professional_learning.modes import modes
from hedgerow.features.professional_learning.records import silent_providers
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp
from tests.spec.features.professional_learning.six_schools import (
    activity,
    schools_only,
    sent,
)


def year() -> MadeUp:
    place = schools_only()
    group = {"formality": 0.62, "collectivity": 0.82, "sessions": 3, "has_intersession_tasks": True}
    activity(place, "group", "mh:001", "work group", **group)
    course = {"formality": 0.95, "collectivity": 0.2, "sessions": 1}
    activity(place, "course", "co:1", "course", has_intersession_tasks=False, **course)
    activity(place, "trust", "uid:90001", "network meeting", formality=0.5, collectivity=0.85)
    for number in (1, 2, 5):
        meeting = {"formality": 0.8, "collectivity": 0.7}
        activity(place, f"meeting {number}", f"urn:90000{number}", "INSET session", **meeting)
    sent(place, 900001, "group", "maths lead", 1, 3)
    sent(place, 900001, "meeting 1", "class teacher", 10)
    sent(place, 900002, "trust", "maths lead", 1, 2)
    sent(place, 900002, "meeting 2", "class teacher", 8)
    past = {"start": date(2020, 10, 1), "end": date(2020, 12, 20)}
    sent(place, 900003, "group", "maths lead", 1, 3, **past)
    sent(place, 900004, "course", "class teacher", 3)
    sent(place, 900005, "group", "class teacher", 2, 3)
    sent(place, 900005, "group", "maths lead", 1, 3)
    sent(place, 900005, "course", "class teacher", 1)
    sent(place, 900005, "meeting 5", "class teacher", 6)
    sent(place, 900006, "course", "class teacher", 2)
    return place


@pytest.mark.works(
    "professional_learning.external_reach",
    "professional_learning.reach",
    "professional_learning.maths_hub_reach",
    "professional_learning.external_intensity",
    "professional_learning.internal_intensity",
    "professional_learning.breadth",
    "professional_learning.provider_participation",
    "professional_learning.collective_share",
    "professional_learning.cascade_depth",
    "professional_learning.expected_dilution",
)
@pytest.mark.parametrize(
    ("identifier", "value", "n"),
    [
        # 1, 4, 5 and 6 learned with the hub or the company; 2 with its own trust alone
        ("professional_learning.external_reach", 4 / 6, 6),
        # all but 3, whose only record is older
        ("professional_learning.reach", 5 / 6, 6),
        ("professional_learning.maths_hub_reach", 2 / 6, 6),
        # 3 + 3 + (2x3 + 1x3 + 1) + 2 = 18 staff sessions, for 600 pupils
        ("professional_learning.external_intensity", 3.0, 6),
        # 10 + (1x2 + 8) + 6 = 26
        ("professional_learning.internal_intensity", 26 / 6, 6),
        # 1: hub and own school, 2; 2: trust and own school, 2; 4 and 6: one kind;
        # 5: hub twice, company, own school, exp(1/2 ln 2 + 2 x 1/4 ln 4) = 2 sqrt 2
        ("professional_learning.breadth", (2 + 2 + 1 + 2**1.5 + 1) / 5, 5),
        # 1, 4, 6: one kind, 0; 5: hub 2 of 3, company 1 of 3, 1 - 4/9 - 1/9
        ("professional_learning.provider_participation", (4 / 9) / 4, 4),
        # entries: 1 group 1, 4 course 3, 5 group 3, 5 course 1, 6 course 2
        ("professional_learning.collective_share", 3 / 5, 5),
        # one hand-over: 4 (3), 5 (2 + 1), 6 (2) = 8 places; two: the meetings of 1 (10) and 5 (6),
        # whose leads were out; three: the meeting of 2 (8), whose lead heard it in the trust,
        # where the lead of 1 brought it
        ("professional_learning.cascade_depth", (8 * 1 + 16 * 2 + 8 * 3) / 32, 32),
        # 1/4 of the places keep 0.6, 1/2 keep 0.36, 1/4 keep 0.216
        ("professional_learning.expected_dilution", 1 - (0.15 + 0.18 + 0.054), 32),
    ],
)
def test_a_year_of_learning(measure, identifier, value, n):
    found = measure(year(), identifier)
    assert found.value == pytest.approx(value)
    assert found.n == n


@pytest.mark.works("professional_learning.provider_participation")
def test_chance_deals_the_kinds_of_provider_over_the_records(measure):
    found = measure(year(), "professional_learning.provider_participation")
    # three records of the hub and three of the company; only school 5 has several, three of them:
    # all of one kind in 2 of the 20 ways, else 1 - 5/9
    assert found.chance.expected == pytest.approx(0.9 * (4 / 9) / 4, abs=0.005)


def test_providers_without_records_are_named_and_make_it_a_lower_bound(measure):
    place = year()
    assert measure(place, "professional_learning.external_reach").caveat.count("records from") == 0
    place.hub("eh:001", "english_hub", "Elm English Hub", covers=["la:001"])
    place.organisation("cluster:1", "cluster", "Hedge Lane Cluster")
    place.tie("urn:900006", "cluster:1", "member_of")
    here = place.landscape().through(Lens.authority("la:001"), phase="primary")
    assert silent_providers(here)["name"].to_list() == ["Hedge Lane Cluster", "Elm English Hub"]
    says = measure(place, "professional_learning.external_reach").caveat
    assert "2 providers" in says
    assert "Elm English Hub" in says


@pytest.mark.works(
    "professional_learning.external_places_maths_leads",
    "professional_learning.external_places_class_teachers",
    "professional_learning.external_places_teaching_assistants",
)
def test_who_takes_the_outside_places(measure):
    # 6 + 2 maths leads, 12 class teachers, 5 heads: of 25
    place = schools_only()
    activity(place, "group", "mh:001", "work group")
    for number, role, staff in (
        (900001, "Maths Lead", 6),
        (900002, "mathematics subject leader", 2),
        (900004, "Class teacher", 10),
        (900004, "Early career teacher", 2),
        (900005, "assistant head", 5),
        (900006, None, 4),
        (900006, "class teacher", None),
    ):
        sent(place, number, "group", role, staff)
    # an own session does not count
    activity(place, "own", "urn:900005", "INSET session")
    sent(place, 900005, "own", "teaching assistant", 50)
    leads = measure(place, "professional_learning.external_places_maths_leads")
    teachers = measure(place, "professional_learning.external_places_class_teachers")
    assistants = measure(place, "professional_learning.external_places_teaching_assistants")
    assert [one.value for one in (leads, teachers, assistants)] == pytest.approx(
        [8 / 25, 12 / 25, 0]
    )
    assert (leads.n, leads.missing) == (25, 2)


def test_a_few_places_are_withheld_with_what_would_give_them_back(measure):
    # 4 assistants and 20 teachers: either share would tell of the 4
    place = schools_only()
    activity(place, "group", "mh:001", "work group")
    sent(place, 900001, "group", "teaching assistant", 4)
    sent(place, 900002, "group", "class teacher", 20)
    for group in ("teaching_assistants", "class_teachers"):
        found = measure(place, f"professional_learning.external_places_{group}")
        assert found.value is None
        assert "Withheld" in found.reason


def test_a_school_is_one_before_and_after_it_changes_its_number(measure):
    place = schools_only()
    activity(place, "group", "mh:001", "work group")
    activity(place, "own", "urn:900010", "INSET session")
    place.organisation("urn:900010", "school", closed=date(2022, 1, 1))
    place.tie("urn:900006", "urn:900010", "succeeds", start=date(2022, 1, 1))
    sent(place, 900010, "group", "maths lead", 1)
    sent(place, 900010, "own", "class teacher", 5)
    assert measure(place, "professional_learning.maths_hub_reach").value == pytest.approx(1 / 6)
    # its own session under the old number is its own still
    assert measure(place, "professional_learning.external_intensity").value == pytest.approx(1 / 6)
    assert measure(place, "professional_learning.internal_intensity").value == pytest.approx(5 / 6)


def test_a_trust_that_governed_a_school_is_its_own_and_another_trust_is_not(measure):
    place = schools_only()
    activity(place, "day", "uid:90001", "INSET day")
    left = {"start": date(2018, 9, 1), "end": date(2021, 9, 1)}
    place.tie("uid:90001", "urn:900004", "governs", **left)
    sent(place, 900002, "day", "class teacher", 5)
    sent(place, 900004, "day", "class teacher", 5)  # once in the trust
    sent(place, 900005, "day", "class teacher", 5)  # never
    sister = "urn:900001"
    activity(place, "visit", sister, "visit")
    sent(place, 900002, "visit", "class teacher", 1)  # a school of the same trust
    sent(place, 900006, "visit", "class teacher", 1)
    found = measure(place, "professional_learning.external_reach")
    assert found.value == pytest.approx(2 / 6)


LEARNING = (
    "external_reach",
    "maths_hub_reach",
    "external_intensity",
    "breadth",
    "provider_participation",
    "sustained_share",
    "year_long_spells",
    "spaced_share",
    "external_formal_collective_share",
    "external_mode_mix",
    "external_places_class_teachers",
    "collective_share",
    "cascade_depth",
    "expected_dilution",
)


@pytest.mark.parametrize("name", LEARNING)
def test_without_records_nothing_is_measured_and_it_is_not_nought(measure, name):
    found = measure(schools_only(), f"professional_learning.{name}")
    assert found.status == "not measured"
    assert found.reason.startswith("No records")
    assert "Records of participation" in found.would_tell


def test_records_of_another_time_are_said_to_be_that():
    place = schools_only()
    activity(place, "group", "mh:001", "work group")
    sent(place, 900001, "group", "maths lead", 1, start=date(2019, 9, 1), end=None)
    found = modes(place.landscape().through(Lens.authority("la:001"), phase="primary"))
    assert isinstance(found, NotMeasured)
    assert "the last began on 1 September 2019" in found.reason


def test_no_record_of_a_hub_is_not_no_part(measure):
    place = schools_only()
    activity(place, "course", "co:1", "course")
    sent(place, 900001, "course", "class teacher", 1)
    found = measure(place, "professional_learning.maths_hub_reach")
    assert found.status == "not measured"
    assert found.missing == 6


@pytest.mark.works("professional_learning.measured_dilution")
def test_what_was_scored_at_each_hand_over(measure):
    place = MadeUp()
    place.authority("la:001")
    place.add("activities", id="group", provider="mh:1", name="Work group")

    def score(organisation: str, level: str, value: float, **values: object) -> None:
        said = {"activity": "group", "instrument": "test", "date": date(2022, 3, 1)} | values
        place.add("scores", organisation=organisation, level=level, score=value, **said)

    score("mh:1", "expert", 10)
    for number in range(900001, 900007):
        place.school(number, authority="la:001")
    for number in range(900001, 900005):
        for level, value in (("maths lead", 8), ("staff", 4), ("classroom", 2)):
            score(f"urn:{number}", level, value)
    for level, value in (("maths lead", 10), ("staff", 5), ("classroom", 2.5)):
        score("urn:900005", level, value)
    score("urn:900006", "staff", 4, instrument="another")  # scored at one level alone
    # of the experts' 10 the leads keep (4 x 8 + 10) / 50 = 0.84, staff and classrooms half each
    found = measure(place, "professional_learning.measured_dilution")
    assert found.value == pytest.approx(1 - 0.84 * 0.5 * 0.5)
    assert (found.n, found.missing) == (5, 1)
    assert "84% from expert to maths lead, 50% from maths lead to staff" in found.caveat
    assert found.interval.low <= found.value <= found.interval.high


def test_a_hand_over_scored_in_few_schools_is_not_measured(measure):
    place = MadeUp()
    place.authority("la:001")
    place.school(900001, authority="la:001")
    assert "Nobody scored" in measure(place, "professional_learning.measured_dilution").reason
    said = {"activity": "group", "instrument": "test", "date": date(2022, 3, 1)}
    for organisation, level in (
        ("mh:1", "expert"),
        ("urn:900001", "maths lead"),
        ("urn:900001", "staff"),
        ("urn:900001", "classroom"),
    ):
        place.add("scores", organisation=organisation, level=level, score=5.0, **said)
    found = measure(place, "professional_learning.measured_dilution")
    assert (found.status, found.n) == ("not measured", 1)
    assert "1 school were scored" in found.reason
