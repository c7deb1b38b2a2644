"""What stands in a cell, and what is read in it: each case worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.fieldbook.attendance.delegates import called, delegates_in, identity_of
from hedgerow.fieldbook.attendance.heading_words import is_heading, is_session, likeness
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.marks import cross_means, read_mark, read_sessions, read_staff
from hedgerow.fieldbook.attendance.places import Asked, SchoolMatcher
from hedgerow.fieldbook.attendance.roles import VOCABULARY, role_of
from hedgerow.fieldbook.attendance.spelling import Speller
from hedgerow.fieldbook.attendance.telling import shown
from hedgerow.fieldbook.attendance.written_days import find_days, read_days, with_year
from tests.made_up import MadeUp, brambleford

OCT = (date(2021, 10, 12), date(2021, 10, 19), date(2021, 11, 9))


@pytest.mark.parametrize(
    ("text", "days", "last"),
    [
        ("12/10/2021", OCT[:1], OCT[0]),
        ("Tuesday 12th October 2021, 9:30-12:00", OCT[:1], OCT[0]),
        ("12 & 19 October 2021", OCT[:2], OCT[1]),
        ("12 Oct, 19 Oct and 9 Nov 2021", OCT, OCT[2]),
        ("12/10, 19/10 and 9/11/2021", OCT, OCT[2]),
        ("12/10/2021\n19/10/2021", OCT[:2], OCT[1]),
        ("12-19 October 2021", OCT[:1], OCT[1]),
        ("12 October – 9 November 2021", OCT[:1], OCT[2]),
        ("4 Nov – 3 Mar 2022", (date(2021, 11, 4),), date(2022, 3, 3)),
        ("October 2021", (date(2021, 10, 1),), date(2021, 10, 31)),
        ("Autumn term 2021", (date(2021, 9, 1),), date(2021, 12, 31)),
        ("Spring 2022", (date(2022, 1, 1),), date(2022, 3, 31)),
        ("Summer term 2021/22", (date(2022, 4, 1),), date(2022, 8, 31)),
        ("2021/22", (date(2021, 9, 1),), date(2022, 8, 31)),
        ("10/13/2021", (), None),  # no day when read day first
        ("2021", (), None),
        ("2021/23", (), None),  # no school year
        ("to be confirmed", (), None),
    ],
)
def test_days(text, days, last):
    read = read_days(text)
    assert (read.days, read.last) == (days, last)
    assert read.days or read.note


def test_a_period_is_told():
    assert read_days("Autumn 2021").is_period
    assert "taken whole, 2021-09-01 to 2021-12-31" in read_days("Autumn 2021").note
    assert not read_days("12/10/2021").is_period


@pytest.mark.parametrize(
    ("text", "days", "rest"),
    [
        ("Fluency – Tuesday 12/10/2021", OCT[:1], "Fluency"),
        ("Fluency (12 October 2021 and 19 October 2021)", OCT[:2], "Fluency"),
        ("Work group 2021/22", (date(2021, 9, 1),), "Work group 2021/22"),
        ("Fluency", (), "Fluency"),
    ],
)
def test_days_in_a_title(text, days, rest):
    found, left = find_days(text)
    assert (found.days, left) == (days, rest)


def test_days_without_a_year_take_it_from_the_period_around():
    year = read_days("2021/22")
    assert with_year("12 Oct", year).days == (date(2021, 10, 12),)
    assert with_year("18/1", year).days == (date(2022, 1, 18),)
    assert with_year("12 Oct", read_days("no period")).days == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Headteacher", "headteacher"),
        ("Exec. Head", "headteacher"),
        ("HT", "headteacher"),
        ("Deputy Head", "senior leader"),
        ("Assistant Headteacher", "senior leader"),
        ("Head of School", "senior leader"),
        ("Deputy Head / Maths lead", "maths lead"),
        ("Maths Co-ordinator", "maths lead"),
        ("Head of Maths", "maths lead"),
        ("English lead", "subject lead"),
        ("SENDCo", "subject lead"),
        ("Year 6 lead", "subject lead"),
        ("Class Teacher (Y4)", "class teacher"),
        ("Reception", "class teacher"),
        ("ECT Year 3", "early career teacher"),
        ("ECT2", "early career teacher"),
        ("HLTA", "teaching assistant"),
        ("Teaching Assistant Y2", "teaching assistant"),
        ("Trust maths lead", "trust central staff"),
        ("Director of Education", "trust central staff"),
        ("School Business Manager", "other"),
        ("Wizard", None),
        ("n/a", None),
        ("", None),
    ],
)
def test_roles(text, role):
    assert role_of(text) == role
    assert role is None or role in VOCABULARY


def test_marks():
    for text in ("✓", "Y", "yes", "1", "P", "Present", "late", "TRUE", "x"):
        assert read_mark(text) is True, text
    for text in ("", "N", "no", "0", "a", "apols", "Did not attend", "-", "cancelled"):
        assert read_mark(text) is False, text
    for text in ("?", "maybe", "Wren"):
        assert read_mark(text) is None, text
    assert read_mark("x", cross="absent") is False


def test_what_a_cross_means():
    assert cross_means(["x", "", "x"]) == "attended"
    assert cross_means(["x", "✓"]) == "absent"
    assert cross_means(["x", "apols"]) == "attended"


def test_numbers():
    assert read_sessions("3 of 4") == (3.0, 4)
    assert read_sessions("2.5") == (2.5, None)
    assert read_sessions("5 of 4") is None
    assert read_sessions("all") is None
    assert read_staff("3 delegates") == 3
    assert read_staff("0") == 0
    for text in ("2-3", "about 2", "1000", "-1", "2.5"):
        assert read_staff(text) is None


def test_delegates():
    assert identity_of("Thistle, Wren") == identity_of("Mrs Wren Thistle") == "thistle wren"
    assert identity_of("TBC") is identity_of("Teacher 2") is None
    assert called("Thistle, Mrs Wren") == "Wren Thistle"
    assert delegates_in("Wren Thistle & Jay Sloe") == ["Wren Thistle", "Jay Sloe"]
    assert delegates_in("Wren and Jay Sloe") == ["Wren Sloe", "Jay Sloe"]
    assert delegates_in("Thistle, Wren") == ["Thistle, Wren"]


def test_headings():
    assert likeness("school", "Name of school / setting *") == 1.0
    assert likeness("staff", "No. of delegates") == likeness("staff", "# teachers") == 1.0
    assert likeness("delegate", "Delegate e-mail address") == 0.0
    assert likeness("school", "School type") == 0.0
    assert is_session("Session 3")
    assert is_session("Sessions 12/10/2021")
    assert not is_session("Autumn 2021")
    assert is_heading("Job title")
    assert not is_heading("Ash Primary School")
    assert not is_heading("12/10/2021")


def test_a_fault_never_repeats_what_may_be_a_name():
    assert shown("31/02/2021") == "31/02/2021"
    assert shown("Tues 12 Octember") == "a text of 16 letters"
    assert shown("Wren Thistle") == "a text of 12 letters"


def test_words_put_right():
    speller = Speller(["Newt Mallow Primary School", "Stoat Damson Primary School"])
    assert dict(speller.ways("Net Mallow Primary School"))["newt mallow primary school"] > 0.9
    assert speller.ways("StoatDamson Primary School") == [("stoat damson primary school", 1.0)]
    assert speller.ways("Newt Mallow Primary School") == []


NO_DECISIONS = AttendanceMapping(columns={})


def matcher(*providers: str, mapping: AttendanceMapping = NO_DECISIONS) -> SchoolMatcher:
    return SchoolMatcher(brambleford().landscape(), mapping, providers)


@pytest.mark.parametrize(
    ("asked", "school", "how"),
    [
        (Asked(text="", urn="900003"), "urn:900003", "urn"),
        (Asked(text="Ash Primary School (900001)"), "urn:900001", "urn"),
        (Asked(text="ASH PRIMARY  school"), "urn:900001", "name"),
        (Asked(text="Ash Prim."), "urn:900001", "likeness"),
        (Asked(text="Ash PS"), "urn:900001", "likeness"),
        (Asked(text="Damson Primary School, Brambleford"), "urn:900004", "likeness"),
        (Asked(text="Ash Primary School", urn="900002"), None, "open"),
        (Asked(text="Nowhere Primary School"), None, "open"),
    ],
)
def test_schools(asked, school, how):
    found = matcher("mh:001").find(asked)
    assert (found.id, found.how) == (school, how)


def test_two_schools_of_one_name_are_told_apart_by_footprint_postcode_and_day():
    place = MadeUp()
    place.authority("la:001", "Near")
    place.authority("la:002", "Far")
    place.school(1, "St Wren's", authority="la:001", postcode="ZZ1 1AA", closed=date(2020, 9, 1))
    place.school(2, "St Wren's", authority="la:001", postcode="ZZ1 1AA", opened=date(2020, 9, 1))
    place.school(3, "St Wren's", authority="la:002", postcode="ZZ2 2BB")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    register = place.landscape()
    anywhere, near = (SchoolMatcher(register, NO_DECISIONS, hub) for hub in ((), ("mh:1",)))
    day = date(2021, 10, 12)
    assert anywhere.find(Asked(text="St Wren's", day=day)).how == "open"
    assert near.find(Asked(text="St Wren's", day=day)).id == "urn:2"
    assert near.find(Asked(text="St Wren's", day=date(2019, 10, 1))).id == "urn:1"
    assert anywhere.find(Asked(text="St Wren's", postcode="zz2 2bb", day=day)).id == "urn:3"


def test_what_was_decided_goes_first():
    mapping = NO_DECISIONS.with_aliases(
        "schools", {"Ash Primary School": "900002", "The Hub Office": "none"}
    )
    found = matcher("mh:001", mapping=mapping).find(Asked(text="ash primary school"))
    assert (found.id, found.how) == ("urn:900002", "decided")
    found = matcher("mh:001", mapping=mapping).find(Asked(text="The hub office"))
    assert (found.id, found.how) == (None, "decided")


def test_a_near_school_nearly_so_called_stands_against_a_far_one_exactly_so_called():
    place = MadeUp()
    place.authority("la:001", "Near")
    place.authority("la:002", "Far")
    place.school(1, "St Wren's Church of England Primary School", authority="la:001")
    place.school(2, "St Wren's Primary School", authority="la:002")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    asked = Asked(text="St Wren's Primary School")
    assert SchoolMatcher(place.landscape(), NO_DECISIONS).find(asked).id == "urn:2"
    found = SchoolMatcher(place.landscape(), NO_DECISIONS, ["mh:1"]).find(asked)
    assert found.how == "open"
    assert {one.id for one in found.suggestions} == {"urn:1", "urn:2"}
