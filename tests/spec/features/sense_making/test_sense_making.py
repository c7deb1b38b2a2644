"""Forums worked by hand: who came, what they put first, what became of it, how often they met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.landscape.measures import OVERSIGHT_TASKS
from hedgerow.methods.proportion import wilson_interval
from tests.made_up import REGISTER_DAY, MadeUp

ON = REGISTER_DAY
LAST_WINTER = date(2022, 1, 20)


def region() -> MadeUp:
    """Twelve primaries: five maintained, two single trusts, five in a trust of six (one of those is
    elsewhere); an authority, a hub, a second authority."""
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    for trust in ("uid:90001", "uid:90002", "uid:90003"):
        place.trust(trust)
    governed = [None] * 5 + ["uid:90001", "uid:90002"] + ["uid:90003"] * 5
    for number, trust in enumerate(governed, start=900001):
        place.school(number, authority="la:001", trust=trust, pupils=100 + (number - 900001) * 10)
    place.school(900020, authority="la:002", trust="uid:90003", pupils=400)
    return place


def meet(place: MadeUp, day: date, *who: str | tuple[str, str], forum: str = "Round table") -> str:
    """Add a meeting with organisations, each alone or with a role; give its identifier."""
    identifier = f"meeting:{forum}:{day.isoformat()}"
    place.add("meetings", id=identifier, forum=forum, date=day)
    for one in who:
        organisation, role = one if isinstance(one, tuple) else (one, None)
        place.add("attendance", meeting=identifier, organisation=organisation, role=role)
    return identifier


@pytest.mark.works(
    "sense_making.forum_coverage",
    "sense_making.forum_coverage_pupils",
    "sense_making.forum_coverage_maintained",
    "sense_making.forum_coverage_small_trusts",
    "sense_making.forum_coverage_large_trusts",
)
def test_coverage_is_of_schools_and_of_pupils_and_by_who_governs(measure):
    place = region()
    meet(place, LAST_WINTER, "la:001", "urn:900001", "urn:900002", "urn:900008")
    meet(place, date(2021, 10, 1), "urn:900001", "urn:900006", "urn:900020")
    meet(place, date(2021, 4, 1), "urn:900003")  # more than twelve months ago
    meet(place, date(2022, 5, 1), "urn:900004")  # yet to come
    # 1, 2, 6 and 8 of twelve
    found = measure(place, "sense_making.forum_coverage")
    assert (found.value, found.n, found.missing) == (4 / 12, 12, 0)
    # pupils 100, 110, 150 and 170 of 100 + 110 + ... + 210 = 1860
    pupils = measure(place, "sense_making.forum_coverage_pupils")
    assert pupils.value == pytest.approx(530 / 1860)
    assert pupils.n == 1860
    assert measure(place, "sense_making.forum_coverage_maintained").value == 2 / 5
    assert measure(place, "sense_making.forum_coverage_large_trusts").value == 1 / 5
    assert measure(place, "sense_making.forum_coverage_small_trusts").status == "suppressed"


def test_a_school_that_converted_is_one_school(measure):
    place = region()
    day = date(2022, 1, 1)
    place.school(900030, authority="la:001", closed=day)
    place.school(900031, authority="la:001", trust="uid:90001", opened=day)
    place.tie("urn:900031", "urn:900030", "succeeds", start=day)
    meet(place, date(2021, 11, 1), "urn:900030")
    found = measure(place, "sense_making.forum_coverage")
    assert (found.value, found.n) == (1 / 13, 13)


def test_a_forum_belongs_where_a_school_or_the_authority_came(measure):
    place = region()
    meet(place, LAST_WINTER, "la:002", "urn:900020", "mh:1", forum="Elsewhere")
    assert measure(place, "sense_making.forum_coverage").status == "not measured"
    meet(place, LAST_WINTER, "la:001", "mh:1", forum="Liaison")
    found = measure(place, "sense_making.forum_coverage")
    # the authority came, and no school: none, which is known
    assert (found.value, found.n) == (0, 12)


def test_meetings_without_a_list_are_said(measure):
    place = region()
    meet(place, LAST_WINTER, "urn:900001")
    meet(place, date(2022, 3, 1))
    assert "for 1 meeting" in measure(place, "sense_making.forum_coverage").caveat


def test_old_minutes_say_how_old_they_are(measure):
    place = region()
    meet(place, date(2020, 2, 3), "urn:900001")
    found = measure(place, "sense_making.forum_coverage")
    assert found.status == "not measured"
    assert "3 February 2020" in found.reason


@pytest.mark.works("sense_making.kinds_in_the_room")
def test_kinds_in_the_room(measure):
    place = region()
    # two schools, an authority and a hub: shares 1/2, 1/4, 1/4, entropy 3/2 ln 2, so 2^1.5 kinds
    meet(place, LAST_WINTER, "urn:900001", ("urn:900002", "headteacher"), "la:001", "mh:1")
    # a school that sent two is one organisation: one kind
    meet(place, date(2022, 3, 1), ("urn:900001", "head"), ("urn:900001", "class teacher"))
    found = measure(place, "sense_making.kinds_in_the_room")
    assert found.value == pytest.approx((2**1.5 + 1) / 2)
    assert found.n == 2
    assert found.chance.draws == 999


def all_sides(*, head: str = "headteacher") -> list[str | tuple[str, str]]:
    return ["la:001", "mh:1", "uid:90003", ("urn:900006", "head of school"), ("urn:900001", head)]


@pytest.mark.works("sense_making.bridging_meetings_share")
def test_meetings_with_all_sides(measure):
    place = region()
    sides = all_sides()
    meet(place, date(2021, 5, 1), *sides)
    # one trust twice; no maintained head, only a deputy; no hub; no authority
    meet(place, date(2021, 6, 1), *sides[:3], "urn:900008", sides[4])
    meet(place, date(2021, 7, 1), *all_sides(head="deputy headteacher"))
    meet(place, date(2021, 8, 1), sides[0], *sides[2:])
    meet(place, date(2021, 9, 1), *sides[1:])
    found = measure(place, "sense_making.bridging_meetings_share")
    assert (found.value, found.n) == (1 / 5, 5)


@pytest.mark.works("sense_making.practitioner_presence_share")
def test_practitioners_are_those_who_teach_a_class(measure):
    place = region()
    for month, role in enumerate(
        [
            "class teacher",
            "maths lead",
            "Teaching assistant",
            "assistant head",
            "headteacher",
            None,
        ],
        start=6,
    ):
        meet(place, date(2021, month, 1), ("urn:900001", role))
    found = measure(place, "sense_making.practitioner_presence_share")
    assert (found.value, found.n, found.missing) == (2 / 5, 5, 1)


def rank(place: MadeUp, meeting: str, judge: str, order: str, group: str | None = None) -> None:
    for number, priority in enumerate(order, start=1):
        place.add(
            "priorities", meeting=meeting, judge=judge, priority=priority, rank=number, group=group
        )


@pytest.mark.works("sense_making.practitioner_share")
def test_classroom_practitioners_among_those_present(measure):
    place = region()
    heads = [(f"urn:90000{number}", "headteacher") for number in range(1, 5)]
    meet(place, LAST_WINTER, *heads, ("urn:900005", "class teacher"))
    meet(place, date(2021, 10, 1), *heads, ("urn:900006", "teaching assistant"), "mh:1")
    # two of ten; of the Maths Hub nobody's role is on record
    found = measure(place, "sense_making.practitioner_share")
    assert (found.value, found.n, found.missing) == (2 / 10, 10, 1)
    # one of five at each meeting: as if all ten had come by themselves
    assert (found.interval.low, found.interval.high) == pytest.approx(wilson_interval(2, 10))


@pytest.mark.works("sense_making.priority_agreement", "sense_making.priority_overlap")
def test_agreement_on_priorities(measure):
    place = region()
    before = meet(place, date(2021, 11, 1), "urn:900001")
    meeting = meet(place, LAST_WINTER, "urn:900001", "urn:900002", "la:001")
    rank(place, before, "urn:900001", "cba")  # an earlier view of the first
    rank(place, meeting, "urn:900001", "abc")
    rank(place, meeting, "urn:900002", "abc")
    rank(place, meeting, "la:001", "bac")
    rank(place, meeting, "mh:1", "xyz")  # other priorities
    # rank sums 4, 5 and 9: squared deviations 14; W = 12 * 14 / (3^2 (3^3 - 3))
    found = measure(place, "sense_making.priority_agreement")
    assert found.value == pytest.approx(14 / 18)
    assert (found.n, found.missing) == (3, 1)
    # of six pairs three share nothing (with mh:1), one is the same, and two swap the first two:
    # depth 1 nothing, depths 2 and on everything: 1 less the weight of depth 1, which is 1 - p
    overlap = measure(place, "sense_making.priority_overlap")
    assert overlap.value == pytest.approx((1 + 2 * 0.9) / 6)
    assert overlap.n == 4


@pytest.mark.works("sense_making.priority_gap")
def test_groups_lie_apart_by_places_of_the_ranking(measure):
    place = region()
    meeting = meet(place, LAST_WINTER, "urn:900001", "la:001")
    for number in range(1, 4):
        rank(place, meeting, f"urn:90000{number}", "abc", "headteacher")
        rank(place, meeting, f"person:{number}", "cba", "system leader")
    rank(place, meeting, "person:9", "bac", "teacher")  # alone in its group
    # mean ranks 1, 2, 3 and 3, 2, 1: differences 2, 0 and 2
    found = measure(place, "sense_making.priority_gap")
    assert found.value == pytest.approx(4 / 3)
    assert (found.n, found.missing) == (6, 1)


def concern(place: MadeUp, name: str, age: int, stage: str, after: int | None, **more) -> None:
    raised = ON - timedelta(days=age)
    since = None if after is None else raised + timedelta(days=after)
    place.add(
        "concerns",
        id=name,
        forum="Round table",
        raised=raised,
        stage=stage,
        stage_since=since,
        **more,
    )


def worried() -> MadeUp:
    place = region()
    meet(place, date(2019, 9, 1), "urn:900001")
    concern(place, "c:1", 900, "reviewed", 300)
    concern(place, "c:2", 900, "dropped", 400, evidence="results")
    concern(place, "c:3", 900, "reviewed", 500)
    concern(place, "c:4", 450, "cause discussed", 100)
    concern(place, "c:5", 900, "reviewed", 950)  # reviewed after the day
    concern(place, "c:6", 100, "raised", 0)
    concern(place, "c:7", 900, "dropped", None)  # nobody knows when
    concern(place, "c:8", 0 - 10, "raised", 0)  # raised after the day
    return place


@pytest.mark.works("sense_making.loop_closure", "sense_making.days_to_review")
def test_closure_knows_of_dropping_and_of_waiting(measure):
    # c:6 is followed for 100 days and c:4 for 450; c:7 is left out. Of six at risk five are left at
    # 300: one in five; one in four dropped at 400; at 500 two are left: 3/5 * 1/2 more
    found = measure(worried(), "sense_making.loop_closure")
    assert found.value == pytest.approx(1 / 5 + 3 / 5 * 1 / 2)
    assert (found.n, found.missing) == (6, 1)
    assert found.interval.low < found.value < found.interval.high
    # half are reached on that very day
    assert measure(worried(), "sense_making.days_to_review").value == 500


def test_half_that_is_not_reached_is_no_number(measure):
    place = worried()
    place.rows["concerns"][2]["stage"] = "dropped"
    found = measure(place, "sense_making.days_to_review")
    assert found.status == "not measured"
    assert found.n == 6


@pytest.mark.works("sense_making.share_reaching_*")
def test_how_far_concerns_get(measure):
    place = worried()
    # raised a year ago or more: 1 to 5 and 7. Of 5 only a later stage is known. 7 got nowhere, 2
    # had its evidence looked at
    shares = {"evidence": 4 / 5, "cause": 3 / 5, "action": 2 / 5, "review": 2 / 5}
    for step, value in shares.items():
        found = measure(place, f"sense_making.share_reaching_{step}")
        assert (found.value, found.n, found.missing) == (value, 5, 1), step
    # an action that was agreed tells more than the stage, and its review more still
    agreed = ON - timedelta(days=200)
    place.add("actions", concern="c:7", agreed=agreed)
    place.add("actions", concern="c:5", agreed=agreed, reviewed=ON - timedelta(days=1))
    assert measure(place, "sense_making.share_reaching_action").value == 4 / 6
    assert measure(place, "sense_making.share_reaching_review").value == 3 / 6


@pytest.mark.works("sense_making.actions_done_share")
def test_actions_done_when_due(measure):
    place = worried()
    agreed = date(2021, 6, 1)
    for due, done in [(30, 20), (30, 30), (30, 40), (30, None), (60, 59), (None, 5), (900, 5)]:
        place.add(
            "actions",
            concern="c:1",
            agreed=agreed,
            due=None if due is None else agreed + timedelta(days=due),
            done=None if done is None else agreed + timedelta(days=done),
        )
    found = measure(place, "sense_making.actions_done_share")
    assert (found.value, found.n, found.missing) == (3 / 5, 5, 1)


@pytest.mark.works("sense_making.meeting_rhythm", "sense_making.longest_gap")
def test_rhythm_and_gaps(measure):
    place = region()
    # gaps of 100, 100 and 40 days: mean 80, sd sqrt((400 + 400 + 1600) / 2)
    for back in (10, 50, 150, 250):
        meet(place, ON - timedelta(days=back), "urn:900001")
    # a second forum, too seldom to have a rhythm
    meet(place, ON - timedelta(days=300), "urn:900002", forum="Other")
    found = measure(place, "sense_making.meeting_rhythm")
    assert found.value == pytest.approx(1 - 1200**0.5 / 80)
    assert (found.n, found.missing) == (1, 1)
    # from 250 to 150 days ago; with the other forum the first meeting is 300 days ago
    assert measure(place, "sense_making.longest_gap").value == 100
    assert measure(place, "sense_making.longest_gap").n == 5


def test_three_meetings_are_no_rhythm(measure):
    place = region()
    for back in (10, 50, 150):
        meet(place, ON - timedelta(days=back), "urn:900001")
    for identifier in ("sense_making.meeting_rhythm", "sense_making.longest_gap"):
        found = measure(place, identifier)
        assert found.status == "not measured"
        assert "3 meetings in all" in found.reason


@pytest.mark.works("sense_making.oversight_gap")
def test_tasks_that_nobody_has(measure):
    place = region()
    for task, holder, day in (
        (0, "la:001", date(2021, 9, 1)),
        (0, None, LAST_WINTER),  # the authority has given it up since
        (1, None, LAST_WINTER),
        (2, "mh:1", LAST_WINTER),
        (2, None, LAST_WINTER),  # one who has it is enough
        (3, None, date(2022, 5, 1)),  # yet to be asked
    ):
        said = {"is_held": holder is not None, "holder": holder, "date": day}
        place.add("oversight", place="la:001", task=OVERSIGHT_TASKS[task], **said)
    place.add("oversight", place="la:002", task=OVERSIGHT_TASKS[4], is_held=False, date=LAST_WINTER)
    # nobody has 0 and 1; 3, 4 and 5 were not asked about and may be held or not
    found = measure(place, "sense_making.oversight_gap")
    assert (found.value, found.n, found.missing) == (2, 3, 3)
    assert (found.interval.low, found.interval.high) == (2, 5)
    assert "finds out what professional learning schools need" in found.caveat


def test_oversight_is_asked_of_a_place_that_holds_the_schools(measure):
    place = region()
    for task in OVERSIGHT_TASKS:
        place.add("oversight", place="la:001", task=task, is_held=True, date=LAST_WINTER)
    found = measure(place, "sense_making.oversight_gap")
    assert (found.value, found.interval) == (0, None)
    for lens in (Lens.everywhere(), Lens.authority("la:002")):
        found = measure(place, "sense_making.oversight_gap", lens)
        # twelve of the thirteen schools are in la:001, more than nine in ten
        assert found.is_measured == (lens == Lens.everywhere())
    assert "who can challenge a school" in found.would_tell


@pytest.mark.parametrize("lens", [Lens.authority("la:001"), Lens.authority("la:002")])
def test_without_evidence_nothing_is_known(measure, lens):
    for name in ("forum_coverage", "kinds_in_the_room", "priority_agreement", "loop_closure"):
        found = measure(region(), f"sense_making.{name}", lens)
        assert found.status == "not measured"
        assert found.would_tell
