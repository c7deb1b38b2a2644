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

import polars as pl
import pytest

from hedgerow.features.professional_learning.modes import modes
from hedgerow.features.professional_learning.records import (
    falls_within,
    silent_providers,
    twelve_months,
)
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp

AUTUMN, CHRISTMAS = date(2021, 10, 1), date(2021, 12, 20)


def activity(place: MadeUp, identifier: str, provider: str, mode: str, **values: object) -> None:
    place.add("activities", id=identifier, provider=provider, name=mode, mode=mode, **values)


def took_part(
    place: MadeUp,
    number: int,
    activity: str,
    role: str | None,
    staff: int | None,
    sessions: float | None = 1,
    **values: object,
) -> None:
    place.add(
        "participation",
        school=f"urn:{number}",
        activity=activity,
        role=role,
        staff=staff,
        sessions_attended=sessions,
        **({"start": AUTUMN, "end": CHRISTMAS} | values),
    )


def schools_only() -> MadeUp:
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001", "Thorn Trust")
    place.trust("uid:90002", "Single Stem Trust")
    for number in (900001, 900002, 900003):
        place.school(number, trust="uid:90001", authority="la:001", pupils=100)
    place.school(900004, trust="uid:90002", authority="la:001", pupils=100)
    place.school(900005, authority="la:001", pupils=100)
    place.school(900006, authority="la:001", pupils=100)
    place.hub("mh:001", "maths_hub", "Hawthorn Maths Hub", covers=["la:001"])
    place.organisation("co:1", "company", "Fern Books")
    return place


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
    took_part(place, 900001, "group", "maths lead", 1, 3)
    took_part(place, 900001, "meeting 1", "class teacher", 10)
    took_part(place, 900002, "trust", "maths lead", 1, 2)
    took_part(place, 900002, "meeting 2", "class teacher", 8)
    past = {"start": date(2020, 10, 1), "end": date(2020, 12, 20)}
    took_part(place, 900003, "group", "maths lead", 1, 3, **past)
    took_part(place, 900004, "course", "class teacher", 3)
    took_part(place, 900005, "group", "class teacher", 2, 3)
    took_part(place, 900005, "group", "maths lead", 1, 3)
    took_part(place, 900005, "course", "class teacher", 1)
    took_part(place, 900005, "meeting 5", "class teacher", 6)
    took_part(place, 900006, "course", "class teacher", 2)
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
        took_part(place, number, "group", role, staff)
    # an own session does not count
    activity(place, "own", "urn:900005", "INSET session")
    took_part(place, 900005, "own", "teaching assistant", 50)
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
    took_part(place, 900001, "group", "teaching assistant", 4)
    took_part(place, 900002, "group", "class teacher", 20)
    for group in ("teaching_assistants", "class_teachers"):
        found = measure(place, f"professional_learning.external_places_{group}")
        assert found.value is None
        assert "Withheld" in found.reason


def quarters() -> MadeUp:
    """Outside places: 10 formal and collective, 10 on the line between formal and informal and
    individual, 20 informal and collective; inside, 8 formal and collective only."""
    place = schools_only()
    for name, provider, formality, collectivity, staff in (
        ("group", "mh:001", 0.9, 0.9, 10),
        ("line", "co:1", 0.5, 0.1, 10),
        ("talk", "mh:001", 0.1, 0.8, 20),
        ("nowhere", "co:1", None, None, 30),
        ("inside", "urn:900001", 0.8, 0.7, 8),
    ):
        activity(place, name, provider, name, formality=formality, collectivity=collectivity)
        took_part(place, 900001, name, "class teacher", staff)
    took_part(place, 900004, "group", "class teacher", None)
    return place


@pytest.mark.works(
    "professional_learning.external_formal_collective_share",
    "professional_learning.external_formal_individual_share",
    "professional_learning.external_informal_collective_share",
    "professional_learning.external_informal_individual_share",
)
@pytest.mark.parametrize(
    ("quadrant", "share"),
    [
        ("formal_collective", 10 / 40),
        ("formal_individual", 5 / 40),
        ("informal_collective", 20 / 40),
        ("informal_individual", 5 / 40),
    ],
)
def test_quarters_of_figure_5_1(measure, quadrant, share):
    found = measure(quarters(), f"professional_learning.external_{quadrant}_share")
    assert found.value == pytest.approx(share)
    # the activity that nobody placed, and the record without a number
    assert (found.n, found.missing) == (40, 2)


@pytest.mark.works(
    "professional_learning.external_mode_mix",
    "professional_learning.internal_mode_mix",
)
def test_mix_of_modes(measure):
    # -(1/4 ln 1/4 + 2 x 1/8 ln 1/8 + 1/2 ln 1/2) / ln 4 = (1/2 + 3/4 + 1/2) ln 2 / (2 ln 2)
    outside = measure(quarters(), "professional_learning.external_mode_mix")
    assert outside.value == pytest.approx(1.75 / 2)
    inside = measure(quarters(), "professional_learning.internal_mode_mix")
    assert inside.value == pytest.approx(0)


def test_modes_of_figure_5_1_with_small_counts_withheld():
    place = quarters()
    took_part(place, 900005, "group", "maths lead", 2)
    activity(place, "visit", "co:1", "visit", formality=0.2, collectivity=0.3)
    took_part(place, 900005, "visit", "maths lead", 3)
    found = modes(place.landscape().through(Lens.authority("la:001"), phase="primary"))
    assert found.select("mode", "is_external", "schools", "places").rows() == [
        ("group", True, 2, 12),
        ("inside", False, 1, 8),
        ("line", True, 1, 10),
        ("visit", True, 1, None),
        ("talk", True, 1, 20),
    ]
    assert found["formality"].to_list() == pytest.approx([0.9, 0.8, 0.5, 0.2, 0.1])
    assert found["places_withheld"].to_list() == [None, None, None, "fewer than 5", None]


def test_modes_stand_at_the_mean_of_the_places_taken():
    # 30 places at 0.9 and 10 at 0.5: 0.8
    place = schools_only()
    activity(place, "a", "co:1", "course", formality=0.9, collectivity=0.2)
    activity(place, "b", "mh:001", "course", formality=0.5, collectivity=0.6)
    took_part(place, 900001, "a", "class teacher", 30)
    took_part(place, 900005, "b", "class teacher", 10)
    found = modes(place.landscape().through(Lens.authority("la:001"), phase="primary"))
    assert found.select("formality", "collectivity").row(0) == pytest.approx((0.8, 0.3))


@pytest.mark.works("professional_learning.spaced_share")
def test_spaced_programmes(measure):
    # of six: one of three sessions with tasks in one go, one that has them over two terms; one
    # without tasks, one too short, one held once; one unknown is left out
    place = schools_only()
    for name, programme, sessions, tasks in (
        ("whole", "p1", 3, True),
        ("autumn", "p2", 2, True),
        ("spring", "p2", 2, True),
        ("no tasks", "p3", 5, False),
        ("short", "p4", 2, True),
        ("once", None, 1, False),
        ("unknown", "p5", None, True),
    ):
        values = {"programme": programme, "sessions": sessions, "has_intersession_tasks": tasks}
        activity(place, name, "mh:001", "course", **values)
        took_part(place, 900001, name, "maths lead", 1)
    found = measure(place, "professional_learning.spaced_share")
    assert found.value == pytest.approx(2 / 5)
    assert (found.n, found.missing) == (5, 1)


def terms() -> MadeUp:
    """Outside learning by term, autumn 2020 to spring 2022 (summer 2022 is three weeks old):

    school 1: 1 1 1 1 0    school 2: 0 1 0 1 1    school 4: 0 0 1 1 1    the others: none
    """
    place = schools_only()
    activity(place, "group", "mh:001", "work group")
    starts = (
        (date(2020, 9, 10), date(2020, 12, 18)),
        (date(2021, 1, 10), date(2021, 3, 20)),
        (date(2021, 4, 20), date(2021, 7, 10)),
        (date(2021, 9, 10), date(2021, 12, 18)),
        (date(2022, 1, 10), date(2022, 3, 20)),
    )
    for number, when in ((900001, (0, 1, 2, 3)), (900002, (1, 3, 4)), (900004, (2, 3, 4))):
        for term in when:
            start, end = starts[term]
            took_part(place, number, "group", "maths lead", 1, start=start, end=end)
    return place


@pytest.mark.works("professional_learning.sustained_share")
def test_terms_followed_by_another(measure):
    found = measure(terms(), "professional_learning.sustained_share")
    # school 1: 3 of 4 followed; school 2: 1 of 2 (the last term has none after it); 4: 2 of 2
    assert found.value == pytest.approx(6 / 8)
    assert found.n == 8
    # in another order each engaged term before the last is followed with chance (k - 1)/4:
    # sums of k(k - 1)/5 over sums of 4k/5 = (12 + 6 + 6)/5 over (16 + 12 + 12)/5
    assert found.chance.expected == pytest.approx(24 / 40, abs=0.03)


@pytest.mark.works("professional_learning.year_long_spells")
def test_spells_of_a_year(measure):
    found = measure(terms(), "professional_learning.year_long_spells")
    # school 1's began before the records: left out. Left: 2 (one term, ended), 2 (two terms, goes
    # on), 4 (three terms, goes on). One of three ends after one term; past two terms none ends.
    assert (found.n, found.missing) == (3, 1)
    assert found.value is None  # a share of three is not shown
    place = terms()
    for number in (900003, 900005):
        for start, end in ((date(2021, 9, 10), date(2021, 12, 18)),):
            took_part(place, number, "group", "maths lead", 1, start=start, end=end)
    found = measure(place, "professional_learning.year_long_spells")
    # now three of five end after one term
    assert found.value == pytest.approx(2 / 5)


def test_a_long_course_counts_in_each_of_its_terms(measure):
    place = schools_only()
    activity(place, "long", "mh:001", "course")
    year_round = {"start": date(2020, 9, 10), "end": date(2022, 4, 1)}
    took_part(place, 900001, "long", "maths lead", 1, **year_round)
    took_part(place, 900002, "long", "maths lead", 1, start=date(2020, 9, 10), end=None)
    found = measure(place, "professional_learning.sustained_share")
    # school 1 in five terms, so four of four; school 2 on one day alone, none of one
    assert found.value == pytest.approx(4 / 5)


def test_a_school_is_one_before_and_after_it_changes_its_number(measure):
    place = schools_only()
    activity(place, "group", "mh:001", "work group")
    activity(place, "own", "urn:900010", "INSET session")
    place.organisation("urn:900010", "school", closed=date(2022, 1, 1))
    place.tie("urn:900006", "urn:900010", "succeeds", start=date(2022, 1, 1))
    took_part(place, 900010, "group", "maths lead", 1)
    took_part(place, 900010, "own", "class teacher", 5)
    assert measure(place, "professional_learning.maths_hub_reach").value == pytest.approx(1 / 6)
    # its own session under the old number is its own still
    assert measure(place, "professional_learning.external_intensity").value == pytest.approx(1 / 6)
    assert measure(place, "professional_learning.internal_intensity").value == pytest.approx(5 / 6)


def test_a_trust_that_governed_a_school_is_its_own_and_another_trust_is_not(measure):
    place = schools_only()
    activity(place, "day", "uid:90001", "INSET day")
    left = {"start": date(2018, 9, 1), "end": date(2021, 9, 1)}
    place.tie("uid:90001", "urn:900004", "governs", **left)
    took_part(place, 900002, "day", "class teacher", 5)
    took_part(place, 900004, "day", "class teacher", 5)  # once in the trust
    took_part(place, 900005, "day", "class teacher", 5)  # never
    sister = "urn:900001"
    activity(place, "visit", sister, "visit")
    took_part(place, 900002, "visit", "class teacher", 1)  # a school of the same trust
    took_part(place, 900006, "visit", "class teacher", 1)
    found = measure(place, "professional_learning.external_reach")
    assert found.value == pytest.approx(2 / 6)


def test_what_counts_in_twelve_months():
    first, last = twelve_months(date(2022, 4, 25)), date(2022, 4, 25)
    assert first == date(2021, 4, 26)
    assert twelve_months(date(2024, 2, 29)) == date(2023, 3, 1)
    records = pl.DataFrame(
        {
            "start": [date(2021, 4, 26), date(2021, 4, 25), date(2021, 4, 1), date(2021, 4, 1)],
            "end": [None, None, date(2021, 5, 23), date(2021, 5, 24)],
        },
        schema={"start": pl.Date, "end": pl.Date},
    )
    # began on the first day; a day before, alone; 27 days in the period; 28 days
    counts = records.select(falls_within(first, last))[:, 0].to_list()
    assert counts == [True, False, False, True]


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
    took_part(place, 900001, "group", "maths lead", 1, start=date(2019, 9, 1), end=None)
    found = modes(place.landscape().through(Lens.authority("la:001"), phase="primary"))
    assert isinstance(found, NotMeasured)
    assert "the last began on 1 September 2019" in found.reason


def test_no_record_of_a_hub_is_not_no_part(measure):
    place = schools_only()
    activity(place, "course", "co:1", "course")
    took_part(place, 900001, "course", "class teacher", 1)
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
