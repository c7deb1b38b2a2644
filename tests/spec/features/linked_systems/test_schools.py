"""How the schools of a place are linked, and along which lines, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.features.school_layers import SchoolLayers, school_layers
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp

ASKED = date(2022, 3, 1)
LAST_WINTER = date(2022, 1, 20)


def region(asked: int = 10) -> MadeUp:
    """Ten primaries: 1 to 4 maintained, 5 to 7 in one trust, 8 to 10 in another; all asked."""
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    place.trust("uid:90002")
    for number in range(900001, 900011):
        trust = "uid:90002" if number > 900007 else "uid:90001" if number > 900004 else None
        place.school(number, authority="la:001", trust=trust)
    for number in range(900001, 900001 + asked):
        place.observe(f"urn:{number}", "ties_asked", 1, ASKED)
    return place


def turn(place: MadeUp, *pairs: tuple[int, int], kind: str = "turns_to") -> None:
    for one, other in pairs:
        place.tie(f"urn:{900000 + one}", f"urn:{900000 + other}", kind)


def learn(place: MadeUp, activity: str, *schools: int, provider: str = "mh:1") -> None:
    place.add("activities", id=activity, provider=provider, name=activity)
    for school in schools:
        place.add(
            "participation", school=f"urn:{900000 + school}", activity=activity, start=LAST_WINTER
        )


@pytest.mark.works(
    "linked_systems.cross_trust_index",
    "linked_systems.cross_trust_index_each_maintained",
    "linked_systems.body_assortativity",
    "linked_systems.body_assortativity_each_maintained",
)
def test_ties_across_governing_bodies(measure):
    place = region()
    # across: 1-5, 4-8; within the authority: 1-2, named by both; within trusts: 5-6, 8-9, 9-10
    turn(place, (1, 5), (4, 8), (1, 2), (2, 1), (5, 6), (8, 9), (9, 10))
    found = measure(place, "linked_systems.cross_trust_index")
    assert (found.value, found.n, found.missing) == (pytest.approx((2 - 4) / 6), 6, 0)
    # 1 - 2 (4*3 + 3*2 + 3*2) / (10*9)
    assert found.chance.expected == pytest.approx(1 - 2 * 24 / 90)
    assert found.interval is None
    # each maintained school its own: 1-2 crosses too, and 1 - 2 (3*2 + 3*2) / 90 by chance
    alone = measure(place, "linked_systems.cross_trust_index_each_maintained")
    assert alone.value == pytest.approx((3 - 3) / 6)
    assert alone.chance.expected == pytest.approx(1 - 2 * 12 / 90)
    # ends: authority 4, first trust 3, second 5 of 12; within 4 of 6
    by_chance = (4**2 + 3**2 + 5**2) / 12**2
    like = measure(place, "linked_systems.body_assortativity")
    assert like.value == pytest.approx((4 / 6 - by_chance) / (1 - by_chance))
    # ends one by one: 1 twice, 2 and 4 once, then the trusts
    by_chance = (2**2 + 1 + 1 + 3**2 + 5**2) / 12**2
    like = measure(place, "linked_systems.body_assortativity_each_maintained")
    assert like.value == pytest.approx((3 / 6 - by_chance) / (1 - by_chance))


def test_it_takes_three_fifths_asked_and_says_who_was_not(measure):
    for asked, status in ((5, "not measured"), (7, "measured")):
        place = region(asked)
        turn(place, (1, 5), (1, 2), (5, 6), (3, 8))
        found = measure(place, "linked_systems.cross_trust_index")
        assert found.status == status
        assert found.missing == 10 - asked
    assert "Only 7 of the 10" in found.caveat
    # three left out at random leave other ties: it depends on who answered
    assert found.interval.low < found.value < found.interval.high


def test_no_ties_named_is_no_index(measure):
    place = region()
    for name in ("cross_trust_index", "body_assortativity"):
        found = measure(place, f"linked_systems.{name}")
        assert found.status == "not measured"
        assert "No ties" in found.reason
    turn(place, (1, 2))
    assert "one governing body" in measure(place, "linked_systems.body_assortativity").reason


def test_layers_of_schools():
    place = region()
    turn(place, (1, 5))
    place.organisation("cluster:1", "cluster", authority="la:001")
    place.tie("urn:900001", "cluster:1", "member_of")
    place.tie("urn:900002", "cluster:1", "member_of")
    place.tie("urn:900003", "cluster:1", "member_of", end=date(2020, 1, 1))
    learn(place, "a:1", 1, 2, 3)
    learn(place, "a:2", 1, 2)
    learn(place, "a:3", 4)
    learn(place, "a:4", 5, provider="urn:900005")
    here = place.landscape().through(Lens.authority("la:001"), phase="primary")
    layers = school_layers(here)
    assert isinstance(layers, SchoolLayers)
    assert layers.known == ("ties", "clusters", "learning")
    # activities with one school tie nobody, nor does what a school holds for itself
    assert layers.learning.shape == (10, 2)

    def pairs(layer):
        network = layers.network(layer)
        return sorted((a + 1, b + 1) for a, b in zip(*network.nonzero(), strict=True) if a < b)

    assert pairs("ties") == [(1, 5)]
    assert pairs("clusters") == [(1, 2)]
    # 1 and 2 share two activities, 3 only one with either
    assert pairs("learning") == [(1, 2)]
    assert pairs("trusts") == [(5, 6), (5, 7), (6, 7), (8, 9), (8, 10), (9, 10)]


@pytest.mark.works(
    "linked_systems.overlap_learning_trusts",
    "linked_systems.overlap_ties_trusts",
    "linked_systems.overlap_ties_learning",
    "linked_systems.overlap_ties_clusters",
)
def test_overlap_of_layers(measure):
    place = region()
    turn(place, (1, 2), (5, 6), (8, 1))
    # six pairs in one trust, three tied, one both
    found = measure(place, "linked_systems.overlap_ties_trusts")
    assert (found.value, found.n) == (pytest.approx(1 / 8), 8)
    for name in ("learning_trusts", "ties_learning", "ties_clusters"):
        assert measure(place, f"linked_systems.overlap_{name}").status == "not measured"
    learn(place, "a:1", 1, 2, 5, 6)
    learn(place, "a:2", 5, 6)
    learn(place, "a:3", 1, 2)
    # learning ties 1-2 and 5-6: of the trusts' six one more, of the three ties two
    assert measure(place, "linked_systems.overlap_learning_trusts").value == pytest.approx(1 / 7)
    both = measure(place, "linked_systems.overlap_ties_learning")
    assert both.status == "suppressed"  # on three pairs
    place.organisation("cluster:1", "cluster")
    for number in range(1, 5):
        place.tie(f"urn:{900000 + number}", "cluster:1", "member_of")
    # the cluster of four has six pairs, of which 1-2 is tied
    assert measure(place, "linked_systems.overlap_ties_clusters").value == pytest.approx(1 / 8)


@pytest.mark.works("linked_systems.multiplex_participation")
def test_links_of_several_kinds(measure):
    place = region()
    assert measure(place, "linked_systems.multiplex_participation").status == "not measured"
    turn(place, (5, 6))
    place.organisation("cluster:1", "cluster")
    place.tie("urn:900005", "cluster:1", "member_of")
    place.tie("urn:900006", "cluster:1", "member_of")
    found = measure(place, "linked_systems.multiplex_participation")
    # 5 and 6 have one tie and one fellow in the cluster, each of ten schools' 0.2 on average, and
    # two in their trust, of 1.2 on average: 5, 5 and 5/3; the other four in trusts have 0
    shares = [5 / (35 / 3), 5 / (35 / 3), (5 / 3) / (35 / 3)]
    of_two = 3 / 2 * (1 - sum(share**2 for share in shares))
    assert found.value == pytest.approx(2 * of_two / 6)
    assert (found.n, found.missing) == (6, 4)


@pytest.mark.works(
    "linked_systems.communities_follow_trusts",
    "linked_systems.trust_modularity_ratio",
)
def test_communities_that_are_the_trusts(measure):
    place = region()
    found = measure(place, "linked_systems.communities_follow_trusts")
    assert found.value is None
    within = [(1, 2), (1, 3), (1, 4), (2, 3), (3, 4), (5, 6), (5, 7), (6, 7)]
    turn(place, *within, (8, 9), (8, 10), (9, 10))
    follow = measure(place, "linked_systems.communities_follow_trusts")
    assert (follow.value, follow.n) == (pytest.approx(1), 10)
    assert "3 communities over: whom schools turn to." in follow.caveat
    assert "Not known: clusters of schools" in follow.caveat
    assert measure(place, "linked_systems.trust_modularity_ratio").value == pytest.approx(1)


@pytest.mark.works(
    "linked_systems.communities_follow_trusts",
    "linked_systems.trust_modularity_ratio",
)
def test_communities_across_trusts(measure):
    place = region()
    across = [(1, 5), (1, 8), (5, 8), (2, 6), (2, 9), (6, 9), (3, 7), (3, 10), (7, 10)]
    turn(place, *across)
    assert measure(place, "linked_systems.communities_follow_trusts").value < 0.1
    assert measure(place, "linked_systems.trust_modularity_ratio").value < 0


@pytest.mark.works("linked_systems.trusts_tied_share")
def test_pairs_of_trusts_with_a_tie(measure):
    place = region()
    for number, trust in enumerate(("uid:90003", "uid:90004", "uid:90005"), start=900011):
        place.trust(trust)
        place.school(number, authority="la:001", trust=trust)
        place.observe(f"urn:{number}", "ties_asked", 1, ASKED)
    # first with second, twice, and third with fourth; the rest within or with maintained schools
    turn(place, (5, 8), (6, 9), (11, 12), (5, 6), (1, 13))
    found = measure(place, "linked_systems.trusts_tied_share")
    assert (found.value, found.n) == (pytest.approx(2 / 10), 5)
    assert 0 < found.chance.expected < 1


@pytest.mark.works("linked_systems.trusts_joining_in_share")
def test_trusts_that_join_in(measure):
    place = region()
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    assert measure(place, "linked_systems.trusts_joining_in_share").status == "not measured"
    for number in range(900011, 900021):
        trust = f"uid:9000{3 + (number - 900011) // 3}"
        place.trust(trust) if (number - 900011) % 3 == 0 else None
        place.school(number, authority="la:001", trust=trust)
    # five trusts have three schools here; the sixth has one
    place.tie("uid:90001", "mh:1", "joint_bid")
    place.tie("uid:90002", "uid:90003", "collaborates")
    place.tie("la:001", "uid:90006", "joint_bid")
    found = measure(place, "linked_systems.trusts_joining_in_share")
    assert (found.value, found.n) == (1 / 5, 5)


@pytest.mark.works("linked_systems.trust_standardisation")
def test_how_far_trusts_standardise(measure):
    place = region()
    assert measure(place, "linked_systems.trust_standardisation").status == "not measured"
    judge = {"dimension": "standardisation", "organisation": "uid:90001"}
    place.add("policies", **judge, level=0.1, date=date(2020, 1, 1), coder="A")
    place.add("policies", **judge, level=0.6, date=date(2021, 1, 1), coder="A")
    place.add("policies", **judge, level=0.8, date=date(2021, 1, 1), coder="B")
    place.add("policies", **judge, level=1.0, date=date(2023, 1, 1), coder="B")
    # three of six academies are fewer than three fifths
    assert measure(place, "linked_systems.trust_standardisation").missing == 3
    place.add("policies", **judge | {"organisation": "uid:90002"}, level=0.1, date=ASKED, coder="A")
    # the mean of 0.6 and 0.8 for three schools, 0.1 for three
    found = measure(place, "linked_systems.trust_standardisation")
    assert (found.value, found.n) == (pytest.approx((3 * 0.7 + 3 * 0.1) / 6), 6)
    assert "2 trusts, 1 of them judged by one coder alone." in found.caveat
