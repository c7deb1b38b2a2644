"""Who governs: ten primary schools under every arrangement, worked by hand."""

from __future__ import annotations

import math

import pytest

from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp

OURS = {"authority": "la:001", "region": "Middle Shires"}
THEIRS = {"authority": "la:002", "region": "Far Hills"}


def ten_schools() -> MadeUp:
    """4 maintained; 1 alone; 2 in a trust of 3; 2 in a trust of 6; 1 with no trust on record.

    The trust of 3 has its third school elsewhere, the trust of 6 four, one of them secondary. One
    more secondary school is maintained here.
    """
    place = MadeUp()
    place.authority("la:001", "Brook")
    place.authority("la:002", "Far Hills")
    for uid in ("uid:90001", "uid:90003", "uid:90006"):
        place.trust(uid)
    for number in range(900001, 900005):
        place.school(number, **OURS)
    place.school(900005, trust="uid:90001", **OURS)
    for number in (900006, 900007):
        place.school(number, trust="uid:90003", **OURS)
    place.school(900008, trust="uid:90003", **THEIRS)
    for number in (900009, 900010):
        place.school(number, trust="uid:90006", **OURS)
    for number in (900011, 900012, 900013):
        place.school(number, trust="uid:90006", **THEIRS)
    place.school(900014, trust="uid:90006", phase="Secondary", **THEIRS)
    place.school(900015, status="academy", **OURS)
    place.school(900016, phase="Secondary", **OURS)
    return place


@pytest.mark.works(
    "linked_systems.maintained_share",
    "linked_systems.share_in_single_academy_trusts",
    "linked_systems.share_in_trusts_2_5",
    "linked_systems.share_in_trusts_6_15",
    "linked_systems.share_in_trusts_16_plus",
    "linked_systems.share_in_trusts_6_plus",
    "linked_systems.academies_among_primaries",
)
@pytest.mark.parametrize(
    ("identifier", "value", "missing"),
    [
        # 4 of 10 maintained; the status of every school is known
        ("linked_systems.maintained_share", 4 / 10, 0),
        # 1 of 10 in a trust of one school, 2 in the trust of 3, 2 in the trust of 6; the academy
        # without a trust stays in the denominator and counts as missing
        ("linked_systems.share_in_single_academy_trusts", 1 / 10, 1),
        ("linked_systems.share_in_trusts_2_5", 2 / 10, 1),
        ("linked_systems.share_in_trusts_6_15", 2 / 10, 1),
        ("linked_systems.share_in_trusts_16_plus", 0, 1),
        ("linked_systems.share_in_trusts_6_plus", 2 / 10, 1),
        # 5 + 1 of the 10 primary schools are academies
        ("linked_systems.academies_among_primaries", 6 / 10, 0),
    ],
)
def test_shares_of_ten_schools(measure, identifier, value, missing):
    found = measure(ten_schools(), identifier)
    assert found.value == pytest.approx(value)
    assert (found.n, found.missing, found.status) == (10, missing, "measured")


@pytest.mark.works("linked_systems.maintained_share")
def test_a_share_carries_its_wilson_interval(measure):
    # 4 of 10: (0.4 + z²/20 ± z √(0.024 + z²/400)) / (1 + z²/10) with z² = 3.8415
    #        = (0.59207 ± 1.95996 × 0.18331) / 1.38415
    found = measure(ten_schools(), "linked_systems.maintained_share")
    assert found.interval.method == "Wilson"
    assert (found.interval.low, found.interval.high) == pytest.approx((0.16818, 0.68733), abs=1e-5)


@pytest.mark.works("linked_systems.single_academy_trusts", "linked_systems.multi_academy_trusts")
@pytest.mark.parametrize(
    ("identifier", "value"),
    [
        # trusts with a school of the phase here: one of size 1, those of size 3 and 6
        ("linked_systems.single_academy_trusts", 1),
        ("linked_systems.multi_academy_trusts", 2),
    ],
)
def test_trusts_are_counted_once_each(measure, identifier, value):
    found = measure(ten_schools(), identifier)
    # known of 9 schools: 4 maintained, 5 in trusts; not of the academy with none on record
    assert (found.value, found.n, found.missing) == (value, 9, 1)


def test_academies_in_no_known_trust_are_not_in_no_trust(measure):
    place = MadeUp()
    place.authority("la:001")
    for number in (900001, 900002):
        place.school(number, status="academy", **OURS)
    found = measure(place, "linked_systems.multi_academy_trusts")
    assert (found.status, found.value, found.missing) == ("not measured", None, 2)
    place.school(900003, **OURS)
    found = measure(place, "linked_systems.multi_academy_trusts")
    assert (found.value, found.n, found.missing) == (0, 1, 2)


@pytest.mark.works("linked_systems.academies_among_secondaries")
def test_of_the_one_secondary_school_none_is_an_academy_but_one_is_too_few_to_say(measure):
    found = measure(ten_schools(), "linked_systems.academies_among_secondaries")
    assert (found.status, found.value, found.n) == ("suppressed", None, 1)


@pytest.mark.works("linked_systems.share_in_trusts_16_plus")
def test_a_trust_of_sixteen_is_large(measure):
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90016")
    for number in range(900001, 900017):
        place.school(number, trust="uid:90016", **(OURS if number <= 900005 else THEIRS))
    # 5 of the 5 schools here, 11 elsewhere
    found = measure(place, "linked_systems.share_in_trusts_16_plus")
    assert (found.value, found.n) == (1, 5)


@pytest.mark.works(
    "linked_systems.governing_bodies",
    "linked_systems.effective_governing_bodies",
    "linked_systems.effective_governing_bodies_q1",
)
@pytest.mark.parametrize(
    ("identifier", "value"),
    [
        # the authority with 4 schools, trusts with 1, 2 and 2: four bodies
        ("linked_systems.governing_bodies", 4),
        # 1 / (16/81 + 1/81 + 4/81 + 4/81) = 81/25
        ("linked_systems.effective_governing_bodies", 81 / 25),
        # exp of the entropy of 4/9, 1/9, 2/9, 2/9
        (
            "linked_systems.effective_governing_bodies_q1",
            math.exp(-(4 / 9 * math.log(4 / 9) + math.log(1 / 9) / 9 + 4 / 9 * math.log(2 / 9))),
        ),
    ],
)
def test_governing_bodies_of_ten_schools(measure, identifier, value):
    found = measure(ten_schools(), identifier)
    assert found.value == pytest.approx(value)
    assert (found.n, found.missing) == (9, 1)


@pytest.mark.works("linked_systems.effective_governing_bodies_rarefied")
def test_governing_bodies_rarefied_to_sixty(measure):
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90030")
    for number in range(900001, 900060):
        place.school(number, trust="uid:90030" if number <= 900030 else None, **OURS)
    identifier = "linked_systems.effective_governing_bodies_rarefied"
    short = measure(place, identifier)
    assert (short.status, short.n) == ("not measured", 59)
    # 30 and 30: every sample of 60 is all 60 schools, so 1 / (1/4 + 1/4)
    place.school(900060, **OURS)
    assert measure(place, identifier).value == pytest.approx(2)


def test_phases_are_kept_apart(measure):
    place = ten_schools()
    # phase all: 11 schools, of which 5 maintained; with the trust's secondary school elsewhere
    found = measure(place, "linked_systems.maintained_share", phase="all")
    assert found.value == pytest.approx(5 / 11)
    secondary = measure(place, "linked_systems.maintained_share", phase="secondary")
    assert (secondary.status, secondary.n) == ("suppressed", 1)


def test_middle_schools_go_with_the_phase_they_are_deemed(measure):
    place = ten_schools()
    place.school(900017, phase="Middle deemed primary", **OURS)
    place.school(900018, phase="All-through", **OURS)
    assert measure(place, "context.schools").value == 11
    assert measure(place, "context.schools", phase="all").value == 13


def test_england_is_a_place(measure):
    # 4 of the 14 primary schools
    found = measure(ten_schools(), "linked_systems.maintained_share", Lens.everywhere())
    assert found.value == pytest.approx(4 / 14)
