"""Who sees what, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.landscape.measures import OVERSIGHT_TASKS
from hedgerow.web.access.audience import Role
from hedgerow.web.access.concerning import IF_UNDECIDED_NAMED, LEVEL, SUBJECTS
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.access.seeing import counted_for
from tests.web.access.small_world import (
    CHANGED,
    DAY,
    DISTRICTS,
    FIXED,
    HUB,
    NEW,
    NORTH,
    OLD,
    SOUTH,
    TRUSTS,
    audience,
    decide,
    decision,
    everything,
    look,
    row,
    school,
    small_register,
)

MEMBER = audience(Role.MEMBER)
STEWARD = audience(Role.STEWARD)
PUBLIC = audience(Role.PUBLIC)
NAMED, AGGREGATE, PRIVATE = Level.NAMED, Level.AGGREGATE, Level.PRIVATE


@pytest.fixture(scope="module")
def register():
    return small_register()


def levels(rows, register, decisions, table):
    return decide(rows, register, decisions).tables[table][LEVEL].to_list()


def adoption(number, owner="", **values):
    who = number if isinstance(number, str) else school(number)
    return row("adoptions", owner, school=who, item="lesson study", **values)


class TestTheMostClosedDecisionHolds:
    def test_until_somebody_decides_records_are_shared_in_aggregate(self, register):
        assert levels([adoption(3)], register, {}, "adoptions") == [1]

    def test_a_school_that_shares_by_name_is_seen_by_name(self, register):
        named = everything(school(3), NAMED)
        assert levels([adoption(3), adoption(4)], register, named, "adoptions") == [2, 1]

    def test_a_decision_about_one_kind_says_nothing_of_another(self, register):
        named = decision(school(3), RecordKind.LINKS, NAMED)
        assert levels([adoption(3)], register, named, "adoptions") == [1]

    def test_the_latest_word_of_whoever_brought_it_counts_too(self, register):
        decisions = everything(school(3), NAMED) | everything(HUB, PRIVATE)
        rows = [adoption(3, HUB), adoption(3)]
        assert levels(rows, register, decisions, "adoptions") == [0, 2]

    def test_a_tie_between_a_private_and_an_open_school_is_private(self, register):
        decisions = everything(school(3), PRIVATE) | everything(school(4), NAMED)
        tie = row("ties", from_id=school(4), to_id=school(3), kind="turns_to")
        assert levels([tie], register, decisions, "ties") == [0]

    def test_only_whose_own_organisation_brought_it_sees_a_private_tie(self, register):
        decisions = everything(school(3), PRIVATE) | everything(school(4), NAMED)
        tie = row("ties", school(4), from_id=school(4), to_id=school(3), kind="turns_to")
        found = decide([tie], register, decisions)
        of_four = look(found, audience(Role.CONTRIBUTOR, school(4)), register)
        of_three = look(found, audience(Role.CONTRIBUTOR, school(3)), register)
        assert "turns_to" in of_four.named.ties["kind"]
        for seen in (of_three, look(found, MEMBER, register), look(found, STEWARD, register)):
            assert "turns_to" not in seen.named.ties["kind"]
            assert "turns_to" not in seen.counted.ties["kind"]

    def test_a_trust_decides_for_the_schools_that_it_governs(self, register):
        # school 6 is in the first trust
        decisions = everything(school(6), NAMED)
        assert levels([adoption(6)], register, decisions, "adoptions") == [1]
        decisions |= everything(TRUSTS[0], NAMED)
        assert levels([adoption(6)], register, decisions, "adoptions") == [2]
        decisions |= everything(TRUSTS[0], PRIVATE)
        assert levels([adoption(6)], register, decisions, "adoptions") == [0]

    def test_a_trust_does_not_decide_about_the_time_before_it_governed(self, register):
        before = {"start": date(2017, 1, 1), "end": date(2018, 1, 1)}
        across = {"start": date(2017, 1, 1), "end": date(2020, 1, 1)}
        decisions = everything(NEW, NAMED) | everything(TRUSTS[0], PRIVATE)
        assert levels([adoption(OLD, **before)], register, decisions, "adoptions") == [2]
        assert levels([adoption(OLD, **across)], register, decisions, "adoptions") == [0]
        assert levels([adoption(OLD)], register, decisions, "adoptions") == [0]

    def test_a_school_decides_under_either_of_its_numbers(self, register):
        free = everything(TRUSTS[0], NAMED)
        for decided_as in (OLD, NEW):
            for told_as in (OLD, NEW):
                decisions = free | everything(decided_as, PRIVATE)
                assert levels([adoption(told_as)], register, decisions, "adoptions") == [0]

    def test_who_brought_it_sees_it_under_either_of_its_numbers(self, register):
        found = decide([adoption(OLD, OLD)], register, everything(OLD, PRIVATE))
        seen = look(found, audience(Role.CONTRIBUTOR, NEW), register)
        assert seen.named.table("adoptions").height == 1


class TestWhatHangsOnAnotherRecord:
    ACTIVITY = row("activities", id="act:1", provider=HUB, name="Fractions")
    PART = row("participation", id="part:1", school=school(3), activity="act:1", start=DAY)

    def test_participation_is_no_more_open_than_its_activity(self, register):
        decisions = everything(school(3), NAMED)
        assert levels([self.ACTIVITY, self.PART], register, decisions, "participation") == [1]
        decisions |= everything(HUB, PRIVATE)
        assert levels([self.ACTIVITY, self.PART], register, decisions, "participation") == [0]

    def test_participation_in_an_activity_that_nobody_tells_of_is_private(self, register):
        decisions = everything(school(3), NAMED)
        assert levels([self.PART], register, decisions, "participation") == [0]

    def test_a_concern_is_no_more_open_than_its_forum(self, register):
        meeting = row("meetings", id="meet:1", forum="Heads", convenor=NORTH, date=DAY)
        concern = row("concerns", id="concern:1", forum="Heads", raised=DAY)
        action = row("actions", id="action:1", concern="concern:1", agreed=DAY)
        rows = [meeting, concern, action]
        for level in Level:
            decisions = everything(NORTH, level)
            for table in ("meetings", "concerns", "actions"):
                assert levels(rows, register, decisions, table) == [level.openness]

    def test_a_private_meeting_of_the_same_forum_changes_nothing_for_others(self, register):
        meeting = row("meetings", id="meet:1", forum="Heads", convenor=NORTH, date=DAY)
        private = row("meetings", HUB, id="meet:2", forum="Heads", convenor=HUB, date=DAY)
        concern = row("concerns", id="concern:1", forum="Heads", raised=DAY)
        decisions = everything(NORTH, NAMED) | everything(HUB, PRIVATE)
        for rows in ([meeting, concern], [meeting, private, concern]):
            assert levels(rows, register, decisions, "concerns") == [2]


class TestPersons:
    ROLE = row("roles", id="role:1", person="person:a", organisation=school(3), role="head")
    PERSON = row("persons", id="person:a", label="Wren Thistledown")

    def test_a_person_is_as_open_as_their_organisation(self, register):
        for level in Level:
            decisions = everything(school(3), level)
            assert levels([self.ROLE, self.PERSON], register, decisions, "persons") == [
                level.openness
            ]

    def test_a_person_of_two_organisations_is_as_closed_as_the_more_closed(self, register):
        other = row("roles", id="role:2", person="person:a", organisation=school(4), role="seat")
        decisions = everything(school(3), NAMED)
        assert levels([self.ROLE, other, self.PERSON], register, decisions, "persons") == [1]

    def test_a_person_who_is_nowhere_on_record_is_private(self, register):
        naming = row("nominations", id="nom:1", from_id="person:a", to_id=school(4), date=DAY)
        decisions = everything(school(4), NAMED)
        assert levels([naming], register, decisions, "nominations") == [0]

    def test_a_private_role_places_nobody_and_so_changes_nothing_for_others(self, register):
        private = row("roles", id="role:2", person="person:a", organisation=school(4), role="seat")
        decisions = everything(school(3), NAMED) | everything(school(4), PRIVATE)
        for rows in ([self.ROLE, self.PERSON], [self.ROLE, private, self.PERSON]):
            assert levels(rows, register, decisions, "persons") == [2]

    def test_a_tie_is_seen_without_the_person_who_carries_it_where_they_are_closed(self, register):
        tie = row("ties", from_id=school(4), to_id=school(5), kind="visits", carrier="person:a")
        decisions = everything(school(4), NAMED) | everything(school(5), NAMED)
        for level, carrier in ((NAMED, "person:a"), (AGGREGATE, None), (PRIVATE, None)):
            found = decide([self.ROLE, tie], register, decisions | everything(school(3), level))
            seen = look(found, MEMBER, register)
            visits = seen.named.ties.filter(seen.named.ties["kind"] == "visits")
            assert visits["carrier"].to_list() == [carrier]


class TestRoles:
    def test_stewards_see_what_the_partnership_brought_unless_somebody_said_otherwise(
        self, register
    ):
        rows = [adoption(3), adoption(4), adoption(5), adoption(9, school(9))]
        decisions = everything(school(4), AGGREGATE)
        seen = look(decide(rows, register, decisions), STEWARD, register).named.table("adoptions")
        assert sorted(seen.select("school", "number").rows()) == [(school(3), 0), (school(5), 0)]

    def test_members_see_by_name_only_what_is_shared_by_name(self, register):
        found = decide([adoption(3), adoption(4)], register, everything(school(4), NAMED))
        for role in (Role.MEMBER, Role.RESEARCHER):
            seen = look(found, audience(role), register).named
            assert seen.table("adoptions")["school"].to_list() == [school(4)]

    def test_the_public_sees_nothing_by_name(self, register):
        found = decide([adoption(n) for n in range(2, 20)], register, everything(school(4), NAMED))
        seen = look(found, PUBLIC, register)
        assert not seen.named.has("adoptions")
        assert counted_for(seen, FIXED[0]).has("adoptions")
        assert not counted_for(seen, Lens.radius(0, 0, 5)).has("adoptions")

    def test_what_the_partnership_brought_and_speaks_of_nobody_is_its_members(self, register):
        task = row(
            "oversight",
            id="task:1",
            place=DISTRICTS[0],
            task=OVERSIGHT_TASKS[0],
            is_held=False,
            date=DAY,
        )
        found = decide([task], register, {})
        assert look(found, MEMBER, register).named.has("oversight")
        assert not look(found, PUBLIC, register).named.has("oversight")


class TestCounting:
    """Schools 1 to 24 lie in the north, even ones in the first district and odd in the second; 9
    and 18 are secondary. Whatever leaves a remainder of 0, 1 or 2 by 6 is in one of three trusts.
    """

    SIX = (3, 4, 5, 10, 11, 15)

    def count(self, register, rows, lens, who=MEMBER, decisions=None):
        seen = look(decide(rows, register, decisions), who, register)
        return set(counted_for(seen, lens).table("adoptions")["school"])

    def test_enough_schools_are_counted_for_their_authority(self, register):
        rows = [adoption(n) for n in self.SIX]
        assert len(self.count(register, rows, FIXED[0])) == 6

    def test_five_are_too_few_since_one_of_them_would_learn_of_four(self, register):
        rows = [adoption(n) for n in self.SIX[:5]]
        assert self.count(register, rows, FIXED[0]) == set()

    def test_schools_of_one_trust_are_one(self, register):
        # 6, 12 and 24 are in the first trust
        rows = [adoption(n) for n in (3, 4, 5, 10, 6, 12, 24)]
        assert self.count(register, rows, FIXED[0]) == set()

    def test_a_place_is_left_out_if_the_rest_of_a_larger_one_would_be_few(self, register):
        even, odd = (2, 4, 6, 10, 16, 22), (3, 5)
        rows = [adoption(n) for n in (*even, *odd)]
        assert len(self.count(register, rows, FIXED[0])) == 8
        assert self.count(register, rows, Lens.district(DISTRICTS[0])) == set()
        rows += [adoption(n) for n in (11, 15, 17, 21)]
        assert len(self.count(register, rows, Lens.district(DISTRICTS[0]))) == 6

    def test_nothing_is_counted_for_a_place_that_somebody_draws_or_combines(self, register):
        rows = [adoption(n) for n in range(2, 25)]
        for lens in (
            Lens.listed([school(n) for n in range(2, 25)]),
            Lens.authority(NORTH) & ~Lens.district(DISTRICTS[1]),
            Lens.trust(TRUSTS[0]),
        ):
            assert self.count(register, rows, lens) == set()

    def test_a_school_cannot_be_told_by_its_phase(self, register):
        rows = [adoption(n) for n in (*self.SIX, 9, 18)]
        assert self.count(register, rows, FIXED[0]) == {school(n) for n in self.SIX}

    def test_a_school_cannot_be_told_by_its_day(self, register):
        rows = [adoption(n, start=date(2021, 10, n)) for n in self.SIX]
        rows += [adoption(16, start=date(2016, 10, 3))]
        seen = look(decide(rows, register), MEMBER, register)
        table = counted_for(seen, FIXED[0]).table("adoptions")
        assert sorted(table["school"]) == sorted(school(n) for n in self.SIX)
        assert set(table["start"]) == {date(2021, 10, 1)}

    def test_where_a_month_holds_too_few_the_school_year_may_hold_enough(self, register):
        rows = [adoption(n, start=date(2021, 10 if n < 5 else 11, n)) for n in self.SIX]
        seen = look(decide(rows, register), MEMBER, register)
        table = counted_for(seen, FIXED[0]).table("adoptions")
        assert set(table["start"]) == {date(2021, 9, 1)}
        assert table.height == 6

    def test_a_school_that_changed_its_number_is_counted_on_every_day(self, register):
        rows = [adoption(n) for n in (OLD, *self.SIX)]
        assert OLD in self.count(register, rows, FIXED[0])

    def test_whoever_brought_most_does_not_learn_of_the_few_others(self, register):
        schools = (*self.SIX, 16)
        rows = [adoption(n, HUB) for n in schools[:5]] + [adoption(n) for n in schools[5:]]
        assert self.count(register, rows, FIXED[0]) == set()

    def test_what_stewards_know_by_name_is_counted_apart(self, register):
        rows = [adoption(n) for n in (*self.SIX, 16)]
        decided = everything(school(16), AGGREGATE)
        assert school(16) not in self.count(register, rows, FIXED[0], decisions=decided)
        assert school(10) in self.count(register, rows, FIXED[0], decisions=decided)

    def test_own_records_are_seen_as_they_are_and_counted_once(self, register):
        schools = (*self.SIX, 16)
        rows = [adoption(n, school(n), start=date(2021, 10, n)) for n in schools]
        who = audience(Role.CONTRIBUTOR, school(4))
        table = counted_for(look(decide(rows, register), who, register), FIXED[0]).table(
            "adoptions"
        )
        own = table.filter(table["school"] == school(4))
        assert own["start"].to_list() == [date(2021, 10, 4)]
        assert table.height == 7

    def test_the_schools_of_a_row_are_its_subjects_and_not_who_provided(self, register):
        offer = row("activities", id="act:1", provider=HUB, name="Fractions")
        part = row("participation", id="part:1", school=OLD, activity="act:1", start=CHANGED)
        tables = decide([offer, part], register).tables
        assert tables["participation"][SUBJECTS].to_list() == [[NEW]]
        assert tables["activities"][SUBJECTS].to_list() == [[HUB]]
        assert tables["activities"][IF_UNDECIDED_NAMED].to_list() == [2]

    def test_another_authority_is_not_counted_with_the_first(self, register):
        rows = [adoption(n) for n in (*self.SIX, 26, 28, 29, 33, 34, 35)]
        assert self.count(register, rows, Lens.authority(SOUTH)) == {
            school(n) for n in (26, 28, 29, 33, 34, 35)
        }

    def test_nobody_is_named_among_those_who_are_counted(self, register):
        rows = []
        for n in self.SIX:
            who = f"person:{n}"
            rows.append(
                row("roles", id=f"role:{n}", person=who, organisation=school(n), role="head")
            )
            agreed = {"is_named": True, "named_scope": "all pages", "named_since": DAY}
            rows.append(row("persons", id=who, label="Wren Thistledown", **agreed))
        persons = counted_for(look(decide(rows, register), MEMBER, register), FIXED[0]).table(
            "persons"
        )
        assert sorted(persons["label"]) == sorted(f"person:{n}" for n in self.SIX)
        assert not persons["is_named"].any()

    def test_a_steward_who_brought_most_does_not_learn_of_the_few_others(self, register):
        # all of them said "in aggregate", so that stewards see none of them by name
        schools = (*self.SIX, 16)
        rows = [adoption(n) for n in schools[:6]] + [adoption(schools[6], school(schools[6]))]
        decisions = {}
        for n in schools:
            decisions |= everything(school(n), AGGREGATE)
        assert self.count(register, rows[:6], FIXED[0], STEWARD, decisions)
        assert self.count(register, rows, FIXED[0], STEWARD, decisions) == set()
