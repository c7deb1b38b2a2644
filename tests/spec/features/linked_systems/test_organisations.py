"""How the organisations of a place are linked, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.features.system_organisations import (
    coordinating_organisations,
    system_organisations,
)
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp

LAST_WINTER = date(2022, 1, 20)


def region() -> MadeUp:
    """Ten primaries in la:001, three of them in a trust of four; five hubs, an association.

    A maths hub, a teaching school hub and an English hub cover the authority, a research school a
    single school of another, which hosts it. The association has two members among the ten.
    """
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    place.trust("uid:90001")
    place.trust("uid:90002")
    for number in range(900001, 900011):
        trust = "uid:90001" if number > 900007 else "uid:90002" if number > 900005 else None
        place.school(number, authority="la:001", trust=trust)
    place.school(900011, authority="la:002", trust="uid:90001")
    place.school(900012, authority="la:002")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    place.hub("tsh:1", "teaching_school_hub", covers=["la:001", "la:002"])
    place.hub("eh:1", "english_hub", covers=["la:001"])
    place.hub("rs:1", "research_school", covers=["urn:900012"])
    place.tie("urn:900012", "rs:1", "hosts")
    place.organisation("assoc:1", "association", authority="la:002")
    for school in ("urn:900001", "urn:900002"):
        place.tie(school, "assoc:1", "member_of", start=date(2015, 9, 1))
    place.organisation("co:1", "company", authority="la:001")
    return place


def role(place: MadeUp, person: str, *organisations: str, **values: object) -> None:
    for organisation in organisations:
        place.add("roles", person=person, organisation=organisation, role="board", **values)


def ids(place: MadeUp, lens: Lens | None = None) -> list[str]:
    here = place.landscape().through(lens or Lens.authority("la:001"), phase="primary")
    return system_organisations(here)["id"].to_list()


def test_what_is_active_as_a_system():
    place = region()
    # two of ten members are one in ten or more; the trust has three of its four schools here; the
    # other has only two; the research school and the company do not belong
    assert ids(place) == ["la:001", "tsh:1", "mh:1", "eh:1", "assoc:1", "uid:90001"]
    here = place.landscape().through(Lens.authority("la:001"), phase="primary")
    assert "uid:90001" not in coordinating_organisations(here)["id"]
    # elsewhere: the association lies there, the research school is hosted there
    assert ids(place, Lens.authority("la:002")) == ["la:002", "tsh:1", "rs:1", "assoc:1"]


def test_one_in_ten_is_reached_through_ties_activities_and_boards_together():
    place = region()
    place.organisation("rs:2", "research_school", authority="la:002")
    assert "rs:2" not in ids(place)
    place.add("activities", id="a:1", provider="rs:2", name="Reading the evidence")
    place.add("participation", school="urn:900003", activity="a:1", start=LAST_WINTER)
    assert "rs:2" in ids(place)
    place.rows["participation"].clear()
    place.add("roles", person="p:1", organisation="rs:2", role="chair", is_seat=True)
    place.add("roles", person="p:1", organisation="urn:900004", role="headteacher")
    assert "rs:2" in ids(place)


def linked_place() -> MadeUp:
    """Six coordinating organisations: la, tsh, mh, eh, rs and assoc, all but eh with people.

    One person sits with la, mh and tsh; another with la and mh; a third with mh alone; others alone
    in rs and assoc. Joined: la-mh by two, la-tsh and mh-tsh by one.
    """
    place = region()
    place.tie("rs:1", "urn:900001", "supports")
    role(place, "p:1", "la:001", "mh:1", "tsh:1")
    role(place, "p:2", "la:001", "mh:1")
    role(place, "p:3", "mh:1")
    role(place, "p:4", "rs:1")
    role(place, "p:5", "assoc:1")
    role(place, "p:5", "eh:1", end=date(2020, 1, 1))
    return place


@pytest.mark.works(
    "linked_systems.interlock_density",
    "linked_systems.interlock_depth",
    "linked_systems.carrier_concentration",
    "linked_systems.sole_concentration",
)
def test_shared_people(measure):
    place = linked_place()
    found = measure(place, "linked_systems.interlock_density")
    # three of the ten pairs of five; the English hub's only role has ended, so it is unknown: with
    # it there are 15 pairs, of which 3 are joined, or 3 and all 5 of its own
    assert (found.value, found.n, found.missing) == (3 / 10, 5, 1)
    assert (found.interval.low, found.interval.high) == pytest.approx((3 / 15, 8 / 15))
    assert found.interval.level == 1
    assert found.chance.low <= found.chance.expected <= found.chance.high
    # la-mh by two people, the others by one
    depth = measure(place, "linked_systems.interlock_depth")
    assert (depth.value, depth.n) == (pytest.approx(4 / 3), 3)
    # the first person carries half of la-mh and all of two: 5/6; the second 1/6
    carriers = measure(place, "linked_systems.carrier_concentration")
    assert carriers.value == pytest.approx((5 / 6) ** 2 + (1 / 6) ** 2)
    assert "3 pairs joined by 2 people" in carriers.caveat
    # alone the first carries two of the three pairs
    sole = measure(place, "linked_systems.sole_concentration")
    assert sole.value == pytest.approx((2 / 3) ** 2)


def test_a_person_named_or_not_is_in_no_caveat(measure):
    place = linked_place()
    place.add(
        "persons",
        id="p:1",
        label="Robin Hedge",
        is_named=True,
        named_scope="all",
        named_since=date(2020, 1, 1),
    )
    for name in ("interlock_density", "carrier_concentration", "sole_concentration"):
        found = measure(place, f"linked_systems.{name}")
        assert "Robin" not in str(found)
        assert "p:1" not in str(found.to_json())


def test_boards_of_which_nothing_is_known_are_not_empty(measure):
    place = region()
    for name in ("interlock_density", "interlock_depth", "carrier_concentration"):
        found = measure(place, f"linked_systems.{name}")
        assert (found.status, found.n, found.missing) == ("not measured", 0, 5)
        assert found.would_tell
    role(place, "p:1", "la:001", "mh:1")
    found = measure(place, "linked_systems.interlock_density")
    # two of five are fewer than three fifths
    assert (found.status, found.n, found.missing) == ("not measured", 2, 3)
    role(place, "p:2", "eh:1")
    # three are enough for the figure, but a share on three is not shown
    assert measure(place, "linked_systems.interlock_density").status == "suppressed"
    assert "3 of 5" in measure(place, "linked_systems.interlock_depth").caveat


def test_nobody_shared_is_nought_and_has_no_carriers(measure):
    place = region()
    for number, one in enumerate(("la:001", "mh:1", "tsh:1", "eh:1", "assoc:1")):
        role(place, f"p:{number}", one)
    density = measure(place, "linked_systems.interlock_density")
    assert (density.value, density.chance) == (0, None)
    assert measure(place, "linked_systems.carrier_concentration").status == "not measured"


@pytest.mark.works("linked_systems.collaboration_density", "linked_systems.signposting_density")
def test_joint_work_and_signposts_of_any_direction_on_the_day(measure):
    place = region()
    for name in ("collaboration_density", "signposting_density", "core_fit"):
        assert measure(place, f"linked_systems.{name}").status == "not measured"
    place.tie("mh:1", "la:001", "joint_bid", start=date(2021, 9, 1))
    place.tie("la:001", "mh:1", "joint_bid", start=date(2021, 9, 1))
    place.tie("mh:1", "tsh:1", "collaborates")
    place.tie("eh:1", "tsh:1", "joint_bid", end=date(2020, 9, 1))
    place.tie("uid:90001", "mh:1", "joint_bid")
    # of ten pairs of five: la-mh, named twice, and mh-tsh; the English hub's bid is over, and
    # trusts are not among the five
    found = measure(place, "linked_systems.collaboration_density")
    assert (found.value, found.n) == (2 / 10, 5)
    # that links were written down makes no signposts a finding
    assert measure(place, "linked_systems.signposting_density").value == 0
    place.tie("assoc:1", "eh:1", "signposts")
    place.tie("assoc:1", "urn:900001", "signposts")
    assert measure(place, "linked_systems.signposting_density").value == 1 / 10


@pytest.mark.works("linked_systems.meeting_density")
def test_three_meetings_in_the_year(measure):
    place = region()
    assert measure(place, "linked_systems.meeting_density").status == "not measured"
    for month in (1, 2, 3):
        place.add("meetings", id=f"m:{month}", forum="Round table", date=date(2022, month, 3))
        for one in ("la:001", "mh:1", "urn:900001", *(("tsh:1",) if month > 1 else ())):
            place.add("attendance", meeting=f"m:{month}", organisation=one)
    place.add("meetings", id="m:0", forum="Round table", date=date(2020, 1, 3))
    place.add("attendance", meeting="m:0", organisation="tsh:1")
    place.add("attendance", meeting="m:0", organisation="la:001")
    # la-mh at three; the teaching school hub at two of the year's only
    found = measure(place, "linked_systems.meeting_density")
    assert (found.value, found.n) == (1 / 10, 5)


@pytest.mark.works("linked_systems.association_coverage")
def test_members_of_an_association(measure):
    place = region()
    found = measure(place, "linked_systems.association_coverage")
    assert (found.value, found.n) == (2 / 10, 10)
    place.rows["ties"] = [tie for tie in place.rows["ties"] if tie["kind"] != "member_of"]
    assert measure(place, "linked_systems.association_coverage").status == "not measured"
    # an association that all have left leaves a nought
    place.tie("urn:900003", "assoc:1", "member_of", end=date(2019, 9, 1))
    assert measure(place, "linked_systems.association_coverage").value == 0


def test_a_member_stays_one_when_it_becomes_an_academy(measure):
    place = region()
    place.school(900030, closed=date(2019, 9, 1))
    place.tie("urn:900008", "urn:900030", "succeeds", start=date(2019, 9, 1))
    place.tie("urn:900030", "assoc:1", "member_of", start=date(2015, 9, 1))
    assert measure(place, "linked_systems.association_coverage").value == 3 / 10


@pytest.mark.works("linked_systems.core_fit")
def test_a_core_is_tied_with_all_and_the_rest_with_nobody_else(measure):
    place = region()
    # the authority with every other of the six, one of them a trust: a perfect core of one
    for one in ("tsh:1", "mh:1", "eh:1", "assoc:1", "uid:90001"):
        place.tie("la:001", one, "signposts")
    found = measure(place, "linked_systems.core_fit")
    assert (found.value, found.n) == (pytest.approx(1), 6)
    # a star can be rewired in no other way
    assert found.chance is None
    assert "In the core: la:001." in found.caveat


def test_a_few_links_are_no_core(measure):
    place = region()
    place.tie("la:001", "mh:1", "signposts")
    found = measure(place, "linked_systems.core_fit")
    assert (found.status, found.n) == ("not measured", 6)
    assert "Only 2" in found.reason


@pytest.mark.works("linked_systems.change_follows_change")
def test_changes_that_others_follow(measure):
    place = region()
    # spring 2019, before the first of nine terms, to spring 2022; summer 2022 is not over
    terms = [
        date(year, month, 15)
        for year, month in (
            (2019, 1), (2019, 4), (2019, 9), (2020, 1), (2020, 4), (2020, 9), (2021, 1),
            (2021, 4), (2021, 9), (2022, 1),
        )
    ]  # fmt: skip  # one year after another
    schools = {
        "mh:1": (6, 0, 6, 0, 6, 0, 6, 0, 6, 0),  # another number in each term
        "tsh:1": (6, 6, 0, 0, 6, 6, 0, 0, 6, 6),  # in every second
        "eh:1": (6, 7, 6, 8, 6, 6, 6, 6, 6, 6),  # by less than three, or than a quarter
    }
    for provider, counts in schools.items():
        place.add("activities", id=provider, provider=provider, name="Work group")
        for day, count in zip(terms, counts, strict=True):
            for number in range(900001, 900001 + count):
                place.add("participation", school=f"urn:{number}", activity=provider, start=day)
    # of the first seven terms the Maths Hub changed in all, the Teaching School Hub in three: each
    # time the other followed within two terms, and the English Hub never
    found = measure(place, "linked_systems.change_follows_change")
    assert found.value == pytest.approx((7 + 3) / (10 * 2))
    assert found.n == 10
    assert found.chance.expected <= 0.5
    assert "3 organisations over 9 terms" in found.caveat


def test_few_changes_say_nothing_of_coupling(measure):
    found = measure(region(), "linked_systems.change_follows_change")
    assert (found.status, found.n) == ("not measured", 0)
    assert "3 school years" in found.would_tell
