"""Who stands between whom, and what would go with one person: cases reckoned by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hedgerow.features.bridging.brokerage import PERSON_ROLES, SCHOOL_ROLES, person_roles
from hedgerow.features.bridging.fragility import fragility_here, people_alike, succession_curve
from hedgerow.features.bridging.leavers import closeness_by_term, leavers
from hedgerow.features.bridging.role_scores import role_scores
from hedgerow.features.bridging.williams_roles import spanner_profiles
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from tests.made_up import MadeUp
from tests.spec.features.bridging.places import ASKED, ring, role, school

# Paths of two steps round the ring: 1-2-5 out of A, 2-5-4 between A and B by the authority,
# 5-4-3 into B, 4-3-1 out of B, 3-1-2 into A. Three bodies of two schools: of three schools drawn
# at random a given two are of one body with chance 3 (2 x 1) / (6 x 5) = 0.2, and all three never.
RING_SHARES = {
    "coordinator": (0, 0),
    "itinerant": (0, 0.2),
    "in_gate": (0.4, 0.2),
    "out_gate": (0.4, 0.2),
    "liaison": (0.2, 0.4),
}


def here_of(place: MadeUp, **options):
    return place.landscape().through(Lens.authority("la:001"), phase="primary", **options)


@pytest.mark.works("bridging.school_*_share")
@pytest.mark.parametrize("role_name", SCHOOL_ROLES)
def test_schools_between_schools(measure, role_name):
    found = measure(ring(), f"bridging.school_{role_name}_share")
    value, expected = RING_SHARES[role_name]
    assert (found.value, found.n, found.missing) == (pytest.approx(value), 5, 0)
    assert found.chance.expected == pytest.approx(expected, abs=0.04)


def people() -> MadeUp:
    """Heads of 1 (trust A) and 2 (trust A), the hub's lead 3, and 4 of both hub and authority.

    4 turns, for the authority, to school 2; 1 and 2 are tied by what 2 carries to school 1.
    """
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    for number in (1, 2):
        place.school(900000 + number, authority="la:001", trust="uid:90001")
        role(place, number, school(number), "headteacher", None)
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    role(place, 3, "mh:1", "lead", None)
    role(place, 4, "mh:1", "board member", None, is_seat=True)
    role(place, 4, "la:001", "education lead", None)
    place.tie("la:001", school(2), "turns_to", carrier="person:4")
    place.tie(school(2), school(1), "turns_to", carrier="person:2")
    return place


# Flows: 1 to 2 (2 turns to 1), 2 to 4, 3 and 4 both ways. Open paths: 1-2-4 and 2-4-3.
# 1-2-4: A, A, then hub or authority: out of A. 2-4-3: A, then 4 for the hub with one half (into the
# hub) or for the authority (between A and the hub).
@pytest.mark.works("bridging.person_*_share")
@pytest.mark.parametrize(
    ("role_name", "paths"),
    [("coordinator", 0), ("itinerant", 0), ("in_gate", 0.5), ("out_gate", 1), ("liaison", 0.5)],
)
def test_people_between_people(measure, role_name, paths):
    assert set(PERSON_ROLES) == set(RING_SHARES)
    place = people()
    found = measure(place, f"bridging.person_{role_name}_share")
    assert found.status == "suppressed"
    assert found.n == 2
    roles = person_roles(here_of(place))
    assert roles.null.totals[role_name].observed == pytest.approx(paths)


@pytest.mark.works("bridging.school_constraint", "bridging.school_effective_size")
def test_in_a_ring_no_contacts_know_each_other(measure):
    # two contacts each, a half of the ties to either: 1/4 + 1/4; both count in full
    place = ring()
    found = measure(place, "bridging.school_constraint")
    assert (found.value, found.n) == (pytest.approx(0.5), 5)
    assert measure(place, "bridging.school_effective_size").value == pytest.approx(2)


@pytest.mark.works(
    "bridging.many_hats_share",
    "bridging.hats_of_a_spanner",
    "bridging.kinds_joined_by_a_spanner",
)
def test_people_with_several_hats(measure):
    place = ring()
    # 1 (school and hub) and 9 (authority and hub), of nine people
    found = measure(place, "bridging.many_hats_share")
    assert (found.value, found.n) == (pytest.approx(2 / 9), 9)
    assert measure(place, "bridging.hats_of_a_spanner").value == 2
    assert measure(place, "bridging.kinds_joined_by_a_spanner").value == 2


def four_hubs() -> MadeUp:
    """Authority and four hubs: 1 sits in all five, 2 in the authority and the first hub."""
    place = ring()
    for number in (2, 3, 4):
        place.hub(f"mh:{number}", "maths_hub", covers=["la:001"])
        role(place, 9, f"mh:{number}", "board member", None, is_seat=True)
    role(place, 8, "la:001", "adviser", None)
    role(place, 8, "mh:1", "board member", None, is_seat=True)
    return place


@pytest.mark.works("bridging.exclusive_interlock_share", "bridging.interlock_loss")
def test_pairs_of_organisations_on_one_person(measure):
    # 9 joins all ten pairs of the authority and four hubs; 8 joins authority and first hub too
    found = measure(four_hubs(), "bridging.exclusive_interlock_share")
    assert (found.value, found.n) == (pytest.approx(0.9), 10)
    # with so many seats in so few hands every deal leaves nine of ten to one of the two
    assert found.chance.expected == pytest.approx(0.9)
    lost = measure(four_hubs(), "bridging.interlock_loss")
    assert (lost.value, lost.n) == (pytest.approx(0.9), 10)


# Steps from the hub: school 1 by way of person 1: 2; school 2, which turns to 1: 3; schools 5 and 6
# by way of person 9 and the authority: 3; school 4, which turns to 5: 4; school 3: 5.
CLOSENESS = (1 / 2 + 1 / 3 + 1 / 3 + 1 / 3 + 1 / 4 + 1 / 5) / 6


@pytest.mark.works("bridging.closeness_to_providers")
def test_how_near_the_schools_are(measure):
    found = measure(ring(), "bridging.closeness_to_providers")
    assert (found.value, found.n) == (pytest.approx(CLOSENESS), 6)


@pytest.mark.works("bridging.fragility")
def test_what_goes_with_one_person(measure):
    # without 1 nothing comes to schools 1 and 2; the others have it from the authority as before
    found = measure(ring(), "bridging.fragility")
    assert found.value == pytest.approx((1 / 2 + 1 / 3) / (6 * CLOSENESS))
    assert found.n == 9
    losses = fragility_here(here_of(ring())).losses
    # without 9 school 5 has it from 2 (4 steps), 6 not at all, 4 in 5 steps and 3 in 6
    without = 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5 + 1 / 6
    assert losses.closeness_lost[8] == pytest.approx(1 - without / (6 * CLOSENESS))
    # persons 6, 7 and 8 are on nobody's way; nor is 5, whose school is nearer by the authority
    assert list(losses.closeness_lost[[4, 5, 6, 7]]) == pytest.approx([0, 0, 0, 0])


@pytest.mark.works("bridging.reach_lost")
def test_schools_cut_off_with_one_person(measure):
    # 1, 2, 5 and 6 are within three steps; without 1 the first two are not, without 9 the last two
    found = measure(ring(), "bridging.reach_lost")
    assert (found.value, found.n) == (pytest.approx(2 / 6), 6)
    assert "4 of the 6 schools" in found.caveat


@pytest.mark.works("bridging.loss_inequality")
def test_how_unevenly_it_is_carried(measure):
    # losses times 6 x closeness: 5/6 (1), 1/3 (2), 1/5 (3), 9/20 (4), 1/2 (9), nought for four
    # Gini = 2 sum(rank x) / (n sum x) - (n + 1) / n, ranks 5 to 9 for 0.2, 1/3, 0.45, 0.5, 5/6
    ranked = 5 * 0.2 + 6 / 3 + 7 * 0.45 + 8 * 0.5 + 9 * 5 / 6
    total = 0.2 + 1 / 3 + 0.45 + 0.5 + 5 / 6
    found = measure(ring(), "bridging.loss_inequality")
    assert found.value == pytest.approx(2 * ranked / (9 * total) - 10 / 9)


@pytest.mark.works("bridging.fragility_with_successor")
def test_a_successor_keeps_half(measure):
    # 1 carries two roles and the tie to school 3. Both roles stay with 1/4: nothing is lost. Else,
    # with the tie, school 1 is 6 steps away and 2 is 7; without it both are cut off.
    lost_all = 5 / 6
    lost_some = 5 / 6 - 1 / 6 - 1 / 7
    expected = 0.75 * (lost_all + lost_some) / 2 / (6 * CLOSENESS)
    found = measure(ring(), "bridging.fragility_with_successor")
    assert found.value == pytest.approx(expected, abs=0.06)
    curve = succession_curve(here_of(ring()))
    assert curve["kept_by_successor"].to_list() == [0, 0.25, 0.5, 0.75]
    assert curve["lost"][0] == pytest.approx(lost_all / (6 * CLOSENESS))
    assert curve["lost"].is_sorted(descending=True)


def test_others_with_as_many_seats():
    seats = np.array([5, 1, 2, 2, 1, 1, 1, 3])
    # five nearest to five seats: three, two, two, and then one: all four of them
    assert list(people_alike(seats, 0)) == [1, 2, 3, 4, 5, 6, 7]
    assert list(people_alike(np.array([2, 2, 2, 2, 2, 2, 9]), 0)) == [1, 2, 3, 4, 5]


@pytest.mark.works("bridging.lost_with_a_leaver")
def test_what_went_with_a_leaver(measure):
    # person 9 leaves; the day before, a share of nearness rested on them
    place = ring()
    left = date(2021, 9, 1)
    for row in place.rows["roles"]:
        if row["person"] == "person:9":
            row["end"] = left
    without = 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5 + 1 / 6
    found = measure(place, "bridging.lost_with_a_leaver")
    assert found.value == pytest.approx(1 - without / (6 * CLOSENESS))
    assert [one.person for one in leavers(here_of(place))] == ["person:9"]
    assert not measure(ring(), "bridging.lost_with_a_leaver").is_measured
    # the ties between schools are left out: 1 by person 1, 5 and 6 by the authority until then
    terms = closeness_by_term(here_of(place), terms=6)
    assert terms["closeness"].to_list() == pytest.approx(
        [(1 / 2 + 1 / 3 + 1 / 3) / 6] * 4 + [1 / 2 / 6] * 2
    )


@pytest.mark.works("bridging.translated_share")
def test_what_comes_through_others(measure):
    place = ring()
    for number, form in enumerate(["adopted", "adapted", "blended", "adapted"], start=1):
        place.add("adoptions", school=school(number), item="bar models", form=form, through="mh:1")
    place.add("adoptions", school=school(5), item="bar models", through="mh:1")
    place.add("adoptions", school=school(6), item="bar models", form="adopted")
    # three of four reworked, one unknown, one that came through nobody: (1 + 3) / (2 + 4)
    found = measure(place, "bridging.translated_share")
    assert found.status == "suppressed"
    place.add(
        "adoptions", school=school(6), item="lesson study", form="adopted", through="uid:90001"
    )
    found = measure(place, "bridging.translated_share")
    assert (found.value, found.n, found.missing) == (pytest.approx(4 / 7), 5, 1)
    assert found.interval.low < found.value < found.interval.high


@pytest.mark.works("bridging.outward_index")
def test_how_far_schools_look_outwards(measure):
    # 1 turns to B, 5 to A and 4 to the authority's: +1; 2 and 3 to their own: -1; 6 named nobody
    found = measure(ring(), "bridging.outward_index")
    assert (found.value, found.n, found.missing) == (pytest.approx(0.2), 5, 1)
    # of six schools in bodies of two, another is of one's own body with chance 1 in 5
    assert found.chance.expected == pytest.approx(1 - 2 * 0.2, abs=0.05)


@pytest.mark.works(
    "bridging.reticulists",
    "bridging.interpreters",
    "bridging.coordinators",
    "bridging.entrepreneurs",
    "bridging.several_parts",
)
def test_the_four_parts(measure):
    place = ring()
    for number, form in ((1, "adapted"), (2, "adapted"), (5, "blended")):
        place.add(
            "adoptions", school=school(number), item="bar models", form=form, through="mh:1",
            start=date(2016 + number, 9, 1),
        )  # fmt: skip  # one adoption a line reads better
    for number in (3, 4, 6):
        place.add("adoptions", school=school(number), item="bar models", is_used=False)
    place.add("meetings", id="meeting:1", forum="Forum", convenor="mh:1", date=date(2022, 1, 10))
    place.add("attendance", meeting="meeting:1", organisation="mh:1", person="person:7")
    place.add("attendance", meeting="meeting:1", organisation="la:001", person="person:9")
    # one meeting of two organisations, convened by the hub, for which person 7 was there
    found = measure(place, "bridging.coordinators")
    assert (found.value, found.n) == (1, 9)
    # 7 began the forum; the schools of 1, 2 and 5 took up bar models in 2017, 2018 and 2021, so
    # that the first is a year before the middle one and the last three years after
    found = measure(place, "bridging.entrepreneurs")
    assert (found.value, found.n) == (2, 9)
    # through the hub: persons 1, 7 and 9 are of it; each joins schools 1, 2 and 5, which work
    # alike, and 1 joins them to 3, which does not: half of the pairs differ, times (1 + 3) / 5
    found = measure(place, "bridging.interpreters")
    assert (found.value, found.n, found.missing) == (1, 3, 6)
    scores = role_scores(here_of(place)).scores["interpreter"]
    assert scores[[0, 6, 8]] == pytest.approx([0.5 * 4 / 5, 0, 0])
    found = measure(place, "bridging.reticulists")
    # 6 and 8 share an organisation or a tie with nobody
    assert (found.n, found.missing) == (7, 2)
    assert 1 <= found.value <= 2
    found = measure(place, "bridging.several_parts")
    assert 0 <= found.value <= 9
    assert found.chance.draws > 0


def test_profiles_are_under_pseudonyms():
    place = ring()
    place.rows["persons"][8] |= {
        "is_named": True, "named_scope": "this project", "named_since": date(2022, 1, 1),
    }  # fmt: skip  # one agreement
    found = spanner_profiles(here_of(place))
    # persons 1 to 5 carry a tie, 1 and 9 have two hats; 6, 7 and 8 have neither
    assert set(found["person"]) == {f"person:{number}" for number in (1, 2, 3, 4, 5, 9)}
    labels = dict(found.select("person", "label").iter_rows())
    assert labels["person:9"] == "Name 9"
    assert labels["person:1"] == "person:1"
    before = spanner_profiles(here_of(place, on=date(2021, 12, 31)))
    assert "Name 9" not in before["label"].to_list()


def test_nothing_is_said_without_evidence(measure):
    place = MadeUp()
    place.authority("la:001")
    for number in range(1, 8):
        place.school(900000 + number, authority="la:001")
    for one in load():
        if one.feature in ("bridging", "leadership"):
            found = measure(place, one.id)
            assert found.status == "not measured", one.id
            assert found.reason
            assert found.would_tell


def test_below_three_fifths_asked_nothing_is_said(measure):
    place = ring()
    place.rows["observations"] = place.rows["observations"][:3]
    for name in ("school_liaison_share", "outward_index", "fragility", "school_constraint"):
        found = measure(place, f"bridging.{name}")
        assert (found.status, found.n, found.missing) == ("not measured", 3, 3), name
    place.observe(school(4), "ties_asked", 1, ASKED)
    found = measure(place, "bridging.outward_index")
    assert found.is_measured
    assert "Only 4 of the 6" in found.caveat


def test_the_figures_begin_with_people_and_end_with_technicalities():
    ids = [one.id for one in load() if one.feature == "bridging"]
    assert ids[0] == "bridging.many_hats_share"
    assert ids.index("bridging.fragility") < ids.index("bridging.school_coordinator_share")
    assert ids[-1] == "bridging.school_effective_size"
