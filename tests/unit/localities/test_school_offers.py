"""What is on offer to one school and why, worked by hand on a place of eight schools."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.finding import NotMeasured
from hedgerow.localities.school_offers import OFFERS, offers_to, taken_part
from hedgerow.reporting.school_tables import cost_text, offers_table, taken_table
from tests.made_up import MadeUp

DAY = date(2022, 3, 1)
SCHOOL = "urn:900001"
AUTUMN = {"start": date(2021, 9, 1), "end": date(2021, 12, 20)}
SPRING = {"start": date(2022, 1, 5), "end": date(2022, 4, 2)}
SUMMER = {"start": date(2022, 4, 20), "end": date(2022, 7, 16)}


def bare():
    place = MadeUp(as_of=date(2022, 12, 31))
    place.authority("la:001", "Brambleford")
    place.authority("la:002", "Far Sedge")
    place.trust("uid:90001", "Thorn Trust")
    place.trust("uid:90002", "Sloe Trust")
    for number in (900001, 900002):
        place.school(number, trust="uid:90001", authority="la:001")
    place.school(900003, trust="uid:90002", authority="la:001")
    place.school(900004, authority="la:001")
    place.school(900005, authority="la:001", phase="Secondary")
    place.school(900006, authority="la:002")
    place.hub("mh:1", "maths_hub", "Hawthorn Maths Hub", covers=["la:001"])
    place.hub("mh:2", "maths_hub", "Far Maths Hub", covers=["la:002"])
    place.organisation("cluster:1", "cluster", "North Cluster")
    place.organisation("cluster:2", "cluster", "South Cluster")
    place.tie(SCHOOL, "cluster:1", "member_of")
    place.tie("urn:900004", "cluster:2", "member_of")
    place.organisation("co:1", "company", "Fern Books")
    place.organisation("co:2", "company", "Unheard Of")
    return place


def full():
    place = bare()
    offers = {
        "mh:1": ("Work group", {"cost_basis": "free", "cost": 0.0}),
        "mh:2": ("Far work group", {}),
        "uid:90001": ("Trust day", {}),
        "la:001": ("Briefing", {"cost_basis": "charged", "cost": 90.0}),
        "la:002": ("Far briefing", {}),
        "cluster:1": ("Moderation", {}),
        "cluster:2": ("Other moderation", {}),
        "co:1": ("Scheme training", {}),
        "co:2": ("Unheard of course", {}),
        SCHOOL: ("Staff meeting", {}),
    }
    for provider, (name, values) in offers.items():
        place.add(
            "activities", id=f"a {provider}", provider=provider, name=name, **SPRING, **values
        )
    place.add("activities", id="sold", provider="uid:90002", name="Course for others", **SPRING)
    place.add("activities", id="kept", provider="uid:90002", name="Sloe Trust day", **SPRING)

    def took(number, activity, **values):
        place.add(
            "participation", school=f"urn:{number}", activity=activity, staff=2, **(SPRING | values)
        )

    took(900002, "a mh:1")
    took(900004, "a mh:1")
    took(900004, "a mh:1", role="maths lead")
    took(900005, "a mh:1")
    took(900006, "a mh:1")
    took(900004, "a co:1")
    took(900006, "a co:2")
    took(900004, "sold")
    took(900003, "kept")
    took(900001, "a mh:1", start=date(2022, 1, 20))
    return place


def offered(place, on=DAY):
    found = offers_to(place.landscape().on(on), SCHOOL)
    return {row["offer"]: row for row in found.to_dicts()}


def test_what_is_open_to_a_school_and_why():
    found = offered(full())
    assert {name: row["why_open"] for name, row in found.items()} == {
        "Work group": "the school is in its area",
        "Briefing": "it is the school's authority",
        "Trust day": "it is the school's trust",
        "Moderation": "the school is a member",
        "Scheme training": "other schools of the authority take part",
        "Course for others": "schools outside the trust take part",
    }


def test_like_schools_that_took_part_are_counted_once_and_the_school_itself_is_not():
    found = offered(full())
    # 900002 and 900004: not the secondary school, nor that of another authority, nor the school
    assert found["Work group"]["others"] == 2
    assert found["Briefing"]["others"] == 0
    assert next(iter(found)) == "Work group"


def test_runs_of_one_offer_are_told_together():
    place = bare()
    for number, run in enumerate((AUTUMN, SPRING, SUMMER)):
        place.add("activities", id=f"run {number}", provider="mh:1", name="Work group", **run)
    place.add("activities", id="next", provider="mh:1", name="Research group", **SUMMER)
    place.add("activities", id="past", provider="mh:1", name="Seminar", **AUTUMN)
    place.add("activities", id="undated", provider="mh:1", name="Coaching")
    old = {"start": date(2020, 9, 1), "end": date(2020, 12, 20)}
    place.add("activities", id="old", provider="mh:1", name="Long ago", **old)
    later = {"start": date(2023, 9, 1)}
    place.add("activities", id="later", provider="mh:1", name="Far ahead", **later)
    found = offered(place)
    assert {name: row["state"] for name, row in found.items()} == {
        "Work group": "now",
        "Research group": "next",
        "Seminar": "earlier",
        "Coaching": "undated",
    }
    assert list(found) == ["Work group", "Research group", "Seminar", "Coaching"]
    group = found["Work group"]
    assert (group["start"], group["next_start"]) == (SPRING["start"], SUMMER["start"])
    told = offers_to(place.landscape().on(DAY), SCHOOL)
    assert [row[2] for row in offers_table(told, "Brambleford").cells()] == [
        "now, until 1 April 2022; again from 20 April 2022",
        "from 20 April 2022",
        "ended on 19 December 2021",
        "no day is given",
    ]


def test_without_any_offer_on_record_it_says_what_would_tell():
    found = offers_to(bare().landscape().on(DAY), SCHOOL)
    assert isinstance(found, NotMeasured)
    assert "programmes" in found.would_tell


def test_offers_of_nobody_who_is_there_for_the_school_are_none():
    place = bare()
    place.add("activities", provider="mh:2", name="Far work group", **SPRING)
    found = offers_to(place.landscape().on(DAY), SCHOOL)
    assert found.is_empty()
    assert list(found.schema) == list(OFFERS)


def test_what_a_school_took_part_in_is_told_up_to_the_day():
    place = full()
    today = place.landscape().on(DAY)
    rows = list(taken_table(taken_part(today, SCHOOL)).cells())
    assert [row[:6] for row in rows] == [
        ("Work group", "Hawthorn Maths Hub", "20 January 2022", "1 April 2022", "not known", "free")
    ]
    assert taken_part(place.landscape().on(date(2022, 1, 10)), SCHOOL).is_empty()
    assert isinstance(taken_part(bare().landscape().on(DAY), SCHOOL), NotMeasured)


def test_what_bore_an_older_number_is_the_schools_own():
    place = bare()
    place.school(900010, authority="la:001", closed=date(2021, 9, 1))
    place.tie("urn:900004", "urn:900010", "succeeds", start=date(2021, 9, 1))
    place.add("activities", id="a", provider="mh:1", name="Work group", **SPRING)
    past = {"start": date(2020, 10, 1), "end": None}
    place.add("participation", school="urn:900010", activity="a", **past)
    today = place.landscape().on(DAY)
    assert taken_part(today, "urn:900004").height == 1
    # and the page of the older number tells it too
    assert taken_part(today, "urn:900010").height == 1


@pytest.mark.parametrize(
    ("basis", "cost", "words"),
    [
        (None, None, "not known"),
        (None, 0.0, "free"),
        (None, 40.0, "£40 a place"),
        ("free", 0.0, "free"),
        ("charged", None, "charged"),
        ("charged", 1250.5, "charged, £1,250.50 a place"),
        ("subsidised", 0.0, "subsidised, free to schools"),
    ],
)
def test_what_it_costs_in_words(basis, cost, words):
    assert cost_text(basis, cost) == words
